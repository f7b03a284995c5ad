"""A document as its parts and its words: a receipt, an answer, a letter. How it looks is decided where it is printed.

Every value is plain text and stays that: nothing in it is ever taken for markup. Who builds a document has opened what
stands in it through the gate; here nobody asks any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left in their usual script; a script named in the tag goes before it."""
_SCRIPTS_TO_LEFT = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a text of this language runs, from its BCP 47 tag ("da", "ar-SY", "ku-Arab")."""
    first, *rest = language.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    to_left = scripts[0] in _SCRIPTS_TO_LEFT if scripts else first in _RIGHT_TO_LEFT
    return "rtl" if to_left else "ltr"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; an empty line in it begins a new paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, as in a definition list."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Short items of equal weight, one below the other; numbered where their order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; each row has as many cells as the head, the first of which names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("each row of a table has a cell under each word of its head")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, in their own language if that is another than the document's (a BCP 47 tag)."""

    words: str
    language: str | None = None


Block = Paragraph | Facts | Points | Table | Quote


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one prints and hands over. `language` is a BCP 47 tag; `dateline` says the day of issue in that language."""

    title: str
    language: str
    issuer: str
    issued_on: date
    dateline: str
    sections: tuple[Section, ...]
    opening: tuple[Block, ...] = ()
    """What is said under the title, before the first heading."""
    addressee: tuple[str, ...] = ()
    """The lines of who it is for; empty where it goes from hand to hand."""
    footer: str = ""
    """Small, at the foot of each page: whom to turn to, or what this is a copy of."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return direction(self.language)


class Documents(Protocol):
    """Whoever prints documents."""

    def pdf(self, document: Document) -> bytes:
        """The document as PDF/UA-1 and PDF/A-2a. The same document gives the same bytes, today and later."""
