"""Finding a family by name or telephone: within the own municipality, and every search is written down (VIS-10)."""

from __future__ import annotations

from werkzeug.wrappers import Response

from adapters import coordinator as api
from adapters.web.coordinator.door import pages
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_


@pages.page("/search", "coordinator/search.html", menu=N_("Find en familie"))
def search(here: Here) -> Told:
    """What to search by."""
    return {"found": None}


@pages.sends("/search", search)
def find(here: Here, form: Form) -> Response:
    """What was found, at once: what was searched for stands in no address."""
    asked = {name: form.value(name).strip() for name in ("name", "telephone")}
    return pages.rendered(here, "coordinator/search.html", {"found": here.ask(api.families, **asked)})
