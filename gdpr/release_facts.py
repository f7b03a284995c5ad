"""What is recorded when contents are released to an officer by two persons; ids, names of compartments and times only."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.facts import CLEAR, Fact, fact
from domain.people import ActorId, Role, SubjectId


class ReleaseGround(StrEnum):
    """Why an officer must have an answer in the hand. There is one way to contents, and these lead to it."""

    NO_LOGIN = "no_login"
    """Whoever asked has no login, and is to have the answer on paper (Art. 12(1), 15(3))."""
    LOGIN_LOST = "login_lost"
    """Whoever asked cannot log in before the deadline (Art. 12(3))."""


@fact("release.asked")
class ReleaseAsked(Fact):
    """An officer asks for one answer to one request, about one person, in these compartments and no other."""

    release_id: Annotated[UUID, CLEAR]
    case_id: Annotated[UUID, CLEAR]
    subject: Annotated[SubjectId, CLEAR]
    compartments: Annotated[tuple[str, ...], CLEAR]
    ground: Annotated[ReleaseGround, CLEAR]
    asked_by: Annotated[ActorId, CLEAR]
    at: Annotated[datetime, CLEAR]


@fact("release.approved")
class ReleaseApproved(Fact):
    """A second person agrees, in this role; until then and no longer the officer may open what was named."""

    release_id: Annotated[UUID, CLEAR]
    by: Annotated[ActorId, CLEAR]
    role: Annotated[Role, CLEAR]
    at: Annotated[datetime, CLEAR]
    until: Annotated[datetime, CLEAR]


@fact("release.declined")
class ReleaseDeclined(Fact):
    """A second person does not agree."""

    release_id: Annotated[UUID, CLEAR]
    by: Annotated[ActorId, CLEAR]
    at: Annotated[datetime, CLEAR]


@fact("release.withdrawn")
class ReleaseWithdrawn(Fact):
    """Taken back, by whoever asked or by whoever may approve; from now on nothing is opened under it."""

    release_id: Annotated[UUID, CLEAR]
    by: Annotated[ActorId, CLEAR]
    at: Annotated[datetime, CLEAR]


@fact("release.used")
class ReleaseUsed(Fact):
    """The answer was printed under it; `sha256` in hexadecimal is that of what was printed."""

    release_id: Annotated[UUID, CLEAR]
    by: Annotated[ActorId, CLEAR]
    at: Annotated[datetime, CLEAR]
    sha256: Annotated[str, CLEAR]


ReleaseFact = ReleaseAsked | ReleaseApproved | ReleaseDeclined | ReleaseWithdrawn | ReleaseUsed
