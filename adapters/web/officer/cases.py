"""Requests about own data: by deadline, and one of them from its receipt to the point where it is answered or refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from adapters.officer import answers
from adapters.officer import requests as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.asking import asked, kinds_of_data
from adapters.web.officer.door import pages
from adapters.web.officer.overview import is_open, with_days_left
from adapters.web.pages import Told
from adapters.web.words import N_
from gdpr.answering_facts import CompellingGround, CorrectionRefused, NamesOfStaff, WithheldBecause
from gdpr.objection import MAY_BE_OBJECTED_TO
from gdpr.rights_facts import Ground, Outcome, RestrictedBecause, Right

CASE = "/cases/<uuid:request_id>"


@pages.page("/cases", "officer/cases.html")
def cases(here: Here) -> Told:
    every = with_days_left(here, here.ask(api.requests))
    return {"open": [one for one in every if is_open(one)], "closed": [one for one in every if not is_open(one)][::-1]}


@pages.page("/cases/new", "officer/new_case.html")
def new_case(here: Here) -> Told:
    return {
        "asked": asked(here, api.persons, "family"),
        "person": request.args.get("person", ""),
        "rights": here.choices(Right, "Right"),
        "compartments": kinds_of_data(here),
        "objectionable": kinds_of_data(here, MAY_BE_OBJECTED_TO),
    }


@pages.sends("/cases", new_case, done=N_("Sagen er oprettet, og fristen løber."))
def receive(here: Here, form: Form) -> Response:
    taken = here.send(api.receive_request, form)
    return here.to(case, request_id=taken["request_id"], done="receive")


@pages.page(CASE, "officer/case.html")
def case(here: Here, request_id: UUID) -> Told:
    (found,) = with_days_left(here, [here.ask(api.request, request_id=request_id)])
    return {"case": found, "is_open": is_open(found), "letters": letters_of(here, found), **choices(here)}


def choices(here: Here) -> dict[str, Any]:
    """What the forms of a case offer."""
    return {
        "compartments": kinds_of_data(here),
        "outcomes": here.choices(Outcome, "RequestOutcome"),
        "grounds": here.choices(Ground, "Ground"),
        "withheld_because": here.choices(WithheldBecause, "WithheldBecause"),
        "names_of_staff": here.choices(NamesOfStaff, "NamesOfStaff"),
        "corrections_refused": here.choices(CorrectionRefused, "CorrectionRefused"),
        "restricted_because": here.choices(RestrictedBecause, "RestrictedBecause"),
        "compelling": here.choices(CompellingGround, "CompellingGround"),
    }


def letters_of(here: Here, found: dict[str, Any]) -> list[tuple[str, str]]:
    """The letters there are of a case as it stands."""
    right, answered = found["right"], found["answered_on"] is not None
    there = {
        "acknowledgement": True,
        "extension": found["extension_told_on"] is not None,
        "refusal": found["refused"] is not None,
        "answer": answered and right in (Right.ACCESS, Right.PORTABILITY),
        "correction": any(one["decided_on"] for one in found["corrections"]),
        "restriction": right == Right.RESTRICTION and bool(found["restricted"]),
        "objection": right == Right.OBJECTION and (answered or found["completed_on"] is not None),
    }
    return here.choices((kind for kind, is_there in there.items() if is_there), "Letter")


@pages.downloads(f"{CASE}/letter.pdf")
def letter(here: Here, request_id: UUID) -> Response:
    """The letter that the address names, in the language of the page."""
    kind = request.args.get("kind", "")
    printed = here.ask(answers.letter, request_id=request_id, kind=kind, language=here.language)
    answer = Response(printed, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}-{str(request_id)[-8:]}.pdf"'
    return answer
