"""The link of a visiting professional to one booking's briefing, made by the coordinator who booked the visit."""

from __future__ import annotations

from functools import partial

from marshmallow import fields

from adapters.audience import Answer
from adapters.coordinator import COURSE, club
from adapters.endpoints import Said
from adapters.fields import Id, choice
from adapters.invitations.shown import InvitationGone, InvitationLine, InvitationMade
from application.desk import Asker, Desk
from application.invitations import InviteProfessional, RevokeInvitation, invite
from application.reading import invitations as reading
from domain.lists import Profession, Theme


class BookingsLink(InvitationLine):
    booking_id = Id(required=True)
    evening = fields.Integer()
    profession = choice(Profession)
    theme = choice(Theme, allow_none=True)


@club.asks(f"{COURSE}/links", BookingsLink(many=True), records=False)
def links(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The bookings of a course, and where the link of each stands."""
    return reading.of_bookings(asker, said["course_id"], desk)


@club.acts("POST", f"{COURSE}/bookings/<uuid:booking_id>/links", InvitationMade())
def make_link(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A code that stands behind /briefing/ in a link: it opens this booking's briefing once, to the end of its day."""
    return invite(partial(_for_a_professional, said), asker, desk)


@club.does("DELETE", f"{COURSE}/links/<uuid:invitation_id>", RevokeInvitation, InvitationGone())
def revoke_link(said: Said) -> RevokeInvitation:
    """The link opens nothing any more."""
    return RevokeInvitation(invitation_id=said["invitation_id"])


def _for_a_professional(said: Said, code_digest: str) -> InviteProfessional:
    return InviteProfessional(course_id=said["course_id"], booking_id=said["booking_id"], code_digest=code_digest)
