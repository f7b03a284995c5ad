"""How a personal value, and a message from realm to realm, are sealed and opened (`docs/sealed-format.md`)."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.facts import Place
from gdpr.ports import Tampered

DATA_KEY_BYTES = 32

_FORMAT = b"\x11"
_KEY_ID_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_NONCE_AT = 1 + _KEY_ID_BYTES
_CIPHERTEXT_AT = _NONCE_AT + _NONCE_BYTES
_BUCKETS = (32, 64, 128, 256, 512, 1024, 2048, 4096)
_LARGEST_BUCKET = _BUCKETS[-1]
_SHORTEST_TOKEN = _CIPHERTEXT_AT + _BUCKETS[0] + _TAG_BYTES
_END = b"\x80"

_MESSAGE = b"\x21"
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

_STREAM_AND_VERSION = struct.Struct(">H16sHQ")
_ID = struct.Struct(">H16s")

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


@dataclass(frozen=True, slots=True, eq=False)
class SealingKey:
    """A live key in memory: whose it is, in which compartment, and the cipher of its encryption key."""

    key_id: bytes
    subject: UUID
    compartment: str
    cipher: AESGCM

    def __repr__(self) -> str:
        return f"<key {self.key_id.hex()} in {self.compartment}>"


def lp(part: bytes) -> bytes:
    """The part behind its length in two bytes, so that no two lists of parts give the same bytes."""
    return len(part).to_bytes(2, "big") + part


@lru_cache(maxsize=4096)
def lp_text(text: str) -> bytes:
    """`lp` of a name in UTF-8. For names from the program only (topics, fields, compartments): they are remembered."""
    return lp(text.encode())


def associated_data(realm: str, place: Place, subject: UUID, compartment: str, key_id: bytes) -> bytes:
    """What a token is bound to (section 2): everything that says where it stands and whose it is."""
    return b"".join(
        (
            lp_text("tillid/seal/v1"),
            lp_text(realm),
            _STREAM_AND_VERSION.pack(16, place.stream.bytes, 8, place.version),
            lp_text(place.topic),
            lp_text(place.field),
            _ID.pack(16, subject.bytes),
            lp_text(compartment),
            _ID.pack(16, key_id),
        )
    )


def encryption_key(data_key: bytes, key_id: bytes) -> bytes:
    """The 32 bytes AES-256-GCM seals with (section 3, RFC 5869)."""
    return _expand(data_key, "tillid/encrypt/v1", key_id)


def commitment(data_key: bytes, key_id: bytes) -> bytes:
    """The 32 bytes that bind a key id to one data key; they say nothing about it and may be published."""
    return _expand(data_key, "tillid/commit/v1", key_id)


def committed_key(data_key: bytes, committed: bytes, key_id: bytes, subject: UUID, compartment: str) -> SealingKey:
    """The key, if it is the one its row committed to. Raises Tampered: AES-GCM alone would open under two keys."""
    if not bytes_eq(commitment(data_key, key_id), committed):
        raise Tampered(f"key {key_id.hex()} is not the one its commitment names")
    return sealing_key(data_key, key_id, subject, compartment)


def sealing_key(data_key: bytes, key_id: bytes, subject: UUID, compartment: str) -> SealingKey:
    """The key that this data key, made here just now, gives."""
    return SealingKey(key_id, subject, compartment, AESGCM(encryption_key(data_key, key_id)))


def pad(content: bytes) -> bytes:
    """The content, 0x80, and zeros up to its bucket, so that its length tells next to nothing."""
    return (content + _END).ljust(_bucket(len(content) + 1), b"\0")


def unpad(padded: bytes) -> bytes:
    """What was padded. Raises Tampered unless it is exactly what `pad` makes."""
    ended = padded.rstrip(b"\0")
    if not ended.endswith(_END) or len(padded) != _bucket(len(ended)):
        raise Tampered("the padding is not what the format says")
    return ended[:-1]


def seal(key: SealingKey, value: str | int | bool | tuple[str, ...] | None, bound_to: bytes) -> bytes:
    """A token of this value. Raises TypeError, ValueError or OverflowError for what the format cannot hold."""
    if not (value is None or isinstance(value, str | int | tuple)):
        raise TypeError(
            f"a personal value is text, a whole number, yes or no, none or texts, not {type(value).__name__}"
        )
    try:
        content = _encode(value)
    except UnicodeEncodeError:
        # That error carries the text itself, and would carry it into a log.
        raise ValueError("the text holds half of a surrogate pair") from None
    nonce = os.urandom(_NONCE_BYTES)
    return b"".join((_FORMAT, key.key_id, nonce, key.cipher.encrypt(nonce, pad(content), bound_to)))


def key_id_of(token: bytes) -> bytes:
    """The id of the key a token names. Raises Tampered when the bytes are not a token of this format."""
    if len(token) < _SHORTEST_TOKEN or not token.startswith(_FORMAT):
        raise Tampered("these bytes are not a token of a format this program knows")
    return token[1:_NONCE_AT]


def unseal(key: SealingKey, token: bytes, bound_to: bytes) -> Any:
    """The value; texts come back as a tuple. Raises Tampered when the token was not sealed with this key and place."""
    if key_id_of(token) != key.key_id:
        raise Tampered("the token names another key")
    try:
        padded = key.cipher.decrypt(token[_NONCE_AT:_CIPHERTEXT_AT], token[_CIPHERTEXT_AT:], bound_to)
        value = _decode(unpad(padded))
    except InvalidTag:
        raise Tampered("the token was not sealed with this key for this place") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Tampered("the token does not hold a value") from None
    return tuple(value) if isinstance(value, list) else value


def new_receiving_pair() -> tuple[bytes, bytes]:
    """A private and a public X25519 key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_for(public_key: bytes, message: bytes, info: bytes) -> bytes:
    """The message, padded and sealed so that only the holder of the private half opens it (section 5, RFC 9180).

    `info` is what both sides agree it is about. Raises ValueError for bytes that are no public key.
    """
    return _MESSAGE + _SUITE.encrypt(pad(message), X25519PublicKey.from_public_bytes(public_key), info)


def open_for(private_key: bytes, public_key: bytes, sealed: bytes, info: bytes) -> bytes:
    """The message. Raises Tampered when it was not sealed to this pair with this info, or the halves are no pair."""
    private = X25519PrivateKey.from_private_bytes(private_key)
    if not bytes_eq(private.public_key().public_bytes_raw(), public_key):
        raise Tampered("a receiving key does not belong to its public half")
    if not sealed.startswith(_MESSAGE):
        raise Tampered("these bytes are not a message of a format this program knows")
    try:
        return unpad(_SUITE.decrypt(sealed[1:], private, info))
    except InvalidTag:
        raise Tampered("the message was not sealed to this key with this info") from None


def _bucket(size: int) -> int:
    for bucket in _BUCKETS:
        if size <= bucket:
            return bucket
    return -(-size // _LARGEST_BUCKET) * _LARGEST_BUCKET


def _expand(data_key: bytes, label: str, key_id: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=32, info=lp_text(label) + lp(key_id)).derive(data_key)
