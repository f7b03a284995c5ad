"""When an erasure is final: no copy of the key database, however old, opens what was erased.

A key is only ever wrapped in the epochs up to the one in which it was destroyed. Backups keep it in these, and open it
as long as one of their key-encryption keys exists; once they are destroyed, nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gdpr.rights import RightsCase
from gdpr.rights_facts import ErasureFinal, RightsFact


def waits_for(case: RightsCase) -> dict[str, int]:
    """The epochs whose destruction makes the erasure final: by compartment, the last one that wrapped one of its keys."""
    waits: dict[str, int] = {}
    if case.destroyed is not None and case.final is None:
        for name, epoch in zip(case.destroyed.compartments, case.destroyed.epochs, strict=True):
            waits[name] = max(epoch, waits.get(name, 0))
    return dict(sorted(waits.items()))


def final(case: RightsCase, destroyed: Mapping[str, int], *, on: date) -> list[RightsFact]:
    """The erasure is final, by the last destroyed epoch of each compartment. Silent while it is not, and once it is."""
    if case.completed is None or case.destroyed is None or case.final is not None:
        return []
    waits = waits_for(case)
    if any(destroyed.get(name, 0) < epoch for name, epoch in waits.items()):
        return []
    return [ErasureFinal(on=on, compartments=tuple(waits), epochs=tuple(destroyed[name] for name in waits))]
