"""The second pair of eyes of a realm's administration: roles confirmed or let lapse, contents released to an officer or not."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Day, Id, Shown, choice
from adapters.releases import ReleaseShown, ReleaseStands, release_shown
from application import releases as release_use_cases
from application import reviews
from application.desk import Asker, Desk
from application.releases import ApproveRelease, DeclineRelease, WithdrawRelease
from application.reviews import ConfirmRole, ReviewState
from domain.people import Role

review = Audience(
    "secretariat", Role.ADMINISTRATOR, Role.SECRETARIAT, about="A realm's roles reviewed, and releases to an officer",
    part="review",
)  # fmt: skip

RELEASE = "/requests/<uuid:request_id>/release"


class RoleLine(Shown):
    """`lapses_after` is the last day it is held unless somebody else confirms it."""

    assignment_id = Id()
    actor = Id()
    name = fields.String(allow_none=True)
    role = choice(Role)
    unit_id = Id(allow_none=True)
    municipality = fields.String(allow_none=True)
    since = Day()
    until = Day(allow_none=True)
    confirmed_on = Day(allow_none=True)
    confirmed_by = Id(allow_none=True)
    lapses_after = Day()
    state = choice(ReviewState)


@review.asks("/roles", RoleLine(many=True), records=False)
def roles(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who holds which role since when, confirmed by whom; what lapses first stands on top."""
    return reviews.roles(asker, desk)


class RoleConfirmed(Shown):
    assignment_id = Id()
    lapses_after = fields.String()


@review.does("POST", "/roles/<uuid:actor>/<uuid:assignment_id>/confirmation", ConfirmRole, RoleConfirmed())
def confirm_role(said: Said) -> ConfirmRole:
    """Somebody else's role is still needed; one's own is confirmed by another."""
    return ConfirmRole(**said)


@review.asks("/releases", ReleaseShown(many=True), records=False)
def releases(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What officers asked to have in the hand, and where each stands; no contents."""
    return [release_shown(line) for line in release_use_cases.releases(asker, desk)]


@review.does("POST", f"{RELEASE}/approval", ApproveRelease, ReleaseStands())
def approve_release(said: Said) -> ApproveRelease:
    """Agree that the officer who asked prints this answer; it holds for a short while."""
    return ApproveRelease(**said)


@review.does("POST", f"{RELEASE}/refusal", DeclineRelease, ReleaseStands())
def decline_release(said: Said) -> DeclineRelease:
    """Do not agree."""
    return DeclineRelease(**said)


@review.does("POST", f"{RELEASE}/withdrawal", WithdrawRelease, ReleaseStands())
def withdraw_release(said: Said) -> WithdrawRelease:
    """Take an agreement back; nothing is opened under it any more."""
    return WithdrawRelease(**said)
