"""The access log of one realm in its own database: durable before it returns, gap-free, signed, open to checking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from application.ports import Clock
from gdpr import checkpoint as notes
from gdpr.access_log import LINK, StoredEntry, decode
from gdpr.checkpoint import Sign, VerifySignature
from gdpr.log_check import Broken, Flaw, Verdict, verify
from gdpr.ports import Entry, LogUnavailable, Tampered
from infrastructure.database import Database
from infrastructure.group_commit import GroupCommit
from infrastructure.log_appending import Appending, Index, Pending, head_of, index_of, milliseconds, pending
from infrastructure.log_export import write_folder
from infrastructure.log_search import WITHIN, entries_where, fits, mentioning
from infrastructure.log_signing import LogSigner
from infrastructure.log_tables import ENDING, log_checkpoints, log_entries

_ENTRY = [log_entries.c[name] for name in ("seq", "tree", "public", "private", "salt", "private_digest", "leaf")]
_INDEX = [
    log_entries.c[name]
    for name in ("at", "action", "role", "allowed", "compartment", "course", "request_id", "actor", "subject")
]
_ROWS_AT_A_TIME = 1000


class SqlAccessLog:
    """`gdpr.ports.AccessLog` on SQLite or PostgreSQL. Every method raises LogUnavailable when the database fails."""

    def __init__(
        self,
        database: Database,
        *,
        realm: str,
        sign: Sign,
        public_key: bytes,
        verify_signature: VerifySignature,
        clock: Clock,
    ) -> None:
        """`public_key` is the 32 bytes of the Ed25519 key that `sign` uses."""
        self._database = database
        self._realm = realm
        self._public_key, self._verify_signature = public_key, verify_signature
        self._signer = LogSigner(realm, sign, public_key, verify_signature)
        self._end = GroupCommit[Sequence[Pending]](Appending(database, clock, self._signer.close_month).append)

    def write(self, entries: Sequence[Entry]) -> None:
        """Append these entries, all or none, durably before this returns (RIG-08).

        Who writes while another is writing shares the next commit. Raises LogUnavailable; then nothing may be shown.
        """
        if not entries:
            return
        lines = pending(entries)
        try:
            self._end.submit(lines)
        except Exception as error:
            # Tampered too: at the turn of a month the old one must be signed before the new one can begin.
            raise LogUnavailable(f"the access log of {self._realm} cannot be written") from error

    def find(self, *, limit: int | None = None, after: int = 0, **equal: Any) -> list[Entry]:
        """Entries, oldest first, for which all of this holds; no keys mean all entries.

        Keys: `subject`, `subjects` (any of a tuple), `actor`, `session`, `process`, `role`, `compartment`, `action`,
        `allowed`, `course`, `record` (among what was asked for), `since` (at or after) and `until` (before). By
        `subject`, `actor`, `session` or `record` no entry is found whose private half has ended. At most `limit` of
        them, behind number `after`: the `seq` of the last one found leads to the next page. Raises Tampered for an
        entry that cannot be read.
        """
        within = {key: equal.pop(key) for key in WITHIN if key in equal}
        query = sa.select(log_entries.c.public, log_entries.c.private).where(*entries_where(equal, after=after))
        if within:
            query = query.where(*mentioning(within, is_postgresql=self._database.is_postgresql))
        elif limit is not None:
            query = query.limit(limit)
        with self._reached(), self._database.read() as connection:
            rows = connection.execute(query.order_by(log_entries.c.seq)).all()
        found = (decode(public, private) for public, private in rows)
        # An id that is mentioned may also be a consent's, so such entries are counted when they have been read.
        return list(islice((entry for entry in found if fits(entry, within)), limit))

    def count(self, **equal: Any) -> int:
        """How many entries `find` finds with these keys."""
        if equal.keys() & WITHIN:
            return len(self.find(**equal))
        query = sa.select(sa.func.count()).select_from(log_entries).where(*entries_where(equal))
        with self._reached(), self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def end_private_halves(self, before: datetime) -> int:
        """Delete whom entries older than this were about, and who read (the log's own retention); how many it was.

        What was done, in which role, and the tree stay.
        """
        ended = (
            log_entries.update()
            .where(log_entries.c.at < milliseconds(before), log_entries.c.private.is_not(None))
            .values(dict.fromkeys(ENDING))
        )
        with self._reached(), self._database.write() as connection:
            return connection.execute(ended).rowcount

    def checkpoint(self) -> str | None:
        """Sign the current month as far as it has come, and keep the note; None while the log is empty.

        Raises Tampered, and signs nothing, when the log does not continue what was signed last.
        """
        with self._reached():
            with self._database.read() as connection:
                head = head_of(connection)
                signed = self._signer.signed_at(connection, head) if head.seq else None
            if signed is None:
                return None
            with self._database.write() as connection:
                self._signer.keep(connection, signed)
        return signed.note

    def trees(self) -> list[str]:
        """The months there are entries of, oldest first."""
        with self._reached(), self._database.read() as connection:
            query = sa.select(log_entries.c.tree).distinct().order_by(log_entries.c.tree)
            return list(connection.execute(query).scalars())

    def checkpoints(self, tree: str | None = None) -> list[str]:
        """The signed notes of a month, or of all, from the smallest on."""
        return [note for of, _, note in self._checkpoints() if tree in (None, of)]

    def entries(self, tree: str | None = None) -> Iterator[StoredEntry]:
        """The entries of a month, or all of them, as they are stored, in order; read as they are taken."""
        for row in self._rows(_ENTRY, tree):
            yield _stored(row)

    def verify(self) -> Verdict:
        """Check the whole log where it lies, and that the columns it is searched by say what the entries say."""
        misfiled: list[int] = []
        verdict = verify(
            self._watched(misfiled), self.checkpoints(), self._verify_signature,
            realm=self._realm, public_key=self._public_key,
        )  # fmt: skip
        first = verdict.first_broken
        if misfiled and (first is None or first.seq is None or misfiled[0] < first.seq):
            seq = misfiled[0]
            broken = Broken(seq, Flaw.INDEX_ALTERED, f"entry {seq} is whole, but is filed under something else")
            return replace(verdict, first_broken=broken)
        return verdict

    def export(self, folder: Path) -> None:
        """Write the whole log into an empty folder for `tools/verify_log.py`. Call `checkpoint` first to cover its end.

        Raises FileExistsError when the folder is not empty, Tampered for an entry that belongs to no month.
        """
        name = notes.key_name_of(self._realm)
        write_folder(
            folder,
            key_name=name,
            verifier_key=notes.verifier_key(name, self._public_key),
            # Read before the entries: entries that come in between are not yet signed, never the other way round.
            checkpoints=self._checkpoints(),
            entries=self.entries(),
        )

    def _checkpoints(self) -> list[tuple[str, int, str]]:
        kept = log_checkpoints.c
        with self._reached(), self._database.read() as connection:
            query = sa.select(kept.tree, kept.size, kept.note).order_by(kept.tree, kept.size)
            return [(tree, size, note) for tree, size, note in connection.execute(query)]

    def _watched(self, misfiled: list[int]) -> Iterator[StoredEntry]:
        place, of = -1, ""
        for row in self._rows([*_ENTRY, *_INDEX, log_entries.c.place_in_tree], None):
            entry = _stored(row)
            place, of = (place + 1 if entry.tree == of else 0), entry.tree
            if not misfiled and row.place_in_tree != place:
                misfiled.append(entry.seq)
            if not misfiled and row.action != LINK:
                try:
                    right = index_of(decode(entry.public, entry.private))
                except Tampered:
                    right = None  # the check itself says what is wrong with it
                if right is not None and right != _index(row):
                    misfiled.append(entry.seq)
            yield entry

    def _rows(self, columns: Sequence[sa.Column[Any]], tree: str | None) -> Iterator[Any]:
        query = sa.select(*columns).order_by(log_entries.c.seq).execution_options(yield_per=_ROWS_AT_A_TIME)
        if tree is not None:
            query = query.where(log_entries.c.tree == tree)
        with self._reached(), self._database.read() as connection, connection.execute(query) as rows:
            yield from rows

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (LogUnavailable, Tampered):
            raise
        except Exception as error:
            raise LogUnavailable(f"the access log of {self._realm} cannot be reached") from error


def _stored(row: Any) -> StoredEntry:
    return StoredEntry(row.seq, row.tree, row.public, row.private, row.salt, row.private_digest, row.leaf)


def _index(row: Any) -> Index:
    return (
        row.at, row.action, row.role, bool(row.allowed), row.compartment, row.course, row.request_id, row.actor,
        row.subject,
    )  # fmt: skip
