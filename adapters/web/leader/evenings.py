"""One evening: who cannot come, who came, and the sheet for it on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adapters.leader import course as course_api
from adapters.leader import evenings as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.course import course
from adapters.web.leader.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.lists import Attendance, EveningKind, Theme, Way

_EVENING = "/courses/<uuid:course_id>/evenings/<int(max=99):number>"
_COUNTED = ("adults", "children", "siblings")


@pages.page(_EVENING, "leader/evening.html")
def evening(here: Here, course_id: UUID, number: int) -> Told:
    own = here.ask(course_api.own_course, course_id=course_id)
    planned = next((one for one in own["programme"] if one["number"] == number), None)
    if planned is None:
        raise NotFound
    book = here.ask(api.attendance, course_id=course_id, number=number)
    return {
        "own": own,
        "evening": planned,
        "turnout": next(line for line in own["turnout"] if line["evening"] == number),
        "expected": [family for family in own["families"] if family["place_confirmed_on"] is not None],
        "lines": {line["family_id"]: line for line in book["lines"]},
        "statuses": here.choices(Attendance, "Attendance"),
        "kinds": here.choices(EveningKind, "EveningKind"),
        "themes": here.choices(Theme, "Theme"),
        "ways": here.choices(Way, "Way"),
        "has_come": planned["on"] <= str(here.desk.clock.today()),
    }


@pages.sends(f"{_EVENING}/cancellations", evening, done=N_("Afbuddet er noteret."))
def cannot_come(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.receive_cancellation, form, course_id=course_id, number=number)
    return here.to(evening, course_id=course_id, number=number, done="cannot_come")


@pages.sends(f"{_EVENING}/attendance", evening, done=N_("Fremmødet er gemt."))
def count(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.record_evening, form, {"lines": _lines(form)}, course_id=course_id, number=number)
    return here.to(evening, course_id=course_id, number=number, done="count")


@pages.sends(f"{_EVENING}/plan", evening, done=N_("Aftenens plan er gemt."))
def plan(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.plan_evening, form, course_id=course_id, number=number)
    return here.to(evening, course_id=course_id, number=number, done="plan")


@pages.page(f"{_EVENING}/cancelling", "leader/cancelling.html")
def cancelling(here: Here, course_id: UUID, number: int) -> Told:
    own = here.ask(course_api.own_course, course_id=course_id)
    planned = next((one for one in own["programme"] if one["number"] == number), None)
    if planned is None:
        raise NotFound
    return {"own": own, "evening": planned}


@pages.sends(f"{_EVENING}/cancelled", cancelling, done=N_("Aftenen er aflyst. Ring til familierne."))
def cancel(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.cancel_evening, form, course_id=course_id, number=number)
    return here.to(course, course_id=course_id, done="cancel")


@pages.sends("/courses/<uuid:course_id>/sheets", course)
def sheet(here: Here, form: Form, course_id: UUID) -> Response:
    """Each sheet is shown once, as the answer to what asked for it: what is printed again is another sheet."""
    return pages.rendered(here, "leader/sheet.html", {"sheet": here.send(api.print_sheet, form, course_id=course_id)})


def _lines(form: Form) -> list[Any]:
    """One line for each family; numbers of those who came only, and how only of those who cancelled."""
    typed = form.said.get("lines")
    lines = [one for one in typed if isinstance(one, dict)] if isinstance(typed, list) else []
    for line in lines:
        if line.get("status") != Attendance.PRESENT:
            for name in _COUNTED:
                line.pop(name, None)
        if line.get("status") != Attendance.CANCELLED:
            line.pop("way", None)
    return lines
