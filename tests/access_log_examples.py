"""Made-up entries of an access log, a fixed key to sign with, and a log in memory that verification can be tried on."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gdpr.access_log import StoredEntry, encode, encode_link
from gdpr.checkpoint import key_name_of, make, origin_of, text_of
from gdpr.cosignature import NOBODY, Witnesses, WitnessKey, message
from gdpr.log_check import Verdict, verify
from gdpr.ports import Entry
from gdpr.tree import root_of
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.log_tables import APPEND_ONLY_POSTGRESQL, APPEND_ONLY_SQLITE, log_metadata

REALM = "red-barnet"
NOVEMBER = datetime(2026, 11, 3, 17, 30, 0, 123456, tzinfo=UTC)
LEADER, MOTHER, COURSE, PART, CONSENT = (UUID(int=number) for number in range(1, 6))

_PRIVATE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = _PRIVATE_KEY.public_key().public_bytes_raw()


def sign(message: bytes) -> bytes:
    return _PRIVATE_KEY.sign(message)


def sign_as_another(message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(message)


def verify_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _witness(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def witness_key(number: int) -> WitnessKey:
    """The public key of witness 1, 2 or 3."""
    return WitnessKey(f"witness{number}.example", _witness(number).public_key().public_bytes_raw())


def witnesses(*numbers: int, quorum: int = 1) -> Witnesses:
    return Witnesses({f"w{number}": witness_key(number) for number in numbers}, quorum)


def cosigned(note: str, *numbers: int, seconds: int = 1_793_000_000) -> str:
    """The note as these witnesses give it back."""
    for number in numbers:
        signature = _witness(number).sign(message(text_of(note), seconds))
        raw = witness_key(number).key_id + seconds.to_bytes(8, "big") + signature
        note += f"— witness{number}.example {b64encode(raw).decode()}\n"
    return note


def an_entry(number: int = 1, **other: Any) -> Entry:
    """A leader reads a part of a mother's note; each number is a request and a second of its own."""
    entry = Entry(
        at=NOVEMBER + timedelta(seconds=number), action="read", actor=LEADER, role="leader", unit=None, course=COURSE,
        purpose="prepare the course", compartment="note", subject=MOTHER, allowed=True, rule="wrote_it",
        request_id=UUID(int=1000 + number), fields=("words",), records=(PART,), consents=(CONSENT,),
    )  # fmt: skip
    return replace(entry, **other)


def in_milliseconds(entry: Entry) -> Entry:
    """As it comes back from the log."""
    return replace(entry, at=entry.at.replace(microsecond=entry.at.microsecond // 1000 * 1000))


@dataclass
class SetClock:
    """Shows what it was set to."""

    moment: datetime = NOVEMBER

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


def sql_log(database: Database, clock: SetClock | None = None, witnesses: Witnesses = NOBODY) -> SqlAccessLog:
    """The log of our made-up realm on this database, as a process of its own would open it."""
    return SqlAccessLog(
        database, realm=REALM, sign=sign, public_key=PUBLIC_KEY, verify_signature=verify_signature,
        clock=clock or SetClock(), witnesses=witnesses,
    )  # fmt: skip


def make_tables(database: Database) -> None:
    """The tables of a log with the triggers that keep it append-only."""
    with database.write() as connection:
        log_metadata.create_all(connection)
        for ddl in APPEND_ONLY_POSTGRESQL if database.is_postgresql else APPEND_ONLY_SQLITE:
            connection.exec_driver_sql(ddl)


def write_from_threads(log: SqlAccessLog, threads: int, each: int) -> None:
    """Each thread writes that often, one entry at a time; the first failure of any is raised."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: [log.write([an_entry(number)]) for number in range(each)], range(threads)))


def numbers(log: SqlAccessLog) -> list[int]:
    return [entry.seq for entry in log.entries()]


def without_triggers(database: Database, *tables: str) -> None:
    """As somebody who owns the database can; of the log's own tables if none is named."""
    with database.write() as connection:
        if database.is_postgresql:
            for table in tables or ("log_entries", "log_checkpoints", "log_cosignatures"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            return
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")


@dataclass
class LogInMemory:
    """Entries and notes as a store would hold them; tests damage the lists and ask for a verdict."""

    entries: list[StoredEntry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def month(self) -> str:
        return self.entries[-1].tree if self.entries else ""

    def write(self, count: int, tree: str = "2026-11") -> None:
        for _ in range(count):
            seq = len(self.entries) + 1
            self.entries.append(encode(an_entry(seq), seq, tree, bytes([seq % 256]) * 32))

    def sign(self, tree: str | None = None, **other: Any) -> str:
        tree = tree or self.month
        leaves = [entry.leaf for entry in self.entries if entry.tree == tree]
        given = {"origin": origin_of(REALM, tree), "size": len(leaves), "root": root_of(leaves), "sign": sign} | other
        self.notes.append(make(name=key_name_of(REALM), public_key=PUBLIC_KEY, **given))
        return self.notes[-1]

    def begin(self, tree: str, **other: Any) -> None:
        """A new month, linked to the last checkpoint of the one before."""
        previous, seq = self.month, len(self.entries) + 1
        given = {"note": self.notes[-1], "previous": previous} | other
        self.entries.append(encode_link(**given, at=NOVEMBER, seq=seq, tree=tree, salt=bytes(32)))

    def verdict(self, witnesses: Witnesses = NOBODY) -> Verdict:
        return verify(
            self.entries, self.notes, verify_signature, realm=REALM, public_key=PUBLIC_KEY, witnesses=witnesses
        )
