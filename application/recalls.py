"""After a withdrawal, those who had read are told and printed sheets collected; who and which, the access log says (INT-08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from application.consents import NoSuchConsent
from application.courses import own_course
from application.perform import Work, serves
from application.streams import CONSENT
from domain.compartments import NOTE, SHARED_NOTE
from domain.consent import Outcome, ask_back
from domain.errors import NotFound
from domain.people import ActorId, Role
from gdpr.ports import AccessLog, Entry

_READ = frozenset({NOTE.name, SHARED_NOTE.name})


class NotInTheRecall(NotFound):
    """That person has not read under this consent, and no such sheet was printed with it."""

    code = "not_in_recall"


@dataclass(slots=True)
class HadRead:
    """Who had read under one consent, and when; and when which sheet was printed with it."""

    readers: dict[UUID, list[datetime]] = field(default_factory=dict)
    sheets: dict[UUID, datetime] = field(default_factory=dict)


def had_read(log: AccessLog, consents: Iterable[UUID], *, course_id: UUID | None = None) -> dict[UUID, HadRead]:
    """By consent, who read or printed what it opened, as far back as the access log reaches; the author is no reader."""
    found = {consent_id: HadRead() for consent_id in consents}
    if not found:
        return found
    wanted: dict[str, Any] = {"course": course_id} if course_id is not None else {}
    for entry in log.find(allowed=True, actions=("read", "print"), **wanted):
        if entry.compartment in _READ and entry.role != Role.FAMILY.value:
            for consent_id in found.keys() & set(entry.consents):
                _enter(found[consent_id], entry)
    return found


def _enter(had: HadRead, entry: Entry) -> None:
    if entry.actor is not None:
        had.readers.setdefault(entry.actor, []).append(entry.at)
    if entry.action == "print":
        had.sheets.setdefault(entry.request_id, entry.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """A reader was told that the consent was taken back, or a printed sheet was destroyed or not found."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    consent_id: UUID
    outcome: Outcome
    reader: UUID | None = None
    sheet: UUID | None = None


@serves(AskBack)
def record_asked_back(command: AskBack, work: Work) -> Mapping[str, Any]:
    consent = work.load(CONSENT, command.consent_id, NoSuchConsent, "consent_id")
    own_course(work, consent.course_id)
    facts = ask_back(
        consent,
        reader=ActorId(command.reader) if command.reader is not None else None,
        sheet=command.sheet,
        outcome=command.outcome,
        today=work.desk.clock.today(),
    )
    had = had_read(work.desk.log, [command.consent_id], course_id=consent.course_id)[command.consent_id]
    if command.reader not in {None, *had.readers} or command.sheet not in {None, *had.sheets}:
        raise NotInTheRecall("reader" if command.sheet is None else "sheet")
    work.record(command.consent_id, facts)
    return {"consent_id": str(command.consent_id), "version": work.version(command.consent_id)}
