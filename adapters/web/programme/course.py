"""The courses of the own municipality in numbers, one of them, and a new one."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import coordinator as api
from adapters.invitations import links as links_api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.programme.door import COURSE, pages
from adapters.web.words import N_
from domain.course import OPEN, CourseState
from domain.course_plan import NEXT
from domain.lists import Season


@pages.page("/", "programme/courses.html", menu=N_("Forløb"), start=True)
def courses(here: Here) -> Told:
    """Every course with its size; a finished one by its numbers alone."""
    found = sorted(here.ask(api.club_courses), key=lambda one: one["course"]["starts_on"], reverse=True)
    return {"courses": found, "open_states": OPEN}


@pages.page("/new", "programme/new.html", menu=N_("Nyt forløb"))
def planning(here: Here) -> Told:
    """A new course for a club that has had one."""
    clubs = {one["course"]["club_id"]: one["course"]["club"] for one in here.ask(api.club_courses)}
    return {"clubs": sorted(clubs.items(), key=lambda pair: str(pair[1])), "seasons": tuple(Season)}


@pages.sends("/new", planning)
def plan(here: Here, form: Form) -> Response:
    made = here.send(api.plan_course, form)
    return here.to(course, course_id=made["course_id"], done="plan")


pages.done["plan"] = N_("Forløbet er planlagt. Læg nu aftenerne.")


@pages.page(COURSE, "programme/course.html")
def course(here: Here, course_id: UUID) -> Told:
    """One course: how full it is, who is expected when, and who comes to visit."""
    shown = here.ask(api.club_course, course_id=course_id)
    state = CourseState(shown["course"]["state"])
    return {
        "course": shown,
        "turnout": {line["evening"]: line for line in shown["turnout"]},
        "visits": here.ask(links_api.links, course_id=course_id),
        "states": sorted(NEXT[state], key=list(CourseState).index),
        "today": here.desk.clock.today().isoformat(),
    }


@pages.sends(f"{COURSE}/state", course, done=N_("Det er skrevet ned."))
def change_state(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.change_state, form, course_id=course_id)
    ended = form.value("state") in (CourseState.COMPLETED, CourseState.CANCELLED)
    return here.to(courses, done="change_state") if ended else here.to(course, course_id=course_id, done="change_state")


@pages.sends(f"{COURSE}/late-entry", course, done=N_("Din vurdering er skrevet ned. Klublederen giver sin for sig."))
def decide_late_entry(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.decide_late_entry, form, course_id=course_id)
    return here.to(course, course_id=course_id, done="decide_late_entry")
