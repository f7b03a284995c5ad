"""The receipt of an answer to a consent as its giver and the leader of the course are shown it: signed, and to print."""

from __future__ import annotations

from collections.abc import Callable

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Sent, Shown, choice
from adapters.letters.consent_receipt import consent_receipt
from adapters.letters.said import Language
from application import consent_receipts
from application.desk import Asker, Desk


class ConsentReceipt(Shown):
    """`document` is to be kept byte for byte, or its signature no longer fits; `receipt` is the same to read (JSON-LD)."""

    document = fields.String()
    digest = fields.String()
    receipt = fields.Dict()


class InLanguage(Sent):
    language = choice(
        Language, metadata={"description": "of the page; left out, the one the question was asked in, or Danish"}
    )


def offer(audience: Audience) -> tuple[Callable[..., Answer], Callable[..., bytes]]:
    """Give this audience both forms of a receipt, and return them: signed, and on paper.

    Which answers are its own is the policy's to say.
    """

    @audience.asks("/consents/<uuid:consent_id>/receipt", ConsentReceipt())
    def consent_receipt_signed(asker: Asker, desk: Desk, said: Said) -> Answer:
        """The signed receipt of an answer: what was asked, in which words, what was said, until when, and whose right it is."""
        return consent_receipts.receipt(asker, said["consent_id"], desk)

    @audience.prints("/consents/<uuid:consent_id>/receipt.pdf", query=InLanguage())
    def consent_receipt_page(asker: Asker, desk: Desk, said: Said) -> bytes:
        """The same as a page to keep or hand over, in the language of the family (PDF/UA)."""
        answered = consent_receipts.answered(asker, said["consent_id"], desk, printed=True)
        return desk.documents.pdf(consent_receipt(answered, language=said.get("language")))

    return consent_receipt_signed, consent_receipt_page
