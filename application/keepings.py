"""Every clock that runs in a realm: whose values it keeps, where, and since when, found in the rows of the views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from application.ports import Draft, Rows
from application.views.breaches import BreachReport, BreachRow
from application.views.checks import DrawnEntry, DrawRow, HandledAlarmRow
from application.views.club import AttendanceLine, ClubFamily, ClubMember, NotePart, StatementRow, WishedTheme
from application.views.consents import ConsentRow
from application.views.course import CourseRow, EveningRow, SeatRow, TeamMember
from application.views.municipality import CourseNotice, CustodyRow, Ground, ReferralRow, Step, TownFamily, TownMember
from application.views.people import RoleHeld, StaffMember
from application.views.retention import HoldRow
from application.views.rights import CorrectionRow, RequestRow, RequestWords
from application.views.rows import ROWS
from domain.compartments import CONSENT_PROOF, DRAFT, STAFF_FILE, VOLUNTEER_FILE, RealmKind
from domain.consent import Answer
from domain.danish_time import day_of
from domain.referral import Stage
from gdpr import retention
from gdpr.falling_due import Keeping

Started = Iterable[tuple[str, date | None]]
"""Clocks, and when each started; None for one that has not."""


def keepings(rows: Rows, kind: RealmKind) -> Iterator[Keeping]:
    """All of a realm of this kind, but those that end with an event or elsewhere: consents, their proofs, the log."""
    yield from _requests(rows)
    yield from _breaches(rows)
    yield from _checks(rows)
    yield from _staff(rows, _teams(rows) if kind is RealmKind.RED_BARNET else {})
    if kind is RealmKind.RED_BARNET:
        last = {(seat.course_id, seat.family_id): day for seat, day in _last_evenings(rows)}
        yield from _participants(rows, last)
        yield from _notes_and_attendance(rows, last)
    else:
        yield from _cases(rows)


# At Red Barnet

LastEvenings = Mapping[tuple[UUID, UUID], date]
"""By course and family the last evening that it took part in, or would have."""


def _last_evenings(rows: Rows) -> Iterator[tuple[SeatRow, date]]:
    courses = {course.course_id: last_evening(rows, course) for course in rows.where(CourseRow)}
    for seat in rows.where(SeatRow):
        if seat.course_id in courses:
            left = seat.left_on or courses[seat.course_id]
            yield seat, min(left, courses[seat.course_id])


def last_evening(rows: Rows, course: CourseRow) -> date:
    """The last day of the plan, or a later evening that was not cancelled; the day the course was closed, if sooner."""
    evenings = [evening.on for evening in rows.where(EveningRow, course_id=course.course_id) if not evening.cancelled]
    planned = max([course.ends_on, *evenings])
    return planned if course.closed_on is None else min(planned, course.closed_on)


def _participants(rows: Rows, last: LastEvenings) -> Iterator[Keeping]:
    """What the club knows of a family is kept as long as its latest course keeps it."""
    started: dict[UUID, list[tuple[str, date | None]]] = {}
    for (_, family_id), day in last.items():
        started.setdefault(family_id, []).append((retention.CONTACT, day))
    for row in chain[Any](rows.where(ClubMember), rows.where(ClubFamily)):
        yield from _of(row, started.get(row.family_id, _NOT_STARTED))


def _notes_and_attendance(rows: Rows, last: LastEvenings) -> Iterator[Keeping]:
    parts = {part.part_id: part for part in rows.where(NotePart)}
    for row in chain[Any](rows.where(StatementRow), rows.where(WishedTheme)):
        part = parts[row.part_id]
        yield from _of(row, [(retention.NOTE, last.get((part.course_id, part.family_id)))], under=part.course_id)
    for line in rows.where(AttendanceLine):
        day = last.get((line.course_id, line.family_id))
        yield from _of(line, [(retention.ATTENDANCE, day)], under=line.course_id)


# At the municipality

_CAME_TO_NOTHING = (Stage.DECLINED, Stage.WITHDRAWN)


def _cases(rows: Rows) -> Iterator[Keeping]:
    """A family's case is closed when every referral is: declined, withdrawn, or its course over."""
    courses = {notice.course_id: notice.ends_on for notice in rows.where(CourseNotice)}
    steps = {(step.referral_id, step.stage): step.on for step in rows.where(Step)}
    started: dict[UUID, list[tuple[str, date | None]]] = {}
    for family in rows.where(TownFamily):
        started[family.family_id] = [(retention.CASE, family.said_yes_on)]
    families = {referral.referral_id: referral.family_id for referral in rows.where(ReferralRow)}
    referred = set(families.values())
    started |= {family_id: [] for family_id in referred}
    for referral in rows.where(ReferralRow):
        started[referral.family_id].append(_closed(referral, courses, steps))
    for row in chain[Any](rows.where(TownMember), rows.where(TownFamily), rows.where(ReferralRow)):
        yield from _of(row, started[row.family_id])
    for custody in rows.where(CustodyRow):
        yield from _of(custody, started[custody.family_id])
    for ground in rows.where(Ground):
        yield from _of(ground, started[families[ground.referral_id]])


def _closed(
    referral: ReferralRow, courses: Mapping[UUID, date], steps: Mapping[tuple[UUID, Stage], date]
) -> tuple[str, date | None]:
    """By which clock a referral ends, and since when."""
    if referral.stage in _CAME_TO_NOTHING:
        clock = retention.DECLINED if referral.handed_over_on is None else retention.CASE
        return clock, steps[referral.referral_id, referral.stage]
    if referral.stage is Stage.HANDED_OVER and referral.course_id is not None:
        return retention.CASE, courses.get(referral.course_id)
    return retention.CASE, None


def proofs(rows: Rows, kind: RealmKind) -> Iterator[Keeping]:
    """What shows how somebody answered, from the end of the consent, or of the course of somebody who said no."""
    if kind is not RealmKind.RED_BARNET:
        return
    courses = {course.course_id: course.ends_on for course in rows.where(CourseRow)}
    for row in rows.where(ConsentRow):
        over = row.ended_on
        if row.answer is not Answer.YES:
            over = max(row.answered_on, courses.get(row.course_id, row.answered_on))
        yield Keeping(retention.CONSENT_PROOF, row.person_id, CONSENT_PROOF.name, row.consent_id, over)


def unsent(drafts: Iterable[Draft]) -> Iterator[Keeping]:
    """Forms that nobody went on with; they stand in no view."""
    for draft in drafts:
        yield Keeping(retention.DRAFT, draft.draft_id, DRAFT.name, None, day_of(draft.saved_at))


# In every realm


def _staff(rows: Rows, teams: Mapping[UUID, list[date]]) -> Iterator[Keeping]:
    """Somebody has left when no role is left, and for a volunteer no team; who was never given one has not begun."""
    ends: dict[UUID, list[date | None]] = {}
    for role in rows.where(RoleHeld):
        ends.setdefault(role.actor, []).append(role.until)
    for person in rows.where(StaffMember):
        roles = ends.get(person.actor, [])
        left = {
            STAFF_FILE.name: (retention.STAFF, _last(roles)),
            VOLUNTEER_FILE.name: (retention.VOLUNTEER, _last([*roles, *teams.get(person.actor, [])])),
        }
        for compartment in _compartments(person):
            clock, day = left[compartment]
            yield Keeping(clock, person.actor, compartment, None, day)


def _teams(rows: Rows) -> Mapping[UUID, list[date]]:
    """By volunteer or leader the last day in each team."""
    over = {course.course_id: last_evening(rows, course) for course in rows.where(CourseRow)}
    last: dict[UUID, list[date]] = {}
    for member in rows.where(TeamMember):
        last.setdefault(member.actor, []).append(member.until or over[member.course_id])
    return last


def _last(days: Iterable[date | None]) -> date | None:
    """The latest of these, unless there is none or one is open."""
    known = list(days)
    return None if not known or None in known else max(day for day in known if day is not None)


def _requests(rows: Rows) -> Iterator[Keeping]:
    """What was said in a request, and why a hold was placed, until both are over."""
    closed: dict[UUID, list[tuple[str, date | None]]] = {}
    for request in rows.where(RequestRow):
        for who in {request.subject, request.asked_by}:
            closed.setdefault(who, []).append((retention.RIGHTS, request.completed_on or request.refused_on))
    for hold in rows.where(HoldRow):
        closed.setdefault(hold.subject, []).append((retention.RIGHTS, hold.lifted_on))
    for row in chain[Any](rows.where(RequestWords), rows.where(CorrectionRow), rows.where(HoldRow)):
        yield from _of(row, closed[_subject(row)])


def _breaches(rows: Rows) -> Iterator[Keeping]:
    closed = {each.breach_id: each.closed_at for each in rows.where(BreachRow)}
    for row in chain[Any](rows.where(BreachRow), rows.where(BreachReport)):
        closed_at = closed[row.breach_id]
        yield from _of(row, [(retention.BREACH, None if closed_at is None else day_of(closed_at))])


def _checks(rows: Rows) -> Iterator[Keeping]:
    """What was found in a random check, from its close, and what an alarm was about, from the day it was looked into."""
    closed = {draw.draw_id: draw.closed_on for draw in rows.where(DrawRow)}
    for entry in rows.where(DrawnEntry):
        yield from _of(entry, [(retention.RIGHTS, closed[entry.draw_id])])
    for alarm in rows.where(HandledAlarmRow):
        yield from _of(alarm, [(retention.RIGHTS, alarm.found_on)])


# Below: how it is done

_NOT_STARTED: Started = ((retention.CONTACT, None),)


def _of(row: Any, started: Started, *, under: UUID | None = None) -> Iterator[Keeping]:
    """The clocks of each compartment of which the row holds a value."""
    for compartment in _compartments(row):
        for clock, day in started:
            yield Keeping(clock, _subject(row), compartment, under, day)


def _compartments(row: Any) -> list[str]:
    """Those of which the row holds a value."""
    sealed = ROWS[type(row)].sealed
    return sorted({compartment.name for column, compartment in sealed.items() if getattr(row, column) is not None})


def _subject(row: Any) -> UUID:
    about = ROWS[type(row)].about
    assert about is not None
    subject: UUID = getattr(row, about)
    return subject
