"""All that a volunteer can send and is shown: first names, ages, and the words a family agreed to.

What is not shared looks as if nothing were there (INT-10): no schema here has a field that could tell the difference.
"""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Id, Revealed, Sent, Shown, choice, several, whole
from adapters.programme import OwnCourse, OwnEvening
from application.attendances import ReceiveCancellation, RecordEvening
from application.courses import AcceptConfidentiality, StateAcquaintance
from application.desk import Asker, Desk
from application.reading import leader as courses
from application.reading import volunteer as reading
from domain.attendance import Line
from domain.compartments import RealmKind
from domain.lists import Attendance, PartKind, Way
from domain.people import Role

volunteer = Audience(
    "volunteer", Role.VOLUNTEER, about="The evenings of the volunteer's own courses", only_in=RealmKind.RED_BARNET
)

_COURSE = "/courses/<uuid:course_id>"
_EVENING = f"{_COURSE}/evenings/<int(max=99):number>"


class SharedPart(Shown):
    part_id = Id()
    kind = choice(PartKind)
    words = fields.List(Revealed())


class VolunteersAdult(Shown):
    given_name = Revealed()


class VolunteersChild(Shown):
    given_name = Revealed()
    age = fields.Integer(allow_none=True)


class VolunteersFamily(Shown):
    family_id = Id()
    adults = fields.List(fields.Nested(VolunteersAdult))
    children = fields.List(fields.Nested(VolunteersChild))
    parts = fields.List(fields.Nested(SharedPart))


class VolunteersEvening(Shown):
    course = fields.Nested(OwnCourse)
    families = fields.List(fields.Nested(VolunteersFamily))
    programme = fields.List(fields.Nested(OwnEvening))


class VolunteersSheet(VolunteersEvening):
    """To be printed, with the number of the sheet and when it was made."""

    sheet_id = Id()
    printed_at = fields.AwareDateTime(format="iso")


@volunteer.asks("/courses", OwnCourse(many=True), records=False)
def own_courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses one is attached to today."""
    return courses.own_courses(asker, desk)


@volunteer.asks(f"{_COURSE}/evening", VolunteersEvening())
def evening(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who comes to the evenings, and what the families share."""
    return reading.evening(asker, said["course_id"], desk)


@volunteer.acts("POST", f"{_COURSE}/sheets", VolunteersSheet())
def print_sheet(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The same on a sheet to be printed; that it was made stands in the access log."""
    return reading.evening(asker, said["course_id"], desk, printed=True)


@volunteer.asks(f"{_COURSE}/families/<uuid:family_id>", VolunteersFamily())
def family(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One family, and what it shares."""
    return reading.shared_parts(asker, said["course_id"], said["family_id"], desk)


@volunteer.asks("/note-parts/<uuid:part_id>", SharedPart())
def shared_part(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One part that a family shares."""
    return reading.shared_part(asker, said["part_id"], desk)


class VolunteersCourse(Shown):
    """Without its version: how often a course has changed is nothing a volunteer needs to know."""

    course_id = Id()


@volunteer.does("POST", f"{_COURSE}/confidentiality", AcceptConfidentiality, VolunteersCourse())
def accept_confidentiality(said: Said) -> AcceptConfidentiality:
    """Accept confidentiality for this course."""
    return AcceptConfidentiality(**said)


@volunteer.does("POST", f"{_COURSE}/acquaintances/<uuid:family_id>", StateAcquaintance, VolunteersCourse())
def state_acquaintance(said: Said) -> StateAcquaintance:
    """Say that one knows a family; only the fact is kept."""
    return StateAcquaintance(**said)


class Cancelled(Sent):
    family_id = Id(required=True)
    way = choice(Way, required=True)


class VolunteersExpected(Shown):
    expected_families = fields.Integer()


@volunteer.does("POST", f"{_EVENING}/cancellations", ReceiveCancellation, VolunteersExpected(), body=Cancelled())
def receive_cancellation(said: Said) -> ReceiveCancellation:
    """A family told that it cannot come that evening; no reason is asked."""
    return ReceiveCancellation(evening=said.pop("number"), **said)


class LineCounted(Sent):
    family_id = Id(required=True)
    status = choice(Attendance, required=True)
    adults = whole(0, 30)
    children = whole(0, 30)
    siblings = whole(0, 30)
    way = choice(Way, allow_none=True)


class EveningCounted(Sent):
    lines = several(fields.Nested(LineCounted), required=True)


class VolunteersCounted(Shown):
    course_id = Id()
    evening = fields.Integer()


@volunteer.does("PUT", f"{_EVENING}/attendance", RecordEvening, VolunteersCounted(), body=EveningCounted())
def record_evening(said: Said) -> RecordEvening:
    """Who came this evening; on the evening itself only."""
    lines = tuple(Line(**line) for line in said["lines"])
    return RecordEvening(course_id=said["course_id"], evening=said["number"], lines=lines)


class VolunteersAttendanceLine(Shown):
    family_id = Id()
    status = Revealed()
    adults = Revealed(type="integer")
    children = Revealed(type="integer")
    siblings = Revealed(type="integer")


class VolunteersAttendance(Shown):
    evening = fields.Integer()
    lines = fields.List(fields.Nested(VolunteersAttendanceLine))


@volunteer.asks(f"{_EVENING}/attendance", VolunteersAttendance())
def attendance(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who came this evening; on the evening itself only."""
    return courses.attendance(asker, said["course_id"], said["number"], desk)
