"""Random checks of the access log (*stikprøver*): announced, drawn, findings recorded, closed with a report; alarms handled."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Final
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from application.desk import Desk
from application.known_relations import Relations, sifted_by
from application.perform import Work, serves
from application.ports import Aggregate
from domain.compartments import RIGHTS
from domain.danish_time import beginning_of, end_of
from domain.errors import NotFound
from domain.facts import Sealed
from domain.people import Role
from gdpr import alarms, checks
from gdpr.alarms import HandledAlarm
from gdpr.checkpoint import text_of
from gdpr.checks import Draw, PeriodNotOver, Sifted
from gdpr.checks_facts import DrawFact, Finding
from gdpr.gate import Asked
from gdpr.policy import Standing
from gdpr.ports import Entry, Unavailable

DRAW: Aggregate[Draw] = Aggregate("checks", checks.evolve)
ALARM: Aggregate[HandledAlarm] = Aggregate("checks", alarms.evolve)
CHECKED_ROLES: Final = tuple(role.value for role in Role if role not in (Role.FAMILY, Role.OFFICER))
"""Whose uses are drawn from: everybody's who works here. A family looks up itself; nobody checks oneself."""
USES: Final = ("read", "print", "disclose", "search")
_PAGE: Final = 5_000
_OFFICER: Final = frozenset({Role.OFFICER})


def alarm_id(realm: str, seq: int) -> UUID:
    """The stream of what was found about one alarm of a realm's log."""
    return uuid5(NAMESPACE_OID, f"tillid/alarm/{realm}/{seq}")


class NoSuchDraw(NotFound):
    """There is no such random check."""

    code = "unknown_draw"


class NoSuchAlarm(NotFound):
    """There is no such alarm in the log."""

    code = "unknown_alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceDraw:
    """Uses of these days will be drawn from, once they are over; without days, the last ones up to today."""

    GIVEN_BY: ClassVar = _OFFICER

    since: date | None = None
    until: date | None = None


@serves(AnnounceDraw)
def announce_draw(command: AnnounceDraw, work: Work) -> Mapping[str, Any]:
    limits, today = work.desk.limits, work.desk.clock.today()
    until = command.until or today
    since = command.since or until - timedelta(days=limits.check_days - 1)
    draw_id, nonce = uuid4(), secrets.token_hex(checks.NONCE_BYTES)
    facts = checks.announce(
        draw_id, since=since, until=until, nonce=nonce, today=today, most_days_back=limits.check_days_back
    )
    commitment = checks.commitment_of(nonce)
    # In the log's public half, and so under its next signature: long before the days are over.
    work.desk.gate.note(
        work.asker.asks(work.desk, "random_check"), "officer", RIGHTS, records=(draw_id,), commitment=commitment
    )
    work.record(draw_id, facts)
    return {"draw_id": str(draw_id), "commitment": commitment, "version": work.version(draw_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeDraw:
    """The days are over: draw."""

    GIVEN_BY: ClassVar = _OFFICER

    draw_id: UUID


@serves(MakeDraw)
def make_draw(command: MakeDraw, work: Work) -> Mapping[str, Any]:
    draw = work.load(DRAW, command.draw_id, NoSuchDraw, "draw_id")
    today = work.desk.clock.today()
    if draw.made is not None:
        return _answer(work, command.draw_id, [])
    if today <= draw.until:
        raise PeriodNotOver("until")
    facts = checks.make(
        draw, nonce=_nonce_of(draw, work), checkpoint=_checkpoint_past(draw, work.desk),
        sifting=sifting(work.desk, draw.since, draw.until), least=work.desk.limits.check_least,
        per_mille=work.desk.limits.check_per_mille, today=today,
    )  # fmt: skip
    return _answer(work, command.draw_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFinding:
    """What was found about one drawn entry; what is not explained is said in words."""

    GIVEN_BY: ClassVar = _OFFICER

    draw_id: UUID
    seq: int
    finding: Finding
    words: str | None = None


@serves(RecordFinding)
def record_finding(command: RecordFinding, work: Work) -> Mapping[str, Any]:
    draw = work.load(DRAW, command.draw_id, NoSuchDraw, "draw_id")
    facts = checks.record_finding(draw, command.seq, command.finding, words=command.words, on=work.desk.clock.today())
    return _answer(work, command.draw_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDraw:
    """Every drawn entry has a finding: the report is final."""

    GIVEN_BY: ClassVar = _OFFICER

    draw_id: UUID


@serves(CloseDraw)
def close_draw(command: CloseDraw, work: Work) -> Mapping[str, Any]:
    draw = work.load(DRAW, command.draw_id, NoSuchDraw, "draw_id")
    return _answer(work, command.draw_id, checks.close(draw, on=work.desk.clock.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleAlarm:
    """The alarm that is entry number `seq` of the log was looked into."""

    GIVEN_BY: ClassVar = _OFFICER

    seq: int
    finding: Finding
    words: str | None = None


@serves(HandleAlarm)
def handle_alarm(command: HandleAlarm, work: Work) -> Mapping[str, Any]:
    if command.seq > work.desk.log.last() or not work.desk.log.count(action="alarm", numbers=(command.seq,)):
        raise NoSuchAlarm("seq")
    stream = alarm_id(work.desk.realm, command.seq)
    alarm = work.find(ALARM, stream)
    facts = alarms.handle(alarm, stream, command.seq, command.finding, words=command.words, on=work.desk.clock.today())
    work.record(stream, facts)
    return {"seq": command.seq, "version": work.version(stream)}


def uses(desk: Desk, since: date, until: date) -> Iterator[Entry]:
    """The uses of these days, both included, that may be drawn; read page by page."""
    found, after = _uses_after(desk, since, until, 0), 0
    while found:
        yield from (entry for entry in found if entry.actor is not None)
        after = found[-1].seq or after
        found = _uses_after(desk, since, until, after)


def sifting(desk: Desk, since: date, until: date) -> list[Sifted]:
    """Of each use of these days the rule that explains it, by what the register knows now."""
    known = Relations(desk)
    return [(entry.seq or 0, sifted_by(entry, known)) for entry in uses(desk, since, until)]


def _uses_after(desk: Desk, since: date, until: date, after: int) -> list[Entry]:
    return desk.log.find(
        actions=USES, roles=CHECKED_ROLES, allowed=True, since=beginning_of(since), until=end_of(until), after=after,
        limit=_PAGE,
    )  # fmt: skip


def _nonce_of(draw: Draw, work: Work) -> str:
    """The announced nonce, opened through the gate as any sealed value is. Raises Unavailable."""
    if not isinstance(draw.nonce, Sealed):
        return draw.nonce
    request = work.asker.asks(work.desk, "random_check")
    (nonce,) = work.desk.gate.open(request, [Asked(draw.nonce, Standing(is_on_duty=True), draw.draw_id)])
    if not isinstance(nonce, str):
        raise Unavailable("the nonce of a draw cannot be opened here")
    return nonce


def _checkpoint_past(draw: Draw, desk: Desk) -> str:
    """The text of the first checkpoint past the days of the draw; signed now, if none was."""
    past = end_of(draw.until)
    note = desk.log.signed_past(past)
    if note is None:
        desk.log.checkpoint()
        note = desk.log.signed_past(past)
    return text_of(note) if note is not None else ""


def _answer(work: Work, draw_id: UUID, facts: Sequence[DrawFact]) -> Mapping[str, Any]:
    work.record(draw_id, facts)
    return {"draw_id": str(draw_id), "version": work.version(draw_id)}
