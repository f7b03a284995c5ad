"""What a role could see on a day: by the facts recorded until then, the same views and the same policy (RIG-10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import ModuleType
from typing import Any, Final
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Recorded
from application.reading.log_pages import note
from application.reading.log_questions import was_in_force
from application.reading.standing_then import (
    NOBODY,
    Sight,
    readers_of_course,
    sights_of_course,
    sights_of_realm,
    sights_of_town,
    streams_of_town,
)
from application.streams import introduction_id
from application.then import desk_then, moments_of
from application.views import club, consents, course, evening, municipality, people, rights
from application.views.club import NotePart
from application.views.consents import ConsentRow
from application.views.course import Booking, SeatRow, TeamMember
from application.views.people import RoleHeld
from application.views.rights import RequestRow
from domain.compartments import NOTE, SHARED_NOTE, RealmKind
from domain.danish_time import beginning_of, end_of
from domain.errors import NotFound
from domain.introduction import StatementDisclosed, ThemeDisclosed
from domain.people import Role
from domain.text import past
from gdpr.policy import MAY_SEE

_CLUB: Final[tuple[ModuleType, ...]] = (people, course, club, consents, evening, rights)
_TOWN: Final[tuple[ModuleType, ...]] = (people, municipality, rights)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sight over a whole day: what could be seen at any time of it, from when and until when it could."""

    sight: Sight
    since: datetime | None
    until: datetime | None


def what_a_role_could_see(
    asker: Asker,
    desk: Desk,
    *,
    role: Role,
    on: date,
    course: UUID | None = None,
    unit: UUID | None = None,
    actor: UUID | None = None,
) -> Mapping[str, Any]:
    """Every compartment the policy has a line for, and whether anything of it could be seen on that day, by whom and why.

    Raises InTheFuture.
    """
    note(asker, desk, course=course)
    past(on, "on", today=desk.clock.today(), years=20)
    seen = could_see(desk, role=role, on=on, course=course, unit=unit, actor=actor)
    rows = desk.register.rows()
    held = [row for row in rows.where(RoleHeld, role=role) if row.covers(on) and actor in (None, row.actor)]
    return {
        "role": role,
        "on": on,
        "roles_held": [
            {"actor": row.actor, "unit": row.unit_id, "municipality": row.municipality, "since": row.since, "until": row.until}
            for row in held
        ],
        "lines": [_line(one, desk, on) for one in seen],
    }  # fmt: skip


def what_could_be_seen(asker: Asker, desk: Desk, *, part: UUID, role: Role, on: date) -> Mapping[str, Any]:
    """Whether a role could see one part of a note on a day: the general question, narrowed to that part.

    Raises NotFound in a municipality, where there are no notes.
    """
    if desk.kind is not RealmKind.RED_BARNET:
        raise NotFound
    note(asker, desk, records=(part,))
    rows = desk.register.rows()
    row = rows.get(NotePart, part_id=part)
    compartment = NOTE if role is Role.LEADER else SHARED_NOTE
    policy = MAY_SEE.get((role, compartment))
    seen = could_see(desk, role=role, on=on, course=row.course_id) if row is not None else []
    saw = [one for one in seen if one.sight.compartment is compartment and part in one.sight.records]
    team = rows.where(TeamMember, course_id=row.course_id) if row is not None else []
    return {
        "part_id": part,
        "role": role,
        "on": on,
        "rule": policy.rule if policy is not None else f"{role} never sees {compartment.name}",
        "could_be_seen": bool(saw),
        "consents": [
            _consent(consent)
            for consent in rows.where(ConsentRow, part_id=part)
            if was_in_force(consent, on)
        ],
        "attached": [
            {"actor": member.actor, "role": member.role, "since": member.since, "until": member.until}
            for member in team
            if member.role is role and member.covers(on)
        ],
        "readers": sorted({one.sight.actor for one in saw}),
    }  # fmt: skip


def could_see(
    desk: Desk,
    *,
    role: Role,
    on: date,
    course: UUID | None = None,
    unit: UUID | None = None,
    actor: UUID | None = None,
) -> list[Seen]:
    """The sights of a role on a day, in one course, or in all that the reader is bound to; in a town, of one unit."""
    look_at = _Looking(desk, role, actor, beginning_of(on), end_of(on))
    people_only = look_at.through_the_day([], lambda then: sights_of_realm(role, actor, then))
    if desk.kind is RealmKind.MUNICIPALITY:
        units = [unit] if unit is not None or role is not Role.REFERRER else _units_of(desk, role, actor)
        places = [look_at.town(of) for of in units]
    else:
        courses = [course] if course is not None else _courses_of(desk, role, actor)
        places = [look_at.course(of) for of in courses]
    return [each for seen in (people_only, *places) for each in seen]


@dataclass(frozen=True, slots=True)
class _Looking:
    """One question about one day: whose sight is looked for, and from when until when."""

    desk: Desk
    role: Role
    actor: UUID | None
    begins: datetime
    ends: datetime

    def town(self, unit: UUID | None) -> list[Seen]:
        """What the role could see of a unit's families."""
        reader = self.actor or NOBODY
        return self.through_the_day(
            _histories(self.desk, streams_of_town(self.desk, unit)),
            lambda then: sights_of_town(self.role, unit, reader, then),
        )

    def course(self, course_id: UUID) -> list[Seen]:
        """What each reader who was bound to a course could see of it."""
        return self.through_the_day(
            _course_histories(self.desk, course_id),
            lambda then: (
                sight
                for reader in readers_of_course(self.role, course_id, self.actor, then)
                for sight in sights_of_course(self.role, course_id, reader, then)
            ),
        )

    def through_the_day(
        self, streams: Sequence[Sequence[Recorded]], look: Callable[[Desk], Iterable[Sight]]
    ) -> list[Seen]:
        """Look at the beginning of the day and after whatever was recorded on it; what is the same sight is put together."""
        streams = [*_histories(self.desk, _people(self.desk, self.role, self.actor)), *streams]
        views = _TOWN if self.desk.kind is RealmKind.MUNICIPALITY else _CLUB
        now, found = self.desk.clock.now(), dict[tuple[str, UUID], Seen]()
        for moment in moments_of(self.begins, self.ends, (one for stream in streams for one in stream)):
            if moment > now:
                break
            for sight in look(desk_then(self.desk, streams, views, moment)):
                key = (sight.compartment.name, sight.actor)
                found[key] = _together(found.get(key), sight, moment)
        return list(found.values())


def _together(earlier: Seen | None, sight: Sight, moment: datetime) -> Seen:
    if earlier is None:
        return Seen(sight, moment if sight.could else None, None)
    before = earlier.sight
    if not sight.could:
        ended = earlier.until or (moment if before.could else None)
        return replace(earlier, until=ended) if before.could else replace(earlier, sight=sight)
    both = replace(
        sight, families=before.families | sight.families, records=before.records | sight.records,
        consents=before.consents | sight.consents, restricted=before.restricted & sight.restricted,
    )  # fmt: skip
    return Seen(both, earlier.since or moment, None)


def _course_histories(desk: Desk, course_id: UUID) -> list[Sequence[Recorded]]:
    """The streams on which the rows of one course rest, in the order in which their rows rest on each other."""
    rows = desk.register.rows()
    families = [seat.family_id for seat in rows.where(SeatRow, course_id=course_id)]
    talks = [desk.register.history(introduction_id(family, course_id)) for family in families]
    answered = {row.consent_id for row in rows.where(ConsentRow, course_id=course_id)}
    disclosed = {
        consent
        for talk in talks
        for one in talk
        if isinstance(one.fact, (StatementDisclosed, ThemeDisclosed))
        for consent in one.fact.rests_on
    }
    return [*_histories(desk, [course_id, *families]), *talks, *_histories(desk, sorted(answered | disclosed))]


def _people(desk: Desk, role: Role, actor: UUID | None) -> list[UUID]:
    """The streams that say who held the role, and whose reading was restricted."""
    rows = desk.register.rows()
    held = {row.actor for row in rows.where(RoleHeld, role=role)} | ({actor} if actor is not None else set())
    return [*sorted(held), *sorted(row.request_id for row in rows.where(RequestRow))]


def _histories(desk: Desk, streams: Iterable[UUID]) -> list[Sequence[Recorded]]:
    return [history for stream in streams if (history := desk.register.history(stream))]


def _courses_of(desk: Desk, role: Role, actor: UUID | None) -> list[UUID]:
    rows = desk.register.rows()
    if actor is not None and role in (Role.LEADER, Role.VOLUNTEER):
        return sorted({member.course_id for member in rows.where(TeamMember, actor=actor)})
    if actor is not None and role is Role.PROFESSIONAL:
        return sorted({booking.course_id for booking in rows.where(Booking, actor=actor)})
    return sorted(row.course_id for row in rows.where(course.CourseRow))


def _units_of(desk: Desk, role: Role, actor: UUID | None) -> list[UUID | None]:
    held = desk.register.rows().where(RoleHeld, role=role)
    return list({row.unit_id for row in held if actor in (None, row.actor)})


def _line(seen: Seen, desk: Desk, on: date) -> Mapping[str, Any]:
    sight, rows = seen.sight, desk.register.rows()
    named = rows.where(ConsentRow, consent_id=tuple(sight.consents)) if sight.consents else []
    return {
        "compartment": sight.compartment.name,
        "level": sight.level,
        "rule": sight.rule,
        "could_be_seen": sight.could,
        "since": seen.since,
        "until": seen.until,
        "actor": sight.actor if sight.actor != NOBODY else None,
        "course": sight.course,
        "unit": sight.unit,
        "families": sorted(sight.families),
        "records": sorted(sight.records),
        "consents": [_consent(row) for row in named],
        "restricted": sorted(sight.restricted),
    }


def _consent(row: ConsentRow) -> Mapping[str, Any]:
    return {
        "consent_id": row.consent_id,
        "purpose": row.purpose,
        "edition": row.edition,
        "given_on": row.answered_on,
        "ended_on": row.ended_on,
    }
