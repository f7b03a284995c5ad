"""Who takes part: ids that say nothing, roles, and the periods they are held for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)
"""A data subject of a family: an adult or a child."""
SubjectId = NewType("SubjectId", UUID)
"""Whom a statement is about: a person, or a whole family for what concerns the household."""
FamilyId = NewType("FamilyId", UUID)
ActorId = NewType("ActorId", UUID)
"""The pseudonym of somebody who uses the register."""
CourseId = NewType("CourseId", UUID)
ClubId = NewType("ClubId", UUID)
UnitId = NewType("UnitId", UUID)
ConsentId = NewType("ConsentId", UUID)
ReferralId = NewType("ReferralId", UUID)
NotePartId = NewType("NotePartId", UUID)


class Role(StrEnum):
    """The roles of ORG-03, and the two that the register itself needs (administrator, reminder service)."""

    REFERRER = "referrer"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"
    FAMILY = "family"
    SECRETARIAT = "secretariat"
    BRANCH = "branch"
    OFFICER = "officer"
    EVALUATOR = "evaluator"
    MANAGEMENT = "management"
    ADMINISTRATOR = "administrator"
    REMINDER_SERVICE = "reminder_service"


class Caregiver(StrEnum):
    """An adult's role in the family (FAM-06); marital status is not a field (FAM-07)."""

    MOTHER = "mother"
    FATHER = "father"
    OTHER = "other_caregiver"


class TakesPartAs(StrEnum):
    """The counting unit a person belongs to (FAM-02, FAM-04); never mixed."""

    ADULT = "adult"
    CHILD = "child"
    SIBLING = "sibling"


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day to a last day, both included; `until` None means open."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
