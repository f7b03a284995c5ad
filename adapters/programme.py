"""A course without anybody in it, and its evenings: the same to all who take part."""

from __future__ import annotations

from marshmallow import fields

from adapters.fields import Day, Id, Shown, choice
from domain.course import CourseState
from domain.lists import CourseKind, EveningKind, Season, Theme


class OwnCourse(Shown):
    course_id = Id()
    club = fields.String(allow_none=True)
    kind = choice(CourseKind)
    season = choice(Season)
    starts_on = Day()
    ends_on = Day()
    starts_at = fields.String()
    evenings = fields.Integer()
    minutes = fields.Integer()
    state = choice(CourseState)
    confidential_since = Day(
        allow_none=True, metadata={"description": "When one accepted confidentiality; in lists of own courses"}
    )


class OwnEvening(Shown):
    number = fields.Integer()
    on = Day()
    starts_at = fields.String()
    minutes = fields.Integer()
    kind = choice(EveningKind)
    theme = choice(Theme, allow_none=True)
    cancelled = fields.Boolean()
