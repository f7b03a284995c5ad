"""Key-encryption keys in files, for demonstration and development only; production needs an HSM.

Nothing is held in memory: each use reads the file and looks at its owner and mode again, so an epoch that another
process destroyed is gone here too.
"""

from __future__ import annotations

import errno
import hmac
import os
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gdpr.ports import Tampered, Unavailable
from infrastructure.key_providers.layout import (
    INDEX_BYTES,
    KEY_BYTES,
    NONCE_BYTES,
    WRAPPED_BYTES,
    header,
    index_message,
)
from infrastructure.key_providers.private_files import (
    KeyFileRefused,
    check_folder,
    create_private,
    flush_folder,
    read_private,
)

_INDEX = "index.key"
_SIGNING = "signing.key"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_EPOCH_FILE = re.compile(r"([a-z0-9][a-z0-9_-]*)\.([1-9][0-9]*)\.key")


class KeyFileProvider:
    """The keys of one realm, in `folder/realm` (`docs/sealed-format.md`, section 7)."""

    def __init__(self, folder: Path, realm: str, *, production: bool) -> None:
        """Raises KeyFileRefused, Unavailable."""
        if production:
            raise KeyFileRefused(
                "production needs an HSM: keys in files can be copied, and their deletion not be proven"
            )
        self._realm = realm
        self._folder = folder / _checked(realm)
        for each in (folder, self._folder):
            check_folder(each)
        for name in self._names():
            self._key(name)

    @classmethod
    def create(cls, folder: Path, realm: str, compartments: Iterable[str]) -> None:
        """Make the keys that are not there yet. Of two that do so at once, both end with the same keys."""
        own = folder / _checked(realm)
        for each in (folder, own):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            check_folder(each)
        flush_folder(folder)
        for name in (_INDEX, _SIGNING):
            create_private(own / name, KEY_BYTES)
        for compartment in compartments:
            if not any(own.glob(f"{_checked(compartment)}.*.key")):
                create_private(own / _epoch_file(compartment, 1), KEY_BYTES)

    def wrap(self, compartment: str, epoch: int, context: bytes, key: bytes) -> bytes:
        """65 bytes (section 3). Raises Unavailable, KeyFileRefused."""
        return _wrapped(self._cipher(compartment, epoch), header(epoch), context, key)

    def unwrap(self, compartment: str, epoch: int, context: bytes, wrapped: bytes) -> bytes:
        """The 32 bytes that were wrapped. Raises Tampered, Unavailable, KeyFileRefused."""
        return _unwrapped(self._cipher(compartment, epoch), header(epoch), context, wrapped)

    def rewrap(self, compartment: str, epoch: int, to: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Both files are read once for all. Raises Tampered, Unavailable, KeyFileRefused."""
        old, new = self._cipher(compartment, epoch), self._cipher(compartment, to)
        head, new_head = header(epoch), header(to)
        return [_wrapped(new, new_head, context, _unwrapped(old, head, context, each)) for context, each in wrapped]

    def current_epoch(self, compartment: str) -> int:
        """The latest epoch. Raises Unavailable when there is no key for the compartment."""
        epochs = self.epochs(compartment)
        if not epochs:
            raise Unavailable(f"no key-encryption key of {compartment} lies here")
        return epochs[-1]

    def epochs(self, compartment: str) -> list[int]:
        """The epochs whose key lies here, oldest first."""
        matches = (_EPOCH_FILE.fullmatch(name) for name in self._names())
        return sorted(int(match[2]) for match in matches if match and match[1] == compartment)

    def create_epoch(self, compartment: str) -> int:
        """The epoch after the latest; when another process begins it at the same time, its."""
        epoch = max(self.epochs(compartment), default=0) + 1
        create_private(self._folder / _epoch_file(compartment, epoch), KEY_BYTES)
        return epoch

    def destroy_epoch(self, compartment: str, epoch: int) -> None:
        """Overwrite and remove a past epoch's file. Raises ValueError for the current one."""
        if epoch >= self.current_epoch(compartment):
            raise ValueError("the current epoch is not destroyed: begin the next one first")
        try:
            file = os.open(self._folder / _epoch_file(compartment, epoch), os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        with os.fdopen(file, "wb", buffering=0) as opened:
            opened.write(bytes(KEY_BYTES))
            os.fsync(opened.fileno())
        os.unlink(self._folder / _epoch_file(compartment, epoch))
        flush_folder(self._folder)

    def index_token(self, field: str, value: str) -> bytes:
        """Section 6. Raises Unavailable, KeyFileRefused."""
        return hmac.digest(self._key(_INDEX), index_message(self._realm, field, value), sha256)[:INDEX_BYTES]

    def sign(self, message: bytes) -> bytes:
        """64 bytes. Raises Unavailable, KeyFileRefused."""
        return Ed25519PrivateKey.from_private_bytes(self._key(_SIGNING)).sign(message)

    def verify_key(self) -> bytes:
        """32 bytes. Raises Unavailable, KeyFileRefused."""
        return Ed25519PrivateKey.from_private_bytes(self._key(_SIGNING)).public_key().public_bytes_raw()

    def _cipher(self, compartment: str, epoch: int) -> AESGCM:
        return AESGCM(self._key(_epoch_file(compartment, epoch)))

    def _names(self) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._folder) if name.endswith(".key"))
        except OSError as error:
            raise Unavailable(f"the key folder cannot be read: {errno.errorcode.get(error.errno or 0)}") from None

    def _key(self, name: str) -> bytes:
        key = read_private(self._folder / name, at_most=KEY_BYTES)
        if len(key) != KEY_BYTES:
            raise KeyFileRefused(f"the key file {name} must hold {KEY_BYTES} bytes")
        return key


def _wrapped(cipher: AESGCM, head: bytes, context: bytes, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, key, head + context)


def _unwrapped(cipher: AESGCM, head: bytes, context: bytes, wrapped: bytes) -> bytes:
    if len(wrapped) != WRAPPED_BYTES or not wrapped.startswith(head):
        raise Tampered("a wrapped key is not of the format and epoch its row says")
    try:
        return cipher.decrypt(wrapped[5:17], wrapped[17:], head + context)
    except InvalidTag:
        raise Tampered("a wrapped key was not wrapped for this row") from None


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise KeyFileRefused("a realm or compartment with key files is named in small letters, digits, - and _")
    return name


def _epoch_file(compartment: str, epoch: int) -> str:
    return f"{_checked(compartment)}.{epoch}.key"
