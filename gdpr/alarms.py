"""An alarm of the access log is looked into once, and what was found stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gdpr.checks import FindingStands, words_for
from gdpr.checks_facts import AlarmHandled, Finding


@dataclass(frozen=True, slots=True)
class HandledAlarm:
    """What was found about one alarm, entry number `seq` of the log, and when."""

    seq: int
    finding: Finding
    on: date


def evolve(alarm: HandledAlarm | None, happened: AlarmHandled) -> HandledAlarm:
    return HandledAlarm(happened.seq, happened.finding, happened.on)


def handle(
    alarm: HandledAlarm | None, alarm_id: UUID, seq: int, finding: Finding, *, words: str | None, on: date
) -> list[AlarmHandled]:
    """Say what was found. Silent when the same was. Raises FindingStands, FindingWithoutWords."""
    if alarm is not None and alarm.finding is finding:
        return []
    if alarm is not None:
        raise FindingStands("finding")
    return [AlarmHandled(alarm_id=alarm_id, seq=seq, finding=finding, on=on, words=words_for(finding, words))]
