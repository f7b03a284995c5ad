"""Whether a log is whole: recomputes every tree from the entries and names the first that is not as it was written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gdpr import checkpoint as notes
from gdpr.access_log import LINK, SALT_BYTES, StoredEntry, leaf_of
from gdpr.checkpoint import Checkpoint, NotACheckpoint, VerifySignature
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
    """

    size: int
    checkpoints: int
    unsigned: int
    ended: int
    newest_ended: str | None
    first_broken: Broken | None

    @property
    def ok(self) -> bool:
        return self.first_broken is None


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
) -> Verdict:
    """Check one realm's entries, in stored order, against its checkpoints (signed notes), its own or kept elsewhere.

    Months that were dropped whole from the beginning are not missed; anything else that is gone is. One pass; memory
    for the checkpoints only.
    """
    check = _Check(realm, public_key, verify_signature)
    broken = None
    try:
        check.take_checkpoints(checkpoints)
        for entry in entries:
            check.take(entry)
        check.finish()
    except _Found as found:
        broken = found.broken
    return Verdict(check.size, check.checked, check.unsigned, check.ended, check.newest_ended, broken)


class _Check:
    def __init__(self, realm: str, public_key: bytes, verify_signature: VerifySignature) -> None:
        self._realm, self._public_key, self._verify_signature = realm, public_key, verify_signature
        self._notes: dict[str, dict[int, list[Checkpoint]]] = defaultdict(dict)
        self._first_tree = self._tree = ""
        self._frontier = Frontier()
        self._next: int | None = None
        self.size = self.checked = self.unsigned = self.ended = 0
        self.newest_ended: str | None = None

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
        if entry.private is None:
            self.ended += 1
            self.newest_ended = max(self.newest_ended or "", str(public.get("time")))
        for note in self._notes[self._tree].pop(self._frontier.size, ()):
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

    def _check_signature(self, note: Checkpoint, seq: int | None, tree: str | None = None) -> None:
        if not notes.check(
            note,
            origin=note.origin if tree is None else notes.origin_of(self._realm, tree),
            name=notes.key_name_of(self._realm),
            public_key=self._public_key,
            verify_signature=self._verify_signature,
        ):
            words = f"the checkpoint of {tree or 'a month that is gone'} at {note.size} entries is not truly signed"
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
