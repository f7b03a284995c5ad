"""What the register costs and needs: flushes, rights, and a database that may be away for a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from application.ports import Duty, Message
from gdpr.ports import Unavailable
from infrastructure.database import Database
from infrastructure.journal import Received
from tests.postgres import Backend, Postgres
from tests.register_examples import TALLY, Counted, Realm, came, new, save

ANNA = UUID(int=1)


def commits_of(database: Database) -> Callable[[], int]:
    """Counts the transactions that wrote, each of which is one flush."""
    seen: list[sa.Connection] = []

    @sa.event.listens_for(database.engine, "commit")
    def _(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("tillid_writes"):
            seen.append(connection)

    return lambda: len(seen)


def test_a_command_is_one_durable_commit_and_one_more_for_new_keys(backend: Backend, tmp_path: Path) -> None:
    realm = Realm("testby", backend.new_database(), backend.new_database(), tmp_path / "kek").prepare()
    with realm.opened() as at_work:
        register = at_work.register
        events, keys = commits_of(register.database), commits_of(at_work.key_database)
        save(register, new(came(ANNA)))
        assert (events(), keys()) == (1, 1)
        stream = uuid4()
        for number in range(10):
            save(
                register,
                new(came(ANNA), Counted(number=number), stream=stream, at_version=2 * number),
                new(came(ANNA)),
                messages=[Message(uuid4(), "elsewhere", "test", b"body")],
            )
            register.load(TALLY, stream)
        assert (events(), keys()) == (11, 1)


def test_when_connections_break_the_register_is_unavailable_and_then_works_again(
    postgres: Postgres, new_database: Callable[[], str], tmp_path: Path
) -> None:
    with Realm("testby", new_database(), new_database(), tmp_path / "kek").prepare().opened() as at_work:
        register, used = at_work.register, uuid4()
        for question in (
            lambda: save(register, new(Counted(number=2)), command_id=used),
            register.head,
            lambda: register.load(TALLY, uuid4()),
            lambda: register.outcome_of(used),
        ):
            save(register, new(Counted(number=1)))
            register.head()  # so that a connection waits for the next reading, too
            with postgres.connect() as superuser:
                superuser.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    (register.database.engine.url.database,),
                )
            with pytest.raises(Unavailable):
                question()
            question()
        assert register.outcome_of(used) is not None


def test_a_save_needs_no_right_to_change_what_was_recorded(
    postgres: Postgres, new_database: Callable[[], str], tmp_path: Path
) -> None:
    realm = Realm("testby", new_database(), new_database(), tmp_path / "kek").prepare()
    database = str(sa.make_url(realm.events_url).database)
    login, password = f"web_{uuid4().hex}", uuid4().hex
    with postgres.connect(database) as owner:
        owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{password}'")
        owner.execute(
            f"GRANT SELECT, INSERT ON events, commands, fences, endings, ended_keys, outbox, inbox TO {login}"
        )
        owner.execute(f"GRANT SELECT, INSERT, UPDATE ON tracking, view_test_seen TO {login}")
        owner.execute(f"GRANT SELECT, INSERT, DELETE ON duties TO {login}")
        owner.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {login}")
    try:
        as_web = replace(realm, events_url=postgres.url(database, user=login, password=password))
        with as_web.opened() as at_work:
            message = Message(uuid4(), "elsewhere", "test", b"body")
            save(
                at_work.register,
                new(came(ANNA), Counted(number=1)),
                messages=[message],
                duties=[Duty("other", ANNA)],
                received=Received("elsewhere", uuid4(), 1),
            )
            assert at_work.counts("events", "view_test_seen", "commands", "outbox", "duties") == [2, 2, 1, 1, 0]
            for attempt in ("UPDATE events SET topic = 'u'", "DELETE FROM commands", "TRUNCATE events"):
                with (
                    pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
                    at_work.register.database.write() as connection,
                ):
                    connection.exec_driver_sql(attempt)
    finally:
        with postgres.connect(database) as owner:
            owner.execute(f"DROP OWNED BY {login}")
            owner.execute(f"DROP ROLE {login}")
