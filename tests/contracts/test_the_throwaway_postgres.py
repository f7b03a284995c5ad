"""The PostgreSQL of the tests is a real one, is nobody's on this machine, and keeps what was committed."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests import postgres as module
from tests.postgres import Backend, Postgres, TempPostgres, a_postgres, find_install


@pytest.fixture(scope="module")
def server() -> Iterator[TempPostgres]:
    """One of our own, even where another server was given for the other tests."""
    server = TempPostgres()
    yield server
    server.close()


def test_it_starts_and_answers_on_the_loopback_only(server: TempPostgres) -> None:
    with server.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_it_never_runs_as_root(server: TempPostgres) -> None:
    written_by = (server.data / "postmaster.pid").stat().st_uid

    assert written_by == (pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid())


@pytest.mark.parametrize("password", ["", "postgres"])
def test_a_neighbour_on_this_machine_who_does_not_know_the_password_stays_outside(
    server: TempPostgres, password: str
) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"no password supplied|password authentication failed"):
        psycopg.connect(host="127.0.0.1", port=server.port, user="postgres", password=password, dbname="postgres")


def test_passwords_are_kept_as_scram_only(server: TempPostgres) -> None:
    with server.connect() as connection:
        ways = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        kept = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'").fetchone()

    assert ways == [("scram-sha-256",)]
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")
    assert not list(server.root.glob("password*"))


def test_two_databases_see_nothing_of_each_other(server: TempPostgres) -> None:
    ours, theirs = server.create_database(), server.create_database("Små børn")
    with server.connect(ours) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'hej' AS words")

    with server.connect(theirs) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT * FROM note")

    server.drop_database(ours)
    server.drop_database(theirs)
    with pytest.raises(psycopg.OperationalError, match="does not exist"), server.connect(ours):
        pass


def test_a_database_is_dropped_though_a_pool_still_holds_it(server: TempPostgres) -> None:
    name = server.create_database()
    engine = create_engine(server.url(name))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_database()")).scalar_one() == name
        server.drop_database(name)
        connection.invalidate()
    engine.dispose()


def test_a_login_of_its_own_reaches_the_database_by_its_own_password(server: TempPostgres) -> None:
    name = server.create_database()
    with server.connect() as connection:
        connection.execute("CREATE ROLE volunteers LOGIN PASSWORD 'p@ss/w:rd%'")

    engine = create_engine(server.url(name, user="volunteers", password="p@ss/w:rd%"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == "volunteers"
    engine.dispose()
    with psycopg.connect(server.dsn(name, user="volunteers", password="p@ss/w:rd%")) as connection:
        assert connection.info.user == "volunteers"


def test_what_was_committed_survives_a_kill_and_a_restart() -> None:
    server = TempPostgres(TempPostgres.DURABLE)
    try:
        name = server.create_database()
        url = server.url(name)
        with server.connect(name) as connection:
            for setting in TempPostgres.DURABLE:
                assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)
            connection.execute("CREATE TABLE fact (n int)")
            connection.execute("INSERT INTO fact SELECT generate_series(1, 1000)")
            with psycopg.connect(server.dsn(name)) as unfinished:
                unfinished.execute("INSERT INTO fact VALUES (-1)")
                server.kill()
                with pytest.raises(psycopg.OperationalError):
                    unfinished.execute("SELECT 1")

        assert not server.running
        server.start()

        assert server.url(name) == url
        with server.connect(name) as connection:
            assert connection.execute("SELECT count(*), min(n), max(n) FROM fact").fetchone() == (1000, 1, 1000)
        log = (server.root / "log").read_text()
        assert "not properly shut down" in log or "was interrupted" in log
    finally:
        server.close()


def test_a_stop_is_a_stop_in_good_order_and_close_leaves_nothing() -> None:
    server = TempPostgres({"log_min_messages": "log"})
    server.stop()
    server.start()
    with server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert "not properly shut down" not in (server.root / "log").read_text()

    server.close()

    assert not server.running
    assert not server.root.exists()
    server.close()


def test_programs_in_a_private_folder_are_used_and_the_folder_stays_private(tmp_path: Path) -> None:
    users = pwd.getpwall()
    private = tmp_path / "home"
    install = find_install()
    package = private / install.parent.name
    shutil.copytree(install, package / install.name, symlinks=True)
    for libraries in install.parent.parent.glob(f"{install.parent.name}.libs"):
        shutil.copytree(libraries, private / libraries.name)
    for folder in (private, *(path for path in private.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
    before = [(folder, folder.stat().st_mode) for folder in (private, *private.parents)]

    server = TempPostgres(install=package / install.name)
    with server.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.close()

    assert [(folder, folder.stat().st_mode) for folder, _ in before] == before
    assert pwd.getpwall() == users


def test_without_any_server_the_tests_fail_and_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "WHEELS", ("no_such_wheel",))
    monkeypatch.setattr(module, "DISTRIBUTION", tmp_path)

    with pytest.raises(RuntimeError, match="TILLID_TEST_POSTGRES"):
        TempPostgres()


def test_a_server_that_cannot_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="shared_bufers"):
        TempPostgres({"shared_bufers": "32MB"})


@pytest.mark.parametrize("form", ["{dsn}", "postgresql://postgres:{password}@127.0.0.1:{port}/postgres"])
def test_a_server_that_was_given_is_used_and_left_alone(
    server: TempPostgres, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    password = psycopg.conninfo.conninfo_to_dict(server.dsn())["password"]
    given = form.format(dsn=server.dsn(), port=server.port, password=quote(str(password)))
    monkeypatch.setenv("TILLID_TEST_POSTGRES", given)

    theirs = a_postgres()
    name = theirs.create_database()
    engine = create_engine(theirs.url(name))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_database()")).scalar_one() == name
    engine.dispose()
    theirs.drop_database(name)
    theirs.close()

    assert server.running


def test_each_database_of_a_test_is_a_new_one(new_database: Callable[[], str]) -> None:
    assert new_database() != new_database()


def test_both_backends_start_empty_and_keep_what_they_are_given(backend: Backend) -> None:
    engine = create_engine(backend.new_database())
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact (n integer)"))
        connection.execute(text("INSERT INTO fact VALUES (7)"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM fact")).scalars().all() == [7]
    engine.dispose()

    assert engine.dialect.name == backend.name


def test_the_shared_server_is_ready(postgres: Postgres) -> None:
    with postgres.connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
