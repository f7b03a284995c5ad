"""The visiting professional's pages: the own visits, and the group one will meet."""

from adapters.web.professional import briefing
from adapters.web.professional.door import pages

__all__ = ["briefing", "pages"]
