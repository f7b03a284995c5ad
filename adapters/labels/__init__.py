"""Every choice in words, Danish first: what a code of the API is called on a page, by the name of its enumeration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.labels import club, register, rights
from adapters.labels.arabic import ARABIC
from adapters.labels.municipalities import place_of
from adapters.labels.referral_form import LABELS, LISTED, every_list
from domain.lists import CRITERIA, JUDGEMENTS, VULNERABILITY

__all__ = ["ARABIC", "LABELS", "LISTED", "SAID", "every_list", "label", "labelled"]

SAID: Mapping[str, Mapping[str, tuple[str, str]]] = {
    **{kind.__name__: LABELS[name] for name, kind in LISTED.items()},
    "Vulnerability": LABELS["vulnerability"],
    "Factor": {code: words for kind in VULNERABILITY for code, words in LABELS[kind].items()},
    "Criterion": {item.code: (item.danish, item.english) for items in CRITERIA.values() for item in items},
    "Judgement": {item.code: (item.danish, item.english) for item in JUDGEMENTS},
    **club.PEOPLE, **club.COURSES, **club.CONVERSATION, **club.CONSENTS,
    **rights.REQUESTS, **rights.SUPERVISION,
    **register.HELD, **register.LOOKED_AT,
}  # fmt: skip
"""By the name of an enumeration, or of a list that is none: compartment, action, reading, field, realm, municipality.

Two enumerations of one name have other names here: ConsentState, RecallOutcome and RequestOutcome.
"""


def label(value: Any, kind: str, language: str) -> Any:
    """The words of a code in `da`, `en` or `ar`; English where a list has no Arabic. Raises KeyError for an unknown kind.

    What is no code comes back as it is: a value that was erased, or withheld, or never there; and so does a code
    without words, such as a language few speak, for then the code says more than nothing.
    """
    if not isinstance(value, str):
        return value
    if kind in ("realm", "municipality") and (place := place_of(value)) is not None:
        return place
    if language == "ar" and value in ARABIC.get(kind, {}):
        return ARABIC[kind][value]
    danish, english = SAID["realm" if kind == "municipality" else kind].get(value, (value, value))
    return danish if language == "da" else english


def labelled(values: Iterable[Any], kind: str, language: str) -> list[tuple[str, str]]:
    """What one may choose from, in this order: each code with its words. Raises KeyError for an unknown kind."""
    return [(str(value), label(str(value), kind, language)) for value in values]
