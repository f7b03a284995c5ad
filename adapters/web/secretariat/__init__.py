"""The pages of secretariat, branch and administrator: people, roles, units, clubs, teams and wordings; nobody's contents."""

from adapters.web.secretariat import clubs, organisation, people, releases, volunteers, wordings
from adapters.web.secretariat.door import pages
from adapters.web.words import N_

pages.menu += [
    (N_("Oversigt"), people.start),
    (N_("Klubber og forløb"), clubs.clubs),
    (N_("Frivillige"), volunteers.volunteers),
    (N_("Enheder og kanaler"), organisation.organisation),
    (N_("Roller"), people.roles),
    (N_("Ny medarbejder"), people.newcomer),
    (N_("Adgang"), people.access),
    (N_("Formuleringer"), wordings.wordings),
    (N_("Udleveringer"), releases.releases),
]
"""In the order of a year: the clubs, who works in them, who may do what, and what is asked of an office now and then."""

__all__ = ["pages"]
