"""How a request to the API is read: the headers it may bring, and JSON and queries by their shapes and no more."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from adapters.fields import Id, Version
from adapters.problems import BodyUnreadable, HeadersUnreadable, InputInvalid, WrongContentType, pointers


class AskerHeaders(Schema):
    """Which of several holdings of one role is in use; needed only by somebody who holds it more than once."""

    class Meta:
        unknown = EXCLUDE

    unit = Id(data_key="Tillid-Unit", error_messages={"invalid_uuid": "field_unreadable"})
    municipality = fields.String(data_key="Tillid-Municipality")
    person = Id(data_key="Tillid-Person", error_messages={"invalid_uuid": "field_unreadable"})


class CommandHeaders(AskerHeaders):
    """A command carries an id of its own, so that a repeated one has no second effect (SYS-04)."""

    command_id = Id(
        data_key="Idempotency-Key",
        required=True,
        error_messages={"required": "command_id_missing", "invalid_uuid": "command_id_missing"},
    )


class VersionedHeaders(CommandHeaders):
    """A command may say which version it was decided on."""

    version = Version(data_key="If-Match")


class StrictParser(FlaskParser):
    """Reads JSON as it is written and refuses the rest; what a query does not know is refused too."""

    DEFAULT_UNKNOWN_BY_LOCATION = {
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": None,
        "json": None,
        "headers": None,
    }

    def load_json(self, req: Any, schema: Schema) -> Any:
        """Raises WrongContentType, BodyUnreadable."""
        if req.mimetype != "application/json":
            raise WrongContentType
        raw = req.get_data(cache=True)
        try:
            read = json.loads(raw.decode(), object_pairs_hook=_each_key_once, parse_constant=_no_constant)
            # A lone surrogate is valid JSON and no text: no database takes it.
            json.dumps(read, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            # `from None`: a decoder's error holds the whole body.
            raise BodyUnreadable from None
        return read

    def handle_error(
        self, error: ValidationError, req: Any, schema: Schema, *, error_status_code: Any, error_headers: Any
    ) -> NoReturn:
        """Raises HeadersUnreadable, InputInvalid; webargs gives the messages by the location they were found in."""
        ((location, messages),) = dict(error.messages_dict).items()
        found = dict(pointers(messages))
        if location == "json":
            raise InputInvalid(found) from None
        named = {pointer.removeprefix("/"): code for pointer, code in found.items()}
        raise (HeadersUnreadable(named) if location == "headers" else InputInvalid(named)) from None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError
