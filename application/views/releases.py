"""Who asked to have an answer in the hand, who agreed, until when, and how often it was used; nothing personal."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from gdpr.release_facts import (
    ReleaseApproved,
    ReleaseAsked,
    ReleaseDeclined,
    ReleaseFact,
    ReleaseUsed,
    ReleaseWithdrawn,
)

NAME = "releases"


@view_row("release", key=("release_id",), indexes=(("case_id",),))
class ReleaseRow:
    """One release, the case's `number`-th; `decided_by` said yes if there is an `until`, and no otherwise."""

    release_id: UUID
    case_id: UUID
    number: int
    subject: UUID
    compartments: tuple[str, ...]
    ground: str
    asked_by: UUID
    asked_at: datetime
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    until: datetime | None = None
    withdrawn_at: datetime | None = None
    used: int = 0
    last_used_at: datetime | None = None


ROWS: tuple[type[Any], ...] = (ReleaseRow,)


def follow(recorded: Recorded, rows: Rows) -> None:
    if not isinstance(recorded.fact, ReleaseFact):
        return
    at = {"release_id": recorded.stream}
    match recorded.fact:
        case ReleaseAsked() as fact:
            number = len(rows.where(ReleaseRow, case_id=fact.case_id)) + 1
            rows.put(
                ReleaseRow(
                    release_id=fact.release_id, case_id=fact.case_id, number=number, subject=fact.subject,
                    compartments=fact.compartments, ground=fact.ground.value, asked_by=fact.asked_by, asked_at=fact.at,
                )
            )  # fmt: skip
        case ReleaseApproved() as fact:
            rows.change(ReleaseRow, at, decided_by=fact.by, decided_at=fact.at, until=fact.until)
        case ReleaseDeclined() as fact:
            rows.change(ReleaseRow, at, decided_by=fact.by, decided_at=fact.at)
        case ReleaseWithdrawn() as fact:
            rows.change(ReleaseRow, at, withdrawn_at=fact.at)
        case ReleaseUsed() as fact:
            row = rows.get(ReleaseRow, release_id=fact.release_id)
            rows.change(ReleaseRow, at, used=(row.used if row is not None else 0) + 1, last_used_at=fact.at)
