"""Erasures become final when the last epoch that wrapped one of their keys is destroyed; each case is told so."""

from __future__ import annotations

from uuid import uuid5

from application.desk import Desk
from application.ports import Change, Context, Outcome, StaleVersion
from application.rights import RIGHTS_CASE
from application.views.finality import ErasureRow
from domain.people import Role
from gdpr import finality
from gdpr.ports import THE_REGISTER, destroyed_epochs


def note_what_is_final(desk: Desk) -> int:
    """Record in each case that has become final that it has; how many did. Raises Unavailable, Tampered.

    The ledger says which epochs are gone: it is written by whoever destroys them, and read by every process.
    """
    waiting = desk.register.rows().where(ErasureRow, final_on=None)
    completed = [row for row in waiting if row.completed_on is not None]
    if not completed:
        return 0
    destroyed = destroyed_epochs(desk.erasing.ledger.entries_after(0), desk.realm)
    return sum(_note(desk, row, destroyed) for row in completed if row.is_final_after(destroyed))


def _note(desk: Desk, row: ErasureRow, destroyed: dict[str, int]) -> bool:
    loaded = desk.register.load(RIGHTS_CASE, row.request_id)
    facts = finality.final(loaded.state, destroyed, on=desk.clock.today()) if loaded is not None else []
    if loaded is None or not facts:
        return False
    now = desk.clock.now()
    context = Context(THE_REGISTER, Role.OFFICER, None, uuid5(row.request_id, "final"), now, now)
    change = Change(row.request_id, loaded.version, tuple(facts))
    try:
        desk.register.save(context, [change], outcome=Outcome("NoteWhatIsFinal", THE_REGISTER, {}))
    except StaleVersion:  # another process noted it, or the case went on: the next round looks again
        return False
    return True
