"""The coordinator's pages at the club: courses in numbers, their evenings, and who visits them; nobody's name (VIS-03)."""

from adapters.web.programme import course, evenings, visits
from adapters.web.programme.door import pages

__all__ = ["course", "evenings", "pages", "visits"]
