"""Random checks of the log and the alarms that were looked into, for the officer; numbers of entries, and nobody."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import RIGHTS
from domain.facts import Sealed
from gdpr.checks_facts import AlarmHandled, DrawAnnounced, DrawClosed, DrawMade, Finding, FindingRecorded

NAME = "checks"


@view_row("draw", key=("draw_id",))
class DrawRow:
    """One random check. `sifted` says rule=count; hashes are hexadecimal."""

    draw_id: UUID
    since: date
    until: date
    announced_by: UUID
    commitment: str
    version: int
    nonce: str | None = None
    checkpoint: str | None = None
    seed: str | None = None
    population: int = 0
    left: int = 0
    sifted: tuple[str, ...] = ()
    sifting: str | None = None
    least: int = 0
    per_mille: int = 0
    drawn_on: date | None = None
    closed_on: date | None = None


@view_row("drawn_entry", key=("draw_id", "seq"), about="draw_id")
class DrawnEntry:
    """One entry that was drawn, and what was found about it."""

    draw_id: UUID
    seq: int
    sifted_by: str
    finding: Finding | None = None
    found_on: date | None = None
    found_by: UUID | None = None
    words: Annotated[Sealed | None, Holds(RIGHTS)] = None


@view_row("handled_alarm", key=("alarm_id",), about="alarm_id", indexes=(("seq",),))
class HandledAlarmRow:
    alarm_id: UUID
    seq: int
    finding: Finding
    found_on: date
    found_by: UUID
    words: Annotated[Sealed | None, Holds(RIGHTS)] = None


ROWS: tuple[type[Any], ...] = (DrawRow, DrawnEntry, HandledAlarmRow)


def follow(recorded: Recorded, rows: Rows) -> None:
    draw = {"draw_id": recorded.stream}
    match recorded.fact:
        case DrawAnnounced() as fact:
            rows.put(
                DrawRow(
                    draw_id=fact.draw_id, since=fact.since, until=fact.until, announced_by=recorded.context.actor,
                    commitment=fact.commitment, version=recorded.version,
                )
            )  # fmt: skip
        case DrawMade() as fact:
            rows.change(
                DrawRow, draw, nonce=fact.nonce, checkpoint=fact.checkpoint, seed=fact.seed, population=fact.population,
                left=fact.left, sifted=fact.sifted, sifting=fact.sifting, least=fact.least, per_mille=fact.per_mille,
                drawn_on=fact.on, version=recorded.version,
            )  # fmt: skip
            for seq, rule in zip(fact.drawn, fact.drawn_by, strict=True):
                rows.put(DrawnEntry(draw_id=recorded.stream, seq=seq, sifted_by=rule))
        case FindingRecorded() as fact:
            rows.change(
                DrawnEntry, draw | {"seq": fact.seq}, finding=fact.finding, found_on=fact.on,
                found_by=recorded.context.actor, words=sealed_in(fact.words),
            )  # fmt: skip
            rows.change(DrawRow, draw, version=recorded.version)
        case DrawClosed() as fact:
            rows.change(DrawRow, draw, closed_on=fact.on, version=recorded.version)
        case AlarmHandled() as fact:
            rows.put(
                HandledAlarmRow(
                    alarm_id=fact.alarm_id, seq=fact.seq, finding=fact.finding, found_on=fact.on, found_by=recorded.context.actor,
                    words=sealed_in(fact.words),
                )
            )  # fmt: skip
        case _:
            pass
