"""Shapes of what is sent and shown: strict where something comes in, listed where something leaves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, fields, missing, validate

from gdpr.ports import ERASED, WITHHELD

LINE = 1_000
"""Characters; far above what the domain takes for a name or an address, so that the domain is what refuses."""
LONG = 20_000
"""Characters; far above a note part or a wording."""
MEMBERS = 50
"""More adults or children than any family has."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
_ETAG = re.compile(r'"([0-9]{1,9})"')

_CODES = {
    "required": "field_missing",
    "null": "field_missing",
    "unknown": "choice_unknown",
    "too_large": "number_out_of_range",
}
"""marshmallow's names of what can be wrong with one field, as codes of `adapters.texts`; any other is `field_unreadable`."""


class Sent(Schema):
    """What may be sent; anything that is not listed is refused. Messages are codes, so that no input is quoted."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "field_unknown", "type": "object_expected", "invalid": "object_expected"}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        _speak_in_codes(field_obj)


class Shown(Schema):
    """What leaves: the fields listed in the subclass and no other."""


def _speak_in_codes(field: fields.Field[Any]) -> None:
    field.error_messages = {name: _CODES.get(name, "field_unreadable") for name in field.error_messages}
    inner = getattr(field, "inner", None)
    if isinstance(inner, fields.Field):
        _speak_in_codes(inner)


class Id(fields.UUID):
    """A UUID in its usual form."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> UUID:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise self.make_error("invalid_uuid")
        return UUID(value)


class Day(fields.Date):
    """YYYY-MM-DD and no other form of a date."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error


class TimeOfDay(fields.String):
    """HH:MM, local Danish time (SYS-06)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            raise self.make_error("invalid")
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid") from error


class Flag(fields.Boolean):
    """true or false; no word or number for them."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Spelt(validate.Regexp):
    """The whole text has this form; a line break at its end is no part of it."""

    def __init__(self, pattern: str, error: str = "field_unreadable") -> None:
        super().__init__(pattern, error=error)

    def __call__(self, value: Any) -> Any:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(str(self.error))
        return value


def whole(lowest: int, highest: int, **kwargs: Any) -> fields.Integer:
    """A whole number between two, both included."""
    within = validate.Range(lowest, highest, error="number_out_of_range")
    return fields.Integer(strict=True, validate=within, **kwargs)


def whole_asked(lowest: int, highest: int) -> fields.Integer:
    """The same in a query, where everything is text."""
    return fields.Integer(validate=validate.Range(lowest, highest, error="number_out_of_range"))


def words(limit: int = LINE, **kwargs: Any) -> fields.String:
    """A text of at most `limit` characters; what it must be like is the domain's to say."""
    return fields.String(validate=validate.Length(max=limit, error="text_far_too_long"), **kwargs)


def realm_name(**kwargs: Any) -> fields.String:
    """The name of a realm, such as that of a municipality."""
    return fields.String(validate=Spelt("^[a-z0-9][a-z0-9-]{0,62}$"), **kwargs)


def several(inner: fields.Field[Any], most: int = MEMBERS, **kwargs: Any) -> fields.List[Any]:
    """A list of at most `most`."""
    return fields.List(inner, validate=validate.Length(max=most, error="list_too_long"), **kwargs)


def choice(kind: Any, **kwargs: Any) -> fields.Enum[Any]:
    """A member of an enumeration, by its value."""
    return fields.Enum(kind, by_value=fields.String, **kwargs)


class Version(fields.String):
    """The version in an If-Match header: one strong entity tag with a number."""

    default_error_messages = {"invalid": "version_unreadable"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": f"^{_ETAG.pattern}$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        found = _ETAG.fullmatch(value)
        if found is None:
            raise self.make_error("invalid")
        return int(found[1])


class Revealed(fields.Field[Any]):
    """A personal value as the gate answered: the value; `{"erased": true}`; or nothing at all when it is withheld.

    A withheld value leaves no key behind, so that it looks as if nothing were there (INT-10). null was never written.
    `shape` is the JSON schema of the value, for the document.
    """

    def __init__(self, **shape: Any) -> None:
        self._list = shape.get("type") == "array"
        gone = {"type": "object", "properties": {"erased": {"const": True}}, "required": ["erased"]}
        super().__init__(metadata={"anyOf": [shape or {"type": "string"}, gone, {"type": "null"}]})

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        if value is ERASED:
            return {"erased": True}
        if value is WITHHELD:
            return missing
        return list(value) if isinstance(value, tuple) else value
