"""Leaders and volunteers as their branch keeps them: enrolled, given a role, and invited to log in."""

from __future__ import annotations

from uuid import UUID, uuid5

from werkzeug.wrappers import Response

from adapters import office, secretariat
from adapters.invitations import office as invitations
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import OFFICE, pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.people import Role

_ONLY = RealmKind.RED_BARNET


@pages.page("/volunteers", "secretariat/volunteers.html", only_in=_ONLY, roles=OFFICE)
def volunteers(here: Here) -> Told:
    """Everybody by name, with their roles and whether they have got in."""
    invited = {one["actor"]: one for one in here.ask(invitations.volunteers_invited)}
    return {"volunteers": here.ask(office.volunteers), "invited": invited}


@pages.page("/volunteers/new", "secretariat/new_volunteer.html", only_in=_ONLY, roles=OFFICE)
def new_volunteer(here: Here) -> Told:
    """Somebody who is to lead or help."""
    return {"roles": (Role.VOLUNTEER, Role.LEADER), "today": here.desk.clock.today().isoformat()}


@pages.sends("/volunteers/new", new_volunteer)
def enrol_volunteer(here: Here, form: Form) -> Response:
    """Enrolled, given the role, and invited; the code is shown this once."""
    actor, said = uuid5(form.command_id, "person"), form.said
    role = {name: said[name] for name in ("role", "since") if name in said} | {"actor": str(actor)}
    here.rehearse(secretariat.assign_role, role)
    file = {name: said[name] for name in ("given_name", "family_name", "telephone") if name in said}
    here.send(secretariat.enrol_volunteer, form, file, actor=actor)
    here.send(secretariat.assign_role, form.further("role"), role)
    made = here.send(invitations.invite_volunteer, form.further("code"), actor=actor)
    return pages.rendered(here, "secretariat/code.html", {"made": made, "back": "volunteers"})


@pages.sends("/volunteers/<uuid:actor>/invitation", volunteers)
def invite_volunteer(here: Here, form: Form, actor: UUID) -> Response:
    made = here.send(invitations.invite_volunteer, form, actor=actor)
    return pages.rendered(here, "secretariat/code.html", {"made": made, "back": "volunteers"})


@pages.sends("/volunteers/invitations/<uuid:invitation_id>/revocation", volunteers, done=N_("Koden virker ikke mere."))
def revoke_volunteers(here: Here, form: Form, invitation_id: UUID) -> Response:
    here.send(invitations.revoke_volunteers, form, invitation_id=invitation_id)
    return here.to(volunteers, done="revoke_volunteers")
