"""The own courses, and one evening on a telephone: first names, ages, and what each family shares."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import volunteer as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.volunteer.door import pages
from adapters.web.words import N_


@pages.page("/", "volunteer/courses.html", menu=N_("Mine forløb"), start=True)
def courses(here: Here) -> Told:
    return {"courses": here.ask(api.own_courses)}


@pages.page("/courses/<uuid:course_id>", "volunteer/evening.html")
def evening(here: Here, course_id: UUID) -> Told:
    return {"evening": here.ask(api.evening, course_id=course_id)}


@pages.sends("/courses/<uuid:course_id>/confidentiality", evening, done=N_("Tak. Du har sagt ja til tavshedspligten."))
def accept(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.accept_confidentiality, form, course_id=course_id)
    return here.to(evening, course_id=course_id, done="accept")


@pages.sends(
    "/courses/<uuid:course_id>/acquaintances/<uuid:family_id>",
    evening,
    done=N_("Tak, fordi du sagde det. Du ser ikke længere, hvad familien deler."),
)
def know(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    here.send(api.state_acquaintance, form, course_id=course_id, family_id=family_id)
    return here.to(evening, course_id=course_id, done="know")
