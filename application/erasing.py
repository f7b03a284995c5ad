"""Carrying an erasure out in one realm, and what follows from it in the register's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from application.desk import Asker, Desk
from application.disclosing import DESTROY_CONSENT, closed_by
from application.holds import respected
from application.invitations import ended_by_erasure
from application.perform import RoleNotHeld
from application.ports import Change, Context, Duty, Outcome
from application.rights import RIGHTS_CASE, NoSuchRequest, evolved, members_of, receipt_shown
from application.streams import CONSENT, COURSE, FAMILY, INTRODUCTION, PARTICIPANTS, STAFF, introduction_id
from application.views.consents import ConsentRow, ended
from application.views.course import SeatRow
from application.views.people import RoleHeld
from domain import consent as consents
from domain import course_group, sharing, staff
from domain import family as town
from domain import participants as club
from domain.compartments import MUNICIPAL_CONTACT, ROSTER, RealmKind, held_in
from domain.course import OPEN
from domain.facts import Fact
from domain.lists import Way
from domain.people import FamilyId, PersonId, Role, SubjectId
from domain.sharing import Answers
from gdpr import erasure
from gdpr.erasure import Means, Reached
from gdpr.rights_facts import RightsFact


def carry_out(
    asker: Asker, request_id: UUID, desk: Desk, *, only: Collection[str] | None = None
) -> Mapping[str, Any]:  # fmt: skip
    """Carry an erasure out, or go on where a crash left it; the receipt (RIG-02). The same receipt when it is done.

    `only` these compartments go, for one that was carried out before and is lost with the facts that say so.
    Raises RoleNotHeld, NoSuchRequest and what gdpr.erasure.carry_out raises.
    """
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    if loaded is None:
        raise NoSuchRequest("request_id")
    case, version = loaded.state, loaded.version
    members = members_of(desk, case.subject)
    last = [m.person_id for m in members if m.erased_on is None] == [case.subject]
    also = (SubjectId(members[0].family_id),) if members and last else ()
    held = [each.name for each in held_in(desk.kind) if only is None or each.name in only]
    carried = _Carrying(asker, desk, request_id, version, case.subject)
    if kept := respected(case, {case.subject, *(member.family_id for member in members)}, desk):
        carried.record(kept)
        case = evolved(case, kept)
    receipt = erasure.carry_out(
        case, carried.means(), held=held, also=also, now=desk.clock.now(), today=desk.clock.today()
    )
    desk.erasing.resume_duties()
    return receipt_shown(receipt)


class _Carrying:
    """The steps of one erasure, as this realm takes them; each is recorded in the case in its own turn."""

    def __init__(self, asker: Asker, desk: Desk, request_id: UUID, version: int, subject: UUID) -> None:
        self._asker, self._desk, self._request_id = asker, desk, request_id
        self._version, self._subject = version, subject

    def means(self) -> Means:
        erasing = self._desk.erasing
        return Means(
            realm=self._desk.realm,
            vault=erasing.vault,
            ledger=erasing.ledger,
            together=erasing.together,
            fence=erasing.fence,
            purge=self._purge,
            record=self.record,
            sign=erasing.sign,
        )

    def record(self, facts: Sequence[RightsFact]) -> None:
        self._save([Change(self._request_id, self._version, tuple(facts))], f"{self._version}")
        self._version += len(facts)

    def _purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> Reached:
        changes, duties = _in_the_registers_words(self._desk, self._subject, compartments)
        if changes:
            self._save(changes, "register", duties)
        return self._desk.erasing.purge(subjects, compartments)

    def _save(self, changes: Sequence[Change], step: str, duties: Iterable[Duty] = ()) -> None:
        now = self._desk.clock.now()
        command_id = uuid5(self._request_id, step)
        asker = self._asker
        context = Context(asker.actor, asker.role, asker.unit, command_id, now, now)
        self._desk.register.save(context, changes, outcome=Outcome("CarryOut", asker.actor, {}), duties=duties)


def _in_the_registers_words(desk: Desk, subject: UUID, compartments: Sequence[str]) -> tuple[list[Change], list[Duty]]:
    """What an erasure means for the register itself: a member becomes a skeleton, and its consents end."""
    today = desk.clock.today()
    register = desk.register
    changes: list[Change] = []
    duties: list[Duty] = []
    members = members_of(desk, subject)
    if members and {MUNICIPAL_CONTACT.name, ROSTER.name} & set(compartments):
        family_id = FamilyId(members[0].family_id)
        facts: Sequence[Fact] = ()
        if desk.kind is RealmKind.MUNICIPALITY:
            family = register.load(FAMILY, family_id)
            version = family.version if family is not None else 0
            facts = town.mark_erased(family.state, PersonId(subject), on=today) if family is not None else ()
        else:
            participants = register.load(PARTICIPANTS, family_id)
            version = participants.version if participants is not None else 0
            facts = (
                club.mark_erased(participants.state, PersonId(subject), on=today) if participants is not None else ()
            )
        if facts:
            changes.append(Change(family_id, version, tuple(facts)))
            changes += _ways_in_ended(desk, subject, today)
    if desk.kind is RealmKind.RED_BARNET and ROSTER.name in compartments:
        changes += ended_by_erasure(desk, subject)
        changes_of_the_note, keys = _disclosures_closed(desk, members, subject, today)
        changes += changes_of_the_note
        duties += keys
        for row in register.rows().where(ConsentRow, person_id=subject):
            loaded = register.load(CONSENT, row.consent_id) if row.in_force(today) else None
            if loaded is None:
                continue
            taken_back = consents.withdraw(loaded.state, way=Way.DIGITAL, on=today, today=today)
            changes.append(Change(row.consent_id, loaded.version, tuple(taken_back)))
            duties.append(Duty(DESTROY_CONSENT, row.consent_id))
        if members and all(m.erased_on is not None for m in members if m.person_id != subject):
            changes += _places_given_up(desk, FamilyId(members[0].family_id), today)
    return changes, duties


def _ways_in_ended(desk: Desk, subject: UUID, today: date) -> list[Change]:
    """Whoever is erased has nothing of its own to look at any more: the role of a family member ends with this day."""
    ended: dict[UUID, list[Fact]] = {}
    versions: dict[UUID, int] = {}
    for row in desk.register.rows().where(RoleHeld, person_id=subject, role=Role.FAMILY):
        loaded = desk.register.load(STAFF, row.actor) if row.until is None or row.until > today else None
        if loaded is not None:
            last_day = max(today, row.since)
            ended.setdefault(row.actor, []).extend(
                staff.end(loaded.state, assignment_id=row.assignment_id, last_day=last_day)
            )
            versions[row.actor] = loaded.version
    return [Change(actor, versions[actor], tuple(facts)) for actor, facts in ended.items() if facts]


def _disclosures_closed(
    desk: Desk, members: Sequence[Any], subject: UUID, today: date
) -> tuple[list[Change], list[Duty]]:
    """What rested on the subject's consent together with others', or on custody that it held, closes with it (INT-22)."""
    changes: list[Change] = []
    duties: list[Duty] = []
    if not members:
        return changes, duties
    family_id: UUID = members[0].family_id
    family = desk.register.load(PARTICIPANTS, family_id)
    if family is None:
        return changes, duties
    circle = replace(family.state, erased=family.state.erased | {PersonId(subject)}).circle
    rows = desk.register.rows().where(ConsentRow, family_id=family_id)
    end = consents.ConsentWithdrawn(way=Way.DIGITAL, on=today)
    left = [ended(row, end, at=desk.clock.now()) if row.person_id == subject else row for row in rows]
    for seat in desk.register.rows().where(SeatRow, family_id=family_id):
        note = desk.register.load(INTRODUCTION, introduction_id(family_id, seat.course_id))
        if note is not None:
            facts = sharing.close_uncarried(note.state, answers=Answers(left, circle, today))
            changes += [Change(note.stream, note.version, tuple(facts))] if facts else []
            duties += [Duty(DESTROY_CONSENT, key_id) for key_id in closed_by(facts)]
    return changes, duties


def _places_given_up(desk: Desk, family_id: FamilyId, today: date) -> list[Change]:
    """A family of which nobody is left leaves the courses under way: no evening can be counted for it any more."""
    changes: list[Change] = []
    for seat in desk.register.rows().where(SeatRow, family_id=family_id):
        loaded = desk.register.load(COURSE, seat.course_id) if seat.left_on is None else None
        if loaded is not None and loaded.state.state in OPEN:
            left = course_group.leave(loaded.state, family_id, today=today)
            changes.append(Change(seat.course_id, loaded.version, tuple(left)))
    return changes
