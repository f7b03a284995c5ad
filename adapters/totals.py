"""A course in numbers, as Red Barnet's office and the municipality's coordinator are shown it: counts, and nobody."""

from __future__ import annotations

from marshmallow import fields

from adapters.fields import Day, Flag, Id, Shown, choice
from domain.course import CourseState
from domain.lists import CourseKind, EveningKind, Season, Theme


class CourseShown(Shown):
    course_id = Id(required=True)
    club_id = Id()
    club = fields.String(allow_none=True)
    municipality = fields.String()
    kind = choice(CourseKind)
    season = choice(Season)
    starts_on = Day()
    ends_on = Day()
    starts_at = fields.String()
    evenings = fields.Integer()
    minutes = fields.Integer()
    state = choice(CourseState)


class SizeShown(Shown):
    """Families, adults, children and siblings, each counted in its own unit (FAM-02)."""

    families = fields.Integer()
    adults = fields.Integer()
    children = fields.Integer()
    siblings = fields.Integer()
    returning = fields.Integer()
    volunteers = fields.Integer()
    leaders = fields.Integer()
    children_per_volunteer = fields.Float(allow_none=True)
    children_per_helper_and_leader = fields.Float(allow_none=True)
    guidance = fields.List(fields.Integer())
    outside_guidance = Flag()
    many_children = Flag()


class TurnoutShown(Shown):
    """One evening; what is counted afterwards is null until it was counted."""

    evening = fields.Integer()
    on = Day()
    expected_families = fields.Integer()
    few_families_warning = Flag()
    counted = Flag()
    families = fields.Integer(allow_none=True)
    adults = fields.Integer(allow_none=True)
    children = fields.Integer(allow_none=True)
    siblings = fields.Integer(allow_none=True)
    cancelled = fields.Integer()
    not_come = fields.Integer(allow_none=True)
    seats = fields.Integer()


class CourseTotals(Shown):
    course = fields.Nested(CourseShown, required=True)
    size = fields.Nested(SizeShown)
    conversations_held = fields.Integer()
    conversations_of = fields.Integer()
    lead_days = fields.List(fields.Integer())
    short_notice = fields.Integer()
    lead_time_warning = Flag()
    turnout = fields.List(fields.Nested(TurnoutShown))


class EveningShown(Shown):
    number = fields.Integer()
    on = Day()
    starts_at = fields.String()
    minutes = fields.Integer()
    kind = choice(EveningKind)
    theme = choice(Theme, allow_none=True)
    cancelled = Flag()


class CourseVersion(Shown):
    """What a command on a course answers."""

    course_id = Id(required=True)
    version = fields.Integer(required=True)
