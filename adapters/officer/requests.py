"""Requests about own data at the officer's desk: received, decided, carried out (RIG-01 to RIG-05)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Id, Sent, Shown, choice, several, words
from adapters.officer.door import officer
from adapters.rights import (
    CorrectionSent,
    ReceiptShown,
    RequestDetails,
    RequestLine,
    corrections_wished,
    request_shown,
)
from application import erasing
from application.desk import Asker, Desk
from application.reading import officer as reading
from application.reading import requests as cases
from application.rights import CheckIdentity, DecideCompartment, ExtendDeadline, ReceiveRequest, RefuseRequest
from domain.people import TakesPartAs
from gdpr.rights_facts import ExtendedBecause, Ground, Outcome, RefusedBecause, Right


class PersonsWanted(Sent):
    family = Id(required=True)


class PersonWithoutName(Shown):
    person_id = Id()
    takes_part_as = choice(TakesPartAs)
    erased_on = Day(allow_none=True)


@officer.asks("/persons", PersonWithoutName(many=True), query=PersonsWanted())
def persons(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The ids of a family's members, without names, so that a request can be bound to one of them."""
    return reading.persons(asker, desk, family_id=said["family"])


class RequestVersion(Shown):
    request_id = Id()
    version = fields.Integer()


class RequestTaken(RequestVersion):
    due_on = fields.String()


class RequestMade(Sent):
    """`corrections` for a rectification, `against` (compartments) for an objection."""

    right = choice(Right, required=True)
    subject = Id(required=True)
    asked_by = Id(required=True)
    received_on = Day(allow_none=True)
    told = words(LONG, allow_none=True)
    corrections = several(fields.Nested(CorrectionSent))
    against = several(words())


@officer.does("POST", "/requests", ReceiveRequest, RequestTaken(), body=RequestMade(), status=201)
def receive_request(said: Said) -> ReceiveRequest:
    """Somebody asked for a right, in whatever form; the month begins with the day it was received."""
    wished, against = corrections_wished(said.pop("corrections", None)), tuple(said.pop("against", ()))
    return ReceiveRequest(**said, corrections=wished, against=against)


class OfficersRequestLine(RequestLine):
    asked_by = Id()
    version = fields.Integer()


@officer.asks("/requests", OfficersRequestLine(many=True))
def requests(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The realm's requests: dates, decisions, what each waits for, and what is overdue."""
    return [request_shown(line) for line in cases.requests(asker, desk)]


class OfficersRequest(RequestDetails, OfficersRequestLine):
    """`would_go` names the compartments an erasure would empty as things are decided now."""

    would_go = fields.List(fields.String())


@officer.asks("/requests/<uuid:request_id>", OfficersRequest())
def request(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One request: what was decided, what would go and what stays, what is corrected, who is to be told."""
    return request_shown(cases.request(asker, said["request_id"], desk))


class IdentityShown(Sent):
    how = words(required=True, metadata={"description": "in words; no number and no copy of a paper"})
    on = Day(allow_none=True)


@officer.does("POST", "/requests/<uuid:request_id>/identity", CheckIdentity, RequestVersion(), body=IdentityShown())
def check_identity(said: Said) -> CheckIdentity:
    """Whoever asks has shown who it is."""
    return CheckIdentity(**said)


class Extending(Sent):
    because = choice(ExtendedBecause, required=True)
    reasons = words(LONG, required=True, metadata={"description": "to the person; they stand in the letter"})
    told_on = Day(allow_none=True)


class RequestExtended(RequestVersion):
    due_on = fields.String()


@officer.does("POST", "/requests/<uuid:request_id>/extension", ExtendDeadline, RequestExtended(), body=Extending())
def extend_deadline(said: Said) -> ExtendDeadline:
    """Two further months, told with the reasons before the first month is over."""
    return ExtendDeadline(**said)


class DecisionMade(Sent):
    outcome = choice(Outcome, required=True)
    ground = choice(Ground, required=True)
    legal_basis = words(allow_none=True)
    keep_until = Day(allow_none=True)


@officer.does(
    "PUT", "/requests/<uuid:request_id>/decisions/<compartment>", DecideCompartment, RequestVersion(),
    body=DecisionMade(),
)  # fmt: skip
def decide_compartment(said: Said) -> DecideCompartment:
    """One compartment goes, stays by law until a day, or stays restricted."""
    return DecideCompartment(**said)


class Refusing(Sent):
    ground = choice(RefusedBecause, required=True)
    reasons = words(LONG, allow_none=True, metadata={"description": "to the person; they stand in the letter"})


@officer.does("POST", "/requests/<uuid:request_id>/refusal", RefuseRequest, RequestVersion(), body=Refusing())
def refuse_request(said: Said) -> RefuseRequest:
    """The whole request is refused, on one of the grounds there are; the letter says how to complain."""
    return RefuseRequest(**said)


@officer.acts("POST", "/requests/<uuid:request_id>/carrying-out", ReceiptShown())
def carry_out(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Carry the erasure out, or go on where it stopped; the receipt. What was carried out answers the same again."""
    return erasing.carry_out(asker, said["request_id"], desk)


@officer.asks("/requests/<uuid:request_id>/receipt", ReceiptShown())
def receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of an erasure that was carried out."""
    return cases.receipt(asker, said["request_id"], desk)
