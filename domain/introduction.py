"""What a family itself wished to tell the leader before a course: in parts, each statement about one person.

A part is made of statements, each about one member (or the household) and told by one adult, each sealed under that
member's own key: so erasing one person removes that one's sentences and leaves the others' (RIG-03). What the
volunteers read is another value, copied in the agreed edition under the key of the consent that allows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, assert_never
from uuid import UUID

from domain.compartments import NOTE, SHARED_NOTE, SHARED_THEME
from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import CLEAR, Fact, Personal, Text, fact
from domain.lists import PartKind, Theme, Way
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


@fact("introduction.statement_disclosed")
class StatementDisclosed(Fact):
    """The words the family agreed the volunteers may read; the key dies with the consent (INT-08)."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    kind: Annotated[PartKind, CLEAR]
    statement_id: Annotated[UUID, CLEAR]
    about: Annotated[SubjectId, CLEAR]
    consent_id: Annotated[ConsentId, CLEAR]
    words: Annotated[Text, Personal(about="about", kept_in=SHARED_NOTE, under="consent_id")]


@fact("introduction.theme_disclosed")
class ThemeDisclosed(Fact):
    """A theme passed on without identity, under the consent that allows it."""

    family_id: Annotated[FamilyId, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    part_id: Annotated[NotePartId, CLEAR]
    edition: Annotated[int, CLEAR]
    consent_id: Annotated[ConsentId, CLEAR]
    theme: Annotated[Text, Personal(about="family_id", kept_in=SHARED_THEME, under="consent_id")]


IntroductionFact = (
    ConversationHeld | PartWritten | StatementWritten | ThemeWished | PartReadBack | StatementDisclosed | ThemeDisclosed
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


@dataclass(frozen=True, slots=True)
class Introduction:
    family_id: FamilyId
    course_id: CourseId
    held: bool = False
    parts: dict[NotePartId, Part] = field(default_factory=dict)


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
        case StatementDisclosed() | ThemeDisclosed():
            return introduction
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


class NotReadBack(RuleBroken):
    """Nothing is shared before the part was read back in this edition and the family agreed (INT-18)."""

    code = "part_not_read_back"


class OtherEdition(RuleBroken):
    """The part was corrected since; consent covers what was said, not what is added later (INT-24)."""

    code = "part_has_changed"


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
    part = _part(introduction, part_id)
    if part.author != author:
        raise NotTheAuthor("part_id")
    return [] if part.read_back else [PartReadBack(part_id=part_id, edition=part.edition, read_back_on=today)]


def ready_to_share(introduction: Introduction, part_id: NotePartId, *, edition: int, author: ActorId) -> Part:
    """The part, if its author may have this edition shared. Raises NoSuchPart, NotTheAuthor, OtherEdition, NotReadBack."""
    part = _part(introduction, part_id)
    if part.author != author:
        raise NotTheAuthor("part_id")
    if part.edition != edition:
        raise OtherEdition("edition", edition=part.edition)
    if not part.read_back:
        raise NotReadBack("part_id")
    return part


def speaks_for(part: Part, giver: PersonId, *, family_id: FamilyId, children: frozenset[PersonId]) -> frozenset[UUID]:
    """The statements of a part that one adult's consent covers: about itself, a child or the household (INT-23).

    A sentence about another adult is third-party information and is never shared on the first person's consent alone.
    """
    own: set[UUID] = {giver, family_id, *children}
    return frozenset(statement for statement, (about, _) in part.statements.items() if about in own)


def disclose(
    introduction: Introduction, part_id: NotePartId, *, consent_id: ConsentId, words: dict[UUID, str]
) -> list[IntroductionFact]:
    """The statements with these words, for the volunteers, under the consent's key."""
    part = _part(introduction, part_id)
    return [
        StatementDisclosed(
            family_id=introduction.family_id,
            course_id=introduction.course_id,
            part_id=part_id,
            edition=part.edition,
            kind=part.kind,
            statement_id=statement_id,
            about=part.statements[statement_id][0],
            consent_id=consent_id,
            words=words[statement_id],
        )
        for statement_id in part.statements
        if statement_id in words
    ]


def disclose_themes(
    introduction: Introduction, part_id: NotePartId, *, consent_id: ConsentId, themes: Sequence[str]
) -> list[IntroductionFact]:
    """The part's themes, without identity, under the consent's key."""
    part = _part(introduction, part_id)
    return [
        ThemeDisclosed(
            family_id=introduction.family_id,
            course_id=introduction.course_id,
            part_id=part_id,
            edition=part.edition,
            consent_id=consent_id,
            theme=theme,
        )
        for theme in themes
    ]


def _part(introduction: Introduction, part_id: NotePartId) -> Part:
    part = introduction.parts.get(part_id)
    if part is None:
        raise NoSuchPart("part_id")
    return part
