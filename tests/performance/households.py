"""Made-up households, the same for every contestant; nobody lives anywhere here."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

ADULT = ("given_name", "family_name", "caregiver", "telephone", "address")
CHILD = ("given_name", "birth_month")
IN_A_COURSE = 8

_WORDS = [
    "familien",
    "ønsker",
    "støtte",
    "til",
    "hverdagen",
    "og",
    "har",
    "talt",
    "med",
    "sundhedsplejersken",
    "om",
    "søvn",
    "måltider",
    "rutiner",
    "leg",
    "sprog",
    "netværk",
]
_REMARK, _NOTE = 300, 600
"""Characters of free text: the referrer's, and the leader's."""


@dataclass(frozen=True, slots=True)
class Household:
    """Two adults, two children, a language, and what is written about them on their way."""

    index: int
    adults: tuple[Mapping[str, str], ...]
    children: tuple[Mapping[str, str], ...]
    language: str
    remark: str
    note: str

    @property
    def registered(self) -> list[str]:
        """Every value of the first form, which the page of a family shows."""
        people = [value for person in (*self.adults, *self.children) for value in person.values()]
        return [*people, self.language]

    @property
    def first_names(self) -> list[str]:
        return [person["given_name"] for person in (*self.adults, *self.children)]

    @property
    def own(self) -> list[str]:
        """What is held about the first adult and the children, and was said of the household."""
        people = [value for person in (self.adults[0], *self.children) for value in person.values()]
        return [*people, self.language, self.remark]


def household(index: int) -> Household:
    """The same household for the same number, whenever and by whomever it is asked for."""
    chance = random.Random(index)
    mark = f"{index:06d}".translate(str.maketrans("0123456789", "abcdefghij"))  # letters: no text may hold a number
    adults = tuple(
        {
            "given_name": f"{name}{mark}", "family_name": f"Prøvesen{mark}", "caregiver": caregiver,
            "telephone": f"+45{20_000_000 + index % 1_000_000:08d}", "address": f"Prøvevej {index % 100 + 1}, Prøveby",
        }
        for name, caregiver in (("Asta", "mother"), ("Bo", "father"))
    )  # fmt: skip
    children = tuple(
        {"given_name": f"{name}{mark}", "birth_month": f"202{chance.randint(2, 4)}-{chance.randint(1, 12):02d}"}
        for name in ("Gro", "Ejnar")
    )
    return Household(index, adults, children, "dansk", _text(chance, _REMARK), _text(chance, _NOTE))


def _text(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(_WORDS, k=length // 4))[:length].strip()
