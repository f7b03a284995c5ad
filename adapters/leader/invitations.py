"""Codes by which the adults of an own course reach their own record, each said once to the leader who made it."""

from __future__ import annotations

from functools import partial

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Id
from adapters.invitations.shown import InvitationGone, InvitationLine, InvitationMade
from adapters.leader.door import leader
from application.desk import Asker, Desk
from application.invitations import InviteAdult, RevokeInvitation, invite
from application.reading import invitations as reading


class AdultInvited(InvitationLine):
    """`has_access`: the adult reaches its own record with a login today."""

    person_id = Id(required=True)
    has_access = fields.Boolean()


@leader.asks("/courses/<uuid:course_id>/invitations", AdultInvited(many=True))
def adults_invited(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The adults of an own course: who has access to the own record, and where the invitation of each stands."""
    return reading.of_adults(asker, said["course_id"], desk)


@leader.acts("POST", "/courses/<uuid:course_id>/members/<uuid:person_id>/invitations", InvitationMade())
def invite_adult(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A code for an adult, to hand over or send; an earlier one that was not used opens nothing any more."""
    return invite(partial(_for_an_adult, said), asker, desk)


@leader.does("DELETE", "/courses/<uuid:course_id>/invitations/<uuid:invitation_id>", RevokeInvitation, InvitationGone())
def revoke_adults(said: Said) -> RevokeInvitation:
    """The code opens nothing any more."""
    return RevokeInvitation(invitation_id=said["invitation_id"])


def _for_an_adult(said: Said, code_digest: str) -> InviteAdult:
    return InviteAdult(course_id=said["course_id"], person_id=said["person_id"], code_digest=code_digest)
