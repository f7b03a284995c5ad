"""The coordinator's pages in the municipality: what waits to be decided, who waits for a place, who is handed over when."""

from adapters.web.coordinator import referral, referrals, search
from adapters.web.coordinator.door import pages

__all__ = ["pages", "referral", "referrals", "search"]
