"""The register of breaches: the 72 hours in words, what law asks for, whom it reached, and what is still wanting."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.officer import blast_radius as radius
from adapters.officer import breaches as api
from adapters.officer import records
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.asking import asked, kinds_of_data
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import DENMARK, N_
from gdpr.breach_facts import Affected, Nature, NotToldBecause, Risk, WayTold

BREACH = "/breaches/<uuid:breach_id>"
MISSING: Mapping[str, str] = {
    "affected": N_("hvem det går ud over"),
    "compartments": N_("hvilke slags oplysninger"),
    "consequences": N_("følgerne"),
    "measures": N_("hvad der er gjort"),
    "contact": N_("hvem Datatilsynet kan tale med"),
    "risk": N_("en vurdering af risikoen"),
    "reported_at": N_("anmeldelsen til Datatilsynet"),
    "told": N_("at personerne får det at vide"),
}
"""What must be known or done before a breach can be closed."""
UNSAID: Mapping[str, str] = {
    "session_left_no_trace": N_("Loggen har intet fra den enhed."),
    "process_not_this_one": N_("Den proces er ikke denne; spørg også dér."),
    "key_unknown": N_("Registret kender ikke nøglen."),
    "readings_without_a_name": N_("Ældre linjer i loggen siger ikke længere, hvem der læste."),
}
"""Why a list of whom it reached may not be the whole truth."""


@pages.page("/breaches", "officer/breaches.html")
def breaches(here: Here) -> Told:
    every = here.ask(api.breaches)
    return {
        "open": [one for one in every if one["closed_at"] is None],
        "closed": [one for one in every if one["closed_at"] is not None],
    }


@pages.downloads("/breaches.pdf")
def register(here: Here) -> Response:
    """The whole register as a document for the supervisory authority."""
    answer = Response(here.ask(records.breach_register_page, language=here.language), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="breaches.pdf"'
    return answer


@pages.page("/breaches/new", "officer/new_breach.html")
def new_breach(here: Here) -> Told:
    return {"natures": here.choices(Nature, "Nature"), "now": _typed(here.desk.clock.now())}


@pages.sends("/breaches/new", new_breach, done=N_("Bruddet er skrevet op, og de 72 timer løber."))
def notice(here: Here, form: Form) -> Response:
    taken = here.send(api.notice_breach, form, body=_in_moments(form.said, "aware_at", "began_at", "ended_at"))
    return here.to(breach, breach_id=taken["breach_id"], done="notice")


@pages.page(BREACH, "officer/breach.html")
def breach(here: Here, breach_id: UUID) -> Told:
    return {
        "breach": here.ask(api.breach, breach_id=breach_id),
        "affected": here.choices(Affected, "Affected"),
        "compartments": kinds_of_data(here),
        "risks": here.choices(Risk, "Risk"),
        "ways": here.choices(WayTold, "WayTold"),
        "not_told": here.choices(NotToldBecause, "NotToldBecause"),
        "now": _typed(here.desk.clock.now()),
        "words": MISSING,
    }


@pages.sends(f"{BREACH}/description", breach, done=N_("Beskrivelsen er gemt."))
def describe(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.describe_breach, form, breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="describe")


@pages.sends(f"{BREACH}/risk", breach, done=N_("Vurderingen er gemt."))
def judge(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.judge_risk, form, breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="judge")


@pages.sends(f"{BREACH}/reports", breach, done=N_("Anmeldelsen er skrevet op."))
def report(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.report_breach, form, body=_in_moments(form.said, "reported_at"), breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="report")


@pages.sends(f"{BREACH}/persons-told", breach, done=N_("Skrevet op: personerne har fået det at vide."))
def tell(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.tell_persons, form, breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="tell")


@pages.sends(f"{BREACH}/telling-not-needed", breach, done=N_("Skrevet op: de behøver ikke at få det at vide."))
def need_not_tell(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.need_not_tell, form, breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="need_not_tell")


@pages.sends(f"{BREACH}/closing", breach, done=N_("Bruddet er afsluttet."))
def close(here: Here, form: Form, breach_id: UUID) -> Response:
    here.send(api.close_breach, form, breach_id=breach_id)
    return here.to(breach, breach_id=breach_id, done="close")


@pages.page("/blast-radius", "officer/blast_radius.html")
def blast_radius(here: Here) -> Told:
    """Who was within reach of what was lost, who was read, and whom to write to."""
    names = ("actor", "session", "process", "key", "since", "until")
    return {"asked": asked(here, radius.blast_radius, *names, days=True), "words": UNSAID}


def _typed(moment: datetime) -> str:
    """A moment as an input of a browser takes it, in Danish time."""
    return moment.astimezone(DENMARK).strftime("%Y-%m-%dT%H:%M")


def _in_moments(said: dict[str, Any], *names: str) -> dict[str, Any]:
    """What was typed as Danish time, as the API takes it; what is none stays as it is, to be refused."""
    found = dict(said)
    for name in names:
        with suppress(KeyError, ValueError, TypeError):
            found[name] = datetime.fromisoformat(found[name]).replace(tzinfo=DENMARK).isoformat()
    return found
