"""Where coordinators come in, in the municipality; at the club they plan evenings, on pages of their own."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

pages = Pages("coordinator", Role.COORDINATOR, title=N_("Koordinator"), only_in=RealmKind.MUNICIPALITY)
