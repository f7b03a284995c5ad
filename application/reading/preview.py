"""What the volunteers of its course are shown of a family, shown to a member of it: by the volunteers' own reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.ports import Rows
from application.reading import club, volunteer
from application.reading.opening import Opening
from application.reading.own_members import CHILD, STANDS, family_of, mine, person_of, spoken_for
from application.views.club import StatementRow
from application.views.course import CourseRow, SeatRow
from application.views.evening import EveningMember, SharedStatement
from application.views.people import restrictions
from domain.compartments import BY_NAME, RealmKind
from domain.facts import Sealed
from domain.people import Role
from gdpr.policy import Standing, decide

A_VOLUNTEER = UUID(int=0)
"""Whoever nobody said no to by name: a consent may except one of the volunteers, and the leader may keep one apart."""


def what_volunteers_see(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Of each course the family is in: itself as a volunteer sees it today, but for what is another adult's own.

    It is opened as the asker's own, and stands in the log as its own look. Of what another adult told it says only
    that there is something, and only where it is about a child for whom the asker may say yes or no itself.
    """
    person = person_of(asker)
    if desk.kind is RealmKind.MUNICIPALITY:
        return []  # its volunteers are none, and Red Barnet's see nothing of what it holds
    rows = desk.register.rows()
    family_id, members = family_of(rows, person, desk)
    own = {member.person_id for member in mine(members, person)}
    found = []
    for seat in rows.where(SeatRow, family_id=family_id) if family_id is not None else []:
        course = rows.get(CourseRow, course_id=seat.course_id)
        if course is not None and seat.left_on is None:
            found.append(_seen(asker, course, seat, own, desk))
    return found


def _seen(asker: Asker, course: CourseRow, seat: SeatRow, own: set[UUID], desk: Desk) -> Mapping[str, Any]:
    rows, person = desk.register.rows(), person_of(asker)
    come = [row for row in rows.where(EveningMember, family_id=seat.family_id) if row.person_id in own]
    shared = volunteer.carried(rows, course.course_id, (seat.family_id,), A_VOLUNTEER, desk.clock.today())
    shown = _Shown(course, seat, {*own, seat.family_id}, rows)
    opening = Opening(desk, asker.asks(desk, "own_data", course=course.course_id))
    for member in come:
        stands = STANDS if member.person_id == person else CHILD
        for name in ("given_name", "birth_month"):
            if shown.to_volunteers(value := getattr(member, name)):
                opening.ask((member.person_id, name), value, stands)
    told = [one for one in shared if shown.to_volunteers(one.words)]
    mine_too = [one for one in told if _told_by(one, rows) == person and one.about in {*own, seat.family_id}]
    for one in mine_too:
        stands = Standing(is_the_subject=one.about == person, is_a_parent_or_household=True, told_it=True)
        opening.ask((one.statement_id, one.key_id), one.words, stands, record=one.part_id, consents=one.rests_on)
    answers = opening.open()
    children = own & spoken_for(rows, seat.family_id, person)
    named = [member for member in come if (member.person_id, "given_name") in answers]
    return {
        "course": club.course(course, rows),
        "confirmed_on": seat.confirmed_on,
        "shown_today": course.is_open and seat.confirmed_on is not None,
        **volunteer.family_shown(seat.family_id, named, mine_too, answers, desk),
        "others_told": any(one.about in children for one in told if one not in mine_too),
    }


class _Shown:
    """Whether a value is shown to the volunteers of a course at all, as the table says for one of them."""

    def __init__(self, course: CourseRow, seat: SeatRow, subjects: set[UUID], rows: Rows) -> None:
        self._stands = Standing(
            on_the_team=True, course_is_open=course.is_open, place_is_confirmed=seat.confirmed_on is not None,
            confidentiality_accepted=True, consent_in_force=True, not_kept_from_notes=True,
        )  # fmt: skip
        self._restricted = restrictions(rows, subjects)

    def to_volunteers(self, value: Sealed | None) -> bool:
        if value is None:
            return False
        closed = (value.subject, value.compartment) in self._restricted
        return decide(Role.VOLUNTEER, BY_NAME[value.compartment], self._stands, restricted=closed).allowed


def _told_by(shared: SharedStatement, rows: Rows) -> UUID | None:
    row = rows.get(StatementRow, statement_id=shared.statement_id)
    return row.told_by if row is not None else None
