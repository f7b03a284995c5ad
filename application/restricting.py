"""Reading is restricted for a person, opened again after it was told, and objections are decided (GDPR Art. 18, 21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from application.perform import Work, serves
from application.rights import OFFICER, case_of, household_of, must_hold, recorded
from domain.compartments import RIGHTS, held_in
from gdpr import objection, restriction
from gdpr.answering_facts import CompellingGround
from gdpr.answers import completed_by
from gdpr.rights_facts import RestrictedBecause, Right


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRestriction:
    """Only storage survives, in these compartments or in all; a request for restriction is answered by it."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    because: RestrictedBecause
    compartments: tuple[str, ...] | None = None
    household: bool = True
    """With what is said of the household, which is said of each of its members."""
    version: int | None = None


@serves(PlaceRestriction)
def place_restriction(command: PlaceRestriction, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    names = command.compartments
    if names is None:
        names = tuple(each.name for each in held_in(work.desk.kind) if each is not RIGHTS)
    must_hold(work.desk, names, "compartments")
    also = household_of(work.desk, case) if command.household else ()
    facts = restriction.place(case, names, command.because, also=also)
    if case.right is Right.RESTRICTION:
        facts = completed_by(case, facts, on=work.desk.clock.today())
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftRestriction:
    """Read again as before; the person was told first (Art. 18(3))."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    told_on: date
    compartments: tuple[str, ...] | None = None
    version: int | None = None


@serves(LiftRestriction)
def lift_restriction(command: LiftRestriction, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = restriction.lift(case, command.compartments, told_on=command.told_on, today=today)
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection:
    """Upheld (no compelling ground), and nobody reads it again; or it goes on for a compelling ground, with reasons."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    compelling: CompellingGround | None = None
    reasons: str | None = None
    version: int | None = None


@serves(DecideObjection)
def decide_objection(command: DecideObjection, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = objection.decide(case, command.compelling, reasons=command.reasons, told_on=today)
    return recorded(work, command.request_id, completed_by(case, facts, on=today))
