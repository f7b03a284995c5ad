"""Receipts of the answers of an own course, to print and hand over."""

from __future__ import annotations

from adapters import consent_receipts
from adapters.leader.door import leader

_, consent_receipt_page = consent_receipts.offer(leader)
