"""Verifies an exported access log offline, without the register: `python3 verify_log.py FOLDER [--key FILE]`.

It needs Python 3.11 and the package `cryptography`, for one Ed25519 check; the rest is SHA-256. It shares no code with
the register on purpose, so that a mistake there is not repeated here. Exit status: 0 whole, 1 broken or not checked.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Broken(Exception):
    """The first thing that is wrong: at which entry, or None, and in words."""

    def __init__(self, seq: int | None, words: str) -> None:
        self.seq, self.words = seq, words
        super().__init__(words)


@dataclass(frozen=True)
class Key:
    """The log's public key, from a line `name+id+key` (C2SP vkey)."""

    name: str
    id: bytes
    raw: bytes

    @classmethod
    def read(cls, line: str) -> Key:
        name, key_id, encoded = line.strip().split("+", 2)
        raw = b64decode(encoded, validate=True)
        expected = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or raw[0] != 1 or key_id != expected.hex():
            raise ValueError("this is not the Ed25519 key of a log")
        return cls(name, expected, raw[1:])

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """A signed note: three lines, an empty line, signatures (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: bytes
    truly_signed: bool

    @classmethod
    def read(cls, note: str, key: Key) -> Checkpoint:
        text, gap, signatures = note.partition("\n\n")
        origin, size, root = text.split("\n")
        number, decoded = int(size), b64decode(root, validate=True)
        if not gap or str(number) != size or number < 0 or b64encode(decoded).decode() != root or len(decoded) != 32:
            raise ValueError("not a checkpoint")
        found = False
        for line in signatures.removesuffix("\n").split("\n"):
            dash, name, encoded = line.split(" ")
            raw = b64decode(encoded, validate=True)
            if dash != "—" or b64encode(raw).decode() != encoded:
                raise ValueError("not a checkpoint")
            if name == key.name and raw[:4] == key.id:
                found = found or key.signed((text + "\n").encode(), raw[4:])
        return cls(origin, number, decoded, found)


@dataclass
class Tree:
    """The RFC 6962 tree of one month: one complete subtree for each set bit of its size."""

    month: str = ""
    size: int = 0
    subtrees: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf = sha256(b"\x01" + self.subtrees.pop() + leaf).digest()
            size >>= 1
        self.subtrees.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.subtrees:
            return sha256(b"").digest()
        root = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            root = sha256(b"\x01" + left + root).digest()
        return root


@dataclass(frozen=True)
class Line:
    """One exported entry."""

    seq: int
    month: str
    public: bytes
    private: bytes | None
    salt: bytes | None
    digest: bytes
    leaf: bytes

    @classmethod
    def read(cls, text: str) -> Line:
        line = json.loads(text)
        private, salt = line["private"], line["salt"]
        return cls(
            int(line["seq"]),
            str(line["tree"]),
            line["public"].encode("utf-8", "surrogateescape"),
            None if private is None else private.encode("utf-8", "surrogateescape"),
            None if salt is None else b64decode(salt, validate=True),
            b64decode(line["private_digest"], validate=True),
            b64decode(line["leaf"], validate=True),
        )


@dataclass
class Verifier:
    """Takes the entries in order; raises Broken at the first that is not as it was written."""

    key: Key
    checkpoints: dict[tuple[str, int], list[Checkpoint]]
    tree: Tree = field(default_factory=Tree)
    first_month: str = ""
    next: int | None = None
    entries: int = 0
    checked: int = 0
    unsigned: int = 0
    ended: int = 0
    newest_ended: str = ""

    def take(self, line: Line) -> None:
        if self.next is not None and line.seq < self.next:
            raise Broken(line.seq, f"entry {line.seq} occurs twice, or out of its order")
        if self.next is not None and line.seq > self.next:
            raise Broken(self.next, f"entry {self.next} is missing: after {self.next - 1} comes {line.seq}")
        public = self._halves(line)
        if line.month != self.tree.month:
            self._new_month(line, public)
        elif public.get("action") == "link":
            raise Broken(line.seq, f"entry {line.seq} begins a month inside the month {line.month}")
        self.tree.append(line.leaf)
        self.next, self.entries, self.unsigned = line.seq + 1, self.entries + 1, self.unsigned + 1
        if line.private is None:
            self.ended += 1
            self.newest_ended = max(self.newest_ended, str(public.get("time")))
        for checkpoint in self.checkpoints.pop((line.month, self.tree.size), ()):
            self._compare(checkpoint, line.seq)
            self.checked += 1

    def finish(self) -> None:
        self._end_month()
        for (month, size), same in sorted(self.checkpoints.items()):
            for checkpoint in same:
                self._signature(checkpoint, None)
                if month > self.first_month:
                    words = f"the month {month} is missing: a signed checkpoint says that it has {size} entries"
                    raise Broken(self.next, words)
                self.checked += 1

    def _halves(self, line: Line) -> dict[str, object]:
        seq = line.seq
        if (line.private is None) != (line.salt is None) or (line.salt is not None and len(line.salt) != 32):
            raise Broken(seq, f"the private half of entry {seq} was removed in part")
        if line.private is not None and line.salt is not None:
            computed = sha256(line.salt + line.private).digest()
            if computed != line.digest and _leaf(line.public, computed) != line.leaf:
                raise Broken(seq, f"the private half of entry {seq} was altered")
            if computed != line.digest:
                raise Broken(seq, f"the digest of the private half of entry {seq} was altered")
        try:
            public = json.loads(line.public)
        except (ValueError, RecursionError):
            public = None
        if not isinstance(public, dict) or (public.get("seq"), public.get("tree")) != (seq, line.month):
            raise Broken(seq, f"the public half of entry {seq} was altered")
        if _leaf(line.public, line.digest) != line.leaf:
            raise Broken(
                seq, f"the public half of entry {seq} and its leaf do not belong together: one of them was altered"
            )
        return public

    def _new_month(self, line: Line, public: dict[str, object]) -> None:
        seq, first, previous = line.seq, self.next is None, str(public.get("previous"))
        if first:
            self.first_month = line.month
            if seq == 1:
                self.tree = Tree(line.month)
                return
        if public.get("action") != "link" and first:
            raise Broken(1, f"the entries before {seq} are missing, and {seq} does not begin a month")
        if public.get("action") != "link":
            raise Broken(seq, f"entry {seq} is of {line.month} without a link from {self.tree.month}")
        if not previous < line.month or (not first and previous != self.tree.month):
            raise Broken(seq, f"the month {line.month} does not follow the one it names")
        try:
            checkpoint = Checkpoint.read(str(public.get("checkpoint")), self.key)
        except ValueError:
            raise Broken(seq, f"entry {seq} holds no checkpoint of {previous}") from None
        self._signature(checkpoint, seq, previous)
        if not first:
            if checkpoint.size != self.tree.size:
                here = self.tree.size
                raise Broken(seq, f"{previous} has {here} entries here, its last checkpoint says {checkpoint.size}")
            self._compare(checkpoint, seq - 1)
            self._end_month()
        self.tree, self.unsigned = Tree(line.month), 0

    def _compare(self, checkpoint: Checkpoint, last: int) -> None:
        self._signature(checkpoint, last, self.tree.month)
        if checkpoint.root != self.tree.root():
            first = min(last - self.unsigned + 1, last)
            words = f"an entry from {first} to {last} was rewritten after the checkpoint at {last} was signed"
            raise Broken(first, words)
        self.unsigned = 0

    def _signature(self, checkpoint: Checkpoint, seq: int | None, month: str | None = None) -> None:
        right_origin = month is None or checkpoint.origin == f"{self.key.name}/{month}"
        if not right_origin or not checkpoint.truly_signed:
            of = month or "a month that is gone"
            raise Broken(seq, f"the checkpoint of {of} at {checkpoint.size} entries is not truly signed")

    def _end_month(self) -> None:
        month, size = self.tree.month, self.tree.size
        for key in sorted(key for key in self.checkpoints if key[0] == month):
            for checkpoint in self.checkpoints[key]:
                self._signature(checkpoint, None, month)
            raise Broken(
                self.next, f"the month {month} ends after {size} entries, but a signed checkpoint says {key[1]}"
            )


def _leaf(public: bytes, digest: bytes) -> bytes:
    return sha256(b"\x00" + sha256(public).digest() + digest).digest()


def read_checkpoints(files: list[Path], key: Key) -> dict[tuple[str, int], list[Checkpoint]]:
    """By month and size, as far as they are checkpoints of this log at all."""
    found: dict[tuple[str, int], list[Checkpoint]] = {}
    for file in files:
        try:
            checkpoint = Checkpoint.read(file.read_text("utf-8"), key)
        except (OSError, ValueError):
            raise Broken(None, f"a checkpoint cannot be read: {file.name}") from None
        if not checkpoint.origin.startswith(key.name + "/"):
            raise Broken(None, f"a checkpoint belongs to another log: {file.name}")
        month = checkpoint.origin.removeprefix(key.name + "/")
        found.setdefault((month, checkpoint.size), []).append(checkpoint)
    return found


def read_entries(folder: Path) -> Iterator[Line]:
    """Month by month, line by line."""
    for file in sorted(folder.glob("*/entries.jsonl")):
        with file.open(encoding="utf-8", newline="\n") as lines:
            for number, text in enumerate(lines, start=1):
                try:
                    yield Line.read(text)
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    raise Broken(None, f"line {number} of {file.parent.name} cannot be read") from None


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an exported access log offline.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, help="the log's key as it reached you by another way than this folder")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint that you kept")
    asked = parser.parse_args()
    try:
        key = Key.read((asked.key or asked.folder / "verify.key").read_text("utf-8"))
    except (OSError, ValueError) as error:
        print(f"NOTHING CHECKED: the log's key cannot be read ({type(error).__name__}).")
        return 1
    try:
        files = [*sorted(asked.folder.glob("*/checkpoints/*.txt")), *asked.checkpoint]
        verifier = Verifier(key, read_checkpoints(files, key))
        for line in read_entries(asked.folder):
            verifier.take(line)
        verifier.finish()
    except Broken as broken:
        where = "" if broken.seq is None else f"First broken entry: {broken.seq}. "
        print(f"BROKEN: {where}{broken.words[0].upper()}{broken.words[1:]}.")
        return 1
    if not verifier.entries:
        print("NOTHING CHECKED: the folder holds no entries.")
        return 1
    print(f"WHOLE: {verifier.entries} entries and {verifier.checked} checkpoints of {key.name} are as written.")
    if verifier.unsigned:
        print(f"The last {verifier.unsigned} entries stand under no checkpoint yet.")
    if verifier.ended:
        print(f"{verifier.ended} entries no longer say whom they were about; the newest is of {verifier.newest_ended}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
