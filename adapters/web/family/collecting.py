"""One request: how far it is, what was decided and why, and what there is to collect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.family import answers, requests
from adapters.web.family.door import pages
from adapters.web.family.files import a_file
from adapters.web.family.in_words import InWords
from adapters.web.here import Here
from adapters.web.pages import Told
from application.answers.letters import Letter
from gdpr.controller import DATATILSYNET
from gdpr.rights_facts import Right

_REQUEST = "/requests/<uuid:request_id>"


@pages.page(_REQUEST, "family/request.html")
def request_page(here: Here, request_id: UUID) -> Told:
    """The state in plain words first, then what was decided, then the papers."""
    found = here.ask(requests.own_request, request_id=request_id)
    return {
        "say": InWords(here.language),
        "asked": found,
        "answered": found["right"] in (Right.ACCESS, Right.PORTABILITY) and found["answered_on"] is not None,
        "erased": found["right"] == Right.ERASURE and found["completed_on"] is not None,
        "letters": list(_letters(found)),
        "authority": DATATILSYNET,
    }


def _letters(request: Mapping[str, Any]) -> Iterator[Letter]:
    """Those that this request has come to."""
    came_to = {
        Letter.ACKNOWLEDGEMENT: True,
        Letter.EXTENSION: request["extension_told_on"],
        Letter.REFUSAL: request["refused"],
        Letter.ANSWER: request["answered_on"],
        Letter.CORRECTION: any(one["decided_on"] for one in request["corrections"]),
        Letter.RESTRICTION: request["right"] == Right.RESTRICTION and request["completed_on"],
        Letter.OBJECTION: request["right"] == Right.OBJECTION and request["completed_on"],
    }
    return (letter for letter, happened in came_to.items() if happened)


@pages.downloads(f"{_REQUEST}/answer.pdf")
def answer_on_paper(here: Here, request_id: UUID) -> Response:
    """The letter, in the language of the page; that it was collected is recorded."""
    printed = here.ask(answers.own_answer_page, request_id=request_id, language=here.language)
    return a_file(printed, "application/pdf", "svar.pdf")


@pages.downloads(f"{_REQUEST}/answer.json")
def answer_as_a_file(here: Here, request_id: UUID) -> Response:
    """The same as a file that programs read; that it was collected is recorded."""
    answer: Response = here.ask(answers.own_answer, request_id=request_id)
    return a_file(answer.get_data(), "application/json", "svar.json")


@pages.downloads(f"{_REQUEST}/letters/<any({', '.join(Letter)}):kind>.pdf")
def letter(here: Here, request_id: UUID, kind: str) -> Response:
    """In the language of the page."""
    printed = here.ask(answers.letter, request_id=request_id, kind=kind, language=here.language)
    return a_file(printed, "application/pdf", "brev.pdf")


@pages.downloads(f"{_REQUEST}/receipt.json")
def receipt_of_erasure(here: Here, request_id: UUID) -> Response:
    """The signed text byte for byte, so that its signature fits."""
    signed = here.ask(requests.own_receipt, request_id=request_id)
    return a_file(signed["document"].encode(), "application/json", "kvittering.json")
