"""The referrer's pages: the own unit's referrals, a new one in four steps, and a family's data kept true."""

from adapters.web.referrer import asking, family, grounds, members, rectifying, referral, sending, start
from adapters.web.referrer.door import pages

__all__ = ["asking", "family", "grounds", "members", "pages", "rectifying", "referral", "sending", "start"]
