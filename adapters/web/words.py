"""The words of the pages: Danish where they stand, English and Arabic in a catalogue beside each audience's templates.

    python -m adapters.web.words            bring every catalogue up to date with the texts
    python -m adapters.web.words leader     one audience's

A message's id is the Danish text itself, so a template reads as its page does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import NullTranslations, Translations

HERE = Path(__file__).parent
DENMARK = ZoneInfo("Europe/Copenhagen")
LANGUAGES = ("da", "en", "ar")
"""Danish first: it is what is spoken when nothing is said (SYS-07)."""
ARABIC_TOO = frozenset({"family", "login", "core"})
"""Whose pages a parent may read in Arabic."""
LOCALES = {"da": "da", "en": "en_GB", "ar": "ar"}
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2)}


def N_(words: str) -> str:  # noqa: N802 - the name by which translators' tools know it
    """Marks a text that is translated where it is shown."""
    return words


def parts() -> dict[str, Path]:
    """Each part of the pages that has words of its own, by name: the audiences' folders, and `core` for what all share."""
    found = {folder.name: folder for folder in sorted(HERE.iterdir()) if (folder / "__init__.py").is_file()}
    return {"core": HERE, **found}


def languages_of(part: str) -> tuple[str, ...]:
    """The languages that a part must be translated to."""
    return ("en", "ar") if part in ARABIC_TOO else ("en",)


def catalogue(part: str, language: str) -> Path:
    return parts()[part] / "words" / f"{language}.po"


def texts_of(part: str) -> Iterator[str | tuple[str, str]]:
    """Every text of a part as it stands in its templates and modules; a pair where one and many are said apart."""
    folder = parts()[part]
    nested = [] if part != "core" else [path for name, path in parts().items() if name != "core"]
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.py")]):
        if any(path.is_relative_to(other) for other in nested):
            continue
        method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
        with path.open("rb") as file:
            options = {"encoding": "utf-8"}
            for _, words, *_ in extract(method, file, keywords=KEYWORDS, options=options):
                yield words


def read_catalogue(part: str, language: str) -> Catalog:
    """Empty while there is none."""
    path = catalogue(part, language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(part: str) -> None:
    """Texts that are new come in untranslated, those that are gone go."""
    for language in languages_of(part):
        before, after = read_catalogue(part, language), Catalog(locale=language)
        for words in texts_of(part):
            one = words if isinstance(words, str) else words[0]
            known = before.get(one)
            after.add(words, known.string if known is not None else None)
        path = catalogue(part, language)
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            write_po(file, after, omit_header=True, no_location=True, sort_output=True, width=120)


@cache
def translations(language: str) -> NullTranslations:
    """What the pages say in a language; Danish stands in the texts themselves, and is what an untranslated one stays."""
    whole = Catalog(locale=language)
    if language == "da":
        return NullTranslations()
    for part in parts():
        for message in read_catalogue(part, language):
            if message.id and message.string:
                whole.add(message.id, message.string)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Translations(compiled)


def direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"


def day(value: date | str | None, language: str, form: str = "long") -> str:
    """A day as it is said: 2. oktober 2026. Nothing for None."""
    if value is None:
        return ""
    known = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return str(dates.format_date(known, form, locale=LOCALES[language]))


def moment(value: datetime | str | None, language: str, form: str = "medium") -> str:
    """A moment in Denmark: 2. okt. 2026 14.30. Nothing for None."""
    if value is None:
        return ""
    known = datetime.fromisoformat(value) if isinstance(value, str) else value
    at = known.astimezone(DENMARK)
    if language == "ar":  # whose shorter forms are numbers only, and mix the directions
        return f"{day(at.date(), language)} {at:%H:%M}"
    return f"{dates.format_date(at, form, locale=LOCALES[language])} {dates.format_time(at, 'short', locale=LOCALES[language])}"


def month(value: date | str | None, language: str) -> str:
    """The month of a birth: maj 2023. Takes YYYY-MM too."""
    if value is None:
        return ""
    known = date.fromisoformat(f"{value[:7]}-01") if isinstance(value, str) else value
    return str(dates.format_skeleton("yMMMM", known, locale=LOCALES[language]))


def number(value: float, language: str) -> str:
    """A number as it is written: 1.204."""
    return str(numbers.format_decimal(value, locale=LOCALES[language]))


def main(chosen: Sequence[str]) -> None:
    for part in chosen or parts():
        update(part)


if __name__ == "__main__":
    main(sys.argv[1:])
