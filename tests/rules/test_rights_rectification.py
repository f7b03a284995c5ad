"""What a person holds to be wrong is corrected by its keeper or stands beside its statement, and recipients are told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from domain.text import CprNumber, Empty, InTheFuture
from gdpr.answering_facts import (
    Concerning,
    CorrectionDecided,
    CorrectionMade,
    CorrectionRefused,
    CorrectionWished,
    ReasonsWritten,
    RecipientKind,
    RecipientTold,
)
from gdpr.rectification import (
    CorrectionDecidedBefore,
    NoSuchCorrection,
    NoSuchField,
    NotARectification,
    NothingToCorrect,
    Wished,
    complete,
    correctable,
    decide,
    made,
    tell,
    wish,
)
from gdpr.rights import BeforeTheRequest, OutOfTurn, RequestClosed, Step, next_step
from gdpr.rights_facts import Completed, Right
from tests.rights_at_work import ACCESS, CHECKED, FATHER, REFUSED, TODAY, after, received

HELD = ("roster", "contact", "club_telephone", "note", "rights")
ASKED = received(Right.RECTIFICATION)
NAME = Wished("roster", "given_name", "Frode")
STREAM = UUID(int=77)
ACCEPTED = CorrectionDecided(number=1, refused=None, on=TODAY)
VOLUNTEER = str(UUID(int=99))


def wished() -> CorrectionWished:
    (fact,) = wish(FATHER, [NAME], held=HELD)
    assert isinstance(fact, CorrectionWished)
    return fact


def test_a_wish_names_a_field_that_is_kept_here_and_what_it_should_say() -> None:
    assert wished() == CorrectionWished(
        asked_by=FATHER, number=1, compartment="roster", field="given_name", record=None, wished="Frode"
    )


@pytest.mark.parametrize(
    ("compartment", "field"),
    [("roster", "telephone"), ("case_file", "remark"), ("rights", "told"), ("attic", "given_name")],
)
def test_a_field_of_another_compartment_realm_or_case_is_unknown(compartment: str, field: str) -> None:
    with pytest.raises(NoSuchField):
        wish(FATHER, [Wished(compartment, field, "andet")], held=HELD)


def test_what_can_be_corrected_is_read_from_the_marks() -> None:
    assert {("roster", "given_name"), ("note", "words"), ("club_telephone", "telephone")} <= set(correctable(HELD))
    assert not [name for name, _ in correctable(HELD) if name == "rights"]


def test_a_wish_says_something_and_no_cpr_number() -> None:
    with pytest.raises(NothingToCorrect):
        wish(FATHER, [], held=HELD)
    with pytest.raises(Empty):
        wish(FATHER, [Wished("roster", "given_name", " ")], held=HELD)
    with pytest.raises(CprNumber):
        wish(FATHER, [Wished("roster", "given_name", "010190-1234")], held=HELD)


def test_an_accepted_correction_waits_for_its_keeper_and_then_the_case_can_be_completed() -> None:
    case = after(ASKED, wished(), CHECKED)
    assert next_step(case) is Step.DECIDE
    assert decide(case, 1, None, reasons=None, on=TODAY) == [ACCEPTED]
    case = after(ASKED, wished(), CHECKED, ACCEPTED)
    assert next_step(case) is Step.CORRECT
    with pytest.raises(OutOfTurn):
        complete(case, on=TODAY)
    done = made(case, 1, stream=STREAM, version=5, on=TODAY)
    assert done == [CorrectionMade(number=1, on=TODAY, stream=STREAM, version=5)]
    case = after(ASKED, wished(), CHECKED, ACCEPTED, *done)
    assert made(case, 1, stream=STREAM, version=6, on=TODAY) == []
    (completed,) = complete(case, on=TODAY)
    assert isinstance(completed, Completed)


def test_a_refused_correction_has_reasons_and_cannot_be_made() -> None:
    case = after(ASKED, wished(), CHECKED)

    with pytest.raises(Empty):
        decide(case, 1, CorrectionRefused.HELD_TO_BE_ACCURATE, reasons=None, on=TODAY)
    decided, why = decide(case, 1, CorrectionRefused.HELD_TO_BE_ACCURATE, reasons="vi har set papiret", on=TODAY)
    assert why == ReasonsWritten(asked_by=FATHER, concerning=Concerning.CORRECTION, words="vi har set papiret")
    case = after(ASKED, wished(), CHECKED, decided)
    with pytest.raises(OutOfTurn):
        made(case, 1, stream=STREAM, version=5, on=TODAY)
    assert next_step(case) is Step.COMPLETE


def test_a_correction_is_decided_once() -> None:
    case = after(ASKED, wished(), CHECKED, ACCEPTED)

    assert decide(case, 1, None, reasons=None, on=TODAY) == []
    done = made(case, 1, stream=STREAM, version=5, on=TODAY)
    with pytest.raises(CorrectionDecidedBefore):
        decide(
            after(ASKED, wished(), CHECKED, ACCEPTED, *done),
            1,
            CorrectionRefused.NOT_HELD_HERE,
            reasons="nej",
            on=TODAY,
        )
    with pytest.raises(NoSuchCorrection):
        decide(case, 2, None, reasons=None, on=TODAY)


def test_what_was_accepted_and_cannot_be_corrected_after_all_is_refused_with_reasons() -> None:
    case = after(ASKED, wished(), CHECKED, ACCEPTED)
    refused, _ = decide(case, 1, CorrectionRefused.NOT_HELD_HERE, reasons="står der ikke", on=TODAY)
    case = after(ASKED, wished(), CHECKED, ACCEPTED, refused)

    assert next_step(case) is Step.COMPLETE
    with pytest.raises(CorrectionDecidedBefore):
        decide(case, 1, None, reasons=None, on=TODAY)


def test_another_right_is_not_completed_as_a_rectification() -> None:
    with pytest.raises(NotARectification):
        complete(after(ACCESS, CHECKED), on=TODAY)


def test_a_recipient_is_told_once_also_after_the_case_is_closed() -> None:
    told = tell(after(ASKED, wished(), CHECKED), RecipientKind.READER, VOLUNTEER, on=TODAY, today=TODAY)

    assert told == [RecipientTold(kind=RecipientKind.READER, recipient=VOLUNTEER, on=TODAY)]
    case = after(ASKED, wished(), CHECKED, *told)
    assert tell(case, RecipientKind.READER, VOLUNTEER, on=TODAY, today=TODAY) == []


def test_nobody_is_told_tomorrow_before_the_request_of_a_refused_one_or_of_an_access() -> None:
    day, case = timedelta(days=1), after(ASKED, wished(), CHECKED)

    with pytest.raises(InTheFuture):
        tell(case, RecipientKind.READER, VOLUNTEER, on=TODAY + day, today=TODAY)
    with pytest.raises(BeforeTheRequest):
        tell(case, RecipientKind.READER, VOLUNTEER, on=TODAY - day, today=TODAY)
    with pytest.raises(RequestClosed):
        tell(after(ASKED, wished(), CHECKED, REFUSED), RecipientKind.READER, VOLUNTEER, on=TODAY, today=TODAY)
    with pytest.raises(OutOfTurn):
        tell(after(ACCESS, CHECKED), RecipientKind.READER, VOLUNTEER, on=TODAY, today=TODAY)
