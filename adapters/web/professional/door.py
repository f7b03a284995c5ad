"""Where visiting professionals come in, by a login or by a one-time link."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

pages = Pages("professional", Role.PROFESSIONAL, title=N_("Oplægsholder"), only_in=RealmKind.RED_BARNET)
