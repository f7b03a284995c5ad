"""Retention as rows: its runs with their numbers, and the holds that keep something back; words only sealed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import RIGHTS
from domain.facts import Sealed
from gdpr.retention_facts import (
    EndingEntered,
    HoldGround,
    HoldLifted,
    HoldPlaced,
    HoldProlonged,
    KeysEnded,
    RowsEmptied,
    RunBegun,
    RunCompleted,
)

NAME = "retention"


@view_row("retention_run", key=("run_id",))
class RunRow:
    """One run: `clocks` those of which something ended, `subjects` how many it was about, `keys` how many went."""

    run_id: UUID
    on: date
    clocks: tuple[str, ...]
    subjects: int
    version: int
    keys: int = 0
    values: int = 0
    completed_on: date | None = None
    receipt_hash: str | None = None


@view_row("legal_hold", key=("hold_id",), about="subject", indexes=(("subject",),))
class HoldRow:
    hold_id: UUID
    subject: UUID
    compartments: tuple[str, ...]
    ground: HoldGround
    placed_on: date
    review_on: date
    version: int
    lifted_on: date | None = None
    reason: Annotated[Sealed | None, Holds(RIGHTS)] = None


ROWS: tuple[type[Any], ...] = (RunRow, HoldRow)


def follow(recorded: Recorded, rows: Rows) -> None:
    run, hold = {"run_id": recorded.stream}, {"hold_id": recorded.stream}
    match recorded.fact:
        case RunBegun() as fact:
            rows.put(
                RunRow(
                    run_id=fact.run_id, on=fact.on, clocks=tuple(sorted({each.clock for each in fact.endings})),
                    subjects=len({each.subject for each in fact.endings}), version=recorded.version,
                )
            )  # fmt: skip
        case KeysEnded() as fact:
            rows.change(RunRow, run, keys=len(fact.key_ids), version=recorded.version)
        case EndingEntered():
            rows.change(RunRow, run, version=recorded.version)
        case RowsEmptied() as fact:
            rows.change(RunRow, run, values=fact.views, version=recorded.version)
        case RunCompleted() as fact:
            rows.change(
                RunRow, run, completed_on=fact.on, receipt_hash=fact.receipt_hash, version=recorded.version
            )  # fmt: skip
        case HoldPlaced() as fact:
            rows.put(
                HoldRow(
                    hold_id=fact.hold_id, subject=fact.subject, compartments=fact.compartments, ground=fact.ground,
                    placed_on=fact.placed_on, review_on=fact.review_on, version=recorded.version,
                    reason=sealed_in(fact.reason),
                )
            )  # fmt: skip
        case HoldProlonged() as fact:
            rows.change(HoldRow, hold, review_on=fact.review_on, version=recorded.version)
        case HoldLifted() as fact:
            rows.change(HoldRow, hold, lifted_on=fact.on, version=recorded.version)
        case _:
            pass
