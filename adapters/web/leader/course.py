"""The own courses, and each on one page: whom to ring, who is expected next, the families, the evenings and the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.leader import course as api
from adapters.leader import recalls as recalls_api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.course import CourseState
from domain.people import Role


@pages.page("/", "leader/courses.html", menu=N_("Mine forløb"), start=True)
def courses(here: Here) -> Told:
    return {"courses": here.ask(api.own_courses)}


@pages.page("/courses/<uuid:course_id>", "leader/course.html")
def course(here: Here, course_id: UUID) -> Told:
    own = here.ask(api.own_course, course_id=course_id)
    return {
        "own": own,
        "today": str(here.desk.clock.today()),
        "next": _next(own["turnout"], own["programme"], str(here.desk.clock.today())),
        "to_ring": [family for family in own["families"] if family["conversation_on"] is None],
        "to_ask_back": still_open(here.ask(recalls_api.recalls, course_id=course_id)),
        "accepted": _accepted(own["team"], str(here.session.actor)),
        "states": here.choices(CourseState, "CourseState"),
    }


@pages.sends("/courses/<uuid:course_id>/confidentiality", course, done=N_("Tak. Du har sagt ja til tavshedspligten."))
def accept(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.accept_confidentiality, form, course_id=course_id)
    return here.to(course, course_id=course_id, done="accept")


@pages.sends(
    "/courses/<uuid:course_id>/confidential-room", course, done=N_("Det er noteret, at klubben er et fortroligt rum.")
)
def introduce(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.introduce_confidential_room, form, course_id=course_id)
    return here.to(course, course_id=course_id, done="introduce")


@pages.sends(
    "/courses/<uuid:course_id>/places/<uuid:family_id>",
    course,
    done=N_("Pladsen er bekræftet. De frivillige ser nu familiens fornavne og børnenes alder."),
)
def confirm(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    here.send(api.confirm_place, form, course_id=course_id, family_id=family_id)
    return here.to(course, course_id=course_id, done="confirm")


@pages.sends("/courses/<uuid:course_id>/late-entry", course, done=N_("Dit svar om nye familier er gemt."))
def late_entry(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.decide_late_entry, form, course_id=course_id)
    return here.to(course, course_id=course_id, done="late_entry")


@pages.sends("/courses/<uuid:course_id>/state", course, done=N_("Forløbets status er ændret."))
def change_state(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.change_state, form, course_id=course_id)
    return here.to(course, course_id=course_id, done="change_state")


@pages.page("/courses/<uuid:course_id>/team/<uuid:actor>/leaving", "leader/leaving_team.html")
def leaving_team(here: Here, course_id: UUID, actor: UUID) -> Told:
    own = here.ask(api.own_course, course_id=course_id)
    return {"own": own, "member": next((one for one in own["team"] if one["actor"] == str(actor)), None)}


@pages.sends(
    "/courses/<uuid:course_id>/team/<uuid:actor>/left", leaving_team, done=N_("Sidste dag på holdet er noteret.")
)
def leave_team(here: Here, form: Form, course_id: UUID, actor: UUID) -> Response:
    here.send(api.leave_team, form, course_id=course_id, actor=actor)
    return here.to(course, course_id=course_id, done="leave_team")


def still_open(recalls: Iterable[Mapping[str, Any]]) -> int:
    """How many readers have not been told, and sheets not been dealt with."""
    return sum(one["outcome"] is None for recall in recalls for one in (*recall["readers"], *recall["sheets"]))


def _next(
    turnout: Sequence[Mapping[str, Any]], programme: Sequence[Mapping[str, Any]], today: str
) -> Mapping[str, Any] | None:
    """The next evening that takes place, today's until it is counted."""
    planned = {evening["number"]: evening for evening in programme if not evening["cancelled"]}
    coming = (line for line in turnout if line["evening"] in planned and line["on"] >= today and not line["counted"])
    line = min(coming, key=lambda line: str(line["on"]), default=None)
    return {**planned[line["evening"]], **line} if line is not None else None


def _accepted(team: Iterable[Mapping[str, Any]], actor: str) -> bool:
    own = (one for one in team if one["actor"] == actor and one["role"] == Role.LEADER)
    return any(one["confidential_since"] is not None for one in own)
