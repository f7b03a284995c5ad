"""Follows the register's events and writes digests of them into the access log, and compares the two when asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from eventsourcing.persistence import Notification

from application.ports import Clock
from gdpr.access_log import EVENTS
from gdpr.attested import Attested, EventsVerdict, StoredEvent, compare, entry_of, read
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.register import SqlRegister

_PAGE: Final = 500
"""Events in one entry at most: about 40 KB of digests and stream ids."""
_ENTRIES_AT_A_TIME: Final = 50


class EventAttesting:
    """The events of one realm under its log's tree.

    How far it has come stands in the log itself, in the entry that says so: position and digests are one commit, and
    no transaction of the register waits for it. Two processes may do it at the same time; what both attested is
    attested twice.
    """

    def __init__(self, register: SqlRegister, log: SqlAccessLog, clock: Clock, process: str = "") -> None:
        """`process` is the name of the process this is in, for the log."""
        self._register, self._log, self._clock, self._process = register, log, clock, process
        # The last entry that was looked at and the position it came to: what another process wrote lies behind it.
        self._seen = (0, 0)

    def attest(self) -> int:
        """Write what was stored since the last time, at most a page in an entry; returns how many events it was.

        Raises LogUnavailable, Unavailable.
        """
        head, attested = self._register.head(), 0
        while head > (position := self._position()):
            events = self._stored(position, head, _PAGE)
            if not events:
                break
            self._log.write([entry_of(events, after=position, at=self._clock.now(), process=self._process)])
            attested += len(events)
        return attested

    def compare(self) -> EventsVerdict:
        """Whether every event lies in the register as the log attests it; the first that does not.

        Raises LogUnavailable, Unavailable; Tampered for an entry that is no longer what was written.
        """
        # Read first: an event that comes in between is counted as not attested yet, never as inserted.
        last = self._register.head()
        return compare(self._attested(), lambda start, end: self._stored(start - 1, end, end), last=last)

    def _position(self) -> int:
        entry, position = self._seen
        if (newest := self._log.newest(EVENTS, after=entry)) is not None:
            entry, position = newest.seq or entry, read(newest).positions[-1]
            self._seen = entry, position
        return position

    def _attested(self) -> Iterator[Attested]:
        after = 0
        while page := self._log.find(action=EVENTS, after=after, limit=_ENTRIES_AT_A_TIME):
            yield from map(read, page)
            after = page[-1].seq or 0

    def _stored(self, after: int, end: int, limit: int) -> list[StoredEvent]:
        """The events behind one position up to another."""
        with self._register.reaching_the_database():
            page = self._register.recorder.select_notifications(after, limit, stop=end, inclusive_of_start=False)
        return [_event(each) for each in page]


def _event(stored: Notification) -> StoredEvent:
    assert isinstance(stored.originator_id, UUID)
    return StoredEvent(stored.id, stored.originator_id, stored.originator_version, stored.topic, stored.state)
