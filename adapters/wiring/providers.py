"""Where a realm's key-encryption keys are: in an HSM if the settings name one, else in files, never in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.compartments import held_in
from infrastructure.database import Database
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.key_providers.port import KeyProvider
from infrastructure.key_rows import compartments_in_use
from infrastructure.rotation import Rotation
from infrastructure.settings import HsmSettings, RealmSettings

if TYPE_CHECKING:
    from infrastructure.key_providers.hsm import HsmProvider


def provider_of(realm: RealmSettings, *, production: bool) -> KeyProvider:
    """Raises KeyFileRefused, also for key files in production; HsmRefused; Unavailable."""
    if realm.hsm is not None:
        return _in_the_hsm(realm, realm.hsm)
    return KeyFileProvider(realm.key_folder, realm.name, production=production)


def _in_the_hsm(realm: RealmSettings, hsm: HsmSettings) -> HsmProvider:
    from infrastructure.key_providers.hsm import HsmProvider  # without an HSM nobody waits for its library

    return HsmProvider(hsm.library, realm.name, hsm.pins)


def signing_key_of(realm: RealmSettings, *, production: bool) -> bytes:
    """The realm's Ed25519 public key (32 bytes). Raises as `provider_of`."""
    return provider_of(realm, production=production).verify_key()


def rotation_of(realm: RealmSettings, keys: Database, provider: KeyProvider) -> Rotation:
    """The epochs of all compartments that a realm of this kind holds."""
    return Rotation(keys, provider, realm=realm.name, compartments=[held.name for held in held_in(realm.kind)])


def make_keys(realm: RealmSettings, keys: Database) -> None:
    """The keys that are not there yet, but none in the place of one that was: with a new key under the old name the
    values would seem tampered with, and new ones be lost when the old key comes back.

    In an HSM only where this process has every PIN: a volunteers' process makes no keys.
    """
    if realm.hsm is not None:
        _make_in_hsm(realm, keys, _in_the_hsm(realm, realm.hsm))
        return
    realm.key_folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = realm.key_folder / realm.name
    wanted = {c.name for c in held_in(realm.kind) if not any(own.glob(f"{c.name}.*.key"))}
    if wanted or not (own / "signing.key").exists():
        in_use = compartments_in_use(keys)
        if not in_use or (own / "signing.key").exists():
            KeyFileProvider.create(realm.key_folder, realm.name, sorted(wanted - in_use))


def _make_in_hsm(realm: RealmSettings, keys: Database, provider: HsmProvider) -> None:
    held = [compartment.name for compartment in held_in(realm.kind)]
    if provider.has_pins(held):
        in_use = compartments_in_use(keys)
        provider.create(name for name in held if name not in in_use)
