"""What an officer decides of an answer it has not seen, and how the answer is bound to what was handed out (Art. 15, 20)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.compartments import BY_NAME, RIGHTS, Basis
from domain.errors import NotFound, RuleBroken
from gdpr.answering_facts import AnswerCollected, AnswerDecided, Concerning, Form, NamesOfStaff, WithheldBecause
from gdpr.rights import (
    NotOwnData,
    RightsCase,
    Step,
    UnknownCompartment,
    because_of,
    complete,
    evolve,
    next_step,
    refuse_unidentified,
)
from gdpr.rights_facts import Right, RightsFact

ANSWERED_BY_DATA = frozenset({Right.ACCESS, Right.PORTABILITY})
PORTABLE = frozenset({Basis.CONSENT, Basis.EXPLICIT_CONSENT, Basis.AGREEMENT})
"""The bases on which data given by the person itself can be taken along (Art. 20(1)(a))."""
_FORMAT = "tillid/decision/v1"
_to_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str, allow_nan=False).encode


class NotAnsweredByData(RuleBroken):
    """Only access and portability are answered by handing data out."""

    code = "not_answered_by_data"


class AnsweredOtherwise(RuleBroken):
    """The answer was decided, and the person told; it is not decided otherwise."""

    code = "answered_otherwise"


class NotAnsweredYet(RuleBroken):
    """The officer has not decided yet, so there is nothing to collect."""

    code = "not_answered_yet"


class AnswerIsAFile(RuleBroken):
    """What a person takes along is handed out as a file that other programs can read, not on paper (Art. 20(1))."""

    code = "answer_is_a_file"


class NotOurAnswer(NotFound):
    """No answer with this hash was handed out in this case: it was altered, or is somebody else's."""

    code = "not_our_answer"


def answer(
    case: RightsCase, *, withheld: Mapping[str, WithheldBecause], names_of_staff: NamesOfStaff, reasons: str | None,
    on: date,
) -> list[RightsFact]:  # fmt: skip
    """Answer with all that is held but what is withheld, which has its ground; the person may collect it now.

    Silent when it was answered so. Raises NotAnsweredByData, AnsweredOtherwise, UnknownCompartment, IdentityNotChecked,
    RequestClosed; Empty for withholding without reasons.
    """
    if case.right not in ANSWERED_BY_DATA:
        raise NotAnsweredByData("right")
    names = tuple(sorted(withheld))
    decided = AnswerDecided(
        on=on, withheld=names, grounds=tuple(withheld[name] for name in names), names_of_staff=names_of_staff
    )
    earlier = case.answering.decided
    if earlier is not None:
        if _same(earlier, decided):
            return []
        raise AnsweredOtherwise("withheld")
    refuse_unidentified(case)
    if not BY_NAME.keys() - {RIGHTS.name} >= set(names):
        raise UnknownCompartment("withheld")
    facts: list[RightsFact] = [decided]
    if withheld or reasons:
        facts.append(because_of(case, Concerning.ANSWER, reasons or ""))
    return completed_by(case, facts, on=on)


def collect(case: RightsCase, *, by: UUID, form: Form, digest: str, on: date) -> list[RightsFact]:
    """The person takes its answer, as often as it likes; what it got is known by its SHA-256 in hexadecimal.

    Raises NotAnsweredYet, NotOwnData; AnswerIsAFile for portability on paper.
    """
    if case.answering.decided is None:
        raise NotAnsweredYet("request_id")
    if by != case.asked_by:
        raise NotOwnData("request_id")
    if case.right is Right.PORTABILITY and form is not Form.JSON:
        raise AnswerIsAFile("request_id")
    return [AnswerCollected(on=on, by=by, form=form, sha256=digest)]


def collected_as(case: RightsCase, digest: str) -> AnswerCollected:
    """When and how the answer with this SHA-256 (hexadecimal) was handed out. Raises NotOurAnswer."""
    for collected in case.answering.collected:
        if collected.sha256 == digest.strip().lower():
            return collected
    raise NotOurAnswer("sha256")


def completed_by(case: RightsCase, facts: list[RightsFact], *, on: date) -> list[RightsFact]:
    """These facts, and the completion they lead to when nothing more is to be done in the case."""
    for happened in facts:
        case = evolve(case, happened)
    if not facts or not case.is_open or next_step(case) is not Step.COMPLETE:
        return facts
    return [*facts, *complete(case, on=on, receipt_hash=digest_of(case.case_id, facts))]


def digest_of(case_id: UUID, facts: Iterable[RightsFact]) -> str:
    """The SHA-256, in hexadecimal, of what was decided: the clear fields of the facts, in order; nothing personal."""
    decided = [
        {"fact": fact.TOPIC, **{name: _plain(getattr(fact, name)) for name in fact.MARKS.clear}} for fact in facts
    ]
    return sha256(f"{_FORMAT}\n{case_id}\n{_to_json(decided)}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else list(map(_plain, value)) if isinstance(value, tuple) else value


def _same(earlier: AnswerDecided, decided: AnswerDecided) -> bool:
    return (earlier.withheld, earlier.grounds, earlier.names_of_staff) == (
        decided.withheld, decided.grounds, decided.names_of_staff,
    )  # fmt: skip
