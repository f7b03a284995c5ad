"""What whoever keeps a value is asked to correct, and the word that it did: endpoints of leaders and of referrers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import fields

from adapters.audience import Answer, Audience
from adapters.endpoints import Said
from adapters.fields import Day, Id, Revealed, Shown
from application import rectifying
from application.desk import Asker, Desk
from application.rectifying import ConfirmCorrection


class CorrectionTask(Shown):
    """`wished` is what the person says it should be; the value is changed where it always is."""

    request_id = Id()
    number = fields.Integer()
    family_id = Id()
    subject = Id(metadata={"description": "a member of the family, or the family"})
    compartment = fields.String()
    field = fields.String()
    record = Id(allow_none=True)
    wished = Revealed()
    decided_on = Day()


class CorrectionConfirmed(Shown):
    request_id = Id()


def offer_corrections(audience: Audience) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Give an audience that keeps values its endpoints for correcting them: what is to be corrected, and that it was."""

    @audience.asks("/corrections", CorrectionTask(many=True))
    def corrections(asker: Asker, desk: Desk, said: Said) -> Answer:
        """What the officer accepted to correct of what one keeps."""
        return rectifying.corrections(asker, desk)

    @audience.does(
        "POST", "/corrections/<uuid:request_id>/<int:number>/confirmation", ConfirmCorrection, CorrectionConfirmed()
    )
    def confirm_correction(said: Said) -> ConfirmCorrection:
        """The value has been corrected; the register looks for the fact that did."""
        return ConfirmCorrection(**said)

    return corrections, confirm_correction
