"""A family's own data kept right: names, months of birth, telephone; its way in to its record; and its leaving."""

from __future__ import annotations

from uuid import UUID

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adapters.leader import corrections as corrections_api
from adapters.leader import course as course_api
from adapters.leader import families as families_api
from adapters.leader import invitations as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.course import course
from adapters.web.leader.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.people import Role

_FAMILY = "/courses/<uuid:course_id>/families/<uuid:family_id>"


@pages.page(f"{_FAMILY}/members", "leader/members.html")
def members(here: Here, course_id: UUID, family_id: UUID) -> Told:
    invited = here.ask(api.adults_invited, course_id=course_id)
    return {
        **here.ask(families_api.own_family, course_id=course_id, family_id=family_id),
        "invited": {line["person_id"]: line for line in invited},
    }


@pages.sends(f"{_FAMILY}/telephones/<uuid:person_id>", members, done=N_("Telefonnummeret er gemt."))
def telephone(here: Here, form: Form, course_id: UUID, family_id: UUID, person_id: UUID) -> Response:
    body = {"telephone": form.value("telephone").strip() or None}
    here.send(
        course_api.change_telephone, form, body, course_id=course_id, family_id=family_id, person_id=person_id
    )  # fmt: skip
    return here.to(members, course_id=course_id, family_id=family_id, done="telephone")


@pages.sends(f"{_FAMILY}/names/<uuid:person_id>", members, done=N_("Navnet er rettet."))
def name(here: Here, form: Form, course_id: UUID, family_id: UUID, person_id: UUID) -> Response:
    here.send(corrections_api.correct_name, form, course_id=course_id, family_id=family_id, person_id=person_id)
    return here.to(members, course_id=course_id, family_id=family_id, done="name")


@pages.sends(f"{_FAMILY}/birth-months/<uuid:person_id>", members, done=N_("Barnets fødselsmåned er rettet."))
def birth_month(here: Here, form: Form, course_id: UUID, family_id: UUID, person_id: UUID) -> Response:
    here.send(corrections_api.correct_birth_month, form, course_id=course_id, family_id=family_id, person_id=person_id)
    return here.to(members, course_id=course_id, family_id=family_id, done="birth_month")


@pages.sends(f"{_FAMILY}/invitations/<uuid:person_id>", members)
def invite(here: Here, form: Form, course_id: UUID, family_id: UUID, person_id: UUID) -> Response:
    """The code is shown in the answer itself, this once: no address leads to it."""
    made = here.send(api.invite_adult, form, course_id=course_id, person_id=person_id)
    own = here.ask(families_api.own_family, course_id=course_id, family_id=family_id)
    adult = next((one for one in own["family"]["adults"] if one["person_id"] == str(person_id)), None)
    return pages.rendered(here, "leader/code.html", {**own, "made": made, "adult": adult})


@pages.sends(f"{_FAMILY}/revoked/<uuid:invitation_id>", members, done=N_("Koden virker ikke længere."))
def revoke(here: Here, form: Form, course_id: UUID, family_id: UUID, invitation_id: UUID) -> Response:
    here.send(api.revoke_adults, form, course_id=course_id, invitation_id=invitation_id)
    return here.to(members, course_id=course_id, family_id=family_id, done="revoke")


@pages.page(f"{_FAMILY}/acquaintances", "leader/acquaintances.html")
def acquaintances(here: Here, course_id: UUID, family_id: UUID) -> Told:
    own = here.ask(course_api.own_course, course_id=course_id)
    family = next((one for one in own["families"] if one["family_id"] == str(family_id)), None)
    if family is None:
        raise NotFound
    apart = {line["actor"]: line for line in own["kept_apart"] if line["family_id"] == str(family_id)}
    volunteers = [member for member in own["team"] if member["role"] == Role.VOLUNTEER]
    return {"own": own, "family": family, "volunteers": volunteers, "apart": apart}


@pages.sends(
    f"{_FAMILY}/acquaintances/<uuid:actor>", acquaintances, done=N_("Det er gemt, hvem der ser, hvad familien deler.")
)
def keep_apart(here: Here, form: Form, course_id: UUID, family_id: UUID, actor: UUID) -> Response:
    here.send(course_api.keep_from_notes, form, course_id=course_id, family_id=family_id, actor=actor)
    return here.to(acquaintances, course_id=course_id, family_id=family_id, done="keep_apart")


@pages.page(f"{_FAMILY}/leaving", "leader/leaving.html")
def leaving(here: Here, course_id: UUID, family_id: UUID) -> Told:
    own: Told = here.ask(families_api.own_family, course_id=course_id, family_id=family_id)
    return own


@pages.sends(f"{_FAMILY}/left", leaving, done=N_("Familien er ikke længere med på forløbet."))
def leave(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    here.send(course_api.give_up_place, form, course_id=course_id, family_id=family_id)
    return here.to(course, course_id=course_id, done="leave")
