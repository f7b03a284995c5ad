"""Watches the access log for uses that somebody should look into, and writes each alarm to the log exactly once.

Every rule is computed from the entries themselves and their numbers alone, so the same entries raise the same alarms,
however often and by whatever process they are looked at: an alarm's request id is made of its rule and its occasion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from application.checks import CHECKED_ROLES, USES
from application.desk import Desk, Limits
from application.known_relations import Relations
from domain.compartments import NOTE, SHARED_NOTE
from domain.danish_time import beginning_of, day_of
from domain.people import Role
from gdpr.ports import Entry

THE_WATCH: Final = "watch"
"""The purpose of the entries that the register writes of its own accord when it watches."""
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_PAGE: Final = 500
_NOTES: Final = (NOTE.name, SHARED_NOTE.name)
_ON_A_COURSE: Final = (Role.LEADER.value, Role.VOLUNTEER.value)


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule holds at an entry. `occasion` tells two alarms of one rule apart; `figures` are what the rule counted."""

    rule: str
    occasion: str
    at: Entry
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Window:
    """The new entries, in order, behind number `after`; with them those from before that a rule has to count."""

    entries: Sequence[Entry]
    after: int
    known: Relations
    limits: Limits

    def new(self, *actions: str) -> Iterator[Entry]:
        return (e for e in self.entries if (e.seq or 0) > self.after and e.action in actions and e.actor is not None)

    def before(self, entry: Entry, within: timedelta, *actions: str) -> list[Entry]:
        """What the same actor did in the time up to this entry, which is not among it."""
        return [
            e
            for e in self.entries
            if e.actor == entry.actor
            and e.action in actions
            and (e.seq or 0) < (entry.seq or 0)
            and entry.at - within < e.at
        ]


Rule = Callable[[Window], Iterator[Raised]]


def many_families_in_a_minute(window: Window) -> Iterator[Raised]:
    """One by one: a page that shows a whole course is one look, whoever stands on it."""
    limit, alone = window.limits.alarm_families_a_minute, _about_one_family(window)
    for entry in window.new(*USES):
        family = alone.get(entry.request_id)
        if family is None or entry.role not in CHECKED_ROLES:
            continue
        earlier = {alone[e.request_id] for e in window.before(entry, _MINUTE, *USES) if e.request_id in alone}
        if len(earlier) < limit <= len(earlier | {family}):
            yield Raised("many_families_in_a_minute", str(entry.seq), entry, {"families": limit, "limit": limit})


def repeated_refusals(window: Window) -> Iterator[Raised]:
    """So many requests refused to one actor within a day and a night."""
    limit = window.limits.alarm_refusals_a_day
    for entry in window.new("refused"):
        earlier = {e.request_id for e in window.before(entry, _DAY, "refused")}
        if len(earlier) < limit <= len(earlier | {entry.request_id}):
            yield Raised("repeated_refusals", str(entry.seq), entry, {"refused": limit, "limit": limit})


def outside_the_course(window: Window) -> Iterator[Raised]:
    """A course is read before it is prepared, or after it has ended; once a day for each reader and course."""
    for entry in window.new("read", "print"):
        on = day_of(entry.at)
        if entry.course in window.known.courses and not window.known.within_the_course(entry.course, on):
            yield Raised("outside_the_course", f"{entry.actor}/{entry.course}/{on}", entry, {})


def own_acquaintance(window: Window) -> Iterator[Raised]:
    """Somebody reads the notes of a family that it said it knows (VOL-08); once a day for each reader and family."""
    for entry in window.new("read", "print"):
        family = window.known.family_of(entry.subject)
        if entry.compartment in _NOTES and (entry.actor, family) in window.known.acquainted:
            yield Raised("own_acquaintance", f"{entry.actor}/{family}/{day_of(entry.at)}", entry, {})


def no_standing_that_day(window: Window) -> Iterator[Raised]:
    """Somebody read a course to which, as the register now knows, it was not attached on that day."""
    for entry in window.new("read", "print"):
        if entry.role in _ON_A_COURSE and entry.course is not None and not window.known.on_the_team(entry):
            occasion = f"{entry.actor}/{entry.course}/{day_of(entry.at)}"
            yield Raised("no_standing_that_day", occasion, entry, {})


def officer_looks_up_much(window: Window) -> Iterator[Raised]:
    """An officer asks the log more often in a day than its work explains: who checks is checked."""
    limit = window.limits.alarm_officer_a_day
    for entry in window.new("officer"):
        on = day_of(entry.at)
        earlier = {e.request_id for e in window.before(entry, _DAY, "officer") if day_of(e.at) == on}
        if len(earlier) < limit <= len(earlier | {entry.request_id}):
            yield Raised("officer_looks_up_much", f"{entry.actor}/{on}", entry, {"asked": limit, "limit": limit})


RULES: Final[tuple[Rule, ...]] = (
    many_families_in_a_minute,
    repeated_refusals,
    outside_the_course,
    own_acquaintance,
    no_standing_that_day,
    officer_looks_up_much,
)


def raised(window: Window) -> list[Raised]:
    """All alarms of the new entries, one for each occasion, in the order of their entries."""
    found: dict[tuple[str, str], Raised] = {}
    for rule in RULES:
        for alarm in rule(window):
            found.setdefault((alarm.rule, alarm.occasion), alarm)
    return sorted(found.values(), key=lambda alarm: (alarm.at.seq or 0, alarm.rule))


def watch(desk: Desk, position: int) -> int:
    """Look at a page of the entries behind this number; returns the number to which they were looked at.

    May be called twice for the same entries: an alarm that is in the log is not written again.
    """
    new = _whole_requests(desk.log.find(after=position, limit=_PAGE))
    if not new:
        return position
    window = Window(_with_the_day_before(desk, new, position), position, Relations(desk), desk.limits)
    alarms = [_entry(alarm, desk) for alarm in raised(window)]
    desk.log.write([alarm for alarm in alarms if not desk.log.count(action="alarm", request=alarm.request_id)])
    return new[-1].seq or position


def _whole_requests(found: list[Entry]) -> list[Entry]:
    """Without the last request of a full page, of which the rest may be on the next one."""
    if len(found) < _PAGE:
        return found
    whole = [entry for entry in found if entry.request_id != found[-1].request_id]
    return whole or found


def _with_the_day_before(desk: Desk, new: list[Entry], position: int) -> list[Entry]:
    """The new entries, behind those of a day before them by the same actors that a rule counts."""
    first = min(entry.at for entry in new)
    counted = (
        (("refused", "officer"), min(first - _DAY, beginning_of(day_of(first)))),
        (USES, first - _MINUTE),
    )
    earlier = [
        entry
        for actor in {entry.actor for entry in new if entry.actor is not None}
        for actions, since in counted
        for entry in desk.log.find(actor=actor, actions=actions, since=since, upto=position)
    ]
    return sorted([*earlier, *new], key=lambda entry: entry.seq or 0)


def _about_one_family(window: Window) -> dict[UUID, UUID]:
    """The requests that were about a single family, and which."""
    families: dict[UUID, set[UUID]] = {}
    for entry in window.entries:
        family = window.known.family_of(entry.subject)
        if family is not None and entry.action in USES:
            families.setdefault(entry.request_id, set()).add(family)
    return {request: next(iter(some)) for request, some in families.items() if len(some) == 1}


def _entry(alarm: Raised, desk: Desk) -> Entry:
    """The alarm as an entry: of the actor whose use raised it, never a word of what was read."""
    at = alarm.at
    now: datetime = desk.clock.now()
    return Entry(
        at=now, action="alarm", actor=at.actor, role=at.role, unit=at.unit, course=at.course, purpose=THE_WATCH,
        compartment=at.compartment, subject=at.subject, allowed=False, rule=alarm.rule,
        request_id=uuid5(NAMESPACE_OID, f"tillid/alarm/{desk.realm}/{alarm.rule}/{alarm.occasion}"),
        details={"entry": at.seq or 0, **alarm.figures}, process=desk.process,
    )  # fmt: skip
