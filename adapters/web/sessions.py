"""Sessions of the pages, and which login is whose: kept on the server, known by digests, gone when they end.

The browser holds a random token and nothing else; the store holds its digest. A binding says which actor stands behind a
login at a provider, by a keyed digest of issuer and subject: who reads the table learns no identity from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from adapters.web.assurance import Assurance

LINK = "one_time_link"
"""What stands in the place of a provider where nobody logged in; no provider can have this name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The role in use: one assignment held in one realm (REF-27)."""

    realm: str
    assignment_id: UUID


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody logged in on one device. `session_id` is the pseudonym of the session in the access log, not the token.

    `actor` is None while the login is bound to nobody: then only an invitation's code leads further. `login` is the keyed
    digest of issuer and subject, None for the demonstration's picker and for one-time links.
    """

    session_id: UUID
    actor: UUID | None
    provider: str
    assurance: Assurance
    login: bytes | None
    began: datetime
    ends: datetime
    """When it ends whatever is done; for a one-time link the link's own end."""
    choice: Choice | None = None
    csrf: str = ""
    """What every form of this session carries back."""


class Sessions(Protocol):
    """Open, found by token, changed and ended; one that was ended is never found again, whatever runs beside it."""

    def open(
        self,
        now: datetime,
        *,
        actor: UUID | None,
        provider: str,
        assurance: Assurance,
        login: bytes | None,
        provider_session: str | None = None,
        ends: datetime | None = None,
    ) -> tuple[str, Session]:
        """A new session and its token. `provider_session` is the provider's `sid`, for a logout that begins there."""

    def find(self, token: str, now: datetime) -> Session | None:
        """The session behind a token; None when unknown, ended, idle too long or past its end. Moves its idle limit."""

    def renew(self, token: str, now: datetime, *, actor: UUID | None, choice: Choice | None) -> str | None:
        """Under a new token, with this actor and role in use; the old token is worth nothing. None when it has ended."""

    def end(self, token: str) -> None: ...

    def end_of(self, *, actor: UUID | None = None, provider_session: str | None = None) -> int:
        """End all sessions of an actor, or of a provider's session; how many."""


class Bindings(Protocol):
    """Which actor stands behind a login at a provider."""

    def digest(self, issuer: str, subject: str) -> bytes:
        """Keyed by a secret of this installation."""

    def actor_of(self, login: bytes) -> UUID | None: ...

    def bind(self, login: bytes, actor: UUID, now: datetime) -> None:
        """From now on this login is this actor's. Raises LoginIsBound when it is already another's."""

    def unbind(self, actor: UUID) -> int:
        """The actor's logins lead nowhere any more; how many there were."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A login that was begun at a provider and has not come back yet; it lives for minutes and is taken once.

    `wanted` is the level a step-up is for, NONE for an ordinary login; `back` the local path to go on to afterwards.
    """

    provider: str
    nonce: str
    verifier: str
    wanted: Assurance
    back: str


class Flows(Protocol):
    """Logins under way, under a random key of which the store keeps the digest only."""

    def put(self, key: str, flow: Flow, ends: datetime) -> None: ...

    def take(self, key: str, now: datetime) -> Flow | None:
        """The flow, and never again; None when it is unknown, was taken before or is over."""


class LoginIsBound(Exception):
    """This login belongs to another actor already."""
