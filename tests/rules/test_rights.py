"""A father, a mother and their son ask about their own data: what is recorded, refused, or passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.errors import Refusal
from domain.facts import FACTS, Personal
from domain.people import SubjectId
from domain.text import CprNumber, Empty, InTheFuture
from gdpr.erasure import fence
from gdpr.rights import (
    AlreadyCarriedOut,
    IdentityNotChecked,
    NoEndDate,
    NoStatute,
    NotAnErasure,
    NotOwnData,
    OutOfTurn,
    RequestClosed,
    RightsCase,
    Step,
    TooLateToExtend,
    UnknownCompartment,
    WrongGround,
    check_identity,
    complete,
    decide,
    evolve,
    extend,
    lift_restriction,
    next_step,
    place_restriction,
    receive,
    refuse,
)
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    DeadlineExtended,
    ExtendedBecause,
    Ground,
    IdentityChecked,
    Outcome,
    RefusedBecause,
    RequestReceived,
    RequestRefused,
    RestrictionLifted,
    RestrictionPlaced,
    Right,
    RightsFact,
)

CASE = UUID(int=1)
FATHER, MOTHER, SON = SubjectId(UUID(int=11)), SubjectId(UUID(int=12)), SubjectId(UUID(int=13))
TODAY = date(2027, 5, 12)
UNTIL = date(2032, 5, 12)
STATUTE = "Arkivloven § 8, stk. 1"

RECEIVED = RequestReceived(
    case_id=CASE, right=Right.ERASURE, subject=FATHER, asked_by=FATHER, received_on=TODAY,
    due_on=date(2027, 6, 14), told="Slet alt om mig",
)  # fmt: skip
CHECKED = IdentityChecked(on=TODAY, asked_by=FATHER, how="ringede op på det kendte nummer")
KEPT = CompartmentDecided(
    compartment="case_file", outcome=Outcome.KEEP, ground=Ground.LAW_DEMANDS_KEEPING, legal_basis=STATUTE,
    keep_until=UNTIL,
)  # fmt: skip
REFUSED = RequestRefused(ground=RefusedBecause.MANIFESTLY_UNFOUNDED, on=TODAY)
COMPLETED = Completed(on=TODAY, receipt_hash="00" * 32)
ACCESS = RequestReceived(
    case_id=CASE, right=Right.ACCESS, subject=SON, asked_by=MOTHER, received_on=TODAY, due_on=date(2027, 6, 14),
    told=None,
)  # fmt: skip


def after(*facts: RightsFact) -> RightsCase:
    case: RightsCase | None = None
    for happened in facts:
        case = evolve(case, happened)
    assert case is not None
    return case


def keep(case: RightsCase, **changed: object) -> list[RightsFact]:
    asked = {"outcome": Outcome.KEEP, "ground": Ground.LAW_DEMANDS_KEEPING, "legal_basis": STATUTE, "keep_until": UNTIL}
    return decide(case, "case_file", today=TODAY, **(asked | changed))  # type: ignore[arg-type]


def asks(subject: SubjectId, *, asked_by: UUID, entitled: bool = False) -> list[RightsFact]:
    return receive(
        CASE, Right.ERASURE, subject=subject, asked_by=asked_by, entitled=entitled, told="Slet alt om mig",
        received_on=TODAY, today=TODAY,
    )  # fmt: skip


# Receiving


def test_a_request_is_recorded_with_the_day_it_is_due() -> None:
    assert asks(FATHER, asked_by=FATHER) == [RECEIVED]


def test_a_mother_asks_for_her_son() -> None:
    (received,) = asks(SON, asked_by=MOTHER, entitled=True)

    assert isinstance(received, RequestReceived)
    assert (received.subject, received.asked_by) == (SON, MOTHER)


def test_a_father_may_not_ask_for_the_erasure_of_the_mothers_data() -> None:
    with pytest.raises(NotOwnData):
        asks(MOTHER, asked_by=FATHER)


def test_what_was_told_is_sealed_about_the_subject_and_may_hold_no_cpr_number() -> None:
    mark = FACTS["rights.request_received"].MARKS.personal["told"]

    assert isinstance(mark, Personal)
    assert (mark.about, mark.kept_in.name) == ("subject", "rights")
    with pytest.raises(CprNumber):
        receive(
            CASE, Right.ACCESS, subject=FATHER, asked_by=FATHER, entitled=False, told="jeg er 010190-1234",
            received_on=TODAY, today=TODAY,
        )  # fmt: skip


def test_a_request_cannot_have_been_received_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        receive(
            CASE, Right.ACCESS, subject=FATHER, asked_by=FATHER, entitled=False, told=None,
            received_on=TODAY + timedelta(days=1), today=TODAY,
        )  # fmt: skip


# Deadlines


def test_an_open_request_is_overdue_the_day_after_it_was_due() -> None:
    case = after(RECEIVED)

    assert not case.overdue(date(2027, 6, 14))
    assert case.overdue(date(2027, 6, 15))
    assert not after(RECEIVED, CHECKED, REFUSED).overdue(date(2027, 6, 15))


def test_an_extension_is_told_with_its_reason_before_the_first_deadline() -> None:
    told_on = date(2027, 6, 14)

    assert extend(after(RECEIVED), ExtendedBecause.COMPLEXITY, told_on=told_on, today=told_on) == [
        DeadlineExtended(because=ExtendedBecause.COMPLEXITY, told_on=told_on, due_on=date(2027, 8, 12))
    ]


def test_an_extension_after_the_deadline_is_too_late() -> None:
    late = date(2027, 6, 15)

    with pytest.raises(TooLateToExtend):
        extend(after(RECEIVED), ExtendedBecause.COMPLEXITY, told_on=late, today=late)


def test_there_is_one_extension() -> None:
    case = after(RECEIVED, *extend(after(RECEIVED), ExtendedBecause.COMPLEXITY, told_on=TODAY, today=TODAY))

    assert case.due_on == date(2027, 8, 12)
    assert extend(case, ExtendedBecause.NUMBER_OF_REQUESTS, told_on=TODAY, today=TODAY) == []


# Identity


def test_how_the_identity_was_checked_is_recorded_once() -> None:
    how = "ringede op på det kendte nummer"

    assert check_identity(after(RECEIVED), how=how, on=TODAY, today=TODAY) == [CHECKED]
    assert check_identity(after(RECEIVED, CHECKED), how="igen", on=TODAY, today=TODAY) == []


def test_a_check_without_a_word_on_how_is_none() -> None:
    with pytest.raises(Empty):
        check_identity(after(RECEIVED), how=" ", on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    "decision",
    [
        keep,
        lambda case: complete(case, on=TODAY, receipt_hash="00"),
        lambda case: place_restriction(case, ["note"]),
        lambda case: fence(case, ["note"], on=TODAY),
    ],
    ids=["decide", "complete", "restrict", "fence"],
)
def test_nothing_happens_before_it_is_known_who_asks(decision: Callable[[RightsCase], list[RightsFact]]) -> None:
    with pytest.raises(IdentityNotChecked):
        decision(after(RECEIVED))


# Deciding


def test_what_the_law_demands_is_kept_with_its_ground_its_act_and_its_end() -> None:
    assert keep(after(RECEIVED, CHECKED)) == [KEPT]


def test_the_same_decision_again_is_silent_and_another_one_replaces_it() -> None:
    case = after(RECEIVED, CHECKED, KEPT)

    assert keep(case) == []
    (changed,) = decide(case, "case_file", Outcome.ERASE, Ground.NO_LONGER_NEEDED, today=TODAY)
    assert case.stays("case_file")
    assert not evolve(case, changed).stays("case_file")


def test_erasing_needs_no_act_and_has_no_end() -> None:
    (decision,) = decide(
        after(RECEIVED, CHECKED), "note", Outcome.ERASE, Ground.CONSENT_WITHDRAWN, legal_basis="§ 1", keep_until=UNTIL,
        today=TODAY,
    )  # fmt: skip

    assert isinstance(decision, CompartmentDecided)
    assert (decision.legal_basis, decision.keep_until) == (None, None)


@pytest.mark.parametrize(
    ("outcome", "ground"),
    [
        *((Outcome.ERASE, ground) for ground in Ground if "17(3)" in ground),
        *((stays, ground) for stays in (Outcome.KEEP, Outcome.RESTRICT) for ground in Ground if "17(1)" in ground),
    ],
)
def test_a_ground_for_erasing_is_none_for_keeping_nor_the_other_way(outcome: Outcome, ground: Ground) -> None:
    with pytest.raises(WrongGround):
        keep(after(RECEIVED, CHECKED), outcome=outcome, ground=ground)


@pytest.mark.parametrize(
    "basis",
    [None, "", "fordi vi altid har gjort det", "§ 8, ring til 20 11 22 33", "§ 8 " + "x" * 200, "§ 8 om 010190-1234"],
)
@pytest.mark.parametrize("outcome", [Outcome.KEEP, Outcome.RESTRICT])
def test_what_stays_names_an_act_and_nothing_but_an_act(outcome: Outcome, basis: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        keep(after(RECEIVED, CHECKED), outcome=outcome, legal_basis=basis)

    assert refused.value.field == "legal_basis"
    assert not basis or basis not in str(refused.value)


@pytest.mark.parametrize("basis", ["Arkivloven § 8, stk. 1", "GDPR Art. 6(1)(c)", "LBK nr 1053 af 23/07/2024 § 12"])
def test_acts_are_named_in_the_usual_ways(basis: str) -> None:
    (decision,) = keep(after(RECEIVED, CHECKED), legal_basis=basis)

    assert isinstance(decision, CompartmentDecided)
    assert decision.legal_basis == basis


def test_a_decision_without_an_act_says_that_it_is_missing() -> None:
    with pytest.raises(NoStatute):
        keep(after(RECEIVED, CHECKED), legal_basis="fordi")


@pytest.mark.parametrize("until", [None, TODAY, TODAY - timedelta(days=1)])
def test_what_stays_has_an_end_that_is_to_come(until: date | None) -> None:
    with pytest.raises(NoEndDate):
        keep(after(RECEIVED, CHECKED), keep_until=until)


@pytest.mark.parametrize("name", ["rights", "attic"])
def test_the_case_itself_is_not_decided_upon_nor_what_does_not_exist(name: str) -> None:
    with pytest.raises(UnknownCompartment):
        decide(after(RECEIVED, CHECKED), name, Outcome.ERASE, Ground.NO_LONGER_NEEDED, today=TODAY)


def test_only_an_erasure_is_decided_by_compartment_and_carried_out_in_steps() -> None:
    case = after(ACCESS, CHECKED)

    with pytest.raises(NotAnErasure):
        keep(case)
    with pytest.raises(NotAnErasure):
        fence(case, ["note"], on=TODAY)


def test_a_decision_after_the_carrying_out_is_refused_and_its_repetition_silent() -> None:
    case = after(RECEIVED, CHECKED, KEPT)
    case = after(RECEIVED, CHECKED, KEPT, *fence(case, ["case_file", "note"], on=TODAY))

    assert keep(case) == []
    with pytest.raises(AlreadyCarriedOut):
        keep(case, outcome=Outcome.RESTRICT)
    with pytest.raises(AlreadyCarriedOut):
        refuse(case, RefusedBecause.MANIFESTLY_UNFOUNDED, on=TODAY)


# Refusing


def test_a_request_is_refused_once() -> None:
    case = after(RECEIVED)
    case = after(RECEIVED, *refuse(case, RefusedBecause.IDENTITY_NOT_PROVEN, on=TODAY))

    assert case.refused is RefusedBecause.IDENTITY_NOT_PROVEN
    assert refuse(case, RefusedBecause.IDENTITY_NOT_PROVEN, on=TODAY) == []
    with pytest.raises(RequestClosed):
        refuse(case, RefusedBecause.NOT_OWN_DATA, on=TODAY)


@pytest.mark.parametrize(
    "decision",
    [
        keep,
        lambda case: complete(case, on=TODAY, receipt_hash="00"),
        lambda case: place_restriction(case, ["note"]),
        lambda case: fence(case, ["note"], on=TODAY),
        lambda case: extend(case, ExtendedBecause.COMPLEXITY, told_on=TODAY, today=TODAY),
    ],
    ids=["decide", "complete", "restrict", "fence", "extend"],
)
def test_nothing_more_happens_to_a_refused_request(decision: Callable[[RightsCase], list[RightsFact]]) -> None:
    with pytest.raises(RequestClosed):
        decision(after(RECEIVED, CHECKED, REFUSED))


def test_who_asks_is_not_checked_any_more_once_the_request_is_refused() -> None:
    with pytest.raises(RequestClosed):
        check_identity(after(RECEIVED, REFUSED), how="pas", on=TODAY, today=TODAY)


# Completing, and restriction


def test_an_access_request_goes_from_the_identity_straight_to_the_answer() -> None:
    assert next_step(after(ACCESS)) is Step.CHECK_IDENTITY
    assert next_step(after(ACCESS, CHECKED)) is Step.COMPLETE
    assert complete(after(ACCESS, CHECKED), on=TODAY, receipt_hash="00" * 32) == [COMPLETED]
    assert next_step(after(ACCESS, CHECKED, COMPLETED)) is Step.NOTHING
    assert complete(after(ACCESS, CHECKED, COMPLETED), on=TODAY, receipt_hash="11" * 32) == []


def test_an_erasure_is_not_complete_before_it_was_carried_out() -> None:
    with pytest.raises(OutOfTurn):
        complete(after(RECEIVED, CHECKED), on=TODAY, receipt_hash="00")


def test_reading_is_restricted_once_and_does_not_open_by_itself() -> None:
    case = after(ACCESS, CHECKED)
    (placed,) = place_restriction(case, ["note", "contact"], until=UNTIL)

    assert placed == RestrictionPlaced(subject=SON, compartments=("contact", "note"), until=UNTIL)
    case = evolve(case, placed)
    assert case.restricted == {"contact", "note"}
    assert place_restriction(case, ["note"]) == []
    with pytest.raises(UnknownCompartment):
        place_restriction(case, ["attic"])


def test_a_restriction_is_lifted_after_the_person_was_told_also_when_the_case_is_closed() -> None:
    case = after(ACCESS, CHECKED, *place_restriction(after(ACCESS, CHECKED), ["note", "contact"]), COMPLETED)
    (lifted,) = lift_restriction(case, ["note", "roster"], told_on=TODAY, today=TODAY)

    assert lifted == RestrictionLifted(subject=SON, compartments=("note",), told_on=TODAY)
    assert evolve(case, lifted).restricted == {"contact"}
    assert lift_restriction(case, ["roster"], told_on=TODAY, today=TODAY) == []
    with pytest.raises(InTheFuture):
        lift_restriction(case, ["note"], told_on=TODAY + timedelta(days=1), today=TODAY)


def test_only_two_fields_of_a_case_hold_personal_data_and_both_are_kept_with_the_case() -> None:
    personal = {
        (topic, name): mark.kept_in.name
        for topic, kind in FACTS.items()
        if topic.startswith("rights.")
        for name, mark in kind.MARKS.personal.items()
    }

    assert personal == {("rights.request_received", "told"): "rights", ("rights.identity_checked", "how"): "rights"}
