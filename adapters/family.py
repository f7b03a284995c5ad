"""All that a member of a family can send and is shown: its own data, its answers, who read them, and its requests."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, missing

from adapters.audience import Answer, Audience, Said
from adapters.fields import LONG, Day, Id, Revealed, Sent, Shown, choice, whole, words
from adapters.programme import OwnCourse, OwnEvening
from adapters.rights import ReceiptShown, RequestLine, WhatStays, request_shown
from application import rights
from application.attendances import ReceiveCancellation
from application.consents import WithdrawConsent
from application.courses import LeaveCourse
from application.desk import Asker, Desk
from application.reading import own as reading
from application.rights import ReceiveRequest
from domain.consent import Answer as Given
from domain.consent import Recipient
from domain.lists import PartKind, Profession, Purpose, UnitKind, Way
from domain.people import Role, TakesPartAs
from domain.referral import Stage
from gdpr.rights_facts import Right

family = Audience("family", Role.FAMILY, about="A member of a family and its own data")


class EachRevealed(fields.List[Any]):
    """A list of personal values; one that is withheld leaves no gap."""

    def __init__(self) -> None:
        super().__init__(Revealed())

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> list[Any] | None:
        shown = super()._serialize(value, attr, obj, **kwargs)
        return [each for each in shown if each is not missing] if shown is not None else None


class OwnMember(Shown):
    person_id = Id()
    takes_part_as = choice(TakesPartAs)
    given_name = Revealed()
    family_name = Revealed()
    caregiver = Revealed()
    birth_month = Revealed()
    day_care = Revealed()
    telephone = Revealed()
    address = Revealed()


class OwnCustody(Shown):
    child_id = Id()
    custody = Revealed()


class OwnStep(Shown):
    stage = choice(Stage)
    on = Day()


class OwnAssessment(Shown):
    kind = Revealed()
    factors = Revealed(type="array", items={"type": "string"})
    degree = Revealed(type="integer")


class OwnReferral(Shown):
    """The criteria in the wording they were ticked in."""

    referral_id = Id()
    registered_on = Day()
    stage = choice(Stage)
    profession = choice(Profession)
    channel = choice(UnitKind)
    remark = Revealed()
    municipal_case = Revealed()
    criteria = EachRevealed()
    judgements = EachRevealed()
    assessments = fields.List(fields.Nested(OwnAssessment))
    steps = fields.List(fields.Nested(OwnStep))


class OwnTeam(Shown):
    role = choice(Role)
    people = fields.Integer()


class OwnPlace(Shown):
    course_id = Id()
    handed_over_on = Day()
    conversation_on = Day(allow_none=True)
    conversation_way = choice(Way, allow_none=True)
    confirmed_on = Day(allow_none=True)
    left_on = Day(allow_none=True)
    returning = fields.Boolean()


class OwnStatement(Shown):
    about = Id()
    words = Revealed()
    shared_with_volunteers = fields.Boolean()


class OwnPart(Shown):
    part_id = Id()
    kind = choice(PartKind)
    edition = fields.Integer()
    statements = fields.List(fields.Nested(OwnStatement))
    themes = EachRevealed()


class OwnAttendance(Shown):
    course_id = Id()
    evening = fields.Integer()
    status = Revealed()


class OwnFollowUp(Shown):
    consent_id = Id()
    given_name = Revealed()
    telephone = Revealed()


class OwnConsent(Shown):
    """`words` is the question as it was read aloud."""

    consent_id = Id()
    person_id = Id()
    course_id = Id()
    purpose = choice(Purpose)
    recipient = choice(Recipient, allow_none=True)
    part_id = Id(allow_none=True)
    edition = fields.Integer(allow_none=True)
    answer = choice(Given)
    answered_on = Day()
    until = Day(allow_none=True)
    ended_on = Day(allow_none=True)
    withdrawn = fields.Boolean()
    in_force = fields.Boolean()
    way = choice(Way)
    language = fields.String(allow_none=True)
    wording_id = Id(allow_none=True)
    wording_version = fields.Integer(allow_none=True)
    words = fields.String(allow_none=True)


class OwnData(Shown):
    """Everything this realm holds about the asker and the children it lives with; what a realm does not hold is not there."""

    realm = fields.String()
    language = Revealed()
    members = fields.List(fields.Nested(OwnMember))
    custody = fields.List(fields.Nested(OwnCustody))
    referrals = fields.List(fields.Nested(OwnReferral))
    team = fields.List(fields.Nested(OwnTeam))
    places = fields.List(fields.Nested(OwnPlace))
    note_parts = fields.List(fields.Nested(OwnPart))
    attendance = fields.List(fields.Nested(OwnAttendance))
    follow_up = fields.List(fields.Nested(OwnFollowUp))
    consents = fields.List(fields.Nested(OwnConsent))


@family.asks("/own-data", OwnData())
def own_data(asker: Asker, desk: Desk, said: Said) -> Answer:
    """All that is held about oneself and one's children, and not about the other adult."""
    return reading.own_data(asker, desk)


@family.asks("/consents", OwnConsent(many=True))
def own_consents(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One's own answers, each with the words it was asked in."""
    return reading.own_consents(asker, desk)


class OwnReading(Shown):
    at = fields.AwareDateTime(format="iso")
    role = fields.String()
    purpose = fields.String()
    compartment = fields.String()
    action = fields.String()
    allowed = fields.Boolean()
    subject = Id(allow_none=True)
    records = fields.List(Id())


@family.asks("/readers", OwnReading(many=True))
def own_readers(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who has read what is held about oneself and one's children: role, time and purpose."""
    return reading.own_readers(asker, desk)


class OwnProgramme(OwnCourse):
    family_id = Id()
    confirmed_on = Day(allow_none=True)
    programme = fields.List(fields.Nested(OwnEvening))


@family.asks("/programme", OwnProgramme(many=True))
def own_programme(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The family's courses and their evenings."""
    return reading.programme(asker, desk)


class OwnTakingBack(Sent):
    way = choice(Way)


class OwnConsentEnded(Shown):
    consent_id = Id()


@family.does("POST", "/consents/<uuid:consent_id>/withdrawal", WithdrawConsent, OwnConsentEnded(), body=OwnTakingBack())
def withdraw_consent(said: Said) -> WithdrawConsent:
    """Take one consent back; from now on nobody reads what it opened."""
    return WithdrawConsent(**said)


class CannotCome(Sent):
    family_id = Id(required=True)
    evening = whole(1, 99, required=True)
    way = choice(Way, required=True)


class Told(Shown):
    """Nothing of who else comes."""


@family.does("POST", "/courses/<uuid:course_id>/cancellations", ReceiveCancellation, Told(), body=CannotCome())
def cannot_come(said: Said) -> ReceiveCancellation:
    """The family cannot come one evening; no reason is asked."""
    return ReceiveCancellation(**said)


class OwnPlaceGivenUp(Shown):
    course_id = Id()


@family.does("DELETE", "/courses/<uuid:course_id>/places/<uuid:family_id>", LeaveCourse, OwnPlaceGivenUp())
def leave_course(said: Said) -> LeaveCourse:
    """The family leaves the course; no reason is asked."""
    return LeaveCourse(**said)


class AskingFor(Sent):
    right = choice(Right, required=True)
    subject = Id(required=True, metadata={"description": "oneself, or a child one lives with"})
    told = words(LONG, allow_none=True)


class RequestReceived(Shown):
    request_id = Id()
    due_on = fields.String()


@family.does("POST", "/requests", ReceiveRequest, RequestReceived(), body=AskingFor(), status=201)
def ask_for(said: Said) -> ReceiveRequest:
    """Ask for a right about oneself or one's child; the answer is due within a month."""
    return ReceiveRequest(**said)


@family.asks("/requests", RequestLine(many=True))
def own_requests(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One's own requests and how far they are."""
    return [request_shown(line) for line in rights.requests(asker, desk)]


class OwnRequest(RequestLine):
    """`stays` says what is kept although erasure was asked for: for what, by which law, until when."""

    stays = fields.List(fields.Nested(WhatStays))


@family.asks("/requests/<uuid:request_id>", OwnRequest())
def own_request(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One own request, what was decided, and on what grounds something stays."""
    return request_shown(rights.request(asker, said["request_id"], desk))


@family.asks("/requests/<uuid:request_id>/receipt", ReceiptShown())
def own_receipt(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The receipt of an erasure that was carried out."""
    return rights.receipt(asker, said["request_id"], desk)
