"""The register of breaches as its officer reads it and shows it to the supervisory authority (GDPR Art. 33(5))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from application.breaches import BREACH_CASE, NoSuchBreach
from application.desk import Asker, Desk
from application.reading.opening import Answers, Opening, must_stand
from application.views.breaches import BreachReport, BreachRow
from domain.compartments import BREACH
from domain.people import Role
from gdpr.policy import Standing

_WORDS = ("what", "consequences", "measures", "contact", "risk_reason", "not_told_reason")


def breaches(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Every breach, the reportable and the others, by when it was known; what Art. 33(3) asks for, and what is overdue."""
    return _register(asker, desk, desk.register.rows().where(BreachRow))


def breach(asker: Asker, breach_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One breach. Raises NoSuchBreach, NotForThisReader."""
    row = desk.register.rows().get(BreachRow, breach_id=breach_id)
    if row is None:
        raise NoSuchBreach("breach_id")
    return _register(asker, desk, [row])[0]


def _register(asker: Asker, desk: Desk, found: list[BreachRow]) -> list[Mapping[str, Any]]:
    request = asker.asks(desk, "breach register")
    standing = Standing(is_on_duty=asker.role is Role.OFFICER)
    must_stand(desk, request, BREACH, standing)
    desk.gate.note(request, "officer", BREACH)
    reports = desk.register.rows().where(BreachReport, breach_id=tuple(row.breach_id for row in found)) if found else []
    opening = Opening(desk, request)
    for row in found:
        for name in _WORDS:
            opening.ask((row.breach_id, name), getattr(row, name), standing, record=row.breach_id)
    for each in reports:
        opening.ask((each.breach_id, each.number), each.late_because, standing, record=each.breach_id)
    answers, now = opening.open(), desk.clock.now()
    return [
        _line(row, [each for each in reports if each.breach_id == row.breach_id], answers, desk, now)
        for row in sorted(found, key=lambda row: row.aware_at)
    ]


def _line(
    row: BreachRow, reports: list[BreachReport], answers: Answers, desk: Desk, now: datetime
) -> Mapping[str, Any]:
    loaded = desk.register.load(BREACH_CASE, row.breach_id)
    if loaded is None:
        raise NoSuchBreach("breach_id")
    case = loaded.state
    reporting = case.reporting(now)
    return {
        "breach_id": row.breach_id,
        "aware_at": row.aware_at,
        "noted_at": row.noted_at,
        "began_at": row.began_at,
        "ended_at": row.ended_at,
        "processor_told_at": row.processor_told_at,
        "natures": list(row.natures),
        "due_at": case.due_at,
        "reporting": reporting.value,
        "overdue": reporting.value == "overdue",
        "hours_left": _hours(case.due_at, now) if reporting.value in ("waiting", "overdue") else None,
        "affected": list(row.affected),
        "compartments": list(row.compartments),
        "persons": row.persons,
        "records": row.records,
        "risk": row.risk,
        "judged_at": row.judged_at,
        "reports": [
            {
                "number": each.number,
                "reported_at": each.reported_at,
                "late": each.late,
                "late_because": answers[each.breach_id, each.number],
            }
            for each in sorted(reports, key=lambda each: each.number)
        ],
        "told_on": row.told_on,
        "told_way": row.told_way,
        "told_persons": row.told_persons,
        "not_told_because": row.not_told_because,
        "closed_at": row.closed_at,
        "missing": [] if case.closed else list(case.missing),
        "version": row.version,
        **{name: answers[row.breach_id, name] for name in _WORDS},
    }


def _hours(due_at: datetime, now: datetime) -> int:
    """Whole hours left, rounded down; negative when they are over."""
    return int((due_at - now).total_seconds() // 3600)
