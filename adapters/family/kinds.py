"""Of each kind of data held about a family's member: what it is for, who may see it, how long it is kept, and whence it came."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.family.door import family
from adapters.fields import Shown, choice
from application.answers import kinds
from application.desk import Asker, Desk
from domain.people import Role


class MaySee(Shown):
    """`as_group`: the values of a whole group, without whose each one is."""

    role = choice(Role)
    as_group = fields.Boolean()


class OwnKind(Shown):
    """`fields` are the names of what is kept under this; kept `months` or `days` after `after`, or until then.

    `basis`, `source` and `after` are said as in the answer to a request for access.
    """

    compartment = fields.String()
    field_names = fields.List(fields.String(), attribute="fields", data_key="fields")
    basis = fields.String()
    special = fields.Boolean()
    source = fields.String()
    months = fields.Integer()
    days = fields.Integer()
    after = fields.String()
    may_see = fields.List(fields.Nested(MaySee))
    may_be_objected_to = fields.Boolean()


@family.asks("/own-data/kinds", OwnKind(many=True))
def own_kinds(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The kinds of data held about oneself and one's children, each with its purpose and rules; no value of any."""
    return kinds.own_kinds(asker, desk)
