"""Receipts of one's own answers."""

from __future__ import annotations

from adapters import consent_receipts
from adapters.family.door import family

consent_receipt_signed, consent_receipt_page = consent_receipts.offer(family)
