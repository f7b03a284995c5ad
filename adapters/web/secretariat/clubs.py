"""Red Barnet's clubs, their courses in numbers, and who is on a course's team."""

from __future__ import annotations

from uuid import UUID

from werkzeug.wrappers import Response

from adapters import office
from adapters import secretariat as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.secretariat.door import OFFICE, pages
from adapters.web.words import N_
from domain.compartments import RealmKind
from domain.lists import Season
from domain.people import Role

_ONLY = RealmKind.RED_BARNET


@pages.page("/clubs", "secretariat/clubs.html", only_in=_ONLY)
def clubs(here: Here) -> Told:
    """Every club with its courses, in numbers."""
    courses = sorted(here.ask(api.courses), key=lambda one: one["course"]["starts_on"], reverse=True)
    return {
        **here.ask(office.clubs), "courses": courses, "seasons": tuple(Season), "today": here.desk.clock.today().isoformat(),
    }  # fmt: skip


@pages.sends("/clubs", clubs, done=N_("Klubben er oprettet."))
def establish(here: Here, form: Form) -> Response:
    here.send(api.establish_club, form)
    return here.to(clubs, done="establish")


@pages.sends("/places", clubs, done=N_("Stedet er skrevet ned."))
def name_place(here: Here, form: Form) -> Response:
    here.send(api.name_place, form)
    return here.to(clubs, done="name_place")


@pages.sends("/branches", clubs, done=N_("Lokalforeningen er skrevet ned."))
def open_branch(here: Here, form: Form) -> Response:
    here.send(api.open_branch, form)
    return here.to(clubs, done="open_branch")


@pages.sends("/courses", clubs, done=N_("Forløbet er planlagt."))
def plan(here: Here, form: Form) -> Response:
    here.send(api.plan_course, form)
    return here.to(clubs, done="plan")


@pages.page("/courses/<uuid:course_id>/team", "secretariat/team.html", only_in=_ONLY, roles=OFFICE)
def team(here: Here, course_id: UUID) -> Told:
    """Who joins or leaves the team of a course."""
    return {
        "course": here.ask(api.course, course_id=course_id), "volunteers": here.ask(office.volunteers),
        "roles": (Role.LEADER, Role.VOLUNTEER), "today": here.desk.clock.today().isoformat(),
    }  # fmt: skip


@pages.sends("/courses/<uuid:course_id>/team", team, done=N_("Personen er på holdet fra den dag, du skrev."))
def join(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.join_team, form, _without_actor(form), course_id=course_id, actor=form.chosen("actor"))
    return here.to(team, course_id=course_id, done="join")


@pages.sends("/courses/<uuid:course_id>/team/leaving", team, done=N_("Personen er af holdet efter den dag, du skrev."))
def leave(here: Here, form: Form, course_id: UUID) -> Response:
    here.send(api.leave_team, form, _without_actor(form), course_id=course_id, actor=form.chosen("actor"))
    return here.to(team, course_id=course_id, done="leave")


def _without_actor(form: Form) -> dict[str, object]:
    return {name: said for name, said in form.said.items() if name != "actor"}
