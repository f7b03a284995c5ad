"""The erasures of a realm that were carried out: which epochs each still waits for, and since when it is final."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import view_row
from gdpr.rights_facts import Completed, ErasureFinal, Fenced, KeysDestroyed

NAME = "finality"


@view_row("erasure", key=("request_id",), indexes=(("final_on",),))
class ErasureRow:
    """One erasure; `waits_for` holds compartment=epoch for the last epoch that wrapped a key of it there."""

    request_id: UUID
    waits_for: tuple[str, ...] = ()
    completed_on: date | None = None
    final_on: date | None = None

    def is_final_after(self, destroyed: dict[str, int]) -> bool:
        """Whether these last destroyed epochs are all that it waits for."""
        waits = (each.rpartition("=") for each in self.waits_for)
        return all(destroyed.get(name, 0) >= int(epoch) for name, _, epoch in waits)


ROWS: tuple[type[Any], ...] = (ErasureRow,)


def follow(recorded: Recorded, rows: Rows) -> None:
    which = {"request_id": recorded.stream}
    match recorded.fact:
        case Fenced():
            rows.put(ErasureRow(request_id=recorded.stream))
        case KeysDestroyed() as fact:
            last: dict[str, int] = {}
            for name, epoch in zip(fact.compartments, fact.epochs, strict=True):
                last[name] = max(epoch, last.get(name, 0))
            rows.change(ErasureRow, which, waits_for=tuple(f"{name}={epoch}" for name, epoch in sorted(last.items())))
        case Completed() as fact:
            rows.change(ErasureRow, which, completed_on=fact.on)
        case ErasureFinal() as fact:
            rows.change(ErasureRow, which, final_on=fact.on)
        case _:
            pass
