"""What is shown of a course's group and never of a family: to visiting professionals, coordinators and the secretariat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.permitted import Permitted
from application.ports import Rows
from application.reading import club
from application.views.club import ClubFamily
from application.views.course import Booking, CourseRow, TeamMember
from application.views.evening import EveningMember, SharedTheme
from application.views.organisation import Club, Place
from application.views.people import restrictions
from domain.compartments import AGES, SHARED_THEME
from domain.people import Role, TakesPartAs
from domain.text import age_in_years
from gdpr.gate import Asked, Request
from gdpr.policy import Level, Standing, decide

_OFFICE = frozenset({Role.SECRETARIAT, Role.BRANCH})


def briefing(asker: Asker, booking_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """A visiting professional's own booking: composition, ages, themes, languages, time and place; no names (VIS-04)."""
    rows = desk.register.rows()
    booking = rows.get(Booking, booking_id=booking_id)
    course_id = booking.course_id if booking is not None else None
    request = asker.asks(desk, "visit_an_evening", course=course_id)
    own = booking is not None and booking.actor == asker.actor
    standing = club.standing_to_course(asker, desk, booking.course_id) if booking is not None and own else Standing()
    decision = decide(asker.role, AGES, standing, Level.AS_GROUP)
    if booking is None or not decision.allowed:
        desk.gate.refuse(request, AGES, decision.rule, record=booking_id)
    row = rows.get(CourseRow, course_id=booking.course_id)
    assert row is not None
    evening = next((e for e in club.programme(rows, booking.course_id) if e["number"] == booking.evening), None)
    return {
        "course": {name: club.course(row, rows)[name] for name in ("club", "kind", "season", "municipality")},
        "place": _place(rows, row.club_id),
        "evening": evening,
        "profession": booking.profession,
        "theme": booking.theme,
        "group": _group(request, desk, rows, booking.course_id, standing),
        "languages": _languages(request, desk, rows, booking.course_id, standing),
        "themes": _themes(request, desk, rows, booking.course_id, standing),
    }


def own_bookings(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The visits the asker is booked for: when and where; the briefing says the rest."""
    if asker.role is not Role.PROFESSIONAL:
        raise RoleNotHeld("role")
    rows = desk.register.rows()
    lines: list[Mapping[str, Any]] = []
    for booking in rows.where(Booking, actor=asker.actor):
        row = rows.get(CourseRow, course_id=booking.course_id)
        if row is not None and row.is_open:
            evenings = club.programme(rows, booking.course_id)
            evening = next((e for e in evenings if e["number"] == booking.evening), None)
            place = _place(rows, row.club_id)
            lines.append({"booking_id": booking.booking_id, "theme": booking.theme, "evening": evening, "place": place})
    return lines


def totals(asker: Asker, course_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """A course as the coordinator sees it in Red Barnet's realm: counts, ages, themes, turnout; nobody (VIS-03, ATT-07)."""
    rows = desk.register.rows()
    request = asker.asks(desk, "coordinate", course=course_id)
    standing = club.standing_to_course(asker, desk, course_id)
    if asker.role in _OFFICE and rows.get(CourseRow, course_id=course_id) is not None:
        return {**_for_the_office(asker, desk, rows, course_id), "programme": club.programme(rows, course_id)}
    decision = decide(asker.role, AGES, standing, Level.AS_GROUP)
    if asker.role is not Role.COORDINATOR or not decision.allowed:
        desk.gate.refuse(request, AGES, decision.rule)
    return {
        **_counts(desk, rows, course_id),
        "ages": _group(request, desk, rows, course_id, standing)["ages"],
        "themes": _themes(request, desk, rows, course_id, standing),
        "programme": club.programme(rows, course_id),
    }


def courses(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The courses of the coordinator's municipality, or all for Red Barnet's office, with counts and lead times."""
    rows = desk.register.rows()
    if asker.role is Role.COORDINATOR:
        return [_counts(desk, rows, row.course_id) for row in rows.where(CourseRow, municipality=asker.municipality)]
    if asker.role not in _OFFICE:
        raise RoleNotHeld("role")
    return [_for_the_office(asker, desk, rows, row.course_id) for row in rows.where(CourseRow)]


def _for_the_office(asker: Asker, desk: Desk, rows: Rows, course_id: UUID) -> dict[str, Any]:
    """The secretariat's totals; a local branch sees how many take part, not how they were referred or came (annex C)."""
    counts = _counts(desk, rows, course_id)
    if asker.role is not Role.BRANCH:
        return counts
    size = {name: number for name, number in counts["size"].items() if name != "returning"}
    return {"course": counts["course"], "size": size}


def _place(rows: Rows, club_id: UUID) -> str | None:
    """Where the club meets: the name of the place, which is nobody's address (ORG-02)."""
    found = rows.get(Club, club_id=club_id)
    place = rows.get(Place, place_id=found.place_id) if found is not None and found.place_id is not None else None
    return place.name if place is not None else None


def _counts(desk: Desk, rows: Rows, course_id: UUID) -> dict[str, Any]:
    row = rows.get(CourseRow, course_id=course_id)
    assert row is not None
    held = club.seats(rows, course_id)
    leads = sorted(seat.lead_days for seat in held)
    return {
        "course": club.course(row, rows),
        "size": club.size(row, held, rows.where(TeamMember, course_id=course_id), desk),
        "conversations_held": sum(seat.conversation_on is not None for seat in held),
        "conversations_of": len(held),
        "lead_days": leads,
        "short_notice": sum(days < desk.limits.lead_time_days for days in leads),
        "lead_time_warning": any(days < desk.limits.lead_time_days for days in leads),
        "turnout": club.turnout(rows, course_id, desk),
    }


def _group(request: Request, desk: Desk, rows: Rows, course_id: UUID, standing: Standing) -> Mapping[str, Any]:
    held = club.seats(rows, course_id, confirmed=True)
    families = tuple(seat.family_id for seat in held)
    members = rows.where(EveningMember, family_id=families) if families else []
    months = [
        Asked(member.birth_month, standing)
        for member in members
        if member.takes_part_as is not TakesPartAs.ADULT and member.birth_month is not None
    ]
    opened = desk.gate.open_as_group(request, months)
    today = desk.clock.today()
    return {
        "families": len(held),
        "adults": sum(seat.adults for seat in held),
        "children": sum(seat.children for seat in held),
        "siblings": sum(seat.siblings for seat in held),
        "ages": sorted(age_in_years(month, today) for month in opened),
    }


def _languages(request: Request, desk: Desk, rows: Rows, course_id: UUID, standing: Standing) -> list[str]:
    """The languages of the group, each once: a need of the group, not of a family."""
    families = tuple(seat.family_id for seat in club.seats(rows, course_id, confirmed=True))
    found = rows.where(ClubFamily, family_id=families) if families else []
    asked = [Asked(row.language, standing) for row in found if row.language is not None]
    return sorted(set(desk.gate.open_as_group(request, asked)))


def _themes(request: Request, desk: Desk, rows: Rows, course_id: UUID, standing: Standing) -> list[Mapping[str, Any]]:
    """Wished themes, once enough families have passed some on that none is recognisable (INT-14)."""
    shared = rows.where(SharedTheme, course_id=course_id)
    permitted = Permitted(rows, course_id, {row.family_id for row in shared}, desk.clock.today())
    # Whose reading is restricted is not opened (GDPR Art. 18), so it must not help to reach the number either.
    closed = restrictions(rows, {row.family_id for row in shared})
    found = [
        row
        for row in shared
        if permitted.carries(row, request.actor) and (row.family_id, SHARED_THEME.name) not in closed
    ]
    if len({row.family_id for row in found}) < desk.limits.fewest_for_themes:
        return []
    asked = [Asked(row.theme, standing, consents=row.rests_on) for row in found if row.theme is not None]
    wished = Counter(desk.gate.open_as_group(request, asked))
    few = desk.limits.fewest_for_themes
    return [{"theme": theme, "families": n if n >= few else None} for theme, n in sorted(wished.items())]
