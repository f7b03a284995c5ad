"""What the family itself told stays its author's until it is read back and agreed; then only what the giver may give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain import introduction
from domain.errors import Refusal
from domain.facts import Fact
from domain.introduction import (
    AboutNobody,
    NoSuchPart,
    NothingSaid,
    NotTheAuthor,
    PartReadBack,
    PartWritten,
    StatementTwice,
    StatementWritten,
    hold_conversation,
    write_part,
)
from domain.lists import GUIDING_QUESTIONS, PartKind, Theme, Way
from domain.people import SubjectId
from domain.text import CprNumber, Empty, InTheFuture, TooLong, TooLongAgo
from tests.phrases import (
    ALMA,
    CO_LEADER,
    COURSE,
    LEADER,
    LIND,
    MIKKEL,
    OTHER_STATEMENT,
    PART,
    SARA,
    STATEMENT,
    STRANGER,
    TODAY,
    VIGGO,
    a_conversation,
    a_part,
    an_id,
    part_written,
    read_back,
    says,
    statement_written,
    theme_wished,
)
from tests.spec import Then, fold, given

ADULTS = frozenset({SARA, MIKKEL})
CHILDREN = frozenset({ALMA, VIGGO})


def writing(*past: Fact, **said: Any) -> Then:
    form: dict[str, Any] = {
        "family_id": LIND, "course_id": COURSE, "part_id": PART, "kind": PartKind.WISHES, "author": LEADER,
        "statements": [says()], "themes": [Theme.NETWORK], "adults": ADULTS, "members": ADULTS | CHILDREN,
    }  # fmt: skip
    return given(past).when(write_part, **(form | said))


# The conversation.

HELD = {
    "family_id": LIND,
    "course_id": COURSE,
    "held_on": TODAY,
    "leader": LEADER,
    "notice_given": True,
    "today": TODAY,
}


@pytest.mark.parametrize("way", list(Way))
def test_the_leader_holds_the_conversation_and_gives_notice(way: Way) -> None:
    given().when(hold_conversation, way=way, **HELD).then(a_conversation(way=way))


def test_a_part_may_be_written_before_the_conversation_is_noted() -> None:
    assert not fold(introduction.evolve, a_part()).held
    assert fold(introduction.evolve, [*a_part(), a_conversation()]).held


def test_another_conversation_is_another_fact() -> None:
    given(a_conversation()).when(hold_conversation, way=Way.IN_PERSON, **(HELD | {"notice_given": False})).then(
        a_conversation(way=Way.IN_PERSON, notice_given=False)
    )


@pytest.mark.parametrize(("days", "refusal"), [(1, InTheFuture), (-600, TooLongAgo)])
def test_a_conversation_was_held_and_lately(days: int, refusal: type[Refusal]) -> None:
    held = HELD | {"held_on": TODAY + timedelta(days=days)}

    given().when(hold_conversation, way=Way.TELEPHONE, **held).then_refused(refusal, field="held_on")


# The note.


def test_a_part_is_made_of_statements_each_about_one_person() -> None:
    of_mikkel = says(statement_id=OTHER_STATEMENT, about=SubjectId(MIKKEL), words=" Mikkel arbejder om natten ")

    writing(statements=[says(), of_mikkel]).then(a_part())


@pytest.mark.parametrize("kind", list(PartKind))
def test_a_part_is_of_one_of_the_seven_kinds(kind: PartKind) -> None:
    written = writing(kind=kind, themes=[]).facts

    assert written == [part_written(kind=kind), statement_written()]


def test_the_two_guiding_questions_are_standard_parts() -> None:
    assert GUIDING_QUESTIONS == {
        PartKind.WISHES: "Hvad ønsker I at få ud af et Småbørnsklubforløb?",
        PartKind.EVERYDAY_LIFE: "Hvad fylder hos jer hjemme med familien?",
    }


def test_a_theme_wished_twice_is_wished_once() -> None:
    written = writing(themes=[Theme.NETWORK, Theme.SLEEP, Theme.NETWORK]).facts

    assert written[2:] == [theme_wished(), theme_wished(theme="sleep")]


@pytest.mark.parametrize("about", [LIND, SARA, MIKKEL, ALMA])
@pytest.mark.parametrize("told_by", [SARA, MIKKEL])
def test_an_adult_tells_of_any_member_or_of_the_household(about: Any, told_by: Any) -> None:
    written = writing(statements=[says(about=about, told_by=told_by)], themes=[]).facts

    assert written[1:] == [statement_written(about=about, told_by=told_by)]


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"statements": []}, NothingSaid, "statements"),
        ({"statements": [says(), says(about=SubjectId(MIKKEL))]}, StatementTwice, "statements"),
        (
            {"statements": [says(), says(statement_id=OTHER_STATEMENT, about=STRANGER)]},
            AboutNobody,
            "statements/1/about",
        ),
        ({"statements": [says(told_by=ALMA)]}, AboutNobody, "statements/0/told_by"),
        ({"statements": [says(told_by=STRANGER)]}, AboutNobody, "statements/0/told_by"),
        ({"statements": [says(words="  ")]}, Empty, "statements/0/words"),
        ({"statements": [says(words="x" * 4001)]}, TooLong, "statements/0/words"),
        ({"statements": [says(words="Alma er 010222-1234")]}, CprNumber, "statements/0/words"),
    ],
)
def test_a_statement_is_words_of_an_adult_about_a_member(
    said: dict[str, Any], refusal: type[Refusal], field: str
) -> None:
    writing(**said).then_refused(refusal, field=field)


def test_what_the_browser_sends_from_a_text_area_is_written() -> None:
    written = writing(statements=[says(words="En linje.\r\nOg en til.")], themes=[]).facts

    assert written[1:] == [statement_written(words="En linje.\nOg en til.")]


def test_a_part_is_corrected_by_a_new_edition_that_is_not_read_back() -> None:
    """INT-24: a changed part needs consent again."""
    corrected = writing(*a_part(), read_back(), statements=[says(words="Sara vil også gerne sove")]).facts

    assert corrected == [
        part_written(edition=2), statement_written(edition=2, words="Sara vil også gerne sove"), theme_wished(edition=2)
    ]  # fmt: skip
    part = fold(introduction.evolve, [*a_part(), read_back(), *corrected]).parts[PART]
    assert (part.edition, part.read_back, set(part.statements), part.themes) == (2, False, {STATEMENT}, 1)


def test_only_its_author_changes_a_note() -> None:
    writing(*a_part(), author=CO_LEADER).then_refused(NotTheAuthor, field="part_id")
    other_part = writing(*a_part(), author=CO_LEADER, part_id=an_id(59), themes=[]).facts
    assert other_part[0] == part_written(author=CO_LEADER, part_id=an_id(59))


# Read back.


def test_a_part_is_read_back_once_for_each_edition() -> None:
    given(a_part()).when(introduction.read_back, PART, author=LEADER, today=TODAY).then(
        PartReadBack(part_id=PART, edition=1, read_back_on=TODAY)
    )
    given(a_part(), read_back()).when(introduction.read_back, PART, author=LEADER, today=TODAY).then_nothing()
    given(a_part(), read_back(), a_part(edition=2)).when(introduction.read_back, PART, author=LEADER, today=TODAY).then(
        PartReadBack(part_id=PART, edition=2, read_back_on=TODAY)
    )


def test_nobody_reads_back_anothers_note_or_one_that_is_not_there() -> None:
    given(a_part()).when(introduction.read_back, PART, author=CO_LEADER, today=TODAY).then_refused(
        NotTheAuthor, field="part_id"
    )
    given(a_conversation()).when(introduction.read_back, PART, author=LEADER, today=TODAY).then_refused(
        NoSuchPart, field="part_id"
    )


def test_the_note_ends_with_its_course() -> None:
    """INT-25, RIG-18: what is shared has keys of its own (see `test_sharing`)."""
    mark = StatementWritten.MARKS.personal["words"]
    assert (mark.kept_in.name, mark.about, mark.under) == ("note", "about", "course_id")
    assert not PartWritten.MARKS.personal
