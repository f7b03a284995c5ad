"""Requests of the persons concerned, received, identified, extended and refused by each realm for itself.

What answers them stands beside this: `erasing.py`, `answers/`, `rectifying.py`, `restricting.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.desk import Desk
from application.perform import Work, serves
from application.ports import Aggregate
from application.views.club import ClubMember
from application.views.municipality import TownMember
from domain.compartments import RealmKind, held_in
from domain.errors import NotFound
from domain.people import Role, SubjectId, TakesPartAs
from gdpr import keeping, objection, rectification, restriction, rights
from gdpr.extension import extend
from gdpr.rectification import Wished
from gdpr.rights import RightsCase
from gdpr.rights_facts import ExtendedBecause, Ground, RefusedBecause, Right, RightsFact
from gdpr.rights_facts import Outcome as Decided
from gdpr.signed import Receipt

RIGHTS_CASE: Aggregate[RightsCase] = Aggregate("rights", rights.evolve)
OFFICER = frozenset({Role.OFFICER})


class NoSuchRequest(NotFound):
    """There is no such request, or not for this asker."""

    code = "unknown_request"


class NoSuchPerson(NotFound):
    """This realm knows no such person, or not any more."""

    code = "unknown_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRequest:
    """Somebody asks for a right about itself or its child; the month begins (RIG-01, RIG-17, GDPR Art. 12(3))."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER, Role.FAMILY})

    right: Right
    subject: UUID
    asked_by: UUID | None = None
    received_on: date | None = None
    told: str | None = None
    corrections: tuple[Wished, ...] = ()
    """What is wrong and what it should say; for a rectification, and for nothing else."""
    against: tuple[str, ...] = ()
    """The compartments that are objected to; for an objection, and for nothing else."""


@serves(ReceiveRequest)
def receive_request(command: ReceiveRequest, work: Work) -> Mapping[str, Any]:
    asked_by = work.asker.person_id if work.asker.role is Role.FAMILY else command.asked_by
    if asked_by is None:
        raise NoSuchPerson("asked_by")
    members = members_of(work.desk, asked_by)
    if not members:
        raise NoSuchPerson("asked_by")
    case_id = uuid4()
    today = work.desk.clock.today()
    facts = rights.receive(
        case_id,
        command.right,
        subject=SubjectId(command.subject),
        asked_by=asked_by,
        entitled=_is_child_of(command.subject, asked_by, members),
        told=command.told,
        received_on=command.received_on or today,
        today=today,
    )
    due_on = next(fact.due_on for fact in facts if hasattr(fact, "due_on"))
    held = [compartment.name for compartment in held_in(work.desk.kind)]
    if command.right is Right.RECTIFICATION:
        facts += rectification.wish(asked_by, command.corrections, held=held)
    elif command.right is Right.OBJECTION:
        facts += objection.raise_objection(SubjectId(command.subject), command.against, held=held)
    work.record(case_id, facts)
    return {"request_id": str(case_id), "due_on": due_on.isoformat(), "version": work.version(case_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIdentity:
    """Whoever asks has shown who it is; how, in words, without a number (Art. 12(6))."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    how: str
    on: date | None = None
    version: int | None = None


@serves(CheckIdentity)
def check_identity(command: CheckIdentity, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = rights.check_identity(case, how=command.how, on=command.on or today, today=today)
    known = evolved(case, facts)
    facts += objection.pause(known, also=household_of(work.desk, case)) if facts else []
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendDeadline:
    """Two further months, told with the reasons before the first is over (Art. 12(3))."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    because: ExtendedBecause
    reasons: str
    told_on: date | None = None
    version: int | None = None


@serves(ExtendDeadline)
def extend_deadline(command: ExtendDeadline, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = extend(case, command.because, reasons=command.reasons, told_on=command.told_on or today, today=today)
    due_on = evolved(case, facts).due_on
    return {**recorded(work, command.request_id, facts), "due_on": due_on.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCompartment:
    """One compartment goes, stays, or stays restricted, each with its ground (RIG-04, RIG-05)."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    compartment: str
    outcome: Decided
    ground: Ground
    legal_basis: str | None = None
    keep_until: date | None = None
    version: int | None = None


@serves(DecideCompartment)
def decide_compartment(command: DecideCompartment, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    must_hold(work.desk, (command.compartment,), "compartment")
    facts = keeping.decide(
        case,
        command.compartment,
        command.outcome,
        command.ground,
        legal_basis=command.legal_basis,
        keep_until=command.keep_until,
        today=work.desk.clock.today(),
    )
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRequest:
    """A whole request is refused; the person is told why, and how to complain (Art. 12(4))."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    ground: RefusedBecause
    reasons: str | None = None
    version: int | None = None


@serves(RefuseRequest)
def refuse_request(command: RefuseRequest, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = rights.refuse(case, command.ground, on=today, reasons=command.reasons)
    facts += restriction.opened(case, told_on=today) if facts else []
    return recorded(work, command.request_id, facts)


def receipt_shown(receipt: Receipt) -> Mapping[str, Any]:
    """`document` is the signed text byte for byte; `receipt` the same to read."""
    document = receipt.document.decode()
    return {"document": document, "digest": receipt.digest, "receipt": json.loads(document)["receipt"]}


def members_of(desk: Desk, person: UUID) -> list[Any]:
    """The members of the person's family in this realm, skeletons among them; empty for somebody unknown or erased."""
    rows = desk.register.rows()
    kind: type[Any] = TownMember if desk.kind is RealmKind.MUNICIPALITY else ClubMember
    own = [m for m in rows.where(kind, person_id=person) if m.erased_on is None]
    return rows.where(kind, family_id=own[0].family_id) if own else []


def _is_child_of(subject: UUID, adult: UUID, members: Sequence[Any]) -> bool:
    """A child that lives in one of the adult's households; never another adult (RIG-17)."""
    homes = {home for m in members if m.person_id == adult for home in m.household_ids}
    return any(
        m.person_id == subject and m.takes_part_as is not TakesPartAs.ADULT and homes & set(m.household_ids)
        for m in members
    )


def case_of(command: Any, work: Work) -> RightsCase:
    """The case a command is about, at the version it names. Raises NoSuchRequest, StaleVersion."""
    return work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id", version=command.version)


def evolved(case: RightsCase, facts: Iterable[RightsFact]) -> RightsCase:
    """The case as it will be when these facts are recorded."""
    return reduce(rights.evolve, facts, case)


def must_hold(desk: Desk, compartments: Iterable[str], field: str) -> None:
    """Refuse what this realm does not hold. Raises UnknownCompartment."""
    if not {held.name for held in held_in(desk.kind)} >= set(compartments):
        raise rights.UnknownCompartment(field)


def household_of(desk: Desk, case: RightsCase) -> tuple[SubjectId, ...]:
    """The household the case's subject belongs to: what is said of the household is said of each member."""
    members = members_of(desk, case.subject)
    return (SubjectId(members[0].family_id),) if members else ()


def recorded(work: Work, request_id: UUID, facts: Sequence[RightsFact]) -> Mapping[str, Any]:
    """Record what was decided; the case's id and its version then."""
    work.record(request_id, facts)
    return {"request_id": str(request_id), "version": work.version(request_id)}
