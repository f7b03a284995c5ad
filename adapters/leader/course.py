"""The leader's own course on one page, its places, its team, and what makes it a confidential room."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Flag, Id, Revealed, Sent, Shown, choice, words
from adapters.leader.door import leader
from adapters.programme import OwnCourse, OwnEvening
from application.courses import (
    AcceptConfidentiality,
    ChangeCourseState,
    ConfirmPlace,
    DecideLateEntry,
    IntroduceConfidentialRoom,
    KeepFromNotes,
    LeaveCourse,
    LeaveTeam,
    StateAcquaintance,
)
from application.desk import Asker, Desk
from application.introductions import ChangeTelephone
from application.reading import leader as reading
from domain.course import CourseState
from domain.lists import Custody, Way
from domain.people import Role, TakesPartAs


class LeadersAdult(Shown):
    person_id = Id()
    given_name = Revealed()
    family_name = Revealed()
    caregiver = Revealed()
    telephone = Revealed()
    household_ids = fields.List(Id())
    comes = fields.Boolean()


class MayConsent(Shown):
    """Whether an adult may say yes for the child: yes, no or not known, as the family says."""

    person_id = Id()
    may_consent_for = choice(Custody)


class LeadersChild(Shown):
    person_id = Id()
    given_name = Revealed()
    birth_month = Revealed()
    age = fields.Integer(allow_none=True)
    household_ids = fields.List(Id())
    takes_part_as = choice(TakesPartAs)
    who_may_consent = fields.List(fields.Nested(MayConsent))


class LeadersFamily(Shown):
    family_id = Id()
    adults = fields.List(fields.Nested(LeadersAdult))
    children = fields.List(fields.Nested(LeadersChild))
    language = Revealed()
    needs_translation = Revealed(type="boolean")
    returning = fields.Boolean()
    handed_over_on = Day()
    lead_days = fields.Integer()
    lead_time_warning = fields.Boolean()
    late = fields.Boolean()
    place_confirmed_on = Day(allow_none=True)
    conversation_on = Day(allow_none=True)
    conversation_way = choice(Way, allow_none=True)


class LeadersSize(Shown):
    """Each counting unit by itself, against the guidance (fewest and most families); it warns and blocks nothing."""

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
    outside_guidance = fields.Boolean()
    many_children = fields.Boolean()


class LeadersTurnout(Shown):
    evening = fields.Integer()
    on = Day()
    seats = fields.Integer()
    expected_families = fields.Integer()
    few_families_warning = fields.Boolean()
    counted = fields.Boolean()
    families = fields.Integer(allow_none=True)
    adults = fields.Integer(allow_none=True)
    children = fields.Integer(allow_none=True)
    siblings = fields.Integer(allow_none=True)
    cancelled = fields.Integer()
    not_come = fields.Integer(allow_none=True)


class LeadersTeamMember(Shown):
    actor = Id()
    given_name = Revealed()
    role = choice(Role)
    since = Day()
    until = Day(allow_none=True)
    confidential_since = Day(allow_none=True)


class LeadersKeptApart(Shown):
    actor = Id()
    family_id = Id()
    acquainted = fields.Boolean()
    kept = fields.Boolean()


class LeadersCourse(Shown):
    version = fields.Integer()
    course = fields.Nested(OwnCourse)
    families = fields.List(fields.Nested(LeadersFamily))
    conversations_missing = fields.Integer()
    conversations_held = fields.Integer()
    size = fields.Nested(LeadersSize)
    programme = fields.List(fields.Nested(OwnEvening))
    turnout = fields.List(fields.Nested(LeadersTurnout))
    team = fields.List(fields.Nested(LeadersTeamMember))
    kept_apart = fields.List(fields.Nested(LeadersKeptApart))


@leader.asks("/courses", OwnCourse(many=True), records=False)
def own_courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses one leads today."""
    return reading.own_courses(asker, desk)


@leader.asks("/courses/<uuid:course_id>", LeadersCourse())
def own_course(asker: Asker, desk: Desk, said: Said) -> Answer:
    """An own course on one page: families, conversations, size, programme, turnout, team."""
    return reading.course(asker, said["course_id"], desk)


class LeadersCourseVersion(Shown):
    course_id = Id()
    version = fields.Integer()


class NewState(Sent):
    state = choice(CourseState, required=True)


@leader.does("PUT", "/courses/<uuid:course_id>/state", ChangeCourseState, LeadersCourseVersion(), body=NewState())
def change_state(said: Said) -> ChangeCourseState:
    """The course passes to another state."""
    return ChangeCourseState(**said)


@leader.does("PUT", "/courses/<uuid:course_id>/places/<uuid:family_id>", ConfirmPlace, LeadersCourseVersion())
def confirm_place(said: Said) -> ConfirmPlace:
    """Confirm a family's place: from now on the volunteers see its first names and ages."""
    return ConfirmPlace(**said)


@leader.does("DELETE", "/courses/<uuid:course_id>/places/<uuid:family_id>", LeaveCourse, LeadersCourseVersion())
def give_up_place(said: Said) -> LeaveCourse:
    """A family leaves; no reason is asked."""
    return LeaveCourse(**said)


class LateEntry(Sent):
    agreed = Flag(required=True)


@leader.does("POST", "/courses/<uuid:course_id>/late-entry", DecideLateEntry, LeadersCourseVersion(), body=LateEntry())
def decide_late_entry(said: Said) -> DecideLateEntry:
    """The leader's judgement on entries after the start."""
    return DecideLateEntry(**said)


class NewTelephone(Sent):
    telephone = words(required=True, allow_none=True)


class LeadersFamilyVersion(Shown):
    family_id = Id()
    version = fields.Integer()


@leader.does(
    "PUT", "/courses/<uuid:course_id>/families/<uuid:family_id>/telephones/<uuid:person_id>", ChangeTelephone,
    LeadersFamilyVersion(), body=NewTelephone(),
)  # fmt: skip
def change_telephone(said: Said) -> ChangeTelephone:
    """A new telephone number of an adult, or none any more."""
    return ChangeTelephone(**said)


@leader.does("POST", "/courses/<uuid:course_id>/confidentiality", AcceptConfidentiality, LeadersCourseVersion())
def accept_confidentiality(said: Said) -> AcceptConfidentiality:
    """Accept confidentiality for this course oneself."""
    return AcceptConfidentiality(**said)


@leader.does("POST", "/courses/<uuid:course_id>/confidential-room", IntroduceConfidentialRoom, LeadersCourseVersion())
def introduce_confidential_room(said: Said) -> IntroduceConfidentialRoom:
    """The course was introduced to the families as a confidential room."""
    return IntroduceConfidentialRoom(**said)


class Keeping(Sent):
    kept = Flag(required=True)


@leader.does(
    "PUT", "/courses/<uuid:course_id>/kept-apart/<uuid:actor>/<uuid:family_id>", KeepFromNotes, LeadersCourseVersion(),
    body=Keeping(),
)  # fmt: skip
def keep_from_notes(said: Said) -> KeepFromNotes:
    """Keep a volunteer from one family's shared notes, or lift that again."""
    return KeepFromNotes(**said)


@leader.does(
    "POST", "/courses/<uuid:course_id>/acquaintances/<uuid:family_id>", StateAcquaintance, LeadersCourseVersion()
)
def state_acquaintance(said: Said) -> StateAcquaintance:
    """Say that one knows a family; only the fact is kept."""
    return StateAcquaintance(**said)


class LeavingTheTeam(Sent):
    role = choice(Role, required=True, validate=validate.OneOf((Role.LEADER, Role.VOLUNTEER), error="choice_unknown"))
    last_day = Day(required=True)


@leader.does(
    "POST", "/courses/<uuid:course_id>/team/<uuid:actor>/leaving", LeaveTeam, LeadersCourseVersion(),
    body=LeavingTheTeam(),
)  # fmt: skip
def leave_team(said: Said) -> LeaveTeam:
    """Somebody leaves the team; access ends with the last day."""
    return LeaveTeam(**said)
