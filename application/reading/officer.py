"""What an officer reads: who read what, in which role, when, for which purpose, under which consent; never contents (VIS-09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.views.club import ClubMember, NotePart, StatementRow
from application.views.consents import ConsentRow
from application.views.course import CourseRow, TeamMember
from application.views.evening import SharedStatement
from application.views.municipality import TownMember
from domain.compartments import NOTE, RIGHTS, SHARED_NOTE, RealmKind, held_in
from domain.people import Role
from gdpr.policy import MAY_SEE
from gdpr.ports import Entry


def readings(
    asker: Asker,
    desk: Desk,
    *,
    subject: UUID | None = None,
    actor: UUID | None = None,
    part: UUID | None = None,
    course: UUID | None = None,
    refused: bool | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Mapping[str, Any]]:
    """The log's answer to one question; the question itself is in the log (RIG-08, RIG-09)."""
    _on_duty(asker)
    request = asker.asks(desk, "audit", course=course)
    desk.gate.note(request, "officer", RIGHTS, subjects=(subject,) if subject else (), records=(part,) if part else ())
    wanted: dict[str, Any] = {"subject": subject, "actor": actor, "course": course, "since": since, "until": until}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if refused is not None:
        wanted["allowed"] = not refused
    if part is not None:
        wanted.pop("subject", None)
        found = _of_part(desk, part, wanted)
    else:
        found = desk.log.find(**wanted)
    return [_line(entry, desk) for entry in found if entry.action != "officer" or subject is None]


def what_could_be_seen(asker: Asker, desk: Desk, *, part: UUID, role: Role, on: date) -> Mapping[str, Any]:
    """What a role could see of a note part on a day, by the facts of that day (RIG-10)."""
    _on_duty(asker)
    request = asker.asks(desk, "audit")
    desk.gate.note(request, "officer", RIGHTS, records=(part,))
    rows = desk.register.rows()
    row = rows.get(NotePart, part_id=part)
    compartment = NOTE if role is Role.LEADER else SHARED_NOTE
    line = MAY_SEE.get((role, compartment))
    consents = [
        {
            "consent_id": consent.consent_id,
            "purpose": consent.purpose,
            "edition": consent.edition,
            "given_on": consent.answered_on,
            "ended_on": consent.ended_on,
        }
        for consent in rows.where(ConsentRow, part_id=part)
        if consent.until is not None
        and consent.answered_on <= on <= consent.until
        and (consent.ended_on is None or on <= consent.ended_on)
    ]
    attached = [
        {"actor": member.actor, "role": member.role, "since": member.since, "until": member.until}
        for member in (rows.where(TeamMember, course_id=row.course_id) if row is not None else [])
        if member.role is role and member.covers(on)
    ]
    shared = [c for c in consents if c["purpose"] == "share_with_volunteers"]
    could = bool(attached) and (role is Role.LEADER or (role is Role.VOLUNTEER and bool(shared)))
    return {
        "part_id": part,
        "role": role,
        "on": on,
        "rule": line.rule if line is not None else f"{role} never sees {compartment.name}",
        "could_be_seen": could,
        "consents": consents,
        "attached": attached,
    }


def checks(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Figures of the month for the officer: readings, refusals, alarms, many families in a short time (RIG-09)."""
    _on_duty(asker)
    request = asker.asks(desk, "audit")
    desk.gate.note(request, "officer", RIGHTS)
    entries = desk.log.find()
    by_actor: dict[UUID, set[UUID]] = {}
    for entry in entries:
        if entry.subject is not None and entry.actor is not None and entry.action == "read":
            by_actor.setdefault(entry.actor, set()).add(entry.subject)
    return {
        "entries": len(entries),
        "refusals": sum(not entry.allowed and entry.action == "refused" for entry in entries),
        "alarms": sum(entry.action == "alarm" for entry in entries),
        "searches": sum(entry.action == "search" for entry in entries),
        "outside_the_course": [_line(entry, desk) for entry in entries if _outside(entry, desk)],
        "without_consent": [
            _line(entry, desk)
            for entry in entries
            if entry.allowed and entry.compartment == SHARED_NOTE.name and not entry.consents
            and entry.role == Role.VOLUNTEER.value
        ],
        "persons_read_by_actor": {str(actor): len(persons) for actor, persons in by_actor.items()},
    }  # fmt: skip


def verification(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Whether the log is whole, entry by entry and signature by signature; which entry is the first that is not."""
    _on_duty(asker)
    desk.gate.note(asker.asks(desk, "audit"), "officer", RIGHTS)
    verdict = desk.log.verify()
    broken = verdict.first_broken
    return {
        "whole": verdict.ok,
        "entries": verdict.size,
        "checkpoints": verdict.checkpoints,
        "unsigned": verdict.unsigned,
        "first_broken": None if broken is None else {"entry": broken.seq, "flaw": broken.flaw, "words": broken.words},
    }


def matrix(desk: Desk) -> list[Mapping[str, str]]:
    """Who may see what in this realm, as the table says it (VIS-11)."""
    held = set(held_in(desk.kind))
    return [
        {"role": role.value, "compartment": compartment.name, "level": line.level.value, "rule": line.rule}
        for (role, compartment), line in MAY_SEE.items()
        if compartment in held
    ]


def persons(asker: Asker, desk: Desk, *, family_id: UUID) -> list[Mapping[str, Any]]:
    """The ids of a family's members, without names, so that a request can be bound to one of them."""
    _on_duty(asker)
    desk.gate.note(asker.asks(desk, "audit"), "officer", RIGHTS, subjects=(family_id,))
    rows = desk.register.rows()
    town = desk.kind is RealmKind.MUNICIPALITY
    members = rows.where(TownMember, family_id=family_id) if town else rows.where(ClubMember, family_id=family_id)
    return [{"person_id": m.person_id, "takes_part_as": m.takes_part_as, "erased_on": m.erased_on} for m in members]


def _of_part(desk: Desk, part: UUID, wanted: Mapping[str, Any]) -> list[Entry]:
    """Entries about a part, and what was asked in vain about its people in the same compartments without naming a part."""
    named = desk.log.find(record=part, **wanted)
    rows = desk.register.rows()
    about = tuple(
        {s.about for s in rows.where(StatementRow, part_id=part)}
        | {s.about for s in rows.where(SharedStatement, part_id=part)}
    )
    vain = desk.log.find(subjects=about, action="refused", **wanted) if about else []
    unnamed = [e for e in vain if not e.records and e.compartment in (NOTE.name, SHARED_NOTE.name, "roster")]
    return sorted([*named, *unnamed], key=lambda entry: entry.at)


def _outside(entry: Entry, desk: Desk) -> bool:
    if entry.course is None or entry.action not in ("read", "print") or not entry.allowed:
        return False
    row = desk.register.rows().get(CourseRow, course_id=entry.course)
    return row is not None and entry.at.date() > row.ends_on


def _line(entry: Entry, desk: Desk) -> Mapping[str, Any]:
    return {
        "at": entry.at,
        "action": entry.action,
        "actor": entry.actor,
        "role": entry.role,
        "unit": entry.unit,
        "course": entry.course,
        "purpose": entry.purpose,
        "compartment": entry.compartment,
        "subject": entry.subject,
        "fields": list(entry.fields),
        "records": list(entry.records),
        "consents": list(entry.consents),
        "allowed": entry.allowed,
        "rule": entry.rule,
        "request_id": entry.request_id,
    }


def _on_duty(asker: Asker) -> None:
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
