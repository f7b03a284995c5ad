"""What referrer and coordinator are both shown in a municipality's realm: where a referral stands, its grounds, the courses."""

from __future__ import annotations

from marshmallow import fields

from adapters.fields import Day, Flag, Id, Revealed, Sent, Shown, choice
from domain.lists import Profession, UnitKind
from domain.people import Role
from domain.referral import Stage


class ReferralsWanted(Sent):
    stage = choice(Stage)


class ReferralLine(Shown):
    """Where a referral stands; no personal value."""

    referral_id = Id(required=True)
    family_id = Id(required=True)
    unit_id = Id(required=True)
    channel = choice(UnitKind, required=True)
    profession = choice(Profession, required=True)
    list_version = fields.String(required=True)
    registered_on = Day(required=True)
    stage = choice(Stage, required=True)
    course_id = Id(allow_none=True)
    course_starts_on = Day(allow_none=True)
    handed_over_on = Day(allow_none=True)
    lead_days = fields.Integer(allow_none=True)
    lead_time_warning = Flag()
    version = fields.Integer(required=True)


class CriterionShown(Shown):
    code = Revealed()
    danish = Revealed()
    english = Revealed()
    about = Id(metadata={"description": "the family, or one of its members"})


class JudgementShown(Shown):
    child_id = Id()
    judgement = Revealed()


class AssessmentShown(Shown):
    kind = Revealed()
    factors = Revealed(type="array", items={"type": "string"})
    degree = Revealed(type="integer")
    assessed_on = Day()


class StepShown(Shown):
    stage = choice(Stage)
    on = Day()
    role = choice(Role)


class GroundsShown(ReferralLine):
    """A referral with its grounds and the way it went."""

    remark = Revealed()
    able_to_take_part = Revealed(type="boolean")
    municipal_case = Revealed()
    criteria = fields.List(fields.Nested(CriterionShown))
    judgements = fields.List(fields.Nested(JudgementShown))
    assessments = fields.List(fields.Nested(AssessmentShown))
    steps = fields.List(fields.Nested(StepShown))


class TownCourse(Shown):
    course_id = Id(required=True)
    club = fields.String()
    starts_on = Day()
    ends_on = Day()
    takes_in = Flag()
    families = fields.Integer()


class ReferralVersion(Shown):
    """What a command on a referral answers."""

    referral_id = Id(required=True)
    version = fields.Integer(required=True)


class UnitShown(Shown):
    unit_id = Id(required=True)
    name = fields.String()
    kind = choice(UnitKind)
    hosts = Flag()
    since = Day()
    until = Day(allow_none=True)


class ChannelShown(Shown):
    kind = choice(UnitKind)
    since = Day()
    until = Day(allow_none=True)


class OrganisationShown(Shown):
    units = fields.List(fields.Nested(UnitShown))
    channels = fields.List(fields.Nested(ChannelShown))
