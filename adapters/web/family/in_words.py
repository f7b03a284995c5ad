"""What the pages of a family say of its data: in the words of the letters it gets, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.labels import label
from adapters.letters import answer_values
from adapters.letters.answer_words import BASES, CAME, HOLDS, KINDS, PARTS, PURPOSES, READERS, SOURCES, THEMES
from adapters.letters.consent_words import DATA, RECIPIENTS, WAYS
from adapters.letters.consent_words import PURPOSES as AGREED_TO
from adapters.letters.said import Said
from adapters.texts.arabic import WAITS_FOR as WAITS_FOR_IN_ARABIC
from adapters.texts.waiting import WAITS_FOR
from domain.lists import CRITERIA
from gdpr.rights import Step

_CRITERIA = {item.danish: item.code for items in CRITERIA.values() for item in items}


class InWords:
    """The same questions in each language; what has no words comes back as it is."""

    def __init__(self, language: str) -> None:
        self._language = language

    def kind(self, compartment: str) -> str:
        return self._said(KINDS, compartment)

    def purpose(self, compartment: str) -> str:
        return self._said(PURPOSES, compartment)

    def basis(self, basis: str) -> str:
        return self._said(BASES, basis)

    def source(self, source: str) -> str:
        return self._said(SOURCES, source)

    def period(self, kind: Mapping[str, Any]) -> str:
        return answer_values.period(kind, self._language)

    def reader(self, role: str) -> str:
        return self._said(READERS, role) if role in READERS else str(label(role, "Role", self._language))

    def field(self, name: str) -> str:
        return answer_values.label(name, self._language)

    def value(self, field: str, given: Any) -> str:
        """A value in words; a language by its name."""
        if field == "language" and isinstance(given, str):
            return str(label(given, "Language", self._language))
        return answer_values.value(field, given, self._language)

    def each(self, field: str, given: Iterable[Any]) -> list[str]:
        """Several values in words, the same words once."""
        return list(dict.fromkeys(self.value(field, one) for one in given))

    def criterion(self, ticked: str) -> str:
        """The wording a criterion was ticked in, in the language of the page; empty where that is the wording itself."""
        said = label(_CRITERIA.get(ticked, ticked), "Criterion", self._language)
        return "" if said == ticked else str(said)

    def part(self, kind: str) -> str:
        return self._said(PARTS, kind)

    def theme(self, theme: str) -> str:
        return self._said(THEMES, theme)

    def came(self, status: str) -> str:
        return self._said(CAME, status)

    def hold(self, ground: str) -> str:
        return self._said(HOLDS, ground)

    def agreed_to(self, purpose: str) -> str:
        return self._said(AGREED_TO, purpose)

    def recipient(self, recipient: str) -> str:
        return self._said(RECIPIENTS, recipient)

    def data(self, data: str) -> str:
        return self._said(DATA, data)

    def way(self, way: str) -> str:
        return self._said(WAYS, way)

    def waits_for(self, step: str) -> str:
        """What a request waits for now."""
        waited = Step(step)
        return WAITS_FOR_IN_ARABIC[waited] if self._language == "ar" else WAITS_FOR[waited].said(self._language)

    def _said(self, words: Mapping[Any, Said], code: str) -> str:
        return words[code].in_(self._language) if code in words else code
