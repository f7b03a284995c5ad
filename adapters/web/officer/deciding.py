"""A case is decided: who asks is known, each kind of data goes or stays, the deadline is extended, all is refused or erased."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.officer import requests as api
from adapters.problems import InputInvalid
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.cases import CASE, case
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from gdpr.rights_facts import ExtendedBecause, RefusedBecause


@pages.sends(f"{CASE}/identity", case, done=N_("Identiteten er skrevet op."))
def check_identity(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.check_identity, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="check_identity")


@pages.sends(
    f"{CASE}/decisions", case, done=N_("Afgørelsen er skrevet op. Du kan ændre den, indtil sletningen begynder.")
)
def decide(here: Here, form: Form, request_id: UUID) -> Response:
    """One compartment at a time; which, the API has in its address."""
    said = form.said
    compartment = said.pop("compartment", None)
    if not isinstance(compartment, str):
        raise InputInvalid({"/compartment": "field_missing"})
    here.send(api.decide_compartment, form, body=said, request_id=request_id, compartment=compartment)
    return here.to(case, request_id=request_id, done="decide", anchor="decisions")


@pages.page(f"{CASE}/extension", "officer/extension.html")
def extension(here: Here, request_id: UUID) -> Told:
    return {
        "case": here.ask(api.request, request_id=request_id),
        "reasons": here.choices(ExtendedBecause, "ExtendedBecause"),
    }


@pages.sends(f"{CASE}/extension", extension, done=N_("Fristen er forlænget. Send brevet om det."))
def extend(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.extend_deadline, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="extend")


@pages.page(f"{CASE}/refusal", "officer/refusal.html")
def refusal(here: Here, request_id: UUID) -> Told:
    return {
        "case": here.ask(api.request, request_id=request_id),
        "grounds": here.choices(RefusedBecause, "RefusedBecause"),
    }


@pages.sends(f"{CASE}/refusal", refusal, done=N_("Sagen er afslået. Send brevet med afslaget."))
def refuse(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.refuse_request, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="refuse")


@pages.page(f"{CASE}/erasure", "officer/erasure.html")
def erasure(here: Here, request_id: UUID) -> Told:
    """What will go, what stays, and what no erasure reaches: asked once more before the keys are destroyed."""
    return {"case": here.ask(api.request, request_id=request_id)}


@pages.sends(f"{CASE}/erasure", erasure, done=N_("Sletningen er gennemført."))
def erase(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.carry_out, form, request_id=request_id)
    return here.to(receipt, request_id=request_id, done="erase")


@pages.page(f"{CASE}/receipt", "officer/receipt.html")
def receipt(here: Here, request_id: UUID) -> Told:
    return {"receipt": here.ask(api.receipt, request_id=request_id)["receipt"], "request_id": request_id}


@pages.downloads(f"{CASE}/receipt.txt")
def receipt_document(here: Here, request_id: UUID) -> Response:
    """The signed text, byte for byte."""
    document: str = here.ask(api.receipt, request_id=request_id)["document"]
    answer = Response(document.encode(), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{str(request_id)[-8:]}.txt"'
    return answer
