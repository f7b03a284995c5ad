"""The first page: what is not finished, and how far the own unit's referrals are. No name stands here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adapters.referrer import drafts, lists, referrals
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import pages
from adapters.web.words import N_


@pages.page("/", "referrer/start.html", menu=N_("Henvisninger"), start=True)
def start(here: Here) -> Told:
    """Own drafts first; then every referral of the unit, the newest first."""
    found = sorted(here.ask(referrals.referrals), key=lambda line: line["registered_on"], reverse=True)
    return {
        "drafts": here.ask(drafts.drafts),
        "referrals": found,
        "clubs": clubs(here),
        "today": here.desk.clock.today().isoformat(),
    }


def referrals_of(here: Here, family_id: UUID) -> list[dict[str, Any]]:
    """One family's, as states."""
    return [line for line in here.ask(referrals.referrals) if line["family_id"] == str(family_id)]


def clubs(here: Here) -> dict[str, str]:
    """The names of the clubs by their courses."""
    return {course["course_id"]: course["club"] for course in here.ask(lists.courses)}
