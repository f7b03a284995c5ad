"""The bytes that every provider writes alike: a wrapped key, and what an index token is taken over (docs/sealed-format.md)."""

from __future__ import annotations

from infrastructure.sealing import lp

KEY_BYTES = 32
NONCE_BYTES = 12
INDEX_BYTES = 12
WRAPPED_BYTES = 5 + NONCE_BYTES + KEY_BYTES + 16


def header(epoch: int) -> bytes:
    """The first five bytes of a wrapped key: format and suite, and the epoch."""
    return b"\x11" + epoch.to_bytes(4, "big")


def index_message(realm: str, field: str, value: str) -> bytes:
    """What a token of the search index is the HMAC of."""
    return b"".join(lp(part.encode()) for part in ("tillid/index/v1", realm, field, value))
