"""What the volunteers see: exactly what they are shown of this family today, and what they are not."""

from __future__ import annotations

from adapters.family import preview
from adapters.web.family.door import pages
from adapters.web.family.in_words import InWords
from adapters.web.here import Here
from adapters.web.pages import Told
from adapters.web.words import N_
from domain.compartments import RealmKind


@pages.page("/seen", "family/seen.html", menu=N_("Det ser de frivillige"))
def seen(here: Here) -> Told:
    """By the volunteers' own reading, so that it is never more and never less."""
    return {
        "say": InWords(here.language),
        "at_the_club": here.desk.kind is RealmKind.RED_BARNET,
        "courses": here.ask(preview.seen_by_volunteers),
    }
