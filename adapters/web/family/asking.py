"""What a member of a family may ask for about its own data: what comes of it, by when, and one small form for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.wrappers import Response

from adapters.family import data, kinds, requests
from adapters.problems import InputInvalid
from adapters.web.family.collecting import request_page
from adapters.web.family.door import pages
from adapters.web.family.held import ABOUT_A_MEMBER, names_of
from adapters.web.family.in_words import InWords
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.people import TakesPartAs
from gdpr.controller import DATATILSYNET
from gdpr.rights_facts import Right

RIGHTS = (Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION, Right.PORTABILITY)
"""In the order they are offered: what is asked for most stands first."""
_BY_NAME = f"<any({', '.join(RIGHTS)}):right>"


@pages.page("/requests", "family/requests.html", menu=N_("Bed om noget"))
def asked(here: Here) -> Told:
    """What one asked for and how far it is, and what one may ask for."""
    lines = sorted(here.ask(requests.own_requests), key=lambda one: str(one["received_on"]), reverse=True)
    return {"say": InWords(here.language), "requests": lines, "rights": RIGHTS, "authority": DATATILSYNET}


@pages.page(f"/ask/{_BY_NAME}", "family/ask.html")
def ask(here: Here, right: str) -> Told:
    """What happens when one asks for this, and the form."""
    found, say = here.ask(data.own_data), InWords(here.language)
    held = here.ask(kinds.own_kinds)
    names = names_of(found)
    return {
        "say": say,
        "right": right,
        "people": [(person, _isolated(name)) for person, name in names.items()],
        "correctable": list(_correctable(found, held, names, say)) if right == Right.RECTIFICATION else [],
        "objectable": [(one["compartment"], say.kind(one["compartment"])) for one in held if one["may_be_objected_to"]],
        "authority": DATATILSYNET,
    }


@pages.sends(
    f"/ask/{_BY_NAME}",
    ask,
    done=N_("Tak. Vi har fået det, du bad om. Her kan du se, hvor langt vi er, og hvornår du får svar."),
)
def ask_for(here: Here, form: Form, right: str) -> Response:
    """Raises what the API refuses with."""
    said = {**form.said, "right": right}
    if right == Right.RECTIFICATION:
        said |= _correction(str(said.pop("what", "")), said.get("corrections"))
    received = here.send(requests.ask_for, form, body=_as_sent(said))
    return here.to(request_page, request_id=received["request_id"], done="ask_for")


def _as_sent(said: Mapping[str, Any]) -> dict[str, Any]:
    """What one box was ticked for is a list of one."""
    against = said.get("against")
    return {**said, "against": [against]} if isinstance(against, str) else dict(said)


def _correction(what: str, typed: Any) -> dict[str, Any]:
    """What was chosen to be wrong, as the API takes it. Raises InputInvalid."""
    chosen = what.split("/")
    if len(chosen) != 4:
        raise InputInvalid({"/what": "choice_unknown" if what else "field_missing"})
    subject, compartment, field, record = chosen
    words = typed[0] if isinstance(typed, list) and isinstance(typed[0], Mapping) else {}
    return {
        "subject": subject,
        "corrections": [{**words, "compartment": compartment, "field": field, "record": record or None}],
    }


def _correctable(
    found: Mapping[str, Any], held: list[Mapping[str, Any]], names: Mapping[str, Any], say: InWords
) -> Iterator[tuple[str, str]]:
    """Everything that stands there, each with where it stands: whose, which kind of data, which field, which record."""
    own = next(one["person_id"] for one in found["members"] if one["takes_part_as"] == TakesPartAs.ADULT)
    for kind in held:
        name = kind["compartment"]
        for member in found["members"]:
            for field in ABOUT_A_MEMBER:
                if field in kind["fields"] and member.get(field) is not None:
                    whose = member["person_id"]
                    yield f"{whose}/{name}/{field}/", f"{_isolated(names[whose])}: {say.field(field)}"
        if "language" in kind["fields"] and found.get("language") is not None:
            yield f"{own}/{name}/language/", say.field("language")
    for part in found.get("note_parts", ()):
        if part["statements"]:
            yield f"{own}/note/words/{part['part_id']}", f"{say.kind('note')}: {say.part(part['kind'])}"
    for referral in found.get("referrals", ()):
        for field, known in (("remark", referral.get("remark")), ("criterion", referral["criteria"])):
            if known:
                yield (
                    f"{own}/case_file/{field}/{referral['referral_id']}",
                    f"{say.kind('case_file')}: {say.field(field)}",
                )


def _isolated(name: Any) -> str:
    """A name that keeps its own direction where no markup can say so: in a choice of a list."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if isinstance(name, str) else "–"
