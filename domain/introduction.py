"""What a family itself wished to tell the leader before a course: in parts, each statement about one person.

A part is made of statements, each about one member (or the household) and told by one adult, each sealed under that
member's own key: so erasing one person removes that one's sentences and leaves the others' (RIG-03). What the
volunteers read is another value, copied in the agreed edition under the key of the consent that allows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, NamedTuple, assert_never
from uuid import UUID

from domain.compartments import CARRIED_NOTE, NOTE, SHARED_NOTE, SHARED_THEME
from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Text, fact
from domain.lists import PartKind, Purpose, Theme, Way
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId, SubjectId
from domain.text import past, text


@fact("introduction.conversation_held")
class ConversationHeld(Fact):
    """The leader spoke with the family before the start (INT-01); at the first contact it gives notice (GDPR Art. 14)."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    held_on: Annotated[date, CLEAR]
    way: Annotated[Way, CLEAR]
    leader: Annotated[ActorId, CLEAR]
    notice_given: Annotated[bool, CLEAR]


@fact("introduction.part_written")
class PartWritten(Fact):
    """A part, or a new edition of it; a changed part needs consent again (INT-24)."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    kind: Annotated[PartKind, CLEAR]
    author: Annotated[ActorId, CLEAR]


def _under_no_course(fields: dict[str, Any]) -> None:
    """Version 1 was sealed under the subject's own key, whatever the course; it opens by the key its token names."""
    fields["course_id"] = None


@fact("introduction.statement_written", _under_no_course)
class StatementWritten(Fact):
    """One sentence or more about one person (INT-23); its words are the leader's note, which ends with its course."""

    course_id: Annotated[CourseId | None, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    statement_id: Annotated[UUID, CLEAR]
    about: Annotated[SubjectId, CLEAR]
    told_by: Annotated[PersonId, CLEAR]
    words: Annotated[Text, Personal(about="about", kept_in=NOTE, under="course_id")]


@fact("introduction.theme_wished", _under_no_course)
class ThemeWished(Fact):
    """A wish or need of a part as a theme of the list (INT-14, COC-01)."""

    course_id: Annotated[CourseId | None, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    theme: Annotated[Text, Personal(about="family_id", kept_in=NOTE, under="course_id")]


@fact("introduction.part_read_back")
class PartReadBack(Fact):
    """The part was read back, and the family agreed with the wording (INT-18)."""

    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    read_back_on: Annotated[date, CLEAR]


def _under_the_one_consent(fields: dict[str, Any]) -> None:
    """Version 1 lay under the key of the one consent it rested on, whomever it was about."""
    fields["key_id"] = fields.pop("consent_id")
    fields["rests_on"] = [fields["key_id"]]


@fact("introduction.statement_disclosed", _under_the_one_consent)
class StatementDisclosed(Fact):
    """The words the family agreed the volunteers may read, and the consents that carry this together (INT-08, INT-22).

    What an adult says of itself lies under the key of its consent. What is about a child or the household lies under a
    key of its own, so that it can go, when one of those consents does, without anything else.
    """

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    kind: Annotated[PartKind, CLEAR]
    statement_id: Annotated[UUID, CLEAR]
    about: Annotated[SubjectId, CLEAR]
    key_id: Annotated[UUID, CLEAR]
    rests_on: Annotated[tuple[ConsentId, ...], CLEAR]
    words: Annotated[Text, Personal(about="about", kept_in=SHARED_NOTE, under="key_id")]


@fact("introduction.theme_disclosed", _under_the_one_consent)
class ThemeDisclosed(Fact):
    """A theme passed on without identity, and the consents that carry it."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    key_id: Annotated[UUID, CLEAR]
    rests_on: Annotated[tuple[ConsentId, ...], CLEAR]
    theme: Annotated[Text, Personal(about="family_id", kept_in=SHARED_THEME, under="key_id")]


@fact("introduction.statement_kept")
class StatementKept(Fact):
    """What an adult told and lets the leader of the family's next course read, kept for that alone (INT-09)."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    kind: Annotated[PartKind, CLEAR]
    statement_id: Annotated[UUID, CLEAR]
    about: Annotated[SubjectId, CLEAR]
    told_by: Annotated[PersonId, CLEAR]
    key_id: Annotated[UUID, CLEAR]
    rests_on: Annotated[tuple[ConsentId, ...], CLEAR]
    words: Annotated[Text, Personal(about="about", kept_in=CARRIED_NOTE, under="key_id")]


@fact("introduction.disclosure_closed")
class DisclosureClosed(Fact):
    """What was disclosed under this key is no longer carried by a consent; the key is destroyed."""

    key_id: Annotated[UUID, CLEAR]
    on: Annotated[date, CLEAR]


IntroductionFact = (
    ConversationHeld
    | PartWritten
    | StatementWritten
    | ThemeWished
    | PartReadBack
    | StatementDisclosed
    | ThemeDisclosed
    | StatementKept
    | DisclosureClosed
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part in its newest edition: who wrote it, whom each of its statements is about and who told it."""

    kind: PartKind
    author: ActorId
    edition: int
    statements: dict[UUID, tuple[SubjectId, PersonId]] = field(default_factory=dict)
    themes: int = 0
    read_back: bool = False

    @property
    def subjects(self) -> frozenset[SubjectId]:
        return frozenset(about for about, _ in self.statements.values())


class Disclosed(NamedTuple):
    """What lies under one key: of which part and edition if the consent is to one, about whom, what for, on which consents."""

    part_id: NotePartId | None
    edition: int | None
    about: SubjectId
    purpose: Purpose
    rests_on: frozenset[ConsentId]


@dataclass(frozen=True, slots=True)
class Introduction:
    family_id: FamilyId
    course_id: CourseId
    held: bool = False
    parts: dict[NotePartId, Part] = field(default_factory=dict)
    disclosed: dict[UUID, Disclosed] = field(default_factory=dict)


def evolve(introduction: Introduction | None, happened: IntroductionFact) -> Introduction:
    match happened:
        case ConversationHeld():
            introduction = introduction or Introduction(happened.family_id, happened.course_id)
            return replace(introduction, held=True)
        case PartWritten():
            introduction = introduction or Introduction(happened.family_id, happened.course_id)
            part = Part(happened.kind, happened.author, happened.edition)
            return replace(introduction, parts=introduction.parts | {happened.part_id: part})
    assert introduction is not None
    match happened:
        case StatementWritten():
            statement = {happened.statement_id: (happened.about, happened.told_by)}
            part = introduction.parts[happened.part_id]
            return _with(introduction, happened.part_id, replace(part, statements=part.statements | statement))
        case ThemeWished():
            part = introduction.parts[happened.part_id]
            return _with(introduction, happened.part_id, replace(part, themes=part.themes + 1))
        case PartReadBack():
            part = introduction.parts[happened.part_id]
            return _with(introduction, happened.part_id, replace(part, read_back=True))
        case StatementDisclosed() as fact:
            under = Disclosed(
                fact.part_id, fact.edition, fact.about, Purpose.SHARE_WITH_VOLUNTEERS, frozenset(fact.rests_on)
            )
            return replace(introduction, disclosed=introduction.disclosed | {fact.key_id: under})
        case ThemeDisclosed() as fact:
            household = SubjectId(fact.family_id)
            under = Disclosed(fact.part_id, fact.edition, household, Purpose.ANONYMOUS_THEMES, frozenset(fact.rests_on))
            return replace(introduction, disclosed=introduction.disclosed | {fact.key_id: under})
        case StatementKept() as fact:
            under = Disclosed(None, None, fact.about, Purpose.CARRY_OVER, frozenset(fact.rests_on))
            return replace(introduction, disclosed=introduction.disclosed | {fact.key_id: under})
        case DisclosureClosed():
            kept = {key: under for key, under in introduction.disclosed.items() if key != happened.key_id}
            return replace(introduction, disclosed=kept)
        case _:
            assert_never(happened)


def _with(introduction: Introduction, part_id: NotePartId, part: Part) -> Introduction:
    return replace(introduction, parts=introduction.parts | {part_id: part})


class NoSuchPart(NotFound):
    """The family's note has no such part."""

    code = "unknown_note_part"


class NotTheAuthor(RuleBroken):
    """A note is its author's; only the one who wrote it changes it or has it shared (INT-05)."""

    code = "not_the_author"


class NothingSaid(Invalid):
    """A part holds at least one statement."""

    code = "statement_missing"


class AboutNobody(Invalid):
    """A statement is about a member of the family, or about the family, and told by one of its adults."""

    code = "statement_about_nobody"


class StatementTwice(Invalid):
    """Each statement of a part has an id of its own: by it the words find the one they are about."""

    code = "statement_twice"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Statement:
    """What somebody told about somebody."""

    statement_id: UUID
    about: SubjectId
    told_by: PersonId
    words: str


def hold_conversation(
    introduction: Introduction | None,
    *,
    family_id: FamilyId,
    course_id: CourseId,
    held_on: date,
    way: Way,
    leader: ActorId,
    notice_given: bool,
    today: date,
) -> list[IntroductionFact]:
    """The conversation was held. Another one is another fact."""
    return [
        ConversationHeld(
            family_id=family_id,
            course_id=course_id,
            held_on=past(held_on, "held_on", today=today, years=1),
            way=way,
            leader=leader,
            notice_given=notice_given,
        )
    ]


def write_part(
    introduction: Introduction | None,
    *,
    family_id: FamilyId,
    course_id: CourseId,
    part_id: NotePartId,
    kind: PartKind,
    author: ActorId,
    statements: Sequence[Statement],
    themes: Sequence[Theme],
    adults: frozenset[PersonId],
    members: frozenset[PersonId],
) -> list[IntroductionFact]:
    """Write a part, or correct it by a new edition.

    Raises NotTheAuthor, NothingSaid, StatementTwice, AboutNobody and what `text` raises.
    """
    earlier = introduction.parts.get(part_id) if introduction is not None else None
    if earlier is not None and earlier.author != author:
        raise NotTheAuthor("part_id")
    if not statements:
        raise NothingSaid("statements")
    if len({statement.statement_id for statement in statements}) < len(statements):
        raise StatementTwice("statements")
    edition = earlier.edition + 1 if earlier is not None else 1
    for i, statement in enumerate(statements):
        if statement.about != family_id and statement.about not in members:
            raise AboutNobody(f"statements/{i}/about")
        if statement.told_by not in adults:
            raise AboutNobody(f"statements/{i}/told_by")
    return [
        PartWritten(
            family_id=family_id, course_id=course_id, part_id=part_id, edition=edition, kind=kind, author=author
        ),
        *(
            StatementWritten(
                course_id=course_id,
                part_id=part_id,
                edition=edition,
                statement_id=statement.statement_id,
                about=statement.about,
                told_by=statement.told_by,
                words=text(statement.words, f"statements/{i}/words"),
            )
            for i, statement in enumerate(statements)
        ),
        *(
            ThemeWished(course_id=course_id, part_id=part_id, edition=edition, family_id=family_id, theme=theme.value)
            for theme in dict.fromkeys(themes)
        ),
    ]


def read_back(
    introduction: Introduction, part_id: NotePartId, *, author: ActorId, today: date
) -> list[IntroductionFact]:
    """The family heard the part and agreed with its wording. Silent when it did so for this edition."""
    part = part_of(introduction, part_id)
    if part.author != author:
        raise NotTheAuthor("part_id")
    return [] if part.read_back else [PartReadBack(part_id=part_id, edition=part.edition, read_back_on=today)]


def part_of(introduction: Introduction, part_id: NotePartId) -> Part:
    part = introduction.parts.get(part_id)
    if part is None:
        raise NoSuchPart("part_id")
    return part
