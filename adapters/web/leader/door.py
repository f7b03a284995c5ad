"""Where leaders come in."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

pages = Pages("leader", Role.LEADER, title=N_("Klubleder"), only_in=RealmKind.RED_BARNET)
