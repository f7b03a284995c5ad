"""A member's own copy of the log: dates, roles, purposes, fields and consents, without the names of staff (RIG-12, C-579/21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from application.desk import Asker, Desk
from application.reading.own import reading_line
from application.reading.own_members import family_of, mine, person_of
from domain.people import Role
from gdpr.ports import Entry

SHOWN: Final = ("read", "print", "disclose", "search", "refused")


def own_readers(asker: Asker, desk: Desk, *, after: int = 0, limit: int = 100) -> Mapping[str, Any]:
    """Who has read what is held about the asker and its children, or tried to; the asker's own look-ups say so.

    Which person of the staff it was is told by an officer's decision only (RIG-12): no line here holds an actor. What
    the other parent looked up is that parent's own.
    """
    person = person_of(asker)
    family_id, members = family_of(desk.register.rows(), person, desk)
    own = {member.person_id for member in mine(members, person)}
    about: dict[str, Any] = {"subjects": (*own, family_id) if family_id is not None else tuple(own), "actions": SHOWN}
    found = desk.log.find(**about, after=after, limit=limit + 1)
    return {
        "lines": [_line(entry, asker) for entry in found[:limit] if _may_be_told(entry.role, entry.actor, asker)],
        "months": _by_month(asker, desk, about),
        "next_after": found[limit - 1].seq if len(found) > limit else None,
    }


def _by_month(asker: Asker, desk: Desk, about: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """How many look-ups there were in each month, by role, allowed and refused."""
    counted: dict[tuple[str, str, bool], int] = defaultdict(int)
    for each in desk.log.tally(("month", "role", "actor", "allowed"), **about):
        if _may_be_told(each.by["role"], each.by["actor"], asker):
            counted[each.by["month"], each.by["role"], each.by["allowed"]] += each.entries
    return [
        {"month": month, "role": role, "allowed": allowed, "entries": entries}
        for (month, role, allowed), entries in sorted(counted.items())
    ]


def _may_be_told(role: str, actor: Any, asker: Asker) -> bool:
    return role != Role.FAMILY.value or actor == asker.actor


def _line(entry: Entry, asker: Asker) -> Mapping[str, Any]:
    return {
        **reading_line(entry),
        "seq": entry.seq,
        "fields": list(entry.fields),
        "consents": list(entry.consents),
        "own": entry.actor == asker.actor,
    }
