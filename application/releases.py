"""An answer goes to an officer's hand: one asks, a second person agrees, and what was printed is written down (VIS-09)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.answers.access import begin
from application.answers.deciding import answer_of
from application.desk import Asker, Desk
from application.perform import RoleNotHeld, Work, perform, serves
from application.ports import Aggregate
from application.rights import RIGHTS_CASE, NoSuchRequest
from application.views.people import RoleHeld
from application.views.releases import ReleaseRow
from domain.compartments import BY_NAME, RIGHTS, STAFF_FILE, VOLUNTEER_FILE, held_in
from domain.errors import RuleBroken
from domain.people import ActorId, Role
from gdpr import answers
from gdpr import release as rules
from gdpr.answering_facts import Form
from gdpr.policy import MAY_SEE
from gdpr.release import NoSuchRelease, Release, ReleaseNotInForce
from gdpr.release_facts import ReleaseFact, ReleaseGround
from gdpr.rights import IdentityNotChecked, RequestClosed, RightsCase
from gdpr.rights_facts import Right

RELEASE: Aggregate[Release] = Aggregate("release", rules.evolve)
DECIDES = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.SECRETARIAT})
"""Who may be the second person: another officer, or whoever administers the realm; never who asked."""


class NotAnAccess(RuleBroken):
    """Only the answer to a request for access is printed for a person without a login."""

    code = "not_an_access"


class ReleaseTooNarrow(RuleBroken):
    """The answer needs more than was released; a part of it would be no answer (GDPR Art. 15)."""

    code = "release_too_narrow"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRelease:
    """The officer asks to print the answer to one request for access; without `compartments`, in those it needs."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER})

    request_id: UUID
    ground: ReleaseGround
    compartments: tuple[str, ...] | None = None


@serves(AskRelease)
def ask_release(command: AskRelease, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    if case.refused is not None:
        raise RequestClosed("request_id")
    if not case.identity_checked:
        raise IdentityNotChecked("request_id")
    if case.right is not Right.ACCESS:
        raise NotAnAccess("right")
    release_id, named = uuid4(), command.compartments
    facts = rules.ask(
        release_id, case_id=command.request_id, subject=case.subject,
        compartments=_needed(case, work.asker, work.desk) if named is None else named,
        ground=command.ground, by=ActorId(work.asker.actor), kind=work.desk.kind, now=work.desk.clock.now(),
    )  # fmt: skip
    return _recorded(work, release_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRelease:
    """A second person agrees; it holds for the hours the controller has set."""

    GIVEN_BY: ClassVar = DECIDES

    request_id: UUID


@serves(ApproveRelease)
def approve_release(command: ApproveRelease, work: Work) -> Mapping[str, Any]:
    release, by = _latest(work, command.request_id), ActorId(work.asker.actor)
    facts = rules.approve(
        release, by=by, role=work.asker.role, concerned=_is_concerned(work, release), now=work.desk.clock.now(),
        hours=work.desk.limits.release_hours,
    )  # fmt: skip
    return _recorded(work, release.release_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRelease:
    """A second person does not agree."""

    GIVEN_BY: ClassVar = DECIDES

    request_id: UUID


@serves(DeclineRelease)
def decline_release(command: DeclineRelease, work: Work) -> Mapping[str, Any]:
    release, by = _latest(work, command.request_id), ActorId(work.asker.actor)
    facts = rules.decline(release, by=by, concerned=_is_concerned(work, release), now=work.desk.clock.now())
    return _recorded(work, release.release_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRelease:
    """Taken back, by whoever asked or by whoever may agree; nothing is opened under it any more."""

    GIVEN_BY: ClassVar = DECIDES

    request_id: UUID


@serves(WithdrawRelease)
def withdraw_release(command: WithdrawRelease, work: Work) -> Mapping[str, Any]:
    release = _latest(work, command.request_id)
    facts = rules.withdraw(release, by=ActorId(work.asker.actor), now=work.desk.clock.now())
    return _recorded(work, release.release_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRelease:
    """The answer was printed under the release; what it was, by its SHA-256, also in the case, to be known again."""

    GIVEN_BY: ClassVar = frozenset({Role.OFFICER})

    request_id: UUID
    sha256: str


@serves(UseRelease)
def use_release(command: UseRelease, work: Work) -> Mapping[str, Any]:
    release = _latest(work, command.request_id)
    facts = rules.use(release, by=ActorId(work.asker.actor), sha256=command.sha256, now=work.desk.clock.now())
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    today = work.desk.clock.today()
    work.record(
        command.request_id,
        answers.collect(case, by=case.asked_by, form=Form.PDF, digest=command.sha256, on=today),
    )
    return _recorded(work, release.release_id, facts)


def releases(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """Every release that was asked for, the latest first, and where each stands; for those who ask and those who agree."""
    if asker.role not in DECIDES:
        raise RoleNotHeld("role")
    desk.gate.note(asker.asks(desk, "rights"), "officer", RIGHTS)
    found = sorted(desk.register.rows().where(ReleaseRow), key=lambda row: (row.asked_at, row.number), reverse=True)
    return [_line(row, desk) for row in found]


def in_force(asker: Asker, request_id: UUID, desk: Desk) -> Release:
    """The release under which this officer may open the answer to a request now; else refused, in the log too.

    Raises NoSuchRelease, ReleaseNotInForce.
    """
    release = _found(desk, request_id)
    if asker.role is not Role.OFFICER or not release.in_force(desk.clock.now(), asker.actor):
        desk.gate.note(
            asker.asks(desk, "rights"), "officer", RIGHTS, subjects=(release.subject,), records=(request_id,),
            release=release.state(desk.clock.now()).value,
        )  # fmt: skip
        raise ReleaseNotInForce("request_id")
    return release


def printed_under(asker: Asker, request_id: UUID, desk: Desk, printed: Callable[[Mapping[str, Any]], bytes]) -> bytes:
    """The person's answer under the release, whole or not at all, written down before it leaves.

    Raises as `in_force`; NotAnsweredYet, ReleaseTooNarrow and what the gate raises.
    """
    release, loaded = in_force(asker, request_id, desk), desk.register.load(RIGHTS_CASE, request_id)
    if loaded is None:
        raise NoSuchRequest("request_id")
    if not _needed(loaded.state, asker, desk) <= release.compartments:
        raise ReleaseTooNarrow("request_id")
    paper = printed(answer_of(loaded.state, asker, desk, released=release.compartments))
    used = UseRelease(request_id=request_id, sha256=sha256(paper).hexdigest())
    perform(used, asker, desk, command_id=uuid4())
    return paper


def _latest(work: Work, request_id: UUID) -> Release:
    return work.load(RELEASE, _found(work.desk, request_id).release_id, NoSuchRelease, "request_id")


def _found(desk: Desk, request_id: UUID) -> Release:
    rows = desk.register.rows().where(ReleaseRow, case_id=request_id)
    loaded = desk.register.load(RELEASE, max(rows, key=lambda row: row.number).release_id) if rows else None
    if loaded is None:
        raise NoSuchRelease("request_id")
    return loaded.state


def _needed(case: RightsCase, officer: Asker, desk: Desk) -> frozenset[str]:
    """The compartments of an answer: what is held about the person and may be seen by it, without what is withheld.

    The names of those who read are among them if the officer decided that they are told.
    """
    decided = case.answering.decided
    held = {compartment.name for compartment in begin(case, officer, desk, released=frozenset()).held}
    names = {STAFF_FILE.name, VOLUNTEER_FILE.name} & {compartment.name for compartment in held_in(desk.kind)}
    needed = (held | names) if decided is not None and decided.names_of_staff.given else (held - names)
    return frozenset(
        name
        for name in needed - set(decided.withheld if decided is not None else ())
        if (Role.FAMILY, BY_NAME[name]) in MAY_SEE
    )


def _is_concerned(work: Work, release: Release) -> bool:
    """Whether whoever decides is the person the release is about, in any role held here."""
    held = work.desk.register.rows().where(RoleHeld, actor=work.asker.actor)
    return any(row.person_id == release.subject for row in held)


def _line(row: ReleaseRow, desk: Desk) -> Mapping[str, Any]:
    loaded = desk.register.load(RELEASE, row.release_id)
    if loaded is None:
        raise NoSuchRelease("request_id")
    return {
        "release_id": row.release_id,
        "request_id": row.case_id,
        "subject": row.subject,
        "compartments": list(row.compartments),
        "ground": row.ground,
        "state": loaded.state.state(desk.clock.now()).value,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "decided_by": row.decided_by,
        "decided_at": row.decided_at,
        "until": row.until,
        "used": row.used,
        "last_used_at": row.last_used_at,
    }


def _recorded(work: Work, release_id: UUID, facts: Sequence[ReleaseFact]) -> Mapping[str, Any]:
    work.record(release_id, facts)
    release = work.now(RELEASE, release_id)
    assert release is not None
    return {
        "release_id": str(release_id),
        "state": release.state(work.desk.clock.now()).value,
        "until": release.until.isoformat() if release.until is not None else None,
    }
