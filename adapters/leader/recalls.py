"""After a consent was taken back: who had read, which sheets were printed, and what has come of asking back."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Revealed, Sent, Shown, choice
from adapters.leader.consents import LeadersConsentVersion
from adapters.leader.door import leader
from application.desk import Asker, Desk
from application.reading import recalls as reading
from application.recalls import AskBack
from domain.consent import Outcome
from domain.lists import PartKind, Purpose

_RECALL = "/consents/<uuid:consent_id>/recall"
_SHEET = validate.OneOf((Outcome.DESTROYED, Outcome.NOT_FOUND), error="choice_unknown")


class ReaderToRemind(Shown):
    actor = Id()
    given_name = Revealed()
    first = fields.AwareDateTime(format="iso")
    last = fields.AwareDateTime(format="iso")
    times = fields.Integer()
    outcome = choice(Outcome, allow_none=True)


class SheetToCollect(Shown):
    sheet_id = Id()
    printed_at = fields.AwareDateTime(format="iso")
    outcome = choice(Outcome, allow_none=True)


class TakenBack(Shown):
    """`part`: what kind of part of the note it opened, if it opened one."""

    family_id = Id()
    purpose = choice(Purpose)
    part = choice(PartKind, allow_none=True)


class Recall(Shown):
    """An outcome of null is still to be seen to; `about` is null while the consent holds."""

    consent_id = Id()
    withdrawn_on = Day(allow_none=True)
    about = fields.Nested(TakenBack, allow_none=True)
    readers = fields.List(fields.Nested(ReaderToRemind))
    sheets = fields.List(fields.Nested(SheetToCollect))


@leader.asks(_RECALL, Recall())
def recall(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who had read what a consent opened, and the printed sheets to collect."""
    return reading.recall(asker, said["consent_id"], desk)


@leader.asks("/courses/<uuid:course_id>/recalls", Recall(many=True))
def recalls(asker: Asker, desk: Desk, said: Said) -> Answer:
    """All consents of the course that were taken back after somebody had read, and what has come of asking back."""
    return reading.recalls(asker, said["course_id"], desk)


@leader.does("POST", f"{_RECALL}/readers/<uuid:reader>", AskBack, LeadersConsentVersion())
def tell_a_reader(said: Said) -> AskBack:
    """One who had read was told that the family has taken it back."""
    return AskBack(outcome=Outcome.TOLD, **said)


class SheetDealtWith(Sent):
    outcome = choice(Outcome, required=True, validate=_SHEET)


@leader.does("POST", f"{_RECALL}/sheets/<uuid:sheet>", AskBack, LeadersConsentVersion(), body=SheetDealtWith())
def deal_with_a_sheet(said: Said) -> AskBack:
    """A printed sheet was destroyed, or could not be found."""
    return AskBack(**said)
