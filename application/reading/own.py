"""What a member of a family sees: what is held about it and its children, its consents, and who has read it (REP-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Rows
from application.reading import club
from application.reading.leader import consent_line
from application.reading.opening import Opening
from application.views.club import AttendanceLine, ClubFamily, ClubMember, FollowUp, NotePart, StatementRow, WishedTheme
from application.views.consents import ConsentRow
from application.views.course import CourseRow, SeatRow, TeamMember
from application.views.evening import SharedStatement
from application.views.municipality import CustodyRow, Ground, ReferralRow, Step, TownFamily, TownMember
from application.views.organisation import WordingRow
from domain.compartments import RealmKind
from domain.lists import CRITERIA
from domain.people import Role, TakesPartAs
from gdpr.policy import Standing
from gdpr.ports import Absent, Entry

STANDS = Standing(is_the_subject=True)
CHILD = Standing(is_a_parent_or_household=True)
_MEMBER = ("given_name", "family_name", "caregiver", "birth_month", "day_care", "telephone", "address")


def own_data(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Everything this realm holds about the asker and the asker's children, and not about the other adult (RIG-17)."""
    person = _person(asker)
    return _town(asker, person, desk) if desk.kind is RealmKind.MUNICIPALITY else _club(asker, person, desk)


def own_consents(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The asker's own answers, each with the words it was asked in."""
    rows = desk.register.rows()
    found = rows.where(ConsentRow, person_id=_person(asker))
    return [{**consent_line(row, desk), "words": _words(rows, row), "course_id": row.course_id} for row in found]


def own_readers(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Who has read what is held about the asker and its children: role, day, purpose; names through the officer (RIG-12)."""
    person = _person(asker)
    rows = desk.register.rows()
    family_id, members = _family_of(rows, person, desk)
    own = {m.person_id for m in members if m.person_id == person or m.takes_part_as is not TakesPartAs.ADULT}
    subjects = (*own, family_id) if family_id is not None else tuple(own)
    entries = desk.log.find(subjects=subjects)
    return [_reading(entry) for entry in entries if entry.role != Role.FAMILY.value and entry.action in _READINGS]


_READINGS = ("read", "print", "disclose", "search", "refused")


def _reading(entry: Entry) -> Mapping[str, Any]:
    return {
        "at": entry.at,
        "role": entry.role,
        "purpose": entry.purpose,
        "compartment": entry.compartment,
        "action": entry.action,
        "allowed": entry.allowed,
        "subject": entry.subject,
        "records": list(entry.records),
    }


def programme(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The family's courses with their programme, leader and volunteers by first name (COU-12, VIS-06)."""
    rows = desk.register.rows()
    family_id, _ = _family_of(rows, _person(asker), desk)
    pages: list[Mapping[str, Any]] = []
    for seat in rows.where(SeatRow, family_id=family_id) if family_id is not None else []:
        row = rows.get(CourseRow, course_id=seat.course_id)
        if row is not None and seat.left_on is None:
            own = {"family_id": seat.family_id, "confirmed_on": seat.confirmed_on}
            pages.append({**club.course(row, rows), **own, "programme": club.programme(rows, seat.course_id)})
    return pages


def _person(asker: Asker) -> UUID:
    if asker.role is not Role.FAMILY or asker.person_id is None:
        raise RoleNotHeld("role")
    return asker.person_id


def _family_of(rows: Rows, person: UUID, desk: Desk) -> tuple[UUID | None, list[Any]]:
    kind: type[Any] = TownMember if desk.kind is RealmKind.MUNICIPALITY else ClubMember
    own = rows.where(kind, person_id=person)
    if not own or own[0].erased_on is not None:
        return None, []
    return own[0].family_id, rows.where(kind, family_id=own[0].family_id)


def _mine(members: list[Any], person: UUID) -> list[Any]:
    """The asker and the children it lives with; the other adult is not among them (FAM-08)."""
    homes = {home for m in members if m.person_id == person for home in m.household_ids}
    return [
        m
        for m in members
        if m.person_id == person
        or (m.takes_part_as is not TakesPartAs.ADULT and m.erased_on is None and homes & set(m.household_ids))
    ]


def _ask_members(opening: Opening, members: list[Any], person: UUID) -> None:
    for member in members:
        stands = STANDS if member.person_id == person else CHILD
        for name in _MEMBER:
            opening.ask((member.person_id, name), getattr(member, name, None), stands)


def _lines(members: list[Any], answers: Mapping[Any, Any]) -> list[Mapping[str, Any]]:
    return [
        {
            "person_id": m.person_id,
            "takes_part_as": m.takes_part_as,
            **{name: answers[m.person_id, name] for name in _MEMBER if answers[m.person_id, name] is not None},
        }
        for m in sorted(members, key=lambda m: m.number)
    ]


def _town(asker: Asker, person: UUID, desk: Desk) -> Mapping[str, Any]:
    rows = desk.register.rows()
    family_id, members = _family_of(rows, person, desk)
    if family_id is None:
        return {"realm": desk.realm, "members": [], "referrals": []}
    mine = _mine(members, person)
    opening = Opening(desk, asker.asks(desk, "own_data"))
    _ask_members(opening, mine, person)
    family = rows.get(TownFamily, family_id=family_id)
    assert family is not None
    opening.ask("language", family.language, CHILD)
    custody = [line for line in rows.where(CustodyRow, family_id=family_id) if line.adult_id == person]
    for line in custody:
        opening.ask((line.child_id, "custody"), line.custody, CHILD)
    referrals = rows.where(ReferralRow, family_id=family_id)
    own_ids = {family_id, *(m.person_id for m in mine)}
    grounds = {
        r.referral_id: [g for g in rows.where(Ground, referral_id=r.referral_id) if g.subject in own_ids]
        for r in referrals
    }
    for row in referrals:
        opening.ask((row.referral_id, "remark"), row.remark, CHILD, record=row.referral_id)
        opening.ask((row.referral_id, "municipal_case"), row.municipal_case, CHILD, record=row.referral_id)
        for ground in grounds[row.referral_id]:
            stands = STANDS if ground.subject == person else CHILD
            opening.ask((row.referral_id, ground.number), ground.value, stands, record=row.referral_id)
            for name in ("factors", "degree"):
                opening.ask(
                    (row.referral_id, ground.number, name), getattr(ground, name), stands, record=row.referral_id
                )
    answers = opening.open()
    return {
        "realm": desk.realm,
        "language": answers["language"],
        "members": _lines(mine, answers),
        "custody": [{"child_id": line.child_id, "custody": answers[line.child_id, "custody"]} for line in custody],
        "referrals": [
            {
                "referral_id": row.referral_id,
                "registered_on": row.registered_on,
                "stage": row.stage,
                "profession": row.profession,
                "channel": row.channel,
                "remark": answers[row.referral_id, "remark"],
                "municipal_case": answers[row.referral_id, "municipal_case"],
                "criteria": [_plain(row, g, answers) for g in grounds[row.referral_id] if g.kind == "criterion"],
                "judgements": [
                    answers[row.referral_id, g.number]
                    for g in grounds[row.referral_id]
                    if g.kind == "judgement" and answers[row.referral_id, g.number] is not None
                ],
                "assessments": [
                    {
                        "kind": answers[row.referral_id, g.number],
                        "factors": answers[row.referral_id, g.number, "factors"],
                        "degree": answers[row.referral_id, g.number, "degree"],
                    }
                    for g in grounds[row.referral_id]
                    if g.kind == "assessment"
                ],
                "steps": [{"stage": s.stage, "on": s.on} for s in rows.where(Step, referral_id=row.referral_id)],
            }
            for row in referrals
        ],
    }


def _plain(row: ReferralRow, ground: Ground, answers: Mapping[Any, Any]) -> Any:
    """The criterion in the wording it was ticked in (REF-26)."""
    code = answers[row.referral_id, ground.number]
    wording = {item.code: item.danish for item in CRITERIA[row.list_version]}
    return code if isinstance(code, Absent) else wording.get(code, code)


def _club(asker: Asker, person: UUID, desk: Desk) -> Mapping[str, Any]:
    rows = desk.register.rows()
    family_id, members = _family_of(rows, person, desk)
    if family_id is None:
        return {"realm": desk.realm, "members": [], "note_parts": [], "consents": [], "attendance": []}
    mine = _mine(members, person)
    own_ids = {family_id, *(m.person_id for m in mine)}
    opening = Opening(desk, asker.asks(desk, "own_data"))
    _ask_members(opening, mine, person)
    family = rows.get(ClubFamily, family_id=family_id)
    assert family is not None
    opening.ask("language", family.language, CHILD)
    parts = sorted(rows.where(NotePart, family_id=family_id), key=lambda part: part.number)
    said = {
        part.part_id: [
            s
            for s in rows.where(StatementRow, part_id=part.part_id)
            if s.edition == part.edition and s.about in own_ids and (s.about == person or s.told_by == person)
        ]
        for part in parts
    }
    for part in parts:
        for statement in said[part.part_id]:
            stands = Standing(
                is_the_subject=statement.about == person,
                is_a_parent_or_household=statement.about != person,
                told_it=statement.told_by == person,
            )
            opening.ask(statement.statement_id, statement.words, stands, record=part.part_id)
    themes = {
        part.part_id: rows.where(WishedTheme, part_id=part.part_id, edition=part.edition)
        for part in parts
        if any(statement.told_by == person for statement in said[part.part_id])
    }
    told = Standing(is_a_parent_or_household=True, told_it=True)
    for part_id, wished in themes.items():
        for theme in wished:
            opening.ask((part_id, theme.number), theme.theme, told, record=part_id)
    seats = rows.where(SeatRow, family_id=family_id)
    lines = [
        line for seat in seats for line in rows.where(AttendanceLine, course_id=seat.course_id, family_id=family_id)
    ]
    for line in lines:
        opening.ask((line.course_id, line.evening), line.status, CHILD)
    kept = rows.where(FollowUp, person_id=person)
    for row in kept:
        opening.ask((row.consent_id, "given_name"), row.given_name, STANDS)
        opening.ask((row.consent_id, "telephone"), row.telephone, STANDS)
    answers = opening.open()
    return {
        "realm": desk.realm,
        "language": answers["language"],
        "members": _lines(mine, answers),
        "team": _team(rows, seats),
        "places": [
            {
                "course_id": seat.course_id,
                "handed_over_on": seat.handed_over_on,
                "conversation_on": seat.conversation_on,
                "conversation_way": seat.conversation_way,
                "confirmed_on": seat.confirmed_on,
                "left_on": seat.left_on,
                "returning": seat.returning,
            }
            for seat in seats
        ],
        "note_parts": [
            {
                "part_id": part.part_id,
                "kind": part.kind,
                "edition": part.edition,
                "statements": [
                    {
                        "about": s.about,
                        "words": answers[s.statement_id],
                        "shared_with_volunteers": bool(rows.where(SharedStatement, statement_id=s.statement_id)),
                    }
                    for s in said[part.part_id]
                ],
                "themes": [answers[part.part_id, theme.number] for theme in themes.get(part.part_id, ())],
            }
            for part in parts
            if said[part.part_id]
        ],
        "attendance": [
            {"course_id": line.course_id, "evening": line.evening, "status": answers[line.course_id, line.evening]}
            for line in lines
        ],
        "follow_up": [
            {
                "consent_id": row.consent_id,
                "given_name": answers[row.consent_id, "given_name"],
                "telephone": answers[row.consent_id, "telephone"],
            }
            for row in kept
        ],
        "consents": own_consents(asker, desk),
    }


def _team(rows: Rows, seats: list[SeatRow]) -> list[Mapping[str, Any]]:
    """How many of each role; first names come with the screens, for they are the volunteers' own data."""
    team = {(m.actor, m.role) for seat in seats for m in rows.where(TeamMember, course_id=seat.course_id)}
    return [
        {"role": role, "people": sum(r is role for _, r in team)}
        for role in (Role.LEADER, Role.VOLUNTEER)
        if any(r is role for _, r in team)
    ]


def _words(rows: Rows, row: ConsentRow) -> str | None:
    if row.wording_id is None:
        return None
    found = rows.get(WordingRow, wording_id=row.wording_id, version=row.wording_version, language=row.language)
    return found.words if found is not None else None
