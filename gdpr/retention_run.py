"""A retention run is fence, destroy, enter in the ledger, empty and lift, complete: each once, also across a crash.

Unlike an erasure it does not close a compartment for ever: whoever comes back is sealed for with new keys. Each step is
recorded in the run after it was taken, and each may be taken twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, assert_never
from uuid import UUID

from gdpr.checkpoint import Sign
from gdpr.erasure import RestorableKeys, catch_up
from gdpr.ports import DestroyedKey, Ledger, LedgerKind
from gdpr.retention_facts import Ending, EndingEntered, KeysEnded, RowsEmptied, RunBegun, RunCompleted, RunFact
from gdpr.signed import Receipt, sign_receipt

FORMAT = "tillid/retention/v1"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what ends in it, and how far it has come."""

    run_id: UUID
    on: date
    endings: tuple[Ending, ...]
    keys: KeysEnded | None = None
    entered: EndingEntered | None = None
    emptied: RowsEmptied | None = None
    completed: RunCompleted | None = None


def evolve(run: Run | None, happened: RunFact) -> Run:
    if isinstance(happened, RunBegun):
        return Run(happened.run_id, happened.on, happened.endings)
    assert run is not None
    match happened:
        case KeysEnded():
            return replace(run, keys=happened)
        case EndingEntered():
            return replace(run, entered=happened)
        case RowsEmptied():
            return replace(run, emptied=happened)
        case RunCompleted():
            return replace(run, completed=happened)
        case _:
            assert_never(happened)


class EndingVault(RestorableKeys, Protocol):
    """The keys of one realm, as a run needs them."""

    def end(self, subject: UUID, compartments: Sequence[str], *, under: UUID | None = None) -> list[DestroyedKey]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a run needs of one realm. All may raise Unavailable; then the run waits where it is, fenced.

    `together` opens a transaction of the register which everything written inside joins. `fence` lets nothing be
    written about a subject in a compartment until `empty_and_lift` takes the values sealed with these keys out of the
    rows and lets new ones in. `record` saves facts to the run, and fails if somebody else did meanwhile.
    """

    realm: str
    vault: EndingVault
    ledger: Ledger
    together: Callable[[], AbstractContextManager[object]]
    fence: Callable[[UUID, Sequence[str]], None]
    empty_and_lift: Callable[[UUID, Sequence[DestroyedKey]], int]
    record: Callable[[Sequence[RunFact]], None]
    sign: Sign


def carry_out(run: Run, means: Means, *, begun: bool, now: datetime) -> Receipt:
    """Take the steps that are left, and issue the receipt; the same receipt again when none is left.

    `begun`: the run is recorded, and a crash came between. Raises what a store raises, as Unavailable.
    """
    subjects = _by_subject(run.endings)
    if not begun:
        with means.together():
            means.record([RunBegun(run_id=run.run_id, on=run.on, endings=run.endings)])
            for subject, ends in subjects.items():
                means.fence(subject, sorted({each.compartment for each in ends}))
    if run.keys is None:
        run = _recorded(run, means, _named(_end(subjects, means)))
    if run.entered is None:
        run = _recorded(run, means, _entry(run, means, now))
    if run.emptied is None:
        # Asked again: after a crash only the vault knows which keys these were, and it answers the same.
        gone = _end(subjects, means)
        with means.together():
            values = sum(means.empty_and_lift(subject, keys) for subject, keys in gone.items())
            run = _recorded(run, means, RowsEmptied(views=values))
    receipt = issue(run, realm=means.realm, sign=means.sign)
    if run.completed is None:
        _recorded(run, means, RunCompleted(on=run.on, receipt_hash=receipt.digest))
    return receipt


def issue(run: Run, *, realm: str, sign: Sign) -> Receipt:
    """The receipt of a run: by clock and compartment how many subjects and keys, and the keys; nobody is named."""
    return sign_receipt(_contents(run, realm), form=FORMAT, sign=sign)


def _contents(run: Run, realm: str) -> dict[str, object]:
    assert run.keys is not None and run.entered is not None and run.emptied is not None
    ended = Counter((each.clock, each.compartment) for each in run.endings)
    named = zip(run.keys.key_ids, run.keys.commitments, run.keys.compartments, strict=True)
    return {
        "format": FORMAT,
        "run_id": str(run.run_id),
        "realm": realm,
        "on": run.on.isoformat(),
        "ended": [
            {"clock": clock, "compartment": compartment, "subjects": number}
            for (clock, compartment), number in sorted(ended.items())
        ],
        "keys": [{"key_id": key, "commitment": committed, "compartment": where} for key, committed, where in named],
        "views": run.emptied.views,
        "ledger": {"size": run.entered.size, "hash": run.entered.head},
    }


def _by_subject(endings: Sequence[Ending]) -> dict[UUID, list[Ending]]:
    found: dict[UUID, list[Ending]] = {}
    for each in endings:
        found.setdefault(each.subject, []).append(each)
    return found


def _end(subjects: Mapping[UUID, Sequence[Ending]], means: Means) -> dict[UUID, list[DestroyedKey]]:
    gone: dict[UUID, list[DestroyedKey]] = {}
    for subject, ends in subjects.items():
        scopes: dict[UUID | None, list[str]] = {}
        for each in ends:
            scopes.setdefault(each.under, []).append(each.compartment)
        gone[subject] = [
            key for scope, names in scopes.items() for key in means.vault.end(subject, sorted(names), under=scope)
        ]
    return gone


def _named(gone: Mapping[UUID, Sequence[DestroyedKey]]) -> KeysEnded:
    keys = sorted((key for each in gone.values() for key in each), key=lambda key: (key.compartment, key.key_id))
    return KeysEnded(
        key_ids=tuple(key.key_id.hex() for key in keys),
        commitments=tuple(key.commitment.hex() for key in keys),
        compartments=tuple(key.compartment for key in keys),
    )


def _entry(run: Run, means: Means, now: datetime) -> EndingEntered:
    assert run.keys is not None
    means.ledger.confirm(*means.vault.ledger_head())
    entry = means.ledger.append(
        at=now, realm=means.realm, case_id=run.run_id, key_ids=[bytes.fromhex(key) for key in run.keys.key_ids],
        compartments=sorted({each.compartment for each in run.endings}), kind=LedgerKind.RETENTION,
    )  # fmt: skip
    # Not simply set to this entry: were the database restored meanwhile, it would skip those it lacks.
    catch_up(means.vault, means.ledger, realm=means.realm)
    return EndingEntered(size=entry.seq, head=entry.hash.hex())


def _recorded(run: Run, means: Means, happened: RunFact) -> Run:
    means.record([happened])
    return evolve(run, happened)
