"""One invitation into the register: a code that is said once, and ties the login of whoever types it to one actor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final, assert_never
from uuid import UUID

from domain.errors import NotFound, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.people import ActorId, CourseId, PersonId

LINK_AGAIN: Final = timedelta(minutes=10)
"""How long the same press of the button behind a link still opens it: for an answer that was lost on its way."""


class Invitee(StrEnum):
    """As what somebody is invited; who may invite and what is given with it follow from that."""

    ADULT = "adult"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    PROFESSIONAL = "professional"


@fact("invitation.issued")
class InvitationIssued(Fact):
    """`code_digest` is the hash of a code of 80 random bits, which is kept nowhere: it comes from chance, not from a person.

    `person_id` and `course_id` for an adult of a family, `course_id` and `booking_id` for a visiting professional.
    """

    invitation_id: Annotated[UUID, CLEAR]
    invited_as: Annotated[Invitee, CLEAR]
    actor: Annotated[ActorId, CLEAR]
    person_id: Annotated[PersonId | None, CLEAR]
    course_id: Annotated[CourseId | None, CLEAR]
    booking_id: Annotated[UUID | None, CLEAR]
    code_digest: Annotated[str, CLEAR]
    valid_until: Annotated[datetime, CLEAR]


@fact("invitation.taken")
class InvitationTaken(Fact):
    """`taken_with` is a hash of the code and of the hand that typed it: without the code it says nothing of either."""

    taken_with: Annotated[str, CLEAR]
    at: Annotated[datetime, CLEAR]


@fact("invitation.revoked")
class InvitationRevoked(Fact):
    on: Annotated[date, CLEAR]


InvitationFact = InvitationIssued | InvitationTaken | InvitationRevoked


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who is invited, as what, and for which course or booking."""

    invited_as: Invitee
    actor: ActorId
    person_id: PersonId | None = None
    course_id: CourseId | None = None
    booking_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    who: Invited
    valid_until: datetime
    taken_with: str | None = None
    taken_at: datetime | None = None
    revoked: bool = False

    @property
    def again_until(self) -> datetime:
        """Until when it may be typed once more by the hand that took it; a link, behind which nobody logs in, not for long."""
        if self.who.invited_as is Invitee.PROFESSIONAL and self.taken_at is not None:
            return min(self.valid_until, self.taken_at + LINK_AGAIN)
        return self.valid_until


def evolve(invitation: Invitation | None, happened: InvitationFact) -> Invitation:
    match happened:
        case InvitationIssued():
            who = Invited(
                invited_as=happened.invited_as, actor=happened.actor, person_id=happened.person_id,
                course_id=happened.course_id, booking_id=happened.booking_id,
            )  # fmt: skip
            return Invitation(who, happened.valid_until)
        case InvitationTaken():
            assert invitation is not None
            return replace(invitation, taken_with=happened.taken_with, taken_at=happened.at)
        case InvitationRevoked():
            assert invitation is not None
            return replace(invitation, revoked=True)
        case _:
            assert_never(happened)


class NoSuchInvitation(NotFound):
    """There is no such invitation, or not for this asker."""

    code = "unknown_invitation"


class InvitationNotValid(RuleBroken):
    """No invitation has this code, or it is over, taken back, or taken by somebody else: one answer, which tells nothing."""

    code = "invitation_not_valid"


class InvitationWasTaken(RuleBroken):
    """Somebody has logged in with it; what it gave is ended where roles are ended."""

    code = "invitation_was_taken"


class VisitIsOver(RuleBroken):
    """The evening of the visit has passed, or is not planned."""

    code = "visit_is_over"


def issue(
    *, invitation_id: UUID, who: Invited, code_digest: str, valid_until: datetime, now: datetime
) -> list[InvitationFact]:
    """Invite somebody until a moment. Raises VisitIsOver when that has passed."""
    if valid_until <= now:
        raise VisitIsOver("booking_id")
    return [
        InvitationIssued(
            invitation_id=invitation_id, invited_as=who.invited_as, actor=who.actor, person_id=who.person_id,
            course_id=who.course_id, booking_id=who.booking_id, code_digest=code_digest, valid_until=valid_until,
        )
    ]  # fmt: skip


def take(invitation: Invitation, *, taken_with: str, now: datetime) -> list[InvitationFact]:
    """Take it, once. Silent for the same hand again in its time. Raises InvitationNotValid, whatever the reason."""
    if invitation.revoked or now >= invitation.again_until:
        raise InvitationNotValid("code")
    if invitation.taken_with is None:
        return [InvitationTaken(taken_with=taken_with, at=now)]
    if invitation.taken_with != taken_with:
        raise InvitationNotValid("code")
    return []


def revoke(invitation: Invitation, *, on: date) -> list[InvitationFact]:
    """Take it back before somebody takes it. Silent when it was taken back. Raises InvitationWasTaken."""
    if invitation.taken_with is not None:
        raise InvitationWasTaken("invitation_id")
    return [] if invitation.revoked else [InvitationRevoked(on=on)]
