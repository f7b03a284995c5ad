"""What a referrer can send and is shown: the own unit's families and referrals, the lists of the form, own drafts."""

from __future__ import annotations

from adapters.corrections import offer_corrections
from adapters.referrer import drafts, families, lists, referrals
from adapters.referrer.door import referrer

corrections, confirm_correction = offer_corrections(referrer)

__all__ = ["confirm_correction", "corrections", "drafts", "families", "lists", "referrals", "referrer"]
