"""What a realm's log shows to people outside, who have a checkpoint at most: proofs, and the way to its witnesses."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from gdpr import checkpoint as notes
from gdpr.access_log import StoredEntry
from gdpr.log_proof import EntryProof, Growth, MonthGrown, NoSuchEntry, NotSignedYet, NotThatFar, Seen
from gdpr.ports import Tampered
from gdpr.tree import consistency_proof, inclusion_proof, verify_inclusion
from infrastructure.database import Database
from infrastructure.log_reading import ENTRY, leaves_of, reaching, stored_entry
from infrastructure.log_tables import log_entries
from infrastructure.log_witnesses import LogWitnesses, Witnessed


class LogEvidence:
    """Proofs from one realm's log. Every method raises LogUnavailable when its database fails.

    A proof reads the leaves of its month, 32 bytes each, and hashes them once.
    """

    def __init__(self, database: Database, realm: str, public_key: bytes, witnesses: LogWitnesses) -> None:
        self._database, self._realm, self._witnesses = database, realm, witnesses
        self._verifier_key = notes.verifier_key(notes.key_name_of(realm), public_key)

    @property
    def verifier_key(self) -> str:
        """The log's public key as one line (a C2SP vkey)."""
        return self._verifier_key

    def prove(self, seq: int) -> EntryProof:
        """That entry `seq` is in the log, by the last checkpoint that a quorum cosigned, or else the last one.

        Raises NoSuchEntry, NotSignedYet; Tampered when the log is not what that checkpoint says.
        """
        with reaching(self._realm), self._database.read() as connection:
            entry = self._entry(connection, seq)
            index = connection.execute(sa.select(log_entries.c.place_in_tree).filter_by(seq=seq)).scalar_one()
            covering = [note for _, size, note in self._witnesses.notes(connection, entry.tree) if size > index]
            if not covering:
                raise NotSignedYet("entry")
            witnessed = [note for note in covering if self._witnesses.is_witnessed(note)]
            note = notes.parse((witnessed or covering)[-1])
            leaves = leaves_of(connection, entry.tree, note.size)
        hashes = tuple(inclusion_proof(index, leaves)) if index < len(leaves) else ()
        if not verify_inclusion(entry.leaf, index, note.size, hashes, note.root):
            raise Tampered(
                f"entry {seq} is not in the tree that was signed; `tillid audit verify` says where it breaks"
            )
        return EntryProof(entry, index, hashes, note.note, self._verifier_key)

    def growth(self, since: Iterable[Seen]) -> tuple[str, list[Growth]]:
        """The last checkpoint, with its cosignatures, and for each of these that it contains all that was seen.

        Raises NotSignedYet while nothing is signed, NotThatFar.
        """
        with reaching(self._realm), self._database.read() as connection:
            signed = self._witnesses.notes(connection)
            if not signed:
                raise NotSignedYet("since")
            tree, size, note = signed[-1]
            counted = sa.select(log_entries.c.tree, sa.func.count()).group_by(log_entries.c.tree)
            rows = connection.execute(counted.order_by(log_entries.c.tree))
            # What came after the checkpoint is not proven by it.
            ends = {month: int(entries) for month, entries in rows if month < tree} | {tree: size}
            log = notes.key_name_of(self._realm)
            return note, [Growth(log, seen, tuple(self._months(connection, seen, ends))) for seen in since]

    def take_in(self, text: str) -> Witnessed:
        """Keep the cosignatures that a witness gave back. Raises NotWitnessed, Tampered (see `LogWitnesses.take_in`)."""
        with reaching(self._realm), self._database.write() as connection:
            return self._witnesses.take_in(connection, text)

    def last_seen(self) -> dict[str, Seen | None]:
        """How far each witness of the settings has cosigned, by its name there; None for one that never did."""
        with reaching(self._realm), self._database.read() as connection:
            return self._witnesses.last_seen(connection)

    def _entry(self, connection: sa.Connection, seq: int) -> StoredEntry:
        row = connection.execute(sa.select(*ENTRY).where(log_entries.c.seq == seq)).first()
        if row is None:
            raise NoSuchEntry("entry")
        return stored_entry(row)

    def _months(self, connection: sa.Connection, since: Seen, ends: dict[str, int]) -> list[MonthGrown]:
        if since.size > ends.get(since.tree, -1):
            raise NotThatFar("since")
        leaves = leaves_of(connection, since.tree, ends[since.tree])
        months = [MonthGrown(since.tree, consistency=tuple(consistency_proof(since.size, leaves)))]
        for tree, size in ends.items():
            if tree > since.tree:
                leaves = leaves_of(connection, tree, size)
                first = connection.execute(sa.select(*ENTRY).filter_by(tree=tree, place_in_tree=0)).one()
                months.append(MonthGrown(tree, link=stored_entry(first), inclusion=tuple(inclusion_proof(0, leaves))))
        return months
