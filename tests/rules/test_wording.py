"""The words a consent is asked in are published once, in versions and languages, and never edited."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.lists import Purpose
from domain.text import CprNumber, Empty, TooLong
from domain.wording import NoPurpose, VersionIsPublished, WordingPublished, publish
from tests.phrases import TODAY, WORDING, published
from tests.spec import Then, given, quick

SMS = frozenset({Purpose.SMS_REMINDERS})


def publishing(*past: WordingPublished, **said: Any) -> Then:
    form: dict[str, Any] = {
        "wording_id": WORDING, "version": 1, "language": "da", "purposes": SMS, "today": TODAY,
        "words": "Må vi sende dig en sms før hver klubaften?",
    }  # fmt: skip
    return given(past).when(publish, **(form | said))


def test_a_wording_is_published_with_the_hash_of_its_words() -> None:
    publishing().then(published())


def test_what_was_published_is_not_published_again() -> None:
    publishing(published()).then_nothing()
    publishing(published(), words="  Må vi sende dig en sms før hver klubaften?\n").then_nothing()


def test_a_published_text_is_never_edited() -> None:
    publishing(published(), words="Må vi sende dig en sms?").then_refused(VersionIsPublished, field="version")


@pytest.mark.parametrize("other", [{"version": 2}, {"language": "ar"}, {"version": 2, "language": "en"}])
def test_a_change_is_a_new_version_and_a_translation_stands_beside(other: dict[str, Any]) -> None:
    publishing(published(), **other).then(published(**other))
    publishing(published(), published(**other)).then_nothing()


@pytest.mark.parametrize(
    "purposes", [frozenset(), frozenset(Purpose), frozenset({Purpose.PHOTO_OR_STORY})], ids=["none", "all", "another"]
)
def test_a_wording_speaks_of_the_same_purposes_in_every_version(purposes: frozenset[Purpose]) -> None:
    publishing(published(), version=2, purposes=purposes).then_refused(NoPurpose, field="purposes")
    publishing(published(), purposes=purposes).then_refused(NoPurpose, field="purposes")


def test_a_wording_speaks_of_something() -> None:
    publishing(purposes=frozenset()).then_refused(NoPurpose, field="purposes")
    publishing(words=" ").then_refused(Empty, field="words")
    publishing(words="x" * 8001).then_refused(TooLong, field="words")
    publishing(words="Ring til 010203-1234").then_refused(CprNumber, field="words")


@quick
@any_of(st.frozensets(st.sampled_from(Purpose), min_size=1), st.text("abcæøå \n", min_size=1).filter(str.strip))
def test_two_publications_of_the_same_words_are_the_same(purposes: frozenset[Purpose], words: str) -> None:
    (first,) = publishing(purposes=purposes, words=words).facts

    assert isinstance(first, WordingPublished)
    assert first.text_hash == hashlib.sha256(first.words.encode()).hexdigest()
    assert set(first.purposes) == purposes
    assert list(first.purposes) == sorted(first.purposes)
    publishing(first, purposes=purposes, words=words).then_nothing()
