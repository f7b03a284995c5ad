"""An objection is heard against public task and legitimate interest alone, and nobody reads while it is pending (Art. 21)."""

from __future__ import annotations

import pytest

from domain.compartments import COMPARTMENTS, Basis
from domain.text import Empty
from gdpr.answering_facts import CompellingGround, Concerning, ObjectionDecided, ObjectionRaised, ReasonsWritten
from gdpr.objection import (
    DecidedBefore,
    NotAnObjection,
    NothingObjectedTo,
    NotOpenToObjection,
    decide,
    pause,
    raise_objection,
)
from gdpr.restriction import lift, opened
from gdpr.rights import OutOfTurn, UnknownCompartment
from gdpr.rights_facts import RestrictedBecause, RestrictionLifted, RestrictionPlaced, Right
from tests.rights_at_work import ACCESS, CHECKED, FATHER, HOUSEHOLD, TODAY, after, received

ASKED = received(Right.OBJECTION)
RAISED = ObjectionRaised(subject=FATHER, compartments=("case_file",))
PAUSED = RestrictionPlaced(
    subject=FATHER, compartments=("case_file",), until=None, because=RestrictedBecause.OBJECTION_PENDING
)
ALL = [compartment.name for compartment in COMPARTMENTS]


@pytest.mark.parametrize("compartment", COMPARTMENTS, ids=lambda each: each.name)
def test_only_what_rests_on_public_task_or_legitimate_interest_is_open_to_objection(compartment: object) -> None:
    name, basis = compartment.name, compartment.basis  # type: ignore[attr-defined]
    if basis in (Basis.PUBLIC_TASK, Basis.LEGITIMATE_INTEREST):
        assert raise_objection(FATHER, [name], held=ALL) == [ObjectionRaised(subject=FATHER, compartments=(name,))]
    else:
        with pytest.raises(NotOpenToObjection):
            raise_objection(FATHER, [name], held=ALL)


def test_an_objection_says_what_it_is_against_and_that_is_held_here() -> None:
    with pytest.raises(NothingObjectedTo):
        raise_objection(FATHER, [], held=ALL)
    with pytest.raises(UnknownCompartment):
        raise_objection(FATHER, ["case_file"], held=["note"])


def test_nobody_reads_while_it_is_pending_and_no_lift_opens_it() -> None:
    assert pause(after(ASKED, RAISED, CHECKED)) == [PAUSED]
    assert len(pause(after(ASKED, RAISED, CHECKED), also=[HOUSEHOLD])) == 2
    assert pause(after(ACCESS, CHECKED)) == []
    with pytest.raises(OutOfTurn):
        lift(after(ASKED, RAISED, CHECKED, PAUSED), told_on=TODAY, today=TODAY)


def test_an_objection_that_is_upheld_stays_restricted() -> None:
    decided = decide(after(ASKED, RAISED, CHECKED, PAUSED), None, reasons=None, told_on=TODAY)

    assert decided == [ObjectionDecided(compelling=None, on=TODAY)]
    assert after(ASKED, RAISED, CHECKED, PAUSED, *decided).restricted == {(FATHER, "case_file")}


def test_a_compelling_ground_is_stated_and_opens_it_again() -> None:
    case = after(ASKED, RAISED, CHECKED, PAUSED)

    with pytest.raises(Empty):
        decide(case, CompellingGround.LEGAL_CLAIMS, reasons=None, told_on=TODAY)
    assert decide(case, CompellingGround.LEGAL_CLAIMS, reasons="sagen verserer", told_on=TODAY) == [
        ObjectionDecided(compelling=CompellingGround.LEGAL_CLAIMS, on=TODAY),
        ReasonsWritten(asked_by=FATHER, concerning=Concerning.OBJECTION, words="sagen verserer"),
        RestrictionLifted(subject=FATHER, compartments=("case_file",), told_on=TODAY),
    ]


def test_it_is_decided_once_and_only_an_objection_is() -> None:
    case = after(ASKED, RAISED, CHECKED, PAUSED, ObjectionDecided(compelling=None, on=TODAY))

    assert decide(case, None, reasons=None, told_on=TODAY) == []
    with pytest.raises(DecidedBefore):
        decide(case, CompellingGround.LEGAL_CLAIMS, reasons="dog", told_on=TODAY)
    with pytest.raises(NotAnObjection):
        decide(after(ACCESS, CHECKED), None, reasons=None, told_on=TODAY)


def test_what_a_refused_objection_had_paused_is_opened_again() -> None:
    assert opened(after(ASKED, RAISED, CHECKED, PAUSED), told_on=TODAY) == [
        RestrictionLifted(subject=FATHER, compartments=("case_file",), told_on=TODAY)
    ]
