"""Who read what: the access log asked by person, course, part, kind of data and period; never what was read."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from adapters.officer import log, past
from adapters.web.here import Here
from adapters.web.officer.asking import asked, kinds_of_data
from adapters.web.officer.door import pages
from adapters.web.officer.log_words import ACTIONS
from adapters.web.pages import Told
from adapters.web.words import translations
from domain.compartments import RealmKind
from domain.people import Role

A_PAGE = 50


@pages.page("/readings", "officer/readings.html")
def readings(here: Here) -> Told:
    names = ("subject", "actor", "part", "course", "compartment", "role", "action", "since", "until", "after")
    return {"asked": asked(here, log.readings, *names, days=True, limit=A_PAGE), **choices(here)}


@pages.page("/past", "officer/past.html")
def what_a_role_could_see(here: Here) -> Told:
    return {"asked": asked(here, past.what_a_role_could_see, "role", "on", "course", "unit", "actor"), **choices(here)}


@pages.page("/past/part", "officer/past_part.html")
def what_could_be_seen(here: Here) -> Told:
    """Only Red Barnet has notes."""
    if here.desk.kind is not RealmKind.RED_BARNET:
        raise NotFound
    return {"asked": asked(here, past.what_could_be_seen, "part", "role", "on"), **choices(here)}


@pages.page("/without-consent", "officer/without_consent.html")
def without_consent(here: Here) -> Told:
    """What stands out in a period: read without a consent, or outside the course."""
    names = ("since", "until", "after")
    return {
        "asked": asked(here, log.without_consent, *names, days=True, limit=A_PAGE),
        "outside": asked(here, log.outside_the_course, *names, days=True, limit=A_PAGE).answer,
        "numbers": asked(here, log.unusual_numbers, "since", "until", days=True, limit=A_PAGE).answer,
    }


def choices(here: Here) -> Told:
    """What one may choose from: the kinds of data this realm holds, every role, every action."""
    return {
        "compartments": kinds_of_data(here),
        "roles": here.choices(Role, "Role"),
        "actions": [
            (name, translations(here.language).gettext(ACTIONS[name])) for name in log.ACTIONS if name in ACTIONS
        ],
    }
