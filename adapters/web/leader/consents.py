"""A family on one page with all it has said yes to, each question in its published words, and each yes taken back in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import Response as File
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adapters.leader import consents as api
from adapters.leader import families as families_api
from adapters.leader import notes as notes_api
from adapters.leader import receipts
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.door import pages
from adapters.web.leader.spoken import spoken
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.consent import Answer
from domain.custody import Arrangement
from domain.lists import Purpose, Way
from domain.purposes import ABOUT_PARTS

_FAMILY = "/courses/<uuid:course_id>/families/<uuid:family_id>"
_PART = f"{_FAMILY}/note-parts/<uuid:part_id>"


@pages.page(_FAMILY, "leader/family.html")
def family(here: Here, course_id: UUID, family_id: UUID) -> Told:
    note = here.ask(notes_api.note, course_id=course_id, family_id=family_id)
    return {
        **here.ask(families_api.own_family, course_id=course_id, family_id=family_id),
        "note": note,
        "holding": [line for line in note["consents"] if line["in_force"]],
        "earlier": [line for line in note["consents"] if not line["in_force"]],
        "parts": {one["part_id"]: one for one in note["parts"]},
        "ways": here.choices(Way, "Way"),
        "about_parts": [purpose for purpose in Purpose if purpose in ABOUT_PARTS],
        "about_all": [purpose for purpose in Purpose if purpose not in ABOUT_PARTS],
        "actor": str(here.session.actor),
    }


@pages.sends(
    f"{_FAMILY}/consents/<uuid:consent_id>/withdrawal",
    family,
    done=N_("Samtykket er taget tilbage. Fra nu af læser ingen det mere. Pladsen i klubben er den samme."),
)
def withdraw(here: Here, form: Form, course_id: UUID, family_id: UUID, consent_id: UUID) -> Response:
    here.send(api.withdraw_consent, form, consent_id=consent_id)
    return here.to(family, course_id=course_id, family_id=family_id, done="withdraw")


@pages.page(f"{_FAMILY}/questions/<purpose>", "leader/question.html")
def question(here: Here, course_id: UUID, family_id: UUID, purpose: str) -> Told:
    return _question(here, course_id, family_id, purpose, None)


@pages.page(f"{_PART}/questions/<purpose>", "leader/question.html")
def part_question(here: Here, course_id: UUID, family_id: UUID, part_id: UUID, purpose: str) -> Told:
    return _question(here, course_id, family_id, purpose, part_id)


@pages.sends(f"{_FAMILY}/questions/<purpose>/answer", question, done=N_("Svaret er gemt."))
def answer(here: Here, form: Form, course_id: UUID, family_id: UUID, purpose: str) -> Response:
    body = {**form.said, "purpose": purpose}
    here.send(api.record_answer, form, body, course_id=course_id, family_id=family_id)
    return here.to(family, course_id=course_id, family_id=family_id, done="answer", anchor="ask")


@pages.sends(f"{_PART}/questions/<purpose>/answer", part_question)
def part_answer(here: Here, form: Form, course_id: UUID, family_id: UUID, part_id: UUID, purpose: str) -> Response:
    body = {**form.said, "purpose": purpose, "part_id": str(part_id)}
    said = here.send(api.record_answer, form, body, course_id=course_id, family_id=family_id)
    if said["custody_missing"]:
        return here.to(custody, course_id=course_id, family_id=family_id, done="custody_missing")
    if said["awaits"] or said["withheld_statements"]:  # said on top, where one then stands
        done = "awaits" if said["awaits"] else "withheld"
        return here.to(family, course_id=course_id, family_id=family_id, done=done)
    return here.to(family, course_id=course_id, family_id=family_id, done="answer", anchor="ask")


pages.done |= {
    "custody_missing": N_(
        "Svaret er gemt, men deles ikke endnu. Skriv, hvem der har forældremyndigheden, og gem så svaret igen."
    ),
    "awaits": N_("Svaret er gemt. Det, der handler om børnene, deles først, når den anden voksne også har sagt ja."),
    "withheld": N_("Svaret er gemt. Noget i delen handler om en anden voksen, og det deles ikke på dette ja."),
}


@pages.page(f"{_FAMILY}/custody", "leader/custody.html")
def custody(here: Here, course_id: UUID, family_id: UUID) -> Told:
    own = here.ask(families_api.own_family, course_id=course_id, family_id=family_id)
    return {**own, "arrangements": here.choices(Arrangement, "Arrangement")}


@pages.sends(f"{_FAMILY}/custody/<uuid:child_id>", custody, done=N_("Det er gemt, hvem der har forældremyndigheden."))
def tell_custody(here: Here, form: Form, course_id: UUID, family_id: UUID, child_id: UUID) -> Response:
    here.send(api.tell_custody, form, course_id=course_id, family_id=family_id, child_id=child_id)
    return here.to(custody, course_id=course_id, family_id=family_id, done="tell_custody")


@pages.downloads("/consents/<uuid:consent_id>/receipt.pdf")
def receipt(here: Here, consent_id: UUID) -> File:
    printed = here.ask(receipts.consent_receipt_page, consent_id=consent_id)
    headers = {"Content-Disposition": 'attachment; filename="kvittering.pdf"'}
    return File(printed, mimetype="application/pdf", headers=headers)


def _question(here: Here, course_id: UUID, family_id: UUID, purpose: str, part_id: UUID | None) -> dict[str, Any]:
    if purpose not in list(Purpose) or (purpose in ABOUT_PARTS) != (part_id is not None):
        raise NotFound
    own = here.ask(families_api.own_family, course_id=course_id, family_id=family_id)
    note = here.ask(notes_api.note, course_id=course_id, family_id=family_id)
    part = next((one for one in note["parts"] if one["part_id"] == str(part_id)), None)
    if part_id is not None and part is None:
        raise NotFound
    wordings = _newest(here.ask(api.wordings), purpose)
    return {
        **own,
        "part": part,
        "purpose": purpose,
        "wording": wordings.get(spoken(own["family"], wordings)),
        "languages": list(wordings),
        "ways": here.choices(Way, "Way"),
        "answers": here.choices(Answer, "Answer"),
    }


def _newest(found: Iterable[Mapping[str, Any]], purpose: str) -> dict[str, Mapping[str, Any]]:
    """The newest wording of a question in each language."""
    asked = sorted((one for one in found if purpose in one["purposes"]), key=lambda one: int(one["version"]))
    return {one["language"]: one for one in asked}
