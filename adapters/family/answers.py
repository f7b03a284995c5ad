"""What a member of a family collects: the answer to its request, to read and as a file, and the letters of its case."""

from __future__ import annotations

from flask import Response
from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Sent, Shown, choice
from adapters.letters.answer import access_letter
from adapters.letters.said import Language
from adapters.request_letters import offer_letters
from adapters.rights import CollectedShown, HashShown
from application.answers import deciding
from application.desk import Asker, Desk
from application.reading import requests as cases
from gdpr.answering_facts import Form


class OwnAnswer(Shown):
    """`format` says how to read it: tillid/access-answer/v1 or tillid/portability/v1 (docs/portability.md)."""

    format = fields.String()
    realm = fields.String()


@family.asks("/requests/<uuid:request_id>/answer", OwnAnswer())
def own_answer(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The answer to an own request, as a file; that it was collected is recorded with its SHA-256."""
    handed_out = deciding.collect(asker, said["request_id"], desk, Form.JSON, deciding.as_json)
    return Response(handed_out, content_type="application/json")


class InLanguage(Sent):
    language = choice(Language, metadata={"description": "of the letter; Danish if it is left out"})


@family.prints("/requests/<uuid:request_id>/answer.pdf", query=InLanguage())
def own_answer_page(asker: Asker, desk: Desk, said: Said) -> bytes:
    """The answer to an own request for access as a letter (PDF/UA); recorded like the file."""
    language = said.get("language")
    return deciding.collect(
        asker,
        said["request_id"],
        desk,
        Form.PDF,
        lambda answer: desk.documents.pdf(access_letter(answer, desk.controller, language=language)),
    )


@family.asks("/requests/<uuid:request_id>/answer-check", CollectedShown(), query=HashShown())
def own_answer_check(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether a file or letter is one that was handed out, by its SHA-256."""
    return cases.answer_check(asker, said["request_id"], said["sha256"], desk)


letter = offer_letters(family)
