"""What an officer is told of retention: the clocks, what would go, what went, what is kept back; nothing personal.

Only why a hold was placed is written in words, which are opened for whoever asks for that one hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.reading.opening import Opening
from application.retention import RUN, NoSuchRun, due_on, log_ends_before, log_is_held
from application.rights import receipt_shown
from application.views.retention import HoldRow, RunRow
from domain.compartments import RIGHTS
from domain.people import Role
from gdpr import retention_run
from gdpr.holds import NoSuchHold
from gdpr.policy import Standing
from gdpr.retention import in_words


def preview(asker: Asker, desk: Desk, *, on: date | None = None) -> Mapping[str, Any]:
    """What would go on a day (today), what is kept back, and by which clocks; ids and dates, nothing personal."""
    _officer_asks(asker, desk)
    day = on or desk.clock.today()
    found = due_on(desk, day)
    return {
        "on": day,
        "goes": [asdict(ending) for ending in found.goes],
        "kept_back": [asdict(ending) for ending in found.kept_back],
        "log_entries_before": None if log_is_held(desk) else log_ends_before(desk, day),
    }


def clocks(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The clocks of the realm as they run, each with its reason and who answers for it."""
    _officer_asks(asker, desk)
    return [
        {
            "clock": clock.name,
            "kept": in_words(clock),
            "compartments": [compartment.name for compartment in clock.compartments],
            "reason": clock.reason,
            "owner": clock.owner,
        }
        for clock in desk.clocks.values()
    ]


def report(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """The runs with their numbers, what is kept back and by which hold, and what should have gone before today."""
    _officer_asks(asker, desk)
    rows, today = desk.register.rows(), desk.clock.today()
    found = due_on(desk, today)
    return {
        "runs": [_run_line(run) for run in sorted(rows.where(RunRow), key=lambda run: (run.on, str(run.run_id)))],
        "holds": [hold_line(hold, today) for hold in rows.where(HoldRow)],
        "kept_back": [asdict(ending) for ending in found.kept_back],
        "overdue": [asdict(ending) for ending in found.goes if ending.due_on < today],
    }


def run_receipt(asker: Asker, run_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """The receipt of a completed run, as it was issued. Raises NoSuchRun."""
    _officer_asks(asker, desk)
    loaded = desk.register.load(RUN, run_id)
    if loaded is None or loaded.state.completed is None:
        raise NoSuchRun("run_id")
    return receipt_shown(retention_run.issue(loaded.state, realm=desk.realm, sign=desk.erasing.sign))


def hold(asker: Asker, hold_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One hold with its reason. Raises NoSuchHold."""
    _officer_asks(asker, desk)
    row = desk.register.rows().get(HoldRow, hold_id=hold_id)
    if row is None:
        raise NoSuchHold("hold_id")
    opening = Opening(desk, asker.asks(desk, "retention"))
    opening.ask("reason", row.reason, Standing(is_on_duty=True), record=hold_id)
    return {**hold_line(row, desk.clock.today()), "reason": opening.open()["reason"], "version": row.version}


def hold_line(hold: HoldRow, today: date) -> Mapping[str, Any]:
    """A hold without its reason; `overdue` when its review is."""
    return {
        "hold_id": hold.hold_id,
        "subject": hold.subject,
        "compartments": list(hold.compartments),
        "ground": hold.ground,
        "letter": hold.ground.letter,
        "placed_on": hold.placed_on,
        "review_on": hold.review_on,
        "lifted_on": hold.lifted_on,
        "overdue": hold.lifted_on is None and hold.review_on < today,
    }


def _officer_asks(asker: Asker, desk: Desk) -> None:
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
    desk.gate.note(asker.asks(desk, "retention"), "officer", RIGHTS)


def _run_line(row: RunRow) -> Mapping[str, Any]:
    return {
        "run_id": row.run_id,
        "on": row.on,
        "clocks": list(row.clocks),
        "subjects": row.subjects,
        "keys": row.keys,
        "values": row.values,
        "completed_on": row.completed_on,
        "receipt_hash": row.receipt_hash,
    }
