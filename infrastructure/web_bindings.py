"""Which actor stands behind a login at a provider, by a digest keyed with a secret of this installation.

Without the secret nobody can try out from the table whether a certain person has a login here.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from gdpr.ports import Unavailable
from infrastructure.database import Database
from infrastructure.key_providers.private_files import KeyFileRefused, create_private, read_private
from infrastructure.web_tables import bindings, sessions

SECRET_BYTES: Final = 32


class SecretLost(Unavailable):
    """Logins are bound and the secret they were bound with is not there: a new one would make strangers of everybody."""


class SqlBindings:
    """Bindings in `database`, keyed by the secret in a file that its owner alone may read."""

    def __init__(self, database: Database, secret: Path) -> None:
        self._database = database
        self._secret = secret

    def make_secret(self) -> None:
        """The secret, where there is none yet. Raises SecretLost, KeyFileRefused."""
        if not self._secret.exists():
            with self._database.read() as connection:
                if connection.execute(sa.select(sa.func.count()).select_from(bindings)).scalar_one():
                    raise SecretLost(f"{self._secret.name} is gone: bring it back, or end all bindings and invite anew")
            create_private(self._secret, SECRET_BYTES)
        self._key()

    def digest(self, issuer: str, subject: str) -> bytes:
        """32 bytes; each part by its length first, so that no two pairs read the same. Raises KeyFileRefused, Unavailable."""
        parts = (issuer.encode(), subject.encode())
        return hmac.digest(self._key(), b"".join(len(part).to_bytes(4) + part for part in parts), sha256)

    def actor_of(self, login: bytes) -> UUID | None:
        with self._database.read() as connection:
            return connection.execute(sa.select(bindings.c.actor).where(bindings.c.login == login)).scalar_one_or_none()

    def bind(self, login: bytes, actor: UUID, now: datetime) -> bool:
        """From now on this login is this actor's; False when it is another's, and stays so."""
        insert = postgresql.insert if self._database.is_postgresql else sqlite.insert
        new = insert(bindings).values(login=login, actor=actor, since=now).on_conflict_do_nothing()
        with self._database.write() as connection:
            connection.execute(new)
            return self.actor_of(login) == actor

    def unbind(self, actor: UUID) -> int:
        """The actor's logins lead nowhere any more; how many there were."""
        with self._database.write() as connection:
            return connection.execute(sa.delete(bindings).where(bindings.c.actor == actor)).rowcount

    def actors(self) -> Collection[UUID]:
        """Whoever has a login bound or a session open."""
        bound, logged_in = sa.select(bindings.c.actor), sa.select(sessions.c.actor).where(sessions.c.actor.is_not(None))
        with self._database.read() as connection:
            return set(connection.execute(sa.union(bound, logged_in)).scalars())

    def _key(self) -> bytes:
        key = read_private(self._secret, at_most=SECRET_BYTES)
        if len(key) != SECRET_BYTES:
            raise KeyFileRefused(f"the key file {self._secret.name} must hold {SECRET_BYTES} bytes")
        return key
