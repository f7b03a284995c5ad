"""The words a consent is asked in are published once, in Danish first, and looked up when somebody answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from application.perform import Work, serves
from application.ports import Rows
from application.streams import WORDING
from application.views.organisation import WordingRow, WordingStates
from domain import wording as rules
from domain.asking import Wording, WordingNotInForce
from domain.errors import RuleBroken
from domain.lists import Purpose
from domain.people import Role
from domain.purposes import Data, Recipient
from domain.wording import Stated, all_of


class LanguageNotPublished(RuleBroken):
    """The wording is not published in this language; nobody consents in words that nobody has seen (INT-20)."""

    code = "wording_language_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWording:
    """Publish the words a consent is asked in, in a version and language (INT-20).

    What the words state of recipient, data and end is given where it is less than all the purpose reaches.
    """

    GIVEN_BY: ClassVar = frozenset({Role.SECRETARIAT})

    wording_id: UUID
    version: int
    language: str
    purpose: Purpose
    words: str
    recipient: Recipient | None = None
    data: tuple[Data, ...] | None = None
    days_after_course: int | None = None


@serves(PublishWording)
def publish_wording(command: PublishWording, work: Work) -> Mapping[str, Any]:
    most = all_of(command.purpose)
    stated = Stated(
        purpose=command.purpose,
        recipient=command.recipient or most.recipient,
        data=most.data if command.data is None else command.data,
        days_after_course=most.days_after_course if command.days_after_course is None else command.days_after_course,
    )
    facts = rules.publish(
        work.find(WORDING, command.wording_id),
        wording_id=command.wording_id,
        version=command.version,
        language=command.language,
        states=(stated,),
        words=command.words,
        today=work.desk.clock.today(),
    )
    work.record(command.wording_id, facts)
    return {"wording_id": str(command.wording_id), "version": work.version(command.wording_id)}


def published(rows: Rows, wording_id: UUID, version: int, language: str) -> Wording:
    """The wording somebody was asked in. Raises WordingNotInForce, LanguageNotPublished."""
    row = rows.get(WordingRow, wording_id=wording_id, version=version, language=language)
    if row is None:
        known = rows.where(WordingRow, wording_id=wording_id, version=version)
        raise LanguageNotPublished("language") if known else WordingNotInForce("wording_id")
    states = rows.where(WordingStates, wording_id=wording_id, version=version, language=language)
    return Wording(
        wording_id=row.wording_id,
        version=row.version,
        language=row.language,
        text_hash=row.text_hash,
        states=tuple(
            Stated(
                purpose=each.purpose,
                recipient=each.recipient,
                data=tuple(map(Data, each.data)),
                days_after_course=each.days_after_course,
            )
            for each in states
        ),
    )
