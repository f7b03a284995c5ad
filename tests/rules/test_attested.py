"""Whoever changes, removes or inserts a stored event is found out, and the event is named."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr.access_log import decode, encode
from gdpr.attested import Attested, EventFlaw, EventsVerdict, StoredEvent, compare, digest, entry_of, read
from gdpr.ports import Tampered
from tests.access_log_examples import NOVEMBER


def event(position: int, **other: object) -> StoredEvent:
    made = StoredEvent(position, UUID(int=position % 3), position, "course.planned", b"sealed %d" % position)
    return made._replace(**other)  # type: ignore[arg-type]


def attested(*lots: list[StoredEvent]) -> list[Attested]:
    """Each lot in an entry of its own, written, stored and read again."""
    found, after = [], 0
    for number, lot in enumerate(lots, start=1):
        stored = encode(entry_of(lot, after=after, at=NOVEMBER, process="register"), number, "2026-11", bytes(32))
        found.append(read(decode(stored.public, stored.private)))
        after = lot[-1].position
    return found


def compared(entries: list[Attested], events: list[StoredEvent]) -> EventsVerdict:
    last = events[-1].position if events else 0
    return compare(entries, lambda start, end: [each for each in events if start <= each.position <= end], last=last)


EVENTS = [event(position) for position in (1, 2, 3, 5, 6, 9)]
ENTRIES = attested(EVENTS[:2], EVENTS[2:5], EVENTS[5:])


def test_the_digest_is_taken_over_exactly_these_bytes() -> None:
    one = StoredEvent(7, UUID(int=1), 2, "æ", b"\x00state")
    assert (
        digest(one)
        == sha256(
            bytes(7)
            + b"\x07"
            + bytes(15)
            + b"\x01"
            + bytes(7)
            + b"\x02"
            + b"\x00\x00\x00\x02"
            + "æ".encode()
            + b"\x00state"
        ).digest()
    )


def test_events_that_lie_as_they_were_written_are_whole_whatever_numbers_were_passed_over() -> None:
    assert compared(ENTRIES, EVENTS) == EventsVerdict(events=6, unattested=0, first=1, first_broken=None)


def test_what_came_since_is_counted() -> None:
    assert compared(ENTRIES, [*EVENTS, event(10), event(12)]).unattested == 3
    assert compared([], [event(1)]) == EventsVerdict(0, 1, None, None)


@given(st.data())
def test_any_event_that_is_changed_removed_or_inserted_is_named(data: st.DataObject) -> None:
    events = list(EVENTS)
    how = data.draw(st.sampled_from([EventFlaw.CHANGED, EventFlaw.REMOVED, EventFlaw.INSERTED]))
    at = data.draw(st.integers(0, len(events) - 1))
    if how is EventFlaw.CHANGED:
        column, value = data.draw(
            st.sampled_from([("state", b"?"), ("topic", "course.cancelled"), ("version", 99), ("stream", UUID(int=99))])
        )
        events[at] = named = events[at]._replace(**{column: value})
        stream = EVENTS[at].stream
    elif how is EventFlaw.REMOVED:
        named = events.pop(at)
        stream = named.stream
    else:
        named = event(data.draw(st.sampled_from([4, 7, 8])))
        stream = named.stream
        events = sorted([*events, named])
    found = compared(ENTRIES, events).first_broken
    assert found is not None
    assert (found.position, found.stream, found.flaw) == (named.position, stream, how)
    assert str(stream) in found.words


def test_swapped_events_are_named_at_the_first() -> None:
    events = [EVENTS[0], EVENTS[2]._replace(position=2), EVENTS[1]._replace(position=3), *EVENTS[3:]]
    found = compared(ENTRIES, events).first_broken
    assert found is not None
    assert (found.position, found.flaw, found.entry) == (2, EventFlaw.CHANGED, 1)


def test_a_stretch_that_no_entry_attests_is_named() -> None:
    found = compared([ENTRIES[0], ENTRIES[2]], EVENTS).first_broken
    assert found is not None
    assert (found.position, found.flaw) == (3, EventFlaw.NOT_ATTESTED)


def test_what_went_with_its_month_is_told_and_not_missed() -> None:
    verdict = compared(ENTRIES[1:], EVENTS)
    assert verdict.ok
    assert (verdict.events, verdict.first) == (4, 3)


def test_what_two_processes_attested_twice_is_whole() -> None:
    assert compared([ENTRIES[0], *attested(EVENTS[:5]), ENTRIES[2]], EVENTS).events == 6


def test_when_the_private_half_has_ended_the_digests_still_tell_and_the_stream_only_of_what_is_there() -> None:
    forgotten = [replace(each, streams=()) for each in ENTRIES]
    assert compared(forgotten, EVENTS).ok
    found = compared(forgotten, EVENTS[1:]).first_broken
    assert found is not None
    assert (found.position, found.stream, found.flaw) == (1, None, EventFlaw.REMOVED)


@pytest.mark.parametrize(
    "details", [{}, {"from": 1, "to": 2, "digests": ""}, {"from": 1, "to": 1, "digests": "?"}, {"from": 1, "to": "x"}]
)
def test_an_entry_that_does_not_say_what_it_attests_is_an_alarm(details: dict[str, int | str]) -> None:
    entry = replace(entry_of([event(1)], after=0, at=NOVEMBER, process=""), details=details)
    with pytest.raises(Tampered):
        read(entry)
