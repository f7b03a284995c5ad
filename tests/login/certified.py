"""The certified provider, started for as long as somebody needs it, and a site that it really reaches over HTTP."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests
from flask import Flask

from adapters.identity import roles_held
from adapters.web.login.providers import For, Provider
from adapters.web.sessions import Choice, Session
from domain.people import Role
from tests.browser.served import served
from tests.club_at_work import CLUB, LEADER, VOLUNTEER
from tests.login.site_at_work import SAME_ORIGIN, SiteAtWork, a_provider, a_site
from tests.node_packages import NODE, node_packages

PROGRAM = Path(__file__).with_name("certified_provider.mjs")
LED, FRI = "subject-of-the-leader", "subject-of-the-volunteer"


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


class NotYet:
    """An application whose address is known before it is there itself: site and provider name each other."""

    def __init__(self) -> None:
        self.app: Flask | None = None

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start)


@dataclass(frozen=True, slots=True)
class CertifiedLogin:
    """A site that is served, and the provider at which everybody can log in to it."""

    site: SiteAtWork
    provider: Provider
    origin: str

    def session(self, token: str) -> Session | None:
        return self.site.kept.sessions.find(token, self.site.club.house.clock.now())

    def in_the_role(self, token: str, role: Role) -> tuple[str, Choice]:
        """The session of this token under another one, in the role that its actor holds in the club."""
        here = self.session(token)
        assert here is not None and here.actor is not None
        held = next(row for row in roles_held(here.actor, self.site.club.desk()) if row.role is role)
        choice, now = Choice(CLUB, held.assignment_id), self.site.club.house.clock.now()
        new = self.site.kept.sessions.renew(token, now, actor=here.actor, choice=choice)
        assert new is not None
        return new, choice


@contextmanager
def certified_login(home: Path) -> Iterator[CertifiedLogin]:
    """Both of them running, with a leader and a volunteer whose logins are bound."""
    not_yet, unknown = NotYet(), a_provider("")
    with (
        served(not_yet) as origin,
        certified_provider(origin, unknown.name, unknown.client_secret) as issuer,
    ):
        provider = replace(a_provider(issuer), for_=frozenset(For))
        site = a_site(home, origin, [provider])
        site.bind(provider, LED, LEADER)
        site.bind(provider, FRI, VOLUNTEER)
        not_yet.app = site.app
        with closing(site.kept), closing(site.club.house):
            yield CertifiedLogin(site, provider, origin)


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
