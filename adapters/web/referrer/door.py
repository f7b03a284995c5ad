"""Where referrers come in, in their municipality."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

pages = Pages("referrer", Role.REFERRER, title=N_("Henviser"), only_in=RealmKind.MUNICIPALITY)

DRAFT = "/drafts/<uuid:draft_id>"
REFERRAL = "/referrals/<uuid:referral_id>"
FAMILY = "/families/<uuid:family_id>"
