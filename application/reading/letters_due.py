"""To whom a letter about a breach would go, and about whom each may tell; ids, for those who know the names (GDPR Art. 34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from application.desk import Desk
from application.reading.own_members import mine
from application.views.club import ClubMember
from application.views.municipality import TownMember
from application.views.people import StaffMember
from domain.compartments import RealmKind
from domain.people import TakesPartAs
from gdpr.blast_radius import Affected


def letters_due(affected: Iterable[Affected], desk: Desk) -> list[Mapping[str, Any]]:
    """One letter for each adult: about itself, the children it lives with and the household; never about the other adult.

    A child's letter goes to the adults it lives with; a volunteer or one of the staff gets its own. Of the erased, and of
    ids that are nobody's (a breach, a course), nobody is told. `addressed_by` says which role knows the name.
    """
    lines = list(affected)
    by_subject: dict[UUID, list[Affected]] = {}
    for line in lines:
        by_subject.setdefault(line.subject, []).append(line)
    letters = [*_to_families(by_subject, desk), *_to_staff(by_subject, desk)]
    return sorted(letters, key=lambda letter: (not letter["was_read"], str(letter["to"])))


def _to_families(by_subject: Mapping[UUID, list[Affected]], desk: Desk) -> list[Mapping[str, Any]]:
    town = desk.kind is RealmKind.MUNICIPALITY
    kind: type[Any] = TownMember if town else ClubMember
    members: list[Any] = desk.register.rows().where(kind)
    families: dict[UUID, list[Any]] = {}
    for member in members:
        families.setdefault(member.family_id, []).append(member)
    letters = []
    for family_id, of in families.items():
        if not by_subject.keys() & {family_id, *(member.person_id for member in of)}:
            continue
        for adult in of:
            if adult.takes_part_as is TakesPartAs.ADULT and adult.erased_on is None:
                own = [member.person_id for member in mine(of, adult.person_id)]
                letters += _letter(adult.person_id, [*own, family_id], by_subject, "coordinator" if town else "leader")
    return letters


def _to_staff(by_subject: Mapping[UUID, list[Affected]], desk: Desk) -> list[Mapping[str, Any]]:
    staff = desk.register.rows().where(StaffMember)
    return [line for row in staff for line in _letter(row.actor, [row.actor], by_subject, "administrator")]


def _letter(
    to: UUID, about: Iterable[UUID], by_subject: Mapping[UUID, list[Affected]], addressed_by: str
) -> list[Mapping[str, Any]]:
    """One letter, or none where nothing about these subjects is affected."""
    concerned = [line for subject in about for line in by_subject.get(subject, ())]
    if not concerned:
        return []
    return [
        {
            "to": to,
            "about": sorted({line.subject for line in concerned}),
            "compartments": sorted({line.compartment for line in concerned}),
            "was_read": any(line.was_read for line in concerned),
            "addressed_by": addressed_by,
        }
    ]
