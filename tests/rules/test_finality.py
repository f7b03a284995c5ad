"""An erasure is final when the last epoch that wrapped one of its keys is gone, and not one epoch earlier."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.people import SubjectId
from gdpr import receipts
from gdpr.erasure import destroyed
from gdpr.finality import final, waits_for
from gdpr.ports import DestroyedKey
from gdpr.rights import RightsCase, evolve
from gdpr.rights_facts import (
    Completed,
    EnteredInLedger,
    ErasureFinal,
    Fenced,
    IdentityChecked,
    RequestReceived,
    Right,
    RightsFact,
    RowsPurged,
)

FATHER = SubjectId(UUID(int=11))
TODAY, LATER = date(2027, 5, 20), date(2027, 6, 10)
BEGUN: tuple[RightsFact, ...] = (
    RequestReceived(
        case_id=UUID(int=1), right=Right.ERASURE, subject=FATHER, asked_by=FATHER, received_on=TODAY,
        due_on=date(2027, 6, 21), told=None,
    ),
    IdentityChecked(on=TODAY, asked_by=FATHER, how="pas set"),
    Fenced(on=TODAY, subjects=(FATHER,), closed=("note", "roster"), kept=()),
)  # fmt: skip
FINISHED: tuple[RightsFact, ...] = (
    EnteredInLedger(size=1, head="aa"),
    RowsPurged(views=3, outbox=0),
    Completed(on=TODAY, receipt_hash="bb"),
)


def after(*facts: RightsFact) -> RightsCase:
    case: RightsCase | None = None
    for happened in facts:
        case = evolve(case, happened)
    assert case is not None
    return case


def carried_out(*keys: tuple[str, int]) -> RightsCase:
    """An erasure whose keys were last wrapped in these epochs of their compartments."""
    gone = [
        DestroyedKey(number.to_bytes(16, "big"), name, b"\xcc" * 32, datetime(2027, 5, 20, tzinfo=UTC), epoch)
        for number, (name, epoch) in enumerate(keys)
    ]
    return after(*BEGUN, *destroyed(after(*BEGUN), gone), *FINISHED)


def contents(case: RightsCase) -> dict[str, Any]:
    issued = receipts.issue(case, realm="red-barnet", completed_on=TODAY, sign=lambda message: b"signed")
    found: dict[str, Any] = json.loads(issued.document)["receipt"]
    return found


def test_it_waits_for_the_last_epoch_of_each_compartment() -> None:
    assert waits_for(carried_out(("roster", 2), ("roster", 4), ("note", 1))) == {"note": 1, "roster": 4}


def test_it_is_final_once_all_of_them_are_destroyed_and_that_is_recorded_once() -> None:
    case = carried_out(("roster", 4), ("note", 1))

    assert final(case, {}, on=LATER) == []
    assert final(case, {"roster": 4}, on=LATER) == []
    assert final(case, {"roster": 3, "note": 1}, on=LATER) == []
    facts = final(case, {"roster": 5, "note": 1, "contact": 9}, on=LATER)
    assert facts == [ErasureFinal(on=LATER, compartments=("note", "roster"), epochs=(1, 5))]
    assert final(evolve(case, facts[0]), {"roster": 6, "note": 6}, on=LATER) == []


def test_what_was_not_carried_out_to_the_end_is_not_final() -> None:
    assert final(after(*BEGUN), {"roster": 9, "note": 9}, on=LATER) == []


def test_an_erasure_that_found_no_key_is_final_at_once() -> None:
    assert final(carried_out(), {}, on=TODAY) == [ErasureFinal(on=TODAY, compartments=(), epochs=())]


@given(
    keys=st.lists(st.tuples(st.sampled_from(["roster", "note", "contact"]), st.integers(1, 6)), max_size=6),
    gone=st.dictionaries(st.sampled_from(["roster", "note", "contact"]), st.integers(0, 6)),
)
def test_it_is_never_final_while_any_epoch_that_wrapped_a_key_exists(
    keys: list[tuple[str, int]], gone: dict[str, int]
) -> None:
    exists = any(epoch > gone.get(name, 0) for name, epoch in keys)

    assert bool(final(carried_out(*keys), gone, on=LATER)) is not exists


def test_the_receipt_says_until_when_backups_open_it_and_then_from_when_none_does() -> None:
    case = carried_out(("roster", 4))
    before, after_it = contents(case), contents(evolve(case, final(case, {"roster": 4}, on=LATER)[0]))

    assert before["final"] == {"on": None, "when_destroyed": [{"compartment": "roster", "epoch": 4}]}
    assert receipts.BACKUPS in before["not_reached"]
    assert after_it["final"] == {"on": "2027-06-10", "when_destroyed": []}
    assert receipts.BACKUPS not in after_it["not_reached"]
    assert "paper" in after_it["not_reached"]
