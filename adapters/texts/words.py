"""The same said in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    danish: str
    english: str

    def said(self, language: str) -> str:
        return self.english if language == "en" else self.danish
