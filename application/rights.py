"""Requests of the persons concerned, decided by each realm for itself, and what follows from an erasure in the register's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4, uuid5

from application.consents import DESTROY_CONSENT
from application.desk import Asker, Desk
from application.perform import RoleNotHeld, Work, serves
from application.ports import Aggregate, Change, Context, Duty, Outcome
from application.streams import CONSENT, COURSE, FAMILY, PARTICIPANTS
from application.views.club import ClubMember
from application.views.consents import ConsentRow
from application.views.course import SeatRow
from application.views.municipality import TownMember
from application.views.rights import RequestRow
from domain import consent as consents
from domain import course_group
from domain import family as town
from domain import participants as club
from domain.compartments import BY_NAME, MUNICIPAL_CONTACT, RIGHTS, ROSTER, RealmKind, held_in
from domain.course import OPEN
from domain.errors import NotFound
from domain.facts import Fact
from domain.lists import Way
from domain.people import FamilyId, PersonId, Role, SubjectId, TakesPartAs
from gdpr import erasure, receipts, rights
from gdpr.erasure import Means, Reached
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
    members = _members(work.desk, asked_by)
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


def carry_out(asker: Asker, request_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """Carry an erasure out, or go on where a crash left it; the receipt (RIG-02). The same receipt when it is done.

    Raises RoleNotHeld, NoSuchRequest and what gdpr.erasure.carry_out raises.
    """
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    if loaded is None:
        raise NoSuchRequest("request_id")
    case, version = loaded.state, loaded.version
    members = _members(desk, case.subject)
    last = [m.person_id for m in members if m.erased_on is None] == [case.subject]
    also = (SubjectId(members[0].family_id),) if members and last else ()
    held = [compartment.name for compartment in held_in(desk.kind)]
    carried = _Carrying(asker, desk, request_id, version, case.subject)
    receipt = erasure.carry_out(
        case, carried.means(), held=held, also=also, now=desk.clock.now(), today=desk.clock.today()
    )
    desk.erasing.resume_duties()
    return _shown(receipt)


class _Carrying:
    """The steps of one erasure, as this realm takes them; each is recorded in the case in its own turn."""

    def __init__(self, asker: Asker, desk: Desk, request_id: UUID, version: int, subject: UUID) -> None:
        self._asker, self._desk, self._request_id = asker, desk, request_id
        self._version, self._subject = version, subject

    def means(self) -> Means:
        erasing = self._desk.erasing
        return Means(
            realm=self._desk.realm,
            vault=erasing.vault,
            ledger=erasing.ledger,
            together=erasing.together,
            fence=erasing.fence,
            purge=self._purge,
            record=self._record,
            sign=erasing.sign,
        )

    def _record(self, facts: Sequence[RightsFact]) -> None:
        self._save([Change(self._request_id, self._version, tuple(facts))], f"{self._version}")
        self._version += len(facts)

    def _purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> Reached:
        changes, duties = _in_the_registers_words(self._desk, self._subject, compartments)
        if changes:
            self._save(changes, "register", duties)
        return self._desk.erasing.purge(subjects, compartments)

    def _save(self, changes: Sequence[Change], step: str, duties: Iterable[Duty] = ()) -> None:
        now = self._desk.clock.now()
        command_id = uuid5(self._request_id, step)
        asker = self._asker
        context = Context(asker.actor, asker.role, asker.unit, command_id, now, now)
        self._desk.register.save(context, changes, outcome=Outcome("CarryOut", asker.actor, {}), duties=duties)


def _in_the_registers_words(desk: Desk, subject: UUID, compartments: Sequence[str]) -> tuple[list[Change], list[Duty]]:
    """What an erasure means for the register itself: a member becomes a skeleton, and its consents end."""
    today = desk.clock.today()
    register = desk.register
    changes: list[Change] = []
    duties: list[Duty] = []
    members = _members(desk, subject)
    if members and {MUNICIPAL_CONTACT.name, ROSTER.name} & set(compartments):
        family_id = FamilyId(members[0].family_id)
        facts: Sequence[Fact] = ()
        if desk.kind is RealmKind.MUNICIPALITY:
            family = register.load(FAMILY, family_id)
            version = family.version if family is not None else 0
            facts = town.mark_erased(family.state, PersonId(subject), on=today) if family is not None else ()
        else:
            participants = register.load(PARTICIPANTS, family_id)
            version = participants.version if participants is not None else 0
            facts = (
                club.mark_erased(participants.state, PersonId(subject), on=today) if participants is not None else ()
            )
        if facts:
            changes.append(Change(family_id, version, tuple(facts)))
    if desk.kind is RealmKind.RED_BARNET and ROSTER.name in compartments:
        for row in register.rows().where(ConsentRow, person_id=subject):
            loaded = register.load(CONSENT, row.consent_id) if row.in_force(today) else None
            if loaded is None:
                continue
            ended = consents.withdraw(loaded.state, way=Way.DIGITAL, on=today, today=today)
            changes.append(Change(row.consent_id, loaded.version, tuple(ended)))
            duties.append(Duty(DESTROY_CONSENT, row.consent_id))
        if members and all(m.erased_on is not None for m in members if m.person_id != subject):
            changes += _places_given_up(desk, FamilyId(members[0].family_id), today)
    return changes, duties


def _places_given_up(desk: Desk, family_id: FamilyId, today: date) -> list[Change]:
    """A family of which nobody is left leaves the courses under way: no evening can be counted for it any more."""
    changes: list[Change] = []
    for seat in desk.register.rows().where(SeatRow, family_id=family_id):
        loaded = desk.register.load(COURSE, seat.course_id) if seat.left_on is None else None
        if loaded is not None and loaded.state.state in OPEN:
            left = course_group.leave(loaded.state, family_id, today=today)
            changes.append(Change(seat.course_id, loaded.version, tuple(left)))
    return changes


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
    return _shown(receipts.issue(case, realm=desk.realm, completed_on=case.completed.on, sign=desk.erasing.sign))


def _shown(receipt: Receipt) -> Mapping[str, Any]:
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


def _members(desk: Desk, person: UUID) -> list[Any]:
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
