"""One OpenID provider as the register talks to it: begins a login, and believes an answer only when everything fits.

Authlib speaks the protocol; what stands here besides is what it does not check by itself (decision 0024). Read of what a
provider says are only issuer, subject, level and session: the rest, a CPR number too, ends with the request.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from adapters.web.assurance import Assurance
from adapters.web.login.providers import Provider, is_safe_address
from adapters.web.sessions import Flow

LEEWAY = 30
"""Seconds by which clocks may differ; Authlib's own default is two minutes."""
PATIENCE = 10
"""Seconds to wait for a provider."""
FRESH = 3600
"""Seconds for which a provider's description of itself is believed without asking again."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_SIGNED_BY = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
"""Never `none`, and nothing that the client's own secret could sign."""
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")
_ISS_IS_SENT = "authorization_response_iss_parameter_supported"
_ALGORITHMS = "id_token_signing_alg_values_supported"


class LoginRefused(Exception):
    """What a provider or browser sent is not believed. `reason` is a word of ours, never one of theirs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LoginCancelled(LoginRefused):
    """The person, or the provider on its own grounds, said no."""


class ProviderUnreachable(Exception):
    """The provider does not answer, or not as one; nobody can log in there now."""


@dataclass(frozen=True, slots=True, repr=False)
class Identified:
    """All that is kept of a login: who it is at that provider, how sure that is, and the provider's session."""

    issuer: str
    subject: str
    assurance: Assurance
    provider_session: str | None

    def __repr__(self) -> str:
        return f"<somebody at {self.assurance.name}>"


@dataclass(frozen=True, slots=True, repr=False)
class LogoutAsked:
    """A provider says that a session of its own, or all of a person's there, are over."""

    provider_session: str | None
    subject: str | None


class _App(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client without a web framework's session: a login under way is a `Flow` of ours."""

    client_cls = OAuth2Session


class Client:
    """The register as a client of one provider; safe to share between threads."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._known: tuple[float, _App] | None = None

    def begin(self, flow: Flow, state: str, redirect_uri: str) -> str:
        """Where to send the browser. Raises ProviderUnreachable."""
        asked = {"acr_values": self._acr_values(flow.wanted)} if self.provider.acr_values else {}
        begun = self._app().create_authorization_url(
            redirect_uri, state=state, nonce=flow.nonce, code_verifier=flow.verifier, **asked
        )
        return str(begun["url"])

    def finish(self, flow: Flow, answer: Mapping[str, str], redirect_uri: str) -> Identified:
        """Who came back with this answer. Raises LoginRefused, ProviderUnreachable."""
        app = self._app()
        issuer = answer.get("iss")
        if (issuer is not None or app.server_metadata[_ISS_IS_SENT]) and issuer != self.provider.issuer:
            raise LoginRefused("iss_parameter")  # RFC 9207: else one provider's code goes to another's token endpoint
        if "error" in answer:
            raise LoginCancelled("provider_said_no")
        if not answer.get("code"):
            raise LoginRefused("no_code")
        with _only_what_fits():
            token = app.fetch_access_token(redirect_uri, code=answer["code"], code_verifier=flow.verifier)
            if "id_token" not in token:
                raise LoginRefused("no_id_token")
            # Never with claims_options: they would take the place of the check of the issuer.
            signed = dict(app.parse_id_token(token, nonce=flow.nonce, leeway=LEEWAY))
            if signed["aud"] not in (self.provider.client_id, [self.provider.client_id]):
                raise LoginRefused("audience")  # Authlib is content when `azp` names us, whomever the token is for
            told = self._userinfo(app, token, signed)
        return self._identified({**told, **signed})

    def end_session_url(self, back: str) -> str | None:
        """Where a person logs out of the provider too; None when it has no such place. Raises ProviderUnreachable.

        Without the ID token as a hint, which would have to be kept for it, the provider asks the person once more.
        """
        address = self._app().server_metadata.get("end_session_endpoint")
        sent = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        return add_params_to_uri(address, sent.items()) if address else None

    def logout_asked(self, logout_token: str) -> LogoutAsked:
        """What a back-channel logout token says (OIDC Back-Channel Logout 1.0, 2.6). Raises as `finish`."""
        app = self._app()
        with _only_what_fits():
            claims = self._signed_claims(app, logout_token)
            wanted = jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self.provider.issuer},
                aud={"essential": True, "value": self.provider.client_id},
                iat={"essential": True},
                exp={"essential": True},
                jti={"essential": True},
            )
            wanted.validate(claims)
            if LOGOUT_EVENT not in claims["events"] or "nonce" in claims:
                raise LoginRefused("no_logout_token")
            said = LogoutAsked(_text(claims.get("sid")), _text(claims.get("sub")))
            if said.provider_session is None and said.subject is None:
                raise LoginRefused("logout_of_nobody")
        return said

    def _acr_values(self, wanted: Assurance) -> str:
        """The least that reaches the level; for an ordinary login whatever is the least."""
        values = sorted(self.provider.acr_values.items())
        return next((value for level, value in values if level >= wanted), values[-1][1])

    def _identified(self, claims: Mapping[str, Any]) -> Identified:
        subject = _text(claims["sub"])
        if subject is None:
            raise LoginRefused("sub")
        return Identified(
            self.provider.issuer, subject, self.provider.assurance_in(claims), _text(claims.get("sid"))
        )  # fmt: skip

    def _userinfo(self, app: _App, token: Mapping[str, Any], signed: Mapping[str, Any]) -> dict[str, Any]:
        """What it tells beside the signed claims, which win; about the same person or not at all."""
        if "userinfo_endpoint" not in app.server_metadata:
            return {}
        told = dict(app.userinfo(token=token))
        if told.get("sub") != signed["sub"]:
            raise LoginRefused("userinfo_sub")
        return told

    def _signed_claims(self, app: _App, token: str) -> dict[str, Any]:
        registry = JWSRegistry(algorithms=app.server_metadata[_ALGORITHMS], strict_check_header=False)
        try:
            return jwt.decode(token, KeySet.import_key_set(app.fetch_jwk_set()), registry=registry).claims
        except InvalidKeyIdError:
            return jwt.decode(token, KeySet.import_key_set(app.fetch_jwk_set(force=True)), registry=registry).claims

    def _app(self) -> _App:
        """Raises ProviderUnreachable."""
        known, now = self._known, time.monotonic()
        if known is None or now - known[0] > FRESH:
            self._known = known = (now, self._described())
        return known[1]

    def _described(self) -> _App:
        try:
            answer = requests.get(self.provider.discovery, timeout=PATIENCE, allow_redirects=False)
            answer.raise_for_status()
            described = answer.json()
        except (requests.RequestException, ValueError):
            raise ProviderUnreachable("discovery") from None
        return _App(
            None,
            self.provider.name,
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret,
            client_kwargs={
                "scope": self.provider.scope, "code_challenge_method": "S256", "default_timeout": PATIENCE,
            },
            **_believed(described, self.provider.issuer),
        )  # fmt: skip


def _believed(described: Any, issuer: str) -> dict[str, Any]:
    """Of a provider's description what we use; it describes the issuer we asked for, at addresses nobody listens to."""
    if not isinstance(described, dict) or described.get("issuer") != issuer:
        raise ProviderUnreachable("another issuer")
    believed = {name: described[name] for name in (*_NEEDED, *_OPTIONAL) if isinstance(described.get(name), str)}
    if not believed.keys() >= set(_NEEDED) or not all(is_safe_address(address) for address in believed.values()):
        raise ProviderUnreachable("addresses")
    offered = described.get(_ALGORITHMS)
    algorithms = [name for name in offered if name in _SIGNED_BY] if isinstance(offered, list) else []
    if not algorithms:
        raise ProviderUnreachable("algorithms")
    sent = described.get(_ISS_IS_SENT) is True
    return {"issuer": issuer, **believed, _ALGORITHMS: algorithms, _ISS_IS_SENT: sent}


@contextmanager
def _only_what_fits() -> Iterator[None]:
    """Whatever a provider sends that is not as it should be, in one refusal; from None, as an error may quote a value."""
    try:
        yield
    except ClaimError as error:
        raise LoginRefused(f"{error.error}_{error.claim}") from None
    except JoseError as error:
        raise LoginRefused(error.error or "token") from None
    except AuthlibBaseError:
        raise LoginRefused("token_endpoint") from None
    except requests.ConnectionError:
        raise ProviderUnreachable("no answer") from None
    except requests.Timeout:
        raise ProviderUnreachable("no answer in time") from None
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError):
        raise LoginRefused("unreadable") from None


def _text(said: object) -> str | None:
    return said if isinstance(said, str) and 0 < len(said) <= 255 else None
