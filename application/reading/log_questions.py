"""An officer's questions to the log: who read what, refusals, outside the course, without consent, unusual numbers (RIG-09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from statistics import median
from typing import Any, Final
from uuid import UUID

from application.desk import Asker, Desk
from application.known_relations import Relations
from application.reading.log_pages import Span, looked_through, note, page
from application.views.club import NotePart, StatementRow
from application.views.consents import ConsentRow, PastConsent
from application.views.evening import SharedStatement
from domain.compartments import NOTE, ROSTER, SHARED_NOTE, RealmKind
from domain.danish_time import day_of
from domain.people import Role
from gdpr.policy import MAY_SEE, Condition, author_or_consented_co_leader, consent_in_force
from gdpr.ports import Entry

OPENING: Final = ("read", "print")
_PARTS: Final = (NOTE.name, SHARED_NOTE.name, ROSTER.name)
_ON_CONSENT: Final = (consent_in_force, author_or_consented_co_leader)


def readings(
    asker: Asker,
    desk: Desk,
    *,
    subject: UUID | None = None,
    actor: UUID | None = None,
    part: UUID | None = None,
    course: UUID | None = None,
    compartment: str | None = None,
    role: Role | None = None,
    action: str | None = None,
    refused: bool | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """Who read or asked for what, by any of these; the question itself is in the log (RIG-08, RIG-09)."""
    span = Span(since=since, until=until, after=after, limit=limit)
    note(asker, desk, subjects=(subject,) if subject else (), records=(part,) if part else (), course=course)
    asked = {
        "subject": subject,
        "actor": actor,
        "course": course,
        "compartment": compartment,
        "role": role,
        "action": action,
    }
    wanted = {name: value for name, value in asked.items() if value is not None} | span.times
    if refused is not None:
        wanted["allowed"] = not refused
    if subject is not None:
        wanted["but_actions"] = ("officer",)
    if part is not None:
        return page(_of_part(desk, part, wanted, span), limit)
    return page(desk.log.find(**wanted, after=after, limit=limit + 1), limit)


def refusals(
    asker: Asker,
    desk: Desk,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """Everything that was asked for in vain, and by whom most often."""
    span = Span(since=since, until=until, after=after, limit=limit)
    note(asker, desk)
    found = desk.log.find(action="refused", **span.times, after=after, limit=limit + 1)
    often = desk.log.tally(("actor", "role"), action="refused", **span.times)
    by_actor = sorted(({**line.by, "requests": line.requests} for line in often), key=lambda each: -each["requests"])
    return {**page(found, limit), "by_actor": by_actor}


def outside_the_course(
    asker: Asker,
    desk: Desk,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """What was read of a course before it was prepared or after it had ended."""
    span = Span(since=since, until=until, after=after, limit=limit)
    note(asker, desk)
    return page(desk.log.find(**outside(desk), **span.times, after=after, limit=limit + 1), limit)


def without_consent(
    asker: Asker,
    desk: Desk,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """What was opened although the policy asks for a consent and none was in force that day, each with the reason."""
    span = Span(since=since, until=until, after=after, limit=limit)
    note(asker, desk)
    return readings_without_consent(desk, span)


def readings_without_consent(desk: Desk, span: Span) -> Mapping[str, Any]:
    """A page of what `without_consent` asks for; the caller has noted the question."""
    pairs = needing_consent()
    consents = _Consents(desk)
    return looked_through(
        desk, span, lambda entry: consents.missing(entry, pairs.get((entry.role, entry.compartment))),
        roles=tuple({role for role, _ in pairs}), compartments=tuple({name for _, name in pairs}), actions=OPENING,
        allowed=True,
    )  # fmt: skip


def unusual_numbers(
    asker: Asker,
    desk: Desk,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Mapping[str, Any]:
    """How many persons each reader opened, most first, and how many times what is usual in the role that is."""
    span = Span(since=since, until=until, limit=limit)
    note(asker, desk)
    counted = desk.log.tally(("actor", "role"), actions=(*OPENING, "disclose", "search"), allowed=True, **span.times)
    known = [line for line in counted if line.by["actor"] is not None]
    usual = {
        role: median(line.subjects for line in known if line.by["role"] == role)
        for role in {line.by["role"] for line in known}
    }
    return {
        "usual": usual,
        "lines": [
            {
                **line.by,
                "entries": line.entries,
                "requests": line.requests,
                "subjects": line.subjects,
                "times_the_usual": round(line.subjects / max(usual[line.by["role"]], 1), 1),
            }
            for line in known[offset : offset + limit]
        ],
        "next_offset": offset + limit if len(known) > offset + limit else None,
    }


def outside(desk: Desk) -> dict[str, Any]:
    """How the log is asked for what was opened outside the period of its course."""
    return {"actions": OPENING, "allowed": True, "outside": Relations(desk).periods}


def needing_consent() -> dict[tuple[str, str], Condition]:
    """By role and compartment, as the log names them, the condition of the policy that asks for a consent."""
    return {
        (role.value, compartment.name): condition
        for (role, compartment), line in MAY_SEE.items()
        for condition in line.conditions
        if condition in _ON_CONSENT
    }


class _Consents:
    """The consents and the parts that entries name, looked up once each."""

    def __init__(self, desk: Desk) -> None:
        self._rows = desk.register.rows()
        self._town = desk.kind is RealmKind.MUNICIPALITY
        self._consents: dict[UUID, ConsentRow | PastConsent | None] = {}
        self._authors: dict[UUID, UUID | None] = {}

    def missing(self, entry: Entry, needs: Condition | None) -> str | None:
        """Why an entry rests on no valid consent; None where it does, needs none, or has forgotten whom it was about."""
        if needs is None or entry.actor is None or self._town:
            return None
        if needs is author_or_consented_co_leader and entry.records and self._wrote_all(entry):
            return None
        if not entry.consents:
            return "no_consent_named"
        on = day_of(entry.at)
        return None if all(self._was_in_force(each, on) for each in entry.consents) else "consent_not_in_force"

    def _wrote_all(self, entry: Entry) -> bool:
        return all(self._author_of(record) == entry.actor for record in entry.records)

    def _author_of(self, part: UUID) -> UUID | None:
        if part not in self._authors:
            row = self._rows.get(NotePart, part_id=part)
            self._authors[part] = row.author if row is not None else None
        return self._authors[part]

    def _was_in_force(self, consent_id: UUID, on: date) -> bool:
        if consent_id not in self._consents:
            self._consents[consent_id] = self._rows.get(ConsentRow, consent_id=consent_id) or self._rows.get(
                PastConsent, consent_id=consent_id
            )
        row = self._consents[consent_id]
        return row is not None and was_in_force(row, on)


def was_in_force(row: ConsentRow | PastConsent, on: date) -> bool:
    """Whether a consent was in force at some time of that day."""
    return (
        row.until is not None
        and row.answered_on <= on <= row.until
        and (row.ended_on is None or on <= row.ended_on)
    )  # fmt: skip


def _of_part(desk: Desk, part: UUID, wanted: Mapping[str, Any], span: Span) -> list[Entry]:
    """Entries about a part, and what was asked in vain about its people in the same compartments without naming a part."""
    narrowed = {name: value for name, value in wanted.items() if name != "subject"}
    named = desk.log.find(record=part, **narrowed, after=span.after, limit=span.limit + 1)
    if (
        wanted.get("allowed") is True
        or wanted.get("action", "refused") != "refused"
        or desk.kind is RealmKind.MUNICIPALITY
    ):
        return named
    rows = desk.register.rows()
    about = tuple(
        {s.about for s in rows.where(StatementRow, part_id=part)}
        | {s.about for s in rows.where(SharedStatement, part_id=part)}
    )
    vain = {**narrowed, "subjects": about, "action": "refused"}
    if "compartment" not in vain:
        vain["compartments"] = _PARTS
    # Refusals about these few people: far fewer than entries, and read as far as the page needs them.
    unnamed = [each for each in desk.log.find(**vain, after=span.after) if not each.records]
    return sorted([*named, *unnamed], key=lambda entry: entry.seq or 0)[: span.limit + 1]
