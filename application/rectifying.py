"""What is wrong is corrected by whoever keeps it, as an ordinary new fact, and everybody who had it is told (Art. 16, 19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from application import recipients
from application.desk import Asker, Desk
from application.perform import RoleNotHeld, Work, serves
from application.ports import Recorded
from application.reading.opening import Opening
from application.rights import (
    OFFICER,
    RIGHTS_CASE,
    NoSuchRequest,
    case_of,
    household_of,
    members_of,
    recorded,
)
from application.streams import attendance_id, introduction_id
from application.views.course import SeatRow, TeamMember
from application.views.municipality import ReferralRow, TownFamily
from application.views.rights import CorrectionRow
from domain.compartments import RealmKind
from domain.people import Role, SubjectId
from gdpr import rectification
from gdpr.answering import Wish
from gdpr.answering_facts import CorrectionRefused, RecipientKind
from gdpr.policy import Standing
from gdpr.rights import RightsCase, refuse_unidentified

_CORRECTS = Standing(is_to_correct=True)
_KEEPERS = frozenset({Role.LEADER, Role.REFERRER})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCorrection:
    """Accepted, and whoever keeps the value corrects it; or refused with reasons, and the wish is kept beside it."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    number: int
    refused: CorrectionRefused | None = None
    reasons: str | None = None
    version: int | None = None


@serves(DecideCorrection)
def decide_correction(command: DecideCorrection, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    facts = rectification.decide(case, command.number, command.refused, reasons=command.reasons, on=today)
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCorrection:
    """The value has been corrected; the register looks for the fact that did, and takes nobody's word for it."""

    GIVEN_BY: ClassVar = _KEEPERS

    request_id: UUID
    number: int


@serves(ConfirmCorrection)
def confirm_correction(command: ConfirmCorrection, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    wish = case.answering.wishes.get(command.number)
    if not _keeps(work.asker, work.desk, case.subject):
        raise NoSuchRequest("request_id")
    if wish is not None and wish.is_to_be_made:
        found = _correcting(work.desk, case, wish)
        if found is None:
            raise rectification.NotCorrectedYet("number")
        stream, version = found.stream, found.version
    else:
        stream, version = command.request_id, 0  # the rule refuses, or is silent
    facts = rectification.made(case, command.number, stream=stream, version=version, on=work.desk.clock.today())
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRecipient:
    """Somebody who had the data was told of the correction, the erasure or the restriction (Art. 19)."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    kind: RecipientKind
    recipient: str
    on: date | None = None
    version: int | None = None


@serves(TellRecipient)
def tell_recipient(command: TellRecipient, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    today = work.desk.clock.today()
    known = {(each.kind, each.recipient) for each in recipients.of_case(work.desk, case, household_of(work.desk, case))}
    if (command.kind, command.recipient) not in known:
        raise recipients.NoSuchRecipient("recipient")
    facts = rectification.tell(case, command.kind, command.recipient, on=command.on or today, today=today)
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteRequest:
    """All is corrected that was accepted, and all are told: the request is answered."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    version: int | None = None


@serves(CompleteRequest)
def complete_request(command: CompleteRequest, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    if case.is_open:
        refuse_unidentified(case)
        if any(r.told_on is None for r in recipients.of_case(work.desk, case, household_of(work.desk, case))):
            raise rectification.RecipientsNotTold("request_id")
    facts = rectification.complete(case, on=work.desk.clock.today())
    return recorded(work, command.request_id, facts)


def corrections(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """What the asker is to correct: whose, which field, and what it should say. Raises RoleNotHeld."""
    if asker.role not in _KEEPERS:
        raise RoleNotHeld("role")
    tasks = [
        row
        for row in desk.register.rows().where(CorrectionRow, state="accepted")
        if _keeps(asker, desk, SubjectId(row.subject))
    ]
    opening = Opening(desk, asker.asks(desk, "correct"))
    for row in tasks:
        opening.ask((row.request_id, row.number), row.wished, _CORRECTS, record=row.request_id)
    answers = opening.open()
    return [
        {
            "request_id": row.request_id,
            "number": row.number,
            "family_id": members_of(desk, SubjectId(row.subject))[0].family_id,
            "subject": row.subject,
            "compartment": row.compartment,
            "field": row.field,
            "record": row.record,
            "wished": answers[row.request_id, row.number],
            "decided_on": row.decided_on,
        }
        for row in tasks
    ]


def _keeps(asker: Asker, desk: Desk, subject: SubjectId) -> bool:
    """Whether the asker keeps what is held about this person: its own unit's referral, or its place in an own course."""
    members = members_of(desk, subject)
    if not members:
        return False
    family_id, rows, today = members[0].family_id, desk.register.rows(), desk.clock.today()
    if desk.kind is RealmKind.MUNICIPALITY:
        family = rows.get(TownFamily, family_id=family_id)
        units = {row.unit_id for row in rows.where(ReferralRow, family_id=family_id)}
        return asker.role is Role.REFERRER and family is not None and asker.unit in units | {family.unit_id}
    courses = {seat.course_id for seat in rows.where(SeatRow, family_id=family_id)}
    return asker.role is Role.LEADER and any(
        member.course_id in courses and member.role is Role.LEADER and member.covers(today)
        for member in rows.where(TeamMember, actor=asker.actor)
    )


def _correcting(desk: Desk, case: RightsCase, wish: Wish) -> Recorded | None:
    """The newest fact since the request that says this field of the person or its household anew."""
    asked_at = desk.register.history(case.case_id)[0].context.recorded_at
    about = {case.subject, *household_of(desk, case)}
    found = [
        recorded
        for stream in _streams(desk, case, wish)
        for recorded in desk.register.history(stream)
        if recorded.context.recorded_at >= asked_at and _says(recorded, wish, about)
    ]
    return max(found, key=lambda recorded: recorded.context.recorded_at, default=None)


def _says(recorded: Recorded, wish: Wish, about: set[SubjectId]) -> bool:
    mark = recorded.fact.MARKS.personal.get(wish.field)
    if mark is None or mark.kept_in.name != wish.compartment or getattr(recorded.fact, mark.about) not in about:
        return False
    record = next((getattr(recorded.fact, name) for name in ("part_id",) if hasattr(recorded.fact, name)), None)
    return wish.record is None or record is None or wish.record in (record, recorded.stream)


def _streams(desk: Desk, case: RightsCase, wish: Wish) -> Iterator[UUID]:
    """Every stream in which something about the person or its household may be said."""
    rows = desk.register.rows()
    for family_id in household_of(desk, case):
        yield family_id
        if desk.kind is RealmKind.MUNICIPALITY:
            yield from (row.referral_id for row in rows.where(ReferralRow, family_id=family_id))
            continue
        for seat in rows.where(SeatRow, family_id=family_id):
            yield introduction_id(family_id, seat.course_id)
            yield attendance_id(seat.course_id)
