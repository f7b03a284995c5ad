"""Unfinished forms in the register's database, beside the events: each a row that its own key opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from application.ports import Draft, StaleVersion
from domain.compartments import DRAFT
from domain.facts import Place, Sealed
from gdpr.ports import Unavailable
from infrastructure.database import Database
from infrastructure.tables import drafts
from infrastructure.vault import KeyVault

_TOPIC: Final = "draft"
_FIELD: Final = "form"


class SqlDrafts:
    """Implements `application.ports.Drafts` over a realm's register and vault."""

    def __init__(self, database: Database, vault: KeyVault) -> None:
        self._database, self._vault = database, vault

    def of(self, author: UUID) -> Sequence[Draft]:
        return self._found(drafts.c.author == author)

    def find(self, draft_id: UUID) -> Draft | None:
        found = self._found(drafts.c.draft_id == draft_id)
        return found[0] if found else None

    def all(self) -> Sequence[Draft]:
        return self._found(sa.true())

    def keep(self, draft_id: UUID, author: UUID, form: str, now: datetime) -> None:
        """Each saving is sealed at a place of its own, so that an older one cannot be put back in its stead."""
        key = self._vault.keys_for([(draft_id, DRAFT, None)])[draft_id, DRAFT, None]
        is_it = sa.and_(drafts.c.draft_id == draft_id, drafts.c.author == author)
        try:
            with self._database.write() as connection:
                before = connection.execute(sa.select(drafts.c.version).where(is_it)).scalar_one_or_none()
                version = (before or 0) + 1
                token = self._vault.seal(key, form, _place(draft_id, version))
                values = {"version": version, "saved_at": now, "form": token}
                if before is None:
                    connection.execute(sa.insert(drafts).values(draft_id=draft_id, author=author, **values))
                elif connection.execute(
                    sa.update(drafts).where(is_it, drafts.c.version == before).values(**values)
                ).rowcount != 1:  # fmt: skip
                    raise StaleVersion("version", version=before)
        except sa.exc.IntegrityError:
            raise StaleVersion("version", version=1) from None
        except sa.exc.OperationalError as error:
            raise _unavailable(error) from None

    def remove(self, draft_id: UUID) -> None:
        try:
            with self._database.write() as connection:
                connection.execute(sa.delete(drafts).where(drafts.c.draft_id == draft_id))
        except sa.exc.OperationalError as error:
            raise _unavailable(error) from None

    def _found(self, which: sa.ColumnElement[bool]) -> list[Draft]:
        query = sa.select(drafts).where(which).order_by(drafts.c.saved_at.desc(), drafts.c.draft_id)
        try:
            with self._database.read() as connection:
                return [_draft(row) for row in connection.execute(query)]
        except sa.exc.OperationalError as error:
            raise _unavailable(error) from None


def _draft(row: Any) -> Draft:
    sealed = Sealed(row.form, _place(row.draft_id, row.version), row.draft_id, DRAFT.name)
    return Draft(row.draft_id, row.author, row.saved_at, sealed)


def _place(draft_id: UUID, version: int) -> Place:
    return Place(draft_id, version, _TOPIC, _FIELD)


def _unavailable(error: Exception) -> Unavailable:
    return Unavailable(f"the register's database cannot be had now ({type(error).__name__})")
