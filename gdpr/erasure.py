"""Erasure is fence, destroy, prove, purge, complete: each step once, in this order, also when a crash comes between.

The fence comes first, so that no writer makes a new key behind the destruction; the ledger as soon as it is known
which keys went, so that a backup that is restored learns of it. Each step is recorded in the case after it was taken,
and each may be taken twice: so a crash costs a repetition, loses nothing, and enters nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.people import SubjectId
from gdpr import receipts
from gdpr.checkpoint import Sign
from gdpr.ports import DestroyedKey, Ledger, LedgerEntry, LedgerKind, Vault
from gdpr.rights import (
    Kept,
    NotAnErasure,
    OutOfTurn,
    RequestClosed,
    RightsCase,
    Step,
    complete,
    evolve,
    next_step,
    refuse_unidentified,
    what_stays,
)
from gdpr.rights_facts import (
    EnteredInLedger,
    Fenced,
    KeysDestroyed,
    Outcome,
    RestrictionPlaced,
    Right,
    RightsFact,
    RowsPurged,
)
from gdpr.signed import Receipt

_IN_ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an erasure would do now: the compartments whose keys go, and what stays, each by name."""

    destroy: tuple[str, ...]
    keep: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many sealed values were taken out of rows of views, and out of messages not yet sent.

    The values in the events are not counted: they stay, all of them, and none opens without its key.
    """

    views: int
    outbox: int


class RestorableKeys(Protocol):
    """What it takes to bring a key database up to date that was restored from a backup."""

    def ledger_head(self) -> tuple[int, bytes]: ...

    def set_ledger_head(self, size: int, head: bytes) -> None: ...

    def destroy_by_id(self, key_ids: Iterable[bytes], *, for_ever: bool = True) -> list[DestroyedKey]: ...


class ErasingVault(Vault, RestorableKeys, Protocol):
    """The keys of one realm, as an erasure needs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What carrying out an erasure needs of one realm. All may raise Unavailable; then the case waits where it is.

    `together` opens a transaction of the register which everything written inside joins. `fence` refuses from now on
    what is written about these subjects in these compartments; `purge` takes their values out of views and waiting
    messages; `record` saves facts to the case, and fails if somebody else did meanwhile.
    """

    realm: str
    vault: ErasingVault
    ledger: Ledger
    together: Callable[[], AbstractContextManager[object]]
    fence: Callable[[Sequence[UUID], Sequence[str]], None]
    purge: Callable[[Sequence[UUID], Sequence[str]], Reached]
    record: Callable[[Sequence[RightsFact]], None]
    sign: Sign


def plan(case: RightsCase, held: Iterable[str], *, on: date) -> Plan:
    """Everything held goes that is not kept by a decision; the case itself stays until its retention ends (RIG-04).

    `held` are names of compartments: to show what would go, those in which the subject has live keys; to carry it out,
    all that the realm may hold, so that nothing slips in between.
    """
    names = sorted(set(held))
    return Plan(tuple(name for name in names if not case.stays(name)), what_stays(case, names, closed_on=on))


def fence(case: RightsCase, held: Iterable[str], *, also: Iterable[SubjectId] = (), on: date) -> list[RightsFact]:
    """Close what goes, restrict what stays restricted, and fix the plan. Silent when it is fixed. Raises as `_is_turn`.

    `also` are subjects that end with this one: a household with its last member.
    """
    if not _is_turn(case, Step.FENCE):
        return []
    chosen = plan(case, held, on=on)
    subjects = tuple(dict.fromkeys((case.subject, *also)))
    kept = tuple(each.compartment for each in chosen.keep)
    restricted: dict[date, list[str]] = {}
    for each in chosen.keep:
        decision = case.decided.get(each.compartment)
        if decision is not None and decision.outcome is Outcome.RESTRICT:
            restricted.setdefault(each.until, []).append(each.compartment)
    return [
        Fenced(on=on, subjects=subjects, closed=chosen.destroy, kept=kept),
        *(
            RestrictionPlaced(subject=subject, compartments=tuple(names), until=until)
            for until, names in sorted(restricted.items())
            for subject in subjects
        ),
    ]


def destroyed(case: RightsCase, keys: Iterable[DestroyedKey]) -> list[RightsFact]:
    """The keys are gone. Silent when that is recorded. Raises as `_is_turn`."""
    if not _is_turn(case, Step.DESTROY):
        return []
    gone = sorted({key.key_id: key for key in keys}.values(), key=lambda key: (key.compartment, key.key_id))
    return [
        KeysDestroyed(
            key_ids=tuple(key.key_id.hex() for key in gone),
            commitments=tuple(key.commitment.hex() for key in gone),
            compartments=tuple(key.compartment for key in gone),
            epochs=tuple(key.epoch for key in gone),
        )
    ]


def entered(case: RightsCase, entry: LedgerEntry) -> list[RightsFact]:
    """The destruction stands in the ledger. Silent when that is recorded. Raises as `_is_turn`."""
    if not _is_turn(case, Step.ENTER_IN_LEDGER):
        return []
    return [EnteredInLedger(size=entry.seq, head=entry.hash.hex())]


def purged(case: RightsCase, reached: Reached) -> list[RightsFact]:
    """Views and waiting messages hold no token of it any more. Silent when that is recorded. Raises as `_is_turn`."""
    if not _is_turn(case, Step.PURGE):
        return []
    return [RowsPurged(views=reached.views, outbox=reached.outbox)]


def carry_out(
    case: RightsCase, means: Means, *, held: Iterable[str], also: Iterable[SubjectId] = (), now: datetime, today: date
) -> Receipt:
    """Take the steps that are left, and issue the receipt; the same receipt again when none is left (RIG-02).

    `held` and `also` are those of `fence`, and count until the case is fenced. Raises IdentityNotChecked,
    RequestClosed, NotAnErasure. What a store raises, as Unavailable, passes through, and the case stays open at the
    step that failed.
    """
    if _is_turn(case, Step.FENCE):
        with means.together():
            case = _recorded(case, means, fence(case, held, also=also, on=today))
            means.fence(*_reach(case))
    if next_step(case) is Step.DESTROY:
        subjects, compartments = _reach(case)
        gone = [key for subject in subjects for key in means.vault.destroy(subject, compartments)]
        case = _recorded(case, means, destroyed(case, gone))
    if next_step(case) is Step.ENTER_IN_LEDGER:
        case = _recorded(case, means, entered(case, _entry(case, means, now)))
    if next_step(case) is Step.PURGE:
        with means.together():
            case = _recorded(case, means, purged(case, means.purge(*_reach(case))))
    completed_on = today if case.completed is None else case.completed.on
    receipt = receipts.issue(case, realm=means.realm, completed_on=completed_on, sign=means.sign)
    _recorded(case, means, complete(case, on=completed_on, receipt_hash=receipt.digest))
    return receipt


def catch_up(keys: RestorableKeys, ledger: Ledger, *, realm: str) -> int:
    """Destroy again what the ledger says was destroyed since this key database was saved; how many keys were named.

    For every start, before anything is served. Raises Unavailable; Tampered when this ledger does not continue the one
    the database has followed so far.
    """
    size, head = keys.ledger_head()
    ledger.confirm(size, head)
    missed = ledger.entries_after(size)
    if not missed:
        return 0
    named = {kind: [k for e in missed if (e.realm, e.kind) == (realm, kind) for k in e.key_ids] for kind in LedgerKind}
    keys.destroy_by_id(named[LedgerKind.RETENTION], for_ever=False)
    keys.destroy_by_id(named[LedgerKind.ERASURE])
    keys.set_ledger_head(missed[-1].seq, missed[-1].hash)
    return sum(map(len, named.values()))


def _entry(case: RightsCase, means: Means, now: datetime) -> LedgerEntry:
    if case.destroyed is None or case.fenced is None:
        raise OutOfTurn("case_id")
    key_ids = [bytes.fromhex(key_id) for key_id in case.destroyed.key_ids]
    means.ledger.confirm(*means.vault.ledger_head())
    entry = means.ledger.append(
        at=now, realm=means.realm, case_id=case.case_id, key_ids=key_ids, compartments=case.fenced.closed
    )
    # Not simply set to this entry: were the database restored meanwhile, it would skip those it lacks.
    catch_up(means.vault, means.ledger, realm=means.realm)
    return entry


def _reach(case: RightsCase) -> tuple[Sequence[UUID], Sequence[str]]:
    if case.fenced is None:
        raise OutOfTurn("case_id")
    return case.fenced.subjects, case.fenced.closed


def _recorded(case: RightsCase, means: Means, facts: Sequence[RightsFact]) -> RightsCase:
    if facts:
        means.record(facts)
    for happened in facts:
        case = evolve(case, happened)
    return case


def _is_turn(case: RightsCase, step: Step) -> bool:
    """Whether the case waits for this step; False when it was taken.

    Raises NotAnErasure, RequestClosed, IdentityNotChecked, OutOfTurn.
    """
    if case.right is not Right.ERASURE:
        raise NotAnErasure("right")
    if case.refused is not None:
        raise RequestClosed("right")
    if case.completed is None:
        refuse_unidentified(case)
    waits_for = next_step(case)
    if _IN_ORDER.index(waits_for) < _IN_ORDER.index(step):
        raise OutOfTurn("case_id")
    return waits_for is step
