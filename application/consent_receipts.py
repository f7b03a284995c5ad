"""The receipt of an answer to a consent, for whoever gave it, and for the leader of the course to print and hand over.

It is made anew each time from what the register knows that day, signed with the realm's key, and stands in the access log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from application import consent_record
from application.consent_record import Answered
from application.consents import NoSuchConsent
from application.desk import Asker, Desk
from application.reading import club
from application.reading.opening import Opening, must_stand
from application.reading.own import words_of
from application.views.consents import ConsentRow
from domain.compartments import CONSENT_PROOF, RealmKind
from domain.consent import Capacity
from domain.people import Role
from gdpr.policy import Standing
from gdpr.signed import sign_receipt

FORM = "tillid/consent-receipt/v1"
"""What is signed begins with this, so that it never passes for another document of the realm."""


def receipt(asker: Asker, consent_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """The signed receipt: `document` is the file byte for byte, `receipt` the same to read.

    Raises NoSuchConsent, NotForThisReader.
    """
    contents = consent_record.receipt(answered(asker, consent_id, desk), issued_at=desk.clock.now())
    signed = sign_receipt(contents, form=FORM, sign=desk.erasing.sign)
    return {"document": signed.document.decode(), "digest": signed.digest, "receipt": contents}


def answered(asker: Asker, consent_id: UUID, desk: Desk, *, printed: bool = False) -> Answered:
    """What a receipt says, before it has a form. Raises NoSuchConsent, NotForThisReader."""
    if desk.kind is not RealmKind.RED_BARNET:
        raise NoSuchConsent("consent_id")  # what a family consents to, it consents to at the club (ORG-09)
    rows = desk.register.rows()
    consent = rows.get(ConsentRow, consent_id=consent_id)
    if consent is None:
        # Refused as another's would be, so that nobody finds out which there are.
        must_stand(desk, asker.asks(desk, "consent_receipt"), CONSENT_PROOF, Standing(), record=consent_id)
        raise AssertionError("unreachable")
    standing = _standing(asker, consent, desk)
    request = asker.asks(desk, "consent_receipt", course=consent.course_id)
    action = "print" if printed else "read"
    about, records = (consent.person_id,), (consent_id,)
    must_stand(desk, request, CONSENT_PROOF, standing, subjects=about, record=consent_id)
    if consent.capacity is None:
        # Nothing is opened, and the issuing is written down all the same.
        desk.gate.note(request, action, CONSENT_PROOF, subjects=about, records=records)
    opening = Opening(desk, request, action=action)
    opening.ask("capacity", consent.capacity, standing, record=consent_id)
    capacity = opening.open().shown("capacity")
    return Answered(
        # What is sealed stays here: whoever gives it a form has no use for it.
        consent=replace(consent, capacity=None, said=None, interpreter=None),
        words=words_of(rows, consent),
        capacity=Capacity(capacity) if capacity is not None else None,
        controller=desk.controller,
        on=desk.clock.today(),
    )


def _standing(asker: Asker, consent: ConsentRow, desk: Desk) -> Standing:
    """One's own answer, or one of a course that one leads; the other adult's is no more one's own than its words are."""
    if asker.role is Role.FAMILY:
        return Standing(is_the_subject=consent.person_id == asker.person_id)
    return club.standing_to_course(asker, desk, consent.course_id)
