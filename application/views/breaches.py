"""The register of breaches as rows: one for each breach, one for each time it was reported (GDPR Art. 33(5))."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import BREACH
from domain.facts import Sealed
from gdpr.breach_facts import (
    BreachClosed,
    BreachDescribed,
    BreachFact,
    BreachNoticed,
    BreachReported,
    PersonsTold,
    RiskJudged,
    TellingNotNeeded,
)

NAME = "breaches"


@view_row("breach", key=("breach_id",), about="breach_id")
class BreachRow:
    """One breach as it stands; the words of those who wrote it down are sealed under its own id."""

    breach_id: UUID
    aware_at: datetime
    noted_at: datetime
    version: int
    natures: tuple[str, ...]
    began_at: datetime | None = None
    ended_at: datetime | None = None
    processor_told_at: datetime | None = None
    affected: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    persons: int | None = None
    records: int | None = None
    risk: str | None = None
    judged_at: datetime | None = None
    told_on: date | None = None
    told_way: str | None = None
    told_persons: int | None = None
    not_told_because: str | None = None
    closed_at: datetime | None = None
    what: Annotated[Sealed | None, Holds(BREACH)] = None
    consequences: Annotated[Sealed | None, Holds(BREACH)] = None
    measures: Annotated[Sealed | None, Holds(BREACH)] = None
    contact: Annotated[Sealed | None, Holds(BREACH)] = None
    risk_reason: Annotated[Sealed | None, Holds(BREACH)] = None
    not_told_reason: Annotated[Sealed | None, Holds(BREACH)] = None


@view_row("breach_report", key=("breach_id", "number"), about="breach_id")
class BreachReport:
    """One message to the supervisory authority; number 1 is the notice, what follows are its phases."""

    breach_id: UUID
    number: int
    reported_at: datetime
    late: bool
    late_because: Annotated[Sealed | None, Holds(BREACH)] = None


ROWS: tuple[type[Any], ...] = (BreachRow, BreachReport)


def follow(recorded: Recorded, rows: Rows) -> None:
    if not isinstance(recorded.fact, BreachFact):
        return
    changed: dict[str, Any] = {"version": recorded.version}
    match recorded.fact:
        case BreachNoticed() as fact:
            rows.put(
                BreachRow(
                    breach_id=fact.breach_id, aware_at=fact.aware_at, noted_at=fact.at, version=recorded.version,
                    natures=tuple(nature.value for nature in fact.natures), began_at=fact.began_at,
                    ended_at=fact.ended_at, processor_told_at=fact.processor_told_at, what=sealed_in(fact.what),
                )
            )  # fmt: skip
            return
        case BreachDescribed() as fact:
            changed |= _described(fact)
        case RiskJudged() as fact:
            changed |= {"risk": fact.risk.value, "judged_at": fact.at, "risk_reason": sealed_in(fact.reason)}
        case BreachReported() as fact:
            rows.put(
                BreachReport(
                    breach_id=fact.breach_id, number=fact.number, reported_at=fact.reported_at, late=fact.late,
                    late_because=sealed_in(fact.late_because) if fact.late else None,
                )
            )  # fmt: skip
        case PersonsTold() as fact:
            changed |= {"told_on": fact.on, "told_way": fact.way.value, "told_persons": fact.persons}
        case TellingNotNeeded() as fact:
            changed |= {"not_told_because": fact.because.value, "not_told_reason": sealed_in(fact.reason)}
        case BreachClosed() as fact:
            changed["closed_at"] = fact.at
    rows.change(BreachRow, {"breach_id": recorded.stream}, **changed)


def _described(fact: BreachDescribed) -> dict[str, Any]:
    """The columns that a description says something new in."""
    clear: dict[str, Any] = {
        "affected": None if fact.affected is None else tuple(each.value for each in fact.affected),
        "compartments": fact.compartments,
        "persons": fact.persons,
        "records": fact.records,
    }
    sealed = {name: sealed_in(getattr(fact, name)) for name in fact.said}
    return {name: value for name, value in clear.items() if value is not None} | sealed
