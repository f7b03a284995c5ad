"""A provider that answers as it is told: honestly, or with one thing bent."""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from tests.login.site_at_work import CPR, SUBSTANTIAL

KEY, OTHER_KEY = (ECKey.generate_key("P-256", {"kid": "the only one"}) for _ in range(2))
SUBJECT = "5f1c-subject-of-mother"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass
class Answer:
    """All that the provider says in one login. A test bends one thing of it; `asked` is what it was asked for."""

    issuer: str
    asked: Mapping[str, str] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)
    callback: dict[str, str] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[Mapping[str, Any]], str] = lambda claims: signed(claims)

    def begin(self, asked: Mapping[str, str]) -> None:
        """An honest answer to what is asked."""
        now = int(time.time())
        self.asked = asked
        self.claims = {
            "iss": self.issuer, "sub": SUBJECT, "aud": "tillid", "exp": now + 300, "iat": now, "nonce": asked["nonce"],
            "acr": SUBSTANTIAL, "sid": "session-at-provider", "cpr": CPR, "name": "Opdigtet Person",
        }  # fmt: skip
        self.userinfo = {"sub": SUBJECT, "cpr": CPR, "birthdate": "1980-01-01"}
        self.token = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
        self.callback = {"code": "a code", "state": asked["state"], "iss": self.issuer}
        self.sign = signed

    def spoken(self) -> dict[str, Any]:
        """The token endpoint's answer."""
        said = {"id_token": self.sign(self.claims), **self.token}
        return {name: value for name, value in said.items() if value is not None}


def signed(claims: Mapping[str, Any], key: ECKey = KEY) -> str:
    return jwt.encode({"alg": "ES256", "kid": "the only one"}, dict(claims), key)


def signed_by_the_secret(claims: Mapping[str, Any]) -> str:
    """As if the client's own secret were the provider's key."""
    key = OctKey.import_key("a secret of the tests, long enough for HS256")
    return jwt.encode({"alg": "HS256", "kid": "the only one"}, dict(claims), key)


def unsigned(claims: Mapping[str, Any]) -> str:
    """`alg: none`, which no library writes willingly."""
    halves = (json.dumps({"alg": "none", "kid": "the only one"}), json.dumps(claims))
    return ".".join(urlsafe_b64encode(half.encode()).rstrip(b"=").decode() for half in halves) + "."


def a_logout_token(issuer: str, **bent: Any) -> str:
    """What a provider sends behind the browser's back; a claim that is bent to None is left out."""
    now = int(time.time())
    claims = {
        "iss": issuer, "aud": "tillid", "iat": now, "exp": now + 120, "jti": f"{now}", "sid": "session-at-provider",
        "events": {LOGOUT: {}},
    } | bent  # fmt: skip
    return signed({name: value for name, value in claims.items() if value is not None})


@contextmanager
def bending_provider() -> Iterator[Answer]:
    """Listening on loopback; what it says next is the answer's to bend."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.answer = answer = Answer(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield answer
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answer: Answer = self.server.answer  # type: ignore[attr-defined]
        self._say(
            {
                "/.well-known/openid-configuration": _described(answer.issuer) | answer.described,
                "/jwks": {"keys": [KEY.as_dict(private=False)]},
                "/userinfo": answer.userinfo,
            }[self.path]
        )

    def do_POST(self) -> None:
        answer: Answer = self.server.answer  # type: ignore[attr-defined]
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        challenge = urlsafe_b64encode(sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        fits = answer.asked["code_challenge_method"] == "S256" and challenge == answer.asked["code_challenge"]
        self._say(answer.spoken() if fits else {"error": "invalid_grant"}, 200 if fits else 400)

    def _say(self, what: object, status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: what counts is what our side logs."""


def _described(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "end_session_endpoint": f"{issuer}/logout",
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        "authorization_response_iss_parameter_supported": True,
    }
