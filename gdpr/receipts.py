"""A receipt of an erasure without personal data: what went, what stays and why, what was reached and what never can be.

It is evidence, not proof: nobody can prove that no copy exists. It is a function of the facts of its case, so it can be
issued again at any time, byte for byte, and once more when the erasure is final. It can be checked offline, with the
realm's public key and the ledger.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from domain.errors import RuleBroken
from gdpr.checkpoint import Sign, VerifySignature
from gdpr.finality import waits_for
from gdpr.rights import RightsCase, what_stays
from gdpr.signed import Receipt, is_whole, sign_receipt

FORMAT = "tillid/receipt/v1"

BACKUPS = "backups of the key database, until the epochs named here are destroyed"
NOT_REACHED = (
    "exports",
    "memories",
    "messages already sent",
    "paper",
    "telephones",
)
"""Where copies can be that no key destruction reaches; `docs/what-erasure-reaches.md` explains each."""


class NothingErasedYet(RuleBroken):
    """A receipt is issued when keys are destroyed, entered in the ledger, and rows purged; not before."""

    code = "nothing_erased_yet"


def issue(case: RightsCase, *, realm: str, completed_on: date, sign: Sign) -> Receipt:
    """The receipt of a case whose erasure is carried out. Raises NothingErasedYet."""
    return sign_receipt(_contents(case, realm, completed_on), form=FORMAT, sign=sign)


def verify(document: bytes, *, public_key: bytes, verify_signature: VerifySignature) -> bool:
    """Whether this is, byte for byte, a receipt of an erasure signed with this Ed25519 key (32 bytes)."""
    return is_whole(document, form=FORMAT, public_key=public_key, verify_signature=verify_signature)


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
        "not_reached": [*NOT_REACHED] if case.final is not None else [BACKUPS, *NOT_REACHED],
        "final": {
            "on": case.final.on.isoformat() if case.final is not None else None,
            "when_destroyed": [{"compartment": name, "epoch": epoch} for name, epoch in waits_for(case).items()],
        },
        "ledger": {"size": entered.size, "hash": entered.head},
    }
