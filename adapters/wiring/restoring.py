"""A restored realm is brought up to date with its ledger: what was erased since the backup is erased again, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID, uuid4

from adapters.wiring.behind import epochs_again, fences_missing
from adapters.wiring.clocks import DanishClock
from adapters.wiring.realm import Realm, open_realm
from application import erasing
from application.desk import Asker
from application.disclosing import keys_that_went
from application.ports import Clock
from application.rights import RIGHTS_CASE
from domain.compartments import RealmKind
from domain.people import Role
from gdpr import erasure
from gdpr.ports import THE_REGISTER, LedgerEntry, LedgerKind
from gdpr.rights import Right
from infrastructure.settings import RealmSettings, Settings


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What was done again: `keys` the ledger named since the key database was saved, `fenced` subjects in the register
    and `values` taken out of its views and messages, `epochs` destroyed again; `cases` that went on where the restored
    register had them, and those that are `lost`: it does not have them, so the officer enters them again.
    """

    keys: int
    epochs: int
    fenced: int
    values: int
    cases: tuple[UUID, ...]
    lost: tuple[UUID, ...]


def reapply_erasures(settings: RealmSettings, whole: Settings, *, clock: Clock | None = None) -> Reapplied:
    """Erase again what the ledger says was erased; then the realm may serve. May be broken off and run again.

    The ledger tells of persons. Of consents that ended meanwhile the register's own facts tell. Raises Tampered when the
    ledger is not the one these stores have followed; Unavailable.
    """
    realm = open_realm(settings, whole, clock or DanishClock(), whole.opens, even_behind=True)
    try:
        entries = realm.ledger.entries_after(0)
        epochs = _destroy_epochs(realm, entries)
        keys = erasure.catch_up(realm.vault, realm.ledger, realm=settings.name)
        if settings.kind is RealmKind.RED_BARNET:
            for scope_id in list(keys_that_went(realm.register.rows())):
                realm.vault.destroy_under(scope_id)
        fenced, values = _close(realm)
        cases, lost = _go_on(realm, entries)
        realm.register.follow_ledger(*realm.ledger.head())
        return Reapplied(keys, epochs, fenced, values, tuple(cases), tuple(lost))
    finally:
        realm.close()


def _destroy_epochs(realm: Realm, entries: list[LedgerEntry]) -> int:
    destroyed = 0
    for name, last in epochs_again(realm.settings.name, realm.provider, entries).items():
        for epoch in [each for each in realm.provider.epochs(name) if each <= last]:
            realm.provider.destroy_epoch(name, epoch)
            destroyed += 1
    return destroyed


def _close(realm: Realm) -> tuple[int, int]:
    """Put the fences back that the key database has and the register lacks, and purge behind them."""
    fenced = values = 0
    reach = realm.desk.erasing
    for subject, places in groupby(fences_missing(realm.vault, realm.register), key=lambda each: each[0]):
        compartments = [compartment for _, compartment in places]
        with reach.together():
            reach.fence([subject], compartments)
            gone = reach.purge([subject], compartments)
        fenced, values = fenced + 1, values + gone.views + gone.outbox
    return fenced, values


def _go_on(realm: Realm, entries: Iterable[LedgerEntry]) -> tuple[list[UUID], list[UUID]]:
    """Carry on with the cases whose end the restored register does not know; and which it does not know at all."""
    went_on: list[UUID] = []
    lost: list[UUID] = []
    for entry in entries:
        if entry.kind is not LedgerKind.ERASURE or entry.realm != realm.settings.name or entry.case_id is None:
            continue
        loaded = realm.register.load(RIGHTS_CASE, entry.case_id)
        case = loaded.state if loaded is not None else None
        if case is None or case.right is not Right.ERASURE or not (case.identity_checked or case.completed):
            lost.append(entry.case_id)
        elif case.completed is None and case.destroyed is None:
            asker = Asker(THE_REGISTER, Role.OFFICER, uuid4())
            erasing.carry_out(asker, entry.case_id, realm.desk, only=entry.compartments)
            went_on.append(entry.case_id)
    return went_on, lost
