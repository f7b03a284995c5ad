"""The own courses, and one evening on a telephone: first names, ages, and what each family shares."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters import volunteer as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.volunteer.door import pages
from adapters.web.words import N_
from domain.lists import Attendance, Way

WAYS_TO_CANCEL = (Way.TELEPHONE, Way.SMS, Way.IN_PERSON)


@pages.page("/", "volunteer/courses.html", menu=N_("Mine forløb"), start=True)
def courses(here: Here) -> Told:
    """The courses one is with today; whose confidentiality is not accepted yet asks for that first."""
    return {"courses": here.ask(api.own_courses)}


@pages.page("/courses/<uuid:course_id>", "volunteer/evening.html")
def evening(here: Here, course_id: UUID) -> Told:
    """The next evening, and who comes."""
    shown = here.ask(api.evening, course_id=course_id)
    own = next((one for one in here.ask(api.own_courses) if one["course_id"] == str(course_id)), {})
    today = here.desk.clock.today().isoformat()
    coming = [one for one in shown["programme"] if one["on"] >= today and not one["cancelled"]]
    return {
        "course_id": course_id,
        "evening": shown,
        "next": coming[0] if coming else None,
        "tonight": bool(coming) and coming[0]["on"] == today,
        "accepted": own.get("confidential_since") is not None,
        "ways": WAYS_TO_CANCEL,
    }


@pages.sends("/courses/<uuid:course_id>/confidentiality", evening, done=N_("Tak. Du har sagt ja til tavshedspligten."))
def accept(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.accept_confidentiality, form, course_id=course_id)
    return here.to(evening, course_id=course_id, done="accept")


@pages.page("/courses/<uuid:course_id>/families/<uuid:family_id>/acquaintance", "volunteer/acquaintance.html")
def acquaintance(here: Here, course_id: UUID, family_id: UUID) -> Told:
    """What it means to say that one knows a family, before it is said."""
    return {"course_id": course_id, "family": here.ask(api.family, course_id=course_id, family_id=family_id)}


@pages.sends(
    "/courses/<uuid:course_id>/families/<uuid:family_id>/acquaintance",
    acquaintance,
    done=N_("Tak, fordi du sagde det. Klublederen kan nu se det og taler med dig."),
)
def know(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    here.send(api.state_acquaintance, form, course_id=course_id, family_id=family_id)
    return here.to(evening, course_id=course_id, done="know")


@pages.sends("/courses/<uuid:course_id>/sheets", evening)
def sheet(here: Here, form: Form, course_id: UUID) -> Response:
    """The sheet itself, once: it is printed from here, and its address shows nothing a second time."""
    return pages.rendered(
        here, "volunteer/sheet.html", {"sheet": here.send(api.print_sheet, form, course_id=course_id)}
    )


@pages.sends(
    "/courses/<uuid:course_id>/evenings/<int(max=99):number>/cancellations",
    evening,
    done=N_("Afbuddet er skrevet ned."),
)
def cancel(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.receive_cancellation, form, course_id=course_id, number=number)
    return here.to(evening, course_id=course_id, done="cancel")


@pages.page("/courses/<uuid:course_id>/evenings/<int(max=99):number>/attendance", "volunteer/attendance.html")
def attendance(here: Here, course_id: UUID, number: int) -> Told:
    """Who came: as it was written down so far, family by family."""
    shown = here.ask(api.evening, course_id=course_id)
    counted = here.ask(api.attendance, course_id=course_id, number=number)
    known = {line["family_id"]: line for line in counted["lines"]}
    return {
        "course_id": course_id,
        "number": number,
        "families": [{**family, "line": _plain(known.get(family["family_id"], {}))} for family in shown["families"]],
        "statuses": tuple(Attendance),
    }


@pages.sends(
    "/courses/<uuid:course_id>/evenings/<int(max=99):number>/attendance",
    attendance,
    done=N_("Fremmødet er skrevet ned. Tak."),
)
def count(here: Here, form: Form, course_id: UUID, number: int) -> Response:
    here.send(api.record_evening, form, {"lines": _said_of(form.said)}, course_id=course_id, number=number)
    return here.to(attendance, course_id=course_id, number=number, done="count")


def _said_of(said: dict[str, Any]) -> list[Any]:
    """The lines in which something was said; a family nobody has said anything of is left as it is."""
    return [line for line in said.get("lines", []) if "status" in line]


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, dict) else value for name, value in line.items()}
