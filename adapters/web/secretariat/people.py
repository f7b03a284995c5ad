"""Who may do what, since when: new people, their roles, a look at each once a year, and the code for a first login."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from werkzeug.wrappers import Response

from adapters import review, secretariat
from adapters.invitations import office as invitations
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

_KEEPS = (Role.ADMINISTRATOR, Role.SECRETARIAT)
GIVEN = {
    RealmKind.MUNICIPALITY: (Role.REFERRER, Role.COORDINATOR, Role.OFFICER, Role.ADMINISTRATOR),
    RealmKind.RED_BARNET: (Role.COORDINATOR, Role.OFFICER, Role.SECRETARIAT, Role.BRANCH, Role.ADMINISTRATOR),
}
"""The roles that are given here. Leaders and volunteers get theirs with their file, families by an invitation."""


@pages.page("/", "secretariat/start.html", start=True)
def start(here: Here) -> Told:
    """Where to go from here."""
    waiting = [line for line in _roles(here) if line["state"] == "lapses_soon"] if here.role in _KEEPS else []
    return {"menu": [entry for entry in pages.menu_for(here) if entry[1] is not start], "lapsing": len(waiting)}


@pages.page("/roles", "secretariat/roles.html", roles=_KEEPS)
def roles(here: Here) -> Told:
    """Every role, what lapses first on top."""
    return {"roles": _roles(here), "own": here.session.actor, "units": _units(here)}


@pages.sends("/roles/<uuid:actor>/<uuid:assignment_id>/confirmation", roles, done=N_("Rollen er bekræftet."))
def confirm(here: Here, form: Form, actor: UUID, assignment_id: UUID) -> Response:
    here.send(review.confirm_role, form, actor=actor, assignment_id=assignment_id)
    return here.to(roles, done="confirm")


@pages.page("/roles/<uuid:actor>/<uuid:assignment_id>/ending", "secretariat/end_role.html", roles=_KEEPS)
def ending(here: Here, actor: UUID, assignment_id: UUID) -> Told:
    """Before a role is ended."""
    line = next((one for one in _roles(here) if one["assignment_id"] == str(assignment_id)), None)
    return {"line": line, "actor": actor, "assignment_id": assignment_id, "today": here.desk.clock.today().isoformat()}


@pages.sends("/roles/<uuid:actor>/<uuid:assignment_id>/ending", ending, done=N_("Rollen slutter den dag, du skrev."))
def end(here: Here, form: Form, actor: UUID, assignment_id: UUID) -> Response:
    here.send(secretariat.end_role, form, actor=actor, assignment_id=assignment_id)
    return here.to(roles, done="end")


@pages.page("/people/new", "secretariat/new_person.html", roles=(Role.ADMINISTRATOR,))
def newcomer(here: Here) -> Told:
    """Somebody who is to log in, with a role."""
    return {"given": GIVEN[here.desk.kind], "units": _units(here), "today": here.desk.clock.today().isoformat()}


@pages.sends("/people/new", newcomer)
def enrol(here: Here, form: Form) -> Response:
    """Enrolled, given the role, and invited; the code is shown this once."""
    actor = uuid5(form.command_id, "person")
    said = form.said
    given: dict[str, Any] = {name: said[name] for name in ("role", "since", "unit_id", "municipality") if name in said}
    here.rehearse(secretariat.assign_role, {**given, "actor": str(actor)})
    here.send(secretariat.enrol, form, {n: said[n] for n in ("given_name", "family_name") if n in said}, actor=actor)
    here.send(secretariat.assign_role, form.further("role"), {**given, "actor": str(actor)})
    made = here.send(invitations.invite_staff, form.further("code"), actor=actor)
    return pages.rendered(here, "secretariat/code.html", {"made": made, "back": "roles"})


@pages.page("/invitations", "secretariat/invitations.html", roles=(Role.ADMINISTRATOR,))
def access(here: Here) -> Told:
    """Who has got in, and who has a code that waits."""
    names = {line["actor"]: line["name"] for line in _roles(here)}
    return {"people": [{**one, "name": names.get(one["actor"])} for one in here.ask(invitations.staff_invited)]}


@pages.sends("/people/<uuid:actor>/invitation", access)
def invite(here: Here, form: Form, actor: UUID) -> Response:
    made = here.send(invitations.invite_staff, form, actor=actor)
    return pages.rendered(here, "secretariat/code.html", {"made": made, "back": "access"})


@pages.sends("/invitations/<uuid:invitation_id>/revocation", access, done=N_("Koden virker ikke mere."))
def revoke(here: Here, form: Form, invitation_id: UUID) -> Response:
    here.send(invitations.revoke_staffs, form, invitation_id=invitation_id)
    return here.to(access, done="revoke")


def _roles(here: Here) -> list[Any]:
    found: list[Any] = here.ask(review.roles)
    return found


def _units(here: Here) -> dict[str, str]:
    return {unit["unit_id"]: unit["name"] for unit in here.ask(secretariat.organisation)["units"]}
