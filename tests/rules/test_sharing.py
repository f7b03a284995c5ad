"""What was told is copied for others only as far as consents carry it, under keys that go with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain import introduction, sharing
from domain.custody import Arrangement, Holders
from domain.errors import Refusal
from domain.facts import Fact
from domain.introduction import (
    DisclosureClosed,
    Introduction,
    NoSuchPart,
    NotTheAuthor,
    StatementDisclosed,
    ThemeDisclosed,
)
from domain.lists import PartKind, Purpose
from domain.people import ConsentId, SubjectId
from domain.sharing import Answers, Key, NotReadBack, OtherEdition, Waiting, close_uncarried, disclose, ready_to_share
from tests.answers import no, taken_back, yes
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
    TODAY,
    VIGGO,
    a_conversation,
    a_part,
    an_id,
    part_written,
    read_back,
    saras_alone,
    shared_by_both,
    statement_written,
    the_circle,
)
from tests.spec import fold, given

VOLUNTEERS, THEMES = Purpose.SHARE_WITH_VOLUNTEERS, Purpose.ANONYMOUS_THEMES
OF_ALMA, OF_VIGGO, OF_ALL = an_id(61), an_id(62), an_id(63)
HERS, HIS, KEY = ConsentId(an_id(71)), ConsentId(an_id(72)), an_id(73)
CIRCLE = the_circle(children={ALMA: shared_by_both, VIGGO: saras_alone})
TOLD: list[Fact] = [
    part_written(),
    statement_written(),
    statement_written(statement_id=OTHER_STATEMENT, about=SubjectId(MIKKEL)),
    *(statement_written(statement_id=s, about=SubjectId(about)) for s, about in ((OF_ALMA, ALMA), (OF_VIGGO, VIGGO))),
    statement_written(statement_id=OF_ALL, about=SubjectId(LIND)),
    read_back(),
]
WORDS = dict.fromkeys((STATEMENT, OTHER_STATEMENT, OF_ALMA, OF_VIGGO, OF_ALL), "ord")
"""What Sara told of herself, of Mikkel, of the girl both hold custody of, of the boy she holds alone, and of the household."""


def the_note(*more: Fact) -> Introduction:
    return fold(introduction.evolve, [a_conversation(), *a_part(), *more])  # type: ignore[no-any-return]


def answers(*answered: Any, circle: Any = CIRCLE) -> Answers:
    return Answers(answered, circle, TODAY)


def readable(*answered: Any, circle: Any = CIRCLE, purpose: Purpose = VOLUNTEERS) -> dict[Any, frozenset[ConsentId]]:
    note = fold(introduction.evolve, TOLD)
    return dict(sharing.carried(note, PART, answers(*answered, circle=circle), purpose=purpose))


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


# What one yes opens, and what it waits for.


def test_her_yes_opens_her_own_words_the_households_and_those_of_the_boy_she_holds_alone() -> None:
    hers = yes(HERS, SARA, ALMA, VIGGO)
    assert readable(hers) == dict.fromkeys((SARA, LIND, VIGGO), frozenset({HERS}))


def test_the_girls_words_open_with_the_second_yes_and_what_is_about_him_with_his_own_only() -> None:
    both = readable(yes(HERS, SARA, ALMA, VIGGO), yes(HIS, MIKKEL, ALMA))
    assert both[SubjectId(ALMA)] == {HERS, HIS}
    assert both[SubjectId(MIKKEL)] == {HIS}
    assert both.keys() == {SARA, MIKKEL, ALMA, VIGGO, LIND}


def test_two_opposing_answers_are_a_no_for_the_child_and_the_household_and_for_nobody_else() -> None:
    """INT-22."""
    for against in (no(HIS, MIKKEL, ALMA), taken_back(HIS, MIKKEL, ALMA)):
        assert readable(yes(HERS, SARA, ALMA, VIGGO), against).keys() == {SARA, VIGGO}


def test_who_is_waited_for_is_told_to_the_leader() -> None:
    note = fold(introduction.evolve, TOLD)
    part = note.parts[PART]
    open_about = frozenset(readable(yes(HERS, SARA, ALMA, VIGGO)))
    assert sharing.waits_for(part, open_about, CIRCLE) == Waiting(2, frozenset({MIKKEL, SARA}), frozenset())
    unknown = the_circle(children={ALMA: Holders(), VIGGO: saras_alone})
    assert sharing.waits_for(part, open_about, unknown) == Waiting(2, frozenset({MIKKEL}), frozenset({ALMA}))


def test_themes_are_the_households() -> None:
    assert readable(yes(HERS, SARA, purpose=THEMES), purpose=THEMES) == {LIND: frozenset({HERS})}
    assert readable(yes(HERS, SARA, purpose=THEMES), no(HIS, MIKKEL, purpose=THEMES), purpose=THEMES) == {}


# Copied, and closed again.


def test_only_words_about_those_who_are_carried_are_copied_in_their_edition() -> None:
    under = {SubjectId(SARA): Key(HERS, (HERS,))}
    given(TOLD).when(disclose, PART, under=under, words=WORDS).then(
        StatementDisclosed(
            family_id=LIND, course_id=COURSE, part_id=PART, edition=1, kind=PartKind.WISHES, statement_id=STATEMENT,
            about=SubjectId(SARA), key_id=HERS, rests_on=(HERS,), words="ord",
        )
    )  # fmt: skip
    given(TOLD).when(disclose, PART, under={}, words=WORDS).then_nothing()
    given(TOLD).when(disclose, PART, under=under, words={}).then_nothing()
    given(a_conversation()).when(disclose, PART, under=under, words=WORDS).then_refused(NoSuchPart, field="part_id")


def test_themes_are_copied_without_identity() -> None:
    key = Key(KEY, (HERS,))
    given(TOLD).when(sharing.disclose_themes, PART, under=key, themes=["network", "sleep"]).then(
        ThemeDisclosed(
            family_id=LIND, course_id=COURSE, part_id=PART, edition=1, key_id=KEY, rests_on=(HERS,), theme=theme
        )
        for theme in ("network", "sleep")
    )  # fmt: skip
    given(a_conversation()).when(sharing.disclose_themes, PART, under=key, themes=[]).then_refused(
        NoSuchPart, field="part_id"
    )


def test_what_one_told_is_kept_for_the_next_course_on_a_yes_to_that_alone() -> None:
    carry = {"purpose": Purpose.CARRY_OVER, "part_id": None, "edition": None}
    note = fold(introduction.evolve, TOLD)
    hers = replace(yes(HERS, SARA, VIGGO, purpose=Purpose.CARRY_OVER), **carry)  # type: ignore[arg-type]
    assert sharing.may_keep(note, answers(yes(HERS, SARA, ALMA, VIGGO))) == {}, "to share is not to keep"
    assert sharing.may_keep(note, answers(hers)).keys() == {SARA, VIGGO, LIND}

    under = {SubjectId(SARA): Key(HERS, (HERS,))}
    kept = given(TOLD).when(sharing.keep, told_by={SARA}, under=under, words=WORDS).facts
    assert [(fact.statement_id, fact.about, fact.rests_on) for fact in kept] == [(STATEMENT, SARA, (HERS,))]  # type: ignore[union-attr]
    given(TOLD).when(sharing.keep, told_by={MIKKEL}, under=under, words=WORDS).then_nothing()
    given(TOLD[:-1]).when(sharing.keep, told_by={SARA}, under=under, words=WORDS).then_nothing()
    given(*TOLD, *kept).when(close_uncarried, answers=answers(hers)).then_nothing()
    given(*TOLD, *kept).when(close_uncarried, answers=answers()).then(DisclosureClosed(key_id=HERS, on=TODAY))


GIRLS = Key(KEY, (HERS, HIS))
SHARED = [
    *TOLD,
    *given(TOLD)
    .when(disclose, PART, under={SubjectId(SARA): Key(HERS, (HERS,)), SubjectId(ALMA): GIRLS}, words=WORDS)
    .facts,
]


@pytest.mark.parametrize(
    "left",
    [
        (yes(HERS, SARA, ALMA), taken_back(HIS, MIKKEL, ALMA)), (yes(HERS, SARA, ALMA), no(HIS, MIKKEL, ALMA)),
        (yes(HERS, SARA, ALMA),), (yes(HERS, SARA, ALMA), yes(HIS, MIKKEL)),
        (yes(HERS, SARA, ALMA), yes(HIS, MIKKEL, ALMA, edition=2)),
    ],
    ids=["he takes it back", "he says no", "his has run out", "his yes is for himself", "his yes is to other words"],
)  # fmt: skip
def test_what_is_about_the_child_closes_when_either_yes_goes_and_nothing_else_does(left: tuple[Any, ...]) -> None:
    given(SHARED).when(close_uncarried, answers=answers(*left)).then(DisclosureClosed(key_id=KEY, on=TODAY))


@pytest.mark.parametrize(
    "told", [Holders(), Holders(Arrangement.JOINT, frozenset({SARA, MIKKEL}), elsewhere=True)], ids=["unknown", "a third"]
)  # fmt: skip
def test_it_closes_when_the_family_says_otherwise_of_custody(told: Holders) -> None:
    both = (yes(HERS, SARA, ALMA), yes(HIS, MIKKEL, ALMA))
    given(SHARED).when(close_uncarried, answers=answers(*both)).then_nothing()
    circle = the_circle(children={ALMA: told, VIGGO: saras_alone})
    given(SHARED).when(close_uncarried, answers=answers(*both, circle=circle)).then(
        DisclosureClosed(key_id=KEY, on=TODAY)
    )


def test_what_closed_is_closed_once() -> None:
    closed = DisclosureClosed(key_id=KEY, on=TODAY)
    given(*SHARED, closed).when(close_uncarried, answers=answers(yes(HERS, SARA, ALMA))).then_nothing()


def test_what_is_disclosed_lies_under_the_key_that_goes_with_its_consents() -> None:
    """INT-08, RIG-18: withdrawal closes the copy; the leader's own note stays."""
    for kind, field, compartment in (
        (StatementDisclosed, "words", "shared_note"),
        (ThemeDisclosed, "theme", "shared_theme"),
    ):
        mark = kind.MARKS.personal[field]
        assert (mark.kept_in.name, mark.under) == (compartment, "key_id")
