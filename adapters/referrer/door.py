"""The audience of the referrers; its endpoints stand in the files beside this one."""

from __future__ import annotations

from adapters.audience import Audience
from domain.compartments import RealmKind
from domain.people import Role

referrer = Audience(
    "referrer", Role.REFERRER, about="Families and referrals of the referrer's own unit", only_in=RealmKind.MUNICIPALITY
)
