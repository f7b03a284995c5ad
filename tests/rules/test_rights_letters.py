"""Whatever an answer or a decision holds has words in Danish, English and Arabic, and every letter says how to complain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adapters.letters.answer_values import label, value
from adapters.letters.answer_words import (
    AFTER,
    BASES,
    CAME,
    HOLDS,
    KINDS,
    PARTS,
    PURPOSES,
    READERS,
    RIGHTS,
    SOURCES,
    THEMES,
)
from adapters.letters.requests import TITLES, request_letter
from adapters.letters.said import LANGUAGES
from application.answers.letters import Letter
from application.answers.sources import Source
from application.documents import Facts, Paragraph, Quote
from application.recipients import TOLD_ROLES
from domain.compartments import BREACH, COMPARTMENTS, DRAFT, RECEIVING, STAFF_FILE, VOLUNTEER_FILE, Basis
from domain.facts import FACTS
from domain.lists import Attendance, PartKind, Theme
from gdpr.answering_facts import CompellingGround, CorrectionRefused
from gdpr.controller import Controller
from gdpr.retention_facts import HoldGround
from gdpr.rights_facts import ExtendedBecause, RefusedBecause, Right

OF_FAMILIES = set(COMPARTMENTS) - {STAFF_FILE, VOLUNTEER_FILE, BREACH, RECEIVING, DRAFT}
FIELDS = sorted(
    {
        field
        for topic, kind in FACTS.items()
        if kind.__module__.split(".")[0] in ("domain", "gdpr")
        for field, mark in kind.MARKS.personal.items()
        if mark.kept_in in OF_FAMILIES
    }
    - {"nonce"}
)
"""All but the number an officer's random check is bound by, which is about nobody of a family."""
TOLD: dict[str, Any] = {
    "right": Right.ACCESS, "received_on": date(2027, 5, 12), "due_on": date(2027, 8, 12), "first_due_on": date(2027, 6, 14),
    "told_on": date(2027, 5, 20), "extended_because": ExtendedBecause.COMPLEXITY, "refused": RefusedBecause.EXCESSIVE,
    "compelling": CompellingGround.LEGAL_CLAIMS, "against": ["case_file"], "restricted": ["note"], "reasons": ["Derfor"],
    "corrections": [{"compartment": "roster", "field": "given_name", "state": "made", "refused": None}],
}  # fmt: skip


def test_every_kind_of_data_about_families_has_a_name_a_purpose_a_basis_and_a_period_in_words() -> None:
    assert {each.name for each in OF_FAMILIES} == KINDS.keys() == PURPOSES.keys()
    assert set(BASES) == set(Basis)
    assert {each.kept_from for each in OF_FAMILIES} <= AFTER.keys()


def test_every_choice_an_answer_can_hold_has_words() -> None:
    for words, choices in (
        (RIGHTS, Right), (SOURCES, Source), (PARTS, PartKind), (THEMES, Theme), (CAME, Attendance), (HOLDS, HoldGround),
    ):  # fmt: skip
        assert set(words) == set(choices)
    assert set(TOLD_ROLES) <= READERS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_every_field_that_can_be_told_has_a_name(field: str, language: str) -> None:
    assert label(field, language)[0] not in "_abcdefghijklmnopqrstuvwxyz"


def test_values_are_written_as_people_read_them() -> None:
    assert value("birth_month", "2023-04", "da") == "april 2023"
    assert value("factors", ["substance_misuse"], "da") == "Misbrug"
    assert value("needs_translation", True, "en") == "Yes"
    assert value("given_name", {"erased": True}, "da") == "(slettet)"
    assert value("words", "at_risk, står der", "da") == "at_risk, står der", "what was said stays as it was said"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Letter)
def test_every_letter_names_the_decision_the_authority_and_the_court(kind: Letter, language: str) -> None:
    letter = request_letter({**TOLD, "kind": kind}, Controller("Strandby Kommune"), language=language)

    assert letter.title == TITLES[kind].in_(language)
    last = letter.sections[-1].blocks
    assert any(isinstance(block, Facts) and "Datatilsynet" in str(block.facts) for block in last)
    court = {"da": "domstol", "en": "court", "ar": "المحكمة"}[language]
    assert any(isinstance(block, Paragraph) and court in block.text for block in last)
    assert any(
        isinstance(block, Quote) and block.words == "Derfor" for section in letter.sections for block in section.blocks
    )


@pytest.mark.parametrize("ground", RefusedBecause)
def test_every_ground_of_a_refusal_is_said_and_that_it_is_this_controllers_alone(ground: RefusedBecause) -> None:
    told = {**TOLD, "kind": Letter.REFUSAL, "refused": ground}
    _, why, only_here = request_letter(told, Controller("Strandby Kommune")).opening

    assert isinstance(why, Paragraph)
    assert isinstance(only_here, Paragraph)
    assert "kun hos os" in only_here.text


@pytest.mark.parametrize("refused", CorrectionRefused)
def test_a_correction_that_is_not_made_is_told_with_its_ground(refused: CorrectionRefused) -> None:
    line = {"compartment": "note", "field": "words", "state": "refused", "refused": refused}
    letter = request_letter({**TOLD, "kind": Letter.CORRECTION, "corrections": [line]}, Controller("Red Barnet"))

    assert "Det, der er fortalt (Det, du har fortalt klublederen):" in str(letter.sections[0].blocks)
