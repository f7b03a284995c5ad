"""One database, SQLite file or PostgreSQL, and the unit of work in which everything written shares one transaction."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

_PATIENCE = 30.0
"""Seconds that SQLite waits for another's lock."""


def engine_for(url: str, *, pool_size: int = 5) -> sa.Engine:
    """An engine that shows no parameter in an error and, on SQLite, loses no acknowledged commit and wipes what it deletes."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        # A real pool of held connections: a WAL grown once and reused commits twice as often as one made anew.
        engine = sa.create_engine(
            parsed, hide_parameters=True, poolclass=QueuePool, pool_size=pool_size, max_overflow=20,
            connect_args={"check_same_thread": False, "timeout": _PATIENCE, "cached_statements": 512},
        )  # fmt: skip
        _make_sqlite_durable(engine)
        return engine
    return sa.create_engine(parsed, hide_parameters=True, pool_size=pool_size, max_overflow=20, pool_pre_ping=False)


def _make_sqlite_durable(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _: Any) -> None:
        dbapi.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "recursive_triggers=ON",
        ):
            dbapi.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes the write lock at once: a read lock that is upgraded later fails without waiting.
        writes = connection.get_execution_options().get("tillid_writes")
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """A database and its ambient transaction: whoever writes inside `write()` shares one, per thread of work."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.engine = engine_for(url, pool_size=pool_size)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        self._writer = self.engine.execution_options(tillid_writes=True)
        self._current: ContextVar[sa.Connection | None] = ContextVar("transaction", default=None)
        # Connections that wait for their next use: to fetch one from the engine costs more than most statements do.
        self._idle_at_most = pool_size
        self._idle: deque[sa.PoolProxiedConnection] = deque()
        self._idle_writers: deque[sa.Connection] = deque()

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that writes; nested calls join it. It commits at the end of the outermost block, or rolls back."""
        if (current := self._current.get()) is not None:
            yield current
            return
        connection = _waiting(self._idle_writers) or self._writer.connect()
        try:
            with connection.begin():
                token = self._current.set(connection)
                try:
                    yield connection
                finally:
                    self._current.reset(token)
        except BaseException as error:
            connection.close()
            if isinstance(error, sa.exc.DBAPIError | self.engine.dialect.loaded_dbapi.Error):
                self._close_idle()
            raise
        self._keep(self._idle_writers, connection)

    @property
    def in_transaction(self) -> bool:
        """Whether a `write()` is under way in this thread of work."""
        return self._current.get() is not None

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that reads one consistent state, or the transaction that is under way."""
        if (current := self._current.get()) is not None:
            yield current
            return
        with self.engine.begin() as connection:
            yield connection

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of one SELECT in the driver's own words; inside `write()` it is part of that transaction.

        Else it runs in none: a statement by itself is one consistent state, and to begin and end a transaction around
        it would cost more than it does. Raises what SQLAlchemy raises, without the values.
        """
        driver = self.engine.dialect.loaded_dbapi
        try:
            if (current := self._current.get()) is not None:
                return self._answer(current.connection.dbapi_connection, statement, values)
            connection = _waiting(self._idle) or self._hold()
            try:  # as `held` does, which would cost a third of a short statement
                rows = self._answer(connection.dbapi_connection, statement, values)
            except BaseException:
                self._give_up(connection)
                raise
            self._keep(self._idle, connection)
            return rows
        except driver.Error as error:
            raise sa.exc.DBAPIError.instance(statement, None, error, driver.Error, hide_parameters=True) from None

    @contextmanager
    def held(self) -> Iterator[Any]:
        """The driver's own connection, each statement on which is its own transaction unless it begins one itself.

        Nothing joins it, and it joins nothing. Raises the driver's own errors.
        """
        connection = _waiting(self._idle) or self._hold()
        try:
            yield connection.dbapi_connection
        except BaseException:
            self._give_up(connection)
            raise
        self._keep(self._idle, connection)

    def cursor(self, connection: Any) -> Any:
        """A cursor of a driver's connection."""
        return connection.cursor(binary=True) if self.is_postgresql else connection.cursor()

    def together(self, connection: sa.Connection) -> AbstractContextManager[object]:
        """Statements in this block share one round trip where the driver can; an error may show at its end only."""
        if not self.is_postgresql:
            return nullcontext()
        driver: Any = connection.connection.dbapi_connection
        pipeline: AbstractContextManager[object] = driver.pipeline()
        return pipeline

    def _answer(self, connection: Any, statement: str, values: Sequence[Any]) -> list[Any]:
        rows: list[Any] = self.cursor(connection).execute(statement, values).fetchall()
        return rows

    def _hold(self) -> sa.PoolProxiedConnection:
        connection = self.engine.raw_connection()
        connection.detach()
        if self.is_postgresql:
            driver: Any = connection.dbapi_connection
            driver.autocommit = True
        return connection

    def _keep(self, idle: deque[Any], connection: sa.PoolProxiedConnection | sa.Connection) -> None:
        if len(idle) < self._idle_at_most:
            idle.append(connection)
        else:
            connection.close()

    def _give_up(self, connection: sa.PoolProxiedConnection) -> None:
        connection.close()
        self._close_idle()

    def _close_idle(self) -> None:
        """After a failure none of those that wait is trusted: they may have lost the same server."""
        for idle in (self._idle, self._idle_writers):
            while (connection := _waiting(idle)) is not None:
                connection.close()
        self.engine.dispose()

    def truncate_wal(self) -> bool:
        """On SQLite, empty the write-ahead log so that no deleted page survives in it; False while a reader holds it.

        On PostgreSQL nothing can be promised from here: the epochs of key-encryption keys carry the guarantee.
        """
        if self.is_postgresql:
            return True
        with contextlib.closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            # All writers wait while this waits for readers, so not for long.
            cursor.execute("PRAGMA busy_timeout=1000")
            try:
                busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000:.0f}")
        return bool(busy == 0)

    def close(self) -> None:
        self._close_idle()


def _waiting(idle: deque[Any]) -> Any:
    """One that waits, or None; asking first whether there is one would leave time for another thread to take it."""
    try:
        return idle.pop()
    except IndexError:
        return None
