"""A family reads its log in plain words: every role, action, purpose and field that can stand there has some."""

from __future__ import annotations

import re
from pathlib import Path

import adapters.wiring  # noqa: F401 - declares every fact
from adapters.texts.look_ups import ACTIONS, FIELDS, PURPOSES, ROLES, look_up
from application.reading.own_log import SHOWN
from domain.compartments import BREACH, CONSENT_PROOF, RIGHTS
from domain.facts import FACTS
from domain.people import Role

ROOT = Path(__file__).resolve().parents[2]
NO_LOOK_UP = {
    "audit", "consent_receipt", "log_in", "random_check", "recall_task", "retention", "rights", "breach", "release",
}  # fmt: skip
"""Purposes under which only the officer asks, or the person itself: the sentence says who and what without them."""


def test_every_field_that_is_personal_has_words() -> None:
    fields = {
        name
        for cls in FACTS.values()
        if cls.__module__.split(".")[0] in ("domain", "gdpr")
        for name, mark in cls.MARKS.personal.items()
        if mark.kept_in not in (RIGHTS, BREACH, CONSENT_PROOF)
    }
    assert fields <= FIELDS.keys()


def test_every_role_and_every_action_that_is_shown_has_words() -> None:
    assert {role.value for role in Role} <= ROLES.keys()
    assert set(SHOWN) == ACTIONS.keys()


def test_every_purpose_for_which_something_is_asked_has_words_or_needs_none() -> None:
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "application").rglob("*.py"))
    asked = set(re.findall(r'asks\([^)"]*"([a-z_]+)"', written))
    assert {"run_the_evening", "handle_referral"} <= asked
    assert asked - NO_LOOK_UP <= PURPOSES.keys()


def test_a_look_up_is_a_sentence() -> None:
    said = look_up(
        "volunteer", "read", "run_the_evening", ("given_name", "birth_month", "words"), own=False, language="da"
    )
    assert said == "En frivillig læste fornavn, fødselsmåned og det, der er fortalt for at holde klubaftenen."
    assert look_up("family", "read", "own_data", (), own=True, language="en") == "You read data to see your own data."
    refused = look_up("coordinator", "refused", "prepare_the_course", (), own=False, language="da")
    assert refused == "Koordinatoren prøvede at læse, men fik nej til oplysninger for at forberede forløbet."
