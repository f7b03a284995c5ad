"""What is agreed is copied for others under keys of its own; what is no longer carried by consents closes, and its key goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from application.perform import Work
from application.ports import Duty, Recorded, Rows
from application.streams import INTRODUCTION, PARTICIPANTS, introduction_id
from application.views.club import ClubMember, NotePart, StatementRow, WishedTheme
from application.views.consents import ConsentRow, PastConsent, answered, ended
from application.views.evening import ClosedDisclosure
from domain import sharing
from domain.consent import Answer, ConsentExpired, ConsentGiven, ConsentNotGiven, ConsentWithdrawn
from domain.course import NoSuchSeat
from domain.facts import Fact
from domain.introduction import DisclosureClosed, NoSuchPart
from domain.lists import Purpose
from domain.participants import Participants, keep_follow_up
from domain.people import ActorId, ConsentId, NotePartId, PersonId, SubjectId
from domain.sharing import Answers, Key, Waiting
from gdpr.gate import Asked
from gdpr.policy import Standing
from gdpr.ports import Absent

DESTROY_CONSENT = "destroy_consent"
"""The duty to destroy all keys that lie under one id: a consent's, a disclosure's or a proof's."""


def destroy_under(work: Work, key_id: UUID) -> None:
    """Let the keys under this id be destroyed once the work is saved, also after a crash."""
    duty = Duty(DESTROY_CONSENT, key_id)
    if duty not in work.duties:
        work.duties.append(duty)


def answers_now(work: Work, family_id: UUID, course_id: UUID) -> Answers:
    """What the family answers in this course, with what this work has recorded."""
    found = work.desk.register.rows().where(ConsentRow, family_id=family_id, course_id=course_id)
    rows = {row.consent_id: row for row in found}
    for change in work.changes.values():
        for happened in change.facts:
            match happened:
                case ConsentGiven() | ConsentNotGiven():
                    rows[change.stream] = answered(Recorded(change.stream, 1, happened, work.context))
                case ConsentWithdrawn() | ConsentExpired() if change.stream in rows:
                    rows[change.stream] = ended(rows[change.stream], happened, at=work.context.happened_at)
                case _:
                    pass
    family = work.now(PARTICIPANTS, family_id)
    if family is None:
        raise NoSuchSeat("family_id")
    return Answers(tuple(rows.values()), family.circle, work.desk.clock.today())


def close_uncarried(work: Work, family_id: UUID, course_id: UUID) -> None:
    """Close what no longer rests on consents in force, and let its keys go."""
    stream = introduction_id(family_id, course_id)
    introduction = work.now(INTRODUCTION, stream)
    if introduction is None or not introduction.disclosed:
        return
    facts = sharing.close_uncarried(introduction, answers=answers_now(work, family_id, course_id))
    work.record(stream, facts)
    for key_id in closed_by(facts):
        destroy_under(work, key_id)


def closed_by(facts: Sequence[Fact]) -> list[UUID]:
    """The keys that go with these facts."""
    return [happened.key_id for happened in facts if isinstance(happened, DisclosureClosed)]


def keys_that_went(rows: Rows) -> Iterator[UUID]:
    """Under which ids keys were destroyed because a consent ended, for a key database that was restored since."""
    for consent in rows.where(ConsentRow, answer=Answer.YES):
        if consent.ended_on is not None:
            yield consent.consent_id
    for past in rows.where(PastConsent, answer=Answer.YES):
        yield past.consent_id
        if past.proof_id is not None:
            yield past.proof_id
    for closed in rows.where(ClosedDisclosure):
        yield closed.key_id


def disclose_part(
    work: Work, family_id: UUID, course_id: UUID, part_id: UUID, edition: int, purpose: Purpose
) -> Waiting:
    """Copy of a part what consents carry and is not copied yet; what of it still waits, and for whom.

    Raises what `ready_to_share` and the gate raise.
    """
    stream = introduction_id(family_id, course_id)
    work.load(INTRODUCTION, stream, NoSuchPart, "part_id")
    introduction = work.now(INTRODUCTION, stream)
    assert introduction is not None
    note_part = NotePartId(part_id)
    part = sharing.ready_to_share(introduction, note_part, edition=edition, author=ActorId(work.asker.actor))
    answers = answers_now(work, family_id, course_id)
    carried = sharing.carried(introduction, note_part, answers, purpose=purpose)
    already = sharing.open_about(introduction, note_part, purpose=purpose)
    under = {
        about: key_for(about, consents, answers) for about, consents in sorted(carried.items()) if about not in already
    }
    if purpose is Purpose.SHARE_WITH_VOLUNTEERS and under:
        words = _words(work, course_id, part_id, purpose, frozenset(under))
        work.record(stream, sharing.disclose(introduction, note_part, under=under, words=words))
    if purpose is Purpose.ANONYMOUS_THEMES:
        for key in under.values():
            themes = _themes(work, course_id, part_id, purpose, part.edition)
            work.record(stream, sharing.disclose_themes(introduction, note_part, under=key, themes=themes))
        return Waiting() if carried else Waiting(len(part.statements))
    return sharing.waits_for(part, frozenset(carried), answers.circle)


def key_for(about: SubjectId, consents: frozenset[ConsentId], answers: Answers) -> Key:
    """An adult's own words lie under its consent; what rests on several, or on nobody's no, has a key of its own."""
    if about in answers.circle.adults:
        (consent_id,) = consents
        return Key(consent_id, (consent_id,))
    return Key(uuid4(), tuple(sorted(consents)))


def _words(
    work: Work, course_id: UUID, part_id: UUID, purpose: Purpose, abouts: frozenset[SubjectId]
) -> dict[UUID, str]:
    found = [
        (row.statement_id, row.words)
        for row in work.desk.register.rows().where(StatementRow, part_id=part_id)
        if row.about in abouts and row.words is not None
    ]
    opened = _open_as_author(work, course_id, part_id, purpose, [words for _, words in found])
    return {
        statement_id: said
        for (statement_id, _), said in zip(found, opened, strict=True)
        if not isinstance(said, Absent)
    }


def _themes(work: Work, course_id: UUID, part_id: UUID, purpose: Purpose, edition: int) -> list[str]:
    rows = work.desk.register.rows().where(WishedTheme, part_id=part_id, edition=edition)
    opened = _open_as_author(work, course_id, part_id, purpose, [row.theme for row in rows if row.theme is not None])
    return [theme for theme in opened if not isinstance(theme, Absent)]


def _open_as_author(work: Work, course_id: UUID, part_id: UUID, purpose: Purpose, values: list[Any]) -> list[Any]:
    part = work.desk.register.rows().get(NotePart, part_id=part_id)
    wrote_it = part is not None and part.author == work.asker.actor
    standing = Standing(leads_the_course=True, course_is_open=True, wrote_it=wrote_it)
    request = work.asker.asks(work.desk, purpose.value, course=course_id)
    return work.desk.gate.open(request, [Asked(value, standing, part_id) for value in values], action="disclose")


def disclose_contact(
    work: Work, family: Participants, person_id: PersonId, course_id: UUID, purpose: Purpose, consent_id: ConsentId
) -> None:
    """Copy an adult's name and number under the consent to be reached after the course (REU-02)."""
    member = work.desk.register.rows().get(ClubMember, family_id=family.family_id, person_id=person_id)
    if member is None or member.given_name is None or member.telephone is None:
        return
    standing = Standing(leads_the_course=True, course_is_open=True)
    request = work.asker.asks(work.desk, purpose.value, course=course_id)
    name, number = work.desk.gate.open(
        request, [Asked(member.given_name, standing), Asked(member.telephone, standing)], action="disclose"
    )
    if not isinstance(name, Absent) and not isinstance(number, Absent):
        facts = keep_follow_up(family, person_id, consent_id=consent_id, given_name=name, number=number)
        work.record(family.family_id, facts)
