"""A family's requests about its own data."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Said
from adapters.family.door import family
from adapters.fields import LONG, Id, Sent, Shown, choice, words
from adapters.rights import ReceiptShown, RequestLine, WhatStays, request_shown
from application import rights
from application.desk import Asker, Desk
from application.rights import ReceiveRequest
from gdpr.rights_facts import Right


class AskingFor(Sent):
    right = choice(Right, required=True)
    subject = Id(required=True, metadata={"description": "oneself, or a child one lives with"})
    told = words(LONG, allow_none=True)


class RequestReceived(Shown):
    request_id = Id()
    due_on = fields.String()


@family.does("POST", "/requests", ReceiveRequest, RequestReceived(), body=AskingFor(), status=201)
def ask_for(said: Said) -> ReceiveRequest:
    """Ask for a right about oneself or one's child; the answer is due within a month."""
    return ReceiveRequest(**said)


@family.asks("/requests", RequestLine(many=True))
def own_requests(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One's own requests and how far they are."""
    return [request_shown(line) for line in rights.requests(asker, desk)]


class OwnRequest(RequestLine):
    """`stays` says what is kept although erasure was asked for: for what, by which law, until when."""

    stays = fields.List(fields.Nested(WhatStays))


@family.asks("/requests/<uuid:request_id>", OwnRequest())
def own_request(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One own request, what was decided, and on what grounds something stays."""
    return request_shown(rights.request(asker, said["request_id"], desk))


@family.asks("/requests/<uuid:request_id>/receipt", ReceiptShown())
def own_receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of an erasure that was carried out."""
    return rights.receipt(asker, said["request_id"], desk)
