"""Questions and answers as leaders and families are shown them: the published words, and where each answer stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.desk import Asker, Desk
from application.views.consents import ConsentRow
from application.views.organisation import WordingRow, WordingStates
from domain.wording import direction


def wordings(asker: Asker, desk: Desk) -> list[Mapping[str, Any]]:
    """The published wordings with what they state, newest versions last, to be read aloud (INT-20)."""
    rows = desk.register.rows()
    stated = {(each.wording_id, each.version, each.language): each for each in rows.where(WordingStates)}
    return [_wording(row, stated[row.wording_id, row.version, row.language]) for row in rows.where(WordingRow)]


def _wording(row: WordingRow, states: WordingStates) -> Mapping[str, Any]:
    return {
        "wording_id": row.wording_id,
        "version": row.version,
        "language": row.language,
        "direction": direction(row.language),
        "purposes": list(row.purposes),
        "recipient": states.recipient,
        "data": list(states.data),
        "days_after_course": states.days_after_course,
        "words": row.words,
        "text_hash": row.text_hash,
    }


def consent_line(row: ConsentRow, desk: Desk) -> Mapping[str, Any]:
    return {
        "consent_id": row.consent_id,
        "person_id": row.person_id,
        "on_behalf_of": list(row.on_behalf_of),
        "purpose": row.purpose,
        "recipient": row.recipient,
        "part_id": row.part_id,
        "edition": row.edition,
        "data": list(row.data),
        "answer": row.answer,
        "state": row.state(desk.clock.today()),
        "renews": row.renews,
        "answered_on": row.answered_on,
        "until": row.until,
        "ended_on": row.ended_on,
        "withdrawn": row.withdrawn,
        "in_force": row.in_force(desk.clock.today()),
        "way": row.way,
        "language": row.language,
        "direction": direction(row.language) if row.language is not None else None,
        "wording_id": row.wording_id,
        "wording_version": row.wording_version,
        "wording_hash": row.wording_hash,
        "translated": row.translated,
    }
