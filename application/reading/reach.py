"""What lay open to one account between two moments, day by day, by the facts and the policy of those days (RIG-10, RIG-14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from application.desk import Desk
from application.reading.own_members import family_of, mine
from application.reading.reconstruction import Seen, could_see
from application.views.club import ClubMember
from application.views.course import Booking, TeamMember
from application.views.municipality import TownMember
from application.views.people import RoleHeld
from application.views.releases import ReleaseRow
from domain.compartments import DRAFT, RealmKind
from domain.danish_time import beginning_of, day_of, end_of
from domain.people import Role
from gdpr.blast_radius import Could
from gdpr.policy import MAY_SEE, Level, subject_or_parent, subject_or_teller


def within_reach(actor: UUID, desk: Desk, since: datetime, until: datetime) -> Iterator[Could]:
    """Each person and compartment that lay open to this account on a day of the period, in each role it had."""
    day, last = day_of(since), day_of(until)
    while day <= last:
        first, end = max(since, beginning_of(day)), min(until, end_of(day))
        for role in _roles_on(actor, desk, day):
            yield from _on(day, role, actor, desk, first, end)
        day += timedelta(days=1)


def _on(day: date, role: Role, actor: UUID, desk: Desk, first: datetime, end: datetime) -> Iterator[Could]:
    """What a role opened to the account on one day."""
    for seen in could_see(desk, role=role, on=day, actor=actor):
        for subject in _subjects_of(seen, desk, first):
            as_group = seen.sight.level == Level.AS_GROUP.value
            yield Could(subject, seen.sight.compartment.name, role.value, first, end, as_group)
    if role is Role.REFERRER:
        yield from _own_drafts(actor, role, desk, first, end)
    for person in _persons_behind(actor, role, desk, first, end):
        yield from _own_data(person, role, desk, first, end)


def _own_drafts(actor: UUID, role: Role, desk: Desk, first: datetime, end: datetime) -> Iterator[Could]:
    """The account's own forms that are not sent. Of those that went nothing is kept, nor when one was begun."""
    for draft in desk.drafts.of(actor):
        yield Could(draft.draft_id, DRAFT.name, role.value, first, end)


def _roles_on(actor: UUID, desk: Desk, day: date) -> list[Role]:
    """The roles the account had in the realm on a day: given to it, on a team, or for a booked evening."""
    rows = desk.register.rows()
    found = {row.role for row in rows.where(RoleHeld, actor=actor) if row.covers(day)}
    if desk.kind is RealmKind.RED_BARNET:
        found |= {member.role for member in rows.where(TeamMember, actor=actor) if member.covers(day)}
        found |= {Role.PROFESSIONAL for _ in rows.where(Booking, actor=actor)}
    return sorted(found, key=list(Role).index)


def _subjects_of(seen: Seen, desk: Desk, since: datetime) -> set[UUID]:
    """Whose values a sight was of: the members of the families, else whoever has a key under what it rested on."""
    sight = seen.sight
    if not sight.could:
        return set()
    if sight.families:
        about = {person for family in sight.families for person in _household(family, desk)}
        keys = desk.inquiry.keys_of(about, since=since)
    else:
        keys = desk.inquiry.keys_in({sight.compartment.name}, since=since)
        if sight.compartment.per_consent:
            keys = (key for key in keys if key.scope in sight.consents)
    return {key.subject for key in keys if key.compartment == sight.compartment.name} - sight.restricted


def _household(family: UUID, desk: Desk) -> set[UUID]:
    kind: type[ClubMember] | type[TownMember] = TownMember if desk.kind is RealmKind.MUNICIPALITY else ClubMember
    return {family, *(member.person_id for member in desk.register.rows().where(kind, family_id=family))}


def _persons_behind(actor: UUID, role: Role, desk: Desk, first: datetime, end: datetime) -> set[UUID]:
    """Whose own page the account could see: as a member of a family, or as an officer under a release by two persons."""
    rows = desk.register.rows()
    if role is Role.FAMILY:
        held = rows.where(RoleHeld, actor=actor, role=Role.FAMILY)
        return {row.person_id for row in held if row.person_id is not None and row.covers(day_of(first))}
    if role is Role.OFFICER:
        return {row.subject for row in rows.where(ReleaseRow, asked_by=actor) if _released(row, first, end)}
    return set()


def _released(row: ReleaseRow, first: datetime, end: datetime) -> bool:
    if row.until is None or row.decided_at is None:
        return False
    ends = min(row.until, row.withdrawn_at) if row.withdrawn_at is not None else row.until
    return row.decided_at < end and first < ends


def _own_data(person: UUID, role: Role, desk: Desk, first: datetime, end: datetime) -> Iterator[Could]:
    """What a person may see of itself, its children and the household."""
    family, members = family_of(desk.register.rows(), person, desk)
    own = {member.person_id for member in mine(members, person)} | ({family} if family is not None else set())
    open_to_it = {
        of.name
        for (who, of), line in MAY_SEE.items()
        if who is Role.FAMILY and {subject_or_parent, subject_or_teller} & set(line.conditions)
    }
    for key in desk.inquiry.keys_of(own, since=first):
        if key.compartment in open_to_it:
            yield Could(key.subject, key.compartment, role.value, first, end)
