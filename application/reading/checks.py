"""An officer's regular look: the month's overview, the random checks with their reports, and the alarms (RIG-09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from application.checks import NoSuchDraw, alarm_id, sifting
from application.desk import Asker, Desk
from application.ports import Rows
from application.reading.log_pages import Span, line, note
from application.reading.log_questions import OPENING, outside, readings_without_consent
from application.reading.opening import Opening
from application.views.checks import DrawnEntry, DrawRow, HandledAlarmRow
from domain.danish_time import beginning_of
from domain.text import NotAMonth
from gdpr.checks import digest_of, drawn_from
from gdpr.policy import Standing
from gdpr.ports import Entry

_FIRST: Final = 50
"""Lines that the overview shows of each kind; each kind has a question of its own for the rest."""
_ON_DUTY: Final = Standing(is_on_duty=True)


def checks(asker: Asker, desk: Desk, *, month: str | None = None) -> Mapping[str, Any]:
    """The figures of a month, this one if none is named: readings, refusals, alarms, and the first of what stands out."""
    since, until = span_of_month(month, desk)
    note(asker, desk)
    log = desk.log
    period: dict[str, Any] = {"since": since, "until": until}
    by_action = {each.by["action"]: each for each in log.tally(("action",), **period)}
    busiest = log.tally(("actor",), limit=_FIRST, actions=OPENING, allowed=True, **period)
    beyond = outside(desk) | period
    return {
        "since": since,
        "until": until,
        "entries": sum(each.entries for each in by_action.values()),
        "refusals": by_action["refused"].entries if "refused" in by_action else 0,
        "alarms": by_action["alarm"].entries if "alarm" in by_action else 0,
        "alarms_open": len(_open_alarms(desk, Span(since=since, until=until, limit=1_000))),
        "searches": by_action["search"].entries if "search" in by_action else 0,
        "outside_the_course": [line(entry) for entry in log.find(**beyond, limit=_FIRST)],
        "outside_the_course_entries": log.count(**beyond),
        "without_consent": readings_without_consent(desk, Span(since=since, until=until, limit=_FIRST))["lines"],
        "persons_read_by_actor": {
            str(each.by["actor"]): each.subjects for each in busiest if each.by["actor"] is not None
        },
        "draws_open": sum(row.closed_on is None for row in desk.register.rows().where(DrawRow)),
    }


def draws(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The random checks, oldest first: what they are drawn from, how many entries, and what was found."""
    note(asker, desk)
    rows = desk.register.rows()
    return [_draw(row, rows) for row in sorted(rows.where(DrawRow), key=lambda row: (row.since, str(row.draw_id)))]


def draw(asker: Asker, desk: Desk, *, draw_id: UUID) -> Mapping[str, Any]:
    """The report of one check, with every drawn entry as the log shows it, and what was found about it.

    Raises NoSuchDraw.
    """
    note(asker, desk, records=(draw_id,))
    rows = desk.register.rows()
    row = rows.get(DrawRow, draw_id=draw_id)
    if row is None:
        raise NoSuchDraw("draw_id")
    drawn = rows.where(DrawnEntry, draw_id=draw_id)
    written = {entry.seq: entry for entry in desk.log.find(numbers=tuple(one.seq for one in drawn))}
    opening = Opening(desk, asker.asks(desk, "random_check"))
    for entry in drawn:
        opening.ask(entry.seq, entry.words, _ON_DUTY, record=draw_id)
    words = opening.open()
    return {**_draw(row, rows), "drawn": [_drawn(one, words[one.seq], written[one.seq]) for one in drawn]}


def draw_again(asker: Asker, desk: Desk, *, draw_id: UUID, after: int = 0, limit: int = 1_000) -> Mapping[str, Any]:
    """The list that was drawn from, rule by rule, and whether the same is drawn from it again.

    `sifting_is_the_same` is False when the register has learnt since then what would sift otherwise; whoever kept the
    list of that day draws the same again offline (docs/access-log.md). Raises NoSuchDraw.
    """
    note(asker, desk, records=(draw_id,))
    rows = desk.register.rows()
    row = rows.get(DrawRow, draw_id=draw_id)
    if row is None or row.seed is None:
        raise NoSuchDraw("draw_id")
    listed = sifting(desk, row.since, row.until)
    again = drawn_from(row.seed, listed, least=row.least, per_mille=row.per_mille)
    kept = [(entry.seq, entry.sifted_by) for entry in rows.where(DrawnEntry, draw_id=draw_id)]
    shown = [one for one in listed if one[0] > after]
    return {
        "draw_id": draw_id,
        "seed": row.seed,
        "sifting_is_the_same": digest_of(listed) == row.sifting,
        "drawn_is_the_same": again == sorted(kept),
        "sifting": [{"seq": seq, "sifted_by": rule or None} for seq, rule in shown[:limit]],
        "next_after": shown[limit - 1][0] if len(shown) > limit else None,
    }


def alarms(
    asker: Asker,
    desk: Desk,
    *,
    open_only: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """The alarms of the log: rule and figures, of whose use, and whether somebody has looked into it."""
    span = Span(since=since, until=until, after=after, limit=limit)
    note(asker, desk)
    rows = desk.register.rows()
    found = desk.log.find(action="alarm", **span.times, after=after, limit=limit + 1)
    opening = Opening(desk, asker.asks(desk, "random_check"))
    handled = {entry.seq: _handled(rows, desk, entry.seq or 0) for entry in found[:limit]}
    for seq, row in handled.items():
        opening.ask(seq, row.words if row is not None else None, _ON_DUTY)
    words = opening.open()
    return {
        "lines": [
            {**line(entry), "figures": dict(entry.details), "state": "open" if row is None else "handled"}
            | _found(row, words[entry.seq])
            for entry in found[:limit]
            for row in (handled[entry.seq],)
            if row is None or not open_only
        ],
        "next_after": found[limit - 1].seq if len(found) > limit else None,
    }


def _open_alarms(desk: Desk, span: Span) -> list[int]:
    rows = desk.register.rows()
    found = desk.log.find(action="alarm", **span.times, limit=span.limit)
    return [entry.seq or 0 for entry in found if _handled(rows, desk, entry.seq or 0) is None]


def _handled(rows: Rows, desk: Desk, seq: int) -> HandledAlarmRow | None:
    return rows.get(HandledAlarmRow, alarm_id=alarm_id(desk.realm, seq))


def _draw(row: DrawRow, rows: Rows) -> dict[str, Any]:
    drawn = rows.where(DrawnEntry, draw_id=row.draw_id)
    findings = Counter(entry.finding.value for entry in drawn if entry.finding is not None)
    return {
        "draw_id": row.draw_id,
        "since": row.since,
        "until": row.until,
        "announced_by": row.announced_by,
        "commitment": row.commitment,
        "nonce": row.nonce,
        "checkpoint": row.checkpoint,
        "seed": row.seed,
        "population": row.population,
        "left": row.left,
        "sifted": [
            {"rule": rule, "entries": int(number)} for rule, _, number in (each.partition("=") for each in row.sifted)
        ],
        "sifting": row.sifting,
        "least": row.least,
        "per_mille": row.per_mille,
        "drawn_on": row.drawn_on,
        "entries_drawn": len(drawn),
        "findings": dict(findings),
        "open": len(drawn) - findings.total(),
        "closed_on": row.closed_on,
        "version": row.version,
    }


def _drawn(row: DrawnEntry, words: Any, entry: Entry) -> Mapping[str, Any]:
    return {"seq": row.seq, "sifted_by": row.sifted_by or None, "entry": line(entry), **_found(row, words)}


def _found(row: DrawnEntry | HandledAlarmRow | None, words: Any) -> dict[str, Any]:
    return {
        "finding": row.finding if row is not None else None,
        "found_on": row.found_on if row is not None else None,
        "found_by": row.found_by if row is not None else None,
        "words": words,
    }


def span_of_month(month: str | None, desk: Desk) -> tuple[datetime, datetime]:
    """The first moments of this month and the next, in Denmark. Raises NotAMonth."""
    today = desk.clock.today()
    try:
        first = date.fromisoformat(f"{month}-01") if month is not None else today.replace(day=1)
    except ValueError:
        raise NotAMonth("month") from None
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return beginning_of(first), beginning_of(following)
