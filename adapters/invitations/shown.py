"""What is shown of an invitation: its code once, and afterwards only where it stands."""

from __future__ import annotations

from marshmallow import fields

from adapters.fields import Id, Shown, choice
from application.reading.invitations import InvitationState


class InvitationMade(Shown):
    """`code` is said this once and kept nowhere; null when this very request was answered before."""

    invitation_id = Id(required=True)
    valid_until = fields.AwareDateTime(format="iso")
    code = fields.String(allow_none=True)


class InvitationGone(Shown):
    invitation_id = Id(required=True)


class InvitationLine(Shown):
    state = choice(InvitationState)
    invitation_id = Id(allow_none=True)
    valid_until = fields.AwareDateTime(format="iso", allow_none=True)
