"""The door of the pages: nobody comes in without a session, and then only in a role held today, sure enough for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from urllib.parse import quote
from uuid import UUID

from flask import current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from adapters.identity import House, roles_held
from adapters.web.here import Here
from adapters.web.levels import needed
from adapters.web.sessions import LINK, Session
from adapters.web.site import Site
from application.views.people import RoleHeld
from domain.compartments import RealmKind
from domain.people import Role

LANGUAGE = "language"
"""The cookie that remembers the language a person chose; it holds nothing else."""


class Audience(Protocol):
    """Whose pages these are: in which roles, in which realms, in which languages."""

    @property
    def roles(self) -> Collection[Role]: ...

    @property
    def only_in(self) -> RealmKind | None: ...

    @property
    def languages(self) -> tuple[str, ...]: ...


class Elsewhere(HTTPException):
    """Somebody has to go by another page first."""

    code = 303

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def get_response(self, *_: object, **__: object) -> Response:  # type: ignore[override]
        return redirect(self.address, 303)


class LoggedOut(HTTPException):
    """Something was sent in no session: what was typed comes back, to be sent again after a login."""

    code = 401


def site() -> Site:
    return current_app.extensions["tillid-site"]  # type: ignore[no-any-return]


def house() -> House:
    return current_app.extensions["tillid"]  # type: ignore[no-any-return]


def cookie_name() -> str:
    """`__Host-` binds it to this host over TLS; on loopback without TLS a browser would refuse that."""
    return "__Host-session" if site().secure else "session"


def carrying(answer: Response, token: str) -> Response:
    """With the session's cookie, which ends with the browser; how long the session lasts is the server's to say."""
    answer.set_cookie(cookie_name(), token, secure=site().secure, httponly=True, samesite="Lax", path="/")
    return answer


def local(address: str | None) -> str | None:
    """A path of this site, or None: nobody is sent elsewhere after a login."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return None
    return address if all(" " < letter < "\x7f" for letter in address) else None


def session() -> Session | None:
    """The session of this request, looked up once."""
    if "session" not in g:
        token = request.cookies.get(cookie_name(), "")
        g.session = site().sessions.find(token, house().clock.now()) if token else None
    return g.session  # type: ignore[no-any-return]


def language_of(allowed: tuple[str, ...] = ("da", "en", "ar")) -> str:
    """The language chosen, else the one the browser prefers, else Danish (SYS-07)."""
    chosen = request.cookies.get(LANGUAGE)
    if chosen in allowed:
        return chosen
    preferred = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in preferred if language in allowed), "da")


def holdings(actor: UUID) -> list[tuple[str, RoleHeld]]:
    """Every role this actor holds today, with its realm."""
    return [(realm, held) for realm in sorted(house().realms) for held in roles_held(actor, house().desk(realm))]


def come_in(pages: Audience, realm: str) -> Here:
    """Raises Elsewhere to the login, the choice of a role or a surer login; LoggedOut; NotFound, which says no more."""
    g.language = language_of(pages.languages)
    here = session()
    back = quote(request.path) if request.method == "GET" else ""
    if here is None or here.actor is None:
        raise Elsewhere(url_for("start.index", next=back or None)) if request.method == "GET" else LoggedOut
    if realm not in house().realms:
        raise NotFound
    desk = house().desk(realm)
    if pages.only_in is not None and desk.kind is not pages.only_in:
        raise NotFound
    chosen = in_use(here)
    if chosen is None or chosen[0] != realm:
        raise Elsewhere(url_for("start.roles"))
    held = chosen[1]
    if held.role not in pages.roles:
        raise NotFound
    if not _sure_enough(here, held.role):
        raise Elsewhere(url_for("login.higher", next=back or None))
    return Here(here, realm, desk, held, g.language)


def _sure_enough(here: Session, role: Role) -> bool:
    """By a one-time link, behind which nobody showed who it is, one is a visiting professional and nothing else."""
    return role is Role.PROFESSIONAL if here.provider == LINK else here.assurance >= needed(role, site().levels)


def in_use(here: Session) -> tuple[str, RoleHeld] | None:
    """The role in use with its realm, if it is still held today."""
    if here.actor is None or here.choice is None or here.choice.realm not in house().realms:
        return None
    held = roles_held(here.actor, house().desk(here.choice.realm))
    found = next((one for one in held if one.assignment_id == here.choice.assignment_id), None)
    return None if found is None else (here.choice.realm, found)
