"""What is still to be asked back after consents were taken back; nobody is named."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Shown
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import recalls as reading


class OpenRecall(Shown):
    consent_id = Id()
    course_id = Id()
    withdrawn_on = Day()
    readers = fields.List(Id())
    sheets = fields.List(Id())


@officer.asks("/recalls", OpenRecall(many=True))
def open_recalls(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Readers not told yet and printed sheets not accounted for, by consent."""
    return reading.open_recalls(asker, desk)
