"""A request about one's own data as the person and the officer are both shown it: what was decided, and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import fields

from adapters.fields import LONG, Day, Id, Sent, Shown, choice, words
from adapters.texts.waiting import WAITS_FOR
from domain.people import Role
from gdpr.answering_facts import (
    CompellingGround,
    CorrectionRefused,
    Form,
    NamesOfStaff,
    RecipientKind,
    WithheldBecause,
)
from gdpr.rectification import Wished
from gdpr.rights import Step
from gdpr.rights_facts import ExtendedBecause, Ground, Outcome, RefusedBecause, Right


class RequestDecision(Shown):
    compartment = fields.String()
    outcome = choice(Outcome)


class WithheldPart(Shown):
    compartment = fields.String()
    ground = choice(WithheldBecause)


class RequestLine(Shown):
    """`waits_for` is the next step, `due_on` the day the answer is due, after an extension the later one."""

    request_id = Id()
    right = choice(Right)
    subject = Id()
    received_on = Day()
    due_on = Day()
    extended_because = choice(ExtendedBecause, allow_none=True)
    extension_told_on = Day(allow_none=True)
    identity_checked_on = Day(allow_none=True)
    decided = fields.List(fields.Nested(RequestDecision))
    withheld = fields.List(fields.Nested(WithheldPart))
    names_of_staff = choice(NamesOfStaff, allow_none=True)
    against = fields.List(fields.String())
    compelling = choice(CompellingGround, allow_none=True)
    refused = choice(RefusedBecause, allow_none=True)
    answered_on = Day(allow_none=True)
    collected_on = Day(allow_none=True)
    completed_on = Day(allow_none=True)
    waits_for = choice(Step)
    overdue = fields.Boolean()


class WhatStays(Shown):
    compartment = fields.String()
    purpose = fields.String()
    ground = choice(Ground)
    legal_basis = fields.String()
    until = Day()


class NextInWords(Shown):
    """What a request waits for, as one says it to the person."""

    danish = fields.String()
    english = fields.String()


class CorrectionShown(Shown):
    number = fields.Integer()
    compartment = fields.String()
    field = fields.String()
    record = Id(allow_none=True)
    state = fields.String()
    refused = choice(CorrectionRefused, allow_none=True)
    decided_on = Day(allow_none=True)
    made_on = Day(allow_none=True)


class RecipientShown(Shown):
    """`recipient` names another controller; a person who read is named by its role, to the officer by pseudonym too."""

    kind = choice(RecipientKind)
    recipient = fields.String(allow_none=True)
    role = choice(Role, allow_none=True)
    last_on = Day()
    told_on = Day(allow_none=True)


class CollectedShown(Shown):
    """`sha256` is that of the very bytes that were handed out."""

    on = Day()
    form = choice(Form)
    sha256 = fields.String()


class HashShown(Sent):
    sha256 = words(required=True)


class RequestDetails(RequestLine):
    """`stays` says what is kept although erasure was asked for: for what, by which law, until when. `final_on` is the
    day from which no backup opens what was erased.
    """

    stays = fields.List(fields.Nested(WhatStays))
    corrections = fields.List(fields.Nested(CorrectionShown))
    recipients = fields.List(fields.Nested(RecipientShown))
    restricted = fields.List(fields.String())
    collected = fields.List(fields.Nested(CollectedShown))
    final_on = Day(allow_none=True)


class CorrectionSent(Sent):
    """A field of a compartment as the person would have it; `record` is the note part or referral it stands in."""

    compartment = words(required=True)
    field = words(required=True)
    words = words(LONG, required=True)
    record = Id(allow_none=True)


class ErasedCompartment(Shown):
    compartment = fields.String()
    keys = fields.Integer()


class DestroyedKeyShown(Shown):
    key_id = fields.String()
    commitment = fields.String()
    compartment = fields.String()


class KeptCompartment(Shown):
    compartment = fields.String()
    ground = fields.String()
    legal_basis = fields.String()
    until = fields.String()


class ReachedShown(Shown):
    """How many sealed values nobody can open any more; `search_index` is null because its rows are not counted."""

    events = fields.String()
    views = fields.Integer()
    outbox = fields.Integer()
    key_database = fields.Integer()
    search_index = fields.Integer(allow_none=True)


class LedgerShown(Shown):
    size = fields.Integer()
    hash = fields.String()


class EpochShown(Shown):
    compartment = fields.String()
    epoch = fields.Integer()


class FinalShown(Shown):
    """From `on` no backup opens what was erased; until then null, and final when these epochs are destroyed."""

    on = fields.String(allow_none=True)
    when_destroyed = fields.List(fields.Nested(EpochShown))


class ReceiptContents(Shown):
    format = fields.String()
    case_id = fields.String()
    realm = fields.String()
    right = fields.String()
    received_on = fields.String()
    due_on = fields.String()
    completed_on = fields.String()
    erased = fields.List(fields.Nested(ErasedCompartment))
    closed = fields.List(fields.String())
    keys = fields.List(fields.Nested(DestroyedKeyShown))
    kept = fields.List(fields.Nested(KeptCompartment))
    reached = fields.Nested(ReachedShown)
    not_reached = fields.List(fields.String())
    final = fields.Nested(FinalShown)
    ledger = fields.Nested(LedgerShown)


class ReceiptShown(Shown):
    """`document` is the signed text byte for byte, to be kept and checked; `receipt` is the same to read."""

    document = fields.String()
    digest = fields.String()
    receipt = fields.Nested(ReceiptContents)


def request_shown(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line of a request with its decisions as pairs, and its lists of choices as such."""
    return {
        **line,
        "decided": [{"compartment": name, "outcome": Outcome(said)} for name, said in _pairs(line["decided"])],
        "withheld": [{"compartment": name, "ground": WithheldBecause(said)} for name, said in _pairs(line["withheld"])],
        **{name: kind(line[name]) if line[name] is not None else None for name, kind in _CHOICES.items()},
        **({"corrections": [_correction(each) for each in line["corrections"]]} if "corrections" in line else {}),
    }


def next_in_words(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """A request as it is shown to the person who asked: with its next step in plain words."""
    said = WAITS_FOR[line["waits_for"]]
    return {**request_shown(line), "next": {"danish": said.danish, "english": said.english}}


def corrections_wished(sent: list[dict[str, Any]] | None) -> tuple[Wished, ...]:
    """What was sent under `corrections`, as the use case takes it."""
    return tuple(Wished(**each) for each in sent or ())


_CHOICES: Mapping[str, Callable[[Any], Any]] = {
    "right": Right, "refused": RefusedBecause, "extended_because": ExtendedBecause, "names_of_staff": NamesOfStaff,
    "compelling": CompellingGround,
}  # fmt: skip


def _pairs(lines: list[str]) -> list[list[str]]:
    return [line.split("=", 1) for line in lines]


def _correction(line: Mapping[str, Any]) -> Mapping[str, Any]:
    refused = line["refused"]
    return {**line, "refused": CorrectionRefused(refused) if refused is not None else None}
