"""The requests of a realm for its officer's and the family's lists: dates, decisions and deadlines; words only sealed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import RIGHTS
from domain.facts import Sealed
from gdpr.answering_facts import (
    AnswerCollected,
    AnswerDecided,
    CorrectionDecided,
    CorrectionMade,
    CorrectionWished,
    ObjectionDecided,
    ObjectionRaised,
    ReasonsWritten,
    RecipientTold,
)
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    DeadlineExtended,
    IdentityChecked,
    RequestReceived,
    RequestRefused,
    RestrictionPlaced,
    RightsFact,
)

NAME = "rights"
TOLD, HOW = "told", "how"
"""Kinds of words beside those of `Concerning`: what was said when asking, and how the identity was checked."""


@view_row("request", key=("request_id",), indexes=(("asked_by",), ("subject",)))
class RequestRow:
    """One request; `decided` holds compartment=outcome and `withheld` compartment=ground for each, in order."""

    request_id: UUID
    right: str
    subject: UUID
    asked_by: UUID
    received_on: date
    due_on: date
    version: int
    first_due_on: date
    decided: tuple[str, ...] = ()
    identity_checked_on: date | None = None
    extended_because: str | None = None
    extension_told_on: date | None = None
    refused: str | None = None
    refused_on: date | None = None
    answered_on: date | None = None
    withheld: tuple[str, ...] = ()
    names_of_staff: str | None = None
    collected_on: date | None = None
    against: tuple[str, ...] = ()
    objection_decided_on: date | None = None
    compelling: str | None = None
    restricted_because: str | None = None
    completed_on: date | None = None


@view_row("request_words", key=("request_id", "number"), about="about")
class RequestWords:
    """Words that belong to a request; `number` is their place in its stream."""

    request_id: UUID
    number: int
    kind: str
    about: UUID
    words: Annotated[Sealed | None, Holds(RIGHTS)] = None


@view_row("correction", key=("request_id", "number"), about="asked_by", indexes=(("subject",), ("state",)))
class CorrectionRow:
    """One correction that is wished for: `wished`, then `accepted` and `made`, or why it was refused."""

    request_id: UUID
    number: int
    subject: UUID
    asked_by: UUID
    compartment: str
    field: str
    record: UUID | None
    state: str = "wished"
    refused: str | None = None
    decided_on: date | None = None
    made_on: date | None = None
    wished: Annotated[Sealed | None, Holds(RIGHTS)] = None


@view_row("recipient_told", key=("request_id", "kind", "recipient"))
class ToldRow:
    """A recipient that was told of the outcome, and when (Art. 19)."""

    request_id: UUID
    kind: str
    recipient: str
    on: date


ROWS: tuple[type[Any], ...] = (RequestRow, RequestWords, CorrectionRow, ToldRow)


def follow(recorded: Recorded, rows: Rows) -> None:
    if not isinstance(recorded.fact, RightsFact):
        return
    if isinstance(recorded.fact, RequestReceived):
        _begin(recorded, recorded.fact, rows)
        return
    changed = _changed(recorded, rows)
    _follow_words(recorded, rows)
    _follow_corrections(recorded, rows)
    rows.change(RequestRow, {"request_id": recorded.stream}, version=recorded.version, **changed)


def _begin(recorded: Recorded, fact: RequestReceived, rows: Rows) -> None:
    rows.put(
        RequestRow(
            request_id=fact.case_id, right=fact.right.value, subject=fact.subject, asked_by=fact.asked_by,
            received_on=fact.received_on, due_on=fact.due_on, version=recorded.version, first_due_on=fact.due_on,
        )
    )  # fmt: skip
    _words(recorded, rows, TOLD, fact.subject, fact.told)


def _changed(recorded: Recorded, rows: Rows) -> dict[str, Any]:
    """The columns of the request that a fact changes."""
    match recorded.fact:
        case DeadlineExtended() as fact:
            told = {"extended_because": fact.because.value, "extension_told_on": fact.told_on}
            return {"due_on": fact.due_on, **told}
        case IdentityChecked() as fact:
            return {"identity_checked_on": fact.on}
        case CompartmentDecided() as fact:
            row = rows.get(RequestRow, request_id=recorded.stream)
            earlier = row.decided if row is not None else ()
            others = tuple(line for line in earlier if not line.startswith(f"{fact.compartment}="))
            return {"decided": (*others, f"{fact.compartment}={fact.outcome.value}")}
        case RequestRefused() as fact:
            return {"refused": fact.ground.value, "refused_on": fact.on}
        case AnswerDecided() as fact:
            withheld = tuple(f"{name}={ground}" for name, ground in zip(fact.withheld, fact.grounds, strict=True))
            return {"answered_on": fact.on, "withheld": withheld, "names_of_staff": fact.names_of_staff.value}
        case AnswerCollected() as fact:
            return {"collected_on": fact.on}
        case ObjectionRaised() as fact:
            return {"against": fact.compartments}
        case ObjectionDecided() as fact:
            compelling = fact.compelling.value if fact.compelling is not None else None
            return {"objection_decided_on": fact.on, "compelling": compelling}
        case RestrictionPlaced() as fact:
            return {"restricted_because": fact.because.value} if fact.because is not None else {}
        case Completed() as fact:
            return {"completed_on": fact.on}
        case _:
            return {}


def _follow_words(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case IdentityChecked() as fact:
            _words(recorded, rows, HOW, fact.asked_by, fact.how)
        case ReasonsWritten() as fact:
            _words(recorded, rows, fact.concerning.value, fact.asked_by, fact.words)
        case _:
            pass


def _follow_corrections(recorded: Recorded, rows: Rows) -> None:
    request_id = recorded.stream
    match recorded.fact:
        case CorrectionWished() as fact:
            row = rows.get(RequestRow, request_id=request_id)
            assert row is not None
            rows.put(
                CorrectionRow(
                    request_id=request_id, number=fact.number, subject=row.subject, asked_by=fact.asked_by,
                    compartment=fact.compartment, field=fact.field, record=fact.record, wished=sealed_in(fact.wished),
                )
            )  # fmt: skip
        case CorrectionDecided() as fact:
            said = fact.refused.value if fact.refused is not None else None
            _change(
                rows, request_id, fact.number, state="refused" if said else "accepted", refused=said, decided_on=fact.on
            )
        case CorrectionMade() as fact:
            _change(rows, request_id, fact.number, state="made", made_on=fact.on)
        case RecipientTold() as fact:
            rows.put(ToldRow(request_id=request_id, kind=fact.kind.value, recipient=fact.recipient, on=fact.on))
        case _:
            pass


def _change(rows: Rows, request_id: UUID, number: int, **changed: Any) -> None:
    rows.change(CorrectionRow, {"request_id": request_id, "number": number}, **changed)


def _words(recorded: Recorded, rows: Rows, kind: str, about: UUID, words: object) -> None:
    sealed = sealed_in(words)
    if sealed is not None:
        rows.put(
            RequestWords(request_id=recorded.stream, number=recorded.version, kind=kind, about=about, words=sealed)
        )
