"""The words a consent is asked in: published in versions and languages, never edited, each for named purposes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.errors import Invalid, RuleBroken
from domain.facts import CLEAR, Fact, fact
from domain.lists import Purpose
from domain.text import text


@fact("wording.published")
class WordingPublished(Fact):
    """A text in one language; `text_hash` is the SHA-256 of its UTF-8 bytes, in hex, to which consents are bound."""

    wording_id: Annotated[UUID, CLEAR]
    version: Annotated[int, CLEAR]
    language: Annotated[str, CLEAR]
    purposes: Annotated[tuple[Purpose, ...], CLEAR]
    words: Annotated[str, CLEAR]
    text_hash: Annotated[str, CLEAR]
    published_on: Annotated[date, CLEAR]


WordingFact = WordingPublished


@dataclass(frozen=True, slots=True)
class Wording:
    purposes: frozenset[Purpose]
    hashes: dict[tuple[int, str], str] = field(default_factory=dict)


def evolve(wording: Wording | None, happened: WordingFact) -> Wording:
    match happened:
        case WordingPublished():
            wording = wording or Wording(frozenset(happened.purposes))
            version = {(happened.version, happened.language): happened.text_hash}
            return replace(wording, hashes=wording.hashes | version)
        case _:
            assert_never(happened)


class VersionIsPublished(RuleBroken):
    """A published text is never edited; publish a new version."""

    code = "wording_is_published"


class NoPurpose(Invalid):
    """A wording speaks of at least one purpose, the same in every version."""

    code = "wording_without_purpose"


def publish(
    wording: Wording | None,
    *,
    wording_id: UUID,
    version: int,
    language: str,
    purposes: frozenset[Purpose],
    words: str,
    today: date,
) -> list[WordingFact]:
    """Publish a version in a language. Silent when exactly this was published. Raises VersionIsPublished, NoPurpose."""
    tidy = text(words, "words", limit=8000)
    text_hash = hashlib.sha256(tidy.encode()).hexdigest()
    if not purposes or (wording is not None and wording.purposes != purposes):
        raise NoPurpose("purposes")
    if wording is not None and (version, language) in wording.hashes:
        if wording.hashes[version, language] == text_hash:
            return []
        raise VersionIsPublished("version")
    return [
        WordingPublished(
            wording_id=wording_id,
            version=version,
            language=language,
            purposes=tuple(sorted(purposes)),
            words=tidy,
            text_hash=text_hash,
            published_on=today,
        )
    ]
