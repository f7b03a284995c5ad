"""The family answers question by question what may be done with what it told, and takes an answer back as easily.

A yes to sharing copies the agreed words under the key of that consent. Taking it back destroys that key: the
destruction is a duty recorded in the same transaction, so that it happens also after a crash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.courses import NoSuchCourse, own_course
from application.perform import Work, serves
from application.ports import Duty
from application.streams import CONSENT, INTRODUCTION, PARTICIPANTS, WORDING, introduction_id
from application.views.club import ClubMember, NotePart, StatementRow, WishedTheme
from application.views.consents import ConsentRow
from application.views.course import CourseRow
from application.views.organisation import WordingRow
from domain import consent as rules
from domain import introduction as notes
from domain import wording as wordings
from domain.consent import Answer, Asked, Wording, WordingNotInForce
from domain.course import NoSuchSeat
from domain.errors import NotFound
from domain.introduction import NoSuchPart
from domain.lists import Purpose, Way
from domain.participants import Participants, UnknownMember, keep_follow_up
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId, Role
from gdpr.gate import Asked as AskedOfGate
from gdpr.policy import Standing
from gdpr.ports import Absent

DESTROY_CONSENT = "destroy_consent"
_AFTER_COURSE = frozenset({Purpose.CONTACT_AFTER_COURSE, Purpose.REUNION_INVITATION})


class NoSuchConsent(NotFound):
    """There is no such consent, or not for this asker."""

    code = "unknown_consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWording:
    """Publish the words a consent is asked in, in a version and language (INT-20)."""

    GIVEN_BY: ClassVar = frozenset({Role.SECRETARIAT})

    wording_id: UUID
    version: int
    language: str
    purposes: frozenset[Purpose]
    words: str


@serves(PublishWording)
def publish_wording(command: PublishWording, work: Work) -> Mapping[str, Any]:
    facts = wordings.publish(
        work.find(WORDING, command.wording_id),
        wording_id=command.wording_id,
        version=command.version,
        language=command.language,
        purposes=command.purposes,
        words=command.words,
        today=work.desk.clock.today(),
    )
    work.record(command.wording_id, facts)
    return {"wording_id": str(command.wording_id), "version": work.version(command.wording_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """One adult's answer to one question (INT-04 to INT-07). Not decided counts as no."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    family_id: UUID
    person_id: UUID
    purpose: Purpose
    answer: Answer
    way: Way
    wording_id: UUID
    wording_version: int
    language: str
    part_id: UUID | None = None
    edition: int | None = None
    not_to: tuple[UUID, ...] = ()
    translated: bool = False
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
    facts = rules.answer(
        consent_id,
        _question(command, work),
        command.answer,
        wording=_wording(command, work),
        on=command.on or today,
        until=_until(command, work),
        today=today,
    )
    work.find(CONSENT, consent_id)
    work.record(consent_id, facts)
    withheld = 0
    if command.answer is Answer.YES:
        withheld = _disclose(command, work, family, consent_id)
    if command.answer is not Answer.NOT_DECIDED:
        _end_earlier(command, work, today)
    return {"consent_id": str(consent_id), "withheld_statements": withheld, "version": work.version(consent_id)}


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
    facts = rules.withdraw(consent, way=command.way, on=command.on or today, today=today)
    work.record(command.consent_id, facts)
    if facts:
        work.duties.append(Duty(DESTROY_CONSENT, command.consent_id))
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireConsent:
    """The consent's end date has passed; given by the register itself in the officer's name."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER})

    consent_id: UUID


@serves(ExpireConsent)
def expire_consent(command: ExpireConsent, work: Work) -> Mapping[str, Any]:
    consent = work.load(CONSENT, command.consent_id, NoSuchConsent, "consent_id")
    facts = rules.expire(consent, today=work.desk.clock.today())
    work.record(command.consent_id, facts)
    if facts:
        work.duties.append(Duty(DESTROY_CONSENT, command.consent_id))
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}


def _question(command: RecordAnswer, work: Work) -> Asked:
    return Asked(
        family_id=FamilyId(command.family_id),
        person_id=PersonId(command.person_id),
        course_id=CourseId(command.course_id),
        purpose=command.purpose,
        part_id=NotePartId(command.part_id) if command.part_id is not None else None,
        edition=command.edition,
        way=command.way,
        taken_by=ActorId(work.asker.actor),
        translated=command.translated,
        not_to=tuple(ActorId(actor) for actor in command.not_to),
    )


def _wording(command: RecordAnswer, work: Work) -> Wording:
    row = work.desk.register.rows().get(
        WordingRow, wording_id=command.wording_id, version=command.wording_version, language=command.language
    )
    if row is None:
        raise WordingNotInForce("wording_id")
    return Wording(
        wording_id=row.wording_id,
        version=row.version,
        language=row.language,
        text_hash=row.text_hash,
        purposes=frozenset(Purpose(purpose) for purpose in row.purposes),
    )


def _until(command: RecordAnswer, work: Work) -> date:
    """A consent is tied to one course (INT-09); contact after it has its own, later end."""
    course = work.desk.register.rows().get(CourseRow, course_id=command.course_id)
    if course is None:
        raise NoSuchCourse("course_id")
    latest = course.ends_on
    if command.purpose in _AFTER_COURSE:
        latest += timedelta(days=work.desk.limits.follow_up_days)
    if command.until is not None and command.until > latest:
        raise rules.EndsBeforeItBegins("until")
    return command.until or latest


def _disclose(command: RecordAnswer, work: Work, family: Participants, consent_id: ConsentId) -> int:
    """Copy what was agreed under the consent's own key; returns how many statements await another adult's consent."""
    if command.purpose in _AFTER_COURSE:
        _keep_follow_up(command, work, family, consent_id)
    if command.part_id is None or command.purpose not in rules.ABOUT_PARTS:
        return 0
    stream = introduction_id(command.family_id, command.course_id)
    introduction = work.load(INTRODUCTION, stream, NoSuchPart, "part_id")
    part_id = NotePartId(command.part_id)
    part = notes.ready_to_share(introduction, part_id, edition=command.edition or 0, author=ActorId(work.asker.actor))
    covered = notes.speaks_for(
        part,
        PersonId(command.person_id),
        family_id=FamilyId(command.family_id),
        children=frozenset(family.children) - family.erased,
    )
    if command.purpose is Purpose.SHARE_WITH_VOLUNTEERS:
        words = _words(work, command, covered)
        work.record(stream, notes.disclose(introduction, part_id, consent_id=consent_id, words=words))
    if command.purpose is Purpose.ANONYMOUS_THEMES:
        themes = _themes(work, command, part.edition)
        work.record(stream, notes.disclose_themes(introduction, part_id, consent_id=consent_id, themes=themes))
    return len(part.statements) - len(covered)


def _words(work: Work, command: RecordAnswer, statements: frozenset[UUID]) -> dict[UUID, str]:
    rows = work.desk.register.rows()
    found = [
        row
        for row in rows.where(StatementRow, part_id=command.part_id)
        if row.statement_id in statements and row.words is not None
    ]
    opened = _open_as_author(work, command, [(row.words, row.part_id) for row in found if row.words is not None])
    return {row.statement_id: said for row, said in zip(found, opened, strict=True) if not isinstance(said, Absent)}


def _themes(work: Work, command: RecordAnswer, edition: int) -> list[str]:
    rows = work.desk.register.rows()
    found = [row for row in rows.where(WishedTheme, part_id=command.part_id, edition=edition) if row.theme is not None]
    opened = _open_as_author(work, command, [(row.theme, row.part_id) for row in found if row.theme is not None])
    return [theme for theme in opened if not isinstance(theme, Absent)]


def _open_as_author(work: Work, command: RecordAnswer, values: list[tuple[Any, UUID]]) -> list[Any]:
    part = work.desk.register.rows().get(NotePart, part_id=command.part_id)
    wrote_it = part is not None and part.author == work.asker.actor
    standing = Standing(leads_the_course=True, course_is_open=True, wrote_it=wrote_it)
    request = work.asker.asks(work.desk, command.purpose.value, course=command.course_id)
    return work.desk.gate.open(
        request, [AskedOfGate(value, standing, record) for value, record in values], action="disclose"
    )


def _keep_follow_up(command: RecordAnswer, work: Work, family: Participants, consent_id: ConsentId) -> None:
    member = work.desk.register.rows().get(ClubMember, family_id=command.family_id, person_id=command.person_id)
    if member is None or member.given_name is None or member.telephone is None:
        return
    standing = Standing(leads_the_course=True, course_is_open=True)
    request = work.asker.asks(work.desk, command.purpose.value, course=command.course_id)
    name, number = work.desk.gate.open(
        request, [AskedOfGate(member.given_name, standing), AskedOfGate(member.telephone, standing)], action="disclose"
    )
    if isinstance(name, Absent) or isinstance(number, Absent):
        return
    facts = keep_follow_up(family, PersonId(command.person_id), consent_id=consent_id, given_name=name, number=number)
    work.record(command.family_id, facts)


def _end_earlier(command: RecordAnswer, work: Work, today: date) -> None:
    """The newest answer to a question governs: a yes replaces the earlier one, a no takes it back."""
    for row in work.desk.register.rows().where(
        ConsentRow, family_id=command.family_id, course_id=command.course_id, purpose=command.purpose
    ):
        if (row.person_id, row.part_id) != (command.person_id, command.part_id) or not row.in_force(today):
            continue
        earlier = work.load(CONSENT, row.consent_id)
        work.record(row.consent_id, rules.withdraw(earlier, way=command.way, on=today, today=today))
        work.duties.append(Duty(DESTROY_CONSENT, row.consent_id))
