"""What an officer asks about a day of the past: what could a role see then, under which rule, on which consents (RIG-10)."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Sent, Shown, choice
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import reconstruction
from domain.lists import Purpose
from domain.people import Role


class ConsentOfThatDay(Shown):
    consent_id = Id()
    purpose = choice(Purpose)
    edition = fields.Integer(allow_none=True)
    given_on = Day()
    ended_on = Day(allow_none=True)


class AttachedOnThatDay(Shown):
    actor = Id()
    role = choice(Role)
    since = Day()
    until = Day(allow_none=True)


class SeenByWhom(Sent):
    part = Id(required=True)
    role = choice(Role, required=True)
    on = Day(required=True)


class CouldBeSeen(Shown):
    part_id = Id()
    role = choice(Role)
    on = Day()
    rule = fields.String()
    could_be_seen = fields.Boolean()
    consents = fields.List(fields.Nested(ConsentOfThatDay))
    attached = fields.List(fields.Nested(AttachedOnThatDay))
    readers = fields.List(Id())


@officer.asks("/what-could-be-seen", CouldBeSeen(), query=SeenByWhom())
def what_could_be_seen(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Whether a role could see a note part on a day, by the facts of that day."""
    return reconstruction.what_could_be_seen(asker, desk, **said)


class RoleThatDay(Sent):
    """Without `course`, `unit` and `actor`: all courses, or the whole municipality."""

    role = choice(Role, required=True)
    on = Day(required=True)
    course = Id()
    unit = Id()
    actor = Id()


class RoleHeldThatDay(Shown):
    actor = Id()
    unit = Id(allow_none=True)
    municipality = fields.String(allow_none=True)
    since = Day()
    until = Day(allow_none=True)


class SightOfThatDay(Shown):
    """`rule` is the policy's where it could be seen, else what was missing; `since` and `until` are within the day."""

    compartment = fields.String()
    level = fields.String()
    rule = fields.String()
    could_be_seen = fields.Boolean()
    since = fields.AwareDateTime(format="iso", allow_none=True)
    until = fields.AwareDateTime(format="iso", allow_none=True)
    actor = Id(allow_none=True)
    course = Id(allow_none=True)
    unit = Id(allow_none=True)
    families = fields.List(Id())
    records = fields.List(Id())
    consents = fields.List(fields.Nested(ConsentOfThatDay))
    restricted = fields.List(Id())


class SeenByARole(Shown):
    role = choice(Role)
    on = Day()
    roles_held = fields.List(fields.Nested(RoleHeldThatDay))
    lines = fields.List(fields.Nested(SightOfThatDay))


@officer.asks("/what-a-role-could-see", SeenByARole(), query=RoleThatDay())
def what_a_role_could_see(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Which compartments a role could see on a day, of whom, under which rule and on which consents."""
    return reconstruction.what_a_role_could_see(asker, desk, **said)
