"""One referral: why, who, how far it has come, and the next step."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import coordinator as api
from adapters.web.coordinator.door import pages
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_

_REFERRAL = "/referrals/<uuid:referral_id>"


@pages.page(_REFERRAL, "coordinator/referral.html")
def referral(here: Here, referral_id: UUID) -> Told:
    """The grounds, the family, and what can be done now."""
    courses = here.ask(api.courses)
    shown = here.ask(api.referral, referral_id=referral_id)
    return {
        "referral": shown,
        "names": {member["person_id"]: member for member in _members(shown)},
        "courses": [course for course in courses if course["takes_in"]],
        "placed_in": next((course for course in courses if course["course_id"] == shown["course_id"]), None),
        "lead_time_days": here.desk.limits.lead_time_days,
    }


@pages.page(f"{_REFERRAL}/decline", "coordinator/decline.html")
def declining(here: Here, referral_id: UUID) -> Told:
    """Before a referral is declined."""
    return {"referral": here.ask(api.referral, referral_id=referral_id)}


@pages.page(f"{_REFERRAL}/withdrawal", "coordinator/withdraw.html")
def withdrawing(here: Here, referral_id: UUID) -> Told:
    """Before a referral is withdrawn because the family does not want to any more."""
    return {"referral": here.ask(api.referral, referral_id=referral_id)}


@pages.sends(f"{_REFERRAL}/acceptance", referral, done=N_("Henvisningen er godkendt. Find nu en plads til familien."))
def accept(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.accept, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="accept")


@pages.sends(
    f"{_REFERRAL}/decline", declining, done=N_("Henvisningen er afvist. Henviseren kan se det og taler med familien.")
)
def decline(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.decline, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="decline")


@pages.sends(f"{_REFERRAL}/waiting", referral, done=N_("Familien står på venteliste."))
def wait(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.put_on_waiting_list, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="wait")


@pages.sends(
    f"{_REFERRAL}/place", referral, done=N_("Familien har fået en plads. Overdrag den til klublederen, når I er klar.")
)
def place(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.place, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="place")


@pages.sends(
    f"{_REFERRAL}/handover", referral, done=N_("Klublederen får nu navne, telefon, aldre og sprog. Intet andet.")
)
def hand_over(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.hand_over, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="hand_over")


@pages.sends(f"{_REFERRAL}/withdrawal", withdrawing, done=N_("Henvisningen er trukket tilbage."))
def withdraw(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.withdraw, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="withdraw")


def _members(shown: Told) -> list[dict[str, object]]:
    family = shown["family"]
    return [*family["adults"], *family["children"]]
