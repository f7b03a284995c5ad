"""The family answers question by question what may be done with what it told, and takes an answer back as easily.

A yes to sharing copies the agreed words under a key that goes with it. Taking it back destroys that key: the
destruction is a duty recorded in the same transaction, so that it happens also after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.carrying import keep_for_the_next_course
from application.courses import NoSuchCourse, own_course
from application.disclosing import close_uncarried, destroy_under, disclose_contact, disclose_part
from application.perform import Work, serves
from application.streams import CONSENT, PARTICIPANTS
from application.views.consents import ConsentRow
from application.views.course import CourseRow
from application.wordings import published
from domain import consent as rules
from domain.asking import Asked, Term, Wording, WordingNotInForce, answer
from domain.consent import Answer
from domain.course import NoSuchSeat
from domain.errors import NotFound
from domain.lists import Purpose, Way
from domain.participants import Participants, UnknownMember
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId, Role
from domain.purposes import ABOUT_PARTS

_REACHED_AFTER_COURSE = frozenset({Purpose.CONTACT_AFTER_COURSE, Purpose.REUNION_INVITATION})
"""For these the name and number are kept apart, under the consent's own key."""


class NoSuchConsent(NotFound):
    """There is no such consent, or not for this asker."""

    code = "unknown_consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """One adult's answer to one question (INT-04 to INT-07). Not decided counts as no, and a no needs no wording.

    `on_behalf_of` names children; left out, the adult answers also for those it holds custody of, where the purpose is
    about them too.
    """

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    family_id: UUID
    person_id: UUID
    purpose: Purpose
    answer: Answer
    way: Way
    wording_id: UUID | None = None
    wording_version: int | None = None
    language: str | None = None
    part_id: UUID | None = None
    edition: int | None = None
    on_behalf_of: tuple[UUID, ...] | None = None
    not_to: tuple[UUID, ...] = ()
    translated: bool = False
    interpreter: str | None = None
    said: str | None = None
    on: date | None = None
    until: date | None = None


@serves(RecordAnswer)
def record_answer(command: RecordAnswer, work: Work) -> Mapping[str, Any]:
    today = work.desk.clock.today()
    if command.family_id not in own_course(work, command.course_id).seats:
        raise NoSuchSeat("family_id")
    family = work.load(PARTICIPANTS, command.family_id, NoSuchSeat, "family_id")
    if command.person_id not in frozenset(family.adults) - family.erased:
        raise UnknownMember("person_id")
    consent_id = ConsentId(uuid4())
    named = command.answer is Answer.YES or command.wording_id is not None
    wording = _wording(command, work) if named else None
    facts = answer(
        consent_id,
        _question(command, work),
        command.answer,
        proof_id=uuid4(),
        wording=wording,
        circle=family.circle,
        term=_term(command, work, wording),
        today=today,
    )
    work.find(CONSENT, consent_id)
    work.record(consent_id, facts)
    if command.answer is not Answer.NOT_DECIDED:
        _end_earlier(command, work, today)
        close_uncarried(work, command.family_id, command.course_id)
    copied = _disclose(command, work, family, consent_id) if command.answer is Answer.YES else {}
    return {
        "consent_id": str(consent_id),
        "withheld_statements": 0,
        "awaits": [],
        "custody_missing": [],
        **copied,
        "version": work.version(consent_id),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """Take one consent back, in any way, in one step (INT-08, GDPR Art. 7(3)). The place in the course is untouched."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.FAMILY})

    consent_id: UUID
    way: Way = Way.DIGITAL
    on: date | None = None


@serves(WithdrawConsent)
def withdraw_consent(command: WithdrawConsent, work: Work) -> Mapping[str, Any]:
    consent = work.load(CONSENT, command.consent_id, NoSuchConsent, "consent_id")
    if work.asker.role is Role.FAMILY and work.asker.person_id != consent.person_id:
        raise NoSuchConsent("consent_id")
    if work.asker.role is Role.LEADER:
        own_course(work, consent.course_id)
    today = work.desk.clock.today()
    _end(
        work, command.consent_id, consent, rules.withdraw(consent, way=command.way, on=command.on or today, today=today)
    )
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireConsent:
    """The consent's end date has passed; given by the register itself in the officer's name."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER})

    consent_id: UUID


@serves(ExpireConsent)
def expire_consent(command: ExpireConsent, work: Work) -> Mapping[str, Any]:
    consent = work.load(CONSENT, command.consent_id, NoSuchConsent, "consent_id")
    _end(work, command.consent_id, consent, rules.expire(consent, today=work.desk.clock.today()))
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}


def _end(work: Work, consent_id: UUID, consent: rules.Consent, facts: list[rules.ConsentFact]) -> None:
    """The consent ends: its keys go, and those of all that rested on it together with other adults' consents."""
    work.record(consent_id, facts)
    if facts:
        destroy_under(work, consent_id)
        close_uncarried(work, consent.family_id, consent.course_id)


def _question(command: RecordAnswer, work: Work) -> Asked:
    children = command.on_behalf_of
    return Asked(
        family_id=FamilyId(command.family_id),
        person_id=PersonId(command.person_id),
        course_id=CourseId(command.course_id),
        purpose=command.purpose,
        part_id=NotePartId(command.part_id) if command.part_id is not None else None,
        edition=command.edition,
        way=command.way,
        taken_by=ActorId(work.asker.actor),
        on_behalf_of=None if children is None else frozenset(map(PersonId, children)),
        translated=command.translated,
        interpreter=command.interpreter,
        said=command.said,
        not_to=tuple(map(ActorId, command.not_to)),
        renews=_earlier_course(command, work),
    )


def _earlier_course(command: RecordAnswer, work: Work) -> ConsentId | None:
    """The yes of the same adult to the same purpose in the latest earlier course, which this one renews (INT-09)."""
    found = work.desk.register.rows().where(
        ConsentRow, person_id=command.person_id, purpose=command.purpose, answer=Answer.YES
    )
    earlier = [row for row in found if row.course_id != command.course_id]
    return ConsentId(max(earlier, key=lambda row: row.answered_at).consent_id) if earlier else None


def _wording(command: RecordAnswer, work: Work) -> Wording:
    """The wording that was read aloud; what it promises after the course is cut to what the controller has set (SYS-11)."""
    if command.wording_id is None or command.wording_version is None or command.language is None:
        raise WordingNotInForce("wording_id")
    rows = work.desk.register.rows()
    wording = published(rows, command.wording_id, command.wording_version, command.language)
    most = work.desk.limits.follow_up_days
    states = (replace(each, days_after_course=min(each.days_after_course, most)) for each in wording.states)
    return replace(wording, states=tuple(states))


def _term(command: RecordAnswer, work: Work, wording: Wording | None) -> Term:
    """A consent is tied to one course (INT-09), and lasts beyond it only as far as its words say."""
    course = work.desk.register.rows().get(CourseRow, course_id=command.course_id)
    if course is None:
        raise NoSuchCourse("course_id")
    after = wording.on(command.purpose).days_after_course if wording is not None else 0
    return Term(
        on=command.on or work.desk.clock.today(),
        until=command.until or course.ends_on + timedelta(days=after),
        course_ends_on=course.ends_on,
    )


def _end_earlier(command: RecordAnswer, work: Work, today: date) -> None:
    """The newest answer to a question governs: a yes replaces the earlier one, a no takes it back."""
    for row in work.desk.register.rows().where(
        ConsentRow, family_id=command.family_id, course_id=command.course_id, purpose=command.purpose
    ):
        if (row.person_id, row.part_id) != (command.person_id, command.part_id) or not row.in_force(today):
            continue
        earlier = work.load(CONSENT, row.consent_id)
        work.record(row.consent_id, rules.withdraw(earlier, way=command.way, on=today, today=today))
        destroy_under(work, row.consent_id)


def _disclose(
    command: RecordAnswer, work: Work, family: Participants, consent_id: ConsentId
) -> dict[str, int | list[str]]:
    """Copy what was agreed; how much of the part is shared by nobody's yes yet, and on whom that waits (INT-23)."""
    if command.purpose is Purpose.CARRY_OVER:
        keep_for_the_next_course(work, command.family_id, command.course_id)
    if command.purpose in _REACHED_AFTER_COURSE:
        person_id = PersonId(command.person_id)
        disclose_contact(work, family, person_id, command.course_id, command.purpose, consent_id)
    if command.part_id is None or command.purpose not in ABOUT_PARTS:
        return {}
    waiting = disclose_part(
        work, command.family_id, command.course_id, command.part_id, command.edition or 0, command.purpose
    )
    return {
        "withheld_statements": waiting.statements,
        "awaits": sorted(map(str, waiting.adults - {command.person_id})),
        "custody_missing": sorted(map(str, waiting.children)),
    }
