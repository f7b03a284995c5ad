"""Requests of the persons concerned, decided by each realm for itself; an erasure is carried out in `erasing.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.desk import Asker, Desk
from application.perform import RoleNotHeld, Work, serves
from application.ports import Aggregate
from application.views.club import ClubMember
from application.views.municipality import TownMember
from application.views.rights import RequestRow
from domain.compartments import BY_NAME, RIGHTS, RealmKind, held_in
from domain.errors import NotFound
from domain.people import Role, SubjectId, TakesPartAs
from gdpr import erasure, receipts, rights
from gdpr.receipts import Receipt
from gdpr.rights import RightsCase
from gdpr.rights_facts import Ground, RefusedBecause, Right, RightsFact
from gdpr.rights_facts import Outcome as Decided

RIGHTS_CASE: Aggregate[RightsCase] = Aggregate("rights", rights.evolve)
_OFFICER = frozenset({Role.OFFICER})


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
    work.record(case_id, facts)
    due_on = next(fact.due_on for fact in facts if hasattr(fact, "due_on"))
    return {"request_id": str(case_id), "due_on": due_on.isoformat(), "version": work.version(case_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIdentity:
    """Whoever asks has shown who it is; how, in words, without a number (Art. 12(6))."""

    GIVEN_BY: ClassVar = _OFFICER

    request_id: UUID
    how: str
    on: date | None = None


@serves(CheckIdentity)
def check_identity(command: CheckIdentity, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    today = work.desk.clock.today()
    facts = rights.check_identity(case, how=command.how, on=command.on or today, today=today)
    return _recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCompartment:
    """One compartment goes, stays, or stays restricted, each with its ground (RIG-04, RIG-05)."""

    GIVEN_BY: ClassVar = _OFFICER

    request_id: UUID
    compartment: str
    outcome: Decided
    ground: Ground
    legal_basis: str | None = None
    keep_until: date | None = None


@serves(DecideCompartment)
def decide_compartment(command: DecideCompartment, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    if command.compartment not in {held.name for held in held_in(work.desk.kind)}:
        raise rights.UnknownCompartment("compartment")
    facts = rights.decide(
        case,
        command.compartment,
        command.outcome,
        command.ground,
        legal_basis=command.legal_basis,
        keep_until=command.keep_until,
        today=work.desk.clock.today(),
    )
    return _recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRequest:
    """A whole request is refused; the person is told why, and how to complain (Art. 12(4))."""

    GIVEN_BY: ClassVar = _OFFICER

    request_id: UUID
    ground: RefusedBecause


@serves(RefuseRequest)
def refuse_request(command: RefuseRequest, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    facts = rights.refuse(case, command.ground, on=work.desk.clock.today())
    return _recorded(work, command.request_id, facts)


def requests(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The realm's requests for its officer; the asker's own for a member of a family. Dates and decisions, no contents."""
    rows = desk.register.rows()
    if asker.role is Role.OFFICER:
        desk.gate.note(asker.asks(desk, "rights"), "officer", RIGHTS)
        found = rows.where(RequestRow)
    elif asker.role is Role.FAMILY and asker.person_id is not None:
        found = rows.where(RequestRow, asked_by=asker.person_id)
    else:
        raise RoleNotHeld("role")
    return [_line(row, desk) for row in found]


def request(asker: Asker, request_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One request with what was decided and what would go now. Raises NoSuchRequest."""
    found = [line for line in requests(asker, desk) if line["request_id"] == request_id]
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    if not found or loaded is None:
        raise NoSuchRequest("request_id")
    case = loaded.state
    held = desk.erasing.held(case.subject)
    chosen = erasure.plan(case, held, on=desk.clock.today())
    return {
        **found[0],
        "would_go": list(chosen.destroy) if case.right is Right.ERASURE else [],
        "stays": [
            {
                "compartment": kept.compartment,
                "purpose": BY_NAME[kept.compartment].purpose,
                "ground": kept.ground,
                "legal_basis": kept.legal_basis,
                "until": kept.until,
            }
            for kept in chosen.keep
        ],
    }


def receipt(asker: Asker, request_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """The receipt of a completed erasure, as it was issued. Raises NoSuchRequest."""
    requests(asker, desk)
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    mine = loaded is not None and (asker.role is Role.OFFICER or loaded.state.asked_by == asker.person_id)
    if loaded is None or not mine or loaded.state.completed is None:
        raise NoSuchRequest("request_id")
    case = loaded.state
    assert case.completed is not None
    return receipt_shown(receipts.issue(case, realm=desk.realm, completed_on=case.completed.on, sign=desk.erasing.sign))


def receipt_shown(receipt: Receipt) -> Mapping[str, Any]:
    """`document` is the signed text byte for byte; `receipt` the same to read."""
    document = receipt.document.decode()
    return {"document": document, "digest": receipt.digest, "receipt": json.loads(document)["receipt"]}


def _line(row: RequestRow, desk: Desk) -> Mapping[str, Any]:
    return {
        "request_id": row.request_id,
        "right": row.right,
        "subject": row.subject,
        "asked_by": row.asked_by,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "identity_checked_on": row.identity_checked_on,
        "decided": list(row.decided),
        "refused": row.refused,
        "completed_on": row.completed_on,
        "overdue": row.completed_on is None and row.refused is None and row.due_on < desk.clock.today(),
        "version": row.version,
    }


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


def _recorded(work: Work, request_id: UUID, facts: Sequence[RightsFact]) -> Mapping[str, Any]:
    work.record(request_id, facts)
    return {"request_id": str(request_id), "version": work.version(request_id)}
