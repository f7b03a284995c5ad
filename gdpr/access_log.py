"""How a line of the access log becomes a leaf that can be verified for ever, and forgets whom it was about in time.

An entry has a public half and a private half, each deterministic JSON. Its leaf is taken over the digests of the two,
so that the private half can be deleted at the log's own retention while the tree of its month still verifies (RIG-08).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from gdpr.ports import Entry, Tampered
from gdpr.tree import leaf_hash

SALT_BYTES = 32
LINK = "link"
"""The action of a month's first entry, which holds the last checkpoint of the month before."""
EVENTS = "events"
"""The action of an entry that attests stored events (`gdpr.attested`)."""

_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, slots=True, repr=False)
class StoredEntry:
    """An entry as it is kept and exported: its place, its two halves, and what the tree is made from.

    `private_digest` is SHA-256(salt || private) and stays when `private` and `salt` end (None).
    `leaf` is the RFC 6962 hash of SHA-256(public) || private_digest.
    """

    seq: int
    tree: str
    public: bytes
    private: bytes | None
    salt: bytes | None
    private_digest: bytes
    leaf: bytes

    def __repr__(self) -> str:
        return f"<entry {self.seq} of {self.tree}>"


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """An entry that is ready but for its place, so that whoever holds the log's lock has little left to do."""

    before_place: str
    time: str
    unit: str
    private: bytes
    salt: bytes
    private_digest: bytes

    def at(self, seq: int, tree: str) -> StoredEntry:
        """The entry at its place: number `seq` of the realm, in the tree of this month ("2026-11")."""
        # The keys stand in sorted order: what sorts before "seq", then "seq", "time", "tree", "unit".
        public = f'{self.before_place},"seq":{seq},"time":"{self.time}","tree":"{tree}","unit":{self.unit}}}'.encode()
        return _stored(seq, tree, public, self.private, self.salt, self.private_digest)


def draft(entry: Entry, salt: bytes) -> Draft:
    """Raises ValueError for an entry without an actor or time zone, and for a salt of another length than 32 bytes."""
    if entry.actor is None:
        raise ValueError("an entry is written by somebody")
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    before_place = _to_json(
        {
            "action": entry.action,
            "allowed": entry.allowed,
            "compartment": entry.compartment,
            "course": _text(entry.course),
            "details": dict(entry.details),
            "fields": entry.fields,
            "process": entry.process,
            "purpose": entry.purpose,
            "request_id": str(entry.request_id),
            "role": entry.role,
            "rule": entry.rule,
        }
    )[:-1]
    private = _to_json(
        {
            "actor": str(entry.actor),
            "consents": [str(consent) for consent in entry.consents],
            "records": [str(record) for record in entry.records],
            "session": _text(entry.session),
            "subject": _text(entry.subject),
        }
    ).encode()
    unit = "null" if entry.unit is None else f'"{entry.unit}"'
    return Draft(before_place, _time(entry.at), unit, private, salt, sha256(salt + private).digest())


def encode(entry: Entry, seq: int, tree: str, salt: bytes) -> StoredEntry:
    """The entry at its place, with its leaf. Raises as `draft`."""
    return draft(entry, salt).at(seq, tree)


def encode_link(note: str, *, previous: str, at: datetime, seq: int, tree: str, salt: bytes) -> StoredEntry:
    """The first entry of a month: the last checkpoint (`note`) of the `previous` month, so that whole months can go."""
    public = {"action": LINK, "checkpoint": note, "previous": previous, "seq": seq, "time": _time(at), "tree": tree}
    private = b"{}"
    return _stored(seq, tree, _to_json(public).encode(), private, salt, sha256(salt + private).digest())


def decode(public: bytes, private: bytes | None) -> Entry:
    """The entry again; `actor`, `session` and `subject` None, `records` and `consents` empty when its private half has ended.

    Entries written before the log said from where have neither session nor process.

    Times come back in whole milliseconds, UTC. Raises Tampered when a half is not what `encode` writes.
    """
    try:
        seen = json.loads(public)
        hidden = {} if private is None else json.loads(private)
        return Entry(
            at=datetime.fromisoformat(seen["time"]),
            action=seen["action"],
            actor=_id(hidden.get("actor")),
            role=seen["role"],
            unit=_id(seen["unit"]),
            course=_id(seen["course"]),
            purpose=seen["purpose"],
            compartment=seen["compartment"],
            subject=_id(hidden.get("subject")),
            allowed=seen["allowed"],
            rule=seen["rule"],
            request_id=UUID(seen["request_id"]),
            fields=tuple(seen["fields"]),
            records=tuple(UUID(record) for record in hidden.get("records", ())),
            consents=tuple(UUID(consent) for consent in hidden.get("consents", ())),
            details=_details(seen["details"]),
            seq=_number(seen["seq"]),
            session=_id(hidden.get("session")),
            process=seen.get("process", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # From None: the error would show the text that could not be read.
        raise Tampered("an entry of the access log is not in the form it is written in") from None


def month_of(moment: datetime) -> str:
    """The name of the tree of this moment's month, in UTC: "2026-11"."""
    return moment.astimezone(UTC).isoformat()[:7]


def leaf_of(public: bytes, private_digest: bytes) -> bytes:
    """The leaf that belongs to these halves."""
    return leaf_hash(sha256(public).digest() + private_digest)


def _stored(seq: int, tree: str, public: bytes, private: bytes, salt: bytes, digest: bytes) -> StoredEntry:
    return StoredEntry(seq, tree, public, private, salt, digest, leaf_of(public, digest))


def _time(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a time in the access log has a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(identity: UUID | None) -> str | None:
    return None if identity is None else str(identity)


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _number(seq: Any) -> int:
    if type(seq) is not int:
        raise TypeError("an entry has a number")
    return seq


def _details(details: Any) -> Mapping[str, int | str]:
    if not isinstance(details, dict):
        raise TypeError("details are a mapping")
    return details
