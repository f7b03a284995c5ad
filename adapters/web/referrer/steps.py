"""From one step of a referral to another: onwards, back, out for now; and which step a draft is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from adapters.referrer import families as api
from adapters.web.door import Elsewhere
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.referrer.door import pages
from adapters.web.referrer.draft import Draft, open_draft
from adapters.web.referrer.said import check_asked, check_grounds, check_members, places_of
from adapters.web.words import N_
from domain.errors import Refusal

pages.done["later"] = N_("Kladden er gemt. Du kan gøre den færdig, når du vil.")


def step(here: Here, name: str, draft_id: UUID, anchor: str = "") -> Response:
    """To a step, by the name of its page."""
    return redirect(_address(here, name, draft_id, anchor), 303)


def leave(here: Here, form: Form, before: str, draft_id: UUID) -> Response | None:
    """Back to the step `before`, or out for now; None for somebody who goes on."""
    match form.value("_go"):
        case "back":
            return step(here, before, draft_id)
        case "later":
            return redirect(pages.address(here.realm, done="later"), 303)
    return None


def finished(here: Here, draft: Draft) -> None:
    """Raises Elsewhere to the first step that is not finished."""
    name = at(here, draft)
    if name != "preview":
        raise Elsewhere(_address(here, name, draft.draft_id))


def unregistered(here: Here, draft_id: UUID) -> Draft:
    """The own draft of a family that is not in the register; another's first steps are done. Raises Elsewhere."""
    draft = open_draft(here, draft_id)
    if draft.family_id is not None:
        raise Elsewhere(_address(here, "grounds", draft_id))
    return draft


def at(here: Here, draft: Draft) -> str:
    """The step a draft is at: the first one that would be refused, else the last."""
    checks: list[tuple[str, Callable[[], None]]] = [
        ("asked", lambda: check_asked(here, draft)),
        ("members", lambda: check_members(here, draft)),
        ("grounds", lambda: check_grounds(here, draft, children_of(here, draft))),
    ]
    if draft.family_id is not None:
        checks = checks[-1:]
    for name, check in checks:
        try:
            check()
        except Refusal:
            return name
    return "preview"


def children_of(here: Here, draft: Draft) -> Sequence[UUID]:
    """The children in the order of the form; an erased one of a registered family keeps its place."""
    if draft.family_id is None:
        return places_of(draft)
    return [UUID(child["person_id"]) for child in here.ask(api.family, family_id=draft.family_id)["children"]]


def _address(here: Here, name: str, draft_id: UUID, anchor: str = "") -> str:
    return url_for(f"{pages.blueprint.name}.{name}", realm=here.realm, draft_id=draft_id, _anchor=anchor or None)
