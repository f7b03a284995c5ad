"""The ledger of erasures as a file outside every database: one JSON line for each, chained by hashes, only added to.

Beside erasures it names retentions that ended, and epochs of key-encryption keys that were destroyed.

It holds random ids, names of compartments and times, nothing about anybody, so it may be kept for ever and copied to
whoever watches. A line is the sorted JSON of its entry; its hash is SHA-256 over a label, a newline and that JSON
without the hash. A chain alone cannot tell that its last lines were cut off, or that all of it was made anew: that is
what `confirm` is for, with a size and head that were kept elsewhere.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from gdpr.ports import LedgerEntry, LedgerKind, Tampered, Unavailable, destroyed_epochs

_LABEL = b"tillid/ledger/v1\n"

_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class FileLedger:
    """Implements `gdpr.ports.Ledger`. Every call reads the file anew, and answers for the whole chain."""

    def __init__(self, path: Path) -> None:
        """The ledger at this path; one that was never begun with `begin` is Unavailable at the first call."""
        self._path = path
        # The bytes that were checked last, and what they say: as long as the file begins with them, only the rest is new.
        self._checked: tuple[bytes, list[LedgerEntry]] = (b"", [])

    @classmethod
    def begin(cls, path: Path) -> FileLedger:
        """Make an empty ledger, once for an installation, readable by its owner only. Raises FileExistsError."""
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return cls(path)

    def append(
        self, *, at: datetime, realm: str, case_id: UUID, key_ids: Iterable[bytes], compartments: Iterable[str],
        kind: LedgerKind = LedgerKind.ERASURE,
    ) -> LedgerEntry:  # fmt: skip
        """Durable on return. Keys that the case has entered are not entered again; with nothing new, its last entry.

        Raises Unavailable, and then nothing was entered; Tampered; ValueError for a time without a zone.
        """
        with self._locked(fcntl.LOCK_EX) as file:
            entries = self._read(file)
            of_the_case = [entry for entry in entries if (entry.realm, entry.case_id) == (realm, case_id)]
            new = set(key_ids).difference(*(entry.key_ids for entry in of_the_case))
            if of_the_case and not new:
                return of_the_case[-1]
            contents = {
                "case_id": str(case_id),
                "key_ids": sorted(key_id.hex() for key_id in new),
                "compartments": sorted(compartments),
                # Absent from an erasure's line, as it was before there were other kinds.
                **({} if kind is LedgerKind.ERASURE else {"kind": kind.value}),
            }
            return _add(file, entries, at, realm, contents)

    def append_epochs(self, *, at: datetime, realm: str, destroyed: Mapping[str, int]) -> LedgerEntry | None:
        """Durable on return. Epochs that the realm has entered are not entered again; None with nothing new.

        Raises as `append`.
        """
        with self._locked(fcntl.LOCK_EX) as file:
            entries = self._read(file)
            known = destroyed_epochs(entries, realm)
            new = {name: epoch for name, epoch in sorted(destroyed.items()) if epoch > known.get(name, 0)}
            return _add(file, entries, at, realm, {"kind": LedgerKind.EPOCHS.value, "epochs": new}) if new else None

    def head(self) -> tuple[int, bytes]:
        """(number of entries, hash of the last); (0, empty) for an empty ledger. Raises Unavailable, Tampered."""
        entries = self._entries()
        return len(entries), entries[-1].hash if entries else b""

    def entries_after(self, size: int) -> list[LedgerEntry]:
        """The entries that follow the first `size`. Raises Tampered when there are fewer; Unavailable."""
        return self._entries(at_least=size)[size:]

    def confirm(self, size: int, head: bytes) -> None:
        """Raises Tampered, naming the line, unless the ledger had this head at this size; Unavailable."""
        entries = self._entries(at_least=size)
        if head != (entries[size - 1].hash if size else b""):
            raise Tampered(f"line {size} of the ledger is not the one that was there, or one before it is not")

    def _entries(self, *, at_least: int = 0) -> list[LedgerEntry]:
        with self._locked(fcntl.LOCK_SH) as file:
            entries = self._read(file)
        if len(entries) < at_least:
            raise Tampered(f"line {len(entries) + 1} of the ledger is missing; it had {at_least} lines")
        return entries

    def _read(self, file: int) -> list[LedgerEntry]:
        with os.fdopen(os.dup(file), "rb") as stream:
            stream.seek(0)
            content = stream.read()
        checked, entries = self._checked
        if not content.startswith(checked):
            checked, entries = b"", []
        entries = entries.copy()
        for line in content[len(checked) :].splitlines(keepends=True):
            entries.append(_entry(line, len(entries) + 1, entries[-1].hash if entries else b""))
        self._checked = content, entries
        return entries

    @contextmanager
    def _locked(self, lock: int) -> Iterator[int]:
        """The open file, locked against other processes and threads: each call opens it for itself."""
        try:
            file = os.open(self._path, os.O_RDWR | os.O_APPEND if lock == fcntl.LOCK_EX else os.O_RDONLY)
        except OSError:
            raise Unavailable("the ledger of erasures cannot be opened") from None
        try:
            fcntl.flock(file, lock)
            yield file
        except OSError:
            raise Unavailable("the ledger of erasures cannot be read or written") from None
        finally:
            os.close(file)


def _add(
    file: int, entries: Sequence[LedgerEntry], at: datetime, realm: str, contents: Mapping[str, Any]
) -> LedgerEntry:
    """The entry that follows these, written to the open file. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time in the ledger has a time zone")
    prev = entries[-1].hash if entries else b""
    line = _line(
        {
            **contents,
            "seq": len(entries) + 1,
            "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "realm": realm,
            "prev": prev.hex(),
        }
    )
    _write_whole(file, line)
    return _entry(line, len(entries) + 1, prev)


def _write_whole(file: int, line: bytes) -> None:
    """All of the line on disk, or as far as can be none of it: half a line would read as tampering."""
    size = os.fstat(file).st_size
    try:
        if os.write(file, line) != len(line):
            raise OSError("the line was not written whole")
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        os.fsync(file)
        raise


def _line(contents: dict[str, Any]) -> bytes:
    return _to_json({**contents, "hash": _hash(contents)}).encode() + b"\n"


def _hash(contents: dict[str, Any]) -> str:
    return sha256(_LABEL + _to_json(contents).encode()).hexdigest()


def _entry(line: bytes, number: int, prev: bytes) -> LedgerEntry:
    """The entry of a line. Raises Tampered, naming the line, for anything but what we would have written there."""
    try:
        contents = json.loads(line)
        claimed = contents.pop("hash")
        kind = LedgerKind(contents.get("kind", LedgerKind.ERASURE))
        of_epochs = kind is LedgerKind.EPOCHS
        entry = LedgerEntry(
            seq=contents["seq"],
            at=datetime.fromisoformat(contents["at"]),
            realm=contents["realm"],
            case_id=None if of_epochs else UUID(contents["case_id"]),
            key_ids=() if of_epochs else tuple(bytes.fromhex(key_id) for key_id in contents["key_ids"]),
            compartments=() if of_epochs else tuple(contents["compartments"]),
            prev=bytes.fromhex(contents["prev"]),
            hash=bytes.fromhex(claimed),
            kind=kind,
            epochs={name: int(epoch) for name, epoch in contents["epochs"].items()} if of_epochs else {},
        )
        as_written = _line(contents) == line and claimed == _hash(contents)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # From None: the error would show what stands there instead.
        raise Tampered(f"line {number} of the ledger is not in the form it is written in, or cut off") from None
    if not as_written or entry.seq != number or entry.prev != prev:
        raise Tampered(f"line {number} of the ledger was changed, or one before it was")
    return entry
