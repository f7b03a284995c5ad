"""The officer keeps the register of breaches: what was noticed, judged, reported, told and done (GDPR Art. 33 and 34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.perform import Work, serves
from application.ports import Aggregate
from domain.errors import NotFound
from domain.people import Role
from gdpr import breach as rules
from gdpr.breach import Breach
from gdpr.breach_facts import Affected, BreachFact, Nature, NotToldBecause, Risk, WayTold

BREACH_CASE: Aggregate[Breach] = Aggregate("breach", rules.evolve)
_OFFICER = frozenset({Role.OFFICER})


class NoSuchBreach(NotFound):
    """The register of this realm holds no such breach."""

    code = "unknown_breach"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBreach:
    """The controller knows of a breach, by itself or from a processor; 72 hours run from `aware_at`."""

    GIVEN_BY: ClassVar = _OFFICER

    what: str
    natures: tuple[Nature, ...]
    aware_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    processor_told_at: datetime | None = None


@serves(NoticeBreach)
def notice_breach(command: NoticeBreach, work: Work) -> Mapping[str, Any]:
    breach_id = uuid4()
    facts = rules.notice(
        breach_id, what=command.what, natures=command.natures, aware_at=command.aware_at, began_at=command.began_at,
        ended_at=command.ended_at, processor_told_at=command.processor_told_at, now=work.desk.clock.now(),
    )  # fmt: skip
    due_at = rules.evolve(None, facts[0]).due_at
    return {**_recorded(work, breach_id, facts), "due_at": due_at.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeBreach:
    """What is known by now, in one go or in phases (Art. 33(3) and (4)); what is left out stays as it was."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID
    affected: tuple[Affected, ...] | None = None
    compartments: tuple[str, ...] | None = None
    persons: int | None = None
    records: int | None = None
    consequences: str | None = None
    measures: str | None = None
    contact: str | None = None
    version: int | None = None


@serves(DescribeBreach)
def describe_breach(command: DescribeBreach, work: Work) -> Mapping[str, Any]:
    facts = rules.describe(
        _found(work, command.breach_id, command.version), kind=work.desk.kind, affected=command.affected,
        compartments=command.compartments, persons=command.persons, records=command.records,
        consequences=command.consequences, measures=command.measures, contact=command.contact,
        now=work.desk.clock.now(),
    )  # fmt: skip
    return _recorded(work, command.breach_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRisk:
    """How likely and how severe, with the reason; a later judgement takes the place of an earlier one."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID
    risk: Risk
    reason: str
    version: int | None = None


@serves(JudgeRisk)
def judge_risk(command: JudgeRisk, work: Work) -> Mapping[str, Any]:
    breach = _found(work, command.breach_id, command.version)
    facts = rules.judge(breach, command.risk, reason=command.reason, now=work.desk.clock.now())
    return _recorded(work, command.breach_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBreach:
    """It was sent to Datatilsynet, or something was added to what was sent; when late, with the reasons (Art. 33(1))."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID
    reported_at: datetime
    late_because: str | None = None


@serves(ReportBreach)
def report_breach(command: ReportBreach, work: Work) -> Mapping[str, Any]:
    breach = _found(work, command.breach_id)
    facts = rules.report(
        breach, reported_at=command.reported_at, late_because=command.late_because, now=work.desk.clock.now()
    )
    return _recorded(work, command.breach_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPersons:
    """The persons concerned were told by whoever knows their names: the leader, the coordinator (Art. 34)."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID
    way: WayTold
    on: date
    persons: int | None = None


@serves(TellPersons)
def tell_persons(command: TellPersons, work: Work) -> Mapping[str, Any]:
    breach, clock = _found(work, command.breach_id), work.desk.clock
    facts = rules.tell(
        breach, on=command.on, way=command.way, persons=command.persons, now=clock.now(), today=clock.today()
    )
    return _recorded(work, command.breach_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNotTell:
    """The risk is high, and the persons need not be told, on one of the two grounds of Art. 34(3)."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID
    because: NotToldBecause
    reason: str


@serves(NeedNotTell)
def need_not_tell(command: NeedNotTell, work: Work) -> Mapping[str, Any]:
    breach = _found(work, command.breach_id)
    facts = rules.need_not_tell(breach, command.because, reason=command.reason, now=work.desk.clock.now())
    return _recorded(work, command.breach_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBreach:
    """Nothing more is to be done; the record stays for the authority (Art. 33(5))."""

    GIVEN_BY: ClassVar = _OFFICER

    breach_id: UUID


@serves(CloseBreach)
def close_breach(command: CloseBreach, work: Work) -> Mapping[str, Any]:
    facts = rules.close(_found(work, command.breach_id), now=work.desk.clock.now())
    return _recorded(work, command.breach_id, facts)


def _found(work: Work, breach_id: UUID, version: int | None = None) -> Breach:
    return work.load(BREACH_CASE, breach_id, NoSuchBreach, "breach_id", version=version)


def _recorded(work: Work, breach_id: UUID, facts: Sequence[BreachFact]) -> Mapping[str, Any]:
    work.record(breach_id, facts)
    return {"breach_id": str(breach_id), "version": work.version(breach_id)}
