"""The made-up people, places and events of the tests: a family in two homes, its referral, a course, a note, a consent.

A phrase is a fact, or what somebody types in, with everything said; a test says anew only what it is about.
"""

from __future__ import annotations

from datetime import date, time
from functools import partial
from typing import Any
from uuid import UUID

from domain import (
    asking,
    attendance,
    consent,
    course,
    course_group,
    course_plan,
    custody,
    family,
    grounds,
    introduction,
    notice,
    organisation,
    participants,
    referral,
    staff,
)
from domain import wording as wordings
from domain.facts import Fact
from domain.lists import (
    CRITERIA_VERSION,
    Attendance,
    CourseKind,
    DayCare,
    EveningKind,
    MunicipalCase,
    PartKind,
    Profession,
    Purpose,
    Season,
    Theme,
    UnitKind,
    Way,
)
from domain.people import (
    ActorId,
    Caregiver,
    ClubId,
    ConsentId,
    CourseId,
    FamilyId,
    NotePartId,
    PersonId,
    ReferralId,
    Role,
    SubjectId,
    TakesPartAs,
    UnitId,
)
from domain.purposes import Data, Recipient

TODAY = date(2026, 8, 14)
STARTS_ON = date(2026, 9, 1)
ENDS_ON = date(2026, 11, 24)


def an_id(number: int) -> UUID:
    return UUID(int=number)


LIND = FamilyId(an_id(10))
SARA, MIKKEL, ALMA, VIGGO = (PersonId(an_id(n)) for n in (11, 12, 13, 14))
HOME, OTHER_HOME = an_id(15), an_id(16)
HOLM = FamilyId(an_id(17))
STRANGER = PersonId(an_id(19))
HEALTH_VISITOR, COORDINATOR, LEADER, CO_LEADER, VOLUNTEER, MIDWIFE = (ActorId(an_id(n)) for n in range(20, 26))
UNIT = UnitId(an_id(30))
CLUB = ClubId(an_id(31))
PLACE, BRANCH, BOOKING, ASSIGNMENT, WORDING = (an_id(n) for n in range(32, 37))
COURSE, NEXT_COURSE = CourseId(an_id(40)), CourseId(an_id(41))
REFERRAL = ReferralId(an_id(42))
HANDOVER, NEXT_HANDOVER = an_id(43), an_id(44)
PART = NotePartId(an_id(50))
STATEMENT, OTHER_STATEMENT = an_id(51), an_id(52)
CONSENT = ConsentId(an_id(53))
PROOF = an_id(54)

PERSONAL_WORDS = (
    "Sara",
    "Mikkel",
    "Alma",
    "Viggo",
    "Lind",
    "20102030",
    "Havnegade",
    "2022-05",
    "2015-03",
    "dansk",
    "træt",
)
"""What must never be read in an error, an id or a repr."""

# The family as the municipality refers it: Sara and Mikkel live apart; Alma is four, Viggo eleven.

sara = partial(
    family.NewAdult, person_id=SARA, household_id=HOME, given_name="Sara", family_name="Lind", caregiver=Caregiver.MOTHER,
    telephone="20 10 20 30", address="Havnegade 1",
)  # fmt: skip
mikkel = partial(
    family.NewAdult, person_id=MIKKEL, household_id=OTHER_HOME, given_name="Mikkel", family_name="Lind",
    caregiver=Caregiver.FATHER, comes=False,
)  # fmt: skip
alma = partial(
    family.NewChild, person_id=ALMA, household_ids=(HOME, OTHER_HOME), given_name="Alma", birth_month="2022-05",
    takes_part_as=TakesPartAs.CHILD, day_care=DayCare.KINDERGARTEN,
)  # fmt: skip
viggo = partial(
    family.NewChild, person_id=VIGGO, household_ids=(HOME,), given_name="Viggo", birth_month="2015-03",
    takes_part_as=TakesPartAs.SIBLING,
)  # fmt: skip
an_offer = partial(
    family.Offer, told_on=date(2026, 8, 3), told_by=HEALTH_VISITOR, said_yes=True, answered_on=date(2026, 8, 5)
)


def a_family() -> list[Fact]:
    return [
        family.FamilyRegistered(
            family_id=LIND, unit_id=UNIT, told_on=date(2026, 8, 3), said_yes_on=date(2026, 8, 5), told_by=HEALTH_VISITOR
        ),
        family.AdultRegistered(
            person_id=SARA, household_id=HOME, comes=True, given_name="Sara", family_name="Lind", caregiver="mother",
            telephone="+4520102030", address="Havnegade 1",
        ),
        family.AdultRegistered(
            person_id=MIKKEL, household_id=OTHER_HOME, comes=False, given_name="Mikkel", family_name="Lind",
            caregiver="father", telephone=None, address=None,
        ),
        family.ChildRegistered(
            person_id=ALMA, household_ids=(HOME, OTHER_HOME), takes_part_as=TakesPartAs.CHILD, given_name="Alma",
            birth_month="2022-05", day_care="kindergarten",
        ),
        family.ChildRegistered(
            person_id=VIGGO, household_ids=(HOME,), takes_part_as=TakesPartAs.SIBLING, given_name="Viggo",
            birth_month="2015-03", day_care="not_stated",
        ),
        family.LanguageStated(family_id=LIND, language="dansk", needs_translation=False),
    ]  # fmt: skip


erased_in_town = partial(family.PersonErased, erased_on=TODAY)

# Its referral.

because = partial(
    grounds.Grounds, criteria=(grounds.Criterion(code="lacking_network", about=SubjectId(LIND)),),
    judgements={ALMA: "at_risk"}, able_to_take_part=True, remark="Sara er træt", municipal_case=MunicipalCase.NONE,
)  # fmt: skip


def the_grounds(edition: int = 1) -> list[Fact]:
    return [
        referral.GroundsStated(
            edition=edition, family_id=LIND, able_to_take_part=True, remark="Sara er træt", municipal_case="none"
        ),
        referral.CriterionStated(edition=edition, about=SubjectId(LIND), criterion="lacking_network"),
        referral.JudgementStated(edition=edition, child_id=ALMA, judgement="at_risk"),
        referral.JudgementStated(edition=edition, child_id=VIGGO, judgement=None),
    ]


def a_referral() -> list[Fact]:
    registered = referral.ReferralRegistered(
        family_id=LIND, unit_id=UNIT, channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR,
        list_version=CRITERIA_VERSION, registered_on=TODAY,
    )  # fmt: skip
    return [registered, *the_grounds()]


accepted = partial(referral.ReferralAccepted, on=TODAY)
declined = partial(referral.ReferralDeclined, on=TODAY)
waiting = partial(referral.PutOnWaitingList, on=TODAY)
placed = partial(referral.FamilyPlaced, on=TODAY, course_id=COURSE, course_starts_on=STARTS_ON)
handed_over = partial(referral.FamilyHandedOver, on=TODAY, handover_id=HANDOVER, course_id=COURSE, lead_days=18)
withdrawn = partial(referral.ReferralWithdrawn, on=TODAY)

# The family as the club knows it.

sara_arrives = partial(
    participants.ReceivedAdult, person_id=SARA, household_id=HOME, comes=True, given_name="Sara", family_name="Lind",
    caregiver="mother", telephone="+4520102030",
)  # fmt: skip
alma_arrives = partial(
    participants.ReceivedChild, person_id=ALMA, household_ids=(HOME, OTHER_HOME), takes_part_as=TakesPartAs.CHILD,
    given_name="Alma", birth_month="2022-05",
)  # fmt: skip
a_handover = partial(
    participants.Handover, handover_id=HANDOVER, family_id=LIND, from_realm="strandby", course_id=COURSE,
    handed_over_on=TODAY, adults=(sara_arrives(),), children=(alma_arrives(),), language="dansk", needs_translation=False,
)  # fmt: skip
adult_received = partial(
    participants.AdultReceived, person_id=SARA, household_id=HOME, comes=True, given_name="Sara", family_name="Lind",
    caregiver="mother", telephone="+4520102030",
)  # fmt: skip
child_received = partial(
    participants.ChildReceived, person_id=ALMA, household_ids=(HOME, OTHER_HOME), takes_part_as=TakesPartAs.CHILD,
    given_name="Alma", birth_month="2022-05",
)  # fmt: skip


def a_family_received(**crossing: Any) -> list[Fact]:
    handover: dict[str, Any] = {"handover_id": HANDOVER, "course_id": COURSE} | crossing
    return [
        participants.FamilyReceived(family_id=LIND, from_realm="strandby", handed_over_on=TODAY, **handover),
        adult_received(),
        child_received(),
        participants.LanguageReceived(family_id=LIND, language="dansk", needs_translation=False),
    ]


erased_at_the_club = partial(participants.PersonErased, erased_on=TODAY)

# A course.

a_plan = partial(
    course_plan.Plan, club_id=CLUB, municipality="strandby", starts_on=STARTS_ON, ends_on=ENDS_ON, starts_at=time(17, 0),
    season=Season.AUTUMN,
)  # fmt: skip
a_course_planned = partial(
    course.CoursePlanned, course_id=COURSE, club_id=CLUB, municipality="strandby", kind=CourseKind.YOUNG_CHILDRENS_CLUB,
    season=Season.AUTUMN, starts_on=STARTS_ON, ends_on=ENDS_ON, starts_at=time(17, 0), evenings=12, minutes=120,
    fewest_families=6, most_families=8, receiving_key=b"receiving key",
)  # fmt: skip
the_course_is = partial(course.CourseStateChanged, on=TODAY)
an_evening = partial(
    course.EveningPlanned, number=1, on=STARTS_ON, starts_at=time(17, 0), minutes=120, kind=EveningKind.TALK,
    theme=Theme.SLEEP,
)  # fmt: skip
joined = partial(course.TeamMemberJoined, since=TODAY)
an_arrival = partial(
    course_group.Arrival, family_id=LIND, handover_id=HANDOVER, handed_over_on=TODAY, adults=1, children=1, siblings=1,
    returning=False,
)  # fmt: skip
taken_in = partial(
    course.FamilyTakenIn, family_id=LIND, handover_id=HANDOVER, handed_over_on=TODAY, adults=1, children=1, siblings=1,
    returning=False, lead_days=18, late=False,
)  # fmt: skip
place_confirmed = partial(course.PlaceConfirmed, family_id=LIND, on=TODAY)
family_left = partial(course.FamilyLeft, family_id=LIND, on=TODAY)
a_booking = partial(
    course.ProfessionalBooked, booking_id=BOOKING, actor=MIDWIFE, profession=Profession.MIDWIFE, evening=2,
    theme=Theme.SLEEP,
)  # fmt: skip


def late_entry_decided(**agreed: bool) -> list[Fact]:
    return [
        course.LateEntryDecided(by_role=Role(role), agreed=answer, on=TODAY) for role, answer in agreed.items()
    ]  # fmt: skip


# Its attendance.

a_line = partial(attendance.Line, family_id=LIND, status=Attendance.PRESENT, adults=1, children=1)
line_recorded = partial(
    attendance.LineRecorded, course_id=COURSE, evening=1, family_id=LIND, status="present", adults=1, children=1,
    siblings=0, way=None,
)  # fmt: skip
headcount = partial(
    attendance.HeadcountRecorded, course_id=COURSE, evening=1, families=1, adults=1, children=1, siblings=0, cancelled=0,
    not_come=0,
)  # fmt: skip
cancelled_by_sms = partial(line_recorded, status="cancelled_in_advance", adults=0, children=0, way="sms")
cancellations = partial(attendance.CancellationsCounted, course_id=COURSE, evening=1, families=1)

# What the family told the leader.

a_conversation = partial(
    introduction.ConversationHeld, family_id=LIND, course_id=COURSE, held_on=TODAY, way=Way.TELEPHONE, leader=LEADER,
    notice_given=True,
)  # fmt: skip
says = partial(
    introduction.Statement,
    statement_id=STATEMENT,
    about=SubjectId(SARA),
    told_by=SARA,
    words="Sara vil gerne møde andre",
)
statement_written = partial(
    introduction.StatementWritten, course_id=COURSE, part_id=PART, edition=1, statement_id=STATEMENT, about=SubjectId(SARA),
    told_by=SARA, words="Sara vil gerne møde andre",
)  # fmt: skip
part_written = partial(
    introduction.PartWritten,
    family_id=LIND,
    course_id=COURSE,
    part_id=PART,
    edition=1,
    kind=PartKind.WISHES,
    author=LEADER,
)
theme_wished = partial(
    introduction.ThemeWished, course_id=COURSE, part_id=PART, edition=1, family_id=LIND, theme="network"
)
read_back = partial(introduction.PartReadBack, part_id=PART, edition=1, read_back_on=TODAY)


def a_part(edition: int = 1) -> list[Fact]:
    """Sara's wish, and what she says of Mikkel."""
    return [
        part_written(edition=edition),
        statement_written(edition=edition),
        statement_written(
            edition=edition, statement_id=OTHER_STATEMENT, about=SubjectId(MIKKEL), words="Mikkel arbejder om natten"
        ),
        theme_wished(edition=edition),
    ]


# What it consents to.

the_wording = partial(
    asking.Wording, wording_id=WORDING, version=2, language="da", text_hash="ab" * 32,
    states=tuple(map(wordings.all_of, [Purpose.SHARE_WITH_VOLUNTEERS, Purpose.SMS_REMINDERS])),
)  # fmt: skip
asked = partial(
    asking.Asked, family_id=LIND, person_id=SARA, course_id=COURSE, purpose=Purpose.SHARE_WITH_VOLUNTEERS, part_id=PART,
    edition=1, way=Way.TELEPHONE, taken_by=LEADER,
)  # fmt: skip
consent_given = partial(
    consent.ConsentGiven, consent_id=CONSENT, family_id=LIND, given_by=SARA, on_behalf_of=(), course_id=COURSE,
    purpose=Purpose.SHARE_WITH_VOLUNTEERS, recipient=Recipient.COURSE_VOLUNTEERS, data=(Data.NOTE_PART,), part_id=PART,
    edition=1, renews=None, proof_id=PROOF, capacity="self", said=None, interpreter=None,
    not_to=(), wording_id=WORDING, wording_version=2, wording_hash="ab" * 32, language="da", translated=False,
    way=Way.TELEPHONE, taken_by=LEADER, given_on=TODAY, until=ENDS_ON,
)  # fmt: skip
consent_not_given = partial(
    consent.ConsentNotGiven, consent_id=CONSENT, family_id=LIND, asked=SARA, on_behalf_of=(), course_id=COURSE,
    purpose=Purpose.SHARE_WITH_VOLUNTEERS, part_id=PART, answer=consent.Answer.NO, wording_id=WORDING, wording_version=2,
    wording_hash="ab" * 32, language="da", way=Way.TELEPHONE, taken_by=LEADER, on=TODAY,
)  # fmt: skip
consent_withdrawn = partial(consent.ConsentWithdrawn, way=Way.SMS, on=TODAY)
the_circle = partial(custody.Circle, family_id=LIND, adults=frozenset({SARA, MIKKEL}))
saras_alone = custody.Holders(custody.Arrangement.SINGLE, frozenset({SARA}))
shared_by_both = custody.Holders(custody.Arrangement.JOINT, frozenset({SARA, MIKKEL}))
consent_expired = partial(consent.ConsentExpired, on=TODAY)

# The house around them.

unit_opened = partial(
    organisation.UnitOpened, unit_id=UNIT, name="Sundhedsplejen", kind=UnitKind.HEALTH_VISITING, hosts=True, since=TODAY
)
channel_opened = partial(organisation.ChannelOpened, kind=UnitKind.SCHOOL, since=TODAY)
place_named = partial(organisation.PlaceNamed, place_id=PLACE, name="Havnen")
branch_opened = partial(organisation.BranchOpened, branch_id=BRANCH, name="Strandby lokalforening")
club_established = partial(
    organisation.ClubEstablished, club_id=CLUB, name="Klubben på Havnen", municipality="strandby", place_id=None,
    branch_id=None, since=TODAY,
)  # fmt: skip
contact_named = partial(organisation.ClubContactNamed, club_id=CLUB, contact=LEADER)
enrolled = partial(
    staff.Enrolled, actor=HEALTH_VISITOR, given_name="Sara", family_name="Lind", address="sara.lind@example.org"
)
volunteer_enrolled = partial(
    staff.VolunteerEnrolled, actor=HEALTH_VISITOR, given_name="Sara", family_name="Lind", telephone="+4520102030"
)
an_assignment = partial(
    staff.Assignment, assignment_id=ASSIGNMENT, role=Role.REFERRER, since=TODAY, unit_id=UNIT
)  # fmt: skip
role_assigned = partial(
    staff.RoleAssigned, assignment_id=ASSIGNMENT, actor=HEALTH_VISITOR, role=Role.REFERRER, unit_id=UNIT,
    municipality=None, person_id=None, since=TODAY, until=None,
)  # fmt: skip
role_ended = partial(staff.RoleEnded, assignment_id=ASSIGNMENT)
published = partial(
    wordings.WordingPublished, wording_id=WORDING, version=1, language="da", purposes=(Purpose.SMS_REMINDERS,),
    states=(wordings.all_of(Purpose.SMS_REMINDERS),), words="Må vi sende dig en sms før hver klubaften?", published_on=TODAY,
    text_hash="49ac72c02a9c3a73bb41e4c26a1359d8afc32a7bf3d2466a14d943b0782a0084",
)  # fmt: skip
course_announced = partial(
    notice.CourseAnnounced, course_id=COURSE, club="Klubben på Havnen", starts_on=STARTS_ON, ends_on=ENDS_ON,
    takes_in=True, late_entry_agreed=False, receiving_key=b"receiving key", news=1,
)  # fmt: skip
