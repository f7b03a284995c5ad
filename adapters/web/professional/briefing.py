"""The own visits, and what to know before one: how many, how old, which language and which wishes; no names (VIS-04)."""

from __future__ import annotations

from uuid import UUID

from adapters import professional as api
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.professional.door import pages
from adapters.web.words import N_


@pages.page("/", "professional/bookings.html", menu=N_("Mine besøg"), start=True)
def bookings(here: Here) -> Told:
    """The evenings one is booked for, the next first."""
    return {"bookings": here.ask(api.bookings), "today": here.desk.clock.today().isoformat()}


@pages.page("/bookings/<uuid:booking_id>", "professional/briefing.html")
def briefing(here: Here, booking_id: UUID) -> Told:
    """One visit: when, where, and whom one will meet."""
    return {"briefing": here.ask(api.briefing, booking_id=booking_id)}
