"""All that a data protection officer can send and is shown: readings without contents, and requests about own data (VIS-09)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Audience, Said
from adapters.fields import LONG, Day, Id, Sent, Shown, choice, words
from adapters.rights import ReceiptShown, RequestLine, WhatStays, request_shown
from application import rights
from application.desk import Asker, Desk
from application.reading import officer as reading
from application.rights import CheckIdentity, DecideCompartment, ReceiveRequest, RefuseRequest
from domain.lists import Purpose
from domain.people import Role, TakesPartAs
from gdpr.rights_facts import Ground, Outcome, RefusedBecause, Right

officer = Audience("officer", Role.OFFICER, about="The realm's access log, and the requests of the persons concerned")


class LogLine(Shown):
    """One line of the access log; actor, subject, records and consents end with the log's own retention."""

    at = fields.AwareDateTime(format="iso")
    action = fields.String()
    actor = Id(allow_none=True)
    role = fields.String()
    unit = Id(allow_none=True)
    course = Id(allow_none=True)
    purpose = fields.String()
    compartment = fields.String()
    subject = Id(allow_none=True)
    field_names = fields.List(fields.String(), attribute="fields", data_key="fields")
    records = fields.List(Id())
    consents = fields.List(Id())
    allowed = fields.Boolean()
    rule = fields.String()
    request_id = Id()


class ReadingsWanted(Sent):
    subject = Id()
    actor = Id()
    part = Id()
    course = Id()
    refused = fields.Boolean(truthy={"true"}, falsy={"false"})
    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")


@officer.asks("/readings", LogLine(many=True), query=ReadingsWanted())
def readings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who read or asked in vain, oldest first; the question itself is written down."""
    return reading.readings(asker, desk, **said)


class SeenByWhom(Sent):
    part = Id(required=True)
    role = choice(Role, required=True)
    on = Day(required=True)


class ConsentOfThatDay(Shown):
    consent_id = Id()
    purpose = choice(Purpose)
    edition = fields.Integer(allow_none=True)
    given_on = Day()
    ended_on = Day(allow_none=True)


class AttachedOnThatDay(Shown):
    actor = Id()
    role = choice(Role)
    since = Day()
    until = Day(allow_none=True)


class CouldBeSeen(Shown):
    part_id = Id()
    role = choice(Role)
    on = Day()
    rule = fields.String()
    could_be_seen = fields.Boolean()
    consents = fields.List(fields.Nested(ConsentOfThatDay))
    attached = fields.List(fields.Nested(AttachedOnThatDay))


@officer.asks("/what-could-be-seen", CouldBeSeen(), query=SeenByWhom())
def what_could_be_seen(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether a role could see a note part on a day, by the facts of that day."""
    return reading.what_could_be_seen(asker, desk, **said)


class Checks(Shown):
    entries = fields.Integer()
    refusals = fields.Integer()
    alarms = fields.Integer()
    searches = fields.Integer()
    outside_the_course = fields.List(fields.Nested(LogLine))
    without_consent = fields.List(fields.Nested(LogLine))
    persons_read_by_actor = fields.Dict(keys=fields.String(), values=fields.Integer())


@officer.asks("/checks", Checks())
def checks(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What an officer looks at regularly: refusals, alarms, readings outside a course or without consent."""
    return reading.checks(asker, desk)


class BrokenEntry(Shown):
    """The first entry that is not as it was written; `entry` is null when a checkpoint is what is wrong."""

    entry = fields.Integer(allow_none=True)
    flaw = fields.String()
    words = fields.String()


class Verification(Shown):
    whole = fields.Boolean()
    entries = fields.Integer()
    checkpoints = fields.Integer()
    unsigned = fields.Integer()
    first_broken = fields.Nested(BrokenEntry, allow_none=True)


@officer.asks("/log-verification", Verification(), records=False)
def verification(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether the access log is whole, and which entry is the first that is not."""
    return reading.verification(asker, desk)


class MatrixLine(Shown):
    role = fields.String()
    compartment = fields.String()
    level = fields.String()
    rule = fields.String()


@officer.asks("/matrix", MatrixLine(many=True), records=False)
def matrix(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who may see what, as the table of the policy says it."""
    return reading.matrix(desk)


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
    right = choice(Right, required=True)
    subject = Id(required=True)
    asked_by = Id(required=True)
    received_on = Day(allow_none=True)
    told = words(LONG, allow_none=True)


@officer.does("POST", "/requests", ReceiveRequest, RequestTaken(), body=RequestMade(), status=201)
def receive_request(said: Said) -> ReceiveRequest:
    """Somebody asked for a right, in whatever form; the month begins with the day it was received."""
    return ReceiveRequest(**said)


class OfficersRequestLine(RequestLine):
    asked_by = Id()
    version = fields.Integer()


@officer.asks("/requests", OfficersRequestLine(many=True))
def requests(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The realm's requests: dates, decisions, and what is overdue."""
    return [request_shown(line) for line in rights.requests(asker, desk)]


class OfficersRequest(OfficersRequestLine):
    """`would_go` names the compartments an erasure would empty as things are decided now."""

    would_go = fields.List(fields.String())
    stays = fields.List(fields.Nested(WhatStays))


@officer.asks("/requests/<uuid:request_id>", OfficersRequest())
def request(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One request, what was decided, what would go and what stays."""
    return request_shown(rights.request(asker, said["request_id"], desk))


class IdentityShown(Sent):
    how = words(required=True, metadata={"description": "in words; no number and no copy of a paper"})
    on = Day(allow_none=True)


@officer.does("POST", "/requests/<uuid:request_id>/identity", CheckIdentity, RequestVersion(), body=IdentityShown())
def check_identity(said: Said) -> CheckIdentity:
    """Whoever asks has shown who it is."""
    return CheckIdentity(**said)


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


@officer.does("POST", "/requests/<uuid:request_id>/refusal", RefuseRequest, RequestVersion(), body=Refusing())
def refuse_request(said: Said) -> RefuseRequest:
    """The whole request is refused, on one of the three grounds there are."""
    return RefuseRequest(**said)


@officer.acts("POST", "/requests/<uuid:request_id>/carrying-out", ReceiptShown())
def carry_out(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Carry the erasure out, or go on where it stopped; the receipt. What was carried out answers the same again."""
    return rights.carry_out(asker, said["request_id"], desk)


@officer.asks("/requests/<uuid:request_id>/receipt", ReceiptShown())
def receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of an erasure that was carried out."""
    return rights.receipt(asker, said["request_id"], desk)
