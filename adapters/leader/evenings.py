"""The programme's evenings: planned, cancelled, counted, and a sheet for each on paper."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Revealed, Sent, Shown, TimeOfDay, choice, several, whole
from adapters.leader.course import LeadersCourseVersion
from adapters.leader.door import leader
from adapters.programme import OwnCourse, OwnEvening
from application.attendances import ReceiveCancellation, RecordEvening
from application.courses import CancelEvening, PlanEvening
from application.desk import Asker, Desk
from application.reading import leader as reading
from application.reading import volunteer
from domain.attendance import Line
from domain.lists import Attendance, EveningKind, Theme, Way

_EVENING = "/courses/<uuid:course_id>/evenings/<int(max=99):number>"


class EveningPlan(Sent):
    on = Day(required=True)
    starts_at = TimeOfDay(required=True)
    kind = choice(EveningKind, required=True)
    minutes = whole(1, 1440)
    theme = choice(Theme, allow_none=True)


@leader.does("PUT", _EVENING, PlanEvening, LeadersCourseVersion(), body=EveningPlan())
def plan_evening(said: Said) -> PlanEvening:
    """Plan an evening of the programme, or change it."""
    return PlanEvening(**said)


@leader.does("DELETE", _EVENING, CancelEvening, LeadersCourseVersion())
def cancel_evening(said: Said) -> CancelEvening:
    """The evening does not take place."""
    return CancelEvening(**said)


class FamilyCannotCome(Sent):
    family_id = Id(required=True)
    way = choice(Way, required=True)


class Expected(Shown):
    """`few_families_warning` is 1 when so few are expected that the evening is in question."""

    expected_families = fields.Integer()
    few_families_warning = fields.Integer()


@leader.does("POST", f"{_EVENING}/cancellations", ReceiveCancellation, Expected(), body=FamilyCannotCome())
def receive_cancellation(said: Said) -> ReceiveCancellation:
    """A family cannot come that evening; no reason is asked."""
    return ReceiveCancellation(evening=said.pop("number"), **said)


class LeadersLine(Sent):
    family_id = Id(required=True)
    status = choice(Attendance, required=True)
    adults = whole(0, 30)
    children = whole(0, 30)
    siblings = whole(0, 30)
    way = choice(Way, allow_none=True)


class LeadersEvening(Sent):
    lines = several(fields.Nested(LeadersLine), required=True)


class LeadersEveningVersion(Shown):
    course_id = Id()
    evening = fields.Integer()
    version = fields.Integer()


@leader.does("PUT", f"{_EVENING}/attendance", RecordEvening, LeadersEveningVersion(), body=LeadersEvening())
def record_evening(said: Said) -> RecordEvening:
    """The attendance of the whole evening; recording it again corrects it."""
    lines = tuple(Line(**line) for line in said["lines"])
    return RecordEvening(course_id=said["course_id"], evening=said["number"], lines=lines)


class LeadersAttendanceLine(Shown):
    family_id = Id()
    status = Revealed()
    adults = Revealed(type="integer")
    children = Revealed(type="integer")
    siblings = Revealed(type="integer")
    way = Revealed()


class LeadersAttendance(Shown):
    course_id = Id()
    evening = fields.Integer()
    lines = fields.List(fields.Nested(LeadersAttendanceLine))


@leader.asks(f"{_EVENING}/attendance", LeadersAttendance())
def attendance(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The attendance book of one evening, family by family."""
    return reading.attendance(asker, said["course_id"], said["number"], desk)


class LeadersSheetName(Shown):
    given_name = Revealed()


class LeadersSheetChild(Shown):
    given_name = Revealed()
    age = fields.Integer(allow_none=True)


class LeadersSheetFamily(Shown):
    family_id = Id()
    adults = fields.List(fields.Nested(LeadersSheetName))
    children = fields.List(fields.Nested(LeadersSheetChild))


class LeadersSheet(Shown):
    """To be printed: first names and ages, the number of the sheet and when it was made. A leader's notes stay off paper."""

    sheet_id = Id()
    printed_at = fields.AwareDateTime(format="iso")
    course = fields.Nested(OwnCourse)
    families = fields.List(fields.Nested(LeadersSheetFamily))
    programme = fields.List(fields.Nested(OwnEvening))


@leader.acts("POST", "/courses/<uuid:course_id>/sheets", LeadersSheet())
def print_sheet(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A sheet for the evening, to be printed; that it was made stands in the access log."""
    return volunteer.evening(asker, said["course_id"], desk, printed=True)
