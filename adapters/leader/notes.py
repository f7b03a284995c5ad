"""The introductory conversation: what the leader writes down, reads back, and may do with it by each adult's answer."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer, Said
from adapters.fields import LONG, Day, Flag, Id, Revealed, Sent, Shown, choice, several, whole, words
from adapters.leader.door import leader
from application.consents import RecordAnswer, WithdrawConsent
from application.desk import Asker, Desk
from application.introductions import HoldConversation, ReadBackPart, StatementTyped, WritePart
from application.reading import leader as reading
from domain.consent import Answer as Given
from domain.consent import Recipient
from domain.lists import PartKind, Purpose, Theme, Way

_FAMILY = "/courses/<uuid:course_id>/families/<uuid:family_id>"


class LeadersStatement(Shown):
    statement_id = Id()
    about = Id()
    told_by = Id()
    words = Revealed()
    shared = fields.Boolean()


class LeadersPart(Shown):
    part_id = Id()
    kind = choice(PartKind)
    edition = fields.Integer()
    author = Id()
    written_on = Day()
    read_back_on = Day(allow_none=True)
    statements = fields.List(fields.Nested(LeadersStatement))
    themes = fields.List(Revealed())
    shared_edition = fields.Integer(allow_none=True)
    consents_in_force = fields.List(Id())


class LeadersConsent(Shown):
    consent_id = Id()
    person_id = Id()
    purpose = choice(Purpose)
    recipient = choice(Recipient, allow_none=True)
    part_id = Id(allow_none=True)
    edition = fields.Integer(allow_none=True)
    answer = choice(Given)
    answered_on = Day()
    until = Day(allow_none=True)
    ended_on = Day(allow_none=True)
    withdrawn = fields.Boolean()
    in_force = fields.Boolean()
    way = choice(Way)
    language = fields.String(allow_none=True)
    wording_id = Id(allow_none=True)
    wording_version = fields.Integer(allow_none=True)


class LeadersNote(Shown):
    course_id = Id()
    family_id = Id()
    conversation_on = Day(allow_none=True)
    guiding_questions = fields.Dict(keys=fields.String(), values=fields.String())
    parts = fields.List(fields.Nested(LeadersPart))
    consents = fields.List(fields.Nested(LeadersConsent))


@leader.asks(f"{_FAMILY}/note", LeadersNote())
def note(asker: Asker, desk: Desk, said: Said) -> Answer:
    """A family's note as written, what is shared of it, and every answer given."""
    return reading.note(asker, said["course_id"], said["family_id"], desk)


@leader.asks("/note-parts/<uuid:part_id>", LeadersPart())
def note_part(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One part of a note."""
    return reading.part(asker, said["part_id"], desk)


class LeadersConversationVersion(Shown):
    family_id = Id()
    version = fields.Integer()


class Conversation(Sent):
    held_on = Day(required=True)
    way = choice(Way, required=True)
    notice_given = Flag(required=True)


@leader.does("POST", f"{_FAMILY}/conversation", HoldConversation, LeadersConversationVersion(), body=Conversation())
def hold_conversation(said: Said) -> HoldConversation:
    """The introductory conversation was held, and notice was given."""
    return HoldConversation(**said)


class PartWrittenVersion(Shown):
    """`third_parties` is 1 when something is said of another adult than the one who told it: that is shared by nobody's
    consent but that adult's own."""

    part_id = Id()
    edition = fields.Integer()
    third_parties = fields.Integer()
    version = fields.Integer()


class StatementWritten(Sent):
    told_by = Id(required=True)
    words = words(LONG, required=True)
    about = Id(allow_none=True, metadata={"description": "a member; left out, it is about the whole family"})


class PartTyped(Sent):
    kind = choice(PartKind, required=True)
    statements = several(fields.Nested(StatementWritten), required=True)
    themes = several(choice(Theme))


@leader.does("POST", f"{_FAMILY}/note-parts", WritePart, PartWrittenVersion(), body=PartTyped(), status=201)
def write_part(said: Said) -> WritePart:
    """Write a part of the note."""
    return _part(said)


@leader.does("PUT", f"{_FAMILY}/note-parts/<uuid:part_id>", WritePart, PartWrittenVersion(), body=PartTyped())
def correct_part(said: Said) -> WritePart:
    """Correct a part by a new edition; it is closed to the volunteers until the family says yes to it again."""
    return _part(said)


def _part(said: Said) -> WritePart:
    statements = tuple(StatementTyped(**statement) for statement in said.pop("statements"))
    return WritePart(statements=statements, themes=tuple(said.pop("themes", ())), **said)


class PartVersion(Shown):
    part_id = Id()
    version = fields.Integer()


@leader.does("POST", f"{_FAMILY}/note-parts/<uuid:part_id>/read-back", ReadBackPart, PartVersion())
def read_back_part(said: Said) -> ReadBackPart:
    """The family heard the part and agreed with its wording."""
    return ReadBackPart(**said)


class WordingToRead(Shown):
    wording_id = Id()
    version = fields.Integer()
    language = fields.String()
    purposes = fields.List(fields.String())
    words = fields.String()
    text_hash = fields.String()


@leader.asks("/wordings", WordingToRead(many=True), records=False)
def wordings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The published wordings of the questions, to be read aloud."""
    return reading.wordings(asker, desk)


class AnswerRecorded(Shown):
    """`withheld_statements`: what the part says of others, which this adult's yes does not share."""

    consent_id = Id()
    withheld_statements = fields.Integer()
    version = fields.Integer()


class AdultsAnswer(Sent):
    person_id = Id(required=True)
    purpose = choice(Purpose, required=True)
    answer = choice(Given, required=True)
    way = choice(Way, required=True)
    wording_id = Id(required=True)
    wording_version = whole(1, 9999, required=True)
    language = words(required=True)
    part_id = Id(allow_none=True)
    edition = whole(1, 9999, allow_none=True)
    not_to = several(Id())
    translated = Flag()
    on = Day(allow_none=True)
    until = Day(allow_none=True)


@leader.does("POST", f"{_FAMILY}/answers", RecordAnswer, AnswerRecorded(), body=AdultsAnswer(), status=201)
def record_answer(said: Said) -> RecordAnswer:
    """One adult's answer to one question; not decided counts as no."""
    return RecordAnswer(not_to=tuple(said.pop("not_to", ())), **said)


class LeadersConsentVersion(Shown):
    consent_id = Id()
    version = fields.Integer()


class TakingBack(Sent):
    way = choice(Way, required=True)
    on = Day(allow_none=True)


@leader.does(
    "POST", "/consents/<uuid:consent_id>/withdrawal", WithdrawConsent, LeadersConsentVersion(), body=TakingBack()
)
def withdraw_consent(said: Said) -> WithdrawConsent:
    """An adult takes a consent back, in any way; from now on nobody reads what it opened."""
    return WithdrawConsent(**said)


class ReaderToRemind(Shown):
    actor = Id()
    given_name = Revealed()
    first = fields.AwareDateTime(format="iso")
    last = fields.AwareDateTime(format="iso")
    times = fields.Integer()


class SheetToCollect(Shown):
    sheet_id = Id()
    printed_at = fields.AwareDateTime(format="iso")


class Recall(Shown):
    consent_id = Id()
    readers = fields.List(fields.Nested(ReaderToRemind))
    sheets = fields.List(fields.Nested(SheetToCollect))


@leader.asks("/consents/<uuid:consent_id>/recall", Recall())
def recall(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who had read what a consent opened, and the printed sheets to collect."""
    found = reading.recall(asker, said["consent_id"], desk)
    sheets = [{"sheet_id": sheet_id, "printed_at": printed_at} for sheet_id, printed_at in found["sheets"]]
    return {**found, "sheets": sheets}
