"""Who has read what is held about a family's member and its children: by role, in plain words, and how often (RIG-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Id, Sent, Shown, whole_asked
from adapters.texts.look_ups import look_up
from application.desk import Asker, Desk
from application.reading import own_log as reading


class OwnReading(Shown):
    """One look-up, or an attempt in vain. `own` is the asker's; `consents` are those it rested on."""

    seq = fields.Integer()
    at = fields.AwareDateTime(format="iso")
    role = fields.String()
    purpose = fields.String()
    compartment = fields.String()
    field_names = fields.List(fields.String(), attribute="fields", data_key="fields")
    action = fields.String()
    allowed = fields.Boolean()
    own = fields.Boolean()
    subject = Id(allow_none=True)
    records = fields.List(Id())
    consents = fields.List(Id())
    danish = fields.String()
    english = fields.String()


class ReadingsOfAMonth(Shown):
    month = fields.String()
    role = fields.String()
    allowed = fields.Boolean()
    entries = fields.Integer()


class OwnReadings(Shown):
    """`next_after` is what `after` must say for the next page; null on the last one."""

    lines = fields.List(fields.Nested(OwnReading))
    months = fields.List(fields.Nested(ReadingsOfAMonth))
    next_after = fields.Integer(allow_none=True)


class ReadersWanted(Sent):
    after = whole_asked(0, 2**53)
    limit = whole_asked(1, 1_000)


@family.asks("/readers", OwnReadings(), query=ReadersWanted())
def own_readers(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who has read what is held about oneself and one's children: role, time, purpose and data, and nobody's name."""
    page = reading.own_readers(asker, desk, **said)
    return {**page, "lines": [_in_words(line) for line in page["lines"]]}


def _in_words(line: Mapping[str, Any]) -> Mapping[str, Any]:
    said = {
        language: look_up(line["role"], line["action"], line["purpose"], line["fields"], own=line["own"], language=code)
        for language, code in (("danish", "da"), ("english", "en"))
    }
    return {**line, **said}
