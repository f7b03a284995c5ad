"""One registered family, home by home: kept true, and referred again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.referrer import families as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.referrer.door import FAMILY, pages
from adapters.web.referrer.draft import Draft, keep
from adapters.web.referrer.said import with_month
from adapters.web.referrer.start import referrals_of
from adapters.web.referrer.steps import step
from adapters.web.words import N_
from domain.errors import NotFound
from domain.lists import DayCare
from domain.people import Caregiver

_ADULT = f"{FAMILY}/adults/<uuid:person_id>"
_CHILD = f"{FAMILY}/children/<uuid:person_id>"


@pages.page(FAMILY, "referrer/family.html")
def family(here: Here, family_id: UUID) -> Told:
    """Who lives where; a child with two homes stands in both."""
    known = here.ask(api.family, family_id=family_id)
    return {"family": known, "homes": homes_of(known), "referrals": referrals_of(here, family_id)}


@pages.page(_ADULT, "referrer/adult.html")
def adult(here: Here, family_id: UUID, person_id: UUID) -> Told:
    """One adult's name, telephone and address, to be put right."""
    known = here.ask(api.family, family_id=family_id)
    return {"family": known, "adult": _member(known["adults"], person_id), "caregivers": tuple(Caregiver)}


@pages.sends(f"{_ADULT}/name", adult, done=N_("Navnet er rettet."))
def correct_adult(here: Here, form: Form, family_id: UUID, person_id: UUID) -> Response:
    here.send(api.correct_adult, form, family_id=family_id, person_id=person_id)
    return here.to(family, family_id=family_id, done="correct_adult")


@pages.sends(f"{_ADULT}/contact", adult, done=N_("Telefon og adresse er rettet."))
def change_contact(here: Here, form: Form, family_id: UUID, person_id: UUID) -> Response:
    """What is left empty is taken out."""
    body = {"telephone": None, "address": None, **form.said}
    here.send(api.change_contact, form, body, family_id=family_id, person_id=person_id)
    return here.to(family, family_id=family_id, done="change_contact")


@pages.page(_CHILD, "referrer/child.html")
def child(here: Here, family_id: UUID, person_id: UUID) -> Told:
    """One child's name, month of birth and day care, to be put right."""
    known = here.ask(api.family, family_id=family_id)
    return {"family": known, "child": _member(known["children"], person_id), "day_cares": tuple(DayCare)}


@pages.sends(_CHILD, child, done=N_("Barnets oplysninger er rettet."))
def correct_child(here: Here, form: Form, family_id: UUID, person_id: UUID) -> Response:
    body = {"day_care": DayCare.NOT_STATED.value, **with_month(form.said)}
    here.send(api.correct_child, form, body, family_id=family_id, person_id=person_id)
    return here.to(family, family_id=family_id, done="correct_child")


@pages.sends(f"{FAMILY}/referrals", family)
def refer_again(here: Here, form: Form, family_id: UUID) -> Response:
    """A new referral of a family that is registered: only the grounds are asked."""
    here.ask(api.family, family_id=family_id)
    keep(here, Draft(form.command_id, family_id=family_id))
    return step(here, "grounds", form.command_id)


def homes_of(known: dict[str, Any]) -> list[dict[str, list[Any]]]:
    """Each home with those who live there."""
    homes: dict[str, dict[str, list[Any]]] = {}
    for group in ("adults", "children"):
        for member in known[group]:
            for home in member["households"]:
                homes.setdefault(home, {"adults": [], "children": []})[group].append(member)
    return list(homes.values())


def _member(members: list[dict[str, Any]], person_id: UUID) -> dict[str, Any]:
    found = next((one for one in members if one["person_id"] == str(person_id) and not one["erased_on"]), None)
    if found is None:
        raise NotFound("person_id")
    return found
