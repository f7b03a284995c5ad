"""Bearer tokens for made-up people: of the demonstration and its tests only, never of a register that serves others."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


class DemoIdentity:
    """Tokens live in this process's memory and end with it (adapters.identity.Identity)."""

    def __init__(self) -> None:
        self._actors: dict[str, UUID] = {}

    def token_for(self, actor: UUID) -> str:
        """A new token behind which this actor stands."""
        token = secrets.token_urlsafe(24)
        self._actors[token] = actor
        return token

    def actor_of(self, token: str, now: datetime) -> UUID | None:
        return self._actors.get(token)
