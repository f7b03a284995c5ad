"""What the volunteers see of a family, as its member is shown it."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Day, Shown
from adapters.programme import OwnCourse
from adapters.volunteer import SharedPart, VolunteersAdult, VolunteersChild
from application.desk import Asker, Desk
from application.reading import preview as reading


class SeenByVolunteers(Shown):
    """`shown_today`: the volunteers see the family from the confirmed place to the end of the course.

    `others_told`: there is more, about a child, that another adult told; its words are that adult's own.
    """

    course = fields.Nested(OwnCourse)
    confirmed_on = Day(allow_none=True)
    shown_today = fields.Boolean()
    adults = fields.List(fields.Nested(VolunteersAdult))
    children = fields.List(fields.Nested(VolunteersChild))
    parts = fields.List(fields.Nested(SharedPart))
    others_told = fields.Boolean()


@family.asks("/seen-by-volunteers", SeenByVolunteers(many=True))
def seen_by_volunteers(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What the volunteers of one's courses are shown of the family today; it is logged as one's own look."""
    return reading.what_volunteers_see(asker, desk)
