"""The record of processing activities of one controller, made from what runs: compartments, marks, policy, clocks (Art. 30).

Nothing here is a list of its own: a field that is added is in the record, a reader that is taken out of the policy is out
of it, a period that the controller sets is the one it names. What the register cannot know (processors, the machine it
runs on) comes in as `Running`, from the settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import gdpr
from domain import catalogue
from domain.compartments import BREACH, DRAFT, RECEIVING, Compartment, RealmKind, held_in
from domain.facts import FACTS, Fact
from gdpr import answering_facts, breach_facts, checks_facts, release_facts, retention_facts, rights_facts
from gdpr.controller import Controller
from gdpr.policy import MAY_SEE, Level
from gdpr.retention import Clock, in_words, period_of

DECLARED: tuple[ModuleType, ...] = (
    catalogue, answering_facts, breach_facts, checks_facts, release_facts, retention_facts, rights_facts,
)  # fmt: skip
"""The modules that declare facts; a test finds one that is missing."""
_ROOMS = ("domain", gdpr.__name__)
_PERSONS = {
    "PersonId": "adults and children of the families",
    "SubjectId": "adults and children of the families",
    "FamilyId": "households of the families",
    "ActorId": "volunteers and staff who use the register",
    "UUID": "whoever asks for a right; words about a look-up or a reader",
}
"""Whom a mark is about, by the kind of id it names."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may open a compartment, with whose it is or as a group, and on which condition of the policy."""

    role: str
    as_group: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One compartment: purpose (30(1)(b)), whose data and which (c), who is shown them (d), how long they are kept (f)."""

    compartment: str
    purpose: str
    basis: str
    special: bool
    persons: tuple[str, ...]
    fields: tuple[str, ...]
    readers: tuple[Reader, ...]
    kept: str
    kept_because: str
    kept_decided_by: str
    keys: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What leaves a realm for another controller: what, on which ground, and how it travels."""

    name: str
    from_kind: RealmKind
    to_kind: RealmKind
    compartments_from: tuple[str, ...]
    compartments_to: tuple[str, ...]
    ground: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Running:
    """What the settings of a realm say: its clocks, who else takes part, and the measures that are in force."""

    realm: str
    kind: RealmKind
    controller: Controller
    clocks: Mapping[str, Clock]
    measures: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Other controllers with which this one exchanges data (Art. 26, 30(1)(a)); processors are for the controller to add."""


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one controller, in the order of Art. 30(1)(a) to (g)."""

    running: Running
    activities: tuple[Activity, ...]
    flows: tuple[Flow, ...]
    transfers: tuple[str, ...] = ()
    """To third countries (e): the register sends nothing anywhere by itself."""


def record(running: Running, flows: tuple[Flow, ...]) -> Record:
    """The record of a realm as it runs; `flows` are those of the whole register, of which its own are taken."""
    own = tuple(flow for flow in flows if running.kind in (flow.from_kind, flow.to_kind))
    activities = tuple(activity(each, running.clocks) for each in held_in(running.kind))
    return Record(running, activities, own)


def activity(compartment: Compartment, clocks: Mapping[str, Clock]) -> Activity:
    """One compartment as a processing activity."""
    clock = period_of(compartment, clocks)
    fields = list(_fields_of(compartment))
    return Activity(
        compartment.name, compartment.purpose, compartment.basis.value, compartment.special,
        _persons(compartment, fields), _named(compartment, fields), readers_of(compartment),
        in_words(clock), clock.reason, clock.owner, _keys(compartment),
    )  # fmt: skip


def readers_of(compartment: Compartment) -> tuple[Reader, ...]:
    return tuple(
        Reader(role.value, line.level is Level.AS_GROUP, line.rule)
        for (role, of), line in MAY_SEE.items()
        if of is compartment
    )


def declared_by_the_house() -> Iterator[type[Fact]]:
    """Every kind of fact in topic order, without those that tests running in the same process declare for themselves."""
    return (FACTS[topic] for topic in sorted(FACTS) if FACTS[topic].__module__.split(".")[0] in _ROOMS)


def as_plain(record: Record) -> Mapping[str, Any]:
    """The record as text, numbers, lists and tables of these, in the order and under the letters of Art. 30(1)."""
    running, controller = record.running, record.running.controller
    return {
        "format": "tillid/art30/v1",
        "realm": running.realm,
        "a_controller": {
            "name": controller.name,
            "identifier": controller.identifier,
            "address": controller.address,
            "contact": controller.contact,
            "data_protection_officer": controller.officer,
            "other_controllers": list(running.others),
            "unsaid": list(controller.unsaid),
        },
        "activities": [_activity(each) for each in record.activities],
        "d_disclosures": [_flow(each) for each in record.flows],
        "e_transfers": list(record.transfers),
        "g_measures": list(running.measures),
    }


def _activity(each: Activity) -> Mapping[str, Any]:
    return {
        "compartment": each.compartment,
        "b_purpose": each.purpose,
        "basis": each.basis,
        "c_persons": list(each.persons),
        "c_data": list(each.fields),
        "c_special_or_confidential": each.special,
        "d_readers": [{"role": who.role, "as_group": who.as_group, "rule": who.rule} for who in each.readers],
        "f_kept": each.kept,
        "f_reason": each.kept_because,
        "f_decided_by": each.kept_decided_by,
        "g_keys": each.keys,
    }


def _flow(each: Flow) -> Mapping[str, Any]:
    return {
        "name": each.name,
        "from": each.from_kind.value,
        "to": each.to_kind.value,
        "compartments_from": list(each.compartments_from),
        "compartments_to": list(each.compartments_to),
        "ground": each.ground,
        "sealed": each.sealed,
    }


def _fields_of(compartment: Compartment) -> Iterator[tuple[type[Fact], str]]:
    for cls in declared_by_the_house():
        for name, mark in cls.MARKS.personal.items():
            if mark.kept_in is compartment:
                yield cls, name


def _named(compartment: Compartment, fields: list[tuple[type[Fact], str]]) -> tuple[str, ...]:
    if compartment is DRAFT:
        return ("draft.form",)  # in no event: it is kept beside them, and goes without a trace
    return tuple(f"{cls.TOPIC}.{name}" for cls, name in fields)


def _persons(compartment: Compartment, fields: list[tuple[type[Fact], str]]) -> tuple[str, ...]:
    if compartment is BREACH:
        return ("nobody by itself: the words are about the breach, and may name anybody",)
    if compartment is DRAFT:
        return ("adults and children of a family that somebody is about to refer",)
    kinds = {cls.MARKS.clear[cls.MARKS.personal[name].about] for cls, name in fields}
    return tuple(sorted({_PERSONS[kind.__name__] for kind in kinds}))


def _keys(compartment: Compartment) -> str:
    if compartment is RECEIVING:
        return "a pair for each course"
    if compartment is BREACH:
        return "one for each breach"
    if compartment is DRAFT:
        return "one for each draft"
    if compartment.scoped:
        return f"one for each person and {'consent' if compartment.per_consent else 'course'}"
    return "one for each person"
