"""Every kind of stream, and the ids of streams that follow from other random ids."""

from __future__ import annotations

from uuid import NAMESPACE_OID, UUID, uuid5

from application.ports import Aggregate
from domain import (
    attendance,
    consent,
    course,
    family,
    introduction,
    invitation,
    notice,
    organisation,
    participants,
    referral,
    staff,
    wording,
)

FAMILY = Aggregate("family", family.evolve)
REFERRAL = Aggregate("referral", referral.evolve)
NOTICE = Aggregate("notice", notice.evolve)
PARTICIPANTS = Aggregate("participants", participants.evolve)
COURSE = Aggregate("course", course.evolve)
ATTENDANCE = Aggregate("attendance", attendance.evolve)
INTRODUCTION = Aggregate("introduction", introduction.evolve)
CONSENT = Aggregate("consent", consent.evolve)
WORDING = Aggregate("wording", wording.evolve)
ORGANISATION = Aggregate("organisation", organisation.evolve)
STAFF = Aggregate("staff", staff.evolve)
INVITATION = Aggregate("invitation", invitation.evolve)


def introduction_id(family_id: UUID, course_id: UUID) -> UUID:
    """The stream of a family's introductory conversation before one course."""
    return uuid5(course_id, f"introduction/{family_id}")


def attendance_id(course_id: UUID) -> UUID:
    """The stream of a course's attendance book."""
    return uuid5(course_id, "attendance")


def organisation_id(realm: str) -> UUID:
    """The one stream of a realm's own organisation; a realm's name is public."""
    return uuid5(NAMESPACE_OID, f"tillid/organisation/{realm}")
