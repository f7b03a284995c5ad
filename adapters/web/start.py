"""Where everybody begins: the login or, in the demonstration, the people to be; which role to work in; the language."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from adapters.web.assurance import Assurance
from adapters.web.audiences import pages_of
from adapters.web.choosing import note_choice
from adapters.web.door import (
    LANGUAGE,
    carrying,
    cookie_name,
    holdings,
    house,
    in_use,
    language_of,
    local,
    session,
    site,
)
from adapters.web.pages import Pages
from adapters.web.sessions import Choice, Session
from adapters.web.words import LANGUAGES
from application.views.people import RoleHeld
from domain.people import Role

start = Blueprint("start", __name__)
REMEMBERED = timedelta(days=365)


@start.before_request
def _speak() -> None:
    g.language = language_of()


@start.get("/")
def index() -> Answer:
    """Logged in, one goes on to the own pages; else here is how to log in, or whom one can be."""
    here = session()
    if here is None:
        picker = site().picker
        people = picker.people() if picker is not None else ()
        groups = {person.group: [one for one in people if one.group == person.group] for person in people}
        return make_response(render_template("start.html", groups=groups, next=local(request.args.get("next"))))
    if here.actor is None:
        return redirect(url_for("login.invitation"), 303)
    return redirect(_own_pages(here) or url_for("start.roles"), 303)


@start.post("/be")
def be() -> Answer:
    """Be somebody made up: on this machine, in the demonstration, and nowhere else."""
    picker = site().picker
    if picker is None or request.remote_addr not in ("127.0.0.1", "::1"):
        abort(404)
    person = next((one for one in picker.people() if str(one.actor) == request.form.get("actor")), None)
    if person is None:
        abort(404)
    before = request.cookies.get(cookie_name())
    if before:
        site().sessions.end(before)
    token, _ = site().sessions.open(
        house().clock.now(), actor=person.actor, provider="picker", assurance=Assurance.HIGH, login=None
    )
    address = local(request.form.get("next")) or url_for("start.roles")
    return carrying(redirect(address, 303), token)


@start.get("/roles")
def roles() -> Answer:
    """The roles one holds; with only one there is nothing to choose (REF-27)."""
    here = session()
    if here is None or here.actor is None:
        return redirect(url_for("start.index"), 303)
    held = [(realm, one) for realm, one in holdings(here.actor) if _pages(realm, one.role) is not None]
    if len(held) == 1 and "choose" not in request.args:
        return _take(here, *held[0])
    return make_response(render_template("roles.html", held=held, chosen=here.choice))


@start.post("/roles")
def choose() -> Answer:
    """Work in another role from now on."""
    here = session()
    if here is None or here.actor is None:
        return redirect(url_for("start.index"), 303)
    wanted = (request.form.get("realm"), request.form.get("assignment_id"))
    held = next((pair for pair in holdings(here.actor) if (pair[0], str(pair[1].assignment_id)) == wanted), None)
    if held is None:
        return redirect(url_for("start.roles"), 303)
    return _take(here, *held)


@start.post("/language")
def language() -> Answer:
    """The language of the pages from now on; the page one was on comes again in it."""
    chosen = request.form.get("language", "")
    answer = redirect(local(request.form.get("next")) or url_for("start.index"), 303)
    if chosen in LANGUAGES:
        answer.set_cookie(LANGUAGE, chosen, max_age=REMEMBERED, secure=site().secure, httponly=True, samesite="Lax")
    return answer


@start.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement that the law on accessible public websites asks for."""
    return render_template("accessibility.html")


def _own_pages(here: Session) -> str | None:
    """The first page of the role in use."""
    chosen = in_use(here)
    pages = _pages(chosen[0], chosen[1].role) if chosen is not None else None
    return None if chosen is None or pages is None else pages.address(chosen[0])


def _take(here: Session, realm: str, held: RoleHeld) -> Answer:
    """Into the role, under a new token; that it was chosen stands in the realm's access log."""
    pages, choice = _pages(realm, held.role), Choice(realm, held.assignment_id)
    if pages is None:
        return redirect(url_for("start.index"), 303)
    note_choice(house().desk(realm), here, held)
    before = request.cookies.get(cookie_name(), "")
    token = site().sessions.renew(before, house().clock.now(), actor=here.actor, choice=choice)
    if token is None:
        return redirect(url_for("start.index"), 303)
    return carrying(redirect(pages.address(realm), 303), token)


def _pages(realm: str, role: Role) -> Pages | None:
    return pages_of(house().desk(realm).kind, role)
