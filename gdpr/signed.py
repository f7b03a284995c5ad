"""A document that a realm hands out under its signature, so that an altered one is found, offline and years later.

In the file it is UTF-8 JSON without blanks, its keys sorted: {"receipt": …, "signature": base64}. Signed are the format, a
newline, and the receipt's own JSON: with the format in front, one document never passes for another of the same realm.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gdpr.checkpoint import Sign, VerifySignature

_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Receipt:
    """`document` is the file byte for byte; `digest` the SHA-256, in hexadecimal, of what is signed."""

    document: bytes
    digest: str

    @property
    def contents(self) -> Mapping[str, Any]:
        """What the receipt says."""
        said: Mapping[str, Any] = json.loads(self.document)["receipt"]
        return said


def sign_receipt(contents: Mapping[str, Any], *, form: str, sign: Sign) -> Receipt:
    """The contents, JSON values only, under the realm's signature."""
    message = _signed_bytes(contents, form)
    document = _to_json({"receipt": contents, "signature": b64encode(sign(message)).decode()})
    return Receipt(document.encode(), sha256(message).hexdigest())


def is_whole(document: bytes, *, form: str, public_key: bytes, verify_signature: VerifySignature) -> bool:
    """Whether this is, byte for byte, a receipt of this form signed with this Ed25519 key (32 bytes)."""
    try:
        parts = json.loads(document)
        contents, signature = parts["receipt"], b64decode(parts["signature"], validate=True)
        unchanged = _to_json(parts).encode() == document and parts.keys() == {"receipt", "signature"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    # Base64 has several spellings of the same bytes; only ours counts, so that one receipt has one text.
    spelled = b64encode(signature).decode() == parts["signature"]
    return unchanged and spelled and verify_signature(public_key, _signed_bytes(contents, form), signature)


def _signed_bytes(contents: Any, form: str) -> bytes:
    return f"{form}\n{_to_json(contents)}".encode()
