"""What Red Barnet's office and its branches are shown beside the numbers: clubs, volunteers, and the published wordings."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Id, Revealed, Shown, choice
from adapters.leader.consents import WordingToRead
from adapters.secretariat import planning
from application.desk import Asker, Desk
from application.reading import consents, office
from domain.people import Role


class ClubShown(Shown):
    club_id = Id()
    name = fields.String()
    municipality = fields.String()
    place_id = Id(allow_none=True)
    branch_id = Id(allow_none=True)


class PlaceShown(Shown):
    place_id = Id()
    name = fields.String()


class BranchShown(Shown):
    branch_id = Id()
    name = fields.String()


class ClubsShown(Shown):
    clubs = fields.List(fields.Nested(ClubShown))
    places = fields.List(fields.Nested(PlaceShown))
    branches = fields.List(fields.Nested(BranchShown))


@planning.asks("/clubs", ClubsShown(), records=False)
def clubs(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The clubs, and the places and branches to choose from for a new one."""
    return office.clubs(asker, desk)


class VolunteerShown(Shown):
    actor = Id()
    given_name = Revealed()
    family_name = Revealed()
    telephone = Revealed()
    roles = fields.List(choice(Role))


@planning.asks("/volunteers", VolunteerShown(many=True), records=False)
def volunteers(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Leaders and volunteers, by name and telephone, for those who keep their file."""
    return office.volunteers(asker, desk)


@planning.asks("/wordings", WordingToRead(many=True), records=False)
def wordings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Every published wording, in every version and language."""
    return consents.wordings(asker, desk)
