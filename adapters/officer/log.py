"""What an officer asks the access log, and what could be seen by whom; never contents (VIS-09)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Said
from adapters.fields import Day, Id, Sent, Shown, choice
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import officer as reading
from domain.lists import Purpose
from domain.people import Role


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
