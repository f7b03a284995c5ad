"""Professionals who visit an evening: booked, told by a link what they need to know, and cancelled again."""

from __future__ import annotations

from uuid import UUID, uuid5

from flask import url_for
from werkzeug.wrappers import Response

from adapters import coordinator as api
from adapters.invitations import links as links_api
from adapters.web.door import site
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.programme.course import course
from adapters.web.programme.door import COURSE, pages
from adapters.web.words import N_
from domain.lists import Profession, Theme


@pages.page(f"{COURSE}/visits/new", "programme/booking.html")
def booking(here: Here, course_id: UUID) -> Told:
    """Who is to come, to which evening, about what."""
    shown = here.ask(api.club_course, course_id=course_id)
    today = here.desk.clock.today().isoformat()
    coming = [one for one in shown["programme"] if one["on"] >= today and not one["cancelled"]]
    return {"course": shown["course"], "evenings": coming, "professions": tuple(Profession), "themes": tuple(Theme)}


@pages.sends(
    f"{COURSE}/visits/new", booking, done=N_("Besøget er booket. Lav nu et link, og send det til den, der kommer.")
)
def book(here: Here, form: Form, course_id: UUID) -> Response:
    # Whoever comes is a pseudonym that begins here: no name is needed, because the link is the way in.
    who = uuid5(form.command_id, "visitor")
    here.send(api.book_professional, form, {**form.said, "actor": str(who)}, course_id=course_id)
    return here.to(course, course_id=course_id, done="book", anchor="visits")


@pages.sends(f"{COURSE}/visits/<uuid:booking_id>/link", course)
def make_link(here: Here, form: Form, course_id: UUID, booking_id: UUID) -> Response:
    """The link, this once."""
    made = here.send(links_api.make_link, form, course_id=course_id, booking_id=booking_id)
    link = site().origin + url_for("login.visit", code=made["code"]) if made["code"] else None
    return pages.rendered(here, "programme/link.html", {"course_id": course_id, "made": made, "link": link})


@pages.sends(f"{COURSE}/links/<uuid:invitation_id>", course, done=N_("Linket virker ikke mere."))
def revoke_link(here: Here, form: Form, course_id: UUID, invitation_id: UUID) -> Response:
    here.send(links_api.revoke_link, form, course_id=course_id, invitation_id=invitation_id)
    return here.to(course, course_id=course_id, done="revoke_link", anchor="visits")


@pages.sends(
    f"{COURSE}/visits/<uuid:booking_id>/cancellation",
    course,
    done=N_("Besøget er aflyst. Sig det til den, der skulle komme."),
)
def cancel(here: Here, form: Form, course_id: UUID, booking_id: UUID) -> Response:
    here.send(api.cancel_booking, form, course_id=course_id, booking_id=booking_id)
    return here.to(course, course_id=course_id, done="cancel", anchor="visits")
