"""All that a visiting professional is shown: the own booking and the group it meets; no names and no reason (VIS-04)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Id, Shown, choice
from adapters.programme import OwnEvening
from application.desk import Asker, Desk
from application.reading import groups
from domain.compartments import RealmKind
from domain.lists import CourseKind, Profession, Season, Theme
from domain.people import Role

professional = Audience(
    "professional", Role.PROFESSIONAL, about="A visiting professional's own bookings", only_in=RealmKind.RED_BARNET
)


class BookedCourse(Shown):
    club = fields.String(allow_none=True)
    municipality = fields.String()
    kind = choice(CourseKind)
    season = choice(Season)


class BookedGroup(Shown):
    """Ages in years, of all children together and in an order that says nothing."""

    families = fields.Integer()
    adults = fields.Integer()
    children = fields.Integer()
    siblings = fields.Integer()
    ages = fields.List(fields.Integer())


class BookedTheme(Shown):
    """`families` is null when so few wished for the theme that they could be recognised (INT-14)."""

    theme = fields.String()
    families = fields.Integer(allow_none=True)


class OwnBooking(Shown):
    booking_id = Id()
    theme = choice(Theme, allow_none=True)
    evening = fields.Nested(OwnEvening, allow_none=True)
    place = fields.String(allow_none=True)


@professional.asks("/bookings", OwnBooking(many=True), records=False)
def bookings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The evenings one is booked for."""
    return groups.own_bookings(asker, desk)


class Briefing(Shown):
    course = fields.Nested(BookedCourse)
    place = fields.String(allow_none=True)
    evening = fields.Nested(OwnEvening, allow_none=True)
    profession = choice(Profession)
    theme = choice(Theme, allow_none=True)
    group = fields.Nested(BookedGroup)
    languages = fields.List(fields.String())
    themes = fields.List(fields.Nested(BookedTheme))


@professional.asks("/bookings/<uuid:booking_id>", Briefing())
def briefing(asker: Asker, desk: Desk, said: Said) -> Answer:
    """An own booking: time, composition of the group, ages, languages and wished themes."""
    return groups.briefing(asker, said["booking_id"], desk)
