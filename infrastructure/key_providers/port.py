"""What keeps the key-encryption keys of one realm: they are used where they lie and never handed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class KeyProvider(Protocol):
    """The keys of one realm that stand in no database: of its compartments by epoch, of its index, of its signature.

    Every method raises `gdpr.ports.Unavailable` when the store, or the key asked for, cannot be had now.
    """

    def wrap(self, compartment: str, epoch: int, context: bytes, key: bytes) -> bytes:
        """A key of 32 bytes under the key-encryption key of (compartment, epoch), bound to the context."""

    def unwrap(self, compartment: str, epoch: int, context: bytes, wrapped: bytes) -> bytes:
        """The key again. Raises Tampered when it was not wrapped there, in that epoch, with that context."""

    def rewrap(self, compartment: str, epoch: int, to: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Each (context, wrapped key) of one epoch wrapped in another, in order. Raises as `unwrap`."""

    def current_epoch(self, compartment: str) -> int:
        """The epoch that new keys are wrapped in: the latest."""

    def epochs(self, compartment: str) -> list[int]:
        """The epochs whose key still exists, oldest first; none for a compartment this process has no key of."""

    def create_epoch(self, compartment: str) -> int:
        """Begin a new epoch, with a new key-encryption key; durable when it returns."""

    def destroy_epoch(self, compartment: str, epoch: int) -> None:
        """Destroy a past epoch's key: what was only ever wrapped in it is gone from every copy. Idempotent.

        Raises ValueError for the current epoch: an epoch's number is never used for a second key.
        """

    def index_token(self, field: str, value: str) -> bytes:
        """The 12 bytes under which the search index keeps a normalised value (keyed, so that nobody else can guess)."""

    def sign(self, message: bytes) -> bytes:
        """The realm's Ed25519 signature, 64 bytes: of checkpoints and receipts."""

    def verify_key(self) -> bytes:
        """The public key of `sign`, 32 bytes."""
