"""The audience of the officers; its endpoints stand in the files beside this one."""

from __future__ import annotations

from adapters.audience import Audience
from domain.people import Role

officer = Audience("officer", Role.OFFICER, about="The realm's access log, and the requests of the persons concerned")
