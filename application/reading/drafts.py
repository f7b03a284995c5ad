"""What an author is shown of the own drafts: which there are, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Draft
from application.reading.opening import Opening, must_stand
from domain.compartments import DRAFT
from domain.danish_time import day_of
from domain.people import Role
from gdpr import retention
from gdpr.policy import Standing


def drafts(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The own drafts, the latest first: when each was saved and until when it is kept. Nothing of them is opened."""
    if asker.role is not Role.REFERRER:
        raise RoleNotHeld("role")
    return [line(draft, desk) for draft in desk.drafts.of(asker.actor)]


def draft(asker: Asker, draft_id: UUID, desk: Desk) -> Mapping[str, Any]:
    """One own draft with what stands in it. Raises NotForThisReader."""
    found = desk.drafts.find(draft_id)
    standing = Standing(wrote_it=found is not None and found.author == asker.actor)
    request = asker.asks(desk, "go_on_with_a_draft")
    must_stand(desk, request, DRAFT, standing, subjects=(draft_id,) if found is not None else (), record=draft_id)
    assert found is not None
    opening = Opening(desk, request)
    opening.ask("form", found.form, standing, record=draft_id)
    return {**line(found, desk), "form": opening.open()["form"]}


def line(draft: Draft, desk: Desk) -> Mapping[str, Any]:
    """What may be known of a draft without opening it."""
    kept_until = desk.clocks[retention.DRAFT].keep.after(day_of(draft.saved_at)) - timedelta(days=1)
    return {"draft_id": draft.draft_id, "saved_at": draft.saved_at, "kept_until": kept_until}
