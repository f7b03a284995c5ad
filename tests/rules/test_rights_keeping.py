"""What of an erasure stays is decided compartment by compartment, with a ground, an act and an end (RIG-04)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import Refusal
from gdpr.erasure import fence
from gdpr.keeping import NoEndDate, NoStatute, WrongGround, decide
from gdpr.rights import AlreadyCarriedOut, NotAnErasure, RightsCase, UnknownCompartment, evolve, refuse
from gdpr.rights_facts import CompartmentDecided, Ground, Outcome, RefusedBecause, RightsFact
from tests.rights_at_work import ACCESS, CHECKED, RECEIVED, TODAY, UNTIL, after

STATUTE = "Arkivloven § 8, stk. 1"
KEPT = CompartmentDecided(
    compartment="case_file", outcome=Outcome.KEEP, ground=Ground.LAW_DEMANDS_KEEPING, legal_basis=STATUTE,
    keep_until=UNTIL,
)  # fmt: skip


def keep(case: RightsCase, **changed: object) -> list[RightsFact]:
    asked = {"outcome": Outcome.KEEP, "ground": Ground.LAW_DEMANDS_KEEPING, "legal_basis": STATUTE, "keep_until": UNTIL}
    return decide(case, "case_file", today=TODAY, **(asked | changed))  # type: ignore[arg-type]


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
