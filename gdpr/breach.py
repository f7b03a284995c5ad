"""A breach from the moment it is known: 72 hours to tell the authority, in phases, and who else is to be told (Art. 33, 34).

The hours are elapsed hours. They run through nights, weekends and the change of clocks, from the moment this controller
knew; another controller of the same accident has a clock of its own. Regulation 1182/71 prolongs no period of hours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, assert_never
from uuid import UUID

from domain.compartments import RealmKind, held_in
from domain.danish_time import day_of
from domain.errors import Invalid, RuleBroken
from domain.text import InTheFuture, TooLongAgo, optional_text, past, text
from gdpr.breach_facts import (
    Affected,
    BreachClosed,
    BreachDescribed,
    BreachFact,
    BreachNoticed,
    BreachReported,
    Nature,
    NotToldBecause,
    PersonsTold,
    Risk,
    RiskJudged,
    TellingNotNeeded,
    WayTold,
)
from gdpr.rights import UnknownCompartment

HOURS_TO_REPORT: Final = timedelta(hours=72)
_LONGEST_AGO = timedelta(days=5 * 365)
_MOST = 100_000_000


class Reporting(StrEnum):
    """Where the duty towards the supervisory authority stands at a moment."""

    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    REPORTED = "reported"
    REPORTED_LATE = "reported_late"


@dataclass(frozen=True, slots=True)
class Breach:
    """What decisions need. `written_at` is when the last fact was written down: nothing is written before it."""

    breach_id: UUID
    aware_at: datetime
    written_at: datetime
    risk: Risk | None = None
    reports: int = 0
    reported_at: datetime | None = None
    late: bool = False
    affected: tuple[Affected, ...] = ()
    compartments: tuple[str, ...] = ()
    persons: int | None = None
    records: int | None = None
    said: frozenset[str] = frozenset()
    told: bool = False
    not_told_because: NotToldBecause | None = None
    closed: bool = False

    @property
    def due_at(self) -> datetime:
        """The last moment for the notice, in UTC."""
        return self.aware_at + HOURS_TO_REPORT

    def reporting(self, now: datetime) -> Reporting:
        """A breach whose risk nobody has judged yet is due like any other: silence is not a judgement."""
        if self.reports:
            return Reporting.REPORTED_LATE if self.late else Reporting.REPORTED
        if self.risk is Risk.UNLIKELY:
            return Reporting.NOT_NEEDED
        return Reporting.OVERDUE if now > self.due_at else Reporting.WAITING

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be known or done before it can be closed, in the order of Art. 33(3), 33(1) and 34."""
        judged = self.risk is not None
        to_report = self.risk in (Risk.RISK, Risk.HIGH)
        told = self.told or self.not_told_because is not None
        wanting = {
            "affected": not self.affected,
            "compartments": not self.compartments,
            "consequences": "consequences" not in self.said,
            "measures": "measures" not in self.said,
            "contact": to_report and "contact" not in self.said,
            "risk": not judged,
            "reported_at": to_report and not self.reports,
            "told": self.risk is Risk.HIGH and not told,
        }
        return tuple(name for name, is_missing in wanting.items() if is_missing)


def evolve(breach: Breach | None, happened: BreachFact) -> Breach:
    if isinstance(happened, BreachNoticed):
        return Breach(happened.breach_id, happened.aware_at, happened.at)
    assert breach is not None
    breach = replace(breach, written_at=max(breach.written_at, happened.at))
    match happened:
        case BreachDescribed():
            return _described(breach, happened)
        case RiskJudged():
            return replace(breach, risk=happened.risk)
        case BreachReported() if breach.reports:
            return replace(breach, reports=happened.number)
        case BreachReported():
            return replace(breach, reports=happened.number, reported_at=happened.reported_at, late=happened.late)
        case PersonsTold():
            return replace(breach, told=True)
        case TellingNotNeeded():
            return replace(breach, not_told_because=happened.because)
        case BreachClosed():
            return replace(breach, closed=True)
        case _:
            assert_never(happened)


def _described(breach: Breach, more: BreachDescribed) -> Breach:
    return replace(
        breach,
        affected=breach.affected if more.affected is None else more.affected,
        compartments=breach.compartments if more.compartments is None else more.compartments,
        persons=breach.persons if more.persons is None else more.persons,
        records=breach.records if more.records is None else more.records,
        said=breach.said | set(more.said),
    )


class TimesImplausible(Invalid):
    """The moments of a breach follow each other: it begins, ends, is noticed, is reported; a processor tells no later."""

    code = "breach_times_implausible"


class ClockJumpedBack(RuleBroken):
    """The clock shows a time before what was written last; nothing is written until it is right again."""

    code = "clock_jumped_back"


class ZoneMissing(Invalid):
    """A moment says its time zone: hours are counted from it."""

    code = "time_zone_missing"


class LateWithoutReason(RuleBroken):
    """What is reported after 72 hours is reported with the reasons for the delay (Art. 33(1))."""

    code = "late_without_reason"


class NothingSaid(Invalid):
    """A description says something that was not said before."""

    code = "nothing_said"


class NumberImplausible(Invalid):
    """Numbers of persons and of records are whole and not negative."""

    code = "number_implausible"


class NotAHighRisk(RuleBroken):
    """An exception from telling the persons is needed only where the risk is high (Art. 34)."""

    code = "not_a_high_risk"


class BreachIsClosed(RuleBroken):
    """The breach is closed; what comes to light now is a breach of its own."""

    code = "breach_closed"


class BreachNotFinished(RuleBroken):
    """Something that Art. 33 or 34 demands is not known or not done yet; `field` names the first."""

    code = "breach_not_finished"


def notice(
    breach_id: UUID, *, what: str, natures: Iterable[Nature], aware_at: datetime, began_at: datetime | None = None,
    ended_at: datetime | None = None, processor_told_at: datetime | None = None, now: datetime,
) -> list[BreachFact]:  # fmt: skip
    """Begin the record; the hours run from `aware_at`, and not from now. Raises NothingSaid, ZoneMissing,
    TimesImplausible, InTheFuture, TooLongAgo.
    """
    aware_at = _happened(aware_at, "aware_at", now)
    began, ended = _optional(began_at, "began_at", now), _optional(ended_at, "ended_at", now)
    told = _optional(processor_told_at, "processor_told_at", now)
    # Who was told by its processor knows it from then on (EDPB Guidelines 9/2022, 44): not from when it looked closer.
    for earlier, later, field in (
        (began, ended, "ended_at"),
        (began, aware_at, "began_at"),
        (aware_at, told, "aware_at"),
    ):
        if earlier is not None and later is not None and earlier > later:
            raise TimesImplausible(field)
    chosen = tuple(sorted(set(natures)))
    if not chosen:
        raise NothingSaid("natures")
    return [
        BreachNoticed(
            breach_id=breach_id, at=now, aware_at=aware_at, began_at=began, ended_at=ended, processor_told_at=told,
            natures=chosen, what=text(what, "what"),
        )
    ]  # fmt: skip


def describe(
    breach: Breach, *, kind: RealmKind, affected: Iterable[Affected] | None = None,
    compartments: Iterable[str] | None = None, persons: int | None = None, records: int | None = None,
    consequences: str | None = None, measures: str | None = None, contact: str | None = None, now: datetime,
) -> list[BreachFact]:  # fmt: skip
    """Say what is known by now; what is left out stays as it was. `kind` is the realm whose compartments there are.

    Raises NothingSaid, UnknownCompartment, NumberImplausible, ClockJumpedBack, BreachIsClosed.
    """
    _refuse_written(breach, now)
    for number, field in ((persons, "persons"), (records, "records")):
        if number is not None and not 0 <= number <= _MOST:
            raise NumberImplausible(field)
    names = None if compartments is None else tuple(sorted(set(compartments)))
    if names is not None and not set(names) <= {compartment.name for compartment in held_in(kind)}:
        raise UnknownCompartment("compartments")
    words = {
        name: optional_text(words, name)
        for name, words in (("consequences", consequences), ("measures", measures), ("contact", contact))
    }
    said = tuple(name for name, value in words.items() if value is not None)
    whom = None if affected is None else tuple(sorted(set(affected)))
    if not said and not whom and not names and persons is None and records is None:
        raise NothingSaid("consequences")
    return [
        BreachDescribed(
            breach_id=breach.breach_id, at=now, affected=whom or None, compartments=names or None, persons=persons,
            records=records, said=said, **words,
        )
    ]  # fmt: skip


def judge(breach: Breach, risk: Risk, *, reason: str, now: datetime) -> list[BreachFact]:
    """Say how likely and severe it is, and why; each judgement is kept. Raises ClockJumpedBack, BreachIsClosed."""
    _refuse_written(breach, now)
    return [RiskJudged(breach_id=breach.breach_id, at=now, risk=risk, reason=text(reason, "reason"))]


def report(
    breach: Breach, *, reported_at: datetime, late_because: str | None = None, now: datetime
) -> list[BreachFact]:
    """It was sent to the supervisory authority: the notice first, then its phases. Silent for one that is written down.

    Raises LateWithoutReason, TimesImplausible, InTheFuture, ClockJumpedBack, BreachIsClosed.
    """
    _refuse_written(breach, now)
    reported_at = _happened(reported_at, "reported_at", now)
    if reported_at == breach.reported_at:
        return []
    if reported_at < (breach.reported_at or breach.aware_at):
        raise TimesImplausible("reported_at")
    late = not breach.reports and reported_at > breach.due_at
    reason = optional_text(late_because, "late_because") if late else None
    if late and reason is None:
        raise LateWithoutReason("late_because")
    return [
        BreachReported(
            breach_id=breach.breach_id, at=now, reported_at=reported_at, number=breach.reports + 1, late=late,
            late_because=reason,
        )
    ]  # fmt: skip


def tell(
    breach: Breach, *, on: date, way: WayTold, persons: int | None, now: datetime, today: date
) -> list[BreachFact]:
    """The persons were told (Art. 34); also where the risk is not high, of one's own accord.

    Raises TimesImplausible, NumberImplausible, InTheFuture, ClockJumpedBack, BreachIsClosed.
    """
    _refuse_written(breach, now)
    if past(on, "on", today=today) < day_of(breach.aware_at):
        raise TimesImplausible("on")
    if persons is not None and not 0 <= persons <= _MOST:
        raise NumberImplausible("persons")
    return [PersonsTold(breach_id=breach.breach_id, at=now, on=on, way=way, persons=persons)]


def need_not_tell(breach: Breach, because: NotToldBecause, *, reason: str, now: datetime) -> list[BreachFact]:
    """The persons need not be told although the risk is high (Art. 34(3)). Raises NotAHighRisk, ClockJumpedBack,
    BreachIsClosed.
    """
    _refuse_written(breach, now)
    if breach.risk is not Risk.HIGH:
        raise NotAHighRisk("because")
    told = TellingNotNeeded(breach_id=breach.breach_id, at=now, because=because, reason=text(reason, "reason"))
    return [told]


def close(breach: Breach, *, now: datetime) -> list[BreachFact]:
    """Nothing more is to be done. Silent when it is closed. Raises BreachNotFinished, ClockJumpedBack."""
    if breach.closed:
        return []
    _refuse_written(breach, now)
    if breach.missing:
        raise BreachNotFinished(breach.missing[0])
    return [BreachClosed(breach_id=breach.breach_id, at=now)]


def _refuse_written(breach: Breach, now: datetime) -> None:
    if breach.closed:
        raise BreachIsClosed("breach_id")
    if now < breach.written_at:
        raise ClockJumpedBack("breach_id")


def _happened(moment: datetime, field: str, now: datetime) -> datetime:
    """The moment in UTC. Raises ZoneMissing, InTheFuture, TooLongAgo."""
    if moment.tzinfo is None:
        raise ZoneMissing(field)
    if moment > now:
        raise InTheFuture(field)
    if moment < now - _LONGEST_AGO:
        raise TooLongAgo(field)
    return moment.astimezone(UTC)


def _optional(moment: datetime | None, field: str, now: datetime) -> datetime | None:
    return None if moment is None else _happened(moment, field, now)
