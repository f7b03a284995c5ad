"""The call to a family, from the notice that is read aloud to the words it agrees to: one page that fits in one hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from adapters.leader import families as families_api
from adapters.leader import notes as api
from adapters.problems import InputInvalid
from adapters.web.forms import Form
from adapters.web.here import Here
from adapters.web.leader.door import pages
from adapters.web.leader.spoken import spoken
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.lists import PartKind, Theme, Way

_FAMILY = "/courses/<uuid:course_id>/families/<uuid:family_id>"
SEEN = "_seen"
"""What the leader was asked about and lets stand: the cautions' names in one word."""


@pages.page(f"{_FAMILY}/conversation", "leader/conversation.html")
def conversation(here: Here, course_id: UUID, family_id: UUID) -> Told:
    own = here.ask(families_api.own_family, course_id=course_id, family_id=family_id)
    notices = {notice["language"]: notice for notice in here.ask(families_api.notices)}
    return {
        **own,
        "note": here.ask(api.note, course_id=course_id, family_id=family_id),
        "notice": notices[spoken(own["family"], notices)],
        "languages": list(notices),
        "today": str(here.desk.clock.today()),
        "ways": here.choices(Way, "Way"),
        "kinds": here.choices(PartKind, "PartKind"),
        "themes": here.choices(Theme, "Theme"),
        "cautions": (),
    }


@pages.sends(f"{_FAMILY}/held", conversation, done=N_("Det er gemt, at I har talt sammen."))
def held(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    body = {"notice_given": "false", **form.said}
    here.send(api.hold_conversation, form, body, course_id=course_id, family_id=family_id)
    return here.to(conversation, course_id=course_id, family_id=family_id, done="held", anchor="write")


@pages.sends(f"{_FAMILY}/note-parts", conversation, done=N_("Det er gemt, og kun du kan læse det."))
def write(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    said = _said(form)
    if asked := _cautions(here, form, said, course_id, family_id):
        told = {**conversation(here, course_id, family_id), "cautions": asked}
        return pages.rendered(here, "leader/conversation.html", told, 422)
    here.send(api.write_part, form, said, course_id=course_id, family_id=family_id)
    return here.to(conversation, course_id=course_id, family_id=family_id, done="write", anchor="told")


@pages.sends(f"{_FAMILY}/carry-over", conversation, done=N_("Det, familien har sagt ja til at tage med, står her nu."))
def carry_over(here: Here, form: Form, course_id: UUID, family_id: UUID) -> Response:
    here.send(api.carry_over, form, course_id=course_id, family_id=family_id)
    return here.to(conversation, course_id=course_id, family_id=family_id, done="carry_over", anchor="told")


@pages.page(f"{_FAMILY}/note-parts/<uuid:part_id>", "leader/part.html")
def part(here: Here, course_id: UUID, family_id: UUID, part_id: UUID) -> Told:
    note = here.ask(api.note, course_id=course_id, family_id=family_id)
    found = next((one for one in note["parts"] if one["part_id"] == str(part_id)), None)
    if found is None:
        raise NotFound
    return {
        **here.ask(families_api.own_family, course_id=course_id, family_id=family_id),
        "part": found,
        "version": note["version"],
        "kinds": here.choices(PartKind, "PartKind"),
        "themes": here.choices(Theme, "Theme"),
        "cautions": (),
    }


@pages.sends(
    f"{_FAMILY}/note-parts/<uuid:part_id>/correction",
    part,
    done=N_("Rettelsen er gemt. Læs den op for familien, og spørg igen, før andre kan læse den nye tekst."),
)
def correct(here: Here, form: Form, course_id: UUID, family_id: UUID, part_id: UUID) -> Response:
    said = _said(form)
    if asked := _cautions(here, form, said, course_id, family_id):
        told = {**part(here, course_id, family_id, part_id), "cautions": asked}
        return pages.rendered(here, "leader/part.html", told, 422)
    here.send(api.correct_part, form, said, course_id=course_id, family_id=family_id, part_id=part_id)
    return here.to(read_back, course_id=course_id, family_id=family_id, done="correct")


@pages.page(f"{_FAMILY}/read-back", "leader/read_back.html")
def read_back(here: Here, course_id: UUID, family_id: UUID) -> Told:
    return {
        **here.ask(families_api.own_family, course_id=course_id, family_id=family_id),
        "note": here.ask(api.note, course_id=course_id, family_id=family_id),
        "actor": str(here.session.actor),
    }


@pages.sends(f"{_FAMILY}/note-parts/<uuid:part_id>/read-back", read_back, done=N_("Familien er enig i ordene."))
def agree(here: Here, form: Form, course_id: UUID, family_id: UUID, part_id: UUID) -> Response:
    here.send(api.read_back_part, form, course_id=course_id, family_id=family_id, part_id=part_id)
    return here.to(read_back, course_id=course_id, family_id=family_id, done="agree")


def _said(form: Form) -> dict[str, Any]:
    """The part as the API takes it: who tells stands once for all of it, and a box that was left empty says nothing.

    Raises InputInvalid for a statement that says neither about whom it is nor who told it.
    """
    said = form.said
    typed = said.get("statements")
    statements = [one for one in typed if isinstance(one, Mapping)] if isinstance(typed, list) else []
    told_by = statements[0].get("told_by") if statements else None
    kept = [{**one, "told_by": told_by} for one in statements if "words" in one]
    missing = {f"/statements/{i}/about": "field_missing" for i, one in enumerate(kept) if "about" not in one}
    if told_by is None:
        missing["/statements/0/told_by"] = "field_missing"
    if not kept:
        missing["/statements/0/words"] = "text_missing"
    if "kind" not in said:
        missing["/kind"] = "field_missing"
    if missing:
        raise InputInvalid(missing)
    return {**said, "statements": kept}


def _cautions(here: Here, form: Form, said: Mapping[str, Any], course_id: UUID, family_id: UUID) -> tuple[str, ...]:
    """What the leader is asked about before the words are kept, unless it has let just that stand already."""
    answer = here.ask(
        families_api.cautions, course_id=course_id, family_id=family_id, statements=said["statements"]
    )  # fmt: skip
    found = tuple(dict.fromkeys(one for statement in answer["statements"] for one in statement))
    seen = form.value(SEEN).split()
    return found if not set(found) <= set(seen) else ()
