"""Codes for leaders and volunteers, made by branch and secretariat, and for a realm's staff, made by its administrator."""

from __future__ import annotations

from functools import partial

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Id
from adapters.invitations.shown import InvitationGone, InvitationLine, InvitationMade
from application.desk import Asker, Desk
from application.invitations import InviteStaff, InviteVolunteer, RevokeInvitation, invite
from application.reading import invitations as reading
from domain.compartments import RealmKind
from domain.people import Role

volunteers = Audience(
    "secretariat", Role.SECRETARIAT, Role.BRANCH, about="Invitations to Red Barnet's leaders and volunteers",
    only_in=RealmKind.RED_BARNET, part="volunteers",
)  # fmt: skip
staff = Audience("secretariat", Role.ADMINISTRATOR, about="Invitations to a realm's own staff", part="staff")


class PersonInvited(InvitationLine):
    actor = Id(required=True)


@volunteers.asks("/volunteers/invitations", PersonInvited(many=True), records=False)
def volunteers_invited(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Where the invitation of each leader and volunteer stands."""
    return reading.of_people(asker, desk)


@volunteers.acts("POST", "/volunteers/<uuid:actor>/invitations", InvitationMade())
def invite_volunteer(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A code for a leader or volunteer; an earlier one that was not used opens nothing any more."""
    return invite(partial(_for_a_volunteer, said), asker, desk)


@volunteers.does("DELETE", "/volunteers/invitations/<uuid:invitation_id>", RevokeInvitation, InvitationGone())
def revoke_volunteers(said: Said) -> RevokeInvitation:
    """A leader's or volunteer's code opens nothing any more."""
    return RevokeInvitation(**said)


@staff.asks("/staff/invitations", PersonInvited(many=True), records=False)
def staff_invited(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Where the invitation of each of the realm's staff stands."""
    return reading.of_people(asker, desk)


@staff.acts("POST", "/staff/<uuid:actor>/invitations", InvitationMade())
def invite_staff(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A code for a first login, or for a new one; an earlier code that was not used opens nothing any more."""
    return invite(partial(_for_staff, said), asker, desk)


@staff.does("DELETE", "/staff/invitations/<uuid:invitation_id>", RevokeInvitation, InvitationGone())
def revoke_staffs(said: Said) -> RevokeInvitation:
    """The code opens nothing any more."""
    return RevokeInvitation(**said)


def _for_a_volunteer(said: Said, code_digest: str) -> InviteVolunteer:
    return InviteVolunteer(actor=said["actor"], code_digest=code_digest)


def _for_staff(said: Said, code_digest: str) -> InviteStaff:
    return InviteStaff(actor=said["actor"], code_digest=code_digest)
