"""Which uses the register itself can explain by a known relation, so that random checks look at the others.

Each rule is stricter than the policy that let the use through: the policy asks how the reader stood to the record, a rule
also asks whether there was an occasion. A search, and a use by somebody who said that it knows the family, is
explained by no rule (VOL-08).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from application.desk import Desk
from application.ports import Rows
from application.views.club import ClubMember
from application.views.course import Booking, CourseRow, EveningRow, KeptApart, TeamMember
from application.views.municipality import ReferralRow, Step, TownMember
from domain.compartments import BY_NAME, DRAFT, RealmKind
from domain.danish_time import beginning_of, day_of, end_of
from domain.people import Role
from domain.referral import Stage
from gdpr.policy import MAY_SEE, Level
from gdpr.ports import Entry

AROUND_AN_EVENING = timedelta(days=2)
AFTER_A_STEP = timedelta(days=14)
"""How long after a step of its referral somebody may still have to do with a family."""
_OPEN = frozenset({Stage.REGISTERED, Stage.ACCEPTED, Stage.WAITING})


class Relations:
    """What the register knows of readers and records, looked up once for as many entries as are judged by it."""

    def __init__(self, desk: Desk) -> None:
        self.rows: Rows = desk.register.rows()
        self.town = desk.kind is RealmKind.MUNICIPALITY
        self._before = timedelta(days=desk.limits.course_lead_days)
        self._after = timedelta(days=desk.limits.course_after_days)
        self._team: dict[tuple[UUID, UUID, str], TeamMember | None] = {}
        self._referrals: dict[UUID, list[tuple[ReferralRow, list[Step]]]] = {}

    @cached_property
    def courses(self) -> Mapping[UUID, CourseRow]:
        return {} if self.town else {row.course_id: row for row in self.rows.where(CourseRow)}

    def within_the_course(self, course_id: UUID | None, on: date) -> bool:
        """From when a course is prepared to its end, as the limits say; False for one that is not known."""
        row = self.courses.get(course_id) if course_id is not None else None
        return row is not None and row.starts_on - self._before <= on <= row.ends_on + self._after

    @cached_property
    def periods(self) -> Mapping[UUID, tuple[datetime, datetime]]:
        """By course the moments from which to which it may be read."""
        return {
            row.course_id: (beginning_of(row.starts_on - self._before), end_of(row.ends_on + self._after))
            for row in self.courses.values()
        }

    @cached_property
    def evenings(self) -> Mapping[UUID, list[date]]:
        """The days of the evenings that were not cancelled, by course."""
        days: dict[UUID, list[date]] = {}
        for row in [] if self.town else self.rows.where(EveningRow):
            if not row.cancelled:
                days.setdefault(row.course_id, []).append(row.on)
        return days

    @cached_property
    def booked(self) -> frozenset[tuple[UUID, UUID]]:
        """(actor, course) of the bookings there are."""
        return frozenset() if self.town else frozenset((b.actor, b.course_id) for b in self.rows.where(Booking))

    @cached_property
    def acquainted(self) -> frozenset[tuple[UUID, UUID]]:
        """(actor, family) where somebody said that it knows a family (VOL-08)."""
        rows = [] if self.town else self.rows.where(KeptApart)
        return frozenset((row.actor, row.family_id) for row in rows if row.acquainted)

    @cached_property
    def families(self) -> Mapping[UUID, UUID]:
        """The family of each person, and of each family itself."""
        members: list[TownMember] | list[ClubMember] = (
            self.rows.where(TownMember) if self.town else self.rows.where(ClubMember)
        )
        found = {member.person_id: member.family_id for member in members}
        return found | {family_id: family_id for family_id in found.values()}

    def family_of(self, subject: UUID | None) -> UUID | None:
        """The family an entry is about; somebody the register does not know stands for itself."""
        return None if subject is None else self.families.get(subject, subject)

    def on_the_team(self, entry: Entry) -> bool:
        """Attached on that day, in the role in use, to the course the entry is of."""
        if entry.course is None or entry.actor is None:
            return False
        key = (entry.course, entry.actor, entry.role)
        if key not in self._team:
            self._team[key] = self.rows.get(
                TeamMember, course_id=entry.course, actor=entry.actor, role=Role(entry.role)
            )
        member = self._team[key]
        return member is not None and member.covers(day_of(entry.at))

    def referrals(self, entry: Entry) -> list[tuple[ReferralRow, list[Step]]]:
        """The referrals of the family an entry is about, with their steps."""
        family = self.family_of(entry.subject)
        if family is None or not self.town:
            return []
        if family not in self._referrals:
            self._referrals[family] = [
                (row, self.rows.where(Step, referral_id=row.referral_id))
                for row in self.rows.where(ReferralRow, family_id=family)
            ]
        return self._referrals[family]


Rule = Callable[[Entry, Relations], bool]


def leads_the_course_while_it_is_prepared_or_held(entry: Entry, known: Relations) -> bool:
    """The leader of that course on that day, from when it is prepared to its end."""
    within = known.within_the_course(entry.course, day_of(entry.at))
    return entry.role == Role.LEADER and within and known.on_the_team(entry)


def helps_around_an_evening(entry: Entry, known: Relations) -> bool:
    """A volunteer of that course on that day, within two days of one of its evenings."""
    return entry.role == Role.VOLUNTEER and known.on_the_team(entry) and _around_an_evening(entry, known)


def visits_around_an_evening(entry: Entry, known: Relations) -> bool:
    """A professional who is booked for that course, within two days of one of its evenings."""
    booked = (entry.actor, entry.course) in known.booked
    return entry.role == Role.PROFESSIONAL and booked and _around_an_evening(entry, known)


def saw_the_group_only(entry: Entry, known: Relations) -> bool:
    """The policy opened the values of a group without saying whose each one is."""
    line = MAY_SEE.get((Role(entry.role), BY_NAME[entry.compartment])) if entry.compartment in BY_NAME else None
    return line is not None and line.level is Level.AS_GROUP


def refers_from_the_unit(entry: Entry, known: Relations) -> bool:
    """A referral of the reader's unit about that family was open, or a step of it two weeks ago at most."""
    return entry.role == Role.REFERRER and any(
        row.unit_id == entry.unit and _at_work(entry, row, steps) for row, steps in known.referrals(entry)
    )


def goes_on_with_an_own_draft(entry: Entry, known: Relations) -> bool:
    """A form that is not sent: nobody but its author is let through, and nobody else's record is in it."""
    return entry.role == Role.REFERRER and entry.compartment == DRAFT.name


def coordinates_an_open_referral(entry: Entry, known: Relations) -> bool:
    """A referral of that family was open, or a step of it two weeks ago at most."""
    return entry.role == Role.COORDINATOR and any(_at_work(entry, row, steps) for row, steps in known.referrals(entry))


RULES: tuple[Rule, ...] = (
    leads_the_course_while_it_is_prepared_or_held,
    helps_around_an_evening,
    visits_around_an_evening,
    saw_the_group_only,
    refers_from_the_unit,
    goes_on_with_an_own_draft,
    coordinates_an_open_referral,
)


def sifted_by(entry: Entry, known: Relations) -> str:
    """The name of the first rule that explains a use; empty when none does."""
    if entry.action == "search" or (entry.actor, known.family_of(entry.subject)) in known.acquainted:
        return ""
    return next((rule.__name__ for rule in RULES if rule(entry, known)), "")


def _around_an_evening(entry: Entry, known: Relations) -> bool:
    on = day_of(entry.at)
    days = known.evenings.get(entry.course, []) if entry.course is not None else []
    return any(abs(on - day) <= AROUND_AN_EVENING for day in days)


def _at_work(entry: Entry, row: ReferralRow, steps: list[Step]) -> bool:
    """The referral had been registered, and either waited for a decision or had come on lately."""
    on = day_of(entry.at)
    reached = max((step for step in steps if step.on <= on), key=lambda step: step.number, default=None)
    if row.registered_on > on:
        return False
    return reached is None or reached.stage in _OPEN or on <= reached.on + AFTER_A_STEP
