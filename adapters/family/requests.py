"""A family's requests about its own data."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import LONG, Id, Sent, Shown, choice, several, words
from adapters.rights import (
    CorrectionSent,
    NextInWords,
    ReceiptShown,
    RequestDetails,
    RequestLine,
    corrections_wished,
    next_in_words,
)
from application.desk import Asker, Desk
from application.reading import requests as cases
from application.rights import ReceiveRequest
from gdpr.rights_facts import Right


class AskingFor(Sent):
    """`corrections` for a rectification, `against` (compartments) for an objection."""

    right = choice(Right, required=True)
    subject = Id(required=True, metadata={"description": "oneself, or a child one lives with"})
    told = words(LONG, allow_none=True)
    corrections = several(fields.Nested(CorrectionSent))
    against = several(words())


class RequestReceived(Shown):
    request_id = Id()
    due_on = fields.String()


@family.does("POST", "/requests", ReceiveRequest, RequestReceived(), body=AskingFor(), status=201)
def ask_for(said: Said) -> ReceiveRequest:
    """Ask for a right about oneself or one's child; the answer is due within a month."""
    wished, against = corrections_wished(said.pop("corrections", None)), tuple(said.pop("against", ()))
    return ReceiveRequest(**said, corrections=wished, against=against)


class OwnLine(RequestLine):
    next = fields.Nested(NextInWords)


class OwnRequest(RequestDetails, OwnLine):
    """With its next step in plain words."""


@family.asks("/requests", OwnLine(many=True))
def own_requests(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One's own requests, how far they are and what they wait for."""
    return [next_in_words(line) for line in cases.requests(asker, desk)]


@family.asks("/requests/<uuid:request_id>", OwnRequest())
def own_request(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One own request: what was decided, on what grounds something stays, what is corrected, who was told."""
    return next_in_words(cases.request(asker, said["request_id"], desk))


@family.asks("/requests/<uuid:request_id>/receipt", ReceiptShown())
def own_receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of an erasure that was carried out."""
    return cases.receipt(asker, said["request_id"], desk)
