"""Every fact is in the catalogue, in its aggregate's evolve and in a test; so is every decision and every refusal."""

from __future__ import annotations

import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

import domain
from domain import catalogue
from domain.errors import Invalid, NotFound, Refusal, RuleBroken
from domain.facts import FACTS, UPCASTS, Fact

RULES = Path(__file__).resolve().parents[1] / "rules"
ROOM = [import_module(found.name) for found in pkgutil.iter_modules(domain.__path__, "domain.")]
UNIONS = [typing.get_type_hints(module.evolve)["happened"] for module in catalogue.AGGREGATES]
ANSWERS = [list[union] for union in UNIONS]  # type: ignore[valid-type]
GENERAL = {Refusal, RuleBroken, NotFound, Invalid}


def _defined_in(module: ModuleType, kind: type) -> Iterator[Any]:
    return (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, kind) and thing.__module__ == module.__name__
    )


def _facts_of(module: ModuleType) -> set[type[Fact]]:
    return set(_defined_in(module, Fact)) - {Fact}


def _decisions_of(module: ModuleType) -> list[FunctionType]:
    """The public functions that answer with facts; some stand in a file of their own, beside their aggregate."""
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and typing.get_type_hints(function).get("return") in ANSWERS
    ]


def _refusals() -> list[type[Refusal]]:
    return [refusal for module in ROOM for refusal in _defined_in(module, Refusal) if refusal not in GENERAL]


def test_every_fact_of_the_domain_is_in_the_catalogue() -> None:
    declared = {kind for module in ROOM for kind in _facts_of(module)}

    assert len(declared) > 40
    assert set(catalogue.facts()) == declared
    assert declared <= set(FACTS.values())


def test_every_module_that_evolves_is_an_aggregate_of_the_catalogue() -> None:
    assert {module.__name__ for module in ROOM if hasattr(module, "evolve")} == {
        aggregate.__name__ for aggregate in catalogue.AGGREGATES
    }


def test_the_facts_come_in_the_order_of_their_topics() -> None:
    topics = [kind.TOPIC for kind in catalogue.facts()]

    assert topics == sorted(set(topics))


@pytest.mark.parametrize("aggregate", catalogue.AGGREGATES, ids=lambda module: module.__name__)
def test_an_aggregate_lives_through_each_of_its_facts_and_no_other(aggregate: ModuleType) -> None:
    happened = typing.get_type_hints(aggregate.evolve)["happened"]

    assert set(typing.get_args(happened) or [happened]) == _facts_of(aggregate)


def test_a_topic_names_its_aggregate_and_what_happened() -> None:
    for kind in catalogue.facts():
        aggregate, _, happened = kind.TOPIC.partition(".")
        assert kind.__module__ == f"domain.{aggregate}"
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", happened)


def test_every_fact_can_be_read_in_its_newest_version() -> None:
    for kind in catalogue.facts():
        assert len(UPCASTS[kind.TOPIC]) == kind.VERSION - 1


def test_every_field_of_every_fact_is_marked_and_every_mark_holds() -> None:
    for kind in catalogue.facts():
        marks = kind.MARKS
        fields = set(getattr(kind, "__dataclass_fields__", {}))
        assert marks.clear.keys() | marks.personal.keys() == fields, kind
        assert not marks.clear.keys() & marks.personal.keys(), kind
        assert marks.value_types.keys() == marks.personal.keys()
        for field, mark in marks.personal.items():
            assert mark.about in marks.clear, (kind, field)
            assert (mark.under in marks.clear) == mark.kept_in.scoped, (kind, field)


def test_the_personal_fields_are_those_of_the_marks() -> None:
    listed = {(kind.TOPIC, field) for kind, field, _ in catalogue.personal_fields()}

    assert listed == {(kind.TOPIC, field) for kind in catalogue.facts() for field in kind.MARKS.personal}
    assert ("introduction.statement_written", "words") in listed


@pytest.mark.parametrize("refusal", _refusals(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_a_refusal_has_a_code_and_says_what_the_state_of_affairs_is(refusal: type[Refusal]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", refusal.__dict__["code"])
    assert refusal.__doc__
    assert refusal.__doc__.endswith(".")


def test_one_code_means_one_thing_within_an_aggregate() -> None:
    for module in ROOM:
        codes = [refusal.code for refusal in _defined_in(module, Refusal)]
        assert len(codes) == len(set(codes)), module


# Whether a test speaks of it. The words are looked for in the rules; those of this file do not count.

TOLD = "\n".join(path.read_text("utf-8") for path in sorted(RULES.glob("test_*.py")))


def _is_told(name: str) -> bool:
    return re.search(rf"\b{name}\b", TOLD) is not None


def test_the_search_finds_what_is_there_and_nothing_else() -> None:
    assert _is_told("ConsentWithdrawn")
    assert not _is_told("Consent" + "Forgotten")


def test_every_decision_has_a_test() -> None:
    decisions = [decision for module in ROOM for decision in _decisions_of(module)]

    assert {"register_family", "take_in", "plan_evening"} <= {decision.__name__ for decision in decisions}
    assert len(decisions) > 50
    assert [f"{one.__module__}.{one.__name__}" for one in decisions if not _is_told(one.__name__)] == []


def test_every_refusal_has_a_test() -> None:
    assert len(_refusals()) > 30
    assert [refusal.__name__ for refusal in _refusals() if not _is_told(refusal.__name__)] == []
