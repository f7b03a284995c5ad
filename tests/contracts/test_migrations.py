"""The tables that are migrated to are those the program declares, also when four processes start at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from infrastructure.database import Database
from infrastructure.key_tables import keys_metadata
from infrastructure.log_tables import APPEND_ONLY_POSTGRESQL, APPEND_ONLY_SQLITE, log_metadata
from infrastructure.migrate import Store, alembic_config, locked, migrate, schema_version
from infrastructure.tables import register_metadata
from infrastructure.web_tables import web_metadata
from tests.forked import Program
from tests.postgres import Backend

DECLARED: dict[Store, sa.MetaData] = {
    "register": register_metadata, "keys": keys_metadata, "log": log_metadata, "web": web_metadata,
}  # fmt: skip
STORES = pytest.mark.parametrize("store", DECLARED)
MIGRATE = """
import sys, warnings
warnings.simplefilter("error")
from infrastructure.database import Database
from infrastructure.migrate import migrate
sys.stdin.readline()
database = Database(sys.argv[1])
for store in ("register", "log"):
    migrate(database, store)
database.close()
"""


def differences(database: Database, store: Store, declared: sa.MetaData) -> list[tuple[object, ...]]:
    with database.read() as connection:
        options = {"version_table": f"alembic_version_{store}", "compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), declared))


def triggers(database: Database) -> set[tuple[str, ...]]:
    """What guards the tables, with the texts of the functions, without regard to white space."""
    with database.read() as connection:
        if database.is_postgresql:
            found = connection.exec_driver_sql(
                "SELECT pg_get_triggerdef(t.oid), t.tgenabled::text, p.prosrc FROM pg_trigger t"
                " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
            )
        else:
            found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        return {tuple(" ".join(text.split()) for text in row) for row in found}


@STORES
def test_a_new_database_is_migrated_to_what_the_program_declares(store: Store, backend: Backend) -> None:
    database = Database(backend.new_database())
    before, wanted = schema_version(database, store)
    migrate(database, store)
    assert before is None
    assert schema_version(database, store) == (wanted, wanted)
    assert differences(database, store, DECLARED[store]) == []
    database.close()


@STORES
def test_the_newest_step_by_its_name_is_the_one_the_others_lead_to(store: Store, backend: Backend) -> None:
    database = Database(backend.new_database())
    steps = ScriptDirectory.from_config(alembic_config(store))
    assert schema_version(database, store) == (None, steps.get_current_head())
    assert [step.revision for step in steps.walk_revisions()] == sorted(
        (path.name[1:5] for path in Path(steps.versions).glob("v*.py")), reverse=True
    )
    database.close()


@STORES
def test_a_difference_would_be_seen(store: Store, backend: Backend) -> None:
    database = Database(backend.new_database())
    migrate(database, store)
    other = sa.MetaData()
    for table in DECLARED[store].tables.values():
        table.to_metadata(other)
    sa.Table(next(iter(other.tables)), other, sa.Column("forgotten", sa.Text), extend_existing=True)
    assert [difference[0] for difference in differences(database, store, other)] == ["add_column"]
    database.close()


def test_the_access_log_is_guarded_as_it_declares(backend: Backend) -> None:
    migrated, declared = Database(backend.new_database()), Database(backend.new_database())
    migrate(migrated, "log")
    with declared.write() as connection:
        log_metadata.create_all(connection)
        for statement in APPEND_ONLY_POSTGRESQL if declared.is_postgresql else APPEND_ONLY_SQLITE:
            connection.exec_driver_sql(statement)
    assert triggers(migrated) == triggers(declared) != set()
    migrated.close()
    declared.close()


def test_events_refuse_to_be_changed_or_removed(backend: Backend) -> None:
    database = Database(backend.new_database())
    migrate(database, "register")
    insert = sa.insert(register_metadata.tables["events"])
    with database.write() as connection:
        connection.execute(insert, {"stream": sa.Uuid().python_type(int=1), "version": 1, "topic": "t", "state": b"s"})
    attempts = ["UPDATE events SET topic = 'u'", "DELETE FROM events", "UPDATE events SET topic = 'u' WHERE false"]
    if database.is_postgresql:
        attempts += ["TRUNCATE events", "SET LOCAL session_replication_role = replica; DELETE FROM events"]
    else:
        attempts = [*attempts[:2], "INSERT OR REPLACE INTO events SELECT id, stream, version, 'u', state FROM events"]
    for attempt in attempts:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), database.write() as connection:
            connection.exec_driver_sql(attempt)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT topic FROM events").all() == [("t",)]
    database.close()


@pytest.mark.parametrize("existing", [False, True], ids=["empty", "migrated before"])
def test_four_processes_may_start_at_once(existing: bool, backend: Backend) -> None:
    url = backend.new_database()
    database = Database(url)
    if existing:
        migrate(database, "register")
        migrate(database, "log")
        database.close()
    for answer in at_once(4, MIGRATE, url):
        assert answer == ("", 0)
    for store in ("register", "log"):
        current, wanted = schema_version(database, store)
        assert current == wanted
    database.close()


def at_once(number: int, program: str, *arguments: str) -> Iterable[tuple[str, int | None]]:
    """Start processes, let them go on together, and answer with what each complained of and returned."""
    processes = [Program(program, *arguments) for _ in range(number)]
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    return [(errors, process.returncode) for process in processes for _, errors in [process.communicate()]]


def test_what_is_made_under_the_lock_stays_or_goes_as_a_whole(backend: Backend) -> None:
    database = Database(backend.new_database())
    with suppress(ZeroDivisionError), locked(database) as connection:
        connection.exec_driver_sql("CREATE TABLE half (id integer)")
        migrate(database, "register")
        raise ZeroDivisionError
    with database.read() as connection:
        assert sa.inspect(connection).get_table_names() == []
    database.close()
