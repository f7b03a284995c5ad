"""One referral: where it is, when the family hears next, why it was made; corrected or withdrawn from here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.referrer import referrals as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import REFERRAL, pages
from adapters.web.referrer.grounds import choices
from adapters.web.referrer.said import grounds_body
from adapters.web.referrer.start import clubs
from adapters.web.words import N_


@pages.page(REFERRAL, "referrer/referral.html")
def referral(here: Here, referral_id: UUID) -> Told:
    """The grounds, the family, and the way it went."""
    shown = here.ask(api.referral, referral_id=referral_id)
    family = shown["family"]
    return {
        "referral": shown,
        "names": {one["person_id"]: one for one in (*family["adults"], *family["children"])},
        "clubs": clubs(here),
        "today": here.desk.clock.today().isoformat(),
    }


@pages.page(f"{REFERRAL}/grounds", "referrer/correct.html")
def correcting(here: Here, referral_id: UUID) -> Told:
    """The grounds as they are stated now, to be stated anew."""
    shown = here.ask(api.referral, referral_id=referral_id)
    return {
        "referral": shown,
        "children": [
            (place, child) for place, child in enumerate(shown["family"]["children"]) if not child["erased_on"]
        ],
        "judged": {one["child_id"]: one["judgement"] for one in shown["judgements"]},
        **choices(here),
    }


@pages.sends(
    f"{REFERRAL}/grounds", correcting, done=N_("Henvisningen er rettet. Det, der stod før, kan kun ses ved en kontrol.")
)
def correct(here: Here, form: Form, referral_id: UUID) -> Response:
    """What a page does not ask, such as whom a criterion is about, stays as it was."""
    shown = here.ask(api.referral, referral_id=referral_id)
    children = [UUID(child["person_id"]) for child in shown["family"]["children"]]
    judged = {
        name.removeprefix("judgements."): form.value(name) for name in form.typed if name.startswith("judgements.")
    }
    here.send(api.correct, form, grounds_body(form.said, judged, children, _about(shown)), referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="correct")


@pages.page(f"{REFERRAL}/withdrawal", "referrer/withdraw.html")
def withdrawing(here: Here, referral_id: UUID) -> Told:
    """Before a referral is withdrawn because the family does not want to any more."""
    return {"referral": here.ask(api.referral, referral_id=referral_id)}


@pages.sends(f"{REFERRAL}/withdrawal", withdrawing, done=N_("Henvisningen er trukket tilbage."))
def withdraw(here: Here, form: Form, referral_id: UUID) -> Response:
    here.send(api.withdraw, form, referral_id=referral_id)
    return here.to(referral, referral_id=referral_id, done="withdraw")


def _about(shown: dict[str, Any]) -> dict[str, list[str]]:
    """The members that a criterion was stated about; of one about the whole family there are none."""
    about: dict[str, list[str]] = defaultdict(list)
    for one in shown["criteria"]:
        if isinstance(one["code"], str) and one["about"] != shown["family_id"]:
            about[one["code"]].append(one["about"])
    return about
