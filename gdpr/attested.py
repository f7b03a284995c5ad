"""Puts the stored events under the tree of the access log, so that nobody changes, removes or inserts one unseen.

What is sealed is authenticated by its key; what is CLEAR, a date or a decision, would be by nothing. The digests are
taken over the stored bytes, where personal values are ciphertext: so an erasure never breaks them.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from gdpr.access_log import EVENTS
from gdpr.ports import THE_REGISTER, Entry, Tampered

_DIGEST_BYTES: Final = 32


class StoredEvent(NamedTuple):
    """An event as it lies in the register: its place in the order of all events, and its four stored columns."""

    position: int
    stream: UUID
    version: int
    topic: str
    state: bytes


class EventFlaw(StrEnum):
    """What can be wrong with a stored event, as a stable code."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    NOT_ATTESTED = "not_attested"


@dataclass(frozen=True, slots=True)
class BrokenEvent:
    """The first event that is not as it was attested. `stream` is None when whoever removed it also waited until the
    private half of its entry had ended; `entry` is the number of the entry that attests it."""

    position: int
    stream: UUID | None
    flaw: EventFlaw
    entry: int
    words: str


@dataclass(frozen=True, slots=True)
class EventsVerdict:
    """The answer of a comparison, up to the first flaw: `events` are as they were attested, so many positions are
    `unattested` since.

    `first` is the position of the first event that an entry still attests; earlier ones went with their months.
    """

    events: int
    unattested: int
    first: int | None
    first_broken: BrokenEvent | None

    @property
    def ok(self) -> bool:
        return self.first_broken is None


@dataclass(frozen=True, slots=True)
class Attested:
    """One entry read: from `start` to the last of `positions` the register held these events and no others."""

    entry: int
    start: int
    positions: Sequence[int]
    digests: Sequence[bytes]
    streams: Sequence[UUID]


def digest(event: StoredEvent) -> bytes:
    """SHA-256 over the position, the stream, the version, the topic's length and the topic, and the stored state.

    Numbers are big-endian, 8 bytes, the length 4; the stream is its 16 bytes.
    """
    topic = event.topic.encode()
    place = event.position.to_bytes(8, "big") + event.stream.bytes + event.version.to_bytes(8, "big")
    return sha256(place + len(topic).to_bytes(4, "big") + topic + event.state).digest()


def entry_of(events: Sequence[StoredEvent], *, after: int, at: datetime, process: str) -> Entry:
    """The entry that attests these events, in order, as all that is stored behind position `after`."""
    start, end = after + 1, events[-1].position
    details: dict[str, int | str] = {
        "from": start,
        "to": end,
        "digests": b64encode(b"".join(digest(event) for event in events)).decode(),
    }
    if len(events) != end - after:
        # PostgreSQL numbers a transaction that is rolled back, too.
        details["positions"] = ",".join(str(event.position) for event in events)
    return Entry(
        at=at, action=EVENTS, actor=THE_REGISTER, role="register", unit=None, course=None, purpose="integrity",
        compartment="", subject=None, allowed=True, rule="attested", request_id=THE_REGISTER,
        records=tuple(event.stream for event in events), details=details, process=process,
    )  # fmt: skip


def read(entry: Entry) -> Attested:
    """What an entry attests. Raises Tampered when it is not in the form of `entry_of`."""
    try:
        start, end = int(entry.details["from"]), int(entry.details["to"])
        joined = b64decode(str(entry.details["digests"]), validate=True)
        listed = entry.details.get("positions")
        positions = range(start, end + 1) if listed is None else [int(each) for each in str(listed).split(",")]
    except (KeyError, ValueError):
        raise Tampered(f"entry {entry.seq} does not say which events it attests") from None
    digests = [joined[at : at + _DIGEST_BYTES] for at in range(0, len(joined), _DIGEST_BYTES)]
    if len(digests) != len(positions) or (entry.records and len(entry.records) != len(positions)):
        raise Tampered(f"entry {entry.seq} does not attest as many events as it says")
    return Attested(entry.seq or 0, start, positions, digests, entry.records)


def compare(
    attested: Iterable[Attested], stored: Callable[[int, int], Iterable[StoredEvent]], *, last: int
) -> EventsVerdict:
    """Compare the events of the register with all that the log attests of them, in the order of its entries.

    `stored` gives the events from one position to another, `last` is the position of the last. One pass; memory for one
    entry. What two processes attested twice is compared twice.
    """
    events, covered, first = 0, 0, None
    for each in attested:
        if first is None:
            first, covered = each.start, each.start - 1
        if each.start > covered + 1:
            words = f"no entry attests the events from {covered + 1} to {each.start - 1}"
            return _broken(events, first, BrokenEvent(covered + 1, None, EventFlaw.NOT_ATTESTED, each.entry, words))
        end = each.positions[-1]
        for flaw in _flaws(each, stored(each.start, end)):
            return _broken(events, first, flaw)
        events += sum(1 for position in each.positions if position > covered)
        covered = max(covered, end)
    return EventsVerdict(events, max(last - covered, 0), first, None)


def _flaws(attested: Attested, stored: Iterable[StoredEvent]) -> Iterator[BrokenEvent]:
    """What is not as attested, from the first on; both sides are in the order of their positions."""
    there = iter(stored)
    event = next(there, None)
    for at, position in enumerate(attested.positions):
        stream = attested.streams[at] if attested.streams else None
        if event is not None and event.position < position:
            yield _flaw(event.position, event.stream, EventFlaw.INSERTED, attested.entry)
        if event is None or event.position > position:
            yield _flaw(position, stream, EventFlaw.REMOVED, attested.entry)
            return
        if digest(event) != attested.digests[at]:
            yield _flaw(position, stream or event.stream, EventFlaw.CHANGED, attested.entry)
        event = next(there, None)


def _flaw(position: int, stream: UUID | None, flaw: EventFlaw, entry: int) -> BrokenEvent:
    of = "" if stream is None else f" of the stream {stream}"
    words = f"event {position}{of} was {flaw} after entry {entry} of the log attested it"
    if flaw is EventFlaw.INSERTED:
        words = f"event {position}{of} was inserted: entry {entry} of the log knows of none there"
    return BrokenEvent(position, stream, flaw, entry, words)


def _broken(events: int, first: int | None, flaw: BrokenEvent) -> EventsVerdict:
    return EventsVerdict(events, 0, first, flaw)
