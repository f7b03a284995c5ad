"""Questions that are asked by a form and whose answer has an address of its own: what is wrong with one stands beside its field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request

from adapters.problems import HANDLED
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import errors_of
from domain.compartments import Basis, held_in
from domain.danish_time import beginning_of
from domain.errors import NotFound, Refusal

FIRST, LAST = "since", "until"
"""The first and the last day of a period: the API takes moments, and the end is not included."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked; the answer is None before anything was, and where the question is refused."""

    form: Form
    answer: Any = None

    def further(self, **changed: object) -> dict[str, object]:
        """The same question with something changed, for the address of another page of its answer."""
        return {name: found[0] for name, found in self.form.typed.items() if found[0]} | changed


def asked(here: Here, question: Callable[..., Any], *names: str, days: bool = False, **known: Any) -> Asked:
    """Ask what the address says under these names; `known` is asked for anyhow.

    Nothing is asked while the address says nothing. With `days`, a period is said in days.
    """
    typed = {name: found for name, found in request.args.lists() if name in names}
    if not typed:
        return Asked(Form(request.path))
    form = Form.read(request.path, typed.items())
    said: dict[str, Any] = {name: found[0].strip() for name, found in typed.items()} | known
    try:
        return Asked(form, here.ask(question, **(_in_moments(said) if days else said)))
    except HANDLED as refusal:
        if not isinstance(refusal, Refusal) or isinstance(refusal, NotFound):
            raise
        _, form.errors = errors_of(refusal, here.language)
        return Asked(form)


def kinds_of_data(here: Here, bases: Collection[Basis] = tuple(Basis)) -> list[tuple[str, str]]:
    """The compartments that a realm of this kind holds, or those of them that rest on one of these bases."""
    held = (each for each in held_in(here.desk.kind) if each.basis in bases)
    return here.choices((each.name for each in held), "compartment")


def _in_moments(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is no day stays as it is, for the API to refuse."""
    found = dict(said)
    for name, further in ((FIRST, 0), (LAST, 1)):
        with suppress(KeyError, ValueError):
            day = date.fromisoformat(found[name]) + timedelta(days=further)
            found[name] = beginning_of(day).isoformat()
    return found
