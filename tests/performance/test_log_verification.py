"""`make bench`: what it costs to verify a log and the stored events, as multiples of hashing the same bytes once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest

from gdpr.access_log import encode
from gdpr.attested import StoredEvent, compare, digest, entry_of, read
from gdpr.tree import consistency_proof, inclusion_proof, root_of
from tests.access_log_examples import NOVEMBER, LogInMemory, an_entry

pytestmark = pytest.mark.bench

ENTRIES, EVENTS, ROUNDS, CHECKPOINT_EVERY = 20_000, 20_000, 5, 500
MOST_OF_THE_LOG, MOST_OF_THE_EVENTS, MOST_OF_A_PROOF = 14.0, 4.0, 3.0
"""Times hashing the same bytes, or for a proof, times hashing the tree once."""


def ratio(work: Callable[[], object], raw: Callable[[], object]) -> tuple[float, float]:
    """How many times as long the work takes as the raw hashing, interleaved so that a neighbour slows both; seconds."""
    pairs = [(_seconds(work), _seconds(raw)) for _ in range(ROUNDS)]
    return median(ours / theirs for ours, theirs in pairs), median(ours for ours, _ in pairs)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _say(what: str, times: float, seconds: float, count: int) -> None:
    sys.stdout.write(f"\n{what}: {times:.1f} times raw hashing, {seconds / count * 1e6:.1f} µs each")


def test_verifying_a_log_costs_a_few_times_hashing_its_bytes() -> None:
    log = LogInMemory()
    for seq in range(1, ENTRIES + 1):
        log.entries.append(encode(an_entry(seq), seq, "2026-11", bytes([seq % 256]) * 32))
        if seq % CHECKPOINT_EVERY == 0:
            log.sign()

    def raw() -> None:
        for entry in log.entries:
            sha256(entry.public).digest()
            sha256((entry.salt or b"") + (entry.private or b"")).digest()

    times, seconds = ratio(lambda: log.verdict().ok or pytest.fail("the log is not whole"), raw)
    _say(f"verify {ENTRIES} entries under {len(log.notes)} checkpoints", times, seconds, ENTRIES)
    assert times <= MOST_OF_THE_LOG

    leaves = [entry.leaf for entry in log.entries]
    for name, prove in (
        ("inclusion", lambda: inclusion_proof(ENTRIES // 3, leaves)),
        ("consistency", lambda: consistency_proof(ENTRIES // 3, leaves)),
    ):
        times, seconds = ratio(prove, lambda: root_of(leaves))
        sys.stdout.write(
            f"\n{name} proof in {ENTRIES} entries: {times:.1f} times hashing the tree, {seconds * 1e3:.1f} ms"
        )
        assert times <= MOST_OF_A_PROOF


def test_comparing_the_stored_events_costs_a_few_times_hashing_them() -> None:
    events = [
        StoredEvent(at, UUID(int=at % 97), at, "introduction.statement_written", bytes(600))
        for at in range(1, EVENTS + 1)
    ]
    entries = [entry_of(events[at : at + 500], after=at, at=NOVEMBER, process="") for at in range(0, EVENTS, 500)]

    def stored(start: int, end: int) -> Sequence[StoredEvent]:
        return events[start - 1 : end]

    def raw() -> None:
        for event in events:
            sha256(event.state).digest()

    times, seconds = ratio(
        lambda: compare(map(read, entries), stored, last=EVENTS).ok or pytest.fail("an event is not whole"), raw
    )
    _say(f"compare {EVENTS} stored events", times, seconds, EVENTS)
    assert times <= MOST_OF_THE_EVENTS
    attested, seconds = ratio(lambda: [digest(event) for event in events], raw)
    _say("attest them", attested, seconds, EVENTS)
