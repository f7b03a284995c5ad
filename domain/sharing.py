"""What of a note is copied for others, under which key, and what closes again when its consents no longer carry it.

What an adult says of itself lies under the key of that adult's consent. What is about a child or the household rests
on the yes of several, or on nobody's no, and has a key of its own: it goes alone, and at once, when one of them goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.custody import Arrangement, Circle
from domain.errors import RuleBroken
from domain.introduction import (
    Disclosed,
    DisclosureClosed,
    Introduction,
    IntroductionFact,
    NotTheAuthor,
    Part,
    StatementDisclosed,
    StatementKept,
    ThemeDisclosed,
    part_of,
)
from domain.lists import Purpose
from domain.people import ActorId, ConsentId, NotePartId, PersonId, SubjectId
from domain.permission import Answered, consents_for, use_of


class NotReadBack(RuleBroken):
    """Nothing is shared before the part was read back in this edition and the family agreed (INT-18)."""

    code = "part_not_read_back"


class OtherEdition(RuleBroken):
    """The part was corrected since; consent covers what was said, not what is added later (INT-24)."""

    code = "part_has_changed"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the family answers today, and whose answer counts for whom."""

    answered: Collection[Answered]
    circle: Circle
    on: date


@dataclass(frozen=True, slots=True)
class Key:
    """The key that what is copied lies under, and the consents it rests on."""

    key_id: UUID
    rests_on: tuple[ConsentId, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many statements of a part may not be used yet, whose yes is wanting, and for which children custody is unknown."""

    statements: int = 0
    adults: frozenset[UUID] = frozenset()
    children: frozenset[UUID] = frozenset()


def ready_to_share(introduction: Introduction, part_id: NotePartId, *, edition: int, author: ActorId) -> Part:
    """The part, if its author may have this edition shared. Raises NoSuchPart, NotTheAuthor, OtherEdition, NotReadBack."""
    part = part_of(introduction, part_id)
    if part.author != author:
        raise NotTheAuthor("part_id")
    if part.edition != edition:
        raise OtherEdition("edition", edition=part.edition)
    if not part.read_back:
        raise NotReadBack("part_id")
    return part


def carried(
    introduction: Introduction, part_id: NotePartId, answers: Answers, *, purpose: Purpose
) -> dict[SubjectId, frozenset[ConsentId]]:
    """Of a part in its newest edition, about whom it may be used for this purpose, and on which consents (INT-23).

    A theme is the household's: it says of nobody in particular.
    """
    part = part_of(introduction, part_id)
    household = frozenset({SubjectId(introduction.family_id)})
    found: dict[SubjectId, frozenset[ConsentId]] = {}
    for about in household if purpose is Purpose.ANONYMOUS_THEMES else part.subjects:
        one = Disclosed(part_id, part.edition, about, purpose, frozenset())
        if consents := _consents_for(introduction, one, answers):
            found[about] = consents
    return found


def open_about(introduction: Introduction, part_id: NotePartId, *, purpose: Purpose) -> frozenset[SubjectId]:
    """About whom the part's newest edition lies disclosed for this purpose."""
    edition = part_of(introduction, part_id).edition
    wanted = (part_id, edition, purpose)
    return frozenset(
        one.about for one in introduction.disclosed.values() if (one.part_id, one.edition, one.purpose) == wanted
    )


def waits_for(part: Part, readable: frozenset[SubjectId], circle: Circle) -> Waiting:
    """What of the part is readable by nobody yet, and on whom that waits."""
    closed = {about for about in part.subjects if about not in readable}
    children = [PersonId(about) for about in closed if about in circle.children]
    adults = {about for about in closed if about in circle.adults}
    adults |= {SubjectId(adult) for child in children for adult in circle.children[child].adults}
    unknown = {child for child in children if circle.children[child].arrangement is Arrangement.UNKNOWN}
    statements = sum(about in closed for about, _ in part.statements.values())
    return Waiting(statements, frozenset(adults), frozenset(unknown))


def disclose(
    introduction: Introduction, part_id: NotePartId, *, under: Mapping[SubjectId, Key], words: Mapping[UUID, str]
) -> list[IntroductionFact]:
    """The statements with these words about these people, for the volunteers. Raises NoSuchPart."""
    part = part_of(introduction, part_id)
    return [
        StatementDisclosed(
            family_id=introduction.family_id, course_id=introduction.course_id, part_id=part_id, edition=part.edition,
            kind=part.kind, statement_id=statement_id, about=about, key_id=under[about].key_id,
            rests_on=under[about].rests_on, words=words[statement_id],
        )
        for statement_id, (about, _) in part.statements.items()
        if statement_id in words and about in under
    ]  # fmt: skip


def disclose_themes(
    introduction: Introduction, part_id: NotePartId, *, under: Key, themes: Sequence[str]
) -> list[IntroductionFact]:
    """The part's themes, without identity. Raises NoSuchPart."""
    part = part_of(introduction, part_id)
    return [
        ThemeDisclosed(
            family_id=introduction.family_id, course_id=introduction.course_id, part_id=part_id, edition=part.edition,
            key_id=under.key_id, rests_on=under.rests_on, theme=theme,
        )
        for theme in themes
    ]  # fmt: skip


def may_keep(introduction: Introduction, answers: Answers) -> dict[SubjectId, frozenset[ConsentId]]:
    """About whom what was told may be kept for the family's next course, and on which consents."""
    subjects = {about for part in introduction.parts.values() for about in part.subjects}
    asked = {about: Disclosed(None, None, about, Purpose.CARRY_OVER, frozenset()) for about in subjects}
    found = {about: _consents_for(introduction, one, answers) for about, one in asked.items()}
    return {about: consents for about, consents in found.items() if consents}


def keep(
    introduction: Introduction,
    *,
    told_by: Collection[PersonId],
    under: Mapping[SubjectId, Key],
    words: Mapping[UUID, str],
) -> list[IntroductionFact]:
    """The statements with these words that these adults told of these people, as they were read back, for the next course."""
    return [
        StatementKept(
            family_id=introduction.family_id, course_id=introduction.course_id, part_id=part_id, edition=part.edition,
            kind=part.kind, statement_id=statement_id, about=about, told_by=teller, key_id=under[about].key_id,
            rests_on=under[about].rests_on, words=words[statement_id],
        )
        for part_id, part in introduction.parts.items()
        for statement_id, (about, teller) in part.statements.items()
        if part.read_back and statement_id in words and about in under and teller in told_by
    ]  # fmt: skip


def close_uncarried(introduction: Introduction, *, answers: Answers) -> list[IntroductionFact]:
    """Close what no longer rests on consents in force: one was taken back or ran out, somebody said no, custody changed."""
    return [
        DisclosureClosed(key_id=key_id, on=answers.on)
        for key_id, one in introduction.disclosed.items()
        if not one.rests_on <= _consents_for(introduction, one, answers)
    ]


def _consents_for(introduction: Introduction, one: Disclosed, answers: Answers) -> frozenset[ConsentId]:
    use = use_of(
        one.purpose, family_id=introduction.family_id, course_id=introduction.course_id, about=one.about,
        part_id=one.part_id, edition=one.edition,
    )  # fmt: skip
    return consents_for(use, answers.answered, answers.circle, on=answers.on)
