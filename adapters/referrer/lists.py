"""What the form needs beside the family: courses, units and channels, and the lists of values."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Shown
from adapters.labels import every_list
from adapters.referrer.door import referrer
from adapters.town import OrganisationShown, TownCourse
from application.desk import Asker, Desk
from application.reading import municipality


@referrer.asks("/courses", TownCourse(many=True), records=False)
def courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses a family can be referred to."""
    return municipality.courses(asker, desk)


@referrer.asks("/organisation", OrganisationShown(), records=False)
def organisation(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The municipality's units and recruitment channels, for the form."""
    return municipality.organisation(asker, desk)


class ItemShown(Shown):
    code = fields.String(required=True)
    danish = fields.String(required=True)
    english = fields.String(required=True)
    suggests = fields.List(fields.String())


class ListShown(Shown):
    name = fields.String(required=True)
    version = fields.String(allow_none=True)
    items = fields.List(fields.Nested(ItemShown))


@referrer.asks("/lists", ListShown(many=True), records=False)
def lists(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The value lists of the form: the Danish wording, an English gloss, and for the criteria the list's version."""
    return every_list()
