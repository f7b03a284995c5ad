"""A form that is not finished is kept beside the events for its author alone, and goes without a trace.

Nobody is in the register by a draft. Its key belongs to it alone, so that discarding it destroys what stands in it, in
every copy of the database too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Draft, Drafts
from domain.compartments import DRAFT
from domain.errors import Invalid, NotFound
from domain.people import Role
from domain.text import TooLong, refuse_cpr
from gdpr.erasure import ErasingVault, catch_up
from gdpr.ports import Ledger, LedgerKind

DISCARD: Final = "discard_draft"
"""The duty to discard the draft of a form that was sent."""
LONGEST: Final = 60_000
"""Characters of a form, as JSON; several times the longest referral."""
MOST: Final = 20
"""Drafts of one author."""


class NoSuchDraft(NotFound):
    """There is no such draft, or it is another's."""

    code = "unknown_draft"


class NotAForm(Invalid):
    """A draft is a JSON object."""

    code = "draft_unreadable"


class TooManyDrafts(Invalid):
    """An author has so many drafts already; `limit` says how many."""

    code = "too_many_drafts"


def keep(asker: Asker, draft_id: UUID, form: str, desk: Desk) -> Draft:
    """Save what stands in the form so far, in place of what was saved before. Safe to repeat.

    Raises RoleNotHeld, NoSuchDraft for another's, TooLong, NotAForm, CprNumber, TooManyDrafts, StaleVersion.
    """
    _refuse_others(asker)
    if len(form) > LONGEST:
        raise TooLong("form", limit=LONGEST)
    for words in _words_of(form):
        refuse_cpr(words, "form")
    before = desk.drafts.find(draft_id)
    if before is not None and before.author != asker.actor:
        raise NoSuchDraft("draft_id")
    if before is None and len(desk.drafts.of(asker.actor)) >= MOST:
        raise TooManyDrafts("form", limit=MOST)
    desk.drafts.keep(draft_id, asker.actor, form, desk.clock.now())
    saved = desk.drafts.find(draft_id)
    if saved is None:
        raise NoSuchDraft("draft_id")
    return saved


def discard(asker: Asker, draft_id: UUID, desk: Desk) -> None:
    """Destroy an own draft; silent when there is none. Raises RoleNotHeld."""
    _refuse_others(asker)
    if is_own(asker, draft_id, desk):
        let_go(draft_id, desk.drafts, desk.erasing.vault, desk.erasing.ledger, realm=desk.realm, now=desk.clock.now())


def is_own(asker: Asker, draft_id: UUID, desk: Desk) -> bool:
    draft = desk.drafts.find(draft_id)
    return draft is not None and draft.author == asker.actor


def let_go(
    draft_id: UUID, drafts: Drafts, vault: ErasingVault, ledger: Ledger, *, realm: str, now: datetime
) -> None:  # fmt: skip
    """Destroy the key, enter it in the ledger so that no backup brings it back, then take the row out. Safe to repeat."""
    gone = [key.key_id for key in vault.end(draft_id, [DRAFT.name])]
    if gone:
        ledger.confirm(*vault.ledger_head())
        ledger.append(
            at=now, realm=realm, case_id=uuid5(draft_id, gone[0].hex()), key_ids=gone, compartments=[DRAFT.name],
            kind=LedgerKind.RETENTION,
        )  # fmt: skip
        catch_up(vault, ledger, realm=realm)
    drafts.remove(draft_id)


def _refuse_others(asker: Asker) -> None:
    if asker.role is not Role.REFERRER:
        raise RoleNotHeld("role")


def _words_of(form: str) -> Iterator[str]:
    """Every text in a form. Raises NotAForm."""
    try:
        read = json.loads(form)
    except (ValueError, RecursionError):
        raise NotAForm("form") from None
    if not isinstance(read, dict):
        raise NotAForm("form")
    left: list[Any] = [read]
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            left += value
