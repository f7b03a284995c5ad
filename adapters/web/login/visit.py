"""The link of a visiting professional: a page with one button, and behind it a session that ends with the day of the visit."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from adapters.web.assurance import Assurance
from adapters.web.choosing import note_choice
from adapters.web.door import carrying, cookie_name, holdings, house, session, site
from adapters.web.forms import Form
from adapters.web.here import url_of
from adapters.web.login import guesses
from adapters.web.login.blueprint import blueprint
from adapters.web.professional.briefing import briefing
from adapters.web.sessions import LINK, Choice
from application.taking_invitations import Taken, take
from domain.invitation import InvitationNotValid
from domain.people import Role


@blueprint.get("/briefing/<code>")
def visit(code: str) -> Answer:
    """Whoever only looks at the link, as scanners of mail and previews of messages do, does not use it up."""
    return _page(Form(request.path))


@blueprint.post("/briefing/<code>")
def open_visit(code: str) -> Answer:
    """The link is used up. Pressed twice, it opens twice; pressed again later, or by somebody else, it does not."""
    form, guesser = Form.read(request.path, request.form.lists()), request.remote_addr or "nobody"
    if guesses.too_many(guesser):
        return _page(form, "too_many", 429)
    desks = [house().desk(realm) for realm in house().realms]
    try:
        taken = take(code, form.command_id.bytes, desks, by_link=True)
    except InvitationNotValid:
        guesses.note_wrong(guesser)
        return _page(form, "not_valid", 422)
    return _come_in(taken)


def _come_in(taken: Taken) -> Answer:
    """A session by a link, in that one role, as the access log says before anything is shown."""
    now, sessions = house().clock.now(), site().sessions
    held = next(one for realm, one in holdings(taken.actor) if realm == taken.realm and one.role is Role.PROFESSIONAL)
    if session() is not None:
        sessions.end(request.cookies.get(cookie_name(), ""))
    token, here = sessions.open(
        now, actor=taken.actor, provider=LINK, assurance=Assurance.NONE, login=None, ends=taken.valid_until
    )
    note_choice(house().desk(taken.realm), here, held)
    token = sessions.renew(token, now, actor=taken.actor, choice=Choice(taken.realm, held.assignment_id)) or token
    return carrying(redirect(url_of(taken.realm, briefing, booking_id=taken.booking_id), 303), token)


def _page(form: Form, wrong: str = "", status: int = 200) -> Answer:
    return make_response(render_template("login/visit.html", f=form, wrong=wrong), status)
