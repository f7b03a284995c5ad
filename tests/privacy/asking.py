"""Every question that can be put at the desks, found by looking, and everything that one person is answered."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import product
from types import ModuleType
from typing import Any

from application import consent_receipts, rectifying, releases, reviews
from application.answers import kinds
from application.introductions import StatementTyped
from application.reading import (
    blast_radius,
    breaches,
    checks,
    drafts,
    families,
    groups,
    invitations,
    leader,
    log_growth,
    log_integrity,
    log_questions,
    municipality,
    office,
    officer,
    own,
    own_log,
    preview,
    recalls,
    reconstruction,
    requests,
    retention,
    volunteer,
)
from domain.errors import Refusal
from domain.people import Role
from gdpr.blast_radius import Lost
from gdpr.ports import Absent
from tests.house import CLUB, TOWN
from tests.living import FIRST_EVENING, GIVEN_NAMES, STARTS_ON, TELEPHONES, VOLUNTEER, Life

ASKED_IN: dict[ModuleType, tuple[str, ...]] = {
    municipality: (TOWN,),
    drafts: (TOWN,),
    leader: (CLUB,),
    families: (CLUB,),
    volunteer: (CLUB,),
    recalls: (CLUB,),
    groups: (CLUB,),
    invitations: (CLUB,),
    own: (TOWN, CLUB),
    kinds: (TOWN, CLUB),
    preview: (TOWN, CLUB),
    consent_receipts: (CLUB,),
    own_log: (TOWN, CLUB),
    office: (CLUB,),
    officer: (TOWN, CLUB),
    log_questions: (TOWN, CLUB),
    checks: (TOWN, CLUB),
    reconstruction: (TOWN, CLUB),
    log_growth: (TOWN, CLUB),
    log_integrity: (TOWN, CLUB),
    requests: (TOWN, CLUB),
    rectifying: (TOWN, CLUB),
    breaches: (TOWN, CLUB),
    blast_radius: (TOWN, CLUB),
    releases: (TOWN, CLUB),
    reviews: (TOWN, CLUB),
    retention: (TOWN, CLUB),
}
"""Where the questions of a module are put; the other realm has not even the tables."""

_ONLY_AT_THE_CLUB = {
    "what_could_be_seen",
    "own_consents",
    "consents_for_own_children",
    "programme",
    "what_volunteers_see",
}
_NO_QUESTIONS = {"standing_to_family", "printed_under"}
"""Functions with an asker and a desk that answer nobody: other questions use them."""

_FURTHER: dict[str, tuple[dict[str, Any], ...]] = {
    "search": ({"name": GIVEN_NAMES["mother"]}, {"telephone": TELEPHONES["mother"]}),
    "evening": ({}, {"printed": True}),
    "answered": ({}, {"printed": True}),
}
"""Choices beyond the required ones, where one must be made or it makes a difference."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One leaf of an answer: of which question, where in it, and the value as it would be written out."""

    question: str
    path: tuple[str | int, ...]
    value: Any

    @property
    def key(self) -> str | int:
        return self.path[-1] if self.path else ""


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """(realm, function), for every question in every realm where it is put."""
    for module, realms in ASKED_IN.items():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asks = {"asker", "desk"} <= inspect.signature(function).parameters.keys()
            if function.__module__ != module.__name__ or name.startswith("_") or name in _NO_QUESTIONS or not asks:
                continue
            for realm in realms:
                if realm == CLUB or name not in _ONLY_AT_THE_CLUB:
                    yield realm, function


def everything(life: Life, who: str, realms: tuple[str, ...] = (TOWN, CLUB)) -> list[Seen]:
    """All that this person is answered in these realms, whatever it asks. Raises what is neither answer nor refusal."""
    found: list[Seen] = []
    for realm, function in questions():
        if realm not in realms:
            continue
        for arguments in _arguments(life, function):
            answer = answered(life, who, realm, function, arguments)
            if not isinstance(answer, Refusal):
                found += _leaves(f"{function.__module__}.{function.__name__}", (), answer)
    return found


def answered(life: Life, who: str, realm: str, function: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    """The answer, or the refusal as a value."""
    try:
        return function(life.asker(who), desk=life.desk(realm), **arguments)
    except Refusal as refusal:
        return refusal


def _arguments(life: Life, function: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    ids = life.ids
    known: dict[str, list[Any]] = {
        "course_id": [ids["course"]],
        "family_id": [ids["family"], ids["family B"], ids["family D"]],
        "referral_id": [ids["referral"], ids["referral D"]],
        "draft_id": [ids["draft"]],
        "part_id": [ids[label] for label in ("presentation", "wishes", "challenges", "practical", "by the father")],
        "part": [ids["presentation"], ids["challenges"]],
        "consent_id": [ids["consent to presentation"], ids["consent to themes"]],
        "booking_id": [ids["booking"]],
        "request_id": [ids.get("request", ids["booking"])],
        "breach_id": [ids["breach"], ids["town's breach"]],
        "lost": [Lost(actor=VOLUNTEER, since=FIRST_EVENING), Lost(process="register", since=FIRST_EVENING)],
        "draw_id": [ids.get("draw", ids["booking"])],
        "hold_id": [ids.get("hold", ids["booking"])],
        "run_id": [ids.get("run", ids["booking"])],
        "evening": [1],
        "entry": [1],
        "sha256": ["00" * 32],
        "statements": [(StatementTyped(told_by=ids["mother"], words="Hun er syg"),)],
        "role": [Role.VOLUNTEER, Role.LEADER],
        "on": [STARTS_ON],
    }
    wanted = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in ("asker", "desk") and parameter.default is inspect.Parameter.empty
    ]
    for further in _FURTHER.get(function.__name__, ({},)):
        for choice in product(*(known[name] for name in wanted)):
            yield dict(zip(wanted, choice, strict=True)) | further


def _leaves(question: str, path: tuple[str | int, ...], value: Any) -> Iterator[Seen]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(question, (*path, key if isinstance(key, (str, int)) else str(key)), inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for at, inner in enumerate(value):
            yield from _leaves(question, (*path, at), inner)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _leaves(question, (*path, part.name), getattr(value, part.name))
    elif value is not None and not isinstance(value, Absent):
        yield Seen(question, path, value)
