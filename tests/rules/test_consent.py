"""No is the default; yes is narrow, bound to words, and taken back as easily as it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import asking, consent
from domain.asking import (
    CustodyNotTold,
    EndsAfterItsWords,
    EndsBeforeItBegins,
    NoPartHere,
    NotAHolder,
    NotInTheFamily,
    PartNeeded,
    WordingNotInForce,
    answer,
)
from domain.consent import (
    Answer,
    AskedBack,
    ConsentExpired,
    ConsentGiven,
    ConsentNotGiven,
    ConsentWithdrawn,
    NotGiven,
    Outcome,
    OutcomeImplausible,
    ProofEnded,
    ProofNeeded,
    StillInForce,
    ask_back,
    end_proof,
    expire,
    withdraw,
)
from domain.custody import Holders
from domain.errors import Refusal
from domain.facts import Fact
from domain.lists import Purpose, Way
from domain.purposes import ABOUT_PARTS, DATA_OF, DAYS_AFTER_COURSE, RECIPIENT_OF, Data, Recipient
from domain.text import CprNumber, InTheFuture, TooLongAgo
from domain.wording import all_of
from tests.phrases import (
    ALMA,
    CONSENT,
    ENDS_ON,
    LEADER,
    MIKKEL,
    PART,
    PROOF,
    SARA,
    STRANGER,
    TODAY,
    VIGGO,
    VOLUNTEER,
    asked,
    consent_expired,
    consent_given,
    consent_not_given,
    consent_withdrawn,
    saras_alone,
    shared_by_both,
    the_circle,
    the_wording,
)
from tests.spec import Then, fold, given, quick

SMS = {"purpose": Purpose.SMS_REMINDERS, "part_id": None, "edition": None}
A_DAY = timedelta(days=1)
NO_CHILDREN = the_circle(children={})


def answering(
    said: Answer, question: asking.Asked, *, on: date = TODAY, until: date = ENDS_ON, today: date = TODAY, **more: Any
) -> Then:
    form: dict[str, Any] = {"wording": the_wording(), "circle": NO_CHILDREN, "proof_id": PROOF, "today": today} | more
    term = asking.Term(on=on, until=until, course_ends_on=ENDS_ON)
    return given().when(answer, CONSENT, question, said, term=term, **form)


def test_a_yes_says_who_for_what_to_whom_in_which_words_and_until_when() -> None:
    answering(Answer.YES, asked()).then(consent_given())
    answering(Answer.YES, asked(not_to=(VOLUNTEER,), translated=True, way=Way.IN_PERSON)).then(
        consent_given(not_to=(VOLUNTEER,), translated=True, way=Way.IN_PERSON)
    )
    answering(Answer.YES, asked(**SMS)).then(
        consent_given(**SMS, recipient=Recipient.REMINDER_SERVICE, data=(Data.TELEPHONE,))
    )


@pytest.mark.parametrize("said", [Answer.NO, Answer.NOT_DECIDED])
def test_no_and_not_decided_are_both_no(said: Answer) -> None:
    answering(said, asked()).then(consent_not_given(answer=said))
    assert not fold(consent.evolve, [consent_not_given(answer=said)]).in_force(TODAY)


def test_a_no_needs_neither_a_wording_nor_an_end() -> None:
    """To refuse is never made difficult (INT-10)."""
    answering(Answer.NO, asked(edition=None), wording=None, until=TODAY - A_DAY).then(
        consent_not_given(wording_id=None, wording_version=None, wording_hash=None, language=None)
    )
    answering(Answer.YES, asked(), wording=None).then_refused(WordingNotInForce, field="wording_id")


answers, purposes, ways = st.sampled_from(Answer), st.sampled_from(Purpose), st.sampled_from(Way)


@quick
@any_of(answers, purposes, ways, st.frozensets(purposes), st.booleans(), st.integers(-3, 3))
def test_no_answer_but_yes_ever_gives_a_consent_and_none_is_wider_than_its_wording(
    said: Answer, purpose: Purpose, way: Way, spoken_of: frozenset[Purpose], with_part: bool, days: int
) -> None:
    part = {"part_id": PART, "edition": 1} if with_part else {"part_id": None, "edition": None}
    question = asked(purpose=purpose, way=way, **part)

    words = the_wording(states=tuple(map(all_of, spoken_of)))
    outcome = answering(said, question, wording=words, until=TODAY + days * A_DAY).outcome

    if isinstance(outcome, Refusal):
        return
    (happened,) = outcome
    if said is Answer.YES:
        assert isinstance(happened, ConsentGiven)
        assert happened.purpose is purpose
        assert purpose in spoken_of
        assert happened.recipient is RECIPIENT_OF[purpose]
        assert happened.data == DATA_OF[purpose]
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
    others = the_wording(states=tuple(all_of(other) for other in Purpose if other is not purpose))

    answering(Answer.YES, question, wording=others).then_refused(WordingNotInForce, field="wording_id")


def test_a_consent_lies_inside_what_its_wording_states_of_recipient_data_and_end() -> None:
    """Notice as boundary: nobody says yes to what the words they heard did not say."""
    stated = all_of(Purpose.BRIDGING_OFFER)
    question = asked(**(SMS | {"purpose": Purpose.BRIDGING_OFFER}))
    for narrower in ({"recipient": Recipient.SECRETARIAT}, {"data": (Data.NAME_AND_TELEPHONE,)}, {"data": ()}):
        words = the_wording(states=(replace(stated, **narrower),))  # type: ignore[arg-type]
        answering(Answer.YES, question, wording=words).then_refused(WordingNotInForce, field="wording_id")
    assert answering(Answer.YES, question, wording=the_wording(states=(stated,))).facts


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_consent_ends_with_its_course_unless_its_words_say_a_later_day(purpose: Purpose) -> None:
    part = {"part_id": PART, "edition": 1} if purpose in ABOUT_PARTS else {"part_id": None, "edition": None}
    question, words = asked(purpose=purpose, **part), the_wording(states=(all_of(purpose),))
    last = ENDS_ON + DAYS_AFTER_COURSE[purpose] * A_DAY

    (given_,) = answering(Answer.YES, question, wording=words, until=last).facts
    assert isinstance(given_, ConsentGiven) and given_.until == last
    answering(Answer.YES, question, wording=words, until=last + A_DAY).then_refused(EndsAfterItsWords, field="until")


# In what capacity, and for whom.


def test_an_adult_answers_for_itself_and_for_the_children_it_holds_custody_of() -> None:
    circle = the_circle(children={ALMA: shared_by_both, VIGGO: saras_alone})
    (hers,) = answering(Answer.YES, asked(), circle=circle).facts
    (his,) = answering(Answer.YES, asked(person_id=MIKKEL), circle=circle).facts
    (her_number,) = answering(Answer.YES, asked(**SMS), circle=circle).facts
    assert isinstance(hers, ConsentGiven) and isinstance(his, ConsentGiven) and isinstance(her_number, ConsentGiven)
    assert (hers.on_behalf_of, hers.capacity) == ((ALMA, VIGGO), "holder_of_custody")
    assert (his.on_behalf_of, his.capacity) == ((ALMA,), "holder_of_custody")
    assert (her_number.on_behalf_of, her_number.capacity) == ((), "self"), "a telephone number is her own"


def test_who_holds_no_custody_answers_as_another_caregiver_and_for_no_child() -> None:
    circle = the_circle(children={VIGGO: saras_alone})
    (his,) = answering(Answer.YES, asked(person_id=MIKKEL), circle=circle).facts
    assert isinstance(his, ConsentGiven)
    assert (his.on_behalf_of, his.capacity) == ((), "other_caregiver")


@pytest.mark.parametrize(
    ("child", "who", "refusal"),
    [
        (STRANGER, SARA, NotInTheFamily), (VIGGO, MIKKEL, NotAHolder), (ALMA, SARA, CustodyNotTold),
        (ALMA, MIKKEL, CustodyNotTold),
    ],
    ids=["another family's child", "no custody", "custody not told", "custody not told, the other adult"],
)  # fmt: skip
def test_nobody_says_yes_for_a_child_it_does_not_answer_for(child: Any, who: Any, refusal: type[Refusal]) -> None:
    circle = the_circle(children={ALMA: Holders(), VIGGO: saras_alone})
    question = asked(person_id=who, on_behalf_of=frozenset({child}))
    answering(Answer.YES, question, circle=circle).then_refused(refusal, field="on_behalf_of")


def test_to_say_no_for_a_child_of_ones_family_nothing_has_to_be_shown() -> None:
    circle = the_circle(children={ALMA: Holders(), VIGGO: saras_alone})
    for child in (ALMA, VIGGO):
        question = asked(person_id=MIKKEL, on_behalf_of=frozenset({child}))
        answering(Answer.NO, question, circle=circle).then(consent_not_given(asked=MIKKEL, on_behalf_of=(child,)))
    stranger = asked(on_behalf_of=frozenset({STRANGER}))
    answering(Answer.NO, stranger, circle=circle).then_refused(NotInTheFamily, field="on_behalf_of")


def test_how_it_was_said_and_who_translated_is_written_down_and_sealed_under_the_proofs_own_key() -> None:
    answering(Answer.YES, asked(interpreter="Farah, tolk", said="med egne ord")).then(
        consent_given(interpreter="Farah, tolk", said="med egne ord", translated=True)
    )
    answering(Answer.YES, asked(said="010222-1234")).then_refused(CprNumber, field="said")
    for mark in ConsentGiven.MARKS.personal.values():
        assert (mark.kept_in.name, mark.about, mark.under) == ("consent_proof", "given_by", "proof_id")


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


# Asked back, and the end of the proof.


def test_after_the_end_readers_are_told_and_sheets_dealt_with_each_once() -> None:
    sheet = PART
    told = {"reader": LEADER, "outcome": Outcome.TOLD, "today": TODAY}
    given(consent_given()).when(ask_back, **told).then_refused(StillInForce, field="consent_id")
    given(consent_given(), consent_withdrawn()).when(ask_back, **told).then(
        AskedBack(reader=LEADER, sheet=None, outcome=Outcome.TOLD, on=TODAY)
    )
    done = AskedBack(reader=None, sheet=sheet, outcome=Outcome.NOT_FOUND, on=TODAY)
    past = [consent_given(), consent_withdrawn(), done]
    given(past).when(ask_back, sheet=sheet, outcome=Outcome.NOT_FOUND, today=TODAY).then_nothing()
    given(past).when(ask_back, sheet=sheet, outcome=Outcome.DESTROYED, today=TODAY).then(
        AskedBack(reader=None, sheet=sheet, outcome=Outcome.DESTROYED, on=TODAY)
    )


@pytest.mark.parametrize(
    "found",
    [
        {"reader": LEADER, "outcome": Outcome.DESTROYED}, {"sheet": PART, "outcome": Outcome.TOLD},
        {"outcome": Outcome.TOLD}, {"reader": LEADER, "sheet": PART, "outcome": Outcome.TOLD},
    ],
)  # fmt: skip
def test_a_reader_is_told_and_a_sheet_is_destroyed_or_not_found(found: dict[str, Any]) -> None:
    given(consent_given(), consent_withdrawn()).when(ask_back, **found, today=TODAY).then_refused(
        OutcomeImplausible, field="outcome"
    )


def test_the_proof_ends_after_the_time_for_a_dispute_and_not_before() -> None:
    window = {"not_before": TODAY + 90 * A_DAY}
    ended = [consent_given(), consent_withdrawn()]
    given(consent_given()).when(end_proof, **window, today=ENDS_ON).then_refused(StillInForce, field="consent_id")
    given(ended).when(end_proof, **window, today=TODAY + 89 * A_DAY).then_refused(ProofNeeded, field="consent_id")
    day = TODAY + 90 * A_DAY
    given(ended).when(end_proof, **window, today=day).then(ProofEnded(on=day))
    given(consent_not_given()).when(end_proof, **window, today=day).then(ProofEnded(on=day))
    given(*ended, ProofEnded(on=day)).when(end_proof, **window, today=day).then_nothing()


def test_neither_a_no_nor_a_withdrawal_has_room_for_a_reason() -> None:
    assert set(ConsentWithdrawn.MARKS.clear) == {"way", "on"}
    assert set(ConsentNotGiven.MARKS.clear) == {
        "consent_id", "family_id", "asked", "on_behalf_of", "course_id", "purpose", "part_id", "answer", "wording_id",
        "wording_version", "wording_hash", "language", "way", "taken_by", "on",
    }  # fmt: skip
    assert not ConsentWithdrawn.MARKS.personal
    assert not ConsentNotGiven.MARKS.personal
