"""No is the default; yes is narrow, bound to words, and taken back as easily as it was given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import consent
from domain.consent import (
    ABOUT_PARTS,
    RECIPIENT_OF,
    Answer,
    ConsentExpired,
    ConsentGiven,
    ConsentNotGiven,
    ConsentWithdrawn,
    EndsBeforeItBegins,
    NoPartHere,
    NotGiven,
    PartNeeded,
    Recipient,
    WordingNotInForce,
    answer,
    expire,
    withdraw,
)
from domain.errors import Refusal
from domain.facts import Fact
from domain.lists import Purpose, Way
from domain.text import InTheFuture, TooLongAgo
from tests.phrases import (
    CONSENT,
    ENDS_ON,
    PART,
    TODAY,
    VOLUNTEER,
    asked,
    consent_expired,
    consent_given,
    consent_not_given,
    consent_withdrawn,
    the_wording,
)
from tests.spec import Then, fold, given, quick

SMS = {"purpose": Purpose.SMS_REMINDERS, "part_id": None, "edition": None}
A_DAY = timedelta(days=1)


def answering(said: Answer, question: consent.Asked, **more: Any) -> Then:
    form: dict[str, Any] = {"wording": the_wording(), "on": TODAY, "until": ENDS_ON, "today": TODAY} | more
    return given().when(answer, CONSENT, question, said, **form)


def test_a_yes_says_who_for_what_to_whom_in_which_words_and_until_when() -> None:
    answering(Answer.YES, asked()).then(consent_given())
    answering(Answer.YES, asked(not_to=(VOLUNTEER,), translated=True, way=Way.IN_PERSON)).then(
        consent_given(not_to=(VOLUNTEER,), translated=True, way=Way.IN_PERSON)
    )
    answering(Answer.YES, asked(**SMS)).then(consent_given(**SMS, recipient=Recipient.REMINDER_SERVICE))


@pytest.mark.parametrize("said", [Answer.NO, Answer.NOT_DECIDED])
def test_no_and_not_decided_are_both_no(said: Answer) -> None:
    answering(said, asked()).then(consent_not_given(answer=said))
    assert not fold(consent.evolve, [consent_not_given(answer=said)]).in_force(TODAY)


def test_a_no_needs_neither_a_wording_nor_an_end() -> None:
    """To refuse is never made difficult (INT-10)."""
    nothing_said = the_wording(purposes=frozenset())

    answering(Answer.NO, asked(edition=None), wording=nothing_said, until=TODAY - A_DAY).then(consent_not_given())


answers, purposes, ways = st.sampled_from(Answer), st.sampled_from(Purpose), st.sampled_from(Way)


@quick
@any_of(answers, purposes, ways, st.frozensets(purposes), st.booleans(), st.integers(-3, 3))
def test_no_answer_but_yes_ever_gives_a_consent_and_none_is_wider_than_its_wording(
    said: Answer, purpose: Purpose, way: Way, spoken_of: frozenset[Purpose], with_part: bool, days: int
) -> None:
    part = {"part_id": PART, "edition": 1} if with_part else {"part_id": None, "edition": None}
    question = asked(purpose=purpose, way=way, **part)

    outcome = answering(said, question, wording=the_wording(purposes=spoken_of), until=TODAY + days * A_DAY).outcome

    if isinstance(outcome, Refusal):
        return
    (happened,) = outcome
    if said is Answer.YES:
        assert isinstance(happened, ConsentGiven)
        assert happened.purpose is purpose
        assert purpose in spoken_of
        assert happened.recipient is RECIPIENT_OF[purpose]
        assert (happened.part_id is not None) == (purpose in ABOUT_PARTS)
        assert happened.until >= TODAY
    else:
        assert isinstance(happened, ConsentNotGiven)


def test_every_purpose_reaches_exactly_one_recipient() -> None:
    assert RECIPIENT_OF.keys() == set(Purpose)
    assert RECIPIENT_OF[Purpose.SHARE_WITH_VOLUNTEERS] is Recipient.COURSE_VOLUNTEERS


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_wording_that_does_not_speak_of_a_purpose_gives_no_consent_to_it(purpose: Purpose) -> None:
    question = asked(purpose=purpose) if purpose in ABOUT_PARTS else asked(**(SMS | {"purpose": purpose}))
    others = the_wording(purposes=frozenset(Purpose) - {purpose})

    answering(Answer.YES, question, wording=others).then_refused(WordingNotInForce, field="wording_id")


@pytest.mark.parametrize("said", list(Answer))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_what_is_about_a_part_is_asked_part_by_part_and_nothing_else_is(purpose: Purpose, said: Answer) -> None:
    if purpose in ABOUT_PARTS:
        answering(said, asked(purpose=purpose, part_id=None, edition=None)).then_refused(PartNeeded, field="part_id")
    else:
        answering(said, asked(purpose=purpose)).then_refused(NoPartHere, field="part_id")


def test_a_yes_to_a_part_is_a_yes_to_one_edition_of_it() -> None:
    answering(Answer.YES, asked(edition=None)).then_refused(PartNeeded, field="edition")
    answering(Answer.YES, asked(**(SMS | {"edition": 1}))).then_refused(NoPartHere, field="edition")


def test_a_consent_does_not_end_before_it_begins() -> None:
    answering(Answer.YES, asked(), until=TODAY - A_DAY).then_refused(EndsBeforeItBegins, field="until")
    answering(Answer.YES, asked(), until=TODAY).then(consent_given(until=TODAY))


@pytest.mark.parametrize("said", list(Answer))
def test_nobody_answered_tomorrow_or_long_ago(said: Answer) -> None:
    answering(said, asked(), on=TODAY + A_DAY).then_refused(InTheFuture, field="on")
    answering(said, asked(), on=TODAY - 600 * A_DAY).then_refused(TooLongAgo, field="on")


# In force, and taken back.


@pytest.mark.parametrize("way", list(Way))
def test_a_consent_is_taken_back_in_any_way_and_once(way: Way) -> None:
    """Also another way than it was given (INT-08)."""
    given(consent_given()).when(withdraw, way=way, on=TODAY, today=TODAY).then(ConsentWithdrawn(way=way, on=TODAY))
    given(consent_given(), consent_withdrawn()).when(withdraw, way=way, on=TODAY, today=TODAY).then_nothing()


@quick
@any_of(st.integers(0, 3000))
def test_a_consent_is_taken_back_at_any_time(days: int) -> None:
    day = TODAY + days * A_DAY

    given(consent_given()).when(withdraw, way=Way.SMS, on=day, today=day).then(ConsentWithdrawn(way=Way.SMS, on=day))


def test_a_consent_that_has_run_out_needs_no_withdrawal() -> None:
    given(consent_given(), consent_expired()).when(withdraw, way=Way.SMS, on=TODAY, today=TODAY).then_nothing()


@pytest.mark.parametrize("said", [Answer.NO, Answer.NOT_DECIDED])
def test_what_was_never_given_cannot_be_taken_back(said: Answer) -> None:
    given(consent_not_given(answer=said)).when(withdraw, way=Way.SMS, on=TODAY, today=TODAY).then_refused(
        NotGiven, field="consent_id"
    )


def test_a_withdrawal_of_two_years_ago_is_a_slip_of_the_pen() -> None:
    given(consent_given()).when(withdraw, way=Way.SMS, on=TODAY - 600 * A_DAY, today=TODAY).then_refused(
        TooLongAgo, field="on"
    )


def test_nobody_takes_back_tomorrow() -> None:
    given(consent_given()).when(withdraw, way=Way.SMS, on=TODAY + A_DAY, today=TODAY).then_refused(
        InTheFuture, field="on"
    )


def test_a_consent_is_in_force_through_its_last_day_and_not_after_its_end() -> None:
    in_force = fold(consent.evolve, [consent_given()])

    assert in_force.in_force(ENDS_ON)
    assert not in_force.in_force(ENDS_ON + A_DAY)
    for end in (consent_withdrawn(), consent_expired()):
        assert not fold(consent.evolve, [consent_given(), end]).in_force(TODAY)


def test_a_consent_runs_out_the_day_after_its_last_and_once() -> None:
    after = ENDS_ON + A_DAY

    given(consent_given()).when(expire, today=ENDS_ON).then_nothing()
    given(consent_given()).when(expire, today=after).then(ConsentExpired(on=after))
    given(consent_given(), consent_expired(on=after)).when(expire, today=after + A_DAY).then_nothing()
    given(consent_given(), consent_withdrawn()).when(expire, today=after).then_nothing()
    given(consent_not_given()).when(expire, today=after).then_nothing()


@quick
@any_of(st.lists(st.tuples(st.sampled_from(["withdraw", "expire"]), st.dates(TODAY, date(2028, 1, 1))), max_size=6))
def test_what_has_ended_never_comes_back(tries: list[tuple[str, date]]) -> None:
    past: list[Fact] = [consent_given()]
    ended = False
    for deed, day in tries:
        said = {"way": Way.SMS, "on": day} if deed == "withdraw" else {}
        past += given(past).when(withdraw if deed == "withdraw" else expire, **said, today=day).facts
        state = fold(consent.evolve, past)
        assert not (ended and not state.ended)
        ended = state.ended
    assert sum(not isinstance(one, ConsentGiven) for one in past) == ended


def test_neither_a_no_nor_a_withdrawal_has_room_for_a_reason() -> None:
    assert set(ConsentWithdrawn.MARKS.clear) == {"way", "on"}
    assert set(ConsentNotGiven.MARKS.clear) == {
        "consent_id", "family_id", "asked", "course_id", "purpose", "part_id", "answer", "way", "taken_by", "on",
    }  # fmt: skip
    assert not ConsentWithdrawn.MARKS.personal
    assert not ConsentNotGiven.MARKS.personal
