"""Whether the access log and the stored events are whole, and the proof of one entry for people outside."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Sent, Shown
from adapters.officer.checks import MonthWanted
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import log_growth
from application.reading import log_integrity as reading


class BrokenEntry(Shown):
    """The first entry that is not as it was written; `entry` is null when a checkpoint is what is wrong."""

    entry = fields.Integer(allow_none=True)
    flaw = fields.String()
    words = fields.String()


class BrokenEvent(Shown):
    """The first stored event that is not as entry `entry` of the log attests it."""

    position = fields.Integer()
    stream = Id(allow_none=True)
    flaw = fields.String()
    entry = fields.Integer()
    words = fields.String()


class EventsVerification(Shown):
    whole = fields.Boolean()
    attested = fields.Integer()
    not_attested_yet = fields.Integer()
    first_broken = fields.Nested(BrokenEvent, allow_none=True)


class Verification(Shown):
    """`unwitnessed` entries no quorum of witnesses has seen; null where the settings ask for none. `signed_at` is when the
    last entry that a signature covers was written."""

    at = fields.AwareDateTime(format="iso")
    whole = fields.Boolean()
    entries = fields.Integer()
    checkpoints = fields.Integer()
    unsigned = fields.Integer()
    signed_at = fields.AwareDateTime(format="iso", allow_none=True)
    unwitnessed = fields.Integer(allow_none=True)
    clock_set_back_at = fields.Integer(allow_none=True)
    first_broken = fields.Nested(BrokenEntry, allow_none=True)
    events = fields.Nested(EventsVerification)


@officer.asks("/log-verification", Verification(), records=False)
def verification(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether the access log and the stored events are whole, and which entry and event is the first that is not."""
    return reading.verification(asker, desk)


class LastVerification(Shown):
    """All null when nobody has verified the log within a year."""

    at = fields.AwareDateTime(format="iso", allow_none=True)
    by = Id(allow_none=True)
    whole = fields.Boolean(allow_none=True)
    entries = fields.Integer(allow_none=True)


@officer.asks("/log-verification/last", LastVerification())
def last_verification(asker: Asker, desk: Desk, said: Said) -> Answer:
    """When the log was verified last, by whom, and how it ended."""
    return reading.last_verification(asker, desk)


class GrownOn(Shown):
    """`size` is how many entries the log had afterwards."""

    on = Day()
    opened = fields.Integer()
    refused = fields.Integer()
    entries = fields.Integer()
    size = fields.Integer()


class GrownIn(Shown):
    month = fields.String()
    entries = fields.Integer()
    size = fields.Integer()


class Growth(Shown):
    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")
    days = fields.List(fields.Nested(GrownOn))
    months = fields.List(fields.Nested(GrownIn))


@officer.asks("/log-growth", Growth(), query=MonthWanted())
def growth(asker: Asker, desk: Desk, said: Said) -> Answer:
    """How the log grew, day by day in a month and month by month: figures only."""
    return log_growth.growth(asker, desk, **said)


class EntryWanted(Sent):
    entry = fields.Integer(required=True, strict=False, validate=validate.Range(1, error="number_out_of_range"))
    whole = fields.Boolean(truthy={"true"}, falsy={"false"})


class ProvenEntry(Shown):
    """An entry as in an exported folder; `private` and `salt` are null unless the whole was asked for and is still there."""

    seq = fields.Integer()
    tree = fields.String()
    public = fields.String()
    private = fields.String(allow_none=True)
    salt = fields.String(allow_none=True)
    private_digest = fields.String()
    leaf = fields.String()


class Proof(Shown):
    """`proof` is a C2SP tlog-proof; `key` the log's public key, to be compared with one that came another way."""

    entry = fields.Nested(ProvenEntry)
    proof = fields.String()
    key = fields.String()


@officer.asks("/log-proof", Proof(), query=EntryWanted())
def proof(asker: Asker, desk: Desk, said: Said) -> Answer:
    """That one entry is in the log: saved to a file, `tools/verify_log.py --proof` checks it without the register."""
    return reading.proof(asker, desk, **said)
