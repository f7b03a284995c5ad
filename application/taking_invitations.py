"""Taking an invitation: whoever types the code is the one it was meant for, once, and gets what it gives.

The code is taken in one transaction with the role it gives; the login is bound after it. A crash between the two loses
nothing: the same login may type the same code again while it is valid, and nobody else may (decision 0028).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from application.desk import Asker, Desk
from application.invitation_codes import digest_of, proof_of, read
from application.invitations import gives_more, is_enrolled, reaches_elsewhere
from application.perform import Work, perform, serves
from application.reviews import last_day_of
from application.streams import INVITATION, PARTICIPANTS, STAFF
from application.views.club import ClubMember
from application.views.course import Booking
from application.views.invitations import InvitationRow
from application.views.people import RoleHeld
from domain import invitation as rules
from domain import staff as people
from domain.danish_time import day_of
from domain.errors import RuleBroken
from domain.invitation import InvitationNotValid, Invitee
from domain.people import Role

THE_DOOR: Final = UUID("5f0a6c0e-0000-4000-8000-000000000028")
"""The pseudonym under which the register takes invitations; whoever types a code is nobody yet."""


class LoginIsAnothers(RuleBroken):
    """This login belongs to somebody else in the register already."""

    code = "login_is_anothers"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInvitation:
    """A code was typed. The register gives this command to itself."""

    GIVEN_BY: ClassVar = frozenset({Role.ADMINISTRATOR})

    invitation_id: UUID
    taken_with: str


@dataclass(frozen=True, slots=True)
class Taken:
    """To whom the login is to be bound, in which realm, and for a link the booking and when it ends."""

    realm: str
    actor: UUID
    invited_as: Invitee
    valid_until: datetime
    booking_id: UUID | None


@serves(TakeInvitation)
def take_invitation(command: TakeInvitation, work: Work) -> Mapping[str, Any]:
    invitation = work.load(INVITATION, command.invitation_id, InvitationNotValid, "code")
    who = invitation.who
    if gives_more(who, work.desk) or not _still_stands(work, who):
        raise InvitationNotValid("code")
    facts = rules.take(invitation, taken_with=command.taken_with, now=work.desk.clock.now())
    work.record(command.invitation_id, facts)
    role = {Invitee.ADULT: Role.FAMILY, Invitee.PROFESSIONAL: Role.PROFESSIONAL}.get(who.invited_as)
    if facts and role is not None:
        _give(work, role, who, last_day=day_of(invitation.valid_until - timedelta(seconds=1)))
    return {"invitation_id": str(command.invitation_id)}


def take(
    typed: str, hand: bytes, desks: Iterable[Desk], *, known: UUID | None = None, by_link: bool = False
) -> Taken:  # fmt: skip
    """Take the invitation with this code, in whichever of the realms it was issued.

    `hand` is what knows the same hand again: the digest of a login, or the id of the form behind a link. `known` is the
    actor to whom that login is bound already. `by_link` opens a visiting professional's link and nothing else; all
    others need a login. Raises InvitationNotValid for whatever reason; LoginIsAnothers.
    """
    found = list(desks)
    code = read(typed)
    row, desk = _found(code, found)
    if code is None or row is None or desk is None or reaches_elsewhere(row.actor, desk, found):
        raise InvitationNotValid("code")
    if (row.invited_as is Invitee.PROFESSIONAL) is not by_link:
        raise InvitationNotValid("code")
    if known is not None and known != row.actor:
        raise LoginIsAnothers("code")
    command = TakeInvitation(invitation_id=row.invitation_id, taken_with=proof_of(code, hand))
    command_id = uuid4()
    perform(command, Asker(THE_DOOR, Role.ADMINISTRATOR, command_id), desk, command_id=command_id)
    return Taken(desk.realm, row.actor, row.invited_as, row.valid_until, row.booking_id)


def _found(code: str | None, desks: Sequence[Desk]) -> tuple[InvitationRow | None, Desk | None]:
    """Every realm is asked, whether the code is well formed or known, so that a wrong one takes as long as a right one."""
    digest = digest_of(code or "")
    found = [(row, desk) for desk in desks for row in desk.register.rows().where(InvitationRow, code_digest=digest)]
    return found[0] if found else (None, None)


def _still_stands(work: Work, who: rules.Invited) -> bool:
    """Whether there still is whom or what it was issued for: nobody erased comes back by an old code."""
    rows = work.desk.register.rows()
    match who.invited_as:
        case Invitee.ADULT:
            families = [work.find(PARTICIPANTS, m.family_id) for m in rows.where(ClubMember, person_id=who.person_id)]
            return any(who.person_id in frozenset(family.adults) - family.erased for family in families if family)
        case Invitee.PROFESSIONAL:
            booking = rows.get(Booking, booking_id=who.booking_id)
            return booking is not None and booking.actor == who.actor
        case _:
            return is_enrolled(rows, who.invited_as, who.actor)


def _give(work: Work, role: Role, who: rules.Invited, *, last_day: date) -> None:
    """The role that the invitation gives, unless it is held already: to a family without an end, else to the last day."""
    today, limits = work.desk.clock.today(), work.desk.limits
    for row in work.desk.register.rows().where(RoleHeld, actor=who.actor, role=role, person_id=who.person_id):
        lapses = last_day_of(row, limits)
        if row.covers(today) and row.covers(last_day) and (lapses is None or last_day <= lapses):
            return
    assignment = people.Assignment(
        assignment_id=uuid4(), role=role, since=today, until=None if role is Role.FAMILY else last_day,
        person_id=who.person_id,
    )  # fmt: skip
    work.record(who.actor, people.assign(work.find(STAFF, who.actor), actor=who.actor, assignment=assignment))
