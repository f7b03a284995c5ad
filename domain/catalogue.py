"""Every fact the register can record, by aggregate; what is not listed here cannot be stored or read."""

from __future__ import annotations

from collections.abc import Iterator

from domain import (
    attendance,
    consent,
    course,
    family,
    introduction,
    invitation,
    notice,
    organisation,
    participants,
    referral,
    staff,
    wording,
)
from domain.facts import FACTS, Fact, Personal

AGGREGATES = (
    attendance,
    consent,
    course,
    family,
    introduction,
    invitation,
    notice,
    organisation,
    participants,
    referral,
    staff,
    wording,
)


def facts() -> Iterator[type[Fact]]:
    """Every fact class of the domain, in topic order."""
    modules = {module.__name__ for module in AGGREGATES}
    return (FACTS[topic] for topic in sorted(FACTS) if FACTS[topic].__module__ in modules)


def personal_fields() -> Iterator[tuple[type[Fact], str, Personal]]:
    """Every personal field of every fact, with its mark."""
    for kind in facts():
        for name, mark in kind.MARKS.personal.items():
            yield kind, name, mark
