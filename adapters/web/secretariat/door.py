"""Where those come in who keep the register's people and places in order."""

from __future__ import annotations

from adapters.web.pages import Pages
from adapters.web.words import N_
from domain.people import Role

OFFICE = (Role.SECRETARIAT, Role.BRANCH)
pages = Pages("secretariat", *OFFICE, Role.ADMINISTRATOR, title=N_("Administration"))
