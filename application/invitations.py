"""Inviting: whoever is responsible for somebody makes a code that is said once, and may take it back until it is taken.

A code decides who an actor is, so nobody invites an actor who holds a role that somebody else gives access to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.courses import own_course
from application.desk import Asker, Desk
from application.invitation_codes import digest_of, new_code
from application.perform import Work, perform, serves
from application.ports import Change, Rows
from application.streams import INVITATION, PARTICIPANTS
from application.views.club import ClubMember
from application.views.course import Booking, EveningRow, SeatRow
from application.views.invitations import InvitationRow
from application.views.people import RoleHeld, StaffMember
from domain import invitation as rules
from domain.course import OPEN, CourseIsOver, NoSuchSeat
from domain.danish_time import end_of
from domain.errors import NotFound, RuleBroken
from domain.invitation import Invited, Invitee, NoSuchInvitation, VisitIsOver
from domain.people import ActorId, CourseId, PersonId, Role

_MAY_REVOKE: Mapping[Invitee, frozenset[Role]] = {
    Invitee.ADULT: frozenset({Role.LEADER}),
    Invitee.VOLUNTEER: frozenset({Role.BRANCH, Role.SECRETARIAT}),
    Invitee.STAFF: frozenset({Role.ADMINISTRATOR}),
    Invitee.PROFESSIONAL: frozenset({Role.COORDINATOR}),
}


class NotEnrolled(NotFound):
    """Nobody is enrolled under this id, or not as that."""

    code = "not_enrolled"


class AccessGivenByOthers(RuleBroken):
    """This person holds a role that somebody else gives access to."""

    code = "access_given_by_others"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAdult:
    """The leader invites an adult of a family in the own course: bound by a code, never by a CPR number."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    course_id: UUID
    person_id: UUID
    code_digest: str


@serves(InviteAdult)
def invite_adult(command: InviteAdult, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)
    rows = work.desk.register.rows()
    person_id = PersonId(command.person_id)
    if not _has_a_seat(work, rows, command.course_id, person_id):
        raise NoSuchSeat("person_id")
    held = _not_over(work.desk, person_id=person_id, role=Role.FAMILY)
    actor = ActorId(held[0].actor if held else uuid4())
    who = Invited(
        invited_as=Invitee.ADULT, actor=actor, person_id=person_id, course_id=CourseId(command.course_id)
    )  # fmt: skip
    return _issued(work, who, command.code_digest, _some_days(work))


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteVolunteer:
    """The branch invites an enrolled leader or volunteer (VOL-01)."""

    GIVEN_BY: ClassVar = frozenset({Role.BRANCH, Role.SECRETARIAT})

    actor: UUID
    code_digest: str


@serves(InviteVolunteer)
def invite_volunteer(command: InviteVolunteer, work: Work) -> Mapping[str, Any]:
    if not is_enrolled(work.desk.register.rows(), Invitee.VOLUNTEER, command.actor):
        raise NotEnrolled("actor")
    who = Invited(invited_as=Invitee.VOLUNTEER, actor=ActorId(command.actor))
    return _issued(work, who, command.code_digest, _some_days(work))


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteStaff:
    """The administrator invites somebody enrolled in this realm to log in the first time, or with a new login."""

    GIVEN_BY: ClassVar = frozenset({Role.ADMINISTRATOR})

    actor: UUID
    code_digest: str


@serves(InviteStaff)
def invite_staff(command: InviteStaff, work: Work) -> Mapping[str, Any]:
    if not is_enrolled(work.desk.register.rows(), Invitee.STAFF, command.actor):
        raise NotEnrolled("actor")
    who = Invited(invited_as=Invitee.STAFF, actor=ActorId(command.actor))
    return _issued(work, who, command.code_digest, _some_days(work))


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteProfessional:
    """The coordinator makes a link to one booking's briefing, until the end of the evening's day (VIS-04)."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    course_id: UUID
    booking_id: UUID
    code_digest: str


@serves(InviteProfessional)
def invite_professional(command: InviteProfessional, work: Work) -> Mapping[str, Any]:
    course = own_course(work, command.course_id)
    if course.state not in OPEN:
        raise CourseIsOver("course_id", state=course.state.value)
    rows = work.desk.register.rows()
    booking = rows.get(Booking, booking_id=command.booking_id)
    if booking is None or booking.course_id != command.course_id:
        raise NotFound("booking_id")
    evening = rows.get(EveningRow, course_id=booking.course_id, number=booking.evening)
    if evening is None or evening.cancelled:
        raise VisitIsOver("booking_id")
    who = Invited(
        invited_as=Invitee.PROFESSIONAL, actor=ActorId(booking.actor), course_id=CourseId(booking.course_id),
        booking_id=booking.booking_id,
    )  # fmt: skip
    return _issued(work, who, command.code_digest, end_of(evening.on))


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvitation:
    """The code was lost, or reached somebody else: it opens nothing any more."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER, Role.BRANCH, Role.SECRETARIAT, Role.ADMINISTRATOR, Role.COORDINATOR})

    invitation_id: UUID


@serves(RevokeInvitation)
def revoke_invitation(command: RevokeInvitation, work: Work) -> Mapping[str, Any]:
    invitation = work.load(INVITATION, command.invitation_id, NoSuchInvitation, "invitation_id")
    if work.asker.role not in _MAY_REVOKE[invitation.who.invited_as]:
        raise NoSuchInvitation("invitation_id")
    if invitation.who.course_id is not None:
        own_course(work, invitation.who.course_id)
    work.record(command.invitation_id, rules.revoke(invitation, on=work.desk.clock.today()))
    return {"invitation_id": str(command.invitation_id)}


Invite = InviteAdult | InviteVolunteer | InviteStaff | InviteProfessional


def invite(command: Callable[[str], Invite], asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Give the command with a new code's hash, and answer the code: this once, for it is kept nowhere.

    Asked again under the same id, everything is answered but the code.
    """
    code = new_code()
    answer = perform(command(digest_of(code)), asker, desk, command_id=asker.request_id)
    row = desk.register.rows().get(InvitationRow, invitation_id=UUID(str(answer["invitation_id"])))
    assert row is not None
    return {
        "invitation_id": row.invitation_id,
        "valid_until": row.valid_until,
        "code": code if row.code_digest == digest_of(code) else None,
    }


def ended_by_erasure(desk: Desk, person_id: UUID) -> list[Change]:
    """Whoever is erased is not invited any more."""
    changes: list[Change] = []
    for row in desk.register.rows().where(InvitationRow, person_id=person_id):
        loaded = desk.register.load(INVITATION, row.invitation_id) if row.waits else None
        if loaded is not None:
            facts = rules.revoke(loaded.state, on=desk.clock.today())
            changes.append(Change(row.invitation_id, loaded.version, tuple(facts)))
    return changes


def gives_more(who: Invited, desk: Desk) -> bool:
    """Whether the actor holds a role in this realm that whoever invites people as this does not give access to."""
    return not all(_is_given(row, who, desk.realm) for row in _not_over(desk, actor=who.actor))


def reaches_elsewhere(actor: UUID, issued_in: Desk, desks: Iterable[Desk]) -> bool:
    """Whether the actor holds a role in another realm, so that one controller would give access to the other's records.

    A role that names the issuing municipality is held by its people, whom it invites itself.
    """
    others = (desk for desk in desks if desk.realm != issued_in.realm)
    return any(row.municipality != issued_in.realm for desk in others for row in _not_over(desk, actor=actor))


def _is_given(row: RoleHeld, who: Invited, realm: str) -> bool:
    match who.invited_as:
        case Invitee.ADULT:
            return row.role is Role.FAMILY and row.person_id == who.person_id
        case Invitee.VOLUNTEER:
            return row.role in (Role.LEADER, Role.VOLUNTEER)
        case Invitee.STAFF:
            return row.role is not Role.FAMILY and row.municipality in (None, realm)
        case Invitee.PROFESSIONAL:
            return row.role is Role.PROFESSIONAL


def is_enrolled(rows: Rows, invited_as: Invitee, actor: UUID) -> bool:
    """Whether somebody stands in the file from which volunteers, or staff, are invited; who is erased does not."""
    found = rows.get(StaffMember, actor=actor)
    name = found and (found.given_name if invited_as is Invitee.STAFF else found.volunteer_given_name)
    return name is not None


def _has_a_seat(work: Work, rows: Rows, course_id: UUID, person_id: PersonId) -> bool:
    """Whether this is an adult of a family that is in the course."""
    for member in rows.where(ClubMember, person_id=person_id):
        seat = rows.get(SeatRow, course_id=course_id, family_id=member.family_id)
        family = work.find(PARTICIPANTS, member.family_id)
        if seat is not None and seat.left_on is None and family is not None:
            return person_id in frozenset(family.adults) - family.erased
    return False


def _issued(work: Work, who: Invited, code_digest: str, valid_until: datetime) -> Mapping[str, Any]:
    """Issue it, and take back what waits for the same person; each booking has a link of its own."""
    desk, invitation_id = work.desk, uuid4()
    if gives_more(who, desk):
        raise AccessGivenByOthers("actor")
    for row in _open_ones(desk.register.rows(), actor=who.actor, person_id=who.person_id):
        earlier = work.load(INVITATION, row.invitation_id) if row.booking_id == who.booking_id else None
        if earlier is not None:
            work.record(row.invitation_id, rules.revoke(earlier, on=desk.clock.today()))
    work.find(INVITATION, invitation_id)
    work.record(
        invitation_id,
        rules.issue(
            invitation_id=invitation_id, who=who, code_digest=code_digest, valid_until=valid_until, now=desk.clock.now()
        ),
    )
    return {"invitation_id": str(invitation_id)}


def _open_ones(rows: Rows, *, actor: UUID, person_id: UUID | None) -> list[InvitationRow]:
    found = rows.where(InvitationRow, actor=actor)
    if person_id is not None:
        found += [row for row in rows.where(InvitationRow, person_id=person_id) if row.actor != actor]
    return [row for row in found if row.waits]


def _some_days(work: Work) -> datetime:
    """The end of the last day of an invitation, in Denmark."""
    return end_of(work.desk.clock.today() + timedelta(days=work.desk.limits.invitation_days))


def _not_over(desk: Desk, **which: Any) -> list[RoleHeld]:
    """The roles that somebody holds, or is to hold."""
    today = desk.clock.today()
    return [row for row in desk.register.rows().where(RoleHeld, **which) if row.until is None or today <= row.until]
