"""The questions as the register brings them along: one for each purpose, in three languages, to be published as they are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import NAMESPACE_OID, UUID, uuid5

from adapters.wordings import arabic, danish, english
from application.desk import Asker, Desk
from application.perform import perform
from application.views.organisation import WordingRow
from application.wordings import PublishWording
from domain.lists import Purpose
from domain.people import Role

VERSION = 1
"""Goes up when a text changes; a published one is never edited."""

LANGUAGES = ("da", "en", "ar")
"""BCP 47, in the order they are published: Danish first."""

_TEXTS = {"da": danish, "en": english, "ar": arabic}
_BY_THE_REGISTER = UUID("2c0c3b54-5a0d-4e58-8f30-6a5ad4f6b3c1")
"""The pseudonym under which the wordings that come along are published from the command line."""


def wording_id(purpose: Purpose) -> UUID:
    """The id of the wording of a purpose, the same in every house."""
    return uuid5(NAMESPACE_OID, f"tillid/wording/{purpose.value}")


def words(purpose: Purpose, language: str) -> str:
    """What is read aloud: the question, and that it is answered freely."""
    texts = _TEXTS[language]
    return f"{texts.WORDS[purpose]}\n\n{texts.FREELY}"


def publish_missing(desk: Desk, *, languages: Iterable[str] = LANGUAGES) -> list[tuple[Purpose, str]]:
    """Publish what of this version is not published yet, in the secretariat's name; what was published now."""
    known = {(row.wording_id, row.version, row.language) for row in desk.register.rows().where(WordingRow)}
    wanted = [(purpose, language) for language in languages for purpose in Purpose]
    missing = [(p, language) for p, language in wanted if (wording_id(p), VERSION, language) not in known]
    for purpose, language in missing:
        command_id = uuid5(wording_id(purpose), f"{desk.realm}/{VERSION}/{language}")
        command = PublishWording(
            wording_id=wording_id(purpose), version=VERSION, language=language, purpose=purpose,
            words=words(purpose, language),
        )  # fmt: skip
        perform(command, Asker(_BY_THE_REGISTER, Role.SECRETARIAT, command_id), desk, command_id=command_id)
    return missing
