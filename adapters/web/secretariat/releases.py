"""What an officer asked to have in the hand, and the second person who agrees or does not; nobody here sees contents."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import review as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import pages
from adapters.web.words import N_
from domain.people import Role

_ROLES = (Role.ADMINISTRATOR, Role.SECRETARIAT)


@pages.page("/releases", "secretariat/releases.html", roles=_ROLES)
def releases(here: Here) -> Told:
    return {"releases": here.ask(api.releases)}


@pages.sends("/requests/<uuid:request_id>/approval", releases, done=N_("Du har sagt ja. Det gælder kun kort tid."))
def approve(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.approve_release, form, request_id=request_id)
    return here.to(releases, done="approve")


@pages.sends("/requests/<uuid:request_id>/refusal", releases, done=N_("Du har sagt nej."))
def decline_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.decline_release, form, request_id=request_id)
    return here.to(releases, done="decline_release")


@pages.sends("/requests/<uuid:request_id>/withdrawal", releases, done=N_("Dit ja er taget tilbage."))
def withdraw_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.withdraw_release, form, request_id=request_id)
    return here.to(releases, done="withdraw_release")
