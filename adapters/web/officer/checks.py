"""Random checks of the log, from their announcement to the report, and the alarms that the log raised by itself."""

from __future__ import annotations

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from adapters.officer import checks as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from gdpr.checks_facts import Finding

DRAW = "/checks/<uuid:draw_id>"
A_PAGE = 50


@pages.page("/checks", "officer/draws.html")
def draws(here: Here) -> Told:
    return {"draws": here.ask(api.draws)[::-1], "today": here.desk.clock.today()}


@pages.sends("/checks", draws, done=N_("Stikprøven er meldt. Der kan trækkes dagen efter den sidste dag."))
def announce(here: Here, form: Form) -> Response:
    bound = here.send(api.announce_draw, form)
    return here.to(draw, draw_id=bound["draw_id"], done="announce")


@pages.page(DRAW, "officer/draw.html")
def draw(here: Here, draw_id: UUID) -> Told:
    """The report: what was drawn from, every drawn line, and what was found about it."""
    return {
        "draw": here.ask(api.draw, draw_id=draw_id),
        "findings": here.choices(Finding, "Finding"),
        "today": here.desk.clock.today().isoformat(),
    }


@pages.sends(f"{DRAW}/drawing", draw, done=N_("Der er trukket."))
def make_draw(here: Here, form: Form, draw_id: UUID) -> Response:
    here.send(api.make_draw, form, draw_id=draw_id)
    return here.to(draw, draw_id=draw_id, done="make_draw")


@pages.sends(f"{DRAW}/findings/<int:seq>", draw, done=N_("Skrevet op."))
def record_finding(here: Here, form: Form, draw_id: UUID, seq: int) -> Response:
    here.send(api.record_finding, form, draw_id=draw_id, seq=seq)
    return here.to(draw, draw_id=draw_id, done="record_finding", anchor=f"line-{seq}")


@pages.sends(f"{DRAW}/closing", draw, done=N_("Stikprøven er færdig, og rapporten ligger fast."))
def close_draw(here: Here, form: Form, draw_id: UUID) -> Response:
    here.send(api.close_draw, form, draw_id=draw_id)
    return here.to(draw, draw_id=draw_id, done="close_draw")


@pages.page(f"{DRAW}/again", "officer/drawn_again.html")
def draw_again(here: Here, draw_id: UUID) -> Told:
    """Whether the same lines are drawn once more from the same list."""
    return {"again": here.ask(api.draw_again, draw_id=draw_id, limit="1")}


@pages.page("/alarms", "officer/alarms.html")
def alarms(here: Here) -> Told:
    said = {name: request.args.get(name, "") for name in ("open_only", "after")}
    found = here.ask(api.alarms, limit=str(A_PAGE), **said)
    return {"alarms": found, "open_only": said["open_only"] == "true", "findings": here.choices(Finding, "Finding")}


@pages.sends("/alarms/<int:seq>", alarms, done=N_("Skrevet op."))
def handle_alarm(here: Here, form: Form, seq: int) -> Response:
    here.send(api.handle_alarm, form, seq=seq)
    return here.to(alarms, done="handle_alarm")
