"""Who holds which role, as the officer sees it: pseudonyms, periods, and who confirmed what (ORG-04)."""

from __future__ import annotations

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.officer.door import officer
from adapters.review import RoleLine
from application import reviews
from application.desk import Asker, Desk


@officer.asks("/roles", RoleLine(many=True, exclude=("name",)))
def roles(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who holds which role since when, confirmed by whom; what lapses first stands on top."""
    return reviews.roles(asker, desk)
