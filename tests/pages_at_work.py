"""The pages of a made-up club, and people who open them: without a browser, by Flask's own client."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import Client, TestResponse

from adapters.texts.words import Words
from adapters.web.app import create_site
from adapters.web.site import Picked, Site
from adapters.wiring.kept import make_ready, open_kept
from application.reviews import is_held
from application.views.people import RoleHeld
from domain.people import Role
from infrastructure.web_settings import WebSettings
from tests.club_at_work import ClubAtWork, a_club_at_work

ORIGIN = "http://localhost"
EVERYBODY = Words("Alle", "Everybody")


@dataclass(slots=True)
class Everybody:
    """Whoever a test wants to be can be picked."""

    found: dict[UUID, Picked] = field(default_factory=dict)

    def people(self) -> Sequence[Picked]:
        return tuple(self.found.values())


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the pages, logged in or not, with the cookies of one browser."""

    client: Client
    base: str

    def get(self, path: str = "", **headers: str) -> TestResponse:
        """A page below the own audience's address; one that begins with a slash is taken as it is."""
        return self.client.get(self._url(path), headers=headers)

    def send(self, page: str, action: str, typed: dict[str, Any] | None = None) -> TestResponse:
        """Open a page, fill in the form with this action (its end is enough) as a browser would, and send it."""
        html = self.get(page).get_data(as_text=True)
        filled = hidden_fields(html, action)
        return self.post(filled.pop("action"), {**filled, **(typed or {})})

    def post(self, path: str, typed: dict[str, Any], **headers: str) -> TestResponse:
        return self.client.post(self._url(path), data=typed, headers={"Origin": ORIGIN, **headers})

    def _url(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.base}/{path}"


def hidden_fields(html: str, action: str) -> dict[str, str]:
    """Of the form whose action ends so: its hidden fields, and `action`. Raises AssertionError when there is none."""
    for form in re.findall(r"<form\b.*?</form>", html, re.S):
        found = re.search(r'action="([^"]*)"', form)
        if found and unescape(found[1]).split("?")[0].endswith(action):
            fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
            return {name: unescape(value) for name, value in fields} | {"action": unescape(found[1])}
    raise AssertionError(f"no form with the action {action}")


@dataclass(frozen=True, slots=True)
class PagesAtWork:
    """The club, its site, and a way in for anybody."""

    club: ClubAtWork
    app: Flask
    site: Site
    everybody: Everybody

    def visitor(self, actor: UUID | None, realm: str, audience: str, role: Role | None = None) -> Visitor:
        """Somebody who picked to be this actor and, if several are held, chose this role; None is logged out."""
        client = self.app.test_client()
        visitor = Visitor(client, f"/{realm}/{audience}")
        if actor is None:
            return visitor
        self.everybody.found[actor] = Picked(actor, "Nogen", EVERYBODY, EVERYBODY)
        sent = client.post("/be", data={"actor": str(actor)}, headers={"Origin": ORIGIN})
        assert sent.status_code == 303
        page = client.get("/roles")
        if page.status_code == 200:
            held = self._held(actor, realm, role or Role(audience))
            fields = hidden_fields(page.get_data(as_text=True), "/roles")
            fields |= {"realm": realm, "assignment_id": str(held)}
            assert client.post(fields.pop("action"), data=fields, headers={"Origin": ORIGIN}).status_code == 303
        return visitor

    def _held(self, actor: UUID, realm: str, role: Role) -> UUID:
        desk = self.club.house.desk(realm)
        rows = desk.register.rows().where(RoleHeld, actor=actor)
        return next(r.assignment_id for r in rows if r.role is role and is_held(r, desk.clock.today(), desk.limits))


def pages_at_work(home: Path) -> PagesAtWork:
    club, everybody = a_club_at_work(home), Everybody()
    settings = WebSettings.under(home, ORIGIN)
    make_ready(settings)
    kept = open_kept(settings)
    site = Site(kept.sessions, kept.bindings, kept.flows, ORIGIN, picker=everybody)
    return PagesAtWork(club, create_site(club.house, site), site, everybody)
