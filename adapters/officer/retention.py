"""Retention at the officer's desk: the clocks, what would go, runs with their receipts, and legal holds (RIG-13)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Id, Revealed, Sent, Shown, choice, several, words
from adapters.officer.door import officer
from application import retention
from application.desk import Asker, Desk
from application.holds import LiftHold, PlaceHold, ProlongHold
from application.reading import retention as reading
from application.rights import receipt_shown
from gdpr.retention_facts import HoldGround
from gdpr.rights_facts import Ground

HOLD = "/holds/<uuid:hold_id>"


class ClockLine(Shown):
    clock = fields.String()
    kept = fields.String()
    compartments = fields.List(fields.String())
    reason = fields.String()
    owner = fields.String()


@officer.asks("/retention/clocks", ClockLine(many=True), records=False)
def retention_clocks(asker: Asker, desk: Desk, said: Said) -> Answer:
    """How long each kind of data is kept and from when, with the reason and who answers for it."""
    return reading.clocks(asker, desk)


class EndingLine(Shown):
    """Somebody's values in one compartment, of one course or consent where `under` names it, and when they are due."""

    clock = fields.String()
    subject = Id()
    compartment = fields.String()
    under = Id(allow_none=True)
    due_on = Day()


class PreviewWanted(Sent):
    on = Day()


class Preview(Shown):
    on = Day()
    goes = fields.List(fields.Nested(EndingLine))
    kept_back = fields.List(fields.Nested(EndingLine))
    log_entries_before = Day(allow_none=True)


@officer.asks("/retention/preview", Preview(), query=PreviewWanted())
def retention_preview(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What would go on a day, today if none is named, and what a hold or a restriction keeps back."""
    return reading.preview(asker, desk, **said)


class RunLine(Shown):
    run_id = Id()
    on = Day()
    clocks = fields.List(fields.String())
    subjects = fields.Integer()
    keys = fields.Integer()
    values = fields.Integer()
    completed_on = Day(allow_none=True)
    receipt_hash = fields.String(allow_none=True)


class HoldLine(Shown):
    hold_id = Id()
    subject = Id()
    compartments = fields.List(fields.String())
    ground = choice(HoldGround)
    letter = choice(Ground)
    placed_on = Day()
    review_on = Day()
    lifted_on = Day(allow_none=True)
    overdue = fields.Boolean()


class Report(Shown):
    runs = fields.List(fields.Nested(RunLine))
    holds = fields.List(fields.Nested(HoldLine))
    kept_back = fields.List(fields.Nested(EndingLine))
    overdue = fields.List(fields.Nested(EndingLine))


@officer.asks("/retention/report", Report())
def retention_report(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The runs, the holds, what they keep back, and what should have gone before today."""
    return reading.report(asker, desk)


class RunReceiptShown(Shown):
    """`document` is the signed text byte for byte; `receipt` is the same to read."""

    document = fields.String()
    digest = fields.String()
    receipt = fields.Dict(keys=fields.String())


class LetGo(Shown):
    receipts = fields.List(fields.Nested(RunReceiptShown))
    proofs = fields.Integer()
    log_entries = fields.Integer()


@officer.acts("POST", "/retention/runs", LetGo())
def let_go(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Let go what is due today, or go on where a run stopped; what has gone is not let go again."""
    gone = retention.run(asker, desk)
    return {
        "receipts": [receipt_shown(receipt) for receipt in gone.receipts],
        "proofs": gone.proofs,
        "log_entries": gone.log_entries,
    }


@officer.asks("/retention/runs/<uuid:run_id>/receipt", RunReceiptShown())
def run_receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of a run: how much went, by clock and compartment, and the keys; nobody is named."""
    return reading.run_receipt(asker, said["run_id"], desk)


class HoldVersion(Shown):
    hold_id = Id()
    version = fields.Integer()


class HoldWanted(Sent):
    subject = Id(required=True)
    compartments = several(words(required=True), required=True)
    ground = choice(HoldGround, required=True)
    reason = words(LONG, required=True)
    review_on = Day(required=True)


@officer.does("POST", "/holds", PlaceHold, HoldVersion(), body=HoldWanted(), status=201)
def place_hold(said: Said) -> PlaceHold:
    """Keep what would be due to go, until a review within a year; it can still be read by whoever may."""
    return PlaceHold(**{**said, "compartments": tuple(said["compartments"])})


class HoldShown(HoldLine):
    reason = Revealed()
    version = fields.Integer()


@officer.asks(HOLD, HoldShown())
def hold(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One hold, with its reason in words."""
    return reading.hold(asker, said["hold_id"], desk)


class Reviewed(Sent):
    review_on = Day(required=True)


@officer.does("PUT", f"{HOLD}/review", ProlongHold, HoldVersion(), body=Reviewed())
def prolong_hold(said: Said) -> ProlongHold:
    """Reviewed, and still needed until a later day."""
    return ProlongHold(**said)


@officer.does("POST", f"{HOLD}/lifting", LiftHold, HoldVersion())
def lift_hold(said: Said) -> LiftHold:
    """The hold is over; what is due goes with the next run."""
    return LiftHold(**said)
