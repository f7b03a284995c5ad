"""Where a municipality's coordinators come in at the club."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

pages = Pages("programme", Role.COORDINATOR, title=N_("Klubbens program"), only_in=RealmKind.RED_BARNET)

COURSE = "/courses/<uuid:course_id>"
EVENING = f"{COURSE}/evenings/<int(max=99):number>"
