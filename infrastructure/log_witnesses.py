"""Keeps what witnesses said of a log's checkpoints, and takes in only what they truly said of checkpoints that are ours."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from gdpr import checkpoint as notes
from gdpr.checkpoint import Checkpoint, NotACheckpoint, VerifySignature
from gdpr.cosignature import Cosignature, WitnessDisagrees, Witnesses, with_cosignatures
from gdpr.log_proof import NotWitnessed, Seen
from gdpr.ports import Tampered
from infrastructure.log_tables import log_checkpoints, log_cosignatures


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What was taken in: how far the log had come, who has cosigned that by now, and whether they are a quorum."""

    seen: Seen
    cosignatures: tuple[Cosignature, ...]
    quorum: bool


class LogWitnesses:
    """The cosignatures of one realm's log; each method works on the connection it is given."""

    def __init__(self, realm: str, witnesses: Witnesses, public_key: bytes, verify_signature: VerifySignature) -> None:
        """`public_key` is the log's own."""
        self._realm, self.known = realm, witnesses
        self._public_key, self._verify_signature = public_key, verify_signature

    def notes(self, connection: sa.Connection, tree: str | None = None) -> list[tuple[str, int, str]]:
        """Month, size and note of every checkpoint, from the smallest on, each note with its cosignatures."""
        kept, lines = log_checkpoints.c, log_cosignatures.c
        query = sa.select(kept.tree, kept.size, kept.note).order_by(kept.tree, kept.size)
        cosigned = sa.select(lines.tree, lines.size, lines.line).order_by(lines.witness)
        if tree is not None:
            query, cosigned = query.where(kept.tree == tree), cosigned.where(lines.tree == tree)
        found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for of, size, line in connection.execute(cosigned):
            found[of, size].append(line)
        return [
            (of, size, with_cosignatures(note, found.get((of, size), ())))
            for of, size, note in connection.execute(query)
        ]

    def take_in(self, connection: sa.Connection, text: str) -> Witnessed:
        """Keep the cosignatures of a note that a witness gave back. Raises NotWitnessed; then nothing is kept.

        Raises Tampered for a note that this log's key truly signed and that does not agree with what lies here.
        """
        try:
            note = notes.parse(text)
        except NotACheckpoint:
            raise NotWitnessed("file") from None
        tree = note.origin.removeprefix(notes.origin_of(self._realm, ""))
        kept = log_checkpoints.c
        ours = connection.execute(sa.select(kept.note).where(kept.tree == tree, kept.size == note.size)).scalar()
        if ours is None or notes.text_of(ours) != notes.text_of(text):
            if self._is_truly_signed(note, tree):
                raise Tampered(
                    f"the log was shown in two versions: {note.size} entries of {tree} that it signed are not here"
                )
            raise NotWitnessed("file")
        try:
            cosignatures = self.known.cosignatures(note, self._verify_signature)
        except WitnessDisagrees:
            raise NotWitnessed("file") from None
        if not cosignatures:
            raise NotWitnessed("file")
        for each in cosignatures:
            there = sa.select(log_cosignatures.c.line).filter_by(tree=tree, size=note.size, witness=each.witness)
            if connection.execute(there).first() is None:
                row = {"tree": tree, "size": note.size, "witness": each.witness, "line": each.line}
                connection.execute(log_cosignatures.insert(), row)
        ((_, _, cosigned),) = [row for row in self.notes(connection, tree) if row[1] == note.size]
        return self._witnessed(tree, cosigned)

    def last_seen(self, connection: sa.Connection) -> dict[str, Seen | None]:
        """How far each witness of the settings has cosigned, by its name there; None for one that never did."""
        rows = log_cosignatures.c
        found: dict[str, Seen | None] = {}
        for name, key in self.known.keys.items():
            query = sa.select(rows.tree, rows.size).where(rows.witness == key.name)
            row = connection.execute(query.order_by(rows.tree.desc(), rows.size.desc()).limit(1)).first()
            found[name] = None if row is None else Seen(row.tree, row.size)
        return found

    def is_witnessed(self, note: str) -> bool:
        """Whether a quorum has cosigned this note, one of `notes`. Raises Tampered."""
        read = notes.parse(note)
        tree = read.origin.removeprefix(notes.origin_of(self._realm, ""))
        return self._witnessed(tree, note).quorum

    def _is_truly_signed(self, note: Checkpoint, tree: str) -> bool:
        return notes.check(
            note,
            origin=notes.origin_of(self._realm, tree),
            name=notes.key_name_of(self._realm),
            public_key=self._public_key,
            verify_signature=self._verify_signature,
        )

    def _witnessed(self, tree: str, text: str) -> Witnessed:
        note = notes.parse(text)
        try:
            by = tuple(self.known.cosignatures(note, self._verify_signature))
        except WitnessDisagrees as error:
            raise Tampered(f"a cosignature of {tree} of {self._realm} is not what the witness said: {error}") from None
        return Witnessed(Seen(tree, note.size), by, self.known.reached([each.witness for each in by]))
