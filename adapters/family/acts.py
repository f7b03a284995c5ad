"""What a family's member does in the club: takes a consent back, cannot come, leaves."""

from __future__ import annotations

from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Id, Sent, Shown, choice, whole
from application.attendances import ReceiveCancellation
from application.consents import WithdrawConsent
from application.courses import LeaveCourse
from domain.lists import Way


class OwnTakingBack(Sent):
    way = choice(Way)


class OwnConsentEnded(Shown):
    consent_id = Id()


@family.does("POST", "/consents/<uuid:consent_id>/withdrawal", WithdrawConsent, OwnConsentEnded(), body=OwnTakingBack())
def withdraw_consent(said: Said) -> WithdrawConsent:
    """Take one consent back; from now on nobody reads what it opened."""
    return WithdrawConsent(**said)


class CannotCome(Sent):
    family_id = Id(required=True)
    evening = whole(1, 99, required=True)
    way = choice(Way, required=True)


class Told(Shown):
    """Nothing of who else comes."""


@family.does("POST", "/courses/<uuid:course_id>/cancellations", ReceiveCancellation, Told(), body=CannotCome())
def cannot_come(said: Said) -> ReceiveCancellation:
    """The family cannot come one evening; no reason is asked."""
    return ReceiveCancellation(**said)


class OwnPlaceGivenUp(Shown):
    course_id = Id()


@family.does("DELETE", "/courses/<uuid:course_id>/places/<uuid:family_id>", LeaveCourse, OwnPlaceGivenUp())
def leave_course(said: Said) -> LeaveCourse:
    """The family leaves the course; no reason is asked."""
    return LeaveCourse(**said)
