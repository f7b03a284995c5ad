"""What the data protection officer accepted to correct of what this leader keeps, and the word that it was done."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.leader import corrections as api
from adapters.leader import course as course_api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_


@pages.page("/corrections", "leader/corrections.html", menu=N_("Rettelser"))
def corrections(here: Here) -> Told:
    tasks = here.ask(api.corrections)
    return {"tasks": tasks, "whose": _whose(here) if tasks else {}}


@pages.sends(
    "/corrections/<uuid:request_id>/<int:number>", corrections, done=N_("Tak. Registret har set, at det er rettet.")
)
def corrected(here: Here, form: Form, request_id: UUID, number: int) -> Response:
    here.send(api.confirm_correction, form, request_id=request_id, number=number)
    return here.to(corrections, done="corrected")


def _whose(here: Here) -> Told:
    """By person and by family: the family and its course, to be led to where it is corrected."""
    found = {}
    for course in here.ask(course_api.own_courses):
        for family in here.ask(course_api.own_course, course_id=UUID(course["course_id"]))["families"]:
            there = {"course_id": course["course_id"], "family": family}
            for person in (*family["adults"], *family["children"]):
                found[person["person_id"]] = {**there, "person": person}
            found[family["family_id"]] = {**there, "person": None}
    return found
