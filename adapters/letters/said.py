"""The same said in each language we print documents in, and how a day is written there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Language(StrEnum):
    """The languages of our documents; the words a consent was asked in may be in others."""

    DANISH = "da"
    ENGLISH = "en"
    ARABIC = "ar"


LANGUAGES = tuple(Language)

_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text in all our languages; `{name}` in it is filled in, by the same names in each."""

    danish: str
    english: str
    arabic: str

    def in_(self, language: str, **values: object) -> str:
        """The text in one of LANGUAGES, with its values filled in."""
        return {"da": self.danish, "en": self.english, "ar": self.arabic}[language].format(**values)


def printed_in(*wanted: str | None) -> str:
    """The first of the wanted BCP 47 tags in whose language we print, region and script aside; Danish if there is none."""
    known = (tag.split("-")[0].lower() for tag in wanted if tag)
    return next((language for language in known if language in LANGUAGES), "da")


def day(on: date, language: str) -> str:
    """The day in words: 1. september 2026, 1 September 2026, 1 سبتمبر 2026."""
    month = _MONTHS[language].split()[on.month - 1]
    return f"{on.day}. {month} {on.year}" if language == "da" else f"{on.day} {month} {on.year}"
