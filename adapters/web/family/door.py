"""Where members of families come in, in a municipality and at Red Barnet: the same pages, each for its own data."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.people import Role

pages = Pages("family", Role.FAMILY, title=N_("Min side"), languages=("da", "en", "ar"))
