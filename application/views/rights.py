"""The requests of a realm for its officer's list: dates, decisions and deadlines; nothing personal."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    DeadlineExtended,
    IdentityChecked,
    RequestReceived,
    RequestRefused,
    RightsFact,
)

NAME = "rights"


@view_row("request", key=("request_id",), indexes=(("asked_by",), ("subject",)))
class RequestRow:
    """One request; `decided` holds compartment=outcome for each decision, in order."""

    request_id: UUID
    right: str
    subject: UUID
    asked_by: UUID
    received_on: date
    due_on: date
    version: int
    decided: tuple[str, ...] = ()
    identity_checked_on: date | None = None
    refused: str | None = None
    completed_on: date | None = None


ROWS: tuple[type[Any], ...] = (RequestRow,)


def follow(recorded: Recorded, rows: Rows) -> None:
    if not isinstance(recorded.fact, RightsFact):
        return
    at = {"request_id": recorded.stream}
    changed: dict[str, Any] = {"version": recorded.version}
    match recorded.fact:
        case RequestReceived() as fact:
            rows.put(
                RequestRow(
                    request_id=fact.case_id, right=fact.right.value, subject=fact.subject, asked_by=fact.asked_by,
                    received_on=fact.received_on, due_on=fact.due_on, version=recorded.version,
                )
            )  # fmt: skip
            return
        case DeadlineExtended() as fact:
            changed["due_on"] = fact.due_on
        case IdentityChecked() as fact:
            changed["identity_checked_on"] = fact.on
        case CompartmentDecided() as fact:
            row = rows.get(RequestRow, request_id=recorded.stream)
            earlier = row.decided if row is not None else ()
            others = tuple(line for line in earlier if not line.startswith(f"{fact.compartment}="))
            changed["decided"] = (*others, f"{fact.compartment}={fact.outcome.value}")
        case RequestRefused() as fact:
            changed["refused"] = fact.ground.value
        case Completed() as fact:
            changed["completed_on"] = fact.on
        case _:
            pass
    rows.change(RequestRow, at, **changed)
