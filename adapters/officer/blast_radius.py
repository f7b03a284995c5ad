"""An account, a telephone, a process or a key was lost: who was within reach, who was read, who is to be told (RIG-14)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Id, Sent, Shown, Spelt, whole, words
from adapters.officer.breaches import moment
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import blast_radius as reading
from gdpr.blast_radius import Lost


class WhatWasLost(Sent):
    """All that is named holds at once; `session` is a device's login, `key` the id of a key in hexadecimal."""

    actor = Id()
    session = Id()
    process = words()
    key = fields.String(validate=Spelt("^[0-9a-f]{32}$"))
    since = moment()
    until = moment()
    limit = whole(1, 10_000)


class WithinReach(Shown):
    """`open_from` and `open_to` say when it could be read, `first_read` and `last_read` when it was."""

    subject = Id()
    compartment = fields.String()
    could_be_read = fields.Boolean()
    as_group = fields.Boolean()
    open_from = moment(allow_none=True)
    open_to = moment(allow_none=True)
    was_read = fields.Boolean()
    first_read = moment(allow_none=True)
    last_read = moment(allow_none=True)
    times = fields.Integer()
    roles = fields.List(fields.String())


class LetterDue(Shown):
    """A letter of Art. 34, to be addressed by the role that knows the name; the officer sees none."""

    to = Id()
    about = fields.List(Id())
    compartments = fields.List(fields.String())
    was_read = fields.Boolean()
    addressed_by = fields.String()


class KeyLost(Shown):
    subject = Id()
    compartment = fields.String()
    scope = Id(allow_none=True)
    destroyed_at = moment(allow_none=True)
    streams = fields.List(Id())


class BlastRadius(Shown):
    """`unsaid` names why the list may not be the whole truth."""

    realm = fields.String()
    since = moment(allow_none=True)
    until = moment()
    accounts = fields.List(Id())
    key = fields.Nested(KeyLost, allow_none=True)
    unsaid = fields.List(fields.String())
    persons_read = fields.Integer()
    persons_within_reach = fields.Integer()
    lines = fields.List(fields.Nested(WithinReach))
    letters = fields.List(fields.Nested(LetterDue))
    truncated = fields.Boolean()


@officer.asks("/blast-radius", BlastRadius(), query=WhatWasLost())
def blast_radius(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who and which compartments could have been read and were, and the list for the letters; the question is logged."""
    limit, key = said.pop("limit", 1_000), said.pop("key", None)
    lost = Lost(**said, key_id=bytes.fromhex(key) if key is not None else None)
    return reading.blast_radius(asker, desk, lost=lost, limit=limit)
