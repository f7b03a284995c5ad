"""A request about one's own data as the person and the officer are both shown it: what was decided, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from adapters.fields import Day, Id, Shown, choice
from gdpr.rights_facts import Ground, Outcome, RefusedBecause, Right


class RequestDecision(Shown):
    compartment = fields.String()
    outcome = choice(Outcome)


class RequestLine(Shown):
    request_id = Id()
    right = choice(Right)
    subject = Id()
    received_on = Day()
    due_on = Day()
    identity_checked_on = Day(allow_none=True)
    decided = fields.List(fields.Nested(RequestDecision))
    refused = choice(RefusedBecause, allow_none=True)
    completed_on = Day(allow_none=True)
    overdue = fields.Boolean()


class WhatStays(Shown):
    compartment = fields.String()
    purpose = fields.String()
    ground = choice(Ground)
    legal_basis = fields.String()
    until = Day()


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
    ledger = fields.Nested(LedgerShown)


class ReceiptShown(Shown):
    """`document` is the signed text byte for byte, to be kept and checked; `receipt` is the same to read."""

    document = fields.String()
    digest = fields.String()
    receipt = fields.Nested(ReceiptContents)


def request_shown(line: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line of a request with its decisions as compartment and outcome, and its lists of choices as such."""
    decided = [dict(zip(("compartment", "outcome"), each.split("=", 1), strict=True)) for each in line["decided"]]
    refused = RefusedBecause(line["refused"]) if line["refused"] is not None else None
    outcomes = [{**each, "outcome": Outcome(each["outcome"])} for each in decided]
    return {**line, "right": Right(line["right"]), "refused": refused, "decided": outcomes}
