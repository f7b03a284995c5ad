"""The pages of secretariat, branch and administrator: people, roles, units, clubs, teams and wordings; nobody's contents."""

from adapters.web.secretariat import clubs, organisation, people, releases, volunteers, wordings
from adapters.web.secretariat.door import pages

__all__ = ["clubs", "organisation", "pages", "people", "releases", "volunteers", "wordings"]
