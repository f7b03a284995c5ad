"""What the data protection officer accepted to correct of what this unit keeps, and the word that it was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters import referrer as api
from adapters.referrer import families
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import pages
from adapters.web.words import N_


@pages.page("/corrections", "referrer/corrections.html", menu=N_("Rettelser"))
def corrections(here: Here) -> Told:
    """Each with whom it is about; none for what is about the family."""
    return {"tasks": [(task, _person(here, task)) for task in here.ask(api.corrections)]}


@pages.sends(
    "/corrections/<uuid:request_id>/<int:number>", corrections, done=N_("Tak. Registret har set, at det er rettet.")
)
def corrected(here: Here, form: Form, request_id: UUID, number: int) -> Response:
    here.send(api.confirm_correction, form, request_id=request_id, number=number)
    return here.to(corrections, done="corrected")


def _person(here: Here, task: dict[str, Any]) -> dict[str, Any] | None:
    family = here.ask(families.family, family_id=UUID(task["family_id"]))
    members = (*family["adults"], *family["children"])
    return next((one for one in members if one["person_id"] == task["subject"]), None)
