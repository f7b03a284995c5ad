"""Questions put to one adult at a time, in published words: their answers, who answers for a child, and taking back."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Flag, Id, Sent, Shown, choice, several, whole, words
from adapters.leader.door import leader
from application.consents import RecordAnswer, WithdrawConsent
from application.custody import TellCustody
from application.desk import Asker, Desk
from application.reading import consents as reading
from domain.consent import Answer as Given
from domain.consent import State
from domain.custody import Arrangement
from domain.lists import Purpose, Way
from domain.purposes import Recipient

FAMILY = "/courses/<uuid:course_id>/families/<uuid:family_id>"


class LeadersConsent(Shown):
    """`on_behalf_of`: the children for whom the adult answered beside itself."""

    consent_id = Id()
    person_id = Id()
    on_behalf_of = fields.List(Id())
    purpose = choice(Purpose)
    recipient = choice(Recipient, allow_none=True)
    data = fields.List(fields.String())
    part_id = Id(allow_none=True)
    edition = fields.Integer(allow_none=True)
    answer = choice(Given)
    state = choice(State)
    renews = Id(allow_none=True)
    answered_on = Day()
    until = Day(allow_none=True)
    ended_on = Day(allow_none=True)
    withdrawn = fields.Boolean()
    in_force = fields.Boolean()
    way = choice(Way)
    language = fields.String(allow_none=True)
    direction = fields.String(allow_none=True)
    translated = fields.Boolean()
    wording_id = Id(allow_none=True)
    wording_version = fields.Integer(allow_none=True)
    wording_hash = fields.String(allow_none=True)


class WordingToRead(Shown):
    """What is read aloud, and what it states: to whom, which data, how many days after the course at most."""

    wording_id = Id()
    version = fields.Integer()
    language = fields.String()
    direction = fields.String()
    purposes = fields.List(fields.String())
    recipient = choice(Recipient)
    data = fields.List(fields.String())
    days_after_course = fields.Integer()
    words = fields.String()
    text_hash = fields.String()


@leader.asks("/wordings", WordingToRead(many=True), records=False)
def wordings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The published wordings of the questions, to be read aloud."""
    return reading.wordings(asker, desk)


class AnswerRecorded(Shown):
    """`withheld_statements`: what the part says that this yes does not share. `awaits`: adults whose own yes it waits for.

    `custody_missing`: children of whom nobody has said who holds custody.
    """

    consent_id = Id()
    withheld_statements = fields.Integer()
    awaits = fields.List(Id())
    custody_missing = fields.List(Id())
    version = fields.Integer()


class AdultsAnswer(Sent):
    """A no needs no wording. `said` and `interpreter` are kept as proof, under a key of their own, and end with it."""

    person_id = Id(required=True)
    purpose = choice(Purpose, required=True)
    answer = choice(Given, required=True)
    way = choice(Way, required=True)
    wording_id = Id(allow_none=True)
    wording_version = whole(1, 9999, allow_none=True)
    language = words(allow_none=True)
    part_id = Id(allow_none=True)
    edition = whole(1, 9999, allow_none=True)
    on_behalf_of = several(Id(), allow_none=True)
    not_to = several(Id())
    translated = Flag()
    interpreter = words(allow_none=True)
    said = words(allow_none=True)
    on = Day(allow_none=True)
    until = Day(allow_none=True)


@leader.does("POST", f"{FAMILY}/answers", RecordAnswer, AnswerRecorded(), body=AdultsAnswer(), status=201)
def record_answer(said: Said) -> RecordAnswer:
    """One adult's answer to one question; not decided counts as no."""
    children = said.pop("on_behalf_of", None)
    not_to = tuple(said.pop("not_to", ()))
    return RecordAnswer(on_behalf_of=None if children is None else tuple(children), not_to=not_to, **said)


class LeadersConsentVersion(Shown):
    consent_id = Id()
    version = fields.Integer()


class TakingBack(Sent):
    way = choice(Way, required=True)
    on = Day(allow_none=True)


@leader.does(
    "POST", "/consents/<uuid:consent_id>/withdrawal", WithdrawConsent, LeadersConsentVersion(), body=TakingBack()
)
def withdraw_consent(said: Said) -> WithdrawConsent:
    """An adult takes a consent back, in any way; from now on nobody reads what it opened."""
    return WithdrawConsent(**said)


class CustodyVersion(Shown):
    family_id = Id()
    version = fields.Integer()


class CustodySaid(Sent):
    """`holders`: adults of the family. `elsewhere`: somebody the club does not know holds custody too."""

    arrangement = choice(Arrangement, required=True)
    told_by = Id(required=True)
    holders = several(Id())
    elsewhere = Flag()
    told_on = Day(allow_none=True)


@leader.does("PUT", f"{FAMILY}/custody/<uuid:child_id>", TellCustody, CustodyVersion(), body=CustodySaid())
def tell_custody(said: Said) -> TellCustody:
    """What the family says of who holds custody of a child; no papers are asked for."""
    return TellCustody(holders=tuple(said.pop("holders", ())), **said)
