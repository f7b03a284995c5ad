"""The officer keeps something back that would be due to go, says why, and lets it go again (GDPR Art. 17(3))."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.desk import Desk
from application.perform import Work, serves
from application.ports import Aggregate, Rows
from application.rights import NoSuchPerson
from application.views.club import ClubMember
from application.views.municipality import TownMember
from application.views.people import Restriction, StaffMember
from application.views.retention import HoldRow
from domain.compartments import RealmKind, held_in
from domain.people import Role, SubjectId
from gdpr import holds as rules
from gdpr.falling_due import Where
from gdpr.holds import Hold, NoSuchHold
from gdpr.retention_facts import HoldGround
from gdpr.rights import RightsCase
from gdpr.rights_facts import CompartmentDecided, Right

HOLD: Aggregate[Hold] = Aggregate("hold", rules.evolve)
_OFFICER = frozenset({Role.OFFICER})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Keep what is held about a person, a household or somebody who works here, in these compartments."""

    GIVEN_BY: ClassVar = _OFFICER

    subject: UUID
    compartments: tuple[str, ...]
    ground: HoldGround
    reason: str
    review_on: date | None = None


@serves(PlaceHold)
def place_hold(command: PlaceHold, work: Work) -> Mapping[str, Any]:
    if not _is_known(work.desk.register.rows(), work.desk.kind, command.subject):
        raise NoSuchPerson("subject")
    hold_id = uuid4()
    work.find(HOLD, hold_id)
    facts = rules.place(
        hold_id,
        subject=SubjectId(command.subject),
        compartments=command.compartments,
        held=[compartment.name for compartment in held_in(work.desk.kind)],
        ground=command.ground,
        reason=command.reason,
        review_on=command.review_on,
        today=work.desk.clock.today(),
    )
    work.record(hold_id, facts)
    return {"hold_id": str(hold_id), "version": work.version(hold_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProlongHold:
    """The hold was reviewed and is still needed."""

    GIVEN_BY: ClassVar = _OFFICER

    hold_id: UUID
    review_on: date


@serves(ProlongHold)
def prolong_hold(command: ProlongHold, work: Work) -> Mapping[str, Any]:
    hold = work.load(HOLD, command.hold_id, NoSuchHold, "hold_id")
    work.record(command.hold_id, rules.prolong(hold, review_on=command.review_on, today=work.desk.clock.today()))
    return {"hold_id": str(command.hold_id), "version": work.version(command.hold_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold:
    """The hold is over; what is due goes with the next run."""

    GIVEN_BY: ClassVar = _OFFICER

    hold_id: UUID


@serves(LiftHold)
def lift_hold(command: LiftHold, work: Work) -> Mapping[str, Any]:
    hold = work.load(HOLD, command.hold_id, NoSuchHold, "hold_id")
    work.record(command.hold_id, rules.lift(hold, today=work.desk.clock.today()))
    return {"hold_id": str(command.hold_id), "version": work.version(command.hold_id)}


def active(rows: Rows, subjects: Collection[UUID] | None = None) -> list[HoldRow]:
    """The holds that are not lifted, of all or of these subjects."""
    if subjects is None:
        return rows.where(HoldRow, lifted_on=None)
    return rows.where(HoldRow, lifted_on=None, subject=tuple(subjects)) if subjects else []


def kept_back(rows: Rows, kind: RealmKind, *, on: date) -> set[Where]:
    """Where retention stops: at a hold, also for the members of a household that is held, and where storage is all that

    a person lets happen to its data, until the day that was said (Art. 18(2))."""
    found: set[Where] = {
        (row.subject, row.compartment) for row in rows.where(Restriction) if row.until is None or on < row.until
    }
    member: type[Any] = TownMember if kind is RealmKind.MUNICIPALITY else ClubMember
    for hold in active(rows):
        members = [row.person_id for row in rows.where(member, family_id=hold.subject)]
        found |= {(who, name) for who in (hold.subject, *members) for name in hold.compartments}
    return found


def respected(case: RightsCase, subjects: Collection[UUID], desk: Desk) -> list[CompartmentDecided]:
    """What holds on these subjects keep of an erasure, as decisions of its case; see `gdpr.holds.respected`."""
    found = active(desk.register.rows(), subjects)
    return rules.respected(case, [_hold(row) for row in found]) if case.right is Right.ERASURE else []


def _hold(row: HoldRow) -> Hold:
    return Hold(
        row.hold_id, SubjectId(row.subject), frozenset(row.compartments), row.ground, row.placed_on, row.review_on,
        row.lifted_on,
    )  # fmt: skip


def _is_known(rows: Rows, kind: RealmKind, subject: UUID) -> bool:
    member: type[Any] = TownMember if kind is RealmKind.MUNICIPALITY else ClubMember
    return bool(
        rows.where(member, person_id=subject)
        or rows.where(member, family_id=subject)
        or rows.where(StaffMember, actor=subject)
    )
