"""The audience of the families; its endpoints stand in the files beside this one."""

from __future__ import annotations

from adapters.audience import Audience
from domain.people import Role

family = Audience("family", Role.FAMILY, about="A member of a family and its own data")
