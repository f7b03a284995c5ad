"""What a member of a family said yes or no to: its words, whom it lets read what, and one button that takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.family import acts, data, receipts
from adapters.web.family.door import pages
from adapters.web.family.files import a_file
from adapters.web.family.in_words import InWords
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.compartments import RealmKind

_TAKEN_BACK = N_(
    "Dit ja er taget tilbage. Fra nu af kan ingen læse det, der var delt. Har nogen skrevet det ud, beder vi dem om at "
    "makulere det. Jeres plads i klubben er den samme, og ingen spørger hvorfor."
)


@pages.page("/consents", "family/consents.html", menu=N_("Mine svar"))
def consents(here: Here) -> Told:
    """What holds today first, the newest first; below it what does not hold any more, or never did."""
    asked = here.ask(data.own_consents)
    parts = {part["part_id"]: part for part in here.ask(data.own_data).get("note_parts", ())} if asked else {}
    shown = [{**one, "spoken": _spoken(one, here.language), "part": parts.get(one["part_id"])} for one in asked]
    shown.sort(key=lambda one: (one["purpose"], one["part"]["kind"] if one["part"] else ""))
    shown.sort(key=lambda one: str(one["answered_on"]), reverse=True)
    return {
        "say": InWords(here.language),
        "at_the_club": here.desk.kind is RealmKind.RED_BARNET,
        "holding": [one for one in shown if one["in_force"]],
        "over": [one for one in shown if not one["in_force"]],
        "others": here.ask(data.consents_for_own_children),
    }


def _spoken(consent: Mapping[str, Any], language: str) -> Mapping[str, Any] | None:
    """The words in the language of the page where they are published in it, else as they were read aloud."""
    if consent["words"] is None:
        return None
    asked_in = {name: consent[name] for name in ("language", "direction", "words")}
    return next((one for one in (asked_in, *consent["also_in"]) if one["language"] == language), asked_in)


@pages.sends("/consents/<uuid:consent_id>/withdrawal", consents, done=_TAKEN_BACK)
def take_back(here: Here, form: Form, consent_id: UUID) -> Response:
    """One step, and nobody is asked why; it bites on the next look of anybody."""
    here.send(acts.withdraw_consent, form, consent_id=consent_id)
    return here.to(consents, done="take_back")


@pages.downloads("/consents/<uuid:consent_id>/receipt.pdf")
def receipt_on_paper(here: Here, consent_id: UUID) -> Response:
    """In the language of the page."""
    printed = here.ask(receipts.consent_receipt_page, consent_id=consent_id, language=here.language)
    return a_file(printed, "application/pdf", "kvittering.pdf")


@pages.downloads("/consents/<uuid:consent_id>/receipt.json")
def signed_receipt(here: Here, consent_id: UUID) -> Response:
    """The signed text byte for byte, so that its signature fits."""
    signed = here.ask(receipts.consent_receipt_signed, consent_id=consent_id)
    return a_file(signed["document"].encode(), "application/json", "kvittering.json")
