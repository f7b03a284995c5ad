"""Whether a realm's stores tell what its ledger tells; a restored one does not, and nobody is served from it.

Each refusal is a sentence for the officer: which store it is, how that is seen, and what to do.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from application.ports import Clock
from application.rights import RIGHTS_CASE
from gdpr.ports import LedgerEntry, LedgerKind, destroyed_epochs
from infrastructure.key_providers.port import KeyProvider
from infrastructure.ledger import FileLedger
from infrastructure.register import SqlRegister
from infrastructure.rotation import Rotation
from infrastructure.vault import KeyVault

_TOLERANCE = timedelta(minutes=5)


class BehindTheLedger(RuntimeError):
    """A store is older than the ledger of erasures: a restored backup. It serves nobody before it caught up."""


class EpochMissing(RuntimeError):
    """Live keys are wrapped in an epoch whose key-encryption key is not in the key store."""


class ClockBehind(RuntimeError):
    """The clock shows an earlier time than the last line of the ledger."""


def refuse_if_behind(
    realm: str, *, vault: KeyVault, register: SqlRegister, ledger: FileLedger, provider: KeyProvider,
    turning: Rotation, clock: Clock,
) -> None:  # fmt: skip
    """Raises BehindTheLedger, EpochMissing, ClockBehind; Tampered for a ledger that was cut off or changed; Unavailable."""
    for size, head in (vault.ledger_head(), register.ledger_head()):
        ledger.confirm(size, head)
    entries = ledger.entries_after(0)
    _refuse_an_earlier_time(realm, entries, clock)
    _refuse_old_keys(realm, vault, entries)
    if behind := behind_in_the_register(realm, vault, register, entries):
        raise BehindTheLedger(
            f"{realm}: the register's database is older than the ledger of erasures: it lacks {behind} erasures that were"
            " carried out since it was saved. Run `tillid erasure reapply`; until then nobody is served."
        )
    if again := epochs_again(realm, provider, entries):
        raise BehindTheLedger(
            f"{realm}: the key store holds epochs again that the ledger says are destroyed"
            f" ({', '.join(f'{name} up to {epoch}' for name, epoch in again.items())}): it was restored from a backup."
            " Run `tillid erasure reapply`; until then nobody is served."
        )
    _refuse_missing_epochs(realm, turning)


def behind_in_the_register(
    realm: str, vault: KeyVault, register: SqlRegister, entries: list[LedgerEntry]
) -> int:  # fmt: skip
    """How many erasures the register does not know: by its own facts, and by the fences the key database still has."""
    size, _ = register.ledger_head()
    unknown = {entry.case_id for entry in entries[size:] if entry.realm == realm and not _knows(register, entry)}
    return max(len(unknown), len({subject for subject, _ in fences_missing(vault, register)}))


def fences_missing(vault: KeyVault, register: SqlRegister) -> list[tuple[UUID, str]]:
    """In which compartments which subjects are erased in the key database and not fenced in the register."""
    return sorted(vault.erased() - set(register.fences()))


def epochs_again(realm: str, provider: KeyProvider, entries: list[LedgerEntry]) -> dict[str, int]:
    """The last epoch of each compartment that the ledger says is destroyed, where one up to it exists."""
    destroyed = destroyed_epochs(entries, realm)
    return {name: last for name, last in destroyed.items() if any(e <= last for e in provider.epochs(name))}


def _knows(register: SqlRegister, entry: LedgerEntry) -> bool:
    if entry.kind is not LedgerKind.ERASURE or entry.case_id is None:
        return True
    loaded = register.load(RIGHTS_CASE, entry.case_id)
    gone = loaded.state.destroyed if loaded is not None else None
    return gone is not None and {key_id.hex() for key_id in entry.key_ids} <= set(gone.key_ids)


def _refuse_an_earlier_time(realm: str, entries: list[LedgerEntry], clock: Clock) -> None:
    if entries and clock.now() < entries[-1].at - _TOLERANCE:
        raise ClockBehind(
            f"{realm}: the clock shows {clock.now():%Y-%m-%d %H:%M} UTC, and the ledger's last line is of"
            f" {entries[-1].at:%Y-%m-%d %H:%M} UTC. Set the clock right: deadlines and retention are counted by it."
        )


def _refuse_old_keys(realm: str, vault: KeyVault, entries: list[LedgerEntry]) -> None:
    size, _ = vault.ledger_head()
    if missed := entries[size:]:
        if not vault.all_destroyed(key for entry in missed if entry.realm == realm for key in entry.key_ids):
            raise BehindTheLedger(
                f"{realm}: the key database is older than the ledger of erasures: it holds keys that were destroyed"
                " since it was saved. Run `tillid erasure reapply`; until then nobody is served."
            )
        # A process was killed after its entry: only the note of how far the ledger was followed is behind.
        vault.set_ledger_head(missed[-1].seq, missed[-1].hash)


def _refuse_missing_epochs(realm: str, turning: Rotation) -> None:
    for epoch in turning.epochs():
        if epoch.live and not epoch.exists:
            raise EpochMissing(
                f"{realm}: live keys of {epoch.compartment} ({epoch.live}) are wrapped in epoch {epoch.number}, whose"
                " key-encryption key is not in the key store. If it was destroyed by a rotation, this key database is an"
                " old backup: restore one that is no older than the epochs kept. If it was lost, restore the key store."
            )
