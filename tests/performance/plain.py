"""The plain `eventsourcing` application, as that library's documentation has it.

One aggregate a household, its JSON transcoder, its whole-payload AESCipher under one key for everything, its own
recorders, and a projection with its tracking recorder. It has no erasure: what was recorded is deleted by SQL.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.cryptography import AESCipher
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import InfrastructureFactory, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.sqlite import SQLiteTrackingRecorder
from eventsourcing.utils import Environment
from psycopg.sql import SQL
from sqlalchemy import make_url

from tests.performance.households import IN_A_COURSE, Household

_TABLES = (
    "CREATE TABLE IF NOT EXISTS household(id text PRIMARY KEY, course int, form {blob}, remark {blob}, note {blob},"
    " consented int)",
    "CREATE INDEX IF NOT EXISTS household_course ON household(course)",
    "CREATE TABLE IF NOT EXISTS access_log(id {serial}, at {real}, subject text, actor text, action text, purpose text)",
    "CREATE INDEX IF NOT EXISTS access_subject ON access_log(subject)",
)
_PAGE = 500


class Known(Aggregate):
    @event("Entered")
    def __init__(self, course: int, form: dict[str, Any]) -> None:
        self.course, self.form = course, form
        self.remark: Any = None
        self.note = ""
        self.consented = False

    @event("Referred")
    def refer(self, remark: dict[str, str]) -> None:
        self.remark = remark

    @event("Noted")
    def write(self, note: str) -> None:
        self.note = note

    @event("Consented")
    def agree(self, purpose: str) -> None:
        self.consented = True


class SqliteView(SQLiteTrackingRecorder):
    mark = "?"

    def construct_create_table_statements(self) -> list[str]:
        mine = [text.format(blob="BLOB", real="REAL", serial="INTEGER PRIMARY KEY") for text in _TABLES]
        return [*super().construct_create_table_statements(), *mine]


class PostgresView(PostgresTrackingRecorder):
    mark = "%s"

    def __init__(self, datastore: Any, **more: Any) -> None:
        super().__init__(datastore, **more)
        kinds = {"blob": "bytea", "real": "double precision", "serial": "bigserial PRIMARY KEY"}
        self.sql_create_statements.extend(SQL(text.format(**kinds)).format() for text in _TABLES)


class Plain:
    """The application, and its projection fed from the notification log; the library has no followers on SQLite."""

    name = "plain"

    def __init__(self, url: str, home: Path) -> None:
        env = {"CIPHER_TOPIC": "eventsourcing.cryptography:AESCipher", "CIPHER_KEY": AESCipher.create_key(32)}
        self._is_postgresql = not url.startswith("sqlite")
        if self._is_postgresql:
            parts = make_url(url)
            env |= {
                "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": str(parts.database),
                "POSTGRES_HOST": str(parts.host), "POSTGRES_PORT": str(parts.port), "POSTGRES_USER": str(parts.username),
                "POSTGRES_PASSWORD": str(parts.password or "none"),
            }  # fmt: skip
        else:
            env |= {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(home / "plain.sqlite")}
        self._app: Application[UUID] = Application(env)
        factory: Any = InfrastructureFactory.construct(Environment("view", env))
        self._view: Any = factory.tracking_recorder(PostgresView if self._is_postgresql else SqliteView)
        self._factory = factory
        self._cipher = AESCipher(Environment("view", env))
        self._ids: dict[int, UUID] = {}
        self._subjects: dict[int, list[str]] = {}

    # The commands

    def register(self, household: Household) -> None:
        self._app.save(self._entered(household))

    def _entered(self, household: Household) -> Known:
        form = {"adults": list(household.adults), "children": list(household.children), "language": household.language}
        entered = Known(course=household.index // IN_A_COURSE, form=form)
        self._ids[household.index] = entered.id
        self._subjects[household.index] = [str(uuid4()) for _ in range(5)]
        return entered

    def refer(self, household: Household) -> None:
        known: Known = self._app.repository.get(self._ids[household.index])
        grounds = {"remark": household.remark, "criterion": "lacking_network", "able": "yes"}
        known.refer(grounds | {"judgements": ["at_risk", "at_risk"]})
        self._app.save(known)

    def seat(self, households: Sequence[Household]) -> None:
        """Nothing."""

    def note(self, household: Household) -> None:
        known: Known = self._app.repository.get(self._ids[household.index])
        known.write(household.note)
        self._app.save(known)

    def read_back(self, household: Household) -> None:
        """Nothing."""

    def consent(self, household: Household) -> None:
        known: Known = self._app.repository.get(self._ids[household.index])
        known.agree("share_with_volunteers")
        self._app.save(known)

    def bulk(self, households: Sequence[Household]) -> None:
        self._app.save(*[self._entered(household) for household in households])

    # The projection

    def settle(self) -> None:
        done = self._view.max_tracking_id("app") or 0
        top = self._app.recorder.max_notification_id() or 0
        while done < top:
            for notification in self._app.recorder.select_notifications(done + 1, _PAGE):
                self._follow(self._app.mapper.to_domain_event(notification), Tracking("app", notification.id))
                done = notification.id

    def _follow(self, happened: Any, tracking: Tracking) -> None:
        stream = happened.originator_id.hex
        with self._view.datastore.transaction(commit=True) as cursor:
            self._view._insert_tracking(cursor, tracking)
            match type(happened).__name__:
                case "Entered":
                    statement = "INSERT INTO household(id,course,form) VALUES ({},{},{})"
                    self._run(cursor, statement, stream, happened.course, self._sealed(happened.form))
                case "Referred":
                    remark = self._sealed(happened.remark)
                    self._run(cursor, "UPDATE household SET remark={} WHERE id={}", remark, stream)
                case "Noted":
                    note = self._sealed(happened.note)
                    self._run(cursor, "UPDATE household SET note={} WHERE id={}", note, stream)
                case "Consented":
                    self._run(cursor, "UPDATE household SET consented=1 WHERE id={}", stream)

    def rebuild(self) -> int:
        with self._view.datastore.transaction(commit=True) as cursor:
            self._run(cursor, "DELETE FROM household")
            self._run(cursor, f"DELETE FROM {getattr(self._view, 'tracking_table_name', 'tracking')}")
        self.settle()
        return self.events()

    # The readings

    def page(self, household: Household) -> Sequence[str]:
        (row,) = self._read(
            "SELECT form FROM household WHERE id={}", self._ids[household.index].hex, [household], "page"
        )
        return list(_leaves(self._opened(row["form"])))

    def roster(self, households: Sequence[Household]) -> Sequence[str]:
        statement = "SELECT form, note FROM household WHERE course={} AND consented=1"
        rows = self._read(statement, households[0].index // IN_A_COURSE, households, "roster")
        forms = [self._opened(row["form"]) for row in rows]
        names = [person["given_name"] for form in forms for person in (*form["adults"], *form["children"])]
        return [*names, *(self._opened(row["note"]) for row in rows)]

    def own(self, household: Household) -> Sequence[str]:
        statement = "SELECT form, remark FROM household WHERE id={}"
        (row,) = self._read(statement, self._ids[household.index].hex, [household], "own")
        with self._view.datastore.transaction(commit=False) as cursor:
            for subject in self._subjects[household.index]:
                self._run(cursor, "SELECT at, actor, action, purpose FROM access_log WHERE subject={}", subject)
                cursor.fetchall()
        form, remark = self._opened(row["form"]), row["remark"]
        mine = form | {"adults": form["adults"][:1]}
        return list(_leaves([mine, self._opened(remark) if remark is not None else []]))

    def _read(self, statement: str, value: Any, households: Sequence[Household], action: str) -> list[Any]:
        """Rows, and an entry of the log for every person in them, in one transaction."""
        log = "INSERT INTO access_log(at,subject,actor,action,purpose) VALUES ({},{},{},{},{})"
        with self._view.datastore.transaction(commit=True) as cursor:
            self._run(cursor, statement, value)
            rows: list[Any] = cursor.fetchall()
            at = time.time()
            subjects = [subject for household in households for subject in self._subjects[household.index]]
            entries = [(at, subject, "reader", action, "bench") for subject in subjects]
            cursor.executemany(log.replace("{}", self._view.mark), entries)
        return rows

    # Deleting

    def ask_for_erasure(self, household: Household) -> None:
        """Nothing."""

    def erase(self, household: Household) -> None:
        """The whole stream: one key for everything leaves no other way, and one adult is in the others' events."""
        stream: UUID = self._ids[household.index]
        recorder: Any = self._app.recorder
        with recorder.datastore.transaction(commit=True) as cursor:
            id_ = stream if self._is_postgresql else stream.hex
            self._run(cursor, f"DELETE FROM {recorder.events_table_name} WHERE originator_id={{}}", id_)
        with self._view.datastore.transaction(commit=True) as cursor:
            self._run(cursor, "DELETE FROM household WHERE id={}", stream.hex)

    def events(self) -> int:
        recorder: Any = self._app.recorder
        with recorder.datastore.transaction(commit=False) as cursor:
            self._run(cursor, f"SELECT count(*) AS events FROM {recorder.events_table_name}")
            return int(dict(cursor.fetchone())["events"])

    def close(self) -> None:
        self._app.close()
        self._factory.close()

    def _run(self, cursor: Any, statement: str, *values: Any) -> None:
        cursor.execute(statement.replace("{}", self._view.mark), values)

    def _sealed(self, value: Any) -> bytes:
        return self._cipher.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def _opened(self, stored: Any) -> Any:
        return json.loads(self._cipher.decrypt(bytes(stored)))


def _leaves(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, Mapping):
        for value in shown.values():
            yield from _leaves(value)
    else:
        for value in shown:
            yield from _leaves(value)
