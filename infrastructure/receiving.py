"""The keys to which another realm seals what it hands over: one pair for each thing it may be about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.compartments import RECEIVING
from gdpr.ports import SubjectErased, Unavailable
from infrastructure.database import Database
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_rows import begin_making_keys, refuse_the_erased, wait_for_turn
from infrastructure.key_tables import DESTROYED, LIVE, receiving_keys
from infrastructure.sealing import lp, lp_text, new_receiving_pair


def public_half(database: Database, connection: sa.Connection, provider: KeyProvider, realm: str, about: UUID) -> bytes:
    """The public key about this, made if there is none yet, in the transaction under way on this connection.

    Raises SubjectErased once it was destroyed.
    """
    begin_making_keys(connection)
    wait_for_turn(connection, [about])
    refuse_the_erased(database, [(about, RECEIVING, None)])
    row = _row(connection, about)
    if row is not None:
        return bytes(row.public)
    private, public = new_receiving_pair()
    epoch = provider.current_epoch(RECEIVING.name)
    wrapped = provider.wrap(RECEIVING.name, epoch, wrapping_context(realm, about.bytes, public), private)
    made = {"about": about, "public": public, "state": LIVE, "wrapped": wrapped, "epoch": epoch}
    connection.execute(sa.insert(receiving_keys), made | {"created_at": datetime.now(UTC)})
    return public


def both_halves(connection: sa.Connection, provider: KeyProvider, realm: str, about: UUID) -> tuple[bytes, bytes]:
    """The private and the public key about this. Raises SubjectErased once it was destroyed, Unavailable, Tampered."""
    row = _row(connection, about)
    if row is None:
        raise Unavailable(f"there is no receiving key about {about}")
    return provider.unwrap(
        RECEIVING.name, row.epoch, wrapping_context(realm, about.bytes, row.public), row.wrapped
    ), row.public


def destroy_pair(connection: sa.Connection, about: UUID, now: datetime) -> None:
    """Take the private half out of the key about this, if it is still live."""
    wait_for_turn(connection, [about])
    update = sa.update(receiving_keys).where(receiving_keys.c.about == about, receiving_keys.c.state == LIVE)
    connection.execute(update.values(state=DESTROYED, wrapped=None, destroyed_at=now))


def _row(connection: sa.Connection, about: UUID) -> sa.Row[*tuple[Any, ...]] | None:
    row = connection.execute(sa.select(receiving_keys).where(receiving_keys.c.about == about)).one_or_none()
    if row is not None and row.state == DESTROYED:
        raise SubjectErased(f"the receiving key about {about} was destroyed")
    return row


def wrapping_context(realm: str, about: bytes, public: bytes) -> bytes:
    """What the wrapping of a private half is bound to (docs/sealed-format.md, section 5)."""
    names = b"".join(map(lp_text, ("tillid/receive/v1", realm, RECEIVING.name)))
    return names + lp(about) + lp(public)
