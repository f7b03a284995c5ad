"""Sessions and logins under way, kept on the server: found by the digest of a random token, gone the moment they end.

Ended means that the row is away: a request that runs beside it changes a row that is not there, and brings nothing back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.web_tables import flows, sessions

_TOKEN_BYTES: Final = 32
_LONGER_THAN_A_LOGIN: Final = timedelta(hours=1)
_STEPS: Final = 30
"""The idle limit is moved in so many steps, so that not every page view writes."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as it is kept, without the token."""

    session_id: UUID
    actor: UUID | None
    provider: str
    assurance: int
    login: bytes | None
    began: datetime
    ends: datetime
    realm: str | None = None
    assignment_id: UUID | None = None


_OF_A_ROW: Final = [sessions.c[name] for name in SessionRow.__slots__]


class SqlSessions:
    """Sessions that end when nobody used them for `idle`, and at the latest after `longest`."""

    def __init__(self, database: Database, *, idle: timedelta, longest: timedelta) -> None:
        self._database = database
        self._idle, self._longest = idle, longest

    def open(
        self, now: datetime, *, actor: UUID | None, provider: str, assurance: int, login: bytes | None,
        provider_session: str | None = None, ends: datetime | None = None,
    ) -> tuple[str, SessionRow]:  # fmt: skip
        """A new session and its token, which is nowhere else; it never lasts longer than the limit, whatever `ends` says."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        latest = now + self._longest
        row = SessionRow(
            uuid4(), actor, provider, assurance, login, now, latest if ends is None else min(ends, latest)
        )  # fmt: skip
        values = {name: getattr(row, name) for name in SessionRow.__slots__} | {
            "token": _digest(token), "seen": now, "provider_session": _digest(provider_session) if provider_session else None,
        }  # fmt: skip
        with self._database.write() as connection:
            connection.execute(sa.insert(sessions).values(values))
        return token, row

    def find(self, token: str, now: datetime) -> SessionRow | None:
        """The session behind a token; None when unknown, ended, idle too long or past its end. Moves its idle limit."""
        here = self._alive(token, now)
        with self._database.read() as connection:
            found = connection.execute(sa.select(*_OF_A_ROW, sessions.c.seen).where(here)).one_or_none()
        if found is None:
            return None
        if now - found.seen >= self._idle / _STEPS:
            with self._database.write() as connection:
                if connection.execute(sa.update(sessions).where(here).values(seen=now)).rowcount != 1:
                    return None  # it was ended, or went under another token, since it was read
        return SessionRow(*found[:-1])

    def renew(
        self, token: str, now: datetime, *, actor: UUID | None, realm: str | None, assignment_id: UUID | None
    ) -> str | None:
        """The same session under a new token; the old one is worth nothing from then on. None when it has ended."""
        new = secrets.token_urlsafe(_TOKEN_BYTES)
        changed = (
            sa.update(sessions)
            .where(self._alive(token, now))
            .values(token=_digest(new), actor=actor, realm=realm, assignment_id=assignment_id, seen=now)
        )
        with self._database.write() as connection:
            return new if connection.execute(changed).rowcount == 1 else None

    def end(self, token: str) -> None:
        self._end(sessions.c.token == _digest(token))

    def end_of(self, *, actor: UUID | None = None, provider_session: str | None = None) -> int:
        """End all sessions of an actor, or of a provider's session; how many. Raises ValueError without either."""
        if (actor is None) == (provider_session is None):
            raise ValueError("either an actor or a provider's session")
        if provider_session is not None:
            return self._end(sessions.c.provider_session == _digest(provider_session))
        return self._end(sessions.c.actor == actor)

    def end_all(self) -> int:
        """Everybody logs in anew."""
        return self._end(sa.true())

    def purge(self, now: datetime) -> int:
        """Take out what is over anyway: it was not found any more. How many rows."""
        return self._end(sa.not_(self._runs(now)))

    def _end(self, which: sa.ColumnElement[bool]) -> int:
        with self._database.write() as connection:
            return connection.execute(sa.delete(sessions).where(which)).rowcount

    def _alive(self, token: str, now: datetime) -> sa.ColumnElement[bool]:
        return sa.and_(sessions.c.token == _digest(token), self._runs(now))

    def _runs(self, now: datetime) -> sa.ColumnElement[bool]:
        return sa.and_(sessions.c.ends > now, sessions.c.seen > now - self._idle)


class SqlFlows:
    """What a login under way must find again: for minutes, under a random key, once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, key: str, value: Mapping[str, Any], ends: datetime) -> None:
        """Whoever begins many logins leaves no more than an hour of them here."""
        row = {"key": _digest(key), "value": json.dumps(dict(value)), "ends": ends}
        with self._database.write() as connection:
            connection.execute(sa.delete(flows).where(flows.c.ends <= ends - _LONGER_THAN_A_LOGIN))
            connection.execute(sa.insert(flows).values(row))

    def take(self, key: str, now: datetime) -> Mapping[str, Any] | None:
        """What was put there; None when unknown, over, or taken before. Of two that take at once, one gets it."""
        taken = sa.delete(flows).where(flows.c.key == _digest(key)).returning(flows.c.value, flows.c.ends)
        with self._database.write() as connection:
            found = connection.execute(taken).one_or_none()
        if found is None or found.ends <= now:
            return None
        value: Mapping[str, Any] = json.loads(found.value)
        return value

    def purge(self, now: datetime) -> int:
        with self._database.write() as connection:
            return connection.execute(sa.delete(flows).where(flows.c.ends <= now)).rowcount


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
