"""How long data are kept: the clocks, what would go on a day, what went, and what a legal hold keeps back."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.officer import retention as api
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.asking import asked, kinds_of_data
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from gdpr.retention_facts import HoldGround

HOLD = "/holds/<uuid:hold_id>"


@pages.page("/retention", "officer/retention.html")
def retention(here: Here) -> Told:
    preview = asked(here, api.retention_preview, "on")
    return {
        "clocks": here.ask(api.retention_clocks),
        "report": here.ask(api.retention_report),
        "asked": preview,
        "goes": counted(preview.answer["goes"]) if preview.answer else [],
        "kept_back": counted(preview.answer["kept_back"]) if preview.answer else [],
    }


def counted(lines: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How many there are of each kind of data; of whom is not the page's to show."""
    return sorted(Counter(line["compartment"] for line in lines).items())


@pages.page("/retention/run", "officer/let_go.html")
def due_today(here: Here) -> Told:
    """What goes today, asked once more before it goes."""
    preview = here.ask(api.retention_preview)
    return {"goes": counted(preview["goes"]), "kept_back": counted(preview["kept_back"])}


@pages.sends("/retention/run", due_today, done=N_("Det, der var tid til at slette, er slettet."))
def let_go(here: Here, form: Form) -> Response:
    here.send(api.let_go, form)
    return here.to(retention, done="let_go")


@pages.page("/holds/new", "officer/new_hold.html")
def new_hold(here: Here) -> Told:
    return {"compartments": kinds_of_data(here), "grounds": here.choices(HoldGround, "HoldGround")}


@pages.sends("/holds/new", new_hold, done=N_("Oplysningerne bliver holdt tilbage indtil gennemsynet."))
def place_hold(here: Here, form: Form) -> Response:
    placed = here.send(api.place_hold, form)
    return here.to(hold, hold_id=placed["hold_id"], done="place_hold")


@pages.page(HOLD, "officer/hold.html")
def hold(here: Here, hold_id: UUID) -> Told:
    return {"hold": here.ask(api.hold, hold_id=hold_id)}


@pages.sends(f"{HOLD}/review", hold, done=N_("Gennemsynet er skrevet op."))
def prolong_hold(here: Here, form: Form, hold_id: UUID) -> Response:
    here.send(api.prolong_hold, form, hold_id=hold_id)
    return here.to(hold, hold_id=hold_id, done="prolong_hold")


@pages.sends(
    f"{HOLD}/lifting", hold, done=N_("Det holdes ikke længere tilbage. Det, der er tid til, går ved næste sletning.")
)
def lift_hold(here: Here, form: Form, hold_id: UUID) -> Response:
    here.send(api.lift_hold, form, hold_id=hold_id)
    return here.to(hold, hold_id=hold_id, done="lift_hold")


@pages.downloads("/retention/runs/<uuid:run_id>/receipt.txt")
def run_receipt(here: Here, run_id: UUID) -> Response:
    """The signed receipt of a run, byte for byte."""
    document: str = here.ask(api.run_receipt, run_id=run_id)["document"]
    answer = Response(document.encode(), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="run-{str(run_id)[-8:]}.txt"'
    return answer
