"""Who has read what is held about a family's member and its children: when, in which role, what, and what for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from adapters.family import readers as api
from adapters.texts.look_ups import look_up
from adapters.web.family.door import pages
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_

AT_A_TIME = 1_000
Line = Mapping[str, Any]


@pages.page("/readers", "family/readers.html", menu=N_("Hvem har læst det"))
def readers(here: Here) -> Told:
    """The newest month first, and in it the newest look; what the reader looked up itself is only counted."""
    lines = list(_lines(here))
    looks = [look for look in _looks(lines) if not look["own"]]
    said = [{**look, "said": _sentence(look, here.language)} for look in reversed(looks)]
    return {
        "months": [(month, list(those)) for month, those in groupby(said, key=lambda look: str(look["at"])[:7])],
        "own": sum(look["own"] for look in _looks(lines)),
        "refused": sum(not look["allowed"] for look in looks),
    }


def _lines(here: Here) -> Iterator[Line]:
    after: int | None = 0
    while after is not None:
        page = here.ask(api.own_readers, after=str(after), limit=str(AT_A_TIME))
        yield from page["lines"]
        after = page["next_after"]


def _looks(lines: list[Line]) -> list[dict[str, Any]]:
    """The entries of one look as one, with all that was looked at."""

    def look(line: Line) -> tuple[Any, ...]:
        return line["at"], line["role"], line["action"], line["purpose"], line["own"]

    found = []
    for _, group in groupby(sorted(lines, key=look), key=look):
        those = list(group)
        fields = dict.fromkeys(name for line in those for name in line["fields"])
        found.append({**those[0], "fields": list(fields)})
    return found


def _sentence(look: Line, language: str) -> str:
    return look_up(look["role"], look["action"], look["purpose"], look["fields"], own=False, language=language)
