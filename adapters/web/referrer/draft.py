"""A referral that is not sent yet: what was typed so far, kept by the API for its author alone, under the names of the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid5

from adapters.referrer import drafts as api
from adapters.web.forms import Form, nested
from adapters.web.here import Here
from domain.errors import NotFound
from domain.text import refuse_cpr

Typed = dict[str, list[str]]

OFFER: Final = frozenset({"offer"})
MEMBERS: Final = frozenset({"homes", "adults", "children", "language", "needs_translation"})
GROUNDS: Final = frozenset(
    {"criteria", "judgements", "able_to_take_part", "remark", "municipal_case", "channel", "profession"}
)
"""What each step asks, by the beginning of the fields' names."""
BLANK: Final = {
    "adults": {"given_name": "", "comes": "true"},
    "children": {"given_name": ""},
}
"""A member of whom nothing is known yet."""


@dataclass(slots=True, repr=False)
class Draft:
    """`family_id` is that of a family which is registered already: then only the grounds are asked."""

    draft_id: UUID
    typed: Typed = field(default_factory=dict)
    family_id: UUID | None = None

    def value(self, name: str) -> str:
        return next(iter(self.typed.get(name, [])), "")

    def values(self, name: str) -> list[str]:
        return list(self.typed.get(name, []))

    def count(self, group: str) -> int:
        """How many `adults` or `children` have a place in the form."""
        return 1 + max((number for number, _ in _places(self.typed, group)), default=-1)

    def rows(self, group: str) -> list[dict[str, Any]]:
        """What was typed of each of them."""
        return [
            nested({name[len(start) :]: found for name, found in self.typed.items() if name.startswith(start)})
            for start in (f"{group}.{number}." for number in range(self.count(group)))
        ]

    def numbered(self, group: str) -> dict[str, str]:
        """What was typed of each by its number, such as the judgement on each child."""
        return {str(number): self.value(name) for number, name in _places(self.typed, group)}

    def said(self, names: frozenset[str]) -> dict[str, Any]:
        """What was typed in a step, nested; what was left empty is not there."""
        return nested({name: found for name, found in self.typed.items() if _first(name) in names})

    def take(self, form: Form, names: frozenset[str]) -> None:
        """What a step says now, in place of what it said before. Raises CprNumber at the field that holds one."""
        kept = {name: found for name, found in self.typed.items() if _first(name) not in names}
        sent = {name: list(found) for name, found in form.typed.items() if _first(name) in names}
        for name, found in sent.items():
            for text in found:
                refuse_cpr(text, name.replace(".", "/"))
        self.typed = kept | sent

    def add(self, group: str) -> int:
        """A place for one more; its number."""
        number = self.count(group)
        self.typed |= {f"{group}.{number}.{name}": [value] for name, value in BLANK[group].items()}
        return number

    def remove(self, group: str, number: int) -> None:
        """Take one out; those behind move up, and the judgements of children with them."""
        self.typed = _without(self.typed, group, number)
        if group == "children":
            self.typed = _without(self.typed, "judgements", number)

    def command(self, name: str) -> Form:
        """A form that gives one of its commands: sent twice, also on another day, it has one effect."""
        return Form(command_id=uuid5(self.draft_id, name))


def open_draft(here: Here, draft_id: UUID) -> Draft:
    """The own draft. Raises NotForThisReader, and NotFound for one that cannot be shown."""
    kept = here.ask(api.draft, draft_id=draft_id).get("form")
    if not isinstance(kept, str):
        raise NotFound("draft_id")
    read = json.loads(kept)
    family = read.get("family")
    return Draft(draft_id, read.get("typed", {}), UUID(int=family) if family else None)


def keep(here: Here, draft: Draft) -> None:
    """Save it. The family's id is kept as a number: as a text it could look as if it held a CPR number."""
    family = draft.family_id.int if draft.family_id is not None else None
    body = {"form": json.dumps({"typed": draft.typed, "family": family})}
    here.send(api.keep_draft, Form(), body, draft_id=draft.draft_id)


def _first(name: str) -> str:
    return name.partition(".")[0]


def _places(typed: Typed, group: str) -> Iterator[tuple[int, str]]:
    """Each name of a group that has a number: the number, and the name."""
    for name in typed:
        first, number, *_ = (*name.split("."), "")
        if first == group and number.isdecimal() and len(number) < 3:
            yield int(number), name


def _without(typed: Typed, group: str, gone: int) -> Typed:
    numbers = {name: number for number, name in _places(typed, group)}
    return {
        _moved(name, numbers.get(name, -1), gone): found
        for name, found in typed.items()
        if numbers.get(name, -1) != gone
    }


def _moved(name: str, number: int, gone: int) -> str:
    if number < gone:
        return name
    first, _, *rest = name.split(".")
    return ".".join((first, str(number - 1), *rest))
