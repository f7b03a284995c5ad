"""What is held about a family's member and its children, and its answers."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, missing

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Day, Id, Revealed, Shown, choice
from adapters.programme import OwnCourse, OwnEvening
from application.desk import Asker, Desk
from application.reading import own as reading
from domain.consent import Answer as Given
from domain.consent import State
from domain.lists import Custody, PartKind, Profession, Purpose, UnitKind, Way
from domain.people import Role, TakesPartAs
from domain.purposes import Recipient
from domain.referral import Stage
from gdpr.retention_facts import HoldGround


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


class OwnKeptWords(Shown):
    """What one told and lets the leader of the next course read."""

    part_id = Id()
    kind = choice(PartKind)
    about = Id()
    words = Revealed()


class OwnMayConsent(Shown):
    """Whether one may say yes for a child: yes, no or not known, as the family told the leader."""

    child_id = Id()
    may_consent_for = choice(Custody)
    told_on = Day()


class OwnAttendance(Shown):
    course_id = Id()
    evening = fields.Integer()
    status = Revealed()


class OwnFollowUp(Shown):
    consent_id = Id()
    given_name = Revealed()
    telephone = Revealed()


class WordsInLanguage(Shown):
    language = fields.String()
    direction = fields.String()
    words = fields.String()


class OwnConsent(Shown):
    """`words` is the question as it was read aloud; `also_in` the same version in the other languages it is published in."""

    consent_id = Id()
    person_id = Id()
    on_behalf_of = fields.List(Id())
    course_id = Id()
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
    words = fields.String(allow_none=True)
    also_in = fields.List(fields.Nested(WordsInLanguage))


class OwnHold(Shown):
    """What is kept although it may be due to go, and when somebody asks again whether it must be."""

    subject = Id()
    compartments = fields.List(fields.String())
    ground = choice(HoldGround)
    placed_on = Day()
    review_on = Day()


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
    kept_for_the_next_course = fields.List(fields.Nested(OwnKeptWords))
    may_consent_for = fields.List(fields.Nested(OwnMayConsent))
    attendance = fields.List(fields.Nested(OwnAttendance))
    follow_up = fields.List(fields.Nested(OwnFollowUp))
    consents = fields.List(fields.Nested(OwnConsent))
    holds = fields.List(fields.Nested(OwnHold))


@family.asks("/own-data", OwnData())
def own_data(asker: Asker, desk: Desk, said: Said) -> Answer:
    """All that is held about oneself and one's children, and not about the other adult."""
    return reading.own_data(asker, desk)


@family.asks("/consents", OwnConsent(many=True))
def own_consents(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One's own answers, each with the words it was asked in."""
    return reading.own_consents(asker, desk)


class ConsentForOwnChild(Shown):
    """A yes of another adult; its words are that adult's own."""

    children = fields.List(Id())
    course_id = Id()
    purpose = choice(Purpose)
    recipient = choice(Recipient, allow_none=True)
    answered_on = Day()
    until = Day(allow_none=True)


@family.asks("/consents-of-another-adult", ConsentForOwnChild(many=True))
def consents_for_own_children(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What another adult says yes to for a child one may answer for oneself, without that adult's words."""
    return reading.consents_for_own_children(asker, desk)


class OwnProgramme(OwnCourse):
    family_id = Id()
    confirmed_on = Day(allow_none=True)
    programme = fields.List(fields.Nested(OwnEvening))


@family.asks("/programme", OwnProgramme(many=True))
def own_programme(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The family's courses and their evenings."""
    return reading.programme(asker, desk)
