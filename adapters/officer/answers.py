"""How an officer answers a request: what is told, corrected, restricted or objected to, and who is told of it."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Flag, Sent, choice, several, words
from adapters.officer.door import officer
from adapters.officer.requests import RequestVersion
from adapters.request_letters import offer_letters
from adapters.rights import CollectedShown, HashShown
from application.answers.deciding import AnswerRequest
from application.desk import Asker, Desk
from application.reading import requests as cases
from application.rectifying import CompleteRequest, DecideCorrection, TellRecipient
from application.restricting import DecideObjection, LiftRestriction, PlaceRestriction
from gdpr.answering_facts import CompellingGround, CorrectionRefused, NamesOfStaff, RecipientKind, WithheldBecause
from gdpr.rights_facts import RestrictedBecause

_TO_THE_PERSON = {"description": "to the person; they stand in the letter"}


class Withholding(Sent):
    compartment = words(required=True)
    ground = choice(WithheldBecause, required=True)


class Answering(Sent):
    """What is not withheld is told; the officer sees none of it."""

    names_of_staff = choice(NamesOfStaff, required=True)
    withheld = several(fields.Nested(Withholding))
    reasons = words(LONG, allow_none=True, metadata=_TO_THE_PERSON)


@officer.does("POST", "/requests/<uuid:request_id>/answer", AnswerRequest, RequestVersion(), body=Answering())
def answer_request(said: Said) -> AnswerRequest:
    """Answer access or portability; from now on the person may collect the answer."""
    withheld = {each["compartment"]: each["ground"] for each in said.pop("withheld", ())}
    return AnswerRequest(**said, withheld=withheld)


class CorrectionDecision(Sent):
    """`refused` is null for a correction that is accepted."""

    refused = choice(CorrectionRefused, required=True, allow_none=True)
    reasons = words(LONG, allow_none=True, metadata=_TO_THE_PERSON)


@officer.does(
    "POST", "/requests/<uuid:request_id>/corrections/<int:number>/decision", DecideCorrection, RequestVersion(),
    body=CorrectionDecision(),
)  # fmt: skip
def decide_correction(said: Said) -> DecideCorrection:
    """Accept one correction, or refuse it with reasons; a refused wish is kept as the person's statement."""
    return DecideCorrection(**said)


class Telling(Sent):
    """As `recipients` of the request names them."""

    kind = choice(RecipientKind, required=True)
    recipient = words(required=True)
    on = Day(allow_none=True)


@officer.does("POST", "/requests/<uuid:request_id>/recipients", TellRecipient, RequestVersion(), body=Telling())
def tell_recipient(said: Said) -> TellRecipient:
    """A recipient was told of the correction, the erasure or the restriction."""
    return TellRecipient(**said)


@officer.does("POST", "/requests/<uuid:request_id>/completion", CompleteRequest, RequestVersion())
def complete_request(said: Said) -> CompleteRequest:
    """All that was accepted is corrected and all are told."""
    return CompleteRequest(**said)


class Restricting(Sent):
    """Without `compartments` all that is held; with the household unless it says no."""

    because = choice(RestrictedBecause, required=True)
    compartments = several(words(), allow_none=True)
    household = Flag()


@officer.does("POST", "/requests/<uuid:request_id>/restriction", PlaceRestriction, RequestVersion(), body=Restricting())
def place_restriction(said: Said) -> PlaceRestriction:
    """Only storage survives: nobody but the person reads it until the restriction is lifted."""
    names = said.pop("compartments", None)
    return PlaceRestriction(**said, compartments=tuple(names) if names is not None else None)


class Lifting(Sent):
    told_on = Day(required=True, metadata={"description": "the day the person was told that it would be lifted"})
    compartments = several(words(), allow_none=True)


@officer.does("POST", "/requests/<uuid:request_id>/restriction/lift", LiftRestriction, RequestVersion(), body=Lifting())
def lift_restriction(said: Said) -> LiftRestriction:
    """Read again as before, after the person was told."""
    names = said.pop("compartments", None)
    return LiftRestriction(**said, compartments=tuple(names) if names is not None else None)


class ObjectionDecision(Sent):
    """`compelling` is null for an objection that is upheld."""

    compelling = choice(CompellingGround, required=True, allow_none=True)
    reasons = words(LONG, allow_none=True, metadata=_TO_THE_PERSON)


@officer.does(
    "POST", "/requests/<uuid:request_id>/objection", DecideObjection, RequestVersion(), body=ObjectionDecision()
)
def decide_objection(said: Said) -> DecideObjection:
    """Uphold an objection, and the processing stops; or go on for a compelling ground, with reasons."""
    return DecideObjection(**said)


@officer.asks("/requests/<uuid:request_id>/answer-check", CollectedShown(), query=HashShown())
def check_answer(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether an answer that is shown is one that was handed out, by its SHA-256."""
    return cases.answer_check(asker, said["request_id"], said["sha256"], desk)


letter = offer_letters(officer)
