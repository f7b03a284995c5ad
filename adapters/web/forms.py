"""Forms: what was typed, kept as it was typed; read by the shapes that the API takes; what is wrong, beside its field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid4, uuid5

from marshmallow import Schema, fields

from adapters.problems import InputInvalid

COMMAND, VERSION, TOKEN, AGAIN = "_command", "_version", "_csrf", "_again"
"""The fields of every form that are no part of what is said."""


@dataclass(slots=True)
class Form:
    """One form of a page. `typed` by name, each name with everything that stood under it; nested names are dotted:
    `children.0.given_name`. `errors` by name, in words; under "" what is about no one field."""

    action: str = ""
    key: str = ""
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    command_id: UUID = field(default_factory=uuid4)
    version: int | None = None
    sent: bool = False
    """Whether it comes back from the server with what was typed, instead of with what is known."""
    stale: bool = False
    """Whether somebody else was faster: what is known now is shown beside what was typed."""
    titles: dict[str, str] = field(default_factory=dict)
    """What each field is called on the page, for the summary of what is wrong."""

    @classmethod
    def read(cls, action: str, posted: Iterable[tuple[str, list[str]]]) -> Form:
        """What a browser sent; a version that is none is no version."""
        typed = dict(posted)
        command, version = (typed.pop(name, [""])[0] for name in (COMMAND, VERSION))
        typed.pop(TOKEN, None)
        return cls(
            action, typed.pop("_key", [""])[0], typed, command_id=_command_id(command, typed),
            version=int(version) if version.isdecimal() and len(version) < 10 else None, sent=True,
        )  # fmt: skip

    def further(self, step: str) -> Form:
        """The same form for another command that it causes: as sure to have one effect, under an id of its own."""
        return replace(self, command_id=uuid5(self.command_id, step))

    @property
    def said(self) -> dict[str, Any]:
        """What was typed as nested values; what was left empty is not there."""
        return nested(self.typed)

    def value(self, name: str, known: Any = None) -> str:
        """What stands in a field: what was typed, else what is known."""
        if self.sent:
            return next(iter(self.typed.get(name, [])), "")
        return "" if known is None or isinstance(known, Mapping) else str(known)

    def values(self, name: str, known: Iterable[Any] = ()) -> list[str]:
        """The same where several may be ticked."""
        return list(self.typed.get(name, [])) if self.sent else [str(one) for one in known]

    def chosen(self, name: str) -> UUID:
        """What was chosen of a list of ids. Raises InputInvalid, at its field."""
        try:
            return UUID(self.value(name))
        except ValueError:
            raise InputInvalid({f"/{name}": "field_missing"}) from None

    def id(self, name: str) -> str:
        """The id of a field in the page."""
        return "-".join(part for part in ("f", self.key, name.replace(".", "-")) if part)

    def titled(self, name: str, title: str) -> str:
        """The title, remembered as that of this field."""
        self.titles[name] = title
        return title

    def error(self, name: str) -> str:
        return self.errors.get(name, "")


def nested(typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """Dotted names as nested values; parts that are numbers make lists, in their order; empty texts are left out."""
    tree: dict[str, Any] = {}
    for name, found in typed.items():
        kept = [text.strip().replace("\r\n", "\n") for text in found if text.strip()]
        if name.startswith("_") or not kept:
            continue
        *path, last = name.split(".")
        at = tree
        for step in path:
            at = at.setdefault(step, {})
            if not isinstance(at, dict):
                return tree
        at[last] = kept[0] if len(kept) == 1 else kept
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(step.isdecimal() for step in value):
        return [_lists(value[step]) for step in sorted(value, key=int)]
    return {step: _lists(inner) for step, inner in value.items()}


def read_as(shape: Schema | fields.Field[Any], said: Any) -> Any:
    """Text as the JSON that the API would have got: numbers, truth values, lists of one. What does not fit stays text."""
    if isinstance(shape, Schema):
        if not isinstance(said, Mapping):
            return said
        known = {field.data_key or name: field for name, field in shape.fields.items()}
        return {name: read_as(known[name], value) if name in known else value for name, value in said.items()}
    if isinstance(shape, fields.Nested):
        return read_as(shape.schema, said)
    if isinstance(shape, fields.List):
        return [read_as(shape.inner, one) for one in (said if isinstance(said, list) else [said])]
    if isinstance(shape, fields.Boolean) and said in ("true", "false"):
        return said == "true"
    if isinstance(shape, fields.Integer) and isinstance(said, str) and said.isdecimal() and len(said) < 10:
        return int(said)
    return said


def _command_id(rendered: str, typed: Mapping[str, list[str]]) -> UUID:
    """The same for the same form with the same words, so that sent twice it has one effect, and another when somebody went
    back and changed them. Keyed by the form's random id, which is stored nowhere: the result says nothing of the words."""
    try:
        key = UUID(rendered)
    except ValueError:
        return uuid4()
    words = json.dumps(sorted((name, found) for name, found in typed.items() if name != AGAIN)).encode()
    return UUID(bytes=blake2b(words, key=key.bytes, digest_size=16).digest(), version=4)
