"""The volunteer's pages: this evening, who comes, and what the families share."""

from adapters.web.volunteer import evening
from adapters.web.volunteer.door import pages

__all__ = ["evening", "pages"]
