"""A receipt of an erasure without personal data: what went, what stays and why, what was reached and what never can be.

It is evidence, not proof: nobody can prove that no copy exists. It is a function of the facts of its case, so it can be
issued again at any time, byte for byte. It can be checked offline, with the realm's public key and the ledger.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from domain.errors import RuleBroken
from gdpr.checkpoint import Sign, VerifySignature
from gdpr.rights import RightsCase, what_stays

FORMAT = "tillid/receipt/v1"

NOT_REACHED = (
    "backups of the key database, until they expire",
    "exports",
    "memories",
    "messages already sent, or on their way to another realm",
    "paper",
    "telephones",
)
"""Where copies can be that no key destruction reaches; `docs/what-erasure-reaches.md` explains each."""

_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class NothingErasedYet(RuleBroken):
    """A receipt is issued when keys are destroyed, entered in the ledger, and rows purged; not before."""

    code = "nothing_erased_yet"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`document` is UTF-8 JSON: {"receipt": …, "signature": base64}. `digest` is the SHA-256, in hexadecimal, of
    what is signed: the receipt's own JSON, sorted and without blanks, after its format and a newline.
    """

    document: bytes
    digest: str


def issue(case: RightsCase, *, realm: str, completed_on: date, sign: Sign) -> Receipt:
    """The receipt of a case whose erasure is carried out. Raises NothingErasedYet."""
    message = _signed_bytes(_contents(case, realm, completed_on))
    signature = b64encode(sign(message)).decode()
    document = _to_json({"receipt": _contents(case, realm, completed_on), "signature": signature})
    return Receipt(document.encode(), sha256(message).hexdigest())


def verify(document: bytes, *, public_key: bytes, verify_signature: VerifySignature) -> bool:
    """Whether this is, byte for byte, a receipt signed with this Ed25519 key (32 bytes)."""
    try:
        parts = json.loads(document)
        receipt, signature = parts["receipt"], b64decode(parts["signature"], validate=True)
        unchanged = _to_json(parts).encode() == document and parts.keys() == {"receipt", "signature"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    # Base64 has several spellings of the same bytes; only ours counts, so that one receipt has one text.
    spelled = b64encode(signature).decode() == parts["signature"]
    return unchanged and spelled and verify_signature(public_key, _signed_bytes(receipt), signature)


def _signed_bytes(receipt: Any) -> bytes:
    # The format comes first, so that a receipt never passes for anything else signed with the realm's key.
    return f"{FORMAT}\n{_to_json(receipt)}".encode()


def _contents(case: RightsCase, realm: str, completed_on: date) -> dict[str, Any]:
    fenced, gone, entered, purged = case.fenced, case.destroyed, case.entered, case.purged
    if fenced is None or gone is None or entered is None or purged is None:
        raise NothingErasedYet("case_id")
    keys_in = Counter(gone.compartments)
    return {
        "format": FORMAT,
        "case_id": str(case.case_id),
        "realm": realm,
        "right": case.right,
        "received_on": case.received_on.isoformat(),
        "due_on": case.due_on.isoformat(),
        "completed_on": completed_on.isoformat(),
        "erased": [{"compartment": name, "keys": keys_in[name]} for name in sorted(keys_in)],
        "closed": list(fenced.closed),
        "keys": [
            {"key_id": key_id, "commitment": commitment, "compartment": compartment}
            for key_id, commitment, compartment in zip(gone.key_ids, gone.commitments, gone.compartments, strict=True)
        ],
        "kept": [
            {
                "compartment": kept.compartment,
                "ground": kept.ground,
                "legal_basis": kept.legal_basis,
                "until": kept.until.isoformat(),
            }
            for kept in what_stays(case, fenced.kept, closed_on=completed_on)
        ],
        "reached": {
            # The values in the events stay where they are, all of them, and none opens without its key.
            "events": "all values of the keys named above",
            "views": purged.views,
            "outbox": purged.outbox,
            "key_database": len(gone.key_ids),
            # Its rows go with the keys, in the key database's own transaction, and are not counted one by one.
            "search_index": None,
        },
        "not_reached": list(NOT_REACHED),
        "ledger": {"size": entered.size, "hash": entered.head},
    }
