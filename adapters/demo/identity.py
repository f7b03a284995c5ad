"""Bearer tokens for made-up people: of the demonstration and its tests only, never of a register that serves others."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from adapters.identity import Login


class DemoIdentity:
    """Tokens live in this process's memory and end with it (adapters.identity.Identity)."""

    def __init__(self) -> None:
        self._logins: dict[str, Login] = {}

    def token_for(self, actor: UUID) -> str:
        """A new token behind which this actor stands, with a session of its own."""
        token = secrets.token_urlsafe(24)
        self._logins[token] = Login(actor, uuid4())
        return token

    def login_of(self, token: str, now: datetime) -> Login | None:
        return self._logins.get(token)
