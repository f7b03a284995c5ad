"""The access log itself: whether it is whole, in words; how it grows; and the proof of one line for people outside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from adapters.officer import log_integrity
from adapters.web import words
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import N_

A_MINUTE = 200_000
"""Lines that are verified in a minute, at least: what is said to whoever waits."""

FLAWS: Mapping[str, str] = {
    "public_altered": N_("Linjen er ændret, efter at den blev skrevet."),
    "private_altered": N_("Det er ændret, hvem linjen handler om, eller hvem der læste."),
    "leaf_altered": N_("Linjens fingeraftryk er ændret."),
    "index_altered": N_("Linjen er hel, men ligger under noget andet, så søgninger kan overse den."),
    "missing": N_("En linje mangler."),
    "doubled": N_("Linjen findes to gange."),
    "tree_order": N_("Linjen ligger i en forkert måned."),
    "root_differs": N_("Linjerne er ikke dem, der blev skrevet under på."),
    "bad_signature": N_("En underskrift passer ikke."),
    "not_a_checkpoint": N_("En underskrift kan ikke læses."),
    "truncated": N_("Loggen slutter før det, der er skrevet under på."),
    "split_view": N_("Der er skrevet under på to forskellige udgaver af loggen."),
    "witness_disagrees": N_("Et vidne har set en anden udgave af loggen."),
}
"""What can be wrong with the log."""
EVENT_FLAWS: Mapping[str, str] = {
    "changed": N_("En hændelse er ændret, efter at den blev skrevet."),
    "removed": N_("En hændelse er fjernet."),
    "inserted": N_("En hændelse er skudt ind."),
    "not_attested": N_("Loggen siger ikke, hvad der skulle stå."),
}
"""What can be wrong with a stored event."""


@pages.page("/log", "officer/log.html")
def the_log(here: Here) -> Told:
    grown = here.ask(log_integrity.growth, month=request.args.get("month", ""))
    size = grown["months"][-1]["size"] if grown["months"] else 0
    days = [{"name": words.day(each["on"], here.language, "medium"), "size": each["size"]} for each in grown["days"]]
    months = [{"name": words.month(each["month"], here.language), "size": each["size"]} for each in grown["months"]]
    return {
        "grown": grown,
        "days": days,
        "months": months,
        "size": size,
        "minutes": size // A_MINUTE + 1 if size > A_MINUTE // 30 else 0,
        "verified": here.ask(log_integrity.last_verification),
    }


@pages.sends("/log/verification", the_log)
def verify(here: Here, form: Form) -> Response:
    """Shown at once, and in the log for whoever comes later: there is nothing to go back to with the back button."""
    found = here.ask(log_integrity.verification)
    return pages.rendered(here, "officer/verified.html", {"found": found, "flaws": FLAWS, "event_flaws": EVENT_FLAWS})


@pages.downloads("/log/proof.json")
def proof(here: Here) -> Response:
    """Of the entry that the address names; `whole` with who and about whom."""
    said = {name: request.args.get(name, "") for name in ("entry", "whole")}
    found: dict[str, Any] = here.ask(log_integrity.proof, **said)
    answer = Response(json.dumps(found, ensure_ascii=False, indent=2) + "\n", content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="proof-{found["entry"]["seq"]}.json"'
    return answer
