"""All that a member of a family can send and is shown: its own data, its answers, who read them, and its requests."""

from __future__ import annotations

from adapters.family import acts, answers, data, kinds, preview, readers, receipts, requests
from adapters.family.door import family

__all__ = ["acts", "answers", "data", "family", "kinds", "preview", "readers", "receipts", "requests"]
