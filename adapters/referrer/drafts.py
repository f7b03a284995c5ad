"""Forms that are not finished: kept for their author alone, opened, discarded."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Id, Revealed, Sent, Shown, words
from adapters.referrer.door import referrer
from application import drafts as acts
from application.desk import Asker, Desk
from application.reading import drafts as reading


class DraftLine(Shown):
    """What may be known of a draft without opening it; it goes the day after `kept_until`."""

    draft_id = Id(required=True)
    saved_at = fields.AwareDateTime(required=True)
    kept_until = Day(required=True)


@referrer.asks("/drafts", DraftLine(many=True), records=False)
def drafts(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The own drafts, the latest first."""
    return reading.drafts(asker, desk)


class DraftShown(DraftLine):
    form = Revealed()


@referrer.asks("/drafts/<uuid:draft_id>", DraftShown())
def draft(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One own draft as it was saved."""
    return reading.draft(asker, said["draft_id"], desk)


class DraftTyped(Sent):
    form = words(
        acts.LONGEST, required=True, metadata={"description": "a JSON object as text: whatever the form holds so far"}
    )


@referrer.acts("PUT", "/drafts/<uuid:draft_id>", DraftLine(), body=DraftTyped())
def keep_draft(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Save a draft under a random id of your own; what was saved there before is replaced."""
    return reading.line(acts.keep(asker, said["draft_id"], said["form"], desk), desk)


class DraftGone(Shown):
    draft_id = Id(required=True)


@referrer.acts("DELETE", "/drafts/<uuid:draft_id>", DraftGone())
def discard_draft(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Destroy an own draft; the same answer when there is none."""
    acts.discard(asker, said["draft_id"], desk)
    return {"draft_id": said["draft_id"]}
