"""Whose page this is, what happens next, and where everything stands."""

from __future__ import annotations

from adapters.family import data, requests
from adapters.web.family.door import pages
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.compartments import RealmKind
from gdpr.rights import Step


@pages.page("/", "family/start.html", menu=N_("Forside"), start=True)
def start(here: Here) -> Told:
    """Nothing personal is opened here: the next evening, and answers that are ready."""
    today = here.desk.clock.today().isoformat()
    courses = here.ask(data.own_programme)
    evenings = [one for course in courses for one in course["programme"] if one["on"] >= today and not one["cancelled"]]
    asked = here.ask(requests.own_requests)
    return {
        "at_the_club": here.desk.kind is RealmKind.RED_BARNET,
        "next": min(evenings, key=lambda one: str(one["on"]), default=None),
        "ready": [one for one in asked if one["waits_for"] == Step.COLLECT],
        "under_way": [one for one in asked if one["completed_on"] is None and one["refused"] is None],
    }
