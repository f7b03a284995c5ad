"""What the family itself told stays its author's until it is read back and agreed; then only what the giver may give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import introduction
from domain.errors import Refusal
from domain.facts import Fact
from domain.introduction import (
    AboutNobody,
    Introduction,
    NoSuchPart,
    NothingSaid,
    NotReadBack,
    NotTheAuthor,
    OtherEdition,
    Part,
    PartReadBack,
    PartWritten,
    StatementDisclosed,
    StatementTwice,
    StatementWritten,
    ThemeDisclosed,
    disclose,
    disclose_themes,
    hold_conversation,
    ready_to_share,
    speaks_for,
    write_part,
)
from domain.lists import GUIDING_QUESTIONS, PartKind, Theme, Way
from domain.people import PersonId, SubjectId
from domain.text import CprNumber, Empty, InTheFuture, TooLong, TooLongAgo
from tests.phrases import (
    ALMA,
    CO_LEADER,
    CONSENT,
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
from tests.spec import Then, fold, given, quick

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


# Read back, and shared.


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


def the_note(*more: Fact) -> Introduction:
    return fold(introduction.evolve, [a_conversation(), *a_part(), *more])  # type: ignore[no-any-return]


def test_a_part_that_was_read_back_may_be_shared_by_its_author() -> None:
    part = ready_to_share(the_note(read_back()), PART, edition=1, author=LEADER)

    assert part.subjects == {SARA, MIKKEL}
    assert (part.kind, part.edition, part.read_back) == (PartKind.WISHES, 1, True)


@pytest.mark.parametrize(
    ("more", "asked", "refusal", "field"),
    [
        ([], {}, NotReadBack, "part_id"),
        ([read_back()], {"author": CO_LEADER}, NotTheAuthor, "part_id"),
        ([read_back()], {"part_id": an_id(59)}, NoSuchPart, "part_id"),
        ([read_back(), *a_part(edition=2)], {}, OtherEdition, "edition"),
        ([read_back(), *a_part(edition=2)], {"edition": 2}, NotReadBack, "part_id"),
        ([read_back()], {"edition": 2}, OtherEdition, "edition"),
    ],
    ids=["not read back", "another's", "unknown", "changed since", "changed and not read back", "not yet written"],
)  # fmt: skip
def test_nothing_else_is_shared(more: list[Fact], asked: dict[str, Any], refusal: type[Refusal], field: str) -> None:
    with pytest.raises(refusal) as refused:
        ready_to_share(the_note(*more), **({"part_id": PART, "edition": 1, "author": LEADER} | asked))
    assert (type(refused.value), refused.value.field) == (refusal, field)


def test_an_adults_consent_covers_itself_the_children_and_the_household() -> None:
    told: dict[UUID, Any] = {an_id(n): (about, SARA) for n, about in enumerate([SARA, MIKKEL, ALMA, VIGGO, LIND], 1)}
    part = Part(PartKind.PRESENTATION, LEADER, 1, told)

    assert speaks_for(part, SARA, family_id=LIND, children=CHILDREN) == {an_id(1), an_id(3), an_id(4), an_id(5)}
    assert speaks_for(part, MIKKEL, family_id=LIND, children=CHILDREN) == {an_id(2), an_id(3), an_id(4), an_id(5)}
    assert speaks_for(part, SARA, family_id=LIND, children=frozenset()) == {an_id(1), an_id(5)}


people = st.sampled_from([PersonId(an_id(n)) for n in range(100, 108)])


@quick
@any_of(st.dictionaries(st.uuids(), st.tuples(people, people), max_size=12), people, st.frozensets(people, max_size=4))
def test_no_consent_ever_covers_what_was_said_of_another_adult(
    told: dict[UUID, Any], giver: PersonId, children: frozenset[PersonId]
) -> None:
    """INT-23, whoever told it."""
    children -= {giver}
    part = Part(PartKind.CHALLENGES, LEADER, 1, told)

    covered = speaks_for(part, giver, family_id=LIND, children=children)

    other_adults = {statement for statement, (about, _) in told.items() if about != giver and about not in children}
    assert covered == told.keys() - other_adults


def test_only_the_words_that_are_named_are_disclosed_in_their_edition() -> None:
    past = [*a_part(), *a_part(edition=2), read_back(edition=2)]

    given(past).when(disclose, PART, consent_id=CONSENT, words={STATEMENT: "Sara vil gerne møde andre", an_id(99): "?"}).then(
        StatementDisclosed(
            family_id=LIND, course_id=COURSE, part_id=PART, edition=2, kind=PartKind.WISHES, statement_id=STATEMENT,
            about=SubjectId(SARA), consent_id=CONSENT, words="Sara vil gerne møde andre",
        )
    )  # fmt: skip
    given(past).when(disclose, PART, consent_id=CONSENT, words={}).then_nothing()


def test_what_is_disclosed_stays_about_whom_it_is_and_not_about_who_told_it() -> None:
    told: list[Fact] = [
        part_written(),
        statement_written(about=SubjectId(ALMA), words="Alma sover dårligt"),
        read_back(),
    ]

    (disclosed,) = given(told).when(disclose, PART, consent_id=CONSENT, words={STATEMENT: "Alma sover dårligt"}).facts

    assert isinstance(disclosed, StatementDisclosed)
    assert disclosed.about == ALMA


def test_themes_are_disclosed_under_the_consent() -> None:
    given(a_part(), read_back()).when(disclose_themes, PART, consent_id=CONSENT, themes=["network", "sleep"]).then(
        ThemeDisclosed(
            family_id=LIND, course_id=COURSE, part_id=PART, edition=1, consent_id=CONSENT, theme=theme
        )
        for theme in ("network", "sleep")
    )  # fmt: skip


@pytest.mark.parametrize(("decision", "said"), [(disclose, {"words": {}}), (disclose_themes, {"themes": []})])
def test_nothing_is_disclosed_of_a_part_that_is_not_there(decision: Any, said: dict[str, Any]) -> None:
    given(a_conversation()).when(decision, PART, consent_id=CONSENT, **said).then_refused(NoSuchPart, field="part_id")


def test_what_is_disclosed_lives_under_the_consent_and_the_note_under_the_course() -> None:
    """INT-08, RIG-18, INT-25: withdrawal closes the copy; the leader's own note stays, and ends with its course."""
    for kind, field, compartment in (
        (StatementDisclosed, "words", "shared_note"),
        (ThemeDisclosed, "theme", "shared_theme"),
    ):
        mark = kind.MARKS.personal[field]
        assert (mark.kept_in.name, mark.under) == (compartment, "consent_id")
    mark = StatementWritten.MARKS.personal["words"]
    assert (mark.kept_in.name, mark.about, mark.under) == ("note", "about", "course_id")
    assert not PartWritten.MARKS.personal
