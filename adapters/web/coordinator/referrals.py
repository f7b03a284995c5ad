"""All referrals of the municipality as states: what waits for the coordinator stands first, and no name stands here."""

from __future__ import annotations

from typing import Any

from adapters import coordinator as api
from adapters.web.coordinator.door import pages
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.referral import Stage

GROUPS: tuple[tuple[str, Stage, str], ...] = (
    (N_("Skal afgøres"), Stage.REGISTERED, N_("Ingen nye henvisninger venter på dig.")),
    (N_("Skal have en plads"), Stage.ACCEPTED, N_("Alle godkendte familier har en plads eller står på venteliste.")),
    (N_("På venteliste"), Stage.WAITING, N_("Ingen står på venteliste.")),
    (N_("Skal overdrages til klublederen"), Stage.PLACED, N_("Alle med en plads er overdraget.")),
)
"""What the coordinator has to do something about, in the order of the way; and what is said when there is nothing."""


@pages.page("/", "coordinator/referrals.html", menu=N_("Henvisninger"), start=True)
def referrals(here: Here) -> Told:
    """What waits, by what is to be done about it."""
    found = sorted(here.ask(api.referrals), key=lambda line: line["registered_on"])
    return {"groups": [(title, empty, _in(found, stage)) for title, stage, empty in GROUPS]}


@pages.page("/all", "coordinator/all.html", menu=N_("Alle henvisninger"))
def all_referrals(here: Here) -> Told:
    """Every referral, the newest first."""
    return {"referrals": sorted(here.ask(api.referrals), key=lambda line: line["registered_on"], reverse=True)}


@pages.page("/overview", "coordinator/overview.html", menu=N_("I tal"))
def overview(here: Here) -> Told:
    """The municipality's referrals and courses in numbers (VIS-03)."""
    return {"overview": here.ask(api.overview), "limits": here.desk.limits}


def _in(found: list[Any], stage: Stage) -> list[Any]:
    return [line for line in found if line["stage"] == stage]
