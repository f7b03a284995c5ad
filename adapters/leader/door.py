"""The audience of the leaders; its endpoints stand in the files beside this one."""

from __future__ import annotations

from adapters.audience import Audience
from domain.compartments import RealmKind
from domain.people import Role

leader = Audience(
    "leader", Role.LEADER, about="The leader's own courses: roster, notes, answers, evenings",
    only_in=RealmKind.RED_BARNET,
)  # fmt: skip
