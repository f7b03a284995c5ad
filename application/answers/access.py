"""The answer to a request for access: the eight items of Art. 15(1), a copy, and who looked; opened for the person alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from application import recipients
from application.answers.earlier import Whose, earlier
from application.answers.plain import plain
from application.answers.sources import sources
from application.desk import Asker, Desk
from application.reading import own
from application.reading.own_log import SHOWN
from application.reading.own_members import Scope, family_of, mine
from application.views.people import StaffMember
from application.views.rights import CorrectionRow, RequestRow, RequestWords
from domain.compartments import BY_NAME, Compartment, held_in
from domain.people import Role
from gdpr.policy import Standing
from gdpr.ports import Entry
from gdpr.retention import period_of
from gdpr.rights import NotOwnData, RightsCase
from gdpr.rights_facts import Right

FORMAT = "tillid/access-answer/v1"
_NAMES_GIVEN = Standing(names_are_given=True)
_OF_STAFF = ("given_name", "family_name", "volunteer_given_name", "volunteer_family_name")


@dataclass(frozen=True, slots=True)
class Answering:
    """A case that is answered: for whom it is opened, what of it, and whose data they are."""

    case: RightsCase
    reader: Asker
    desk: Desk
    scope: Scope
    whose: Whose
    held: tuple[Compartment, ...]


def begin(case: RightsCase, reader: Asker, desk: Desk, *, released: frozenset[str]) -> Answering:
    """What an answer is made from. `reader` is whoever asked, or an officer to whom these compartments were `released`.

    Raises NotOwnData.
    """
    by_an_officer = reader.role is Role.OFFICER
    if not by_an_officer and reader.person_id != case.asked_by:
        raise NotOwnData("request_id")
    about = None if case.subject == case.asked_by else case.subject
    decided = case.answering.decided
    withheld = frozenset(decided.withheld if decided is not None else ())
    not_asked_for = withheld | (BY_NAME.keys() - released) if by_an_officer else withheld
    scope = Scope(about, f"answer_{case.right}", not_asked_for, released, set())
    family_id, members = family_of(desk.register.rows(), case.asked_by, desk)
    own_ids = {member.person_id for member in scope.of(mine(members, case.asked_by))}
    if case.subject not in own_ids:
        raise NotOwnData("subject")
    assert family_id is not None
    others = {member.person_id for member in members} - own_ids - {case.asked_by}
    whose = Whose(family_id, case.asked_by, frozenset({*own_ids, family_id}), frozenset(others))
    live = {name for subject in whose.own for name in desk.erasing.held(subject)}
    held = tuple(each for each in held_in(desk.kind) if each.name in live)
    return Answering(case, reader, desk, scope, whose, held)


def access(answering: Answering) -> Mapping[str, Any]:
    """The whole answer, plain. Raises what the gate raises."""
    desk = answering.desk
    copy: Mapping[str, Any] = plain(own.held_about(answering.case.asked_by, answering.reader, desk, answering.scope))
    if answering.scope.about is not None:
        copy = _of_the_child(copy)
    before = earlier(answering.reader, desk, answering.whose, answering.scope, set(_words(copy)))
    entries = _readings(answering)
    names = _names(answering, entries)
    return {
        "format": FORMAT,
        **heading(answering),
        "items": plain(_items(answering, names)),
        "copy": copy,
        "earlier": plain(before),
        "requests": plain(_requests(answering)),
        "log": plain([_read(entry, names) for entry in entries]),
    }


def _readings(answering: Answering) -> list[Entry]:
    """What others did with these data, or tried to, oldest first."""
    found = answering.desk.log.find(subjects=tuple(answering.whose.own), actions=SHOWN)
    return [entry for entry in found if entry.role != Role.FAMILY.value]


def heading(answering: Answering) -> Mapping[str, Any]:
    """What stands above an answer: whose, of which realm, asked and decided when, and what is withheld why."""
    case, decided = answering.case, answering.case.answering.decided
    withheld = dict(zip(decided.withheld, decided.grounds, strict=True)) if decided is not None else {}
    told: Mapping[str, Any] = plain(
        {
            "realm": answering.desk.realm,
            "request_id": case.case_id,
            "right": case.right,
            "about": case.subject,
            "received_on": case.received_on,
            "decided_on": decided.on if decided is not None else None,
            "made_on": answering.desk.clock.today(),
            "withheld": [{"compartment": name, "ground": ground} for name, ground in withheld.items()],
            "names_of_staff": decided.names_of_staff if decided is not None else None,
        }
    )
    return told


def _items(answering: Answering, names: Mapping[UUID, str]) -> Mapping[str, Any]:
    """Art. 15(1)(a) to (h) and (2). What is empty says so where it is read: there is none."""
    desk, held = answering.desk, answering.held
    compartments = [each.name for each in held]
    return {
        "a_purposes": [{"compartment": c.name, "purpose": c.purpose, "basis": c.basis} for c in held],
        "b_categories": [{"compartment": c.name, "special": c.special} for c in held],
        "c_recipients": [
            {
                "kind": each.kind,
                "controller": each.recipient if each.role is None else None,
                "role": each.role,
                "name": names.get(UUID(each.recipient)) if each.role is not None else None,
                "first_on": each.first_on,
                "last_on": each.last_on,
                "compartments": each.compartments,
            }
            for each in recipients.of_subjects(desk, answering.whose.own, compartments, (answering.whose.family_id,))
        ],
        "d_periods": [kept_for(desk, compartment) for compartment in held],
        "e_rights": [right for right in Right if right is not Right.ACCESS],
        "f_complaint": "datatilsynet",
        "g_sources": sources(desk, answering.whose.family_id, answering.case.asked_by, compartments),
        "h_automated_decisions": [],
        "transfers": [],
    }


def kept_for(desk: Desk, compartment: Compartment) -> Mapping[str, Any]:
    """How long a kind of data is kept in this realm, and from when that counts."""
    clock = period_of(compartment, desk.clocks)
    return {
        "compartment": compartment.name,
        "months": clock.keep.months,
        "days": clock.keep.days,
        "after": clock.starts,
    }


def _of_the_child(copy: Mapping[str, Any]) -> Mapping[str, Any]:
    """A child's copy holds the consents to what is told about it, and not the parent's other answers."""
    parts = {part["part_id"] for part in copy.get("note_parts", ())}
    consents = [each for each in copy.get("consents", ()) if each["part_id"] in parts]
    return {**copy, "consents": consents} if "consents" in copy else copy


def _names(answering: Answering, entries: Sequence[Entry]) -> Mapping[UUID, str]:
    """By pseudonym the names of those who read, if the officer decided that they are given; else of nobody."""
    decided = answering.case.answering.decided
    if decided is None or not decided.names_of_staff.given:
        return {}
    rows, opening = answering.desk.register.rows(), answering.scope.opening(answering.reader, answering.desk)
    actors = {entry.actor for entry in entries if entry.actor is not None}
    found = {actor: row for actor in actors if (row := rows.get(StaffMember, actor=actor)) is not None}
    for actor, row in found.items():
        for column in _OF_STAFF:
            opening.ask((actor, column), getattr(row, column), _NAMES_GIVEN)
    answers = opening.open()
    return {actor: name for actor in found if (name := _whole_name(answers, actor))}


def _whole_name(answers: Mapping[Any, Any], actor: UUID) -> str:
    """As one of the staff, or else as a volunteer."""
    for columns in (_OF_STAFF[:2], _OF_STAFF[2:]):
        told = [answers[actor, column] for column in columns]
        if any(isinstance(each, str) for each in told):
            return " ".join(each for each in told if isinstance(each, str))
    return ""


def _read(entry: Entry, names: Mapping[UUID, str]) -> Mapping[str, Any]:
    name = names.get(entry.actor) if entry.actor is not None else None
    line = {key: value for key, value in own.reading_line(entry).items() if key not in ("records", "subject")}
    line["fields"] = entry.fields
    return {**line, "name": name} if name else line


def _requests(answering: Answering) -> list[Mapping[str, Any]]:
    """The person's own requests, with what it said and what it was told; they are held about it too."""
    rows, case = answering.desk.register.rows(), answering.case
    own_requests = [r for r in rows.where(RequestRow, asked_by=case.asked_by) if r.subject in answering.whose.own]
    opening = answering.scope.opening(answering.reader, answering.desk)
    for row in own_requests:
        for words in rows.where(RequestWords, request_id=row.request_id):
            stands = Standing(is_the_subject=True)
            opening.ask((row.request_id, words.number), words.words, stands, record=row.request_id)
        for wish in rows.where(CorrectionRow, request_id=row.request_id):
            opening.ask((row.request_id, "wished", wish.number), wish.wished, Standing(is_the_subject=True))
    answers = opening.open()
    return [
        {
            "right": row.right,
            "about": row.subject,
            "received_on": row.received_on,
            "completed_on": row.completed_on,
            "refused": row.refused,
            "words": [
                {"kind": words.kind, "words": answers[row.request_id, words.number]}
                for words in rows.where(RequestWords, request_id=row.request_id)
            ],
            "corrections": [
                {
                    "compartment": wish.compartment,
                    "field": wish.field,
                    "wished": answers[row.request_id, "wished", wish.number],
                    "state": wish.state,
                }
                for wish in rows.where(CorrectionRow, request_id=row.request_id)
            ],
        }
        for row in own_requests
    ]


def _words(copy: Any) -> Iterator[str]:
    """Every text of the copy, to know what need not be said twice."""
    if isinstance(copy, Mapping):
        for inner in copy.values():
            yield from _words(inner)
    elif isinstance(copy, list):
        for inner in copy:
            yield from _words(inner)
    elif isinstance(copy, str):
        yield copy
