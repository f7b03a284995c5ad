"""A municipality's units and the channels through which families are found."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import secretariat as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.lists import UnitKind


@pages.page("/organisation", "secretariat/organisation.html", only_in=RealmKind.MUNICIPALITY)
def organisation(here: Here) -> Told:
    """Which units take part, and which channels are open."""
    return {
        "organisation": here.ask(api.organisation), "kinds": tuple(UnitKind), "today": here.desk.clock.today().isoformat(),
    }  # fmt: skip


@pages.sends("/units", organisation, done=N_("Enheden er med."))
def open_unit(here: Here, form: Form) -> Response:
    here.send(api.open_unit, form)
    return here.to(organisation, done="open_unit")


@pages.page("/units/<uuid:unit_id>/closing", "secretariat/close_unit.html", only_in=RealmKind.MUNICIPALITY)
def closing(here: Here, unit_id: UUID) -> Told:
    """Before a unit leaves."""
    units = here.ask(api.organisation)["units"]
    return {
        "unit": next((one for one in units if one["unit_id"] == str(unit_id)), None), "unit_id": unit_id,
        "today": here.desk.clock.today().isoformat(),
    }  # fmt: skip


@pages.sends("/units/<uuid:unit_id>/closing", closing, done=N_("Enheden er ikke længere med efter den dag, du skrev."))
def close_unit(here: Here, form: Form, unit_id: UUID) -> Response:
    here.send(api.close_unit, form, unit_id=unit_id)
    return here.to(organisation, done="close_unit")


@pages.sends("/channels", organisation, done=N_("Kanalen er åben."))
def open_channel(here: Here, form: Form) -> Response:
    here.send(api.open_channel, form)
    return here.to(organisation, done="open_channel")
