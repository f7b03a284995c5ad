"""Everything this realm holds about a member of a family and its children, by what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.family import data, kinds
from adapters.web.family.door import pages
from adapters.web.family.in_words import InWords
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.compartments import RealmKind

ABOUT_A_MEMBER = ("given_name", "family_name", "caregiver", "birth_month", "day_care", "telephone", "address")


@pages.page("/held", "family/held.html", menu=N_("Det, vi har om jer"))
def held(here: Here) -> Told:
    """The values, each under the purpose it is kept for."""
    found = here.ask(data.own_data)
    return {
        "say": InWords(here.language),
        "at_the_club": here.desk.kind is RealmKind.RED_BARNET,
        "data": found,
        "names": names_of(found),
        "kinds": [(kind, _members(kind, found)) for kind in here.ask(kinds.own_kinds)],
        "controller": here.desk.controller,
    }


def names_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """What each member is called, by its id; a name that was erased says so."""
    return {member["person_id"]: member.get("given_name") for member in found["members"]}


def _members(kind: Mapping[str, Any], found: Mapping[str, Any]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Who has something of this kind: the name, and field by field what it is."""
    fields = [name for name in ABOUT_A_MEMBER if name in kind["fields"]]
    lines = []
    for member in found["members"]:
        told = [(name, member[name]) for name in fields if member.get(name) is not None]
        if told:
            lines.append((member.get("given_name"), [one for one in told if one[0] != "given_name"]))
    return lines
