"""Who is asking: a login behind a token, in one role held in this realm today, bound to what that role is bound to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.desk import Asker, Desk
from application.perform import RoleNotHeld
from application.ports import Clock
from application.reviews import is_held
from application.views.people import RoleHeld
from domain.errors import Refusal
from domain.people import Role

UNIT = "Tillid-Unit"
MUNICIPALITY = "Tillid-Municipality"
PERSON = "Tillid-Person"


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody logged in on one device: the actor's pseudonym, and a random one of the session that is not the token."""

    actor: UUID
    session: UUID


class Identity(Protocol):
    """Who stands behind a bearer token."""

    def login_of(self, token: str, now: datetime) -> Login | None:
        """None for a token that is unknown, has ended or was revoked."""


class House(Protocol):
    """All realms of one installation, as the wiring puts them together."""

    @property
    def realms(self) -> Collection[str]: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def identity(self) -> Identity: ...

    def desk(self, realm: str) -> Desk:
        """Raises KeyError when there is no such realm."""


class NotLoggedIn(Refusal):
    """No token, or one behind which nobody stands (any more)."""

    code = "not_logged_in"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of several holdings of a role is in use, as the headers of a request say."""

    unit: UUID | None = None
    municipality: str | None = None
    person: UUID | None = None

    def fits(self, held: RoleHeld) -> bool:
        """Whether nothing that is said contradicts this holding; a role without a unit is held in all of them."""
        pairs = ((self.unit, held.unit_id), (self.municipality, held.municipality), (self.person, held.person_id))
        return all(said is None or bound is None or said == bound for said, bound in pairs)


def roles_held(actor: UUID, desk: Desk) -> list[RoleHeld]:
    """The roles held in this realm today, in the order of `Role` and of the day they began."""
    today = desk.clock.today()
    held = [row for row in desk.register.rows().where(RoleHeld, actor=actor) if is_held(row, today, desk.limits)]
    order = list(Role)
    return sorted(held, key=lambda row: (order.index(row.role), row.since, str(row.assignment_id)))


def asker_in(roles: Sequence[Role], login: Login, desk: Desk, scope: Scope, request_id: UUID) -> Asker:
    """The asker in the first of these roles that is held. Raises RoleNotHeld, naming the header that must say which."""
    held = roles_held(login.actor, desk)
    for role in roles:
        in_role = [row for row in held if row.role is role]
        if in_role:
            return asker_as(_the_one(in_role, scope), login, request_id)
    raise RoleNotHeld("role")


def asker_in_any(login: Login, desk: Desk, request_id: UUID) -> Asker:
    """The asker in whichever role is held first. Raises RoleNotHeld when none is held in this realm.

    For questions about records: somebody of the house who asks for what is not theirs is refused by the policy, and
    the attempt stands in the access log (RIG-08), as it would not if the request ended at the door.
    """
    held = roles_held(login.actor, desk)
    if not held:
        raise RoleNotHeld("role")
    return asker_as(held[0], login, request_id)


def _the_one(held: Sequence[RoleHeld], scope: Scope) -> RoleHeld:
    fitting = [row for row in held if scope.fits(row)]
    if not fitting:
        raise RoleNotHeld(
            UNIT if scope.unit is not None else MUNICIPALITY if scope.municipality is not None else PERSON
        )
    for header, bound in ((UNIT, "unit_id"), (MUNICIPALITY, "municipality"), (PERSON, "person_id")):
        if len({getattr(row, bound) for row in fitting}) > 1:
            raise RoleNotHeld(header)
    return fitting[0]


def asker_as(held: RoleHeld, login: Login, request_id: UUID) -> Asker:
    """The asker in exactly this holding of a role."""
    return Asker(
        held.actor, held.role, request_id, held.unit_id, held.municipality, held.person_id, login.session
    )  # fmt: skip
