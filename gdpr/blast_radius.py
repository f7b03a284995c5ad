"""What a lost account, device, process or key could have opened and did open, put together by person (GDPR Art. 33, 34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.errors import Invalid
from gdpr.ports import Entry

OPENED = ("read", "print", "disclose", "search")
"""What tells somebody something of a person; a change or a refusal does not."""


class NothingNamed(Invalid):
    """Name what was lost: an account, a session, a process, a key, or the time in which it happened."""

    code = "nothing_named"


class PeriodMissing(Invalid):
    """Say from when on it was in other hands."""

    code = "period_missing"


class PeriodTooLong(Invalid):
    """What could have been read is looked at day by day, for so many days at most."""

    code = "period_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What was in other hands, and when; all that is named holds at once. `until` is not included."""

    actor: UUID | None = None
    session: UUID | None = None
    process: str | None = None
    key_id: bytes | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if not any((self.actor, self.session, self.process, self.key_id, self.since, self.until)):
            raise NothingNamed("actor")


@dataclass(frozen=True, slots=True)
class Could:
    """One compartment of one person lay open to a role from one moment to another; `as_group` without whose it was."""

    subject: UUID
    compartment: str
    role: str
    first: datetime
    last: datetime
    as_group: bool = False


@dataclass(frozen=True, slots=True)
class Affected:
    """One compartment of one person: whether it lay open, from when to when it was read, and how often."""

    subject: UUID
    compartment: str
    could: bool = False
    as_group: bool = False
    open_from: datetime | None = None
    open_to: datetime | None = None
    first_read: datetime | None = None
    last_read: datetime | None = None
    times: int = 0
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def was_read(self) -> bool:
        return self.times > 0


def together(could: Iterable[Could], read: Iterable[Entry]) -> list[Affected]:
    """One line for each person and compartment that lay open or was read; what was read comes first."""
    found: dict[tuple[UUID, str], Affected] = {}
    for one in could:
        before = found.get((one.subject, one.compartment))
        found[one.subject, one.compartment] = _opened(before or Affected(one.subject, one.compartment), one)
    for entry in read:
        if entry.subject is not None:
            place = entry.subject, entry.compartment
            found[place] = _read(found.get(place) or Affected(*place), entry)
    return sorted(found.values(), key=lambda each: (not each.was_read, str(each.subject), each.compartment))


def counts_as_reading(entry: Entry) -> bool:
    return entry.allowed and entry.action in OPENED


def unnamed(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Readings whose private half has ended with the log's retention: whom they were about nobody can say any more."""
    return (entry for entry in entries if counts_as_reading(entry) and entry.actor is None)


def _opened(line: Affected, one: Could) -> Affected:
    return replace(
        line, could=True, as_group=one.as_group and (line.as_group or not line.could), roles=line.roles | {one.role},
        open_from=min(line.open_from or one.first, one.first), open_to=max(line.open_to or one.last, one.last),
    )  # fmt: skip


def _read(line: Affected, entry: Entry) -> Affected:
    return replace(
        line, times=line.times + 1, roles=line.roles | {entry.role},
        first_read=min(line.first_read or entry.at, entry.at), last_read=max(line.last_read or entry.at, entry.at),
    )  # fmt: skip
