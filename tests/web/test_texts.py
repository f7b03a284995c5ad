"""Every refusal says in Danish and in English what is the matter, and nothing of what was typed in."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import adapters
import application
import domain
import gdpr
from adapters import fields, problems
from adapters.labels import LABELS, LISTED
from adapters.texts import HEADINGS, STAGES, TEXTS, told
from domain.course import CourseState
from domain.errors import Refusal
from domain.lists import VULNERABILITY
from domain.referral import Stage

ROOMS = (domain, gdpr, application)
FACTS = {"limit", "state", "stage"}
"""What a text may have in it: numbers and stages. Whoever adds one here sees to it that it is nobody's."""


def refusals() -> set[type[Refusal]]:
    for room in ROOMS:
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    importlib.import_module("adapters.audience")
    return set(_below(Refusal))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for inner in kind.__subclasses__():
        yield from _below(inner)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_of_a_refusal_has_both_texts() -> None:
    codes = {kind.code for kind in refusals()}
    assert len(codes) > 60
    assert codes <= set(TEXTS)


def test_so_has_every_code_that_the_api_itself_answers_with() -> None:
    assert {*problems._FAULTS.values(), *problems._BY_STATUS.values()} <= set(TEXTS)
    assert {*fields._CODES.values(), *fields.Sent.error_messages.values(), "field_unreadable"} <= set(TEXTS)


def test_so_has_every_code_that_a_schema_answers_with() -> None:
    said = set()
    for module in pkgutil.walk_packages(adapters.__path__, "adapters."):
        if module.name.startswith("adapters.demo"):
            continue
        spec = importlib.util.find_spec(module.name)
        assert spec is not None
        assert spec.origin is not None
        for node in ast.walk(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "error" and isinstance(node.value, ast.Constant):
                said.add(node.value.value)
            if isinstance(node, ast.keyword) and node.arg == "error_messages" and isinstance(node.value, ast.Dict):
                said |= {value.value for value in node.value.values if isinstance(value, ast.Constant)}
    assert "number_out_of_range" in said
    assert said <= set(TEXTS)


def test_no_text_stands_there_that_nobody_uses() -> None:
    sources = [
        path.read_text(encoding="utf-8") for room in (*ROOMS, adapters) for path in Path(room.__path__[0]).rglob("*.py")
    ]
    for code in TEXTS:
        assert sum(source.count(f'"{code}"') for source in sources) > 1, code


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_is_a_sentence_in_two_languages_with_nothing_but_numbers_and_stages_in_it(code: str) -> None:
    words = TEXTS[code]
    for text in (words.danish, words.english):
        assert text[0].isupper()
        assert text[-1] == "."
        assert placeholders(text) <= FACTS
    assert words.danish != words.english
    assert placeholders(words.danish) == placeholders(words.english)


def test_whoever_raises_a_refusal_gives_the_facts_its_text_needs() -> None:
    needed = {kind.__name__: placeholders(TEXTS[kind.code].danish) for kind in refusals()}
    checked = 0
    for room in ROOMS:
        for path in Path(room.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Raise) or node.exc is None:
                    continue
                call = node.exc
                name = call.func if isinstance(call, ast.Call) else call
                facts = {keyword.arg for keyword in call.keywords} if isinstance(call, ast.Call) else set()
                if isinstance(name, ast.Name) and needed.get(name.id):
                    checked += 1
                    assert needed[name.id] <= facts, f"{path.name}:{node.lineno}"
    assert checked >= 3


def test_a_stage_is_said_in_words_and_a_number_as_it_is() -> None:
    assert (
        told("referral_in_other_stage", "da", {"stage": "handed_over"})
        == "Det kan ikke gøres nu, for henvisningen er overdraget til klublederen."
    )
    assert told("course_in_other_state", "en", {"state": "running"}).endswith("because the course is running.")
    assert "80 tegn" in told("text_too_long", "da", {"limit": 80})


def test_a_text_fact_that_is_no_stage_is_never_said() -> None:
    assert "Opdigtsen" not in told("referral_in_other_stage", "da", {"stage": "Opdigtsen"})


def test_every_stage_has_words() -> None:
    assert {*map(str, Stage), *map(str, CourseState)} == set(STAGES)


def test_every_status_has_a_heading_in_both_languages() -> None:
    answered = {status for _, status in problems._STATUS} | set(problems._BY_STATUS) | {412}
    assert answered <= set(HEADINGS)
    assert all(words.danish != words.english for words in HEADINGS.values())


def test_every_entry_of_a_list_has_words() -> None:
    for name, kind in LISTED.items():
        assert set(LABELS[name]) == set(kind), name
    assert set(LABELS["vulnerability"]) == set(VULNERABILITY)
    for kind_of_vulnerability, factors in VULNERABILITY.items():
        assert tuple(LABELS[kind_of_vulnerability]) == factors
