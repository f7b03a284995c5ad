"""One realm, opened: its stores and keys put together into a desk at which its people are served."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any
from uuid import UUID

from adapters.wiring.behind import refuse_if_behind
from adapters.wiring.measures import running_of
from adapters.wiring.providers import provider_of, rotation_of
from adapters.wiring.stores import row_classes_of, views_of
from application import courses, drafts, handovers
from application.alarm import AlarmedRegister
from application.desk import Desk
from application.ports import Clock
from application.views import people
from application.watch import watch
from domain.compartments import DRAFT, held_in
from gdpr import erasure
from gdpr.gate import Gate
from gdpr.log_check import Verdict
from gdpr.ports import DestroyedKey
from gdpr.retention import clocks_of
from infrastructure import rebuild as rebuilding
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.documents import TypstDocuments
from infrastructure.drafts import SqlDrafts
from infrastructure.event_attesting import EventAttesting
from infrastructure.key_inquiry import SqlKeyInquiry
from infrastructure.key_providers.port import KeyProvider
from infrastructure.ledger import FileLedger
from infrastructure.register import SqlRegister
from infrastructure.rows import SqlRows, purge
from infrastructure.settings import RealmSettings, Settings
from infrastructure.signing import verify
from infrastructure.vault import KeyVault
from infrastructure.view_tables import stale
from infrastructure.worker import follow_log


class ViewsAreStale(RuntimeError):
    """The views in the database have another shape than this program's; `tillid views rebuild` makes them anew."""


@dataclass(frozen=True, slots=True)
class Realm:
    """One controller's realm: its stores, and the desk at which its people are served."""

    settings: RealmSettings
    database: Database
    key_database: Database
    log_database: Database
    provider: KeyProvider
    vault: KeyVault
    register: SqlRegister
    log: SqlAccessLog
    ledger: FileLedger
    desk: Desk
    views: tuple[ModuleType, ...]

    def digests(self) -> dict[str, str]:
        """One digest for each view's rows, to prove that a rebuild gives the same."""
        return rebuilding.same_rows(self.database, self.views)

    def verify_log(self) -> Verdict:
        return self.log.verify()

    def watch(self) -> int:
        """Look through what was written to the access log since the last time; how many entries further it came."""
        apart = self.database.is_postgresql or self.settings.log != self.settings.register
        return follow_log(self.register, self.log.last, "watch", partial(watch, self.desk), apart=apart)

    def close(self) -> None:
        for database in (self.database, self.key_database, self.log_database):
            database.close()


class _Erasing:
    """What an erasure reaches in one realm (application.desk.Erasing)."""

    def __init__(self, realm: str, vault: KeyVault, ledger: FileLedger, provider: KeyProvider) -> None:
        self.vault, self.ledger, self.sign = vault, ledger, provider.sign
        self.realm = realm

    def attach(self, register: SqlRegister, row_classes: Sequence[type[Any]]) -> None:
        self._register, self._row_classes = register, tuple(row_classes)
        self.drafts = SqlDrafts(register.database, self.vault)

    def together(self) -> AbstractContextManager[object]:
        return self._register.database.write()

    def fence(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> None:
        for subject in subjects:
            self._register.fence(subject, compartments)

    def purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> erasure.Reached:
        with self._register.database.write() as connection:
            values = sum(purge(connection, self._row_classes, subject, compartments) for subject in subjects)
            # With what it says is gone, in one transaction: a register restored from before lacks both.
            self._register.follow_ledger(*self.ledger.head())
            messages = 0
            if handovers.CARRIED & set(compartments):
                without = partial(handovers.without, subjects=frozenset(subjects))
                messages = self._register.rewrite_waiting(handovers.HANDOVER, without)
        return erasure.Reached(views=values, outbox=messages)

    def fence_while_ending(self, subject: UUID, compartments: Sequence[str]) -> None:
        self._register.fence_while_ending(subject, compartments)

    def empty_and_lift(self, subject: UUID, ended: Sequence[DestroyedKey]) -> int:
        with self._register.database.write() as connection:
            values = sum(
                purge(connection, self._row_classes, subject, (key.compartment,), key_id=key.key_id) for key in ended
            )
            if DRAFT.name in {key.compartment for key in ended}:
                self.drafts.remove(subject)
            self._register.lift_fence(subject, ended)
        return values

    def held(self, subject: UUID) -> list[str]:
        return sorted({name for name, state in self.vault.subjects_keys(subject) if state == "live"})

    def resume_duties(self) -> int:
        return self._register.resume_duties()


def open_realm(
    settings: RealmSettings, whole: Settings, clock: Clock, opens: frozenset[str] | None, *, even_behind: bool = False
) -> Realm:
    """Raises ViewsAreStale, and what `refuse_if_behind` raises unless the realm is opened to be brought up to date."""
    provider = provider_of(settings, production=whole.production)
    database, key_database = Database(settings.register), Database(settings.keys)
    log_database = Database(settings.log)
    views = views_of(settings.kind)
    row_classes = row_classes_of(views)
    if old := stale(database, row_classes):
        raise ViewsAreStale(f"{settings.name}: {', '.join(old)}")
    held = frozenset(compartment.name for compartment in held_in(settings.kind))
    own = None if opens is None else opens & held
    vault = KeyVault(key_database, provider, realm=settings.name, kind=settings.kind, opens=own)
    ledger = FileLedger(settings.ledger)
    log = SqlAccessLog(
        log_database,
        realm=settings.name,
        sign=provider.sign,
        public_key=provider.verify_key(),
        verify_signature=verify,
        clock=clock,
        witnesses=settings.witnesses,
    )
    erasing = _Erasing(settings.name, vault, ledger, provider)
    register = SqlRegister(
        settings.name,
        database,
        vault,
        views=views,
        rows_for=lambda connection: SqlRows(connection, database.is_postgresql),
        perform_duty=lambda kind, ref: _perform_duty(erasing, clock, kind, ref),
    )
    erasing.attach(register, row_classes)
    if not even_behind:
        turning = rotation_of(settings, key_database, provider)
        refuse_if_behind(
            settings.name, vault=vault, register=register, ledger=ledger, provider=provider, turning=turning, clock=clock,
        )  # fmt: skip
    attesting = EventAttesting(register, log, clock, whole.process)
    alarmed = AlarmedRegister(register, log, clock, whole.process)
    desk = Desk(
        settings.name, settings.kind, alarmed, erasing.drafts,
        Gate(log, vault, lambda subjects: people.restrictions(alarmed.rows(), subjects)), vault, log, attesting, clock,
        erasing, TypstDocuments(), settings.responsible,
        SqlKeyInquiry(key_database, database, held if own is None else own), running_of(settings, whole), whole.limits,
        whole.process,
        clocks_of(settings.kind, settings.retention),
    )  # fmt: skip
    return Realm(
        settings, database, key_database, log_database, provider, vault, register, log, ledger, desk, views
    )  # fmt: skip


def _perform_duty(erasing: _Erasing, clock: Clock, kind: str, ref: UUID) -> None:
    match kind:
        case courses.DESTROY_RECEIVING_KEY:
            erasing.vault.destroy_receiving_key(ref)
        case drafts.DISCARD:
            drafts.let_go(
                ref, erasing.drafts, erasing.vault, erasing.ledger, realm=erasing.realm, now=clock.now()
            )  # fmt: skip
        case _:
            raise LookupError(f"nobody knows the duty {kind}")
