"""The published words in which consents are asked: read, and published anew; never edited (INT-20)."""

from __future__ import annotations

from itertools import groupby

from werkzeug.wrappers import Response

from adapters import office
from adapters import secretariat as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import OFFICE, pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.lists import Purpose
from domain.people import Role


@pages.page("/wordings", "secretariat/wordings.html", only_in=RealmKind.RED_BARNET)
def wordings(here: Here) -> Told:
    """By what they are for, the newest first."""
    found = sorted(here.ask(office.wordings), key=lambda one: (one["purposes"], -one["version"], one["language"]))
    return {
        "purposes": [(purposes[0], list(lines)) for purposes, lines in groupby(found, key=lambda one: one["purposes"])]
    }


@pages.page(
    "/wordings/<any({}):purpose>/new".format(",".join(Purpose)), "secretariat/new_wording.html",
    only_in=RealmKind.RED_BARNET, roles=(*OFFICE, Role.ADMINISTRATOR),
)  # fmt: skip
def writing(here: Here, purpose: str) -> Told:
    """A new version of the words for one purpose, from the newest there is."""
    found = [one for one in here.ask(office.wordings) if purpose in one["purposes"]]
    newest = max(found, key=lambda one: (one["version"], one["language"] == "da"), default=None)
    return {"purpose": purpose, "newest": newest, "version": newest["version"] + 1 if newest else 1}


@pages.sends("/wordings/<any({}):purpose>/new".format(",".join(Purpose)), writing, done=N_("Formuleringen er udgivet."))
def publish(here: Here, form: Form, purpose: str) -> Response:
    here.send(api.publish_wording, form, {**form.said, "purpose": purpose})
    return here.to(wordings, done="publish")
