"""Who was invited as what, until when, and what has come of it; ids, moments and hashes of random codes, in every realm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from domain.invitation import InvitationIssued, InvitationRevoked, InvitationTaken, Invitee

NAME = "invitations"


@view_row(
    "invitation", key=("invitation_id",),
    indexes=(("code_digest",), ("actor",), ("person_id",), ("course_id",)),
)  # fmt: skip
class InvitationRow:
    invitation_id: UUID
    invited_as: Invitee
    actor: UUID
    person_id: UUID | None
    course_id: UUID | None
    booking_id: UUID | None
    code_digest: str
    issued_at: datetime
    valid_until: datetime
    taken_at: datetime | None = None
    revoked_on: date | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has taken it, nor taken it back; it may be over all the same."""
        return self.taken_at is None and self.revoked_on is None


ROWS: tuple[type[Any], ...] = (InvitationRow,)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case InvitationIssued() as fact:
            rows.put(
                InvitationRow(
                    invitation_id=fact.invitation_id, invited_as=fact.invited_as, actor=fact.actor,
                    person_id=fact.person_id, course_id=fact.course_id, booking_id=fact.booking_id,
                    code_digest=fact.code_digest, issued_at=recorded.context.recorded_at, valid_until=fact.valid_until,
                )
            )  # fmt: skip
        case InvitationTaken() as fact:
            rows.change(InvitationRow, {"invitation_id": recorded.stream}, taken_at=fact.at)
        case InvitationRevoked() as fact:
            rows.change(InvitationRow, {"invitation_id": recorded.stream}, revoked_on=fact.on)
        case _:
            pass
