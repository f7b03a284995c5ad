"""Every text of the pages is Danish where it stands, and said in the languages that its readers may need."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from jinja2 import Environment

from adapters.web import words

TEMPLATES = sorted(words.HERE.rglob("*.html"))
NEEDS_NO_WORDS = frozenset({"Tillid"})
SPOKEN = ("alt", "aria-label", "placeholder", "title")
"""Attributes that are read to people."""
CATALOGUES = [(part, language) for part in words.parts() for language in words.languages_of(part)]


def unwrapped(source: str) -> list[str]:
    """The texts of a template that stand in it as they are, outside of what is translated."""
    written = "".join(
        text if kind == "data" else "\x00"
        for _, kind, text in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(source)
        if kind in ("data", "variable_begin", "block_begin")
    )
    attributes = re.findall(rf'\b(?:{"|".join(SPOKEN)})="([^"]*)"', written)
    bare = re.sub(r"""<!--.*?-->|<[^>]*>|[\w-]+="[^"<>]*"?""", "\n", written, flags=re.S)
    texts = [text.strip(" –·") for text in [*re.split(r"[\n\x00]", bare), *attributes]]
    return [text for text in map(unescape, texts) if re.search(r"[^\W\d_]{2}", text) and text not in NEEDS_NO_WORDS]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(words.HERE)))
def test_no_template_holds_a_text_that_cannot_be_translated(template: Path) -> None:
    assert unwrapped(template.read_text(encoding="utf-8")) == []


def test_a_text_that_stands_as_it_is_would_be_found() -> None:
    assert unwrapped('<p title="Luk vinduet">Hej {{ name }}, velkommen</p>{{ _("Ja") }}') == [
        "Hej",
        ", velkommen",
        "Luk vinduet",
    ]
    assert unwrapped('{% macro m() %} aria-invalid="true"{% endmacro %}<h1>– Tillid</h1>') == []


@pytest.mark.parametrize(("part", "language"), CATALOGUES)
def test_every_text_is_translated(part: str, language: str) -> None:
    known = words.read_catalogue(part, language)
    missing = []
    for text in words.texts_of(part):
        one = text if isinstance(text, str) else text[0]
        message = known.get(one)
        said = () if message is None else message.string if isinstance(message.string, tuple) else (message.string,)
        if not said or not all(said) or (message is not None and message.fuzzy):
            missing.append(one)
    assert missing == []


@pytest.mark.parametrize(("part", "language"), CATALOGUES)
def test_no_translation_lost_what_it_is_filled_in_with_and_none_is_left_over(part: str, language: str) -> None:
    texts = {text if isinstance(text, str) else text[0] for text in words.texts_of(part)}
    for message in words.read_catalogue(part, language):
        if not message.id or not message.string or not all(message.string):
            continue
        one, said = (
            (message.id, message.string) if isinstance(message.id, str) else (message.id[-1], message.string[-1])
        )
        assert (message.id if isinstance(message.id, str) else message.id[0]) in texts
        assert sorted(re.findall(r"%\(\w+\)[sd]", one)) == sorted(re.findall(r"%\(\w+\)[sd]", said)), one


def test_days_months_and_moments_are_said_as_people_say_them() -> None:
    assert words.day("2026-10-02", "da") == "2. oktober 2026"
    assert words.day("2026-10-02", "en") == "2 October 2026"
    assert words.month("2023-05", "da") == "maj 2023"
    assert words.moment("2026-03-29T00:30:00+00:00", "da") == "29. mar. 2026 01.30"
    assert words.moment("2026-07-01T12:00:00+00:00", "en") == "1 Jul 2026 14:00"
    assert words.day(None, "da") == words.moment(None, "da") == words.month(None, "da") == ""
