"""Key-encryption keys in a hardware security module (PKCS#11): made, used and destroyed there, and never taken out.

Each compartment has a token of its own with a PIN of its own, so that a process that lacks the PIN opens nothing, whatever
its code does. A key cannot be read, copied or wrapped out (CKA_SENSITIVE, not CKA_EXTRACTABLE); so a destroyed epoch is
gone from everywhere but the module's own backups, which lie apart from those of the databases.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import (
    MultipleObjectsReturned,
    NoSuchKey,
    NoSuchToken,
    PinIncorrect,
    PKCS11Error,
    UserAlreadyLoggedIn,
)

from gdpr.ports import Tampered, Unavailable
from infrastructure.key_providers.layout import INDEX_BYTES, NONCE_BYTES, WRAPPED_BYTES, header, index_message
from infrastructure.key_providers.private_files import read_private

T = TypeVar("T")

_KEK, _INDEX, _SIGNING = "kek", "index", "signing"
_LABEL_BYTES = 32
_TAG_BITS = 128
_ED25519: Final = bytes.fromhex("06032b6570")
"""The object identifier 1.3.101.112, as CKA_EC_PARAMS holds it."""
_STAYS_INSIDE: Final = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
_WRAPS_ONLY: Final = _STAYS_INSIDE | {
    Attribute.ENCRYPT: True, Attribute.DECRYPT: True, Attribute.WRAP: False, Attribute.UNWRAP: False,
    Attribute.SIGN: False, Attribute.VERIFY: False, Attribute.DERIVE: False,
}  # fmt: skip
_LONGEST_PIN = 256
_ONE_CALL_AT_A_TIME: Final = RLock()
"""A module may be used by one thread at a time unless it promises otherwise; some hang or fail when two call at once."""


class HsmRefused(Unavailable):
    """The module is not there, has no such token, or takes another PIN than the one in the PIN file."""


def label_of(realm: str, token: str) -> str:
    """What a token is called in the module, at most 32 bytes: realm/token, or a digest of it where that is too long."""
    name = f"{realm}/{token}"
    return name if len(name.encode()) <= _LABEL_BYTES else sha256(name.encode()).hexdigest()[:_LABEL_BYTES]


class HsmProvider:
    """The keys of one realm, in tokens of `label_of`; implements `infrastructure.key_providers.port.KeyProvider`.

    A token's PIN stands in `pins/<realm>/<token>.pin`, a private file. A process is given the PINs of the compartments
    it may open, and no others: of the rest it knows no epoch.
    """

    def __init__(self, library: Path, realm: str, pins: Path) -> None:
        """Raises HsmRefused when the module cannot be loaded."""
        self._realm = realm
        self._pins = pins / realm
        self._module = _module(library)
        self._tokens: dict[str, _Token] = {}

    def create(self, compartments: Iterable[str]) -> None:
        """Make the keys that are not there yet, in tokens that were initialised with the module's own tools."""
        for compartment in compartments:
            if not self.epochs(compartment):
                self.create_epoch(compartment)
        self._token(_INDEX).ask(_make_index_key)
        self._token(_SIGNING).ask(_make_signing_key)

    def has_pins(self, compartments: Iterable[str]) -> bool:
        """Whether this process may use every one of these, and the keys of index and signature."""
        return all(self._has_pin(name) for name in (*compartments, _INDEX, _SIGNING))

    def wrap(self, compartment: str, epoch: int, context: bytes, key: bytes) -> bytes:
        """65 bytes (docs/sealed-format.md, section 3). Raises Unavailable."""
        head, nonce = header(epoch), os.urandom(NONCE_BYTES)
        parameters = GCMParams(nonce, head + context, _TAG_BITS)

        def wrapped(session: Any) -> bytes:
            kek = _kek(session, epoch)
            return bytes(kek.encrypt(key, mechanism=Mechanism.AES_GCM, mechanism_param=parameters))

        return head + nonce + self._token(compartment).ask(wrapped)

    def unwrap(self, compartment: str, epoch: int, context: bytes, wrapped: bytes) -> bytes:
        """The 32 bytes that were wrapped. Raises Tampered, Unavailable."""
        head, nonce, sealed = wrapped[:5], wrapped[5:17], wrapped[17:]
        if len(wrapped) != WRAPPED_BYTES or head != header(epoch):
            raise Tampered(f"a wrapped key of {compartment} is not of the format and epoch its row says")

        def unwrapped(session: Any) -> bytes | None:
            kek = _kek(session, epoch)
            try:
                return _decrypted(kek, nonce, head + context, sealed)
            except PKCS11Error:
                # Modules name a wrong tag as they like (SoftHSM: a general error). If the key opens what it closes
                # itself, the module is well, and what it was given is not what was wrapped.
                probe_nonce = os.urandom(NONCE_BYTES)
                probe = kek.encrypt(
                    bytes(32), mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(probe_nonce, b"", _TAG_BITS)
                )
                _decrypted(kek, probe_nonce, b"", bytes(probe))
                return None

        key = self._token(compartment).ask(unwrapped)
        if key is None:
            raise Tampered(f"a wrapped key of {compartment} was not wrapped for this row")
        return key

    def rewrap(self, compartment: str, epoch: int, to: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Key by key, each for a moment in this process's memory. Raises Tampered, Unavailable."""
        return [
            self.wrap(compartment, to, context, self.unwrap(compartment, epoch, context, each))
            for context, each in wrapped
        ]

    def current_epoch(self, compartment: str) -> int:
        """The latest epoch. Raises Unavailable when there is no key for the compartment."""
        epochs = self.epochs(compartment)
        if not epochs:
            raise Unavailable(f"no key-encryption key of {compartment} lies here")
        return epochs[-1]

    def epochs(self, compartment: str) -> list[int]:
        """The epochs whose key lies here, oldest first; none where this process has no PIN."""
        return self._token(compartment).ask(_epochs) if self._has_pin(compartment) else []

    def create_epoch(self, compartment: str) -> int:
        """The epoch after the latest; when another process of this machine begins it at the same time, its."""
        seen = max(self.epochs(compartment), default=0)

        def created(session: Any) -> int:
            epochs = _epochs(session)
            if max(epochs, default=0) > seen:
                return int(epochs[-1])
            session.generate_key(KeyType.AES, 256, id=_id(seen + 1), label=_KEK, store=True, template=_WRAPS_ONLY)
            return seen + 1

        with self._alone(compartment):
            return self._token(compartment).ask(created)

    def destroy_epoch(self, compartment: str, epoch: int) -> None:
        """Destroy a past epoch's key. Idempotent. Raises ValueError for the current one."""
        if epoch >= self.current_epoch(compartment):
            raise ValueError("the current epoch is not destroyed: begin the next one first")

        def destroyed(session: Any) -> None:
            for key in session.get_objects(_named(_KEK) | {Attribute.ID: _id(epoch)}):
                key.destroy()

        self._token(compartment).ask(destroyed)

    def index_token(self, field: str, value: str) -> bytes:
        """docs/sealed-format.md, section 6. Raises Unavailable."""
        message = index_message(self._realm, field, value)

        def token(session: Any) -> bytes:
            key = session.get_key(object_class=ObjectClass.SECRET_KEY, label=_INDEX)
            return bytes(key.sign(message, mechanism=Mechanism.SHA256_HMAC))

        return self._token(_INDEX).ask(token)[:INDEX_BYTES]

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Raises Unavailable."""

        def signed(session: Any) -> bytes:
            key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=_SIGNING)
            return bytes(key.sign(message, mechanism=Mechanism.EDDSA))

        return self._token(_SIGNING).ask(signed)

    def verify_key(self) -> bytes:
        """32 bytes. Raises Unavailable."""

        def public(session: Any) -> bytes:
            key = session.get_key(object_class=ObjectClass.PUBLIC_KEY, label=_SIGNING)
            # A DER octet string: two bytes of head, then the point.
            return bytes(key[Attribute.EC_POINT])[-32:]

        return self._token(_SIGNING).ask(public)

    def _token(self, name: str) -> _Token:
        if name not in self._tokens:
            pin = read_private(self._pins / f"{name}.pin", at_most=_LONGEST_PIN).decode().strip()
            self._tokens[name] = _Token(self._module, label_of(self._realm, name), pin)
        return self._tokens[name]

    def _has_pin(self, name: str) -> bool:
        return (self._pins / f"{name}.pin").exists()

    @contextmanager
    def _alone(self, compartment: str) -> Iterator[None]:
        """A module would take two keys under one number; so one process of this machine makes an epoch at a time."""
        with (self._pins / f"{compartment}.pin").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class _Token:
    """One token of the module, in one session that is opened again after a failure."""

    def __init__(self, module: Any, label: str, pin: str) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._session: Any = None

    def ask(self, question: Callable[[Any], T]) -> T:
        """What the question answers. Raises HsmRefused, Unavailable; never with the module's own words."""
        with _ONE_CALL_AT_A_TIME:
            try:
                self._session = self._session or self._opened()
                return question(self._session)
            except (NoSuchKey, MultipleObjectsReturned):
                raise Unavailable(f"the token {self._label} does not hold exactly one key of this name") from None
            except NoSuchToken:
                raise HsmRefused(f"the module has no token {self._label}") from None
            except PinIncorrect:
                raise HsmRefused(f"the token {self._label} takes another PIN") from None
            except PKCS11Error as error:
                self._session = None
                raise Unavailable(f"the token {self._label} cannot be used now ({type(error).__name__})") from None

    def _opened(self) -> Any:
        token = self._module.get_token(token_label=self._label)
        try:
            return token.open(rw=True, user_pin=self._pin)
        except UserAlreadyLoggedIn:
            # Login is the process's, not the session's: somebody here logged in already.
            return token.open(rw=True)


def _module(library: Path) -> Any:
    try:
        return pkcs11.lib(str(library))
    except (PKCS11Error, RuntimeError, OSError):
        raise HsmRefused("the PKCS#11 module cannot be loaded") from None


def _named(label: str) -> dict[Attribute, Any]:
    return {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: label}


def _id(epoch: int) -> bytes:
    return epoch.to_bytes(4, "big")


def _kek(session: Any, epoch: int) -> Any:
    return session.get_key(object_class=ObjectClass.SECRET_KEY, label=_KEK, id=_id(epoch))


def _epochs(session: Any) -> list[int]:
    return sorted({int.from_bytes(key[Attribute.ID], "big") for key in session.get_objects(_named(_KEK))})


def _decrypted(kek: Any, nonce: bytes, bound_to: bytes, sealed: bytes) -> bytes:
    parameters = GCMParams(nonce, bound_to, _TAG_BITS)
    return bytes(kek.decrypt(sealed, mechanism=Mechanism.AES_GCM, mechanism_param=parameters))


def _make_index_key(session: Any) -> None:
    if not list(session.get_objects(_named(_INDEX))):
        session.generate_key(
            KeyType.GENERIC_SECRET, 256, label=_INDEX, store=True, mechanism=Mechanism.GENERIC_SECRET_KEY_GEN,
            template=_STAYS_INSIDE | {Attribute.SIGN: True},
        )  # fmt: skip


def _make_signing_key(session: Any) -> None:
    if list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: _SIGNING})):
        return
    curve = session.create_domain_parameters(KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: _ED25519}, local=True)
    curve.generate_keypair(
        mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN, store=True, label=_SIGNING, private_template=_STAYS_INSIDE
    )
