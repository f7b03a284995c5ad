"""A case is answered: what is told, corrected, restricted or objected to, who is told of it, and the answer on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from adapters.officer import answers as api
from adapters.officer import releases
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.asking import kinds_of_data
from adapters.web.officer.cases import CASE, case
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_
from gdpr.release_facts import ReleaseGround


@pages.sends(f"{CASE}/answer", case, done=N_("Svaret er klar, og personen kan hente det."))
def answer(here: Here, form: Form, request_id: UUID) -> Response:
    """What is withheld is chosen kind by kind; the API takes a list."""
    said: dict[str, Any] = form.said
    withheld = said.pop("withheld", {})
    kept = [{"compartment": name, "ground": ground} for name, ground in withheld.items()]
    here.send(api.answer_request, form, body={**said, "withheld": kept}, request_id=request_id)
    return here.to(case, request_id=request_id, done="answer")


@pages.sends(f"{CASE}/corrections/<int:number>", case, done=N_("Afgørelsen om rettelsen er skrevet op."))
def decide_correction(here: Here, form: Form, request_id: UUID, number: int) -> Response:
    here.send(api.decide_correction, form, body={"refused": None, **form.said}, request_id=request_id, number=number)
    return here.to(case, request_id=request_id, done="decide_correction")


@pages.sends(f"{CASE}/recipients", case, done=N_("Skrevet op: modtageren har fået det at vide."))
def tell_recipient(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.tell_recipient, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="tell_recipient")


@pages.sends(f"{CASE}/completion", case, done=N_("Sagen er afsluttet."))
def complete(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.complete_request, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="complete")


@pages.sends(f"{CASE}/restriction", case, done=N_("Oplysningerne er begrænset: kun personen selv kan læse dem."))
def restrict(here: Here, form: Form, request_id: UUID) -> Response:
    said = {"household": "false", **form.said}
    here.send(api.place_restriction, form, body=said, request_id=request_id)
    return here.to(case, request_id=request_id, done="restrict")


@pages.sends(f"{CASE}/restriction/lift", case, done=N_("Begrænsningen er ophævet."))
def lift(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.lift_restriction, form, request_id=request_id)
    return here.to(case, request_id=request_id, done="lift")


@pages.sends(f"{CASE}/objection", case, done=N_("Afgørelsen om indsigelsen er skrevet op."))
def decide_objection(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(api.decide_objection, form, body={"compelling": None, **form.said}, request_id=request_id)
    return here.to(case, request_id=request_id, done="decide_objection")


@pages.page("/releases", "officer/releases.html")
def all_releases(here: Here) -> Told:
    """Answers on paper under a release by two persons, and where each stands."""
    return {"releases": here.ask(releases.releases)}


@pages.page(f"{CASE}/release", "officer/release.html")
def release(here: Here, request_id: UUID) -> Told:
    stands = [one for one in here.ask(releases.releases) if one["request_id"] == str(request_id)]
    return {
        "request_id": request_id,
        "release": stands[-1] if stands else None,
        "grounds": here.choices(ReleaseGround, "ReleaseGround"),
        "compartments": kinds_of_data(here),
    }


@pages.sends(f"{CASE}/release", release, done=N_("En anden skal nu sige ja, før svaret kan skrives ud."))
def ask_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(releases.ask_release, form, request_id=request_id)
    return here.to(release, request_id=request_id, done="ask_release")


@pages.sends(f"{CASE}/release/approval", release, done=N_("Du har sagt ja. Svaret kan skrives ud en kort tid."))
def approve_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(releases.approve_release, form, request_id=request_id)
    return here.to(release, request_id=request_id, done="approve_release")


@pages.sends(f"{CASE}/release/refusal", release, done=N_("Du har sagt nej."))
def decline_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(releases.decline_release, form, request_id=request_id)
    return here.to(release, request_id=request_id, done="decline_release")


@pages.sends(f"{CASE}/release/withdrawal", release, done=N_("Det er trukket tilbage."))
def withdraw_release(here: Here, form: Form, request_id: UUID) -> Response:
    here.send(releases.withdraw_release, form, request_id=request_id)
    return here.to(release, request_id=request_id, done="withdraw_release")


@pages.downloads(f"{CASE}/answer.pdf")
def printed_answer(here: Here, request_id: UUID) -> Response:
    """The person's answer on paper; each printing stands in the log and in the case."""
    printed = here.ask(releases.printed_answer, request_id=request_id, language=here.language)
    found = Response(printed, content_type="application/pdf")
    found.headers["Content-Disposition"] = f'attachment; filename="answer-{str(request_id)[-8:]}.pdf"'
    return found
