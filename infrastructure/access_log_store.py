"""The access log of one realm in its own database: durable before it returns, gap-free, signed, open to checking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from gdpr.cosignature import NOBODY, Witnesses
from gdpr.log_check import Broken, Flaw, Verdict, verify
from gdpr.ports import Entry, LogUnavailable, Tally, Tampered
from infrastructure.database import Database
from infrastructure.group_commit import GroupCommit
from infrastructure.log_appending import Appending, Index, Pending, head_of, index_of, milliseconds, pending
from infrastructure.log_evidence import LogEvidence
from infrastructure.log_export import write_folder
from infrastructure.log_reading import ENTRY, reaching, stored_entry
from infrastructure.log_search import WITHIN, entries_where, fits, mentioning
from infrastructure.log_signing import LogSigner
from infrastructure.log_tables import ENDING, log_entries
from infrastructure.log_tallies import signed_past, tally
from infrastructure.log_witnesses import LogWitnesses

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
        witnesses: Witnesses = NOBODY,
    ) -> None:
        """`public_key` is the 32 bytes of the Ed25519 key that `sign` uses."""
        self._database = database
        self._realm = realm
        self._public_key, self._verify_signature = public_key, verify_signature
        self._signer = LogSigner(realm, sign, public_key, verify_signature)
        self._witnesses = LogWitnesses(realm, witnesses, public_key, verify_signature)
        self.evidence = LogEvidence(database, realm, public_key, self._witnesses)
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

        Keys: `subject`, `actor`, `session`, `process`, `role`, `compartment`, `action`, `allowed`, `course`, `request`,
        `record` (among what was asked for), `since` (at or after), `until` (before) and `upto` (a number); `numbers`,
        `subjects`, `roles`, `compartments`, `actions` (any of a tuple), `but_actions` (none of it), `outside` (by course
        the two moments of its period). By `subject`, `actor`, `session` or `record` no entry is found whose private half
        has ended. At most `limit` of them, behind number `after`: the `seq` of the last one found leads to the next page.
        The log's own entries are found only by their action. Raises Tampered for an entry that cannot be read.
        """
        within = {key: equal.pop(key) for key in WITHIN if key in equal}
        query = sa.select(log_entries.c.public, log_entries.c.private).where(*entries_where(equal, after=after))
        if within:
            query = query.where(*mentioning(within, is_postgresql=self._database.is_postgresql))
        elif limit is not None:
            query = query.limit(limit)
        with reaching(self._realm), self._database.read() as connection:
            rows = connection.execute(query.order_by(log_entries.c.seq)).all()
        found = (decode(public, private) for public, private in rows)
        # An id that is mentioned may also be a consent's, so such entries are counted when they have been read.
        return list(islice((entry for entry in found if fits(entry, within)), limit))

    def count(self, **equal: Any) -> int:
        """How many entries `find` finds with these keys."""
        if equal.keys() & WITHIN:
            return len(self.find(**equal))
        query = sa.select(sa.func.count()).select_from(log_entries).where(*entries_where(equal))
        with reaching(self._realm), self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def tally(
        self,
        by: Sequence[str],
        *,
        limit: int | None = None,
        offset: int = 0,
        fewest_subjects: int = 0,
        **equal: Any,
    ) -> list[Tally]:
        """What `find` finds with these keys, counted by `infrastructure.log_tallies.BY`; most subjects first."""
        with reaching(self._realm), self._database.read() as connection:
            return tally(connection, by, limit=limit, offset=offset, fewest_subjects=fewest_subjects, equal=equal)

    def newest(self, action: str, *, after: int = 0) -> Entry | None:
        """The last entry with this action behind number `after`; None if there is none. Raises Tampered."""
        columns = log_entries.c
        query = sa.select(columns.public, columns.private).where(columns.action == action, columns.seq > after)
        with reaching(self._realm), self._database.read() as connection:
            row = connection.execute(query.order_by(columns.seq.desc()).limit(1)).first()
        return None if row is None else decode(*row)

    def last(self) -> int:
        """The number of the last entry; 0 while the log is empty."""
        with reaching(self._realm), self._database.read() as connection:
            return head_of(connection).seq

    def signed_past(self, moment: datetime) -> str | None:
        """The first checkpoint that covers every entry from before the moment; None if there is none yet."""
        with reaching(self._realm), self._database.read() as connection:
            return signed_past(connection, moment)

    def end_private_halves(self, before: datetime) -> int:
        """Delete whom entries older than this were about, and who read (the log's own retention); how many it was.

        What was done, in which role, and the tree stay.
        """
        ended = (
            log_entries.update()
            .where(log_entries.c.at < milliseconds(before), log_entries.c.private.is_not(None))
            .values(dict.fromkeys(ENDING))
        )
        with reaching(self._realm), self._database.write() as connection:
            return connection.execute(ended).rowcount

    def checkpoint(self) -> str | None:
        """Sign the current month as far as it has come, and keep the note; None while the log is empty.

        Raises Tampered, and signs nothing, when the log does not continue what was signed last.
        """
        with reaching(self._realm):
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
        with reaching(self._realm), self._database.read() as connection:
            query = sa.select(log_entries.c.tree).distinct().order_by(log_entries.c.tree)
            return list(connection.execute(query).scalars())

    def checkpoints(self, tree: str | None = None) -> list[str]:
        """The signed notes of a month, or of all, from the smallest on, with their cosignatures."""
        return [note for of, _, note in self._checkpoints() if tree in (None, of)]

    def entries(self, tree: str | None = None) -> Iterator[StoredEntry]:
        """The entries of a month, or all of them, as they are stored, in order; read as they are taken."""
        for row in self._rows(ENTRY, tree):
            yield stored_entry(row)

    def verify(self) -> Verdict:
        """Check the whole log where it lies, and that the columns it is searched by say what the entries say."""
        misfiled: list[int] = []
        verdict = verify(
            self._watched(misfiled), self.checkpoints(), self._verify_signature,
            realm=self._realm, public_key=self._public_key, witnesses=self._witnesses.known,
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
            verifier_key=self.evidence.verifier_key,
            policy=self._witnesses.known.policy(self.evidence.verifier_key),
            # Read before the entries: entries that come in between are not yet signed, never the other way round.
            checkpoints=self._checkpoints(),
            entries=self.entries(),
        )

    def _checkpoints(self) -> list[tuple[str, int, str]]:
        with reaching(self._realm), self._database.read() as connection:
            return self._witnesses.notes(connection)

    def _watched(self, misfiled: list[int]) -> Iterator[StoredEntry]:
        place, of = -1, ""
        for row in self._rows([*ENTRY, *_INDEX, log_entries.c.place_in_tree], None):
            entry = stored_entry(row)
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
        with reaching(self._realm), self._database.read() as connection, connection.execute(query) as rows:
            yield from rows


def _index(row: Any) -> Index:
    return (
        row.at, row.action, row.role, bool(row.allowed), row.compartment, row.course, row.request_id, row.actor,
        row.subject,
    )  # fmt: skip
