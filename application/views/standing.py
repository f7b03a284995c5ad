"""How readers stand to what they ask for: roles, teams, seats, consents. Clear rows only; in every realm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, view_row
from domain.compartments import STAFF_FILE, VOLUNTEER_FILE
from domain.consent import Answer, ConsentExpired, ConsentGiven, ConsentNotGiven, ConsentWithdrawn, Recipient
from domain.course import (
    AcquaintanceStated,
    BookingCancelled,
    ConfidentialityAccepted,
    ConfidentialRoomIntroduced,
    CoursePlanned,
    CourseState,
    CourseStateChanged,
    EveningCancelled,
    EveningPlanned,
    FamilyLeft,
    FamilyTakenIn,
    KeptFromNotes,
    LateEntryDecided,
    PlaceConfirmed,
    ProfessionalBooked,
    TeamMemberJoined,
    TeamMemberLeft,
)
from domain.facts import Sealed
from domain.introduction import ConversationHeld
from domain.lists import CourseKind, EveningKind, Profession, Purpose, Season, Theme, UnitKind, Way
from domain.organisation import (
    BranchOpened,
    ChannelClosed,
    ChannelOpened,
    ClubContactNamed,
    ClubEstablished,
    PlaceNamed,
    UnitClosed,
    UnitOpened,
)
from domain.people import Role
from domain.staff import Enrolled, RoleAssigned, RoleEnded, VolunteerEnrolled
from domain.wording import WordingPublished
from gdpr.rights_facts import RestrictionLifted, RestrictionPlaced

NAME = "standing"


@view_row("role_held", key=("assignment_id",), indexes=(("actor",), ("person_id",)))
class RoleHeld:
    """A role somebody holds or held; the last day is included."""

    assignment_id: UUID
    actor: UUID
    role: Role
    unit_id: UUID | None
    municipality: str | None
    person_id: UUID | None
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@view_row("staff", key=("actor",), about="actor")
class StaffMember:
    actor: UUID
    given_name: Annotated[Sealed | None, Holds(STAFF_FILE)] = None
    family_name: Annotated[Sealed | None, Holds(STAFF_FILE)] = None
    volunteer_given_name: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None
    volunteer_family_name: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None
    volunteer_telephone: Annotated[Sealed | None, Holds(VOLUNTEER_FILE)] = None


@view_row("unit", key=("unit_id",))
class Unit:
    unit_id: UUID
    name: str
    kind: UnitKind
    hosts: bool
    since: date
    until: date | None = None


@view_row("channel", key=("kind", "since"))
class Channel:
    kind: UnitKind
    since: date
    until: date | None = None


@view_row("place", key=("place_id",))
class Place:
    place_id: UUID
    name: str


@view_row("branch", key=("branch_id",))
class Branch:
    branch_id: UUID
    name: str


@view_row("club", key=("club_id",), indexes=(("municipality",),))
class Club:
    club_id: UUID
    name: str
    municipality: str
    place_id: UUID | None
    branch_id: UUID | None
    contact: UUID | None = None


@view_row("course", key=("course_id",), indexes=(("municipality",), ("club_id",)))
class CourseRow:
    """A course, its plan and its state."""

    course_id: UUID
    club_id: UUID
    municipality: str
    kind: CourseKind
    season: Season
    starts_on: date
    ends_on: date
    starts_at: str
    evenings: int
    minutes: int
    fewest_families: int
    most_families: int
    receiving_key: str
    state: CourseState = CourseState.PLANNED
    room_introduced: bool = False
    leader_agrees_to_late: bool | None = None
    coordinator_agrees_to_late: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.state not in (CourseState.COMPLETED, CourseState.CANCELLED)


@view_row("evening", key=("course_id", "number"))
class EveningRow:
    course_id: UUID
    number: int
    on: date
    starts_at: str
    minutes: int
    kind: EveningKind
    theme: Theme | None
    cancelled: bool = False


@view_row("team", key=("course_id", "actor", "role"), indexes=(("actor",),))
class TeamMember:
    course_id: UUID
    actor: UUID
    role: Role
    since: date
    until: date | None = None
    confidential_since: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@view_row("seat", key=("course_id", "family_id"), indexes=(("family_id",),))
class SeatRow:
    """A family's place in a course, in the units that are counted (FAM-02)."""

    course_id: UUID
    family_id: UUID
    handed_over_on: date
    adults: int
    children: int
    siblings: int
    returning: bool
    lead_days: int
    late: bool
    confirmed_on: date | None = None
    left_on: date | None = None
    conversation_on: date | None = None
    conversation_way: Way | None = None


@view_row("kept_apart", key=("course_id", "actor", "family_id"))
class KeptApart:
    """A team member knows a family, and is or is not kept from its notes (VOL-08)."""

    course_id: UUID
    actor: UUID
    family_id: UUID
    acquainted: bool = False
    kept: bool = False


@view_row("booking", key=("booking_id",), indexes=(("actor",), ("course_id",)))
class Booking:
    booking_id: UUID
    course_id: UUID
    actor: UUID
    profession: Profession
    evening: int
    theme: Theme | None


@view_row("consent", key=("consent_id",), indexes=(("family_id",), ("course_id", "purpose"), ("part_id",)))
class ConsentRow:
    """A question that was answered: yes until it ends, no, or not decided."""

    consent_id: UUID
    family_id: UUID
    person_id: UUID
    course_id: UUID
    purpose: Purpose
    answer: Answer
    part_id: UUID | None
    edition: int | None
    recipient: Recipient | None
    not_to: tuple[UUID, ...]
    wording_id: UUID | None
    wording_version: int | None
    language: str | None
    way: Way
    taken_by: UUID
    answered_on: date
    until: date | None
    ended_on: date | None = None
    withdrawn: bool = False

    def in_force(self, on: date) -> bool:
        return self.answer is Answer.YES and self.ended_on is None and self.until is not None and on <= self.until


@view_row("wording", key=("wording_id", "version", "language"))
class WordingRow:
    wording_id: UUID
    version: int
    language: str
    purposes: tuple[str, ...]
    words: str
    text_hash: str


@view_row("restriction", key=("subject", "compartment"))
class Restriction:
    """Reading is restricted to storage for this subject and compartment (GDPR Art. 18, RIG-04)."""

    subject: UUID
    compartment: str
    until: date | None


ROWS: tuple[type[Any], ...] = (
    RoleHeld, StaffMember, Unit, Channel, Place, Branch, Club, CourseRow, EveningRow, TeamMember, SeatRow, KeptApart,
    Booking, ConsentRow, WordingRow, Restriction,
)  # fmt: skip


def follow(recorded: Recorded, rows: Rows) -> None:
    for followers in (_follow_people, _follow_organisation, _follow_course, _follow_team, _follow_consent):
        if followers(recorded, rows):
            return


def _follow_people(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case Enrolled(actor=actor) as fact:
            now = rows.get(StaffMember, actor=actor) or StaffMember(actor=actor)
            rows.put(replace(now, given_name=_sealed(fact.given_name), family_name=_sealed(fact.family_name)))
        case VolunteerEnrolled(actor=actor) as fact:
            now = rows.get(StaffMember, actor=actor) or StaffMember(actor=actor)
            rows.put(
                replace(
                    now,
                    volunteer_given_name=_sealed(fact.given_name),
                    volunteer_family_name=_sealed(fact.family_name),
                    volunteer_telephone=_sealed(fact.telephone),
                )
            )
        case RoleAssigned() as fact:
            rows.put(
                RoleHeld(
                    assignment_id=fact.assignment_id, actor=fact.actor, role=fact.role, unit_id=fact.unit_id,
                    municipality=fact.municipality, person_id=fact.person_id, since=fact.since, until=fact.until,
                )
            )  # fmt: skip
        case RoleEnded() as fact:
            rows.change(RoleHeld, {"assignment_id": fact.assignment_id}, until=fact.last_day)
        case RestrictionPlaced() as fact:
            for compartment in fact.compartments:
                rows.put(Restriction(subject=fact.subject, compartment=compartment, until=fact.until))
        case RestrictionLifted() as fact:
            for compartment in fact.compartments:
                rows.delete(Restriction, subject=fact.subject, compartment=compartment)
        case _:
            return False
    return True


def _follow_organisation(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case UnitOpened() as fact:
            rows.put(Unit(unit_id=fact.unit_id, name=fact.name, kind=fact.kind, hosts=fact.hosts, since=fact.since))
        case UnitClosed() as fact:
            rows.change(Unit, {"unit_id": fact.unit_id}, until=fact.last_day)
        case ChannelOpened() as fact:
            rows.put(Channel(kind=fact.kind, since=fact.since))
        case ChannelClosed() as fact:
            rows.change(Channel, {"kind": fact.kind, "until": None}, until=fact.last_day)
        case PlaceNamed() as fact:
            rows.put(Place(place_id=fact.place_id, name=fact.name))
        case BranchOpened() as fact:
            rows.put(Branch(branch_id=fact.branch_id, name=fact.name))
        case ClubEstablished() as fact:
            rows.put(
                Club(
                    club_id=fact.club_id, name=fact.name, municipality=fact.municipality, place_id=fact.place_id,
                    branch_id=fact.branch_id,
                )
            )  # fmt: skip
        case ClubContactNamed() as fact:
            rows.change(Club, {"club_id": fact.club_id}, contact=fact.contact)
        case WordingPublished() as fact:
            rows.put(
                WordingRow(
                    wording_id=fact.wording_id, version=fact.version, language=fact.language,
                    purposes=tuple(p.value for p in fact.purposes), words=fact.words, text_hash=fact.text_hash,
                )
            )  # fmt: skip
        case _:
            return False
    return True


def _follow_course(recorded: Recorded, rows: Rows) -> bool:
    course = {"course_id": recorded.stream}
    match recorded.fact:
        case CoursePlanned() as fact:
            rows.put(
                CourseRow(
                    course_id=fact.course_id, club_id=fact.club_id, municipality=fact.municipality, kind=fact.kind,
                    season=fact.season, starts_on=fact.starts_on, ends_on=fact.ends_on, starts_at=_clock(fact.starts_at),
                    evenings=fact.evenings, minutes=fact.minutes, fewest_families=fact.fewest_families,
                    most_families=fact.most_families, receiving_key=fact.receiving_key.hex(),
                )
            )  # fmt: skip
        case CourseStateChanged() as fact:
            rows.change(CourseRow, course, state=fact.state)
        case ConfidentialRoomIntroduced():
            rows.change(CourseRow, course, room_introduced=True)
        case LateEntryDecided(by_role=Role.LEADER) as fact:
            rows.change(CourseRow, course, leader_agrees_to_late=fact.agreed)
        case LateEntryDecided() as fact:
            rows.change(CourseRow, course, coordinator_agrees_to_late=fact.agreed)
        case EveningPlanned() as fact:
            rows.put(
                EveningRow(
                    course_id=recorded.stream, number=fact.number, on=fact.on, starts_at=_clock(fact.starts_at),
                    minutes=fact.minutes, kind=fact.kind, theme=fact.theme,
                )
            )  # fmt: skip
        case EveningCancelled() as fact:
            rows.change(EveningRow, course | {"number": fact.number}, cancelled=True)
        case ProfessionalBooked() as fact:
            rows.put(
                Booking(
                    booking_id=fact.booking_id, course_id=recorded.stream, actor=fact.actor, profession=fact.profession,
                    evening=fact.evening, theme=fact.theme,
                )
            )  # fmt: skip
        case BookingCancelled() as fact:
            rows.delete(Booking, booking_id=fact.booking_id)
        case _:
            return False
    return True


def _follow_team(recorded: Recorded, rows: Rows) -> bool:
    course = {"course_id": recorded.stream}
    match recorded.fact:
        case TeamMemberJoined() as fact:
            earlier = rows.get(TeamMember, course_id=recorded.stream, actor=fact.actor, role=fact.role)
            accepted = earlier.confidential_since if earlier is not None else None
            rows.put(
                TeamMember(
                    course_id=recorded.stream, actor=fact.actor, role=fact.role, since=fact.since,
                    confidential_since=accepted,
                )
            )  # fmt: skip
        case TeamMemberLeft() as fact:
            rows.change(TeamMember, course | {"actor": fact.actor, "role": fact.role}, until=fact.last_day)
        case ConfidentialityAccepted() as fact:
            rows.change(TeamMember, course | {"actor": fact.actor}, confidential_since=fact.on)
        case FamilyTakenIn() as fact:
            rows.put(
                SeatRow(
                    course_id=recorded.stream, family_id=fact.family_id, handed_over_on=fact.handed_over_on,
                    adults=fact.adults, children=fact.children, siblings=fact.siblings, returning=fact.returning,
                    lead_days=fact.lead_days, late=fact.late,
                )
            )  # fmt: skip
        case PlaceConfirmed() as fact:
            rows.change(SeatRow, course | {"family_id": fact.family_id}, confirmed_on=fact.on)
        case FamilyLeft() as fact:
            rows.change(SeatRow, course | {"family_id": fact.family_id}, left_on=fact.on)
        case ConversationHeld() as fact:
            rows.change(
                SeatRow,
                {"course_id": fact.course_id, "family_id": fact.family_id},
                conversation_on=fact.held_on,
                conversation_way=fact.way,
            )
        case AcquaintanceStated() as fact:
            rows.put(replace(_apart(rows, recorded.stream, fact.actor, fact.family_id), acquainted=True))
        case KeptFromNotes() as fact:
            rows.put(replace(_apart(rows, recorded.stream, fact.actor, fact.family_id), kept=fact.kept))
        case _:
            return False
    return True


def _follow_consent(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case ConsentGiven() as fact:
            rows.put(
                ConsentRow(
                    consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.given_by,
                    course_id=fact.course_id, purpose=fact.purpose, answer=Answer.YES, part_id=fact.part_id,
                    edition=fact.edition, recipient=fact.recipient, not_to=fact.not_to, wording_id=fact.wording_id,
                    wording_version=fact.wording_version, language=fact.language, way=fact.way, taken_by=fact.taken_by,
                    answered_on=fact.given_on, until=fact.until,
                )
            )  # fmt: skip
        case ConsentNotGiven() as fact:
            rows.put(
                ConsentRow(
                    consent_id=fact.consent_id, family_id=fact.family_id, person_id=fact.asked,
                    course_id=fact.course_id, purpose=fact.purpose, answer=fact.answer, part_id=fact.part_id,
                    edition=None, recipient=None, not_to=(), wording_id=None, wording_version=None, language=None,
                    way=fact.way, taken_by=fact.taken_by, answered_on=fact.on, until=None,
                )
            )  # fmt: skip
        case ConsentWithdrawn() as fact:
            rows.change(ConsentRow, {"consent_id": recorded.stream}, ended_on=fact.on, withdrawn=True)
        case ConsentExpired() as fact:
            rows.change(ConsentRow, {"consent_id": recorded.stream}, ended_on=fact.on)
        case _:
            return False
    return True


def _apart(rows: Rows, course_id: UUID, actor: UUID, family_id: UUID) -> KeptApart:
    found = rows.get(KeptApart, course_id=course_id, actor=actor, family_id=family_id)
    return found or KeptApart(course_id=course_id, actor=actor, family_id=family_id)


def _clock(value: time) -> str:
    return f"{value:%H:%M}"


def _sealed(value: object) -> Sealed | None:
    return value if isinstance(value, Sealed) else None
