"""What is due to go is let go, by itself once a day or by hand; a run that a crash broke off goes on first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from application.consent_proof import EndConsentProof
from application.desk import Asker, Desk
from application.holds import active, kept_back
from application.keepings import keepings, proofs, unsent
from application.perform import RoleNotHeld, perform
from application.ports import Aggregate, Change, Context, Outcome, StaleVersion
from application.rights import RIGHTS_CASE
from application.views.retention import RunRow
from application.views.rights import RequestRow
from domain.compartments import CONSENT_PROOF
from domain.danish_time import beginning_of
from domain.errors import NotFound
from domain.people import Role
from gdpr import retention_run
from gdpr.falling_due import Due, Keeping, due
from gdpr.retention import ACCESS_LOG, LEFT_BY_ERASURE
from gdpr.retention_facts import Ending, RunFact
from gdpr.retention_run import Means, Run
from gdpr.rights_facts import Right
from gdpr.signed import Receipt

RUN: Aggregate[Run] = Aggregate("retention", retention_run.evolve)
BY_ITSELF = UUID("5f0a6c0e-0000-4000-8000-000000000003")
"""The pseudonym under which the register lets go what is due; no person does that."""

SUBJECTS_AT_ONCE = 200
"""About how many subjects one run is, so that none holds up those who write for long."""


class NoSuchRun(NotFound):
    """There is no such run."""

    code = "unknown_run"


@dataclass(frozen=True, slots=True)
class LetGo:
    """What a run has let go: its receipts, consents' proofs, entries of the access log."""

    receipts: tuple[Receipt, ...]
    proofs: int
    log_entries: int


def run(asker: Asker, desk: Desk) -> LetGo:
    """Let go what is due today, and first what a crash left half done; a receipt for each run, none without a key.

    Raises RoleNotHeld; what a store raises, as Unavailable: then the run goes on with the next.
    """
    if asker.role is not Role.OFFICER:
        raise RoleNotHeld("role")
    receipts = [
        _Carrying(asker, desk, row.run_id).go_on() for row in desk.register.rows().where(RunRow, completed_on=None)
    ]
    today = desk.clock.today()
    found = due_on(desk, today)
    for some in _portions([ending for ending in found.goes if ending.compartment != CONSENT_PROOF.name]):
        receipts.append(_Carrying(asker, desk, _next_id(desk)).begin(some, today))
    ended = [ending for ending in found.goes if ending.compartment == CONSENT_PROOF.name]
    for ending in ended:
        _end_proof(asker, desk, ending)
    entries = 0 if log_is_held(desk) else desk.log.end_private_halves(beginning_of(log_ends_before(desk, today)))
    return LetGo(tuple(receipts), len(ended), entries)


def let_go_by_itself(desk: Desk) -> None:
    """What is due goes without anybody asking. Another process that does so at this moment is left to it."""
    try:
        run(Asker(BY_ITSELF, Role.OFFICER, uuid4()), desk)
    except StaleVersion:
        return


class _Carrying:
    """The steps of one run, as this realm takes them; each is recorded in the run in its own turn."""

    def __init__(self, asker: Asker, desk: Desk, run_id: UUID) -> None:
        self._asker, self._desk, self._run_id, self._version = asker, desk, run_id, 0

    def begin(self, ends: Sequence[Ending], on: date) -> Receipt:
        return self._carry_out(Run(self._run_id, on, tuple(ends)), begun=False)

    def go_on(self) -> Receipt:
        loaded = self._desk.register.load(RUN, self._run_id)
        if loaded is None:
            raise NoSuchRun("run_id")
        self._version = loaded.version
        return self._carry_out(loaded.state, begun=True)

    def _carry_out(self, begun_run: Run, *, begun: bool) -> Receipt:
        erasing = self._desk.erasing
        means = Means(
            realm=self._desk.realm,
            vault=erasing.vault,
            ledger=erasing.ledger,
            together=erasing.together,
            fence=erasing.fence_while_ending,
            empty_and_lift=erasing.empty_and_lift,
            record=self._record,
            sign=erasing.sign,
        )
        return retention_run.carry_out(begun_run, means, begun=begun, now=self._desk.clock.now())

    def _record(self, facts: Sequence[RunFact]) -> None:
        now, asker = self._desk.clock.now(), self._asker
        command_id = uuid5(self._run_id, f"{self._version}")
        context = Context(asker.actor, asker.role, asker.unit, command_id, now, now)
        change = Change(self._run_id, self._version, tuple(facts))
        self._desk.register.save(context, [change], outcome=Outcome("LetGo", asker.actor, {}))
        self._version += len(facts)


def due_on(desk: Desk, on: date) -> Due:
    """What is due to go on a day, and what is kept back."""
    rows = desk.register.rows()
    left = list(_left_by_erasures(desk))
    decided = {(each.subject, each.compartment) for each in left}
    running = [
        each
        for each in (*keepings(rows, desk.kind), *proofs(rows, desk.kind), *unsent(desk.drafts.all()))
        if (each.subject, each.compartment) not in decided
    ]
    return due([*running, *left], desk.clocks, kept_back=kept_back(rows, desk.kind, on=on), on=on)


def _left_by_erasures(desk: Desk) -> Iterator[Keeping]:
    """What an act, or a hold, kept when somebody was erased: until the day that was decided, whatever clock ran before."""
    for request in desk.register.rows().where(RequestRow, right=Right.ERASURE.value):
        loaded = desk.register.load(RIGHTS_CASE, request.request_id) if request.completed_on is not None else None
        for subject in loaded.state.subjects if loaded is not None else ():
            still = frozenset(desk.erasing.held(subject))
            for name, decision in loaded.state.decided.items() if loaded is not None else ():
                if decision.keep_until is not None and name in still:
                    yield Keeping(LEFT_BY_ERASURE, subject, name, None, decision.keep_until)


def _portions(ends: Sequence[Ending]) -> Iterator[list[Ending]]:
    """In the order of their days, all of one subject together."""
    by_subject: dict[UUID, list[Ending]] = {}
    for ending in ends:
        by_subject.setdefault(ending.subject, []).append(ending)
    subjects = list(by_subject)
    for start in range(0, len(subjects), SUBJECTS_AT_ONCE):
        yield [each for subject in subjects[start : start + SUBJECTS_AT_ONCE] for each in by_subject[subject]]


def _next_id(desk: Desk) -> UUID:
    """The id of the realm's next run: two processes that begin one at a time begin the same, and one is refused."""
    number = len(desk.register.rows().where(RunRow)) + 1
    return uuid5(NAMESPACE_OID, f"tillid/retention/{desk.realm}/{number}")


def _end_proof(asker: Asker, desk: Desk, ending: Ending) -> None:
    assert ending.under is not None
    command_id = uuid5(ending.under, "proof")
    perform(EndConsentProof(consent_id=ending.under), asker, desk, command_id=command_id)


def log_ends_before(desk: Desk, on: date) -> date:
    """Entries from before this day have been kept long enough."""
    keep, day = desk.clocks[ACCESS_LOG].keep, on - timedelta(days=1)
    while keep.after(day) > on:
        day -= timedelta(days=1)
    return day + timedelta(days=1)


def log_is_held(desk: Desk) -> bool:
    """Whether a hold keeps the realm's access log whole."""
    return any(ACCESS_LOG in hold.compartments for hold in active(desk.register.rows()))
