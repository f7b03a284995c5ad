"""A family reads in Arabic whatever a command of its own can be refused with, and who looked at its data."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from adapters import family, fields
from adapters.endpoints import endpoint_of
from adapters.texts import TEXTS, told
from adapters.texts.arabic import ACTIONS, FIELDS, PURPOSES, REFUSALS, ROLES, WAITS_FOR
from adapters.texts.look_ups import ACTIONS as ALL_ACTIONS
from adapters.texts.look_ups import FIELDS as ALL_FIELDS
from adapters.texts.look_ups import PURPOSES as ALL_PURPOSES
from adapters.texts.look_ups import ROLES as ALL_ROLES
from adapters.texts.look_ups import look_up
from application import attendances, consents, courses, perform, rights
from application.answers import deciding
from application.reading import own_members
from domain.errors import Refusal
from gdpr.rights import Step
from tests.web.test_texts import placeholders

SERVED = (
    attendances.receive_cancellation, consents.withdraw_consent, courses.leave_course, rights.receive_request,
    deciding.collect_answer, deciding.collect, perform.perform, own_members.person_of,
)  # fmt: skip
"""What serves the commands of a family, and stands around each."""
ROOMS = ("domain", "gdpr", "application")


def refusals_of(function: Any, seen: set[Any]) -> Iterator[str]:
    """The codes of every refusal that is named in a function, or in what it names in turn, classes with their methods."""
    if function in seen or function.__module__.split(".")[0] not in ROOMS:
        return
    seen.add(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    around = vars(inspect.getmodule(function))
    for node in ast.walk(tree):
        named = None
        if isinstance(node, ast.Name):
            named = around.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = around.get(node.value.id)
            named = getattr(module, node.attr, None) if isinstance(module, ModuleType) else None
        if isinstance(named, type) and issubclass(named, Refusal):
            yield named.code
        elif isinstance(named, FunctionType):
            yield from refusals_of(named, seen)


def test_whatever_a_command_of_a_family_can_be_refused_with_is_said_in_arabic() -> None:
    seen: set[Any] = set()
    codes = {code for function in SERVED for code in refusals_of(function, seen)}
    assert {"not_own_data", "nothing_to_correct", "cpr_number_in_text", "unknown_consent", "stale_version"} <= codes
    assert codes <= TEXTS.keys()
    assert codes - REFUSALS.keys() == set()


def test_so_is_whatever_can_be_wrong_with_what_a_family_sends() -> None:
    shapes = [
        endpoint_of(one).body
        for one in (family.requests.ask_for, family.acts.withdraw_consent, family.acts.cannot_come)
    ]
    said = {
        code
        for shape in shapes
        if shape is not None
        for one in shape.fields.values()
        for code in one.error_messages.values()
    }
    assert {"field_missing", "choice_unknown"} <= said
    assert said | set(fields._CODES.values()) | set(fields.Sent.error_messages.values()) <= REFUSALS.keys()
    assert {"refused", "text_far_too_long", "list_too_long", "field_unreadable"} <= REFUSALS.keys()


def test_the_arabic_of_a_refusal_is_filled_in_with_the_same() -> None:
    for code, text in REFUSALS.items():
        assert code in TEXTS
        assert placeholders(text) <= placeholders(TEXTS[code].danish)
    assert told("text_too_long", "ar", {"limit": 4000}).count("4000") == 1
    assert told("unknown_lead_time", "ar", {}) == REFUSALS["refused"]
    assert told("identity_not_checked", "ar", {}) == TEXTS["identity_not_checked"].english, "no family meets it"


def test_whatever_can_stand_in_the_log_of_a_family_is_said_in_arabic_too() -> None:
    for arabic, all_of_them in (
        (ROLES, ALL_ROLES), (ACTIONS, ALL_ACTIONS), (PURPOSES, ALL_PURPOSES), (FIELDS, ALL_FIELDS),
    ):  # fmt: skip
        assert arabic.keys() == all_of_them.keys()
    assert WAITS_FOR.keys() == set(Step)
    said = look_up("volunteer", "read", "run_the_evening", ("given_name", "words"), own=False, language="ar")
    assert said == "متطوع: اطلاع على الاسم الأول، ما أُخبر به. الغرض: إقامة اللقاء."
    assert look_up("family", "read", "", (), own=True, language="ar") == "أنت: اطلاع على بيانات."
