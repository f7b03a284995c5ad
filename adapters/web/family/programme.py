"""The programme of the course: when, what, and a button for an evening one cannot come."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.family import acts, data
from adapters.web.family.door import pages
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.lists import Way


@pages.page("/programme", "family/programme.html", menu=N_("Program"))
def programme(here: Here) -> Told:
    """The courses the family is in, evening by evening."""
    return {
        "at_the_club": here.desk.kind is RealmKind.RED_BARNET,
        "courses": here.ask(data.own_programme),
        "today": here.desk.clock.today().isoformat(),
    }


@pages.sends(
    "/programme/<uuid:course_id>/families/<uuid:family_id>/evenings/<int:evening>/cancellation",
    programme,
    done=N_("Tak, fordi I sagde det. Klublederen ved nu, at I ikke kommer den aften. I er velkomne igen næste gang."),
)
def cannot_come(here: Here, form: Form, course_id: UUID, family_id: UUID, evening: int) -> Response:
    """No reason is asked."""
    told = {"family_id": str(family_id), "evening": evening, "way": Way.DIGITAL.value}
    here.send(acts.cannot_come, form, body=told, course_id=course_id)
    return here.to(programme, done="cannot_come")
