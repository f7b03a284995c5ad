"""The epochs of a realm's key-encryption keys: shown, and turned so that past erasures become final."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.wiring.providers import rotation_of
from adapters.wiring.realm import Realm
from application.finality import note_what_is_final
from gdpr import erasure
from infrastructure.rotation import Epoch, Rotation


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: `begun` says whether new epochs began or a run that was broken off was only finished.

    `destroyed` is the last destroyed epoch of each compartment; `final` counts the erasures that became final by it;
    `cleaned` is False where the database's own files could not be rid of what was replaced.
    """

    begun: bool
    wrapped: int
    cleaned: bool
    destroyed: dict[str, int]
    final: int


def rotate_keys(realm: Realm, *, keep: int, progress: Callable[[int, int], None]) -> Rotated:
    """Begin new epochs, wrap all live keys anew, destroy all epochs but the last `keep`, and note what is final by it.

    Beside processes that serve. The ledger learns of epochs after they are gone, and never of one that is not; whatever
    a run that is broken off leaves, the next one does. Raises EpochStillNeeded, Tampered, Unavailable; ValueError.
    """
    turning = _rotation(realm)
    begun = turning.begin()
    wrapped = turning.wrap_anew(progress)
    cleaned = turning.clean()
    destroyed = turning.destroy_old(keep)
    realm.ledger.append_epochs(at=realm.desk.clock.now(), realm=realm.settings.name, destroyed=destroyed)
    erasure.catch_up(realm.vault, realm.ledger, realm=realm.settings.name)
    return Rotated(begun, wrapped, cleaned, destroyed, note_what_is_final(realm.desk))


def epochs_of(realm: Realm) -> list[Epoch]:
    """Every epoch of the realm's compartments that exists or in which a key was last wrapped."""
    return _rotation(realm).epochs()


def _rotation(realm: Realm) -> Rotation:
    return rotation_of(realm.settings, realm.key_database, realm.provider)
