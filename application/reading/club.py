"""What is common to everybody at the club: how a reader stands to a course, its programme, and its totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Rows
from application.views.club import Headcount
from application.views.course import Booking, CourseRow, EveningRow, KeptApart, SeatRow, TeamMember
from application.views.organisation import Club
from domain.people import Role
from gdpr.policy import Standing


def standing_to_course(asker: Asker, desk: Desk, course_id: UUID) -> Standing:
    """How the reader stands to a course today, whatever family it is about; not at all when there is no such course."""
    rows = desk.register.rows()
    course = rows.get(CourseRow, course_id=course_id)
    if course is None:
        return Standing()
    today = desk.clock.today()
    member = rows.get(TeamMember, course_id=course_id, actor=asker.actor, role=asker.role)
    attached = member is not None and member.covers(today)
    booked = asker.role is Role.PROFESSIONAL and bool(rows.where(Booking, course_id=course_id, actor=asker.actor))
    return Standing(
        leads_the_course=attached and asker.role is Role.LEADER,
        on_the_team=attached,
        course_is_open=course.is_open,
        confidentiality_accepted=member is not None and member.confidential_since is not None,
        own_municipality=asker.role is Role.COORDINATOR and asker.municipality == course.municipality,
        has_a_booking=booked,
    )


def seats(rows: Rows, course_id: UUID, *, confirmed: bool = False) -> list[SeatRow]:
    """The places of families that have not left, in the order they were handed over."""
    found = [seat for seat in rows.where(SeatRow, course_id=course_id) if seat.left_on is None]
    if confirmed:
        found = [seat for seat in found if seat.confirmed_on is not None]
    return sorted(found, key=lambda seat: (seat.handed_over_on, str(seat.family_id)))


def kept_from(rows: Rows, course_id: UUID, actor: UUID) -> frozenset[UUID]:
    """The families whose shared notes this team member is kept from (VOL-08)."""
    return frozenset(row.family_id for row in rows.where(KeptApart, course_id=course_id, actor=actor) if row.kept)


def programme(rows: Rows, course_id: UUID) -> list[Mapping[str, Any]]:
    """The evenings as planned (COU-11, COU-12)."""
    return [
        {
            "number": evening.number,
            "on": evening.on,
            "starts_at": evening.starts_at,
            "minutes": evening.minutes,
            "kind": evening.kind,
            "theme": evening.theme,
            "cancelled": evening.cancelled,
        }
        for evening in rows.where(EveningRow, course_id=course_id)
    ]


def course(row: CourseRow, rows: Rows) -> Mapping[str, Any]:
    """A course without anybody in it."""
    club = rows.get(Club, club_id=row.club_id)
    return {
        "course_id": row.course_id,
        "club_id": row.club_id,
        "club": club.name if club is not None else None,
        "municipality": row.municipality,
        "kind": row.kind,
        "season": row.season,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "starts_at": row.starts_at,
        "evenings": row.evenings,
        "minutes": row.minutes,
        "state": row.state,
    }


def size(row: CourseRow, held: Iterable[SeatRow], team: Iterable[TeamMember], desk: Desk) -> Mapping[str, Any]:
    """Families, adults, children and siblings, each counted in its own unit, against the guidance; it warns only (COU-07)."""
    held = list(held)
    today = max(desk.clock.today(), row.starts_on)
    helpers = {member.actor for member in team if member.role is Role.VOLUNTEER and member.covers(today)}
    leaders = {member.actor for member in team if member.role is Role.LEADER and member.covers(today)}
    children = sum(seat.children + seat.siblings for seat in held)
    return {
        "families": len(held),
        "adults": sum(seat.adults for seat in held),
        "children": sum(seat.children for seat in held),
        "siblings": sum(seat.siblings for seat in held),
        "returning": sum(seat.returning for seat in held),
        "volunteers": len(helpers),
        "leaders": len(leaders),
        "children_per_volunteer": round(children / len(helpers), 2) if helpers else None,
        "children_per_helper_and_leader": round(children / len(helpers | leaders), 2) if helpers | leaders else None,
        "guidance": [row.fewest_families, row.most_families],
        "outside_guidance": not row.fewest_families <= len(held) <= row.most_families,
        "many_children": bool(children) and (not helpers or children / len(helpers) > MANY_CHILDREN),
    }


MANY_CHILDREN = 4
"""Children per volunteer above which the leader is warned: with 21 children the parents were left without attention."""


def turnout(rows: Rows, course_id: UUID, desk: Desk) -> list[Mapping[str, Any]]:
    """Expected and actual turnout per evening, as totals (ATT-06, ATT-07)."""
    expected = len(seats(rows, course_id, confirmed=True))
    counted = {row.evening: row for row in rows.where(Headcount, course_id=course_id)}
    lines: list[Mapping[str, Any]] = []
    for evening in rows.where(EveningRow, course_id=course_id):
        row = counted.get(evening.number) or Headcount(course_id=course_id, evening=evening.number)
        coming = expected - row.cancelled
        lines.append(
            {
                "evening": evening.number,
                "on": evening.on,
                "expected_families": coming,
                "few_families_warning": not row.counted and coming <= desk.limits.few_families,
                "counted": row.counted,
                "families": row.families if row.counted else None,
                "adults": row.adults if row.counted else None,
                "children": row.children if row.counted else None,
                "siblings": row.siblings if row.counted else None,
                "cancelled": row.cancelled,
                "not_come": row.not_come if row.counted else None,
                "seats": expected,
            }
        )
    return lines
