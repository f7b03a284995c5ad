"""The record of processing says what the code does: every field, every reader, every period, and nothing by hand (Art. 30)."""

from __future__ import annotations

import importlib
import json
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import domain
import gdpr
from adapters.letters.breach_register import _CHOICES, breach_register
from adapters.letters.processing_record import processing_record
from adapters.wiring import RealmSettings, Settings, embedded, running_of
from application.records import annex, evidence, flows
from domain import catalogue
from domain.compartments import RealmKind, held_in
from domain.facts import Fact
from gdpr.breach import Reporting
from gdpr.breach_facts import Affected, Nature, NotToldBecause, Risk, WayTold
from gdpr.controller import Controller
from gdpr.policy import MAY_SEE
from gdpr.processing_record import DECLARED, Record, Running, as_plain, declared_by_the_house, record
from gdpr.promises import PROMISES
from gdpr.retention import NOTE, Span, changed
from tests.phrases import TODAY

TESTS = Path(__file__).resolve().parents[1]
HOUSE = embedded(Path("data"), {"red-barnet": RealmKind.RED_BARNET, "kommune-0376": RealmKind.MUNICIPALITY})
CLUB, TOWN = HOUSE.realms


def running(realm: RealmSettings = CLUB, whole: Settings = HOUSE) -> Running:
    return running_of(realm, whole)


def recorded(realm: RealmSettings = CLUB) -> Record:
    return record(running(realm), flows())


@pytest.mark.parametrize("realm", [CLUB, TOWN], ids=lambda realm: realm.name)
def test_every_compartment_every_reader_and_every_field_of_a_controller_is_in_its_record(realm: RealmSettings) -> None:
    made = recorded(realm)
    held = list(held_in(realm.kind))
    assert [each.compartment for each in made.activities] == [each.name for each in held]
    assert sum(len(each.readers) for each in made.activities) == sum(of in held for _, of in MAY_SEE)
    marked = {
        f"{cls.TOPIC}.{name}"
        for cls in declared_by_the_house()
        for name, mark in cls.MARKS.personal.items()
        if mark.kept_in in held
    }
    beside_the_events = {"draft.form"} if realm is TOWN else set()
    assert {name for each in made.activities for name in each.fields} == marked | beside_the_events
    assert all(each.persons for each in made.activities if each.fields)
    assert json.dumps(as_plain(made))


def test_every_module_that_declares_facts_is_known_to_the_record_before_anybody_else_imports_it() -> None:
    rooms = [
        found.name for room in (domain, gdpr) for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}.")
    ]
    declaring = {name for name in rooms if name != "domain.facts" and _declares_facts(importlib.import_module(name))}
    known = {module.__name__ for module in (*DECLARED, *catalogue.AGGREGATES)}
    assert len(declaring) > 12
    assert declaring <= known


def _declares_facts(module: ModuleType) -> bool:
    kinds = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Fact)]
    return any(kind.__module__ == module.__name__ for kind in kinds)


def test_a_period_that_the_controller_set_is_the_one_in_the_record() -> None:
    set_by = changed(NOTE, Span(days=3), reason="Vi har talt om det", owner="Landschefen", kind=RealmKind.RED_BARNET)
    own = RealmSettings(
        CLUB.name, CLUB.kind, CLUB.register, CLUB.keys, CLUB.log, CLUB.key_folder, CLUB.ledger, retention={NOTE: set_by}
    )
    note = next(each for each in recorded(own).activities if each.compartment == "note")
    assert note.kept.startswith("3 days after ")
    assert (note.kept_because, note.kept_decided_by) == ("Vi har talt om det", "Landschefen")
    assert "3 days after" in "\n".join(annex(running(own)))


def test_the_hand_over_is_the_one_disclosure_with_personal_data_and_names_what_arrives() -> None:
    carrying = [flow for flow in recorded(TOWN).flows if flow.compartments_to]
    assert [flow.name for flow in carrying] == ["hand-over of a family"]
    assert set(carrying[0].compartments_from) == {"municipal_contact", "municipal_telephone"}
    assert set(carrying[0].compartments_to) == {"roster", "ages", "contact", "language", "club_telephone"}
    assert not {"case_file", "note"} & {name for flow in carrying for name in flow.compartments_from}


def test_the_record_says_what_is_not_said_and_how_the_keys_lie() -> None:
    plain = as_plain(recorded())
    assert plain["a_controller"]["unsaid"] == ["identifier", "address", "contact", "officer"]
    assert plain["a_controller"]["other_controllers"] == ["kommune-0376"]
    assert any("never for real families" in measure for measure in plain["g_measures"])
    assert plain["e_transfers"] == []
    printed = processing_record(plain, TODAY)
    assert "not said in the settings" in str(printed)
    assert [section.heading for section in printed.sections][1:3] == ["roster", "ages"]


def test_each_promise_names_tests_that_exist() -> None:
    named = [test for promise in PROMISES for test in promise.tests]
    assert len(named) > 15
    assert [test for test in named if not (TESTS / test).is_file()] == []
    assert len(list(evidence())) == len(PROMISES) + 2


def test_every_choice_of_a_breach_has_words_and_an_empty_register_says_so() -> None:
    choices = {each for kind in (Nature, Affected, Risk, WayTold, NotToldBecause, Reporting) for each in kind}
    assert choices == set(_CHOICES)
    empty = [breach_register([], Controller("Red Barnet"), TODAY, language) for language in ("da", "en")]
    assert [page.sections for page in empty] == [(), ()]
    assert empty[0].opening != empty[1].opening
