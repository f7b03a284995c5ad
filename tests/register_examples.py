"""A register of made-up facts on real databases with a real vault, and the view it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

from application.ports import Aggregate, Change, Context, Outcome, Recorded, Rows
from application.views.rows import Holds, view_row
from domain.compartments import CLUB_TELEPHONE, ROSTER, SHARED_NOTE, RealmKind, held_in
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.people import ConsentId, Period, PersonId, Role, SubjectId, UnitId
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.migrate import migrate
from infrastructure.register import SqlRegister
from infrastructure.rows import SqlRows
from infrastructure.vault import KeyVault
from infrastructure.view_tables import create_tables

RECORDED_AT = datetime(2026, 3, 4, 17, 30, 0, 123456, tzinfo=UTC)


@fact("test.person_came")
class PersonCame(Fact):
    """One field of each clear type, and personal ones in two compartments."""

    person: Annotated[SubjectId, CLEAR]
    on: Annotated[date, CLEAR]
    at: Annotated[datetime, CLEAR]
    role: Annotated[Role, CLEAR]
    during: Annotated[Period, CLEAR]
    friends: Annotated[tuple[PersonId, ...], CLEAR]
    unit: Annotated[UnitId | None, CLEAR]
    evenings: Annotated[int, CLEAR]
    name: Annotated[Text, Personal(about="person", kept_in=ROSTER)]
    telephone: Annotated[str | Sealed | None, Personal(about="person", kept_in=CLUB_TELEPHONE)]


@fact("test.words_shared")
class WordsShared(Fact):
    """Sealed under a key that belongs to one consent."""

    person: Annotated[SubjectId, CLEAR]
    consent: Annotated[ConsentId, CLEAR]
    words: Annotated[Text, Personal(about="person", kept_in=SHARED_NOTE, under="consent")]


@fact("test.counted")
class Counted(Fact):
    """Nothing personal."""

    number: Annotated[int, CLEAR]


@view_row("test_seen", key=("stream", "version"), about="person")
class Seen:
    """One row per fact."""

    stream: UUID
    version: int
    topic: str
    person: UUID | None
    name: Annotated[Sealed | None, Holds(ROSTER)]


class SeenView:
    """Sees every fact."""

    NAME = "test_seen"
    ROWS: tuple[type[Any], ...] = (Seen,)

    def follow(self, recorded: Recorded, rows: Rows) -> None:
        happened = recorded.fact
        person = happened.person if isinstance(happened, PersonCame) else None
        name = happened.name if isinstance(happened, PersonCame) else None
        assert name is None or isinstance(name, Sealed)
        rows.put(Seen(stream=recorded.stream, version=recorded.version, topic=happened.TOPIC, person=person, name=name))


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened in a stream: how often, and the topics."""

    topics: tuple[str, ...] = ()


def evolve(tally: Tally | None, happened: Fact) -> Tally:
    return Tally((*(tally.topics if tally else ()), happened.TOPIC))


TALLY = Aggregate("test", evolve)


def came(person: UUID, *, name: str = "Ingrid Blåbær", telephone: str | None = "20304050") -> PersonCame:
    return PersonCame(
        person=SubjectId(person),
        on=date(2026, 3, 4),
        at=RECORDED_AT,
        role=Role.LEADER,
        during=Period(date(2026, 1, 1)),
        friends=(PersonId(UUID(int=7)), PersonId(UUID(int=8))),
        unit=None,
        evenings=3,
        name=name,
        telephone=telephone,
    )


def shared(person: UUID, consent: UUID, words: str = "Vi øver os i at sige nej") -> WordsShared:
    return WordsShared(person=SubjectId(person), consent=ConsentId(consent), words=words)


def a_context(command_id: UUID | None = None) -> Context:
    return Context(UUID(int=99), Role.LEADER, None, command_id or uuid4(), RECORDED_AT, RECORDED_AT)


def save(register: SqlRegister, *changes: Change, command_id: UUID | None = None, **more: Any) -> Context:
    """Save facts under a command that answers nothing."""
    context = a_context(command_id)
    register.save(context, changes, outcome=Outcome("test", context.actor, {}), **more)
    return context


def new(*facts: Fact, stream: UUID | None = None, at_version: int = 0) -> Change:
    return Change(stream or uuid4(), at_version, facts)


@dataclass(frozen=True, slots=True)
class Realm:
    """Where a realm keeps its events, its keys and the keys that wrap these."""

    name: str
    events_url: str
    keys_url: str
    folder: Path

    def prepare(self) -> Realm:
        """Make the tables and the key-encryption keys."""
        held = [compartment.name for compartment in held_in(RealmKind.RED_BARNET)]
        KeyFileProvider.create(self.folder, self.name, held)
        events, keys = Database(self.events_url), Database(self.keys_url)
        migrate(events, "register")
        create_tables(events, [Seen])
        migrate(keys, "keys")
        events.close()
        keys.close()
        return self

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """As one process opens it."""
        events, keys = Database(self.events_url), Database(self.keys_url)
        provider = KeyFileProvider(self.folder, self.name, production=False)
        vault = KeyVault(keys, provider, realm=self.name, kind=RealmKind.RED_BARNET)
        performed: list[tuple[str, UUID]] = []
        register = SqlRegister(
            self.name,
            events,
            vault,
            views=[SeenView()],
            rows_for=lambda connection: SqlRows(connection, events.is_postgresql),
            perform_duty=lambda kind, ref: performed.append((kind, ref)),
        )
        yield Opened(register, vault, keys, performed)
        events.close()
        keys.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """A realm at work, and what duties it performed."""

    register: SqlRegister
    vault: KeyVault
    key_database: Database
    performed: list[tuple[str, UUID]]

    def counts(self, *tables: str) -> list[int]:
        """How many rows each of these tables of the register has."""
        with self.register.database.read() as connection:
            return [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]
