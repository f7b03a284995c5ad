"""The letters of a request, to print: for the person they are to, and for the officer who sends them."""

from __future__ import annotations

from collections.abc import Callable

from adapters.audience import Audience
from adapters.endpoints import Said
from adapters.fields import Sent, choice
from adapters.letters.requests import request_letter
from adapters.letters.said import Language
from application.answers import letters
from application.answers.letters import Letter
from application.desk import Asker, Desk


class WhichLetter(Sent):
    kind = choice(Letter, required=True)
    language = choice(Language, metadata={"description": "of the letter; Danish if it is left out"})


def offer_letters(audience: Audience) -> Callable[..., bytes]:
    """Give an audience the letters of the requests it may look at. Returns the question for one."""

    @audience.prints("/requests/<uuid:request_id>/letter.pdf", query=WhichLetter())
    def request_letter_page(asker: Asker, desk: Desk, said: Said) -> bytes:
        """A letter of a request: received, extended, refused, answered, corrected, restricted or objected (PDF/UA)."""
        told = letters.letter(asker, said["request_id"], said["kind"], desk)
        return desk.documents.pdf(request_letter(told, desk.controller, language=said.get("language")))

    return request_letter_page
