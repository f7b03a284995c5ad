"""One evening of the programme: when, what for, or that it is cancelled."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import coordinator as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.programme.course import course
from adapters.web.programme.door import EVENING, pages
from adapters.web.words import N_
from domain.lists import EveningKind, Theme


@pages.page(EVENING, "programme/evening.html")
def evening(here: Here, course_id: UUID, number: int) -> Told:
    """As it is planned; empty for one that is not yet."""
    shown = here.ask(api.club_course, course_id=course_id)
    planned = next((one for one in shown["programme"] if one["number"] == number), None)
    return {
        "course": shown["course"], "number": number, "planned": planned, "kinds": tuple(EveningKind), "themes": tuple(Theme),
    }  # fmt: skip


@pages.sends(EVENING, evening, done=N_("Aftenen er lagt."))
def plan_evening(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.plan_evening, form, course_id=course_id, number=number)
    return here.to(course, course_id=course_id, done="plan_evening")


@pages.sends(f"{EVENING}/cancellation", evening, done=N_("Aftenen er aflyst. Ring til klublederen, hvis det er snart."))
def cancel_evening(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.cancel_evening, form, course_id=course_id, number=number)
    return here.to(course, course_id=course_id, done="cancel_evening")
