"""Whether the access log and the stored events are whole, and the proof of one entry for people outside."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer, Said
from adapters.fields import Id, Sent, Shown
from adapters.officer.door import officer
from application.desk import Asker, Desk
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
    """`unwitnessed` entries no quorum of witnesses has seen; null where the settings ask for none."""

    whole = fields.Boolean()
    entries = fields.Integer()
    checkpoints = fields.Integer()
    unsigned = fields.Integer()
    unwitnessed = fields.Integer(allow_none=True)
    clock_set_back_at = fields.Integer(allow_none=True)
    first_broken = fields.Nested(BrokenEntry, allow_none=True)
    events = fields.Nested(EventsVerification)


@officer.asks("/log-verification", Verification(), records=False)
def verification(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether the access log and the stored events are whole, and which entry and event is the first that is not."""
    return reading.verification(asker, desk)


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
