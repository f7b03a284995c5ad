"""What a person gave under consent or agreement, to take along: its own words, its contact data, its answers (Art. 20)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.answers.access import Answering, heading
from application.answers.plain import plain
from application.reading import own
from gdpr.answers import PORTABLE

FORMAT = "tillid/portability/v1"
_GIVEN = {
    "members": ("roster", "contact", "ages", "club_telephone"),
    "language": ("language",),
    "note_parts": ("note",),
    "follow_up": ("follow_up",),
}
"""By part of the copy the compartments it comes from; what staff wrote down, as attendance, is not the person's gift."""


def portability(answering: Answering) -> Mapping[str, Any]:
    """The file, plain: what `docs/portability.md` describes. Empty lists where nothing rests on consent or agreement."""
    portable = {each.name for each in answering.held if each.basis in PORTABLE} - answering.scope.withheld
    given = {part: names for part, names in _GIVEN.items() if portable & set(names)}
    copy = plain(own.held_about(answering.case.asked_by, answering.reader, answering.desk, answering.scope))
    return {
        "format": FORMAT,
        **{name: value for name, value in heading(answering).items() if name != "names_of_staff"},
        "members": copy.get("members", []) if "members" in given else [],
        "language": copy.get("language") if "language" in given else None,
        "told": _told(copy) if "note_parts" in given else [],
        "answers": _answers(copy),
        "contact_after_course": copy.get("follow_up", []) if "follow_up" in given else [],
        "not_portable": [
            {"compartment": each.name, "basis": each.basis.value}
            for each in answering.held
            if each.basis not in PORTABLE
        ],
    }


def _told(copy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the person told, statement by statement; the leader's choice of part is kept, for it orders the words."""
    return [
        {"part": part["kind"], "about": statement["about"], "words": statement.get("words")}
        for part in copy.get("note_parts", ())
        for statement in part["statements"]
    ]


def _answers(copy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the person said yes and no to, in which words it was asked, and when."""
    kept = ("purpose", "answer", "answered_on", "until", "ended_on", "language", "words")
    return [{name: each.get(name) for name in kept} for each in copy.get("consents", ())]
