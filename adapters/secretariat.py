"""What Red Barnet's office, its branches and each realm's administrator can send and are shown: organisation, people, courses."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer, Audience
from adapters.coordinator import CoursePlanned
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Flag, Id, Sent, Shown, choice, realm_name, several, whole, words
from adapters.totals import CourseTotals, CourseVersion
from adapters.town import OrganisationShown
from application.courses import JoinTeam, LeaveTeam, PlanCourse
from application.desk import Asker, Desk
from application.organisations import (
    AssignRole,
    CloseChannel,
    CloseUnit,
    EndRole,
    Enrol,
    EnrolVolunteer,
    EstablishClub,
    NameClubContact,
    NamePlace,
    OpenBranch,
    OpenChannel,
    OpenUnit,
)
from application.reading import groups, municipality
from application.wordings import PublishWording
from domain.compartments import RealmKind
from domain.lists import Purpose, UnitKind
from domain.people import Role
from domain.purposes import Data, Recipient

_OFFICE = (Role.SECRETARIAT, Role.BRANCH, Role.ADMINISTRATOR)

secretariat = Audience("secretariat", *_OFFICE, about="A realm's organisation, its people and their roles")
planning = Audience(
    "secretariat", *_OFFICE, about="Red Barnet's clubs, courses, teams and wordings", only_in=RealmKind.RED_BARNET,
    part="club",
)  # fmt: skip

COURSE = "/courses/<uuid:course_id>"


class OrganisationVersion(Shown):
    """What a command on the organisation answers, beside the id of what it made."""

    version = fields.Integer(required=True)


class LastDay(Sent):
    last_day = Day(required=True)


@secretariat.asks("/organisation", OrganisationShown(), records=False)
def organisation(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The realm's units and recruitment channels."""
    return municipality.organisation(asker, desk)


class UnitOpened(Sent):
    name = words(required=True)
    kind = choice(UnitKind, required=True)
    since = Day(required=True)
    hosts = Flag()


class UnitCreated(OrganisationVersion):
    unit_id = Id(required=True)


@secretariat.does("POST", "/units", OpenUnit, UnitCreated(), body=UnitOpened(), status=201)
def open_unit(said: Said) -> OpenUnit:
    """A municipal unit takes part."""
    return OpenUnit(**said)


@secretariat.does("DELETE", "/units/<uuid:unit_id>", CloseUnit, OrganisationVersion(), query=LastDay())
def close_unit(said: Said) -> CloseUnit:
    """A unit no longer takes part."""
    return CloseUnit(**said)


class ChannelOpened(Sent):
    kind = choice(UnitKind, required=True)
    since = Day(required=True)


@secretariat.does("POST", "/channels", OpenChannel, OrganisationVersion(), body=ChannelOpened(), status=201)
def open_channel(said: Said) -> OpenChannel:
    """A recruitment channel opens."""
    return OpenChannel(**said)


_KINDS = ",".join(kind.value for kind in UnitKind)


@secretariat.does(
    "POST", f"/channels/<any({_KINDS}):kind>/closing", CloseChannel, OrganisationVersion(), body=LastDay()
)
def close_channel(said: Said) -> CloseChannel:
    """A recruitment channel closes."""
    return CloseChannel(kind=UnitKind(said["kind"]), last_day=said["last_day"])


class Named(Sent):
    name = words(required=True)


class PlaceCreated(OrganisationVersion):
    place_id = Id(required=True)


@secretariat.does("POST", "/places", NamePlace, PlaceCreated(), body=Named(), status=201)
def name_place(said: Said) -> NamePlace:
    """A district, housing area or island."""
    return NamePlace(**said)


class StaffEnrolled(Sent):
    given_name = words(required=True)
    family_name = words(required=True)
    address = words(allow_none=True)


class ActorShown(Shown):
    actor = Id(required=True)


@secretariat.does("PUT", "/staff/<uuid:actor>", Enrol, ActorShown(), body=StaffEnrolled())
def enrol(said: Said) -> Enrol:
    """Somebody may use the register, or the name is corrected."""
    return Enrol(**said)


class RoleGiven(Sent):
    actor = Id(required=True)
    role = choice(Role, required=True)
    since = Day(required=True)
    until = Day(allow_none=True)
    unit_id = Id(allow_none=True)
    municipality = realm_name(allow_none=True)
    person_id = Id(allow_none=True)


class AssignmentShown(Shown):
    assignment_id = Id(required=True)


@secretariat.does("POST", "/roles", AssignRole, AssignmentShown(), body=RoleGiven(), status=201)
def assign_role(said: Said) -> AssignRole:
    """Give a role for a period."""
    return AssignRole(**said)


@secretariat.does("POST", "/roles/<uuid:actor>/<uuid:assignment_id>/ending", EndRole, AssignmentShown(), body=LastDay())
def end_role(said: Said) -> EndRole:
    """End a role; when it was held stays known."""
    return EndRole(**said)


class BranchCreated(OrganisationVersion):
    branch_id = Id(required=True)


@planning.does("POST", "/branches", OpenBranch, BranchCreated(), body=Named(), status=201)
def open_branch(said: Said) -> OpenBranch:
    """A local branch."""
    return OpenBranch(**said)


class ClubEstablished(Sent):
    name = words(required=True)
    municipality = realm_name(required=True)
    since = Day(required=True)
    place_id = Id(allow_none=True)
    branch_id = Id(allow_none=True)


class ClubCreated(OrganisationVersion):
    club_id = Id(required=True)


@planning.does("POST", "/clubs", EstablishClub, ClubCreated(), body=ClubEstablished(), status=201)
def establish_club(said: Said) -> EstablishClub:
    """A lasting club in a municipality."""
    return EstablishClub(**said)


class ContactNamed(Sent):
    contact = Id(required=True)


@planning.does("PUT", "/clubs/<uuid:club_id>/contact", NameClubContact, OrganisationVersion(), body=ContactNamed())
def name_club_contact(said: Said) -> NameClubContact:
    """The one contact whom the coordinator calls."""
    return NameClubContact(**said)


class VolunteerEnrolled(Sent):
    given_name = words(required=True)
    family_name = words(required=True)
    telephone = words(allow_none=True)


@planning.does("PUT", "/volunteers/<uuid:actor>", EnrolVolunteer, ActorShown(), body=VolunteerEnrolled())
def enrol_volunteer(said: Said) -> EnrolVolunteer:
    """A leader or volunteer, or a correction of the name."""
    return EnrolVolunteer(**said)


class WordingPublished(Sent):
    """What the words state of recipient, data and end is said where it is less than all that the purpose reaches."""

    wording_id = Id(required=True)
    version = whole(1, 9_999, required=True)
    language = words(required=True)
    purpose = choice(Purpose, required=True)
    words = words(LONG, required=True)
    recipient = choice(Recipient, allow_none=True)
    data = several(choice(Data), allow_none=True)
    days_after_course = whole(0, 9_999, allow_none=True)


class WordingVersion(Shown):
    wording_id = Id(required=True)
    version = fields.Integer(required=True)


@planning.does("POST", "/wordings", PublishWording, WordingVersion(), body=WordingPublished(), status=201)
def publish_wording(said: Said) -> PublishWording:
    """Publish the words a consent is asked in; a published text is never edited."""
    data = said.pop("data", None)
    return PublishWording(data=None if data is None else tuple(data), **said)


@planning.does("POST", "/courses", PlanCourse, CourseVersion(), body=CoursePlanned(), status=201)
def plan_course(said: Said) -> PlanCourse:
    """Plan a course for a club."""
    return PlanCourse(**said)


@planning.asks("/courses", CourseTotals(many=True), records=False)
def courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """All courses, in numbers."""
    return groups.courses(asker, desk)


@planning.asks(COURSE, CourseTotals())
def course(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One course, in numbers."""
    return groups.totals(asker, said["course_id"], desk)


_TEAM = validate.OneOf([Role.LEADER, Role.VOLUNTEER], error="choice_unknown")


class Joining(Sent):
    role = choice(Role, required=True, validate=_TEAM)
    since = Day(required=True)


@planning.does("PUT", f"{COURSE}/team/<uuid:actor>", JoinTeam, CourseVersion(), body=Joining())
def join_team(said: Said) -> JoinTeam:
    """Attach a leader or a volunteer; access begins with the first day."""
    return JoinTeam(**said)


class Leaving(Sent):
    role = choice(Role, required=True, validate=_TEAM)
    last_day = Day(required=True)


@planning.does("POST", f"{COURSE}/team/<uuid:actor>/leaving", LeaveTeam, CourseVersion(), body=Leaving())
def leave_team(said: Said) -> LeaveTeam:
    """Detach a leader or a volunteer; access ends with the last day."""
    return LeaveTeam(**said)
