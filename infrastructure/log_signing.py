"""Signs how far a log has come, and refuses to sign one that no longer contains what was signed before."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from gdpr import checkpoint as notes
from gdpr.checkpoint import NotACheckpoint, Sign, VerifySignature
from gdpr.ports import Tampered
from gdpr.tree import Frontier
from infrastructure.log_appending import Head
from infrastructure.log_tables import log_checkpoints, log_entries


@dataclass(frozen=True, slots=True)
class Signed:
    """A month's tree at one size, with its note."""

    tree: str
    frontier: Frontier
    note: str


class LogSigner:
    """Makes the checkpoints of one realm's log, each from the one before and the leaves that came since."""

    def __init__(self, realm: str, sign: Sign, public_key: bytes, verify_signature: VerifySignature) -> None:
        self._realm, self._sign = realm, sign
        self._public_key, self._verify_signature = public_key, verify_signature
        # What this process signed last: a database put back behind it is caught even if it is consistent in itself.
        self._newest: tuple[str, int] = ("", 0)

    def close_month(self, connection: sa.Connection, head: Head) -> str:
        """Sign the whole month that ends at this head and keep the checkpoint, within the transaction under way."""
        signed = self.signed_at(connection, head)
        self.keep(connection, signed)
        return signed.note

    def signed_at(self, connection: sa.Connection, head: Head) -> Signed:
        """The tree up to this head, signed; the last checkpoint again when nothing came since. Raises Tampered."""
        last = self._last(connection, head.tree)
        frontier = Frontier() if last is None else last.frontier
        if (head.tree, frontier.size) < self._newest or head.place + 1 < frontier.size:
            raise Tampered(f"the access log of {self._realm} ends before what was signed in {head.tree}")
        if last is not None and frontier.size == head.place + 1:
            return last
        first = head.seq - head.place + frontier.size
        leaves = connection.execute(
            sa.select(log_entries.c.leaf).where(log_entries.c.seq.between(first, head.seq)).order_by(log_entries.c.seq)
        ).scalars()
        for leaf in leaves:
            frontier.append(leaf)
        if frontier.size != head.place + 1:
            raise Tampered(f"entries of {head.tree} are missing from the access log of {self._realm}")
        note = notes.make(
            notes.origin_of(self._realm, head.tree), frontier.size, frontier.root(), notes.key_name_of(self._realm),
            self._sign, self._public_key,
        )  # fmt: skip
        return Signed(head.tree, frontier, note)

    def keep(self, connection: sa.Connection, signed: Signed) -> None:
        """Store the checkpoint, unless it or another process's of the same size is there."""
        row = {
            "tree": signed.tree,
            "size": signed.frontier.size,
            "root": signed.frontier.root(),
            "note": signed.note,
            "frontier": signed.frontier.to_bytes(),
        }
        there = sa.select(log_checkpoints.c.note).filter_by(tree=signed.tree, size=signed.frontier.size)
        if connection.execute(there).first() is None:
            connection.execute(log_checkpoints.insert(), row)
        self._newest = max(self._newest, (signed.tree, signed.frontier.size))

    def _last(self, connection: sa.Connection, tree: str) -> Signed | None:
        """The last checkpoint of a month, if it is what we signed: its root is trusted for all that lies before it."""
        row = connection.execute(
            sa.select(log_checkpoints).filter_by(tree=tree).order_by(log_checkpoints.c.size.desc()).limit(1)
        ).first()
        if row is None:
            return None
        try:
            note, frontier = notes.parse(row.note), Frontier.from_bytes(row.frontier)
        except (NotACheckpoint, ValueError):
            raise Tampered(f"the last checkpoint of {tree} of {self._realm} cannot be read") from None
        ours = notes.check(
            note,
            origin=notes.origin_of(self._realm, tree),
            name=notes.key_name_of(self._realm),
            public_key=self._public_key,
            verify_signature=self._verify_signature,
        )
        if not ours or (note.size, note.root) != (frontier.size, frontier.root()):
            raise Tampered(f"the last checkpoint of {tree} of {self._realm} is not what was signed")
        return Signed(tree, frontier, row.note)
