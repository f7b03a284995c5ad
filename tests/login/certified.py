"""The certified provider, started for as long as somebody needs it, and a site that it really reaches over HTTP."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from adapters.web.login.providers import Provider
from tests.login.site_at_work import SAME_ORIGIN
from tests.node_packages import NODE, node_packages

PROGRAM = Path(__file__).with_name("certified_provider.mjs")


@contextmanager
def certified_provider(site: str, name: str, secret: str) -> Iterator[str]:
    """Its issuer. It logs people in at this site only, and ends when we do, whatever becomes of us: its stdin closes."""
    command = [str(NODE), str(PROGRAM), site, name, secret]
    with subprocess.Popen(
        command, cwd=node_packages(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        yield next(line.strip() for line in process.stdout if line.startswith("http://"))
        process.stdin.close()


class _Quiet(WSGIRequestHandler):
    """Without a line for each request: it would show the codes in the addresses, and nothing else here logs them."""

    def log_request(self, *_: object) -> None: ...


class Address:
    """A place on loopback that is taken before it is known what stands there: site and provider name each other."""

    def __init__(self) -> None:
        self.app: Flask | None = None
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True, request_handler=_Quiet)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def _serve(self, environ: dict[str, object], start: object) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start)  # type: ignore[arg-type]

    @contextmanager
    def open(self) -> Iterator[None]:
        serving = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()
            serving.join()


@dataclass
class Browser:
    """Follows what it is shown, as a person does who clicks on; it is sent on by a page as by a redirect."""

    origin: str
    http: requests.Session = field(default_factory=requests.Session)

    @property
    def token(self) -> str:
        """Of the session, from the cookie; empty without one."""
        return next((cookie.value or "" for cookie in self.http.cookies if cookie.name == "session"), "")

    def get(self, path: str) -> requests.Response:
        return self.http.get(f"{self.origin}{path}", timeout=30)

    def send(self, path: str, **typed: str) -> requests.Response:
        """A form of a page, and where its answer leads."""
        answer = self.http.post(f"{self.origin}{path}", data=typed, headers=SAME_ORIGIN, timeout=30)
        onward = answer.headers.get("Refresh", "").removeprefix("0;url=")
        return self.http.get(onward, timeout=30) if onward else answer

    def log_in(self, provider: Provider, person: str, level: str) -> requests.Response:
        return self.be(self.send(f"/login/{provider.name}"), person, level)

    def be(self, asked: requests.Response, person: str, level: str) -> requests.Response:
        """Answer the provider's question who one is."""
        assert asked.text == "who are you?", asked.url
        return self.http.get(asked.url, params={"person": person, "level": level}, timeout=30)

    def forget_the_provider(self) -> None:
        """As somebody else's telephone: the provider knows nobody on it."""
        for cookie in list(self.http.cookies):
            if cookie.name.startswith("_"):
                self.http.cookies.clear(cookie.domain, cookie.path, cookie.name)

    def log_out_there(self, asked: requests.Response) -> requests.Response:
        """Say yes to the provider's question whether to log out of it."""
        action, xsrf = (re.search(pattern, asked.text) for pattern in (r'action="([^"]+)"', r'value="([^"]+)"'))
        assert action is not None and xsrf is not None, asked.text
        return self.http.post(action[1], data={"xsrf": xsrf[1], "logout": "yes"}, timeout=30)
