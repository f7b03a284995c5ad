"""Roles are reviewed: who holds what since when, confirmed by whom; what nobody else confirms in time lapses (ORG-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final
from uuid import UUID, uuid5

from application.desk import Asker, Desk, Limits
from application.perform import RoleNotHeld, Work, perform, serves
from application.ports import Rows
from application.reading.opening import Opening
from application.streams import STAFF
from application.views.people import RoleHeld, StaffMember
from domain import staff as rules
from domain.compartments import STAFF_FILE
from domain.people import ActorId, Role
from gdpr.deadlines import months_after
from gdpr.policy import Standing

THE_REVIEW: Final = UUID("5f0a6c0e-0000-4000-8000-000000000021")
"""The pseudonym under which roles lapse; no person does that."""
_CONFIRMS = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})
_NAMES: Mapping[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("given_name", "family_name"),
    Role.SECRETARIAT: ("volunteer_given_name", "volunteer_family_name"),
}
"""Which names who confirms may open, by the policy: the administrator the staff's, the secretariat the volunteers'."""


class ReviewState(StrEnum):
    """Where a role stands: before its time, held, soon to lapse, lapsed, or ended by somebody."""

    TO_COME = "to_come"
    HELD = "held"
    LAPSES_SOON = "lapses_soon"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRole:
    """Somebody else's role is still needed."""

    GIVEN_BY: ClassVar = _CONFIRMS

    actor: UUID
    assignment_id: UUID


@serves(ConfirmRole)
def confirm_role(command: ConfirmRole, work: Work) -> Mapping[str, Any]:
    staff = work.load(STAFF, command.actor, rules.NoSuchAssignment, "actor")
    today = work.desk.clock.today()
    facts = rules.confirm(
        staff, assignment_id=command.assignment_id, by=ActorId(work.asker.actor), today=today
    )  # fmt: skip
    work.record(command.actor, facts)
    return {"assignment_id": str(command.assignment_id), "lapses_after": _after(today, work.desk.limits).isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRole:
    """Nobody confirmed the role in time. The register gives this command to itself."""

    GIVEN_BY: ClassVar = frozenset({Role.ADMINISTRATOR})

    actor: UUID
    assignment_id: UUID
    last_day: date


@serves(LapseRole)
def lapse_role(command: LapseRole, work: Work) -> Mapping[str, Any]:
    staff = work.load(STAFF, command.actor, rules.NoSuchAssignment, "actor")
    facts = rules.lapse(
        staff, assignment_id=command.assignment_id, last_day=command.last_day, today=work.desk.clock.today()
    )
    work.record(command.actor, facts)
    return {"assignment_id": str(command.assignment_id)}


def last_day_of(row: RoleHeld, limits: Limits) -> date | None:
    """The last day the role is held unless somebody confirms it; None for one that is not reviewed."""
    return _after(row.confirmed_on or row.given_on, limits) if rules.is_reviewed(row.role) else None


def is_held(row: RoleHeld, today: date, limits: Limits) -> bool:
    """Whether the role opens anything today; what has lapsed does not, also before that was written down."""
    last_day = last_day_of(row, limits)
    return row.covers(today) and (last_day is None or today <= last_day)


def all_over(actor: UUID, desks: Iterable[Desk]) -> bool:
    """Whether somebody held roles in these realms, and none of them is held today or is still to begin."""
    held = [(row, desk) for desk in desks for row in desk.register.rows().where(RoleHeld, actor=actor)]
    return bool(held) and all(
        _state(row, desk.limits, desk.clock.today()) in _OVER for row, desk in held
    )  # fmt: skip


def let_roles_lapse(desk: Desk) -> None:
    """Write down what has lapsed, once each."""
    today = desk.clock.today()
    for row in desk.register.rows().where(RoleHeld, lapsed=False):
        last_day = last_day_of(row, desk.limits)
        if last_day is not None and last_day < today and (row.until is None or row.until > last_day):
            command_id = uuid5(row.assignment_id, f"lapse/{last_day}")
            command = LapseRole(actor=row.actor, assignment_id=row.assignment_id, last_day=last_day)
            perform(command, Asker(THE_REVIEW, Role.ADMINISTRATOR, command_id), desk, command_id=command_id)


def roles(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Who holds or held which role since when, who confirmed it last, and when it lapses; those that lapse first on top.

    Names only for who confirms: the administrator sees the staff's, the secretariat the volunteers'. Raises RoleNotHeld.
    """
    if asker.role not in _CONFIRMS | {Role.OFFICER}:
        raise RoleNotHeld("role")
    request = asker.asks(desk, "role review")
    desk.gate.note(request, "officer" if asker.role is Role.OFFICER else "review", STAFF_FILE)
    rows, today = desk.register.rows(), desk.clock.today()
    found = [row for row in rows.where(RoleHeld) if rules.is_reviewed(row.role)]
    names = _names(asker, {row.actor for row in found}, rows, Opening(desk, request))
    lines = [_line(row, desk.limits, today, names.get(row.actor)) for row in found]
    return sorted(lines, key=lambda line: (line["state"] in _OVER, line["lapses_after"], str(line["assignment_id"])))


_OVER = (ReviewState.LAPSED, ReviewState.ENDED)


def _names(asker: Asker, actors: set[UUID], rows: Rows, opening: Opening) -> dict[UUID, str]:
    columns, standing = _NAMES.get(asker.role, ()), Standing(is_on_duty=True)
    staff = {actor: rows.get(StaffMember, actor=actor) for actor in (actors if columns else ())}
    for actor, member in staff.items():
        for column in columns:
            opening.ask((actor, column), getattr(member, column) if member is not None else None, standing)
    answers = opening.open()
    told = {actor: [answers.shown((actor, column)) for column in columns] for actor in staff}
    return {actor: " ".join(filter(None, names)) for actor, names in told.items() if any(names)}


def _line(row: RoleHeld, limits: Limits, today: date, name: str | None) -> Mapping[str, Any]:
    last_day = last_day_of(row, limits)
    return {
        "assignment_id": row.assignment_id,
        "actor": row.actor,
        "name": name,
        "role": row.role,
        "unit_id": row.unit_id,
        "municipality": row.municipality,
        "since": row.since,
        "until": row.until,
        "confirmed_on": row.confirmed_on,
        "confirmed_by": row.confirmed_by,
        "lapses_after": last_day,
        "state": _state(row, limits, today),
    }


def _state(row: RoleHeld, limits: Limits, today: date) -> ReviewState:
    last_day = last_day_of(row, limits)
    if row.lapsed or (row.covers(today) and last_day is not None and last_day < today):
        return ReviewState.LAPSED
    if today < row.since:
        return ReviewState.TO_COME
    if not row.covers(today):
        return ReviewState.ENDED
    soon = last_day is not None and last_day - timedelta(days=limits.role_warning_days) <= today
    return ReviewState.LAPSES_SOON if soon else ReviewState.HELD


def _after(day: date, limits: Limits) -> date:
    return months_after(day, limits.role_review_months)
