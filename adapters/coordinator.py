"""What a municipal coordinator can send and is shown: referrals in the municipality's realm, totals in Red Barnet's."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Day, Flag, Id, Revealed, Sent, Shown, TimeOfDay, choice, whole, words
from adapters.totals import CourseTotals, CourseVersion, EveningShown
from adapters.town import GroundsShown, ReferralLine, ReferralsWanted, ReferralVersion, TownCourse
from application.courses import (
    BookProfessional,
    CancelBooking,
    CancelEvening,
    ChangeCourseState,
    DecideLateEntry,
    PlanCourse,
    PlanEvening,
)
from application.desk import Asker, Desk
from application.reading import groups, municipality
from application.referrals import (
    AcceptReferral,
    DeclineReferral,
    HandOver,
    PlaceFamily,
    PutOnWaitingList,
    WithdrawReferral,
)
from domain.compartments import RealmKind
from domain.course import CourseState
from domain.lists import CourseKind, EveningKind, Profession, Season, Theme
from domain.people import Role, TakesPartAs

town = Audience(
    "coordinator", Role.COORDINATOR, about="The municipality's referrals", only_in=RealmKind.MUNICIPALITY, part="town"
)
club = Audience(
    "coordinator", Role.COORDINATOR, about="The municipality's courses, in numbers", only_in=RealmKind.RED_BARNET,
    part="club",
)  # fmt: skip

REFERRAL = "/referrals/<uuid:referral_id>"
COURSE = "/club-courses/<uuid:course_id>"
EVENING = f"{COURSE}/evenings/<int(max=99):number>"


@town.asks("/referrals", ReferralLine(many=True), query=ReferralsWanted())
def referrals(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The municipality's referrals, as states."""
    return municipality.referrals(asker, desk, stage=said.get("stage"))


class AdultShown(Shown):
    """Without the address, which is for the referrer alone."""

    person_id = Id(required=True)
    takes_part_as = choice(TakesPartAs)
    households = fields.List(Id())
    erased_on = Day(allow_none=True)
    given_name = Revealed()
    family_name = Revealed()
    caregiver = Revealed()
    telephone = Revealed()
    comes = Flag()


class ChildShown(Shown):
    person_id = Id(required=True)
    takes_part_as = choice(TakesPartAs)
    households = fields.List(Id())
    erased_on = Day(allow_none=True)
    given_name = Revealed()
    birth_month = Revealed()
    age = fields.Integer(allow_none=True)
    day_care = Revealed()


class FamilyShown(Shown):
    family_id = Id(required=True)
    told_on = Day()
    said_yes_on = Day()
    language = Revealed()
    needs_translation = Revealed(type="boolean")
    adults = fields.List(fields.Nested(AdultShown))
    children = fields.List(fields.Nested(ChildShown))


class ReferralShown(GroundsShown):
    family = fields.Nested(FamilyShown)


@town.asks(REFERRAL, ReferralShown())
def referral(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One referral with its grounds and its family."""
    return municipality.referral(asker, said["referral_id"], desk)


class SearchedFor(Sent):
    name = words()
    telephone = words()


class Found(Shown):
    """A family found by name or telephone: who it is, and where its referrals stand."""

    family_id = Id(required=True)
    adults = fields.List(fields.Nested(AdultShown(exclude=("caregiver", "telephone", "comes"))))
    children = fields.List(fields.Nested(ChildShown(exclude=("day_care",))))
    referrals = fields.List(fields.Nested(ReferralLine))


@town.asks("/families/search", Found(many=True), body=SearchedFor())
def families(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Find a family by name or by telephone; each search is written down."""
    return municipality.search(asker, desk, name=said.get("name"), telephone=said.get("telephone"))


@town.does("POST", f"{REFERRAL}/acceptance", AcceptReferral, ReferralVersion())
def accept(said: Said) -> AcceptReferral:
    """Accept a referral."""
    return AcceptReferral(**said)


@town.does("POST", f"{REFERRAL}/decline", DeclineReferral, ReferralVersion())
def decline(said: Said) -> DeclineReferral:
    """Decline a referral."""
    return DeclineReferral(**said)


@town.does("POST", f"{REFERRAL}/waiting", PutOnWaitingList, ReferralVersion())
def put_on_waiting_list(said: Said) -> PutOnWaitingList:
    """The family waits for a place."""
    return PutOnWaitingList(**said)


class Placing(Sent):
    course_id = Id(required=True)


@town.does("POST", f"{REFERRAL}/place", PlaceFamily, ReferralVersion(), body=Placing())
def place(said: Said) -> PlaceFamily:
    """Give the family a place in a course."""
    return PlaceFamily(**said)


class HandedOver(ReferralVersion):
    lead_days = fields.Integer()
    lead_time_warning = fields.Integer(metadata={"description": "1 when the leader is told later than agreed, else 0"})


@town.does("POST", f"{REFERRAL}/handover", HandOver, HandedOver())
def hand_over(said: Said) -> HandOver:
    """Tell the leader of the family: names, telephone, ages and language, and nothing else."""
    return HandOver(**said)


@town.does("POST", f"{REFERRAL}/withdrawal", WithdrawReferral, ReferralVersion())
def withdraw(said: Said) -> WithdrawReferral:
    """The family does not want to any more; no reason is asked."""
    return WithdrawReferral(**said)


class Overview(Shown):
    referrals = fields.Integer()
    by_stage = fields.Dict(keys=fields.String(), values=fields.Integer())
    by_channel = fields.Dict(keys=fields.String(), values=fields.Integer())
    waiting = fields.Integer()
    lead_days = fields.List(fields.Integer())
    short_notice = fields.Integer()
    courses = fields.List(fields.Nested(TownCourse))


@town.asks("/overview", Overview(), records=False)
def overview(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The municipality's referrals in numbers."""
    return municipality.overview(asker, desk)


@town.asks("/courses", TownCourse(many=True), records=False)
def courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses Red Barnet has sent news of."""
    return municipality.courses(asker, desk)


@club.asks("/club-courses", CourseTotals(many=True), records=False)
def club_courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses of the own municipality, in numbers."""
    return groups.courses(asker, desk)


class ThemeWished(Shown):
    """A wished theme; `families` is null when so few wished for it that they could be recognised (INT-14)."""

    theme = fields.String()
    families = fields.Integer(allow_none=True)


class CourseDetails(CourseTotals):
    ages = fields.List(fields.Integer())
    themes = fields.List(fields.Nested(ThemeWished))
    programme = fields.List(fields.Nested(EveningShown))


@club.asks(COURSE, CourseDetails())
def club_course(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One course in numbers: ages, themes and turnout; nobody's name."""
    return groups.totals(asker, said["course_id"], desk)


class CoursePlanned(Sent):
    club_id = Id(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    starts_at = TimeOfDay(required=True)
    season = choice(Season, required=True)
    kind = choice(CourseKind)
    evenings = whole(1, 99)
    minutes = whole(1, 999)
    fewest_families = whole(1, 99)
    most_families = whole(1, 99)


@club.does("POST", "/club-courses", PlanCourse, CourseVersion(), body=CoursePlanned(), status=201)
def plan_course(said: Said) -> PlanCourse:
    """Plan a course for a club of the own municipality."""
    return PlanCourse(**said)


class StateWanted(Sent):
    state = choice(CourseState, required=True)


@club.does("PUT", f"{COURSE}/state", ChangeCourseState, CourseVersion(), body=StateWanted())
def change_state(said: Said) -> ChangeCourseState:
    """Recruiting, ready, running, interrupted, completed or cancelled."""
    return ChangeCourseState(**said)


class EveningPlanned(Sent):
    on = Day(required=True)
    starts_at = TimeOfDay(required=True)
    kind = choice(EveningKind, required=True)
    minutes = whole(1, 999)
    theme = choice(Theme, allow_none=True)


@club.does("PUT", EVENING, PlanEvening, CourseVersion(), body=EveningPlanned())
def plan_evening(said: Said) -> PlanEvening:
    """An evening of the programme, or a change of it."""
    return PlanEvening(**said)


@club.does("DELETE", EVENING, CancelEvening, CourseVersion())
def cancel_evening(said: Said) -> CancelEvening:
    """Cancel an evening."""
    return CancelEvening(**said)


class Agreement(Sent):
    agreed = Flag(required=True)


@club.does("POST", f"{COURSE}/late-entry", DecideLateEntry, CourseVersion(), body=Agreement())
def decide_late_entry(said: Said) -> DecideLateEntry:
    """The coordinator's judgement on an entry after the start, yes or no."""
    return DecideLateEntry(**said)


class BookingMade(Sent):
    actor = Id(required=True)
    profession = choice(Profession, required=True)
    evening = whole(1, 99, required=True)
    theme = choice(Theme, allow_none=True)


class BookingCreated(CourseVersion):
    booking_id = Id(required=True)


@club.does("POST", f"{COURSE}/bookings", BookProfessional, BookingCreated(), body=BookingMade(), status=201)
def book_professional(said: Said) -> BookProfessional:
    """Book a professional for an evening."""
    return BookProfessional(**said)


@club.does("DELETE", f"{COURSE}/bookings/<uuid:booking_id>", CancelBooking, CourseVersion())
def cancel_booking(said: Said) -> CancelBooking:
    """Cancel a booking."""
    return CancelBooking(**said)
