"""The introductory conversation: what the leader writes down and reads back, and every answer given."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Flag, Id, Revealed, Sent, Shown, choice, several, words
from adapters.leader.consents import FAMILY, LeadersConsent
from adapters.leader.door import leader
from application.carrying import CarryOver
from application.desk import Asker, Desk
from application.introductions import HoldConversation, ReadBackPart, StatementTyped, WritePart
from application.reading import leader as reading
from domain.lists import PartKind, Theme, Way


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


class LeadersNote(Shown):
    version = fields.Integer()
    course_id = Id()
    family_id = Id()
    conversation_on = Day(allow_none=True)
    guiding_questions = fields.Dict(keys=fields.String(), values=fields.String())
    parts = fields.List(fields.Nested(LeadersPart))
    consents = fields.List(fields.Nested(LeadersConsent))


@leader.asks(f"{FAMILY}/note", LeadersNote())
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


@leader.does("POST", f"{FAMILY}/conversation", HoldConversation, LeadersConversationVersion(), body=Conversation())
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


@leader.does("POST", f"{FAMILY}/note-parts", WritePart, PartWrittenVersion(), body=PartTyped(), status=201)
def write_part(said: Said) -> WritePart:
    """Write a part of the note."""
    return _part(said)


@leader.does("PUT", f"{FAMILY}/note-parts/<uuid:part_id>", WritePart, PartWrittenVersion(), body=PartTyped())
def correct_part(said: Said) -> WritePart:
    """Correct a part by a new edition; it is closed to the volunteers until the family says yes to it again."""
    return _part(said)


def _part(said: Said) -> WritePart:
    statements = tuple(StatementTyped(**statement) for statement in said.pop("statements"))
    return WritePart(statements=statements, themes=tuple(said.pop("themes", ())), **said)


class TakenOver(Shown):
    """How many parts of earlier courses were taken over; none of them is shared with anybody."""

    family_id = Id()
    parts = fields.Integer()
    version = fields.Integer()


@leader.does("POST", f"{FAMILY}/carry-over", CarryOver, TakenOver())
def carry_over(said: Said) -> CarryOver:
    """Take over what a family that comes back told in an earlier course, as far as it said yes to that."""
    return CarryOver(**said)


class PartVersion(Shown):
    part_id = Id()
    version = fields.Integer()


@leader.does("POST", f"{FAMILY}/note-parts/<uuid:part_id>/read-back", ReadBackPart, PartVersion())
def read_back_part(said: Said) -> ReadBackPart:
    """The family heard the part and agreed with its wording."""
    return ReadBackPart(**said)
