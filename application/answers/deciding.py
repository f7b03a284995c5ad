"""An officer decides on an answer without seeing it; the person collects it, and what it got is known by its hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.answers.access import access, begin
from application.answers.portability import portability
from application.desk import Asker, Desk
from application.perform import Work, perform, serves
from application.rights import OFFICER, RIGHTS_CASE, NoSuchRequest, case_of, must_hold, recorded
from domain.people import Role
from gdpr import answers
from gdpr.answering_facts import Form, NamesOfStaff, WithheldBecause
from gdpr.rights import RightsCase
from gdpr.rights_facts import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest:
    """Answer access or portability with all that is held but what is withheld; the person may collect it from now on."""

    GIVEN_BY: ClassVar = OFFICER

    request_id: UUID
    names_of_staff: NamesOfStaff = NamesOfStaff.WITHHELD_NOT_NEEDED
    withheld: Mapping[str, WithheldBecause] = field(default_factory=dict)
    reasons: str | None = None
    version: int | None = None


@serves(AnswerRequest)
def answer_request(command: AnswerRequest, work: Work) -> Mapping[str, Any]:
    case = case_of(command, work)
    must_hold(work.desk, command.withheld, "withheld")
    facts = answers.answer(
        case, withheld=command.withheld, names_of_staff=command.names_of_staff, reasons=command.reasons,
        on=work.desk.clock.today(),
    )  # fmt: skip
    return recorded(work, command.request_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectAnswer:
    """The person was handed its answer; what it was, by its SHA-256."""

    GIVEN_BY: ClassVar = frozenset({Role.FAMILY})

    request_id: UUID
    form: Form
    sha256: str


@serves(CollectAnswer)
def collect_answer(command: CollectAnswer, work: Work) -> Mapping[str, Any]:
    case = work.load(RIGHTS_CASE, command.request_id, NoSuchRequest, "request_id")
    assert work.asker.person_id is not None
    facts = answers.collect(
        case, by=work.asker.person_id, form=command.form, digest=command.sha256, on=work.desk.clock.today()
    )
    return recorded(work, command.request_id, facts)


def answer_of(
    case: RightsCase, reader: Asker, desk: Desk, *, released: frozenset[str] = frozenset()
) -> Mapping[str, Any]:
    """What the case is answered with, plain, opened through the gate: for the person that asked, or for the officer who
    prints it for that person, in the compartments that two persons `released`.

    Raises NotAnsweredYet, NotOwnData and what the gate raises. That it is handed out is recorded by `collect`.
    """
    if case.answering.decided is None:
        raise answers.NotAnsweredYet("request_id")
    answering = begin(case, reader, desk, released=released)
    return access(answering) if case.right is Right.ACCESS else portability(answering)


def collect(
    asker: Asker, request_id: UUID, desk: Desk, form: Form, printed: Callable[[Mapping[str, Any]], bytes]
) -> bytes:
    """The answer as the person takes it away, recorded before it leaves. Raises NoSuchRequest, NotAnsweredYet, NotOwnData."""
    loaded = desk.register.load(RIGHTS_CASE, request_id)
    if loaded is None or asker.role is not Role.FAMILY or loaded.state.asked_by != asker.person_id:
        raise NoSuchRequest("request_id")
    if loaded.state.right is Right.PORTABILITY and form is not Form.JSON:
        raise answers.AnswerIsAFile("request_id")
    handed_out = printed(answer_of(loaded.state, asker, desk))
    taken = CollectAnswer(request_id=request_id, form=form, sha256=sha256(handed_out).hexdigest())
    perform(taken, asker, desk, command_id=uuid4())
    return handed_out


def as_json(answer: Mapping[str, Any]) -> bytes:
    """The answer as JSON in UTF-8, to be read by people too."""
    return json.dumps(answer, ensure_ascii=False, indent=2).encode() + b"\n"
