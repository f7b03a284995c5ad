"""The words a consent is asked in are published once, in versions and languages, and never edited."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.lists import Purpose
from domain.purposes import Data, Recipient
from domain.text import CprNumber, Empty, TooLong
from domain.wording import (
    LanguageUnreadable,
    NotInDanish,
    OnePurpose,
    StatesTooMuch,
    VersionIsPublished,
    WordingPublished,
    all_of,
    direction,
    publish,
)
from tests.phrases import TODAY, WORDING, published
from tests.spec import Then, given, quick

SMS = all_of(Purpose.SMS_REMINDERS)


def publishing(*past: WordingPublished, **said: Any) -> Then:
    form: dict[str, Any] = {
        "wording_id": WORDING, "version": 1, "language": "da", "states": (SMS,), "today": TODAY,
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


@pytest.mark.parametrize("other", [{"version": 2}, {"language": "ar"}])
def test_a_change_is_a_new_version_and_a_translation_stands_beside(other: dict[str, Any]) -> None:
    publishing(published(), **other).then(published(**other))
    publishing(published(), published(**other)).then_nothing()


def test_a_version_exists_in_danish_before_it_does_in_another_language() -> None:
    """SYS-07: the Danish is the one that is stored."""
    publishing(language="ar").then_refused(NotInDanish, field="language")
    publishing(published(), version=2, language="en").then_refused(NotInDanish, field="language")
    publishing(published(), published(version=2), version=2, language="en").then(published(version=2, language="en"))


def test_a_translation_states_what_the_danish_states() -> None:
    shorter = dataclasses.replace(all_of(Purpose.REUNION_INVITATION), days_after_course=30)
    danish = publishing(states=(all_of(Purpose.REUNION_INVITATION),)).facts
    publishing(*danish, language="en", states=(shorter,)).then_refused(VersionIsPublished, field="version")


@pytest.mark.parametrize(
    "purposes", [(), tuple(Purpose), (Purpose.PHOTO_OR_STORY,), (Purpose.SMS_REMINDERS, Purpose.PHOTO_OR_STORY)],
    ids=["none", "all", "another", "one more"],
)  # fmt: skip
def test_a_wording_asks_for_one_purpose_the_same_in_every_version(purposes: tuple[Purpose, ...]) -> None:
    """INT-07: what is asked together cannot be answered apart."""
    publishing(published(), version=2, states=tuple(map(all_of, purposes))).then_refused(OnePurpose, field="purpose")
    if len(purposes) != 1:
        publishing(states=tuple(map(all_of, purposes))).then_refused(OnePurpose, field="purpose")


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"recipient": Recipient.COORDINATOR}, "recipient"), ({"data": ()}, "data"),
        ({"data": (Data.TELEPHONE, Data.NOTE_PART)}, "data"), ({"days_after_course": 1}, "days_after_course"),
        ({"days_after_course": -1}, "days_after_course"),
    ],
)  # fmt: skip
def test_a_wording_states_no_more_than_its_purpose_reaches(stated: dict[str, Any], field: str) -> None:
    publishing(states=(dataclasses.replace(SMS, **stated),)).then_refused(StatesTooMuch, field=field)


@pytest.mark.parametrize("language", ["", "dansk", "da-dk", "DA", "d", "da-", "da\n", "ar_EG"])
def test_a_language_is_a_tag(language: str) -> None:
    publishing(published(), language=language).then_refused(LanguageUnreadable, field="language")


@pytest.mark.parametrize(
    ("language", "written"),
    [("da", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("az-Arab", "rtl"), ("ku-Latn", "ltr"), ("ckb", "rtl")],
)  # fmt: skip
def test_the_direction_of_a_text_follows_from_its_language(language: str, written: str) -> None:
    assert direction(language) == written


def test_a_wording_speaks_of_something() -> None:
    publishing(words=" ").then_refused(Empty, field="words")
    publishing(words="x" * 8001).then_refused(TooLong, field="words")
    publishing(words="Ring til 010203-1234").then_refused(CprNumber, field="words")


@quick
@any_of(st.sampled_from(Purpose), st.text("abcæøå \n", min_size=1).filter(str.strip))
def test_two_publications_of_the_same_words_are_the_same(purpose: Purpose, words: str) -> None:
    (first,) = publishing(states=(all_of(purpose),), words=words).facts

    assert isinstance(first, WordingPublished)
    assert first.text_hash == hashlib.sha256(first.words.encode()).hexdigest()
    assert first.purposes == (purpose,)
    publishing(first, states=(all_of(purpose),), words=words).then_nothing()
