"""Of each kind of data held about a member of a family: what it is for, who may see it, how long it is kept, and whence it came."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from application.answers.access import kept_for
from application.answers.sources import whence
from application.desk import Asker, Desk
from application.reading.own_members import family_of, mine, person_of
from domain.compartments import Compartment, held_in
from domain.facts import FACTS
from domain.people import Role
from gdpr.objection import MAY_BE_OBJECTED_TO
from gdpr.policy import MAY_SEE, Level, released_by_two_persons


def own_kinds(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The kinds of data this realm holds about the asker and its children now; no value of any, so nothing is opened."""
    family_id, members = family_of(desk.register.rows(), person := person_of(asker), desk)
    if family_id is None:
        return []
    subjects = (family_id, *(member.person_id for member in mine(members, person)))
    live = {name for subject in subjects for name in desk.erasing.held(subject)}
    return [_kind(compartment, desk) for compartment in held_in(desk.kind) if compartment.name in live]


def _kind(compartment: Compartment, desk: Desk) -> Mapping[str, Any]:
    return {
        **kept_for(desk, compartment),
        "fields": _fields(compartment),
        "basis": compartment.basis,
        "special": compartment.special,
        "source": whence(compartment.name),
        "may_see": list(_readers(compartment, _at_home(desk))),
        "may_be_objected_to": compartment.basis in MAY_BE_OBJECTED_TO,
    }


def _fields(compartment: Compartment) -> list[str]:
    """The fields that are kept in it, as the marks on the facts say."""
    marked = ((name, mark) for kind in FACTS.values() for name, mark in kind.MARKS.personal.items())
    return sorted({name for name, mark in marked if mark.kept_in is compartment})


def _at_home(desk: Desk) -> set[Role]:
    """The roles that read something that only realms of this kind hold: what both hold is read by each one's own."""
    return {role for role, kept in MAY_SEE if kept.held_by == {desk.kind}} - {Role.FAMILY}


def _readers(compartment: Compartment, at_home: Collection[Role]) -> Iterator[Mapping[str, Any]]:
    """The roles of such a realm that may see it by the table, each under its conditions.

    The family itself goes without saying, and an officer who needs a release is none of them.
    """
    for (role, kept), line in MAY_SEE.items():
        if kept is compartment and role in at_home and released_by_two_persons not in line.conditions:
            yield {"role": role, "as_group": line.level is Level.AS_GROUP}
