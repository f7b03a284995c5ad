"""The questions that come along: one for each purpose and language, each says what a family must know before it answers."""

from __future__ import annotations

import re
import unicodedata

import pytest

from adapters.wordings import LANGUAGES, arabic, danish, english, wording_id, words
from domain.lists import Purpose
from domain.purposes import ABOUT_PARTS, DAYS_AFTER_COURSE
from domain.text import text
from domain.wording import STORED_LANGUAGE, direction

TEXTS = {"da": danish, "en": english, "ar": arabic}
EACH = [(purpose, language) for purpose in Purpose for language in LANGUAGES]


def test_there_is_one_wording_for_each_purpose_in_each_language_and_danish_comes_first() -> None:
    assert LANGUAGES[0] == STORED_LANGUAGE
    for language in LANGUAGES:
        assert TEXTS[language].WORDS.keys() == set(Purpose)
        assert len(set(TEXTS[language].WORDS.values())) == len(Purpose)
    assert len({wording_id(purpose) for purpose in Purpose}) == len(Purpose)
    assert [direction(language) for language in LANGUAGES] == ["ltr", "ltr", "rtl"]


@pytest.mark.parametrize(("purpose", "language"), EACH)
def test_each_is_one_question_that_can_be_published_as_it_is(purpose: Purpose, language: str) -> None:
    told = words(purpose, language)
    assert text(told, "words", limit=8000) == told
    question = TEXTS[language].WORDS[purpose]
    assert question.count("?") + question.count("؟") == 1, "one thing is asked"
    assert told.endswith(TEXTS[language].FREELY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_that_it_is_free_may_be_taken_back_and_what_cannot_be_undone(language: str) -> None:
    wanted = {
        "da": ("plads", "tage dit ja tilbage", "ulæst", "forældremyndighed", "Datatilsynet"),
        "en": ("your place", "take your yes back", "unread", "custody", "Datatilsynet"),
        "ar": ("مكانكم", "سحب موافقتك", "محوه", "الحضانة", "Datatilsynet"),
    }
    assert [word for word in wanted[language] if word not in TEXTS[language].FREELY] == []


@pytest.mark.parametrize("purpose", list(Purpose))
def test_each_says_how_long_and_a_part_of_the_note_that_it_may_be_confidential(purpose: Purpose) -> None:
    ends = {0: ("forløbet slutter", "dette forløb"), 30: ("en måned",), 183: ("et halvt år",), 365: ("et år",)}
    assert any(word in danish.WORDS[purpose] for word in ends[DAYS_AFTER_COURSE[purpose]])
    if purpose in ABOUT_PARTS - {Purpose.ANONYMOUS_THEMES} or purpose is Purpose.CARRY_OVER:
        assert "fortrolige" in danish.WORDS[purpose]
        assert "confidential" in english.WORDS[purpose]
        assert "سرية" in arabic.WORDS[purpose]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_arabic_is_arabic(purpose: Purpose) -> None:
    letters = [letter for letter in words(purpose, "ar") if letter.isalpha()]
    arabic_letters = sum(unicodedata.name(letter).startswith("ARABIC") for letter in letters)
    assert arabic_letters > 0.9 * len(letters)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_sentences_are_short_enough_to_be_read_aloud(language: str) -> None:
    """LIX counts words per sentence and the share of words of more than six letters; under 40 reads easily."""
    for purpose in Purpose:
        said = words(purpose, language)
        found = re.findall(r"\w+", said)
        sentences = len(re.findall(r"[.:!?](?:\s|$)", said))
        lix = len(found) / sentences + 100 * sum(len(word) > 6 for word in found) / len(found)
        assert lix < 40, (purpose, round(lix))
