"""Inviting people: the codes that Red Barnet's office and administrators make, and the links of a coordinator."""

from __future__ import annotations

from adapters.invitations import links
from adapters.invitations.office import staff, volunteers

__all__ = ["links", "staff", "volunteers"]
