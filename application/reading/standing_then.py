"""How everybody stood to the records of a realm at one moment, put to the same policy as a reading is (RIG-10)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from application.desk import Asker, Desk
from application.permitted import Permitted
from application.reading import club
from application.reading.municipality import standing_to_family
from application.views.club import ClubMember, FollowUp, NotePart, StatementRow
from application.views.course import Booking, CourseRow, EveningRow, SeatRow, TeamMember
from application.views.evening import SharedStatement, SharedTheme
from application.views.municipality import ReferralRow, TownFamily, TownMember
from application.views.people import Restriction, RoleHeld
from application.views.rights import CorrectionRow
from domain.compartments import (
    ATTENDANCE,
    FOLLOW_UP,
    NOTE,
    RIGHTS,
    SHARED_NOTE,
    SHARED_THEME,
    VOLUNTEER_FILE,
    Compartment,
    held_in,
)
from domain.lists import Purpose
from domain.people import Role
from domain.permission import use_of
from gdpr.policy import MAY_SEE, Line, Standing, decide, is_on_duty

NOBODY = UUID(int=0)
"""Stands for somebody who holds the role and is bound to nothing, where no one is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One compartment, to one reader in one role: whether anything of it could be seen, by which rule, and on what.

    `rule` is that of the policy where it could, else what was missing. `families` are those it could be seen of,
    `records` the note parts, `consents` what it rested on; `restricted` the subjects closed to reading (Art. 18).
    """

    compartment: Compartment
    actor: UUID
    course: UUID | None
    unit: UUID | None
    level: str
    rule: str
    could: bool
    families: frozenset[UUID] = frozenset()
    records: frozenset[UUID] = frozenset()
    consents: frozenset[UUID] = frozenset()
    restricted: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing in a compartment and how the reader stands to it."""

    standing: Standing
    family: UUID | None = None
    record: UUID | None = None
    consents: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reader:
    """A reader before one course, at the moment of the desk."""

    asker: Asker
    desk: Desk
    course: UUID
    standing: Standing


def readers_of_course(role: Role, course: UUID, actor: UUID | None, desk: Desk) -> list[UUID]:
    """Who was bound to a course in this role, that day or any other; whoever is named, in any case."""
    rows, today = desk.register.rows(), desk.clock.today()
    if actor is not None:
        return [actor]
    if role is Role.PROFESSIONAL:
        found = {booking.actor for booking in rows.where(Booking, course_id=course)}
    elif role in (Role.LEADER, Role.VOLUNTEER):
        found = {member.actor for member in rows.where(TeamMember, course_id=course) if member.role is role}
    else:
        found = {held.actor for held in rows.where(RoleHeld, role=role) if held.covers(today)}
    return sorted(found) or [NOBODY]


def sights_of_realm(role: Role, actor: UUID | None, desk: Desk) -> Iterator[Sight]:
    """What is open to whoever holds the role that day, whatever course or unit it is about."""
    held = desk.register.rows().where(RoleHeld, role=role)
    on_duty = {row.actor for row in held if row.covers(desk.clock.today()) and actor in (None, row.actor)}
    for compartment, line in _lines(role, desk, of_the_realm=True):
        for each in sorted(on_duty) or [actor or NOBODY]:
            found = [_Found(Standing(is_on_duty=each in on_duty))]
            yield _sight(role, compartment, line, found, desk, actor=each)


def sights_of_course(role: Role, course: UUID, actor: UUID, desk: Desk) -> Iterator[Sight]:
    """What this reader could see of a course, compartment by compartment."""
    row = desk.register.rows().get(CourseRow, course_id=course)
    municipality = row.municipality if row is not None else None
    asker = Asker(actor, role, NOBODY, municipality=municipality)
    reader = _Reader(asker, desk, course, club.standing_to_course(asker, desk, course))
    for compartment, line in _lines(role, desk):
        found = _IN_COURSE.get(compartment, _of_the_seated)(reader)
        yield _sight(role, compartment, line, found, desk, actor=actor, course=course)


def sights_of_town(role: Role, unit: UUID | None, actor: UUID, desk: Desk) -> Iterator[Sight]:
    """What this reader could see of a municipality's families, of its own unit's if it is bound to one."""
    asker = Asker(actor, role, NOBODY, unit=unit, municipality=desk.realm)
    families = [row.family_id for row in desk.register.rows().where(TownFamily)]
    found = [_Found(standing_to_family(asker, desk, each), each) for each in families]
    own = {one.family for one in found if one.standing.own_unit}
    members = {row.person_id: row.family_id for row in desk.register.rows().where(TownMember)}
    for compartment, line in _lines(role, desk):
        things = found if compartment is not RIGHTS else _corrections(desk, members, own)
        yield _sight(role, compartment, line, things, desk, actor=actor, unit=unit)


def streams_of_town(desk: Desk, unit: UUID | None) -> list[UUID]:
    """The families and referrals of a unit, or of the whole municipality."""
    rows = desk.register.rows()
    referrals = rows.where(ReferralRow, unit_id=unit) if unit is not None else rows.where(ReferralRow)
    own = rows.where(TownFamily, unit_id=unit) if unit is not None else rows.where(TownFamily)
    families = {row.family_id for row in own} | {row.family_id for row in referrals}
    return [*sorted(families), *sorted(row.referral_id for row in rows.where(ReferralRow, family_id=tuple(families)))]


def _lines(role: Role, desk: Desk, *, of_the_realm: bool = False) -> Iterator[tuple[Compartment, Line]]:
    """The policy's lines for the role: those that ask for nothing but the role held, or all others."""
    held = set(held_in(desk.kind)) if role is not Role.FAMILY else set()  # a family sees its own, whoever it is
    return (
        (of, line)
        for (by, of), line in MAY_SEE.items()
        if by is role and of in held and (line.conditions == (is_on_duty,)) is of_the_realm
    )


def _sight(
    role: Role,
    compartment: Compartment,
    line: Line,
    found: Iterable[_Found],
    desk: Desk,
    *,
    actor: UUID,
    course: UUID | None = None,
    unit: UUID | None = None,
) -> Sight:
    """Put to the policy whatever there is in the compartment; without anything, the reader's bare standing."""
    things = list(found) or [_Found(Standing())]
    decided = [(one, decide(role, compartment, one.standing, line.level)) for one in things]
    could = [(one, decision) for one, decision in decided if decision.allowed]
    nearest = could[0][1] if could else decided[0][1]
    closed = {row.subject for row in desk.register.rows().where(Restriction, compartment=compartment.name)}
    return Sight(
        compartment, actor, course, unit, line.level.value, nearest.rule, bool(could),
        frozenset(one.family for one, _ in could if one.family is not None),
        frozenset(one.record for one, _ in could if one.record is not None),
        frozenset(consent for one, _ in could for consent in one.consents), frozenset(closed),
    )  # fmt: skip


def _seats(reader: _Reader) -> list[SeatRow]:
    return club.seats(reader.desk.register.rows(), reader.course)


def _of_the_seated(reader: _Reader) -> list[_Found]:
    """What there is of each family with a place: names, ages, telephone, language."""
    return [
        _Found(replace(reader.standing, place_is_confirmed=seat.confirmed_on is not None), seat.family_id)
        for seat in _seats(reader)
    ] or [_Found(reader.standing)]


def _team(reader: _Reader) -> list[_Found]:
    """The helpers' own names: nobody's of a family."""
    return [_Found(reader.standing)]


def _attendance(reader: _Reader) -> list[_Found]:
    evenings = reader.desk.register.rows().where(EveningRow, course_id=reader.course)
    tonight = any(evening.on == reader.desk.clock.today() for evening in evenings)
    return [replace(one, standing=replace(one.standing, same_evening=tonight)) for one in _of_the_seated(reader)]


def _notes(reader: _Reader) -> list[_Found]:
    """Each statement of each newest part, as its author or under what a consent to a co-leader carries."""
    rows = reader.desk.register.rows()
    parts = rows.where(NotePart, course_id=reader.course)
    permitted = _permitted(reader, {part.family_id for part in parts})
    found = [_Found(reader.standing)]
    for part in parts:
        about = {row.about for row in rows.where(StatementRow, part_id=part.part_id) if row.edition == part.edition}
        for subject in about | {part.family_id}:
            use = use_of(
                Purpose.SHARE_WITH_CO_LEADER, family_id=part.family_id, course_id=part.course_id, about=subject,
                part_id=part.part_id, edition=part.edition,
            )  # fmt: skip
            wrote_it = part.author == reader.asker.actor
            basis = frozenset[UUID]() if wrote_it else permitted.consents(use, reader.asker.actor)
            stands = replace(reader.standing, wrote_it=wrote_it, consent_in_force=bool(basis))
            found.append(_Found(stands, part.family_id, part.part_id, frozenset(basis)))
    return found


def _shared(reader: _Reader) -> list[_Found]:
    """Each statement that was shared, as far as what it rests on still carries it for this reader."""
    rows = reader.desk.register.rows()
    statements = rows.where(SharedStatement, course_id=reader.course)
    confirmed = {seat.family_id for seat in _seats(reader) if seat.confirmed_on is not None}
    kept = club.kept_from(rows, reader.course, reader.asker.actor)
    permitted = _permitted(reader, {one.family_id for one in statements})
    found = [
        _Found(
            replace(
                reader.standing,
                place_is_confirmed=one.family_id in confirmed,
                consent_in_force=permitted.carries(one, reader.asker.actor),
                not_kept_from_notes=one.family_id not in kept,
            ),
            one.family_id, one.part_id, frozenset(one.rests_on),
        )
        for one in statements
    ]  # fmt: skip
    return found or [_Found(replace(reader.standing, place_is_confirmed=bool(confirmed)))]


def _themes(reader: _Reader) -> list[_Found]:
    themes = reader.desk.register.rows().where(SharedTheme, course_id=reader.course)
    permitted = _permitted(reader, {one.family_id for one in themes})
    return [
        _Found(reader.standing, one.family_id, one.part_id, frozenset(one.rests_on))
        for one in themes
        if permitted.carries(one, reader.asker.actor)
    ] or [_Found(Standing())]


def _follow_up(reader: _Reader) -> list[_Found]:
    rows = reader.desk.register.rows().where(FollowUp)
    stands = replace(reader.standing, consent_in_force=True)
    return [_Found(stands, consents=frozenset({row.consent_id})) for row in rows]


def _asked_of_the_leader(reader: _Reader) -> list[_Found]:
    """What is to be corrected about the families with a place here."""
    families = {seat.family_id for seat in _seats(reader)}
    members = {
        row.person_id: row.family_id for row in reader.desk.register.rows().where(ClubMember, family_id=tuple(families))
    }
    return _corrections(reader.desk, members, families if reader.standing.leads_the_course else set())


def _corrections(desk: Desk, members: Mapping[UUID, UUID], kept: Collection[UUID | None]) -> list[_Found]:
    """The wished words of accepted corrections, for whoever keeps what is held about the family (Art. 16)."""
    asked = [
        (members.get(row.subject, row.subject), row)
        for row in desk.register.rows().where(CorrectionRow, state="accepted")
    ]
    return [
        _Found(Standing(is_to_correct=True), family, row.request_id) for family, row in asked if family in kept
    ] or [_Found(Standing())]


def _permitted(reader: _Reader, families: set[UUID]) -> Permitted:
    return Permitted(reader.desk.register.rows(), reader.course, families, reader.desk.clock.today())


_IN_COURSE: Mapping[Compartment, Callable[[_Reader], list[_Found]]] = {
    NOTE: _notes,
    SHARED_NOTE: _shared,
    SHARED_THEME: _themes,
    ATTENDANCE: _attendance,
    FOLLOW_UP: _follow_up,
    RIGHTS: _asked_of_the_leader,
    VOLUNTEER_FILE: _team,
}
