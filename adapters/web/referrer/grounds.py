"""The third step: why the family is referred. It stays in the municipality, and the family may read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.referrer import families as families_api
from adapters.referrer import lists as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import DRAFT, pages
from adapters.web.referrer.draft import GROUNDS, Draft, keep, open_draft
from adapters.web.referrer.said import channels, check_grounds
from adapters.web.referrer.steps import children_of, leave, step
from domain.lists import MunicipalCase, Profession


@pages.page(f"{DRAFT}/grounds", "referrer/grounds.html")
def grounds(here: Here, draft_id: UUID) -> Told:
    """The eight criteria in their own words, the judgement on each child, and who refers."""
    draft = open_draft(here, draft_id)
    return {
        "draft": draft,
        "children": [(place, name) for place, name in enumerate(_names(here, draft)) if name is not None],
        "channels": channels(here),
        "channel": _own_channel(here),
        "professions": tuple(Profession),
        **choices(here),
    }


@pages.sends(f"{DRAFT}/grounds", grounds)
def keep_grounds(here: Here, form: Form, draft_id: UUID) -> Response:
    draft = open_draft(here, draft_id)
    draft.take(form, GROUNDS)
    keep(here, draft)
    if leaving := leave(here, form, "asked" if draft.family_id else "members", draft_id):
        return leaving
    check_grounds(here, draft, children_of(here, draft))
    return step(here, "preview", draft_id)


def choices(here: Here) -> dict[str, Any]:
    """What can be ticked, in the words of the lists."""
    language = "danish" if here.language == "da" else "english"
    listed = {one["name"]: [(item["code"], item[language]) for item in one["items"]] for one in here.ask(api.lists)}
    return {"criteria": listed["criterion"], "judgements": listed["judgement"], "cases": tuple(MunicipalCase)}


def _names(here: Here, draft: Draft) -> list[str | None]:
    """The children's names in the order of the form; None for one that was erased."""
    if draft.family_id is None:
        return [str(child.get("given_name", "")) for child in draft.rows("children")]
    children = here.ask(families_api.family, family_id=draft.family_id)["children"]
    return [None if child["erased_on"] else _plain(child.get("given_name")) for child in children]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _own_channel(here: Here) -> str:
    """What one's own unit is, where nothing is chosen yet."""
    units = here.ask(api.organisation)["units"]
    return next((unit["kind"] for unit in units if unit["unit_id"] == str(here.held.unit_id)), "")
