"""The words a consent is asked in: published in versions and languages, never edited, each for one purpose (INT-07, INT-20)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, assert_never
from uuid import UUID

from domain.errors import Invalid, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.lists import Purpose
from domain.purposes import DATA_OF, DAYS_AFTER_COURSE, RECIPIENT_OF, Data, Recipient
from domain.text import text

STORED_LANGUAGE = "da"
"""The language every wording exists in; it is the one that is stored, the others stand beside it (SYS-07)."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_FROM_THE_RIGHT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS_FROM_THE_RIGHT = frozenset({"Arab", "Hebr", "Nkoo", "Syrc", "Thaa"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a wording says of one purpose: who receives, which data, and how many days after the course it ends at most."""

    purpose: Purpose
    recipient: Recipient
    data: tuple[Data, ...]
    days_after_course: int


def all_of(purpose: Purpose) -> Stated:
    """Everything the purpose reaches, and as long as it may last."""
    return Stated(
        purpose=purpose,
        recipient=RECIPIENT_OF[purpose],
        data=DATA_OF[purpose],
        days_after_course=DAYS_AFTER_COURSE[purpose],
    )


def _stated_by_its_purposes(fields: dict[str, Any]) -> None:
    """Version 1 named purposes only; each stood for all that it reaches."""
    fields["states"] = [
        {
            "purpose": stated.purpose.value,
            "recipient": stated.recipient.value,
            "data": [data.value for data in stated.data],
            "days_after_course": stated.days_after_course,
        }
        for stated in map(all_of, map(Purpose, fields["purposes"]))
    ]


@fact("wording.published", _stated_by_its_purposes)
class WordingPublished(Fact):
    """A text in one language; `text_hash` is the SHA-256 of its UTF-8 bytes, in hex, to which consents are bound.

    `states` is the boundary of every consent that is asked in it.
    """

    wording_id: Annotated[UUID, CLEAR]
    version: Annotated[int, CLEAR]
    language: Annotated[str, CLEAR]
    purposes: Annotated[tuple[Purpose, ...], CLEAR]
    states: Annotated[tuple[Stated, ...], CLEAR]
    words: Annotated[str, CLEAR]
    text_hash: Annotated[str, CLEAR]
    published_on: Annotated[date, CLEAR]


WordingFact = WordingPublished


@dataclass(frozen=True, slots=True)
class Wording:
    purposes: frozenset[Purpose]
    hashes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    states: Mapping[int, tuple[Stated, ...]] = field(default_factory=dict)


def evolve(wording: Wording | None, happened: WordingFact) -> Wording:
    match happened:
        case WordingPublished():
            wording = wording or Wording(frozenset(happened.purposes))
            return replace(
                wording,
                hashes={**wording.hashes, (happened.version, happened.language): happened.text_hash},
                states={**wording.states, happened.version: happened.states},
            )
        case _:
            assert_never(happened)


class VersionIsPublished(RuleBroken):
    """A published text is never edited; publish a new version."""

    code = "wording_is_published"


class OnePurpose(Invalid):
    """A wording asks for one purpose, the same in every version: what is asked together is not answered freely."""

    code = "wording_of_one_purpose"


class StatesTooMuch(Invalid):
    """A wording states the purpose's own recipient, some of its data, and an end no later than the purpose's."""

    code = "wording_states_too_much"


class NotInDanish(RuleBroken):
    """A version is published in Danish first; another language says the same (SYS-07)."""

    code = "wording_not_in_danish"


class LanguageUnreadable(Invalid):
    """A language is a BCP 47 tag, such as da, ar or sr-Latn."""

    code = "language_unreadable"


def direction(language: str) -> str:
    """`rtl` for a language that is written from the right, by its script where the tag names one; else `ltr`."""
    first, _, rest = language.partition("-")
    script = rest.partition("-")[0]
    if len(script) == 4:
        return "rtl" if script in _SCRIPTS_FROM_THE_RIGHT else "ltr"
    return "rtl" if first in _FROM_THE_RIGHT else "ltr"


def publish(
    wording: Wording | None, *, wording_id: UUID, version: int, language: str, states: tuple[Stated, ...], words: str,
    today: date,
) -> list[WordingFact]:  # fmt: skip
    """Publish a version in a language. Silent when exactly this was published.

    Raises OnePurpose, StatesTooMuch, LanguageUnreadable, NotInDanish, VersionIsPublished and what `text` raises.
    """
    tidy = text(words, "words", limit=8000)
    text_hash = hashlib.sha256(tidy.encode()).hexdigest()
    if not _LANGUAGE.fullmatch(language):
        raise LanguageUnreadable("language")
    purposes = frozenset(stated.purpose for stated in states)
    if len(states) != 1 or (wording is not None and wording.purposes != purposes):
        raise OnePurpose("purpose")
    _refuse_too_much(states[0])
    if wording is not None and (version, language) in wording.hashes:
        if (wording.hashes[version, language], wording.states[version]) == (text_hash, states):
            return []
        raise VersionIsPublished("version")
    if language != STORED_LANGUAGE and (wording is None or (version, STORED_LANGUAGE) not in wording.hashes):
        raise NotInDanish("language")
    if wording is not None and wording.states.get(version, states) != states:
        raise VersionIsPublished("version")
    return [
        WordingPublished(
            wording_id=wording_id, version=version, language=language, purposes=tuple(sorted(purposes)), states=states,
            words=tidy, text_hash=text_hash, published_on=today,
        )
    ]  # fmt: skip


def _refuse_too_much(stated: Stated) -> None:
    most = all_of(stated.purpose)
    if stated.recipient is not most.recipient:
        raise StatesTooMuch("recipient")
    if not stated.data or not set(stated.data) <= set(most.data):
        raise StatesTooMuch("data")
    if not 0 <= stated.days_after_course <= most.days_after_course:
        raise StatesTooMuch("days_after_course")
