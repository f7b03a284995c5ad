#!/usr/bin/env python3
"""Says whether a receipt of Tillid is whole: `python3 verify_receipt.py RECEIPT.json verify.key`, anywhere, without Tillid.

It needs Python and the package `cryptography`. `verify.key` is one line, name+id+key (C2SP vkey), that you were given by
another way than the receipt; `tillid receipt key` prints it. The exit status is 0 for a whole receipt, 1 for any other.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMS = {
    "tillid/receipt/v1": "of an erasure",
    "tillid/consent-receipt/v1": "of an answer to a consent",
}
"""What is signed begins with one of these and a newline, so that one kind never passes for another."""


class NotWhole(Exception):
    """Why the receipt is not believed, in words."""


def main(receipt: Path, key: Path) -> int:
    try:
        signer, public_key = read_key(key.read_text("utf-8"))
        kind, contents = verified(receipt.read_bytes(), public_key)
        words = words_fit(contents)
    except (NotWhole, OSError) as error:
        print(f"NOT WHOLE: {error}")
        return 1
    print(f"whole: a receipt {kind}, signed with the key of {signer}{words}.")
    return 0


def read_key(line: str) -> tuple[str, bytes]:
    """The name and the 32 bytes of an Ed25519 public key. Raises NotWhole."""
    try:
        name, key_id, encoded = line.strip().split("+", 2)
        raw = b64decode(encoded, validate=True)
    except ValueError:
        raise NotWhole("the key is not one line of name+id+key") from None
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != key_id:
        raise NotWhole("the key does not fit its name and id, or is none that signs receipts")
    return name, raw[1:]


def verified(document: bytes, public_key: bytes) -> tuple[str, Any]:
    """Of what kind the receipt is, and what it says. Raises NotWhole."""
    try:
        parts = json.loads(document)
        # What the register answers holds the receipt as a text.
        if isinstance(parts, dict) and "document" in parts:
            document = parts["document"].encode()
            parts = json.loads(document)
        contents, signature = parts["receipt"], b64decode(parts["signature"], validate=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotWhole("this is not a receipt, or not all of one") from None
    as_written = {"receipt": contents, "signature": b64encode(signature).decode()}
    if to_json(as_written).encode() != document:
        raise NotWhole("it was written anew after it was signed; keep the file as it was handed out")
    for form, kind in FORMS.items():
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, f"{form}\n{to_json(contents)}".encode())
        except InvalidSignature:
            continue
        return kind, contents
    raise NotWhole("it was altered after it was signed, or signed with another key")


def words_fit(contents: Any) -> str:
    """Whether the words a consent was asked in have the fingerprint that stands beside them. Raises NotWhole."""
    notices = [n for record in contents.get("dpv:hasRecordOfActivity", ()) for n in record.get("dpv:hasNotice", ())]
    told = [(n["schema:text"]["@value"], n["schema:sha256"]) for n in notices if "schema:text" in n]
    if any(sha256(words.encode()).hexdigest() != fingerprint for words, fingerprint in told):
        raise NotWhole("the words in it are not those of the fingerprint beside them")
    return "; the words it was asked in fit their fingerprint" if told else ""


def to_json(value: Any) -> str:
    """Keys sorted, no blanks: the one spelling that is signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: verify_receipt.py RECEIPT.json verify.key")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
