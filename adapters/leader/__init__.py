"""All that a leader can send and is shown, about the own courses only: the course, the notes, the evenings."""

from __future__ import annotations

from adapters.leader import consents, corrections, course, evenings, families, invitations, notes, recalls, receipts
from adapters.leader.door import leader

__all__ = [
    "consents",
    "corrections",
    "course",
    "evenings",
    "families",
    "invitations",
    "leader",
    "notes",
    "recalls",
    "receipts",
]
