"""What the letters of a case say: that it was received, extended, refused, answered or decided, and why (Art. 12(3), (4))."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from application.desk import Asker, Desk
from application.reading.opening import Opening
from application.reading.requests import own_case
from application.views.rights import CorrectionRow, RequestRow, RequestWords
from domain.errors import NotFound
from domain.people import Role
from gdpr.answering_facts import Concerning
from gdpr.policy import Standing
from gdpr.ports import Absent
from gdpr.rights import RightsCase
from gdpr.rights_facts import Right


class Letter(StrEnum):
    """The letters a person may get in a case; the value is what the address says."""

    ACKNOWLEDGEMENT = "acknowledgement"
    EXTENSION = "extension"
    REFUSAL = "refusal"
    ANSWER = "answer"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class NoSuchLetter(NotFound):
    """Nothing was decided in this case that this letter would tell."""

    code = "unknown_letter"


_REASONS: Mapping[Letter, Concerning] = {
    Letter.EXTENSION: Concerning.EXTENSION,
    Letter.REFUSAL: Concerning.REFUSAL,
    Letter.ANSWER: Concerning.ANSWER,
    Letter.CORRECTION: Concerning.CORRECTION,
    Letter.OBJECTION: Concerning.OBJECTION,
}


def letter(asker: Asker, request_id: UUID, kind: Letter, desk: Desk) -> Mapping[str, Any]:
    """What the letter says, for the person it is to and for the officer who sends it. Raises NoSuchRequest, NoSuchLetter."""
    row, case = own_case(asker, request_id, desk)
    told_on = _told_on(row, case, kind)
    if told_on is None:
        raise NoSuchLetter("kind")
    return {
        "kind": kind,
        "right": Right(row.right),
        "received_on": row.received_on,
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "told_on": told_on,
        "extended_because": row.extended_because,
        "refused": row.refused,
        "compelling": row.compelling,
        "against": list(row.against),
        "restricted": sorted({name for _, name in case.restricted}),
        "corrections": [
            {"compartment": each.compartment, "field": each.field, "state": each.state, "refused": each.refused}
            for each in desk.register.rows().where(CorrectionRow, request_id=request_id)
        ],
        "reasons": _reasons(asker, request_id, kind, desk),
    }


def _told_on(row: RequestRow, case: RightsCase, kind: Letter) -> Any:
    """The day of what the letter tells; None for a letter that this case has not come to."""
    decided = [wish.decided.on for wish in case.answering.wishes.values() if wish.decided is not None]
    return {
        Letter.ACKNOWLEDGEMENT: row.received_on,
        Letter.EXTENSION: row.extension_told_on,
        Letter.REFUSAL: row.refused_on,
        Letter.ANSWER: row.answered_on,
        Letter.CORRECTION: max(decided, default=None),
        Letter.RESTRICTION: row.completed_on if row.right == Right.RESTRICTION else None,
        Letter.OBJECTION: row.objection_decided_on,
    }[kind]


def _reasons(asker: Asker, request_id: UUID, kind: Letter, desk: Desk) -> list[str]:
    """The reasons in the words they were written in, opened for the person or for its officer."""
    concerning = _REASONS.get(kind)
    rows = desk.register.rows().where(RequestWords, request_id=request_id)
    found = [row for row in rows if concerning is not None and row.kind == concerning.value]
    standing = Standing(is_the_subject=True) if asker.role is Role.FAMILY else Standing(is_on_duty=True)
    opening = Opening(desk, asker.asks(desk, "rights"))
    for row in found:
        opening.ask(row.number, row.words, standing, record=request_id)
    answers = opening.open()
    return [answers[row.number] for row in found if not isinstance(answers[row.number], Absent | None)]
