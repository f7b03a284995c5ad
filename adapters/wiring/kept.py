"""What the pages keep on the server, as the ports of `adapters.web.sessions`: rows in, sessions and bindings out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from adapters.web.assurance import Assurance
from adapters.web.sessions import Choice, Flow, LoginIsBound, Session
from infrastructure.database import Database
from infrastructure.migrate import migrate
from infrastructure.web_bindings import SqlBindings
from infrastructure.web_sessions import SessionRow, SqlFlows, SqlSessions
from infrastructure.web_settings import WebSettings

_A_FILE: Final = "sqlite:///"


class KeptSessions:
    """The rows of the store as the sessions of the pages (adapters.web.sessions.Sessions)."""

    def __init__(self, rows: SqlSessions) -> None:
        self._rows = rows

    def open(
        self, now: datetime, *, actor: UUID | None, provider: str, assurance: Assurance, login: bytes | None,
        provider_session: str | None = None, ends: datetime | None = None,
    ) -> tuple[str, Session]:  # fmt: skip
        token, row = self._rows.open(
            now, actor=actor, provider=provider, assurance=int(assurance), login=login,
            provider_session=provider_session, ends=ends,
        )  # fmt: skip
        return token, _session(token, row)

    def find(self, token: str, now: datetime) -> Session | None:
        row = self._rows.find(token, now)
        return None if row is None else _session(token, row)

    def renew(self, token: str, now: datetime, *, actor: UUID | None, choice: Choice | None) -> str | None:
        realm, assignment_id = (choice.realm, choice.assignment_id) if choice is not None else (None, None)
        return self._rows.renew(token, now, actor=actor, realm=realm, assignment_id=assignment_id)

    def end(self, token: str) -> None:
        self._rows.end(token)

    def end_of(self, *, actor: UUID | None = None, provider_session: str | None = None) -> int:
        return self._rows.end_of(actor=actor, provider_session=provider_session)

    def end_all(self) -> int:
        return self._rows.end_all()


class KeptBindings:
    """The rows of the store as bindings (adapters.web.sessions.Bindings)."""

    def __init__(self, rows: SqlBindings) -> None:
        self._rows = rows

    def digest(self, issuer: str, subject: str) -> bytes:
        return self._rows.digest(issuer, subject)

    def actor_of(self, login: bytes) -> UUID | None:
        return self._rows.actor_of(login)

    def bind(self, login: bytes, actor: UUID, now: datetime) -> None:
        if not self._rows.bind(login, actor, now):
            raise LoginIsBound

    def unbind(self, actor: UUID) -> int:
        return self._rows.unbind(actor)


class KeptFlows:
    """The rows of the store as logins under way (adapters.web.sessions.Flows)."""

    def __init__(self, rows: SqlFlows) -> None:
        self._rows = rows

    def put(self, key: str, flow: Flow, ends: datetime) -> None:
        self._rows.put(key, asdict(flow), ends)

    def take(self, key: str, now: datetime) -> Flow | None:
        taken = self._rows.take(key, now)
        return None if taken is None else Flow(**{**taken, "wanted": Assurance(taken["wanted"])})


@dataclass(frozen=True, slots=True)
class Kept:
    """The store of the pages, opened."""

    database: Database
    rows: SqlSessions
    logins: SqlBindings
    under_way: SqlFlows

    @property
    def sessions(self) -> KeptSessions:
        return KeptSessions(self.rows)

    @property
    def bindings(self) -> KeptBindings:
        return KeptBindings(self.logins)

    @property
    def flows(self) -> KeptFlows:
        return KeptFlows(self.under_way)

    def actors(self) -> Collection[UUID]:
        """Whoever has a login bound or a session open."""
        return self.logins.actors()

    def shut_out(self, actor: UUID) -> int:
        """This actor's logins lead nowhere any more and its sessions end; how many sessions."""
        with self.database.write():
            self.logins.unbind(actor)
            return self.rows.end_of(actor=actor)

    def purge(self, now: datetime) -> int:
        """Take out what is over; how many rows."""
        return self.rows.purge(now) + self.under_way.purge(now)

    def close(self) -> None:
        self.database.close()


def make_ready(web: WebSettings) -> None:
    """The tables and the secret that are not there yet. Raises SecretLost, KeyFileRefused.

    A database that is a file is its owner's alone, as the secret is: what SQLite puts beside it takes after it.
    """
    if web.sessions.startswith(_A_FILE):
        Path(web.sessions.removeprefix(_A_FILE)).touch(mode=0o600)
    kept = open_kept(web)
    try:
        migrate(kept.database, "web")
        kept.logins.make_secret()
    finally:
        kept.close()


def open_kept(web: WebSettings) -> Kept:
    """The store of the pages, whose tables are there."""
    return kept_in(Database(web.sessions), web.secret, idle=web.idle, longest=web.longest)


def kept_in(database: Database, secret: Path, *, idle: timedelta, longest: timedelta) -> Kept:
    """The ports on a database that has its tables, with the secret that bindings are keyed with."""
    rows = SqlSessions(database, idle=idle, longest=longest)
    return Kept(database, rows, SqlBindings(database, secret), SqlFlows(database))


def _session(token: str, row: SessionRow) -> Session:
    """The forms' token follows from the browser's, so that it changes with it and stands in no table."""
    choice = Choice(row.realm, row.assignment_id) if row.realm and row.assignment_id else None
    return Session(
        row.session_id, row.actor, row.provider, Assurance(row.assurance), row.login, row.began, row.ends, choice,
        csrf=sha256(b"form:" + token.encode()).hexdigest(),
    )  # fmt: skip
