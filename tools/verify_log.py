"""Verifies an exported access log, or the proof of one entry, offline and without the register.

    python3 verify_log.py FOLDER [--key FILE] [--checkpoint FILE]... [--policy FILE]
    python3 verify_log.py --proof FILE [--key FILE] [--policy FILE]

It needs Python 3.11 and the package `cryptography`, for one Ed25519 check; the rest is SHA-256. It shares no code with
the register on purpose, so that a mistake there is not repeated here. Exit status: 0 whole, 1 broken, not witnessed as
the policy asks, or not checked.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CLOCK_TOLERANCE = timedelta(minutes=5)
"""Requests that are served at the same time are written in the order in which they end."""


class Broken(Exception):
    """The first thing that is wrong: at which entry, or None, and in words."""

    def __init__(self, seq: int | None, words: str) -> None:
        self.seq, self.words = seq, words
        super().__init__(words)


@dataclass(frozen=True)
class Key:
    """A public key, from a line `name+id+key` (C2SP vkey): of a log (type 1) or of a witness (type 4)."""

    name: str
    id: bytes
    raw: bytes

    @classmethod
    def read(cls, line: str, kind: int = 1) -> Key:
        name, key_id, encoded = line.strip().split("+", 2)
        raw = b64decode(encoded, validate=True)
        expected = sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or raw[0] != kind or key_id != expected.hex():
            raise ValueError("this is not an Ed25519 key of the kind that is needed")
        return cls(name, expected, raw[1:])

    def signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """A signed note: three lines, an empty line, signatures as name, key id and bytes (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def read(cls, note: str) -> Checkpoint:
        text, gap, lines = note.partition("\n\n")
        origin, size, root = text.split("\n")
        number, decoded = int(size), b64decode(root, validate=True)
        if not gap or str(number) != size or number < 0 or b64encode(decoded).decode() != root or len(decoded) != 32:
            raise ValueError("not a checkpoint")
        signatures = []
        for line in lines.removesuffix("\n").split("\n"):
            dash, name, encoded = line.split(" ")
            raw = b64decode(encoded, validate=True)
            if dash != "—" or b64encode(raw).decode() != encoded:
                raise ValueError("not a checkpoint")
            signatures.append((name, raw[:4], raw[4:]))
        return cls(origin, number, decoded, text + "\n", tuple(signatures))

    def signed_by(self, key: Key) -> bool:
        """By the log itself."""
        return any(key.signed(self.text.encode(), signature) for signature in self._lines_of(key))

    def why_not(self, key: Key) -> str:
        return "is not truly signed" if self._lines_of(key) else "is signed by another key than the log's"

    def cosigned_by(self, key: Key) -> int | None:
        """When a witness cosigned, in seconds since 1970; None if it did not. Raises ValueError if it did otherwise."""
        for signature in self._lines_of(key):
            seconds = int.from_bytes(signature[:8], "big")
            if not key.signed(f"cosignature/v1\ntime {seconds}\n{self.text}".encode(), signature[8:]):
                raise ValueError("not this witness's cosignature of this checkpoint")
            return seconds
        return None

    def _lines_of(self, key: Key) -> list[bytes]:
        return [signature for name, by, signature in self.signatures if (name, by) == (key.name, key.id)]


@dataclass
class Policy:
    """Which witnesses there are, and which of them together are enough (C2SP tlog-policy)."""

    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = "none"

    @classmethod
    def read(cls, text: str) -> Policy:
        policy = cls()
        for line in text.splitlines():
            match line.split():
                case ["witness", name, key, *_]:
                    policy.witnesses[name] = Key.read(key, kind=4)
                case ["group", name, threshold, *members] if members and policy._knows(members):
                    needed = {"any": 1, "all": len(members)}.get(threshold) or int(threshold)
                    if not 1 <= needed <= len(members):
                        raise ValueError("not a policy")
                    policy.groups[name] = (needed, members)
                case ["quorum", name] if name == "none" or policy._knows([name]):
                    policy.quorum = name
                case [] | ["log", *_]:
                    pass
                case [first, *_] if first.startswith("#"):
                    pass
                case _:
                    raise ValueError("not a policy")
        return policy

    def cosigners(self, checkpoint: Checkpoint, seq: int | None) -> dict[str, int]:
        """Which witnesses cosigned, and when. Raises Broken for one whose cosignature is of something else."""
        found = {}
        for name, key in self.witnesses.items():
            try:
                seconds = checkpoint.cosigned_by(key)
            except ValueError:
                words = f"the cosignature of the witness {name} is not of the checkpoint at {checkpoint.size} entries"
                raise Broken(seq, words) from None
            if seconds is not None:
                found[name] = seconds
        return found

    def reached(self, cosigners: dict[str, int]) -> bool:
        return self.quorum != "none" and self._holds(self.quorum, cosigners)

    def _holds(self, name: str, cosigners: dict[str, int]) -> bool:
        if name in self.witnesses:
            return name in cosigners
        needed, members = self.groups[name]
        return sum(self._holds(member, cosigners) for member in members) >= needed

    def _knows(self, names: list[str]) -> bool:
        return all(name in self.witnesses or name in self.groups for name in names)


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
    policy: Policy = field(default_factory=Policy)
    tree: Tree = field(default_factory=Tree)
    first_month: str = ""
    next: int | None = None
    entries: int = 0
    checked: int = 0
    unsigned: int = 0
    unwitnessed: int = 0
    witnessed_by: dict[str, int] = field(default_factory=dict)
    ended: int = 0
    newest_ended: str = ""
    time: datetime | None = None
    clock_jumps: list[int] = field(default_factory=list)

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
        self.next, self.entries = line.seq + 1, self.entries + 1
        self.unsigned, self.unwitnessed = self.unsigned + 1, self.unwitnessed + 1
        self._clock(line.seq, public)
        if line.private is None:
            self.ended += 1
            self.newest_ended = max(self.newest_ended, str(public.get("time")))
        same = self.checkpoints.pop((line.month, self.tree.size), [])
        if len({checkpoint.root for checkpoint in same}) > 1:
            self._split_view(same, line.seq)
        for checkpoint in same:
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
            checkpoint = Checkpoint.read(str(public.get("checkpoint")))
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

    def _clock(self, seq: int, public: dict[str, object]) -> None:
        try:
            time = datetime.fromisoformat(str(public.get("time")))
            if self.time is not None and time < self.time - CLOCK_TOLERANCE:
                self.clock_jumps.append(seq)
        except (ValueError, TypeError):
            return
        self.time = time

    def _split_view(self, same: list[Checkpoint], last: int) -> None:
        for checkpoint in same:
            self._signature(checkpoint, last, self.tree.month)
        words = f"two checkpoints at entry {last} are truly signed and contradict each other"
        raise Broken(last, f"{words}: the log was shown in two versions (a split view)")

    def _compare(self, checkpoint: Checkpoint, last: int) -> None:
        self._signature(checkpoint, last, self.tree.month)
        cosigners = self.policy.cosigners(checkpoint, last)
        if checkpoint.root != self.tree.root():
            first = min(last - self.unsigned + 1, last)
            by = f", and {' and '.join(sorted(cosigners))} had cosigned it" if cosigners else ""
            words = f"an entry from {first} to {last} was rewritten after the checkpoint at {last} was signed{by}"
            raise Broken(first, words)
        self.unsigned = 0
        if self.policy.reached(cosigners):
            self.unwitnessed, self.witnessed_by = 0, cosigners

    def _signature(self, checkpoint: Checkpoint, seq: int | None, month: str | None = None) -> None:
        right_origin = month is None or checkpoint.origin == f"{self.key.name}/{month}"
        if not right_origin or not checkpoint.signed_by(self.key):
            why = checkpoint.why_not(self.key) if right_origin else "is not truly signed"
            of = month or "a month that is gone"
            raise Broken(seq, f"the checkpoint of {of} at {checkpoint.size} entries {why}")

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
            checkpoint = Checkpoint.read(file.read_text("utf-8"))
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


def check_folder(folder: Path, key: Key, kept: list[Path], policy: Policy, demanded: bool) -> int:
    """Every entry and every checkpoint. `demanded`: some checkpoint must carry the policy's quorum."""
    files = [*sorted(folder.glob("*/checkpoints/*.txt")), *kept]
    verifier = Verifier(key, read_checkpoints(files, key), policy)
    for line in read_entries(folder):
        verifier.take(line)
    verifier.finish()
    if not verifier.entries:
        print("NOTHING CHECKED: the folder holds no entries.")
        return 1
    print(f"WHOLE: {verifier.entries} entries and {verifier.checked} checkpoints of {key.name} are as written.")
    if verifier.unsigned:
        print(f"The last {verifier.unsigned} entries stand under no checkpoint yet.")
    if verifier.ended:
        print(f"{verifier.ended} entries no longer say whom they were about; the newest is of {verifier.newest_ended}.")
    if verifier.clock_jumps:
        print(
            f"CLOCK: entry {verifier.clock_jumps[0]} says an earlier time than the one before it; the clock was set back"
            f" ({len(verifier.clock_jumps)} times in all). The order of the entries is their numbers'."
        )
    if verifier.witnessed_by:
        print(
            f"WITNESSED up to entry {(verifier.next or 1) - 1 - verifier.unwitnessed} {_by_whom(verifier.witnessed_by)}."
        )
        if verifier.unwitnessed:
            print(f"The last {verifier.unwitnessed} entries no quorum of witnesses has seen yet.")
    elif demanded:
        print("NOT WITNESSED: no checkpoint carries the quorum of the policy; the log's owner could have rewritten it.")
        return 1
    return 0


def check_proof(file: Path, key: Key | None, policy: Policy, demanded: bool) -> int:
    """That one entry is in the log, from a file alone. Without a `key` the file's own is believed, and that is said."""
    try:
        proof = json.loads(file.read_text("utf-8"))
        line = Line.read(json.dumps(proof["entry"]))
        head, _, note = proof["proof"].partition("\n\n")
        form, index, *hashes = head.split("\n")
        checkpoint, place = Checkpoint.read(note), int(index.removeprefix("index "))
        path = [b64decode(each, validate=True) for each in hashes]
        if form != "c2sp.org/tlog-proof@v1" or any(len(each) != 32 for each in path):
            raise ValueError("not a proof")
        own = key or Key.read(proof["key"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Broken(None, f"the proof cannot be read: {file.name}") from None
    verifier = Verifier(own, {}, policy)
    verifier._halves(line)
    verifier._signature(checkpoint, line.seq, line.month)
    if not included(line.leaf, place, checkpoint, path):
        raise Broken(line.seq, f"entry {line.seq} is not in the log that was signed at {checkpoint.size} entries")
    cosigners = policy.cosigners(checkpoint, line.seq)
    print(f"PROVEN: entry {line.seq} is number {place + 1} of the {checkpoint.size} entries of {checkpoint.origin}.")
    print(f"Public half: {_shown(line.public)}")
    if line.private is not None:
        print(f"Private half: {_shown(line.private)}")
    if key is None:
        print("The log's key was taken from the file itself: compare it with one that came another way (--key).")
    if policy.reached(cosigners):
        print(f"WITNESSED {_by_whom(cosigners)}.")
    elif demanded:
        print("NOT WITNESSED: the checkpoint does not carry the quorum of the policy.")
        return 1
    return 0


def included(leaf: bytes, index: int, checkpoint: Checkpoint, path: list[bytes]) -> bool:
    """Whether the leaf stands at this index of the tree that was signed (RFC 9162, 2.1.3.2)."""
    place, last = index, checkpoint.size - 1
    if not 0 <= place <= last:
        return False
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            leaf = sha256(b"\x01" + sibling + leaf).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = sha256(b"\x01" + leaf + sibling).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and leaf == checkpoint.root


def _by_whom(cosigners: dict[str, int]) -> str:
    newest = datetime.fromtimestamp(max(cosigners.values()), UTC)
    return f"by {' and '.join(sorted(cosigners))}, last at {newest:%Y-%m-%d %H:%M} UTC"


def _shown(half: bytes) -> str:
    """Nothing in an entry may command the terminal it is read in."""
    return "".join(c if c.isprintable() else "?" for c in half.decode("utf-8", "replace"))


def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an exported access log, or one entry's proof, offline.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--proof", type=Path, help="instead of a folder: the proof of one entry")
    parser.add_argument("--key", type=Path, help="the log's key as it reached you by another way than these files")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint that you kept")
    parser.add_argument("--policy", type=Path, help="the witnesses, as you know them, whose quorum you demand")
    asked = parser.parse_args()
    if (asked.folder is None) == (asked.proof is None):
        parser.error("name either a folder or a proof")
    own_key = asked.key or (asked.folder and asked.folder / "verify.key")
    own_policy = asked.policy or (asked.folder and asked.folder / "policy.txt")
    try:
        key = None if own_key is None else Key.read(own_key.read_text("utf-8"))
    except (OSError, ValueError) as error:
        print(f"NOTHING CHECKED: the log's key cannot be read ({type(error).__name__}).")
        return 1
    try:
        there = own_policy is not None and (asked.policy is not None or own_policy.exists())
        policy = Policy.read(own_policy.read_text("utf-8")) if there else Policy()
    except (OSError, ValueError) as error:
        print(f"NOTHING CHECKED: the policy cannot be read ({type(error).__name__}).")
        return 1
    demanded = asked.policy is not None and policy.quorum != "none"
    try:
        if asked.proof is not None:
            return check_proof(asked.proof, key, policy, demanded)
        assert key is not None
        return check_folder(asked.folder, key, asked.checkpoint, policy, demanded)
    except Broken as broken:
        where = "" if broken.seq is None else f"First broken entry: {broken.seq}. "
        print(f"BROKEN: {where}{broken.words[0].upper()}{broken.words[1:]}.")
        return 1


if __name__ == "__main__":
    sys.exit(main())
