"""Whether a log is whole: recomputes every tree from the entries and names the first that is not as it was written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gdpr import checkpoint as notes
from gdpr.access_log import LINK, SALT_BYTES, StoredEntry, leaf_of
from gdpr.checkpoint import Checkpoint, NotACheckpoint, VerifySignature
from gdpr.cosignature import NOBODY, Cosignature, WitnessDisagrees, Witnesses
from gdpr.tree import Frontier


class Flaw(StrEnum):
    """What can be wrong, as a stable code."""

    PUBLIC_ALTERED = "public_altered"
    PRIVATE_ALTERED = "private_altered"
    LEAF_ALTERED = "leaf_altered"
    INDEX_ALTERED = "index_altered"
    MISSING = "missing"
    DOUBLED = "doubled"
    TREE_ORDER = "tree_order"
    ROOT_DIFFERS = "root_differs"
    BAD_SIGNATURE = "bad_signature"
    NOT_A_CHECKPOINT = "not_a_checkpoint"
    TRUNCATED = "truncated"
    SPLIT_VIEW = "split_view"
    WITNESS_DISAGREES = "witness_disagrees"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that is wrong: at which entry (None: in a checkpoint no entry can be named for), and in words."""

    seq: int | None
    flaw: Flaw
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a check, up to the first flaw.

    `size` entries and `checkpoints` were found whole; the last `unsigned` entries stand under no checkpoint yet, so a
    rewrite of those alone would not show. `ended` counts entries without their private half, `newest_ended` is the time
    of the newest of them: later than the log's retention allows means that somebody removed it before its time.
    `clock_jumps` entries, `first_clock_jump` the first of them, say an earlier time than the one before by more than
    CLOCK_TOLERANCE: the log is whole, and the clock was set back. `unwitnessed` entries follow the last checkpoint that
    a quorum of witnesses cosigned; None where no quorum is set.
    """

    size: int
    checkpoints: int
    unsigned: int
    ended: int
    newest_ended: str | None
    first_broken: Broken | None
    clock_jumps: int = 0
    first_clock_jump: int | None = None
    unwitnessed: int | None = None

    @property
    def ok(self) -> bool:
        return self.first_broken is None


CLOCK_TOLERANCE = timedelta(minutes=5)
"""Requests that are served at the same time are written in the order in which they end."""


class _Found(Exception):
    def __init__(self, seq: int | None, flaw: Flaw, words: str) -> None:
        self.broken = Broken(seq, flaw, words)


def verify(
    entries: Iterable[StoredEntry],
    checkpoints: Iterable[str],
    verify_signature: VerifySignature,
    *,
    realm: str,
    public_key: bytes,
    witnesses: Witnesses = NOBODY,
) -> Verdict:
    """Check one realm's entries, in stored order, against its checkpoints (signed notes), its own or kept elsewhere.

    Months that were dropped whole from the beginning are not missed; anything else that is gone is. One pass; memory
    for the checkpoints only.
    """
    check = _Check(realm, public_key, verify_signature, witnesses)
    broken = None
    try:
        check.take_checkpoints(checkpoints)
        for entry in entries:
            check.take(entry)
        check.finish()
    except _Found as found:
        broken = found.broken
    return Verdict(
        check.size, check.checked, check.unsigned, check.ended, check.newest_ended, broken,
        check.clock_jumps, check.first_clock_jump, check.unwitnessed if witnesses.quorum else None,
    )  # fmt: skip


class _Check:
    def __init__(self, realm: str, public_key: bytes, verify_signature: VerifySignature, witnesses: Witnesses) -> None:
        self._realm, self._public_key, self._verify_signature = realm, public_key, verify_signature
        self._witnesses = witnesses
        self._notes: dict[str, dict[int, list[Checkpoint]]] = defaultdict(dict)
        self._first_tree = self._tree = ""
        self._frontier = Frontier()
        self._next: int | None = None
        self.size = self.checked = self.unsigned = self.unwitnessed = self.ended = self.clock_jumps = 0
        self.newest_ended: str | None = None
        self.first_clock_jump: int | None = None
        self._time: datetime | None = None

    def take_checkpoints(self, texts: Iterable[str]) -> None:
        for text in texts:
            try:
                note = notes.parse(text)
            except NotACheckpoint:
                raise _Found(None, Flaw.NOT_A_CHECKPOINT, "a checkpoint cannot be read") from None
            start = notes.origin_of(self._realm, "")
            if not note.origin.startswith(start):
                raise _Found(None, Flaw.NOT_A_CHECKPOINT, "a checkpoint belongs to another log")
            self._notes[note.origin.removeprefix(start)].setdefault(note.size, []).append(note)

    def take(self, entry: StoredEntry) -> None:
        self._check_number(entry.seq)
        public = self._check_halves(entry)
        if entry.tree != self._tree:
            self._turn_to(entry, public)
        elif public.get("action") == LINK:
            raise _Found(entry.seq, Flaw.TREE_ORDER, f"entry {entry.seq} begins a month inside the month {entry.tree}")
        self._frontier.append(entry.leaf)
        self._next = entry.seq + 1
        self.size += 1
        self.unsigned += 1
        self.unwitnessed += 1
        self._watch_the_clock(entry.seq, public)
        if entry.private is None:
            self.ended += 1
            self.newest_ended = max(self.newest_ended or "", str(public.get("time")))
        same = self._notes[self._tree].pop(self._frontier.size, ())
        if len({note.root for note in same}) > 1:
            self._split(same)
        for note in same:
            self._check_root(note)
            self.checked += 1

    def finish(self) -> None:
        """After the last entry: no checkpoint may speak of entries that are not there."""
        self._close_tree()
        for tree in sorted(self._notes):
            for note in (note for same in self._notes[tree].values() for note in same):
                self._check_signature(note, None)
                if tree > self._first_tree:
                    raise _Found(
                        self._next, Flaw.TRUNCATED,
                        f"the month {tree} is missing: a signed checkpoint says that it has {note.size} entries",
                    )  # fmt: skip
                self.checked += 1  # a month that was dropped whole; its checkpoint stays

    def _check_number(self, seq: int) -> None:
        if self._next is None or seq == self._next:
            return
        if seq < self._next:
            raise _Found(seq, Flaw.DOUBLED, f"entry {seq} occurs twice, or out of its order")
        raise _Found(self._next, Flaw.MISSING, f"entry {self._next} is missing: after {self._next - 1} comes {seq}")

    def _check_halves(self, entry: StoredEntry) -> dict[str, Any]:
        seq = entry.seq
        digest = entry.private_digest
        if (entry.private is None) != (entry.salt is None) or (entry.salt and len(entry.salt) != SALT_BYTES):
            raise _Found(seq, Flaw.PRIVATE_ALTERED, f"the private half of entry {seq} was removed in part")
        if entry.private is not None and entry.salt is not None:
            computed = sha256(entry.salt + entry.private).digest()
            if computed != digest and leaf_of(entry.public, computed) != entry.leaf:
                raise _Found(seq, Flaw.PRIVATE_ALTERED, f"the private half of entry {seq} was altered")
            if computed != digest:
                raise _Found(seq, Flaw.LEAF_ALTERED, f"the digest of the private half of entry {seq} was altered")
        try:
            public = json.loads(entry.public)
        except (ValueError, RecursionError):
            public = None
        if not isinstance(public, dict) or (public.get("seq"), public.get("tree")) != (seq, entry.tree):
            raise _Found(seq, Flaw.PUBLIC_ALTERED, f"the public half of entry {seq} was altered")
        if leaf_of(entry.public, digest) != entry.leaf:
            words = f"the public half of entry {seq} and its leaf do not belong together: one of them was altered"
            raise _Found(seq, Flaw.LEAF_ALTERED, words)
        return public

    def _turn_to(self, entry: StoredEntry, public: dict[str, Any]) -> None:
        """A new month begins, with a link to the last checkpoint of the one before; only the very first has none."""
        seq, first = entry.seq, self._next is None
        if first:
            self._first_tree = entry.tree
            if seq == 1:
                self._tree = entry.tree
                return
        previous = str(public.get("previous"))
        if public.get("action") != LINK:
            if first:
                raise _Found(1, Flaw.MISSING, f"the entries before {seq} are missing, and {seq} does not begin a month")
            raise _Found(seq, Flaw.TREE_ORDER, f"entry {seq} is of {entry.tree} without a link from {self._tree}")
        if not previous < entry.tree or (not first and previous != self._tree):
            raise _Found(seq, Flaw.TREE_ORDER, f"the month {entry.tree} does not follow the one it names")
        try:
            note = notes.parse(str(public.get("checkpoint")))
        except NotACheckpoint:
            raise _Found(seq, Flaw.NOT_A_CHECKPOINT, f"entry {seq} holds no checkpoint of {previous}") from None
        self._check_signature(note, seq, previous)
        if not first:
            if note.size != self._frontier.size:
                raise _Found(
                    seq, Flaw.TRUNCATED if note.size > self._frontier.size else Flaw.TREE_ORDER,
                    f"{previous} has {self._frontier.size} entries here, its last checkpoint says {note.size}",
                )  # fmt: skip
            self._check_root(note)
            self._close_tree()
        self._tree, self._frontier, self.unsigned = entry.tree, Frontier(), 0

    def _watch_the_clock(self, seq: int, public: dict[str, Any]) -> None:
        try:
            time = datetime.fromisoformat(public["time"])
            back = self._time is not None and time < self._time - CLOCK_TOLERANCE
        except (KeyError, TypeError, ValueError):
            return
        self._time = time
        if back:
            self.clock_jumps += 1
            self.first_clock_jump = self.first_clock_jump or seq

    def _split(self, same: Iterable[Checkpoint]) -> None:
        """Checkpoints of one size that contradict each other: who signed both has shown two versions of the log."""
        last = (self._next or 1) - 1
        for note in same:
            self._check_signature(note, last, self._tree)
        words = f"two checkpoints at entry {last} are truly signed and contradict each other: the log was shown in two versions"
        raise _Found(last, Flaw.SPLIT_VIEW, words)

    def _check_root(self, note: Checkpoint) -> None:
        """The tree up to here is the one that was signed; else some entry since the last good checkpoint is not."""
        last = (self._next or 1) - 1
        since = last - self.unsigned + 1
        self._check_signature(note, last, self._tree)
        if note.root != self._frontier.root():
            seq = min(since, last)
            words = f"an entry from {seq} to {last} was rewritten after the checkpoint at {last} was signed"
            raise _Found(seq, Flaw.ROOT_DIFFERS, words)
        self.unsigned = 0
        if self._witnesses.reached([each.witness for each in self._cosignatures(note, last)]):
            self.unwitnessed = 0

    def _cosignatures(self, note: Checkpoint, last: int) -> list[Cosignature]:
        try:
            return self._witnesses.cosignatures(note, self._verify_signature)
        except WitnessDisagrees as disagrees:
            words = f"the cosignature of {disagrees.name} is not of the checkpoint at {last}"
            raise _Found(last, Flaw.WITNESS_DISAGREES, words) from None

    def _check_signature(self, note: Checkpoint, seq: int | None, tree: str | None = None) -> None:
        if not notes.check(
            note,
            origin=note.origin if tree is None else notes.origin_of(self._realm, tree),
            name=notes.key_name_of(self._realm),
            public_key=self._public_key,
            verify_signature=self._verify_signature,
        ):
            ours = notes.key_id(notes.key_name_of(self._realm), self._public_key)
            by_us = any(with_key == ours for _, with_key, _ in note.signatures)
            how = "is not truly signed" if by_us else "is signed by another key than the log's"
            words = f"the checkpoint of {tree or 'a month that is gone'} at {note.size} entries {how}"
            raise _Found(seq, Flaw.BAD_SIGNATURE, words)

    def _close_tree(self) -> None:
        """No checkpoint of the month that ends may speak of more entries than it has, nor of none."""
        for size, same in sorted(self._notes.pop(self._tree, {}).items()):
            for note in same:
                self._check_signature(note, None, self._tree)
            raise _Found(
                self._next, Flaw.TRUNCATED,
                f"the month {self._tree} ends after {self._frontier.size} entries, but a signed checkpoint says {size}",
            )  # fmt: skip
