"""Where the code of an invitation is typed by whoever has logged in: it ties the login to whom it was meant for.

The code is taken first and the login bound after it: of two that type one code at once, one is refused before it is
bound to anybody, and a crash between the two is made good by typing the code again (decision 0028).
"""

from __future__ import annotations

from typing import Final

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from adapters.web.door import carrying, cookie_name, house, session, site
from adapters.web.forms import Form
from adapters.web.login import guesses
from adapters.web.login.blueprint import blueprint
from adapters.web.sessions import LoginIsBound
from adapters.web.words import N_
from application.taking_invitations import LoginIsAnothers, Taken, take
from domain.invitation import InvitationNotValid

NOT_VALID: Final = N_("Koden passer ikke. Er alle 16 tegn rigtige, så er koden brugt eller udløbet. Bed om en ny.")
ANOTHERS: Final = N_("Dit login hører allerede til en anden adgang. Sig det til den, der gav dig koden.")
NOTHING: Final = N_("Skriv koden fra din invitation.")
TOO_MANY: Final = N_("Der er skrevet for mange forkerte koder. Vent en time, og prøv igen, eller bed om en ny kode.")


@blueprint.get("/invitation")
def invitation() -> Answer:
    """The code is typed here; who is not logged in is told to do that first."""
    return _page(Form(url_for("login.take_code")))


@blueprint.post("/invitation")
def take_code() -> Answer:
    """Take the code, bind the login, and go on to the own pages."""
    here, form = session(), Form.read(request.path, request.form.lists())
    if here is None or here.login is None:
        return redirect(url_for("login.invitation"), 303)
    typed, guesser = form.value("code").strip(), here.login.hex()
    if not typed:
        return _page(form, NOTHING, 422)
    if guesses.too_many(guesser):
        return _page(form, TOO_MANY, 429)
    desks = [house().desk(realm) for realm in house().realms]
    try:
        taken = take(typed, here.login, desks, known=site().bindings.actor_of(here.login))
        _bind(here.login, taken)
    except InvitationNotValid:
        guesses.note_wrong(guesser)
        return _page(form, NOT_VALID, 422)
    except (LoginIsAnothers, LoginIsBound):
        return _page(form, ANOTHERS, 409)
    token = site().sessions.renew(
        request.cookies.get(cookie_name(), ""), house().clock.now(), actor=taken.actor, choice=None
    )
    answer = redirect(url_for("start.index"), 303)
    return answer if token is None else carrying(answer, token)


def _bind(login: bytes, taken: Taken) -> None:
    """From now on this login and no other is the actor's: who had access by another notices that it is gone."""
    bindings = site().bindings
    if bindings.actor_of(login) == taken.actor:
        return
    bindings.unbind(taken.actor)
    site().sessions.end_of(actor=taken.actor)
    bindings.bind(login, taken.actor, house().clock.now())


def _page(form: Form, wrong: str = "", status: int = 200) -> Answer:
    if wrong:
        form.errors = {"code": wrong}
    return make_response(render_template("login/invitation.html", f=form), status)
