"""Makes `vectors.json` from `docs/sealed-format.md` alone: own HKDF, own GCM, own MessagePack; nothing of ours imported.

Run it to see what it makes; with `--write` it replaces the file. A test compares the two.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

FILE = Path(__file__).with_name("vectors.json")

KEY_ID = bytes.fromhex("00112233445566778899aabbccddeeff")
DATA_KEY = bytes(range(32))
PLACE: dict[str, Any] = {
    "realm": "red-barnet",
    "stream": "b1" * 16,
    "version": 7,
    "topic": "participants.adult_noted",
    "field": "given_name",
    "subject": "a0" * 16,
    "compartment": "roster",
    "key_id": KEY_ID.hex(),
}


def lp(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big") + part


def lps(*parts: str | bytes) -> bytes:
    return b"".join(lp(part.encode() if isinstance(part, str) else part) for part in parts)


def expand(key: bytes, label: str, key_id: bytes) -> bytes:
    return hmac.digest(key, lps(label, key_id) + b"\x01", hashlib.sha256)


def block(key: bytes, content: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(content)  # noqa: S305


def times(x: int, y: int) -> int:
    """In GF(2^128), with GCM's order of bits (NIST SP 800-38D, 6.3)."""
    product = 0
    for shift in range(127, -1, -1):
        if y >> shift & 1:
            product ^= x
        x = x >> 1 ^ (0xE1 << 120 if x & 1 else 0)
    return product


def inverse(x: int) -> int:
    power = 1 << 127  # one
    for _ in range(127):
        x = times(x, x)
        power = times(power, x)
    return power


def as_blocks(content: bytes) -> list[int]:
    whole = content + bytes(-len(content) % 16)
    return [int.from_bytes(whole[start : start + 16], "big") for start in range(0, len(whole), 16)]


def ghash_blocks(aad: bytes, ciphertext: bytes) -> list[int]:
    return [*as_blocks(aad), *as_blocks(ciphertext), len(aad) * 8 << 64 | len(ciphertext) * 8]


def tag_of(key: bytes, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    h = int.from_bytes(block(key, bytes(16)), "big")
    y = 0
    for each in ghash_blocks(aad, ciphertext):
        y = times(y ^ each, h)
    return xor(y.to_bytes(16, "big"), block(key, nonce + b"\0\0\0\1"))


def xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def key_stream(key: bytes, nonce: bytes, blocks: int) -> bytes:
    return block(key, b"".join(nonce + (2 + count).to_bytes(4, "big") for count in range(blocks)))


def gcm(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    stream = key_stream(key, nonce, -(-len(plaintext) // 16))
    ciphertext = xor(plaintext, stream[: len(plaintext)])
    return ciphertext + tag_of(key, nonce, aad, ciphertext)


def packed(value: str | int | bool | tuple[str, ...] | None) -> bytes:
    """MessagePack, as far as the vectors need it."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        assert 0 <= value < 128
        return bytes([value])
    if isinstance(value, tuple):
        return bytes([0x90 | len(value)]) + b"".join(map(packed, value))
    text = value.encode()
    if len(text) < 32:
        return bytes([0xA0 | len(text)]) + text
    return (b"\xd9" + bytes([len(text)]) if len(text) < 256 else b"\xda" + len(text).to_bytes(2, "big")) + text


def padded(content: bytes) -> bytes:
    size = next((b for b in (32, 64, 128, 256, 512, 1024, 2048, 4096) if b > len(content)), None)
    if size is None:
        size = (len(content) // 4096 + 1) * 4096
    return content + b"\x80" + bytes(size - len(content) - 1)


def aad_of(place: dict[str, Any]) -> bytes:
    ids = {name: bytes.fromhex(place[name]) for name in ("stream", "subject", "key_id")}
    return lps(
        "tillid/seal/v1", place["realm"], ids["stream"], place["version"].to_bytes(8, "big"), place["topic"],
        place["field"], ids["subject"], place["compartment"], ids["key_id"],
    )  # fmt: skip


def token(plaintext: bytes, place: dict[str, Any], *, first: int = 0x11, nonce: bytes = bytes(range(12))) -> bytes:
    key = expand(DATA_KEY, "tillid/encrypt/v1", KEY_ID)
    return bytes([first]) + KEY_ID + nonce + gcm(key, nonce, plaintext, aad_of(place))


def two_keys(aad: bytes, nonce: bytes) -> tuple[bytes, bytes, bytes]:
    """Two data keys, and one ciphertext with tag that is a well-formed value under each (Dodis and others, 2018).

    A value of 61 bytes fills the bucket of 64: c4 3d at the start, 80 at the end, anything between. Two keys are
    looked for whose key streams agree in those three bytes; one block between them then makes both tags the same.
    """
    seen: dict[bytes, bytes] = {}
    for number in range(1 << 20):
        data_key = hashlib.sha256(b"two keys" + number.to_bytes(4, "big")).digest()
        stream = key_stream(expand(data_key, "tillid/encrypt/v1", KEY_ID), nonce, 4)
        agree = stream[:2] + stream[63:]
        if agree in seen:
            break
        seen[agree] = data_key
    else:
        raise AssertionError("no two keys found")
    first, second = (expand(each, "tillid/encrypt/v1", KEY_ID) for each in (seen[agree], data_key))
    ciphertext = bytearray(xor(b"\xc4\x3d" + bytes(61) + b"\x80", key_stream(first, nonce, 4)))
    ciphertext[16:32] = bytes(16)
    h1, h2 = (int.from_bytes(block(key, bytes(16)), "big") for key in (first, second))
    difference = int.from_bytes(
        xor(tag_of(first, nonce, aad, bytes(ciphertext)), tag_of(second, nonce, aad, bytes(ciphertext))), "big"
    )
    # The free block is the second of four, so four more blocks follow it or are it: it counts h to the power of 4.
    p1, p2 = times(times(h1, h1), times(h1, h1)), times(times(h2, h2), times(h2, h2))
    ciphertext[16:32] = times(difference, inverse(p1 ^ p2)).to_bytes(16, "big")
    tag = tag_of(first, nonce, aad, bytes(ciphertext))
    assert tag == tag_of(second, nonce, aad, bytes(ciphertext))
    return seen[agree], data_key, bytes(ciphertext) + tag


def vectors() -> dict[str, Any]:
    alma = token(padded(packed("Alma")), PLACE)
    moved: dict[str, dict[str, Any]] = {
        "moved to another stream": {"stream": "b2" * 16},
        "moved to another version": {"version": 8},
        "moved to another topic": {"topic": "participants.child_noted"},
        "moved to another field": {"field": "family_name"},
        "field and topic share their letters otherwise": {
            "topic": "participants.adult_notedg",
            "field": "iven_name",
        },
        "swapped to another subject": {"subject": "a1" * 16},
        "moved to another compartment": {"compartment": "contact"},
        "moved to another realm": {"realm": "kommune-0101"},
        "another key id": {"key_id": "ff" * 16},
    }
    values: dict[str, Any] = {
        "a short name": "Alma",
        "nothing": None,
        "yes": True,
        "no": False,
        "a number": 3,
        "texts": ("one", "two"),
        "an empty text": "",
        "a text with an end like padding": "\x80\0\0",
        "the longest that fits 32 bytes": "x" * 30,
        "one more": "x" * 31,
        "a long text": "æ" * 3000,
    }
    broken = {
        "cut by one byte": alma[:-1],
        "cut to the nonce": alma[:29],
        "empty": b"",
        "one byte more": alma + b"\0",
        "a bit of the ciphertext turned": alma[:30] + bytes([alma[30] ^ 1]) + alma[31:],
        "a bit of the tag turned": alma[:-1] + bytes([alma[-1] ^ 1]),
        "a bit of the nonce turned": alma[:17] + bytes([alma[17] ^ 1]) + alma[18:],
        "an unknown suite": token(padded(packed("Alma")), PLACE, first=0x12),
        "an unknown format": token(padded(packed("Alma")), PLACE, first=0x21),
        "padding without its end": token(packed("Alma").ljust(32, b"\0"), PLACE),
        "padding to the wrong bucket": token((packed("Alma") + b"\x80").ljust(64, b"\0"), PLACE),
        "padding to no bucket": token((packed("Alma") + b"\x80").ljust(48, b"\0"), PLACE),
        "padding with something in it": token(padded(packed("Alma"))[:-1] + b"\x01", PLACE),
        "padding only": token(b"\x80" + bytes(31), PLACE),
        "all zeros": token(bytes(32), PLACE),
        "two values": token(padded(packed("Alma") + packed("Bo")), PLACE),
        "half a value": token(padded(packed("Alma")[:3]), PLACE),
    }
    nonce = bytes(range(12, 24))
    first, second, sealed = two_keys(aad_of(PLACE), nonce)
    return {
        "place": PLACE,
        "data_key": DATA_KEY.hex(),
        "encryption_key": expand(DATA_KEY, "tillid/encrypt/v1", KEY_ID).hex(),
        "commitment": expand(DATA_KEY, "tillid/commit/v1", KEY_ID).hex(),
        "associated_data": aad_of(PLACE).hex(),
        "opens": [
            {"name": name, "token": token(padded(packed(value)), PLACE).hex(), "value": value}
            for name, value in values.items()
        ],
        "tampered": [
            *({"name": name, "token": alma.hex(), "place": PLACE | other} for name, other in moved.items()),
            *({"name": name, "token": made.hex(), "place": PLACE} for name, made in broken.items()),
        ],
        "two_keys": {
            "token": (b"\x11" + KEY_ID + nonce + sealed).hex(),
            "data_keys": [first.hex(), second.hex()],
            "commitments": [expand(each, "tillid/commit/v1", KEY_ID).hex() for each in (first, second)],
        },
        "wrapped": wrapped(),
        "index": {
            "key": ("11" * 32),
            "realm": "kommune-0101",
            "field": "telephone",
            "value": "20304050",
            "token": hmac.digest(
                b"\x11" * 32, lps("tillid/index/v1", "kommune-0101", "telephone", "20304050"), hashlib.sha256
            )[:12].hex(),
        },
    }


def wrapped() -> dict[str, Any]:
    key, nonce, epoch, consent = b"\x22" * 32, bytes(range(24, 36)), 3, bytes(16)
    context = lps("tillid/wrap/v1", "red-barnet", "roster", bytes.fromhex("a0" * 16), consent, KEY_ID)
    header = b"\x11" + epoch.to_bytes(4, "big")
    return {
        "key_encryption_key": key.hex(),
        "epoch": epoch,
        "consent": consent.hex(),
        "context": context.hex(),
        "wrapped": (header + nonce + gcm(key, nonce, DATA_KEY, header + context)).hex(),
    }


def as_text() -> str:
    return json.dumps(vectors(), indent=1) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        FILE.write_text(as_text())
    else:
        sys.stdout.write(as_text())
