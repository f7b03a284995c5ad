"""Who may see what, and when. The whole answer is the table MAY_SEE; an absent line is a refusal.

`EACH` opens values with whose they are. `AS_GROUP` opens values of a whole group without saying whose each one is
(ages of the children, themes wished). Every other pair of role and compartment sees nothing; counts that hold no
personal value are outside this table, because nothing is opened for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.compartments import (
    AGES,
    ATTENDANCE,
    BREACH,
    CARRIED_NOTE,
    CASE_FILE,
    CLUB_TELEPHONE,
    CONSENT_PROOF,
    CONTACT,
    DRAFT,
    FOLLOW_UP,
    LANGUAGE,
    MUNICIPAL_ADDRESS,
    MUNICIPAL_CONTACT,
    MUNICIPAL_TELEPHONE,
    NOTE,
    RIGHTS,
    ROSTER,
    SHARED_NOTE,
    SHARED_THEME,
    STAFF_FILE,
    VOLUNTEER_FILE,
    Compartment,
)
from domain.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the reader stands to one value and its subject, as found in the register at this moment. Default: not at all."""

    own_unit: bool = False
    own_municipality: bool = False
    not_handed_over: bool = False
    leads_the_course: bool = False
    on_the_team: bool = False
    course_is_open: bool = False
    place_is_confirmed: bool = False
    confidentiality_accepted: bool = False
    not_kept_from_notes: bool = False
    wrote_it: bool = False
    consent_in_force: bool = False
    is_the_subject: bool = False
    is_a_parent_or_household: bool = False
    told_it: bool = False
    same_evening: bool = False
    has_a_booking: bool = False
    released_by_two_persons: bool = False
    is_on_duty: bool = False
    is_to_correct: bool = False
    names_are_given: bool = False


NO_STANDING = Standing()

Condition = Callable[[Standing], bool]


def own_unit(standing: Standing) -> bool:
    """The referral is the reader's own unit's (REF-18)."""
    return standing.own_unit


def own_municipality(standing: Standing) -> bool:
    """The family is referred in the reader's municipality (REF-18)."""
    return standing.own_municipality


def not_handed_over(standing: Standing) -> bool:
    """The leader has not been told yet; afterwards ringing is the leader's."""
    return standing.not_handed_over


def leads_the_course(standing: Standing) -> bool:
    """The reader leads the course today (VOL-02)."""
    return standing.leads_the_course


def on_the_team(standing: Standing) -> bool:
    """The reader is attached to the course today (INT-11, VOL-02)."""
    return standing.on_the_team


def course_is_open(standing: Standing) -> bool:
    """The course is neither completed nor cancelled."""
    return standing.course_is_open


def place_is_confirmed(standing: Standing) -> bool:
    """The leader has confirmed the family's place."""
    return standing.place_is_confirmed


def confidentiality_accepted(standing: Standing) -> bool:
    """The reader has accepted confidentiality for this course (INT-21, VOL-03)."""
    return standing.confidentiality_accepted


def not_kept_from_notes(standing: Standing) -> bool:
    """The reader is not kept from this family's notes, by the leader or by the consent itself (VOL-08, INT-11)."""
    return standing.not_kept_from_notes


def consent_in_force(standing: Standing) -> bool:
    """A consent for this use is in force today (INT-04, GDPR Art. 7)."""
    return standing.consent_in_force


def author_or_consented_co_leader(standing: Standing) -> bool:
    """The reader wrote it, or a consent covers shared leadership (INT-05, INT-12)."""
    return standing.wrote_it or standing.consent_in_force


def the_author(standing: Standing) -> bool:
    """The reader wrote it."""
    return standing.wrote_it


def subject_or_parent(standing: Standing) -> bool:
    """The value is about the reader, the reader's child or the household; never about the other adult (RIG-17)."""
    return standing.is_the_subject or standing.is_a_parent_or_household


def subject_or_teller(standing: Standing) -> bool:
    """The value is about the reader, or about child or household and told by the reader: not the other's words."""
    return standing.is_the_subject or (standing.told_it and standing.is_a_parent_or_household)


def same_evening(standing: Standing) -> bool:
    """The evening is today's (annex C: volunteers see and write the same evening only)."""
    return standing.same_evening


def has_a_booking(standing: Standing) -> bool:
    """The reader visits an evening of this course (VIS-04)."""
    return standing.has_a_booking


def released_by_two_persons(standing: Standing) -> bool:
    """An officer asked for it in this person's own case, a second person agreed, and that still holds (decision 0021)."""
    return standing.released_by_two_persons


def is_on_duty(standing: Standing) -> bool:
    """The role is held in this realm today, and the case is the reader's."""
    return standing.is_on_duty


def is_to_correct(standing: Standing) -> bool:
    """A correction of what the reader keeps was accepted, and is not made yet (GDPR Art. 16)."""
    return standing.is_to_correct


def names_are_given(standing: Standing) -> bool:
    """The officer decided in the reader's own case that the names of those who read are told (CJEU C-579/21)."""
    return standing.names_are_given


class Level(StrEnum):
    """With whose they are, or as a group without saying whose."""

    EACH = "each"
    AS_GROUP = "as_group"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: all conditions must hold."""

    conditions: tuple[Condition, ...]
    level: Level = Level.EACH

    @property
    def rule(self) -> str:
        return " and ".join(condition.__name__ for condition in self.conditions)


def each(*conditions: Condition) -> Line:
    return Line(conditions)


def as_group(*conditions: Condition) -> Line:
    return Line(conditions, Level.AS_GROUP)


MAY_SEE: Mapping[tuple[Role, Compartment], Line] = {
    # The municipality
    (Role.REFERRER, CASE_FILE): each(own_unit),
    (Role.REFERRER, MUNICIPAL_CONTACT): each(own_unit),
    (Role.REFERRER, MUNICIPAL_TELEPHONE): each(own_unit),
    (Role.REFERRER, MUNICIPAL_ADDRESS): each(own_unit),
    (Role.REFERRER, DRAFT): each(the_author),
    (Role.COORDINATOR, CASE_FILE): each(own_municipality),
    (Role.COORDINATOR, MUNICIPAL_CONTACT): each(own_municipality),
    (Role.COORDINATOR, MUNICIPAL_TELEPHONE): each(own_municipality, not_handed_over),
    (Role.FAMILY, CASE_FILE): each(subject_or_parent),
    (Role.FAMILY, MUNICIPAL_CONTACT): each(subject_or_parent),
    (Role.FAMILY, MUNICIPAL_TELEPHONE): each(subject_or_parent),
    (Role.FAMILY, MUNICIPAL_ADDRESS): each(subject_or_parent),
    # The club
    (Role.LEADER, ROSTER): each(leads_the_course, course_is_open),
    (Role.LEADER, AGES): each(leads_the_course, course_is_open),
    (Role.LEADER, CONTACT): each(leads_the_course, course_is_open),
    (Role.LEADER, LANGUAGE): each(leads_the_course, course_is_open),
    (Role.LEADER, CLUB_TELEPHONE): each(leads_the_course, course_is_open),
    (Role.LEADER, NOTE): each(leads_the_course, course_is_open, author_or_consented_co_leader),
    (Role.LEADER, SHARED_NOTE): each(leads_the_course, course_is_open, author_or_consented_co_leader),
    (Role.LEADER, CARRIED_NOTE): each(leads_the_course, course_is_open, consent_in_force),
    (Role.LEADER, SHARED_THEME): as_group(leads_the_course, course_is_open),
    (Role.LEADER, ATTENDANCE): each(leads_the_course, course_is_open),
    (Role.LEADER, CONSENT_PROOF): each(leads_the_course, course_is_open),
    (Role.LEADER, VOLUNTEER_FILE): each(leads_the_course, course_is_open),
    (Role.VOLUNTEER, ROSTER): each(on_the_team, course_is_open, place_is_confirmed),
    (Role.VOLUNTEER, AGES): each(on_the_team, course_is_open, place_is_confirmed),
    (Role.VOLUNTEER, SHARED_NOTE): each(
        on_the_team,
        course_is_open,
        place_is_confirmed,
        confidentiality_accepted,
        consent_in_force,
        not_kept_from_notes,
    ),
    (Role.VOLUNTEER, ATTENDANCE): each(on_the_team, course_is_open, place_is_confirmed, same_evening),
    (Role.PROFESSIONAL, AGES): as_group(has_a_booking, course_is_open),
    (Role.PROFESSIONAL, LANGUAGE): as_group(has_a_booking, course_is_open),
    (Role.PROFESSIONAL, SHARED_THEME): as_group(has_a_booking, course_is_open),
    (Role.COORDINATOR, AGES): as_group(own_municipality, course_is_open),
    (Role.COORDINATOR, SHARED_THEME): as_group(own_municipality, course_is_open),
    (Role.FAMILY, ROSTER): each(subject_or_parent),
    (Role.FAMILY, AGES): each(subject_or_parent),
    (Role.FAMILY, CONTACT): each(subject_or_parent),
    (Role.FAMILY, LANGUAGE): each(subject_or_parent),
    (Role.FAMILY, CLUB_TELEPHONE): each(subject_or_parent),
    (Role.FAMILY, NOTE): each(subject_or_teller),
    (Role.FAMILY, SHARED_NOTE): each(subject_or_teller),
    (Role.FAMILY, CARRIED_NOTE): each(subject_or_teller),
    (Role.FAMILY, SHARED_THEME): each(subject_or_teller),
    (Role.FAMILY, ATTENDANCE): each(subject_or_parent),
    (Role.FAMILY, FOLLOW_UP): each(subject_or_parent),
    (Role.FAMILY, CONSENT_PROOF): each(subject_or_parent),
    (Role.FAMILY, RIGHTS): each(subject_or_parent),
    (Role.REMINDER_SERVICE, CLUB_TELEPHONE): each(consent_in_force, course_is_open),
    (Role.SECRETARIAT, FOLLOW_UP): each(consent_in_force),
    (Role.SECRETARIAT, VOLUNTEER_FILE): each(is_on_duty),
    (Role.BRANCH, VOLUNTEER_FILE): each(is_on_duty),
    # Both
    (Role.OFFICER, RIGHTS): each(is_on_duty),
    (Role.LEADER, RIGHTS): each(is_to_correct),
    (Role.REFERRER, RIGHTS): each(is_to_correct),
    (Role.FAMILY, STAFF_FILE): each(names_are_given),
    (Role.FAMILY, VOLUNTEER_FILE): each(names_are_given),
    (Role.OFFICER, BREACH): each(is_on_duty),
    # The officer, for a person's own answer on paper: what the person may see, and only when two persons released it
    (Role.OFFICER, CASE_FILE): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, MUNICIPAL_CONTACT): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, MUNICIPAL_TELEPHONE): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, MUNICIPAL_ADDRESS): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, ROSTER): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, AGES): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, CONTACT): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, LANGUAGE): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, CLUB_TELEPHONE): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, NOTE): each(released_by_two_persons, subject_or_teller),
    (Role.OFFICER, SHARED_NOTE): each(released_by_two_persons, subject_or_teller),
    (Role.OFFICER, CARRIED_NOTE): each(released_by_two_persons, subject_or_teller),
    (Role.OFFICER, SHARED_THEME): each(released_by_two_persons, subject_or_teller),
    (Role.OFFICER, ATTENDANCE): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, FOLLOW_UP): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, CONSENT_PROOF): each(released_by_two_persons, subject_or_parent),
    (Role.OFFICER, STAFF_FILE): each(released_by_two_persons, names_are_given),
    (Role.OFFICER, VOLUNTEER_FILE): each(released_by_two_persons, names_are_given),
    (Role.ADMINISTRATOR, STAFF_FILE): each(is_on_duty),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and the rule that said so, as the access log keeps it."""

    allowed: bool
    rule: str


_RESTRICTED = Decision(False, "restricted (GDPR Art. 18)")


def decide(
    role: Role, compartment: Compartment, standing: Standing, level: Level = Level.EACH, *, restricted: bool = False
) -> Decision:
    """The answer of the table for one value. Pure; a restriction (Art. 18) stops everybody but the person concerned, to
    whom an answer may also go by the hand of an officer, on paper.
    """
    line = MAY_SEE.get((role, compartment))
    if line is None:
        return Decision(False, f"{role} never sees {compartment.name}")
    if line.level is not level:
        return Decision(False, f"{role} sees {compartment.name} {line.level} only")
    if restricted and role is not Role.FAMILY and not (role is Role.OFFICER and standing.released_by_two_persons):
        return _RESTRICTED
    for condition in line.conditions:
        if not condition(standing):
            return Decision(False, f"not: {condition.__name__}")
    return Decision(True, line.rule)
