"""The floor: the same work with nothing between it and the database, on the same drivers.

Hand-written SQL, one transaction a command, AES-256-GCM per field under a key per subject, read models that copy
ciphertext. It has no domain rules, no roles, no policy, no compartments, no tree over its log and no proof of an
erasure: it is the bound that a Python program on these drivers can come near, not a register.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.performance.households import IN_A_COURSE, Household

_pack, _unpack = msgspec.msgpack.encode, msgspec.msgpack.decode
_READER = uuid4().bytes
_LARGEST_CACHE = 4096

_TABLES = """
CREATE TABLE subject(id {blob} PRIMARY KEY, wrapped {blob} NOT NULL);
CREATE TABLE event(pos {serial}, stream {blob} NOT NULL, version int NOT NULL, kind text NOT NULL, body {blob} NOT NULL);
CREATE UNIQUE INDEX event_of_a_stream ON event(stream, version);
CREATE TABLE member(family {blob}, subject {blob}, number int, body {blob}, PRIMARY KEY (family, number));
CREATE INDEX member_subject ON member(subject);
CREATE TABLE family(id {blob} PRIMARY KEY, course int, body {blob}, remark {blob}, note {blob}, consent int);
CREATE INDEX family_course ON family(course);
CREATE TABLE access_log(id {serial}, at {real}, subject {blob}, actor {blob}, action text, purpose text);
CREATE INDEX access_subject ON access_log(subject);
"""


class Floor:
    """One connection, and every statement by hand; `{}` in them is the driver's mark of a parameter."""

    name = "floor"

    def __init__(self, url: str, home: Path) -> None:
        self._is_postgresql = not url.startswith("sqlite")
        types = {"blob": "bytea" if self._is_postgresql else "BLOB", "real": "double precision"}
        if self._is_postgresql:
            dsn = url.replace("postgresql+psycopg", "postgresql")
            self._db: Any = psycopg.connect(dsn, autocommit=True, prepare_threshold=0)
            types["serial"] = "bigserial PRIMARY KEY"
        else:
            self._db = sqlite3.connect(home / "floor.sqlite", isolation_level=None, cached_statements=512)
            types["serial"] = "INTEGER PRIMARY KEY"
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
        for statement in _TABLES.format(**types).split(";")[:-1]:
            self._db.execute(statement)
        self._kek = AESGCM(os.urandom(32))
        self._ciphers: dict[bytes, AESGCM] = {}
        self._ids: dict[int, list[bytes]] = {}  # household, two adults, two children

    # Keys and values

    def _new_key(self, subject: bytes) -> bytes:
        key, nonce = os.urandom(32), os.urandom(12)
        self._remember(subject, key)
        return nonce + self._kek.encrypt(nonce, key, subject)

    def _remember(self, subject: bytes, key: bytes) -> AESGCM:
        if len(self._ciphers) >= _LARGEST_CACHE:
            del self._ciphers[next(iter(self._ciphers))]
        cipher = self._ciphers[subject] = AESGCM(key)
        return cipher

    def _cipher(self, subject: bytes, wrapped: bytes | None = None) -> AESGCM:
        cipher = self._ciphers.get(subject)
        if cipher is None:
            found = wrapped or self._one("SELECT wrapped FROM subject WHERE id={}", subject)[0]
            cipher = self._remember(subject, self._kek.decrypt(found[:12], found[12:], subject))
        return cipher

    def _seal(self, subject: bytes, values: Mapping[str, str]) -> bytes:
        cipher, nonces = self._cipher(subject), os.urandom(12 * len(values))
        return _pack(
            {
                name: nonces[12 * i : 12 * i + 12] + cipher.encrypt(nonces[12 * i : 12 * i + 12], value.encode(), None)
                for i, (name, value) in enumerate(values.items())
            }
        )

    def _open(self, subject: bytes, wrapped: bytes, body: bytes, *names: str) -> list[str]:
        cipher = self._cipher(subject, wrapped)
        sealed = _unpack(body)
        return [cipher.decrypt(v[:12], v[12:], None).decode() for k, v in sealed.items() if not names or k in names]

    # The commands

    def register(self, household: Household) -> None:
        with self._transaction():
            self._enter(household)

    def _enter(self, household: Household) -> None:
        ids = self._ids[household.index] = [uuid4().bytes for _ in range(5)]
        family, members = ids[0], ids[1:]
        self._many("INSERT INTO subject VALUES ({},{})", [(subject, self._new_key(subject)) for subject in ids])
        people = [*household.adults, *household.children]
        bodies = [self._seal(subject, person) for subject, person in zip(members, people, strict=True)]
        body = self._seal(family, {"language": household.language})
        self._event(family, 1, "registered", _pack([members, bodies, body, household.index // IN_A_COURSE]))
        rows = [(family, subject, number, of) for number, (subject, of) in enumerate(zip(members, bodies, strict=True))]
        self._many("INSERT INTO member VALUES ({},{},{},{})", rows)
        self._run("INSERT INTO family(id,course,body) VALUES ({},{},{})", family, household.index // IN_A_COURSE, body)

    def refer(self, household: Household) -> None:
        """The remark, the criterion and a judgement for each child, each a sealed value."""
        family, *_, older, younger = self._ids[household.index]
        remark = self._seal(family, {"remark": household.remark, "criterion": "lacking_network", "able": "yes"})
        judged = [self._seal(child, {"judgement": "at_risk"}) for child in (older, younger)]
        with self._transaction():
            self._event(family, 2, "referred", _pack([remark, judged]))
            self._run("UPDATE family SET remark={} WHERE id={}", remark, family)

    def seat(self, households: Sequence[Household]) -> None:
        """Nothing."""

    def note(self, household: Household) -> None:
        family = self._ids[household.index][0]
        note = self._seal(family, {"note": household.note})
        with self._transaction():
            self._event(family, 3, "noted", note)
            self._run("UPDATE family SET note={} WHERE id={}", note, family)

    def read_back(self, household: Household) -> None:
        """Nothing."""

    def consent(self, household: Household) -> None:
        family = self._ids[household.index][0]
        with self._transaction():
            self._event(family, 4, "consented", _pack(["share_with_volunteers", 1]))
            self._run("UPDATE family SET consent=1 WHERE id={}", family)

    def settle(self) -> None:
        """Every command's views are in its own transaction."""

    def _event(self, stream: bytes, version: int, kind: str, body: bytes) -> None:
        self._run("INSERT INTO event(stream,version,kind,body) VALUES ({},{},{},{})", stream, version, kind, body)

    def bulk(self, households: Sequence[Household]) -> None:
        with self._transaction():
            for household in households:
                self._enter(household)

    # The readings

    _MEMBERS = "SELECT m.subject, k.wrapped, m.body FROM member m JOIN subject k ON k.id=m.subject"
    _FAMILY = "SELECT f.id, k.wrapped, f.body, f.remark, f.note FROM family f JOIN subject k ON k.id=f.id"

    def page(self, household: Household) -> Sequence[str]:
        family_id = self._ids[household.index][0]
        members = self._all(self._MEMBERS + " WHERE m.family={} ORDER BY m.number", family_id)
        family = self._one(self._FAMILY + " WHERE f.id={}", family_id)
        self._log([family_id, *(row[0] for row in members)], "page")
        return [value for row in (*members, family[:3]) for value in self._open(*row)]

    def roster(self, households: Sequence[Household]) -> Sequence[str]:
        course = households[0].index // IN_A_COURSE
        families = self._all(self._FAMILY + " WHERE f.course={} AND f.consent=1", course)
        shown = self._MEMBERS + " JOIN family f ON f.id=m.family WHERE f.course={} AND f.consent=1"
        members = self._all(shown, course)
        self._log([row[0] for row in (*families, *members)], "roster")
        notes = [self._open(id_, wrapped, note)[0] for id_, wrapped, _, _, note in families]
        names = [value for row in members for value in self._open(*row, "given_name", "birth_month")]
        return [*names, *notes]

    def own(self, household: Household) -> Sequence[str]:
        family_id, adult, _, *children = self._ids[household.index]
        members = [
            row for row in self._all(self._MEMBERS + " WHERE m.family={}", family_id) if row[0] in (adult, *children)
        ]
        family = self._one(self._FAMILY + " WHERE f.id={}", family_id)
        self._log([family_id, *(row[0] for row in members)], "own")
        for subject in (family_id, adult, *children):
            self._all("SELECT at, actor, action, purpose FROM access_log WHERE subject={}", subject)
        bodies = [*members, family[:3], (*family[:2], family[3])]
        return [value for row in bodies if row[2] is not None for value in self._open(*row)]

    def _log(self, subjects: Sequence[bytes], action: str) -> None:
        at = time.time()
        with self._transaction():
            self._many(
                "INSERT INTO access_log(at,subject,actor,action,purpose) VALUES ({},{},{},{},{})",
                [(at, subject, _READER, action, "bench") for subject in subjects],
            )

    # Erasing and rebuilding

    def ask_for_erasure(self, household: Household) -> None:
        """Nothing."""

    def erase(self, household: Household) -> None:
        subject = self._ids[household.index][1]
        with self._transaction():
            self._run("DELETE FROM subject WHERE id={}", subject)
            self._run("DELETE FROM member WHERE subject={}", subject)
        self._ciphers.pop(subject, None)

    def rebuild(self) -> int:
        members: dict[bytes, list[tuple[Any, ...]]] = {}
        families: dict[bytes, list[Any]] = {}
        with self._transaction():
            for table in ("member", "family"):
                self._run(f"DELETE FROM {table}")
            alive = {bytes(row[0]) for row in self._all("SELECT id FROM subject")}
            events = self._all("SELECT stream, kind, body FROM event ORDER BY pos")
            for stream, kind, body in events:
                if kind == "registered":
                    subjects, bodies, of, course = _unpack(body)
                    rows = enumerate(zip(subjects, bodies, strict=True))
                    members[stream] = [(stream, who, n, sealed) for n, (who, sealed) in rows if who in alive]
                    families[stream] = [stream, course, of, None, None, None]
                elif kind == "consented":
                    families[stream][5] = 1
                else:
                    families[stream][3 if kind == "referred" else 4] = _unpack(body)[0] if kind == "referred" else body
            of_all = [row for rows in members.values() for row in rows]
            self._many("INSERT INTO member VALUES ({},{},{},{})", of_all)
            self._many("INSERT INTO family VALUES ({},{},{},{},{},{})", list(families.values()))
        return len(events)

    def events(self) -> int:
        return int(self._one("SELECT count(*) FROM event")[0])

    def close(self) -> None:
        self._db.close()

    # The driver

    def _run(self, statement: str, *values: Any) -> Any:
        if self._is_postgresql:
            return self._db.execute(statement.replace("{}", "%b"), values, binary=True)
        return self._db.execute(statement.replace("{}", "?"), values)

    def _many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if self._is_postgresql:
            with self._db.cursor(binary=True) as cursor:
                cursor.executemany(statement.replace("{}", "%b"), rows)
        else:
            self._db.executemany(statement.replace("{}", "?"), rows)

    def _all(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._run(statement, *values).fetchall()
        return rows

    def _one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        (row,) = self._all(statement, *values)
        return row

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._is_postgresql:
            with self._db.transaction(), self._db.pipeline():
                yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        yield
        self._db.execute("COMMIT")
