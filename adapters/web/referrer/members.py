"""The second step: who the family is, how to reach the adults, who lives where, and what language is spoken."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import DRAFT, pages
from adapters.web.referrer.draft import MEMBERS, Draft, keep
from adapters.web.referrer.said import check_members
from adapters.web.referrer.steps import leave, step, unregistered
from domain.lists import DayCare
from domain.people import Caregiver


@pages.page(f"{DRAFT}/family", "referrer/members.html")
def members(here: Here, draft_id: UUID) -> Told:
    """As many adults and children as have a place so far."""
    return {"draft": unregistered(here, draft_id), "caregivers": tuple(Caregiver), "day_cares": tuple(DayCare)}


@pages.sends(f"{DRAFT}/family", members)
def keep_members(here: Here, form: Form, draft_id: UUID) -> Response:
    """One more, one fewer, another home, or on to the next step; what was typed is kept in any case."""
    draft = unregistered(here, draft_id)
    draft.take(form, MEMBERS)
    anchor = _changed(draft, form.value("_go"))
    keep(here, draft)
    if anchor:
        return step(here, "members", draft_id, anchor)
    if leaving := leave(here, form, "asked", draft_id):
        return leaving
    check_members(here, draft)
    return step(here, "grounds", draft_id)


def _changed(draft: Draft, wish: str) -> str:
    """Do what a button says; where to look afterwards, or nothing when it says something else."""
    verb, _, what = wish.partition(" ")
    group, _, place = what.partition(".")
    if verb == "add" and group in ("adults", "children"):
        return f"f-{group}-{draft.add(group)}"
    if verb == "remove" and group in ("adults", "children") and place.isdecimal():
        draft.remove(group, int(place))
        return f"f-{group}"
    if verb == "homes" and what in ("1", "2"):
        draft.typed["homes"] = [what]
        return "f-adults"
    return ""
