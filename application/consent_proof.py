"""The proof of a consent ends: after the time for a dispute nothing is kept that says who consented (GDPR Art. 5(1)(e), 7(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from application.consents import NoSuchConsent
from application.disclosing import destroy_under
from application.perform import Work, serves
from application.streams import CONSENT
from application.views.course import CourseRow
from domain.consent import Consent, end_proof
from domain.people import Role
from gdpr import retention


@dataclass(frozen=True, slots=True, kw_only=True)
class EndConsentProof:
    """The time in which an ended consent, or a refusal, may be disputed is over; given by the register in the officer's name."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER})

    consent_id: UUID


@serves(EndConsentProof)
def end_consent_proof(command: EndConsentProof, work: Work) -> Mapping[str, Any]:
    consent = work.load(CONSENT, command.consent_id, NoSuchConsent, "consent_id")
    clock = retention.clocks_of(work.desk.kind, work.desk.clocks)[retention.CONSENT_PROOF]
    not_before = clock.keep.after(_ended_on(consent, work))
    facts = end_proof(consent, not_before=not_before, today=work.desk.clock.today())
    work.record(command.consent_id, facts)
    if facts and consent.proof_id is not None:
        destroy_under(work, consent.proof_id)
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}


def _ended_on(consent: Consent, work: Work) -> date:
    """The day an answer stopped to matter: a consent's end, and for a no the last day of its course."""
    if consent.ended_on is not None:
        return consent.ended_on
    course = work.desk.register.rows().get(CourseRow, course_id=consent.course_id)
    return max(consent.answered_on, course.ends_on) if course is not None else consent.answered_on
