"""One family of an own course by itself, what is read aloud to it, and what to stop at before its words are kept."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Sent, Shown, choice, several
from adapters.leader.consents import FAMILY
from adapters.leader.course import LeadersFamily
from adapters.leader.door import leader
from adapters.leader.notes import StatementWritten
from adapters.programme import OwnCourse
from adapters.wordings.notice import LANGUAGES, notice_in
from application.desk import Asker, Desk
from application.introductions import StatementTyped
from application.reading import families as reading
from domain.caution import Caution
from domain.wording import direction


class OwnFamily(Shown):
    course = fields.Nested(OwnCourse)
    family = fields.Nested(LeadersFamily)


@leader.asks(FAMILY, OwnFamily())
def own_family(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One family of an own course: members, telephone, language, and where its conversation stands."""
    return reading.family(asker, said["course_id"], said["family_id"], desk)


class NoticeToRead(Shown):
    language = fields.String()
    direction = fields.String()
    words = fields.String()


@leader.asks("/notices", NoticeToRead(many=True), records=False)
def notices(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What a family is told of the register when it is rung, in each language, to be read aloud (GDPR Art. 14)."""
    return [
        {
            "language": language,
            "direction": direction(language),
            "words": notice_in(language, desk.controller, desk.running.clocks),
        }
        for language in LANGUAGES
    ]


class WordsToKeep(Sent):
    statements = several(fields.Nested(StatementWritten), required=True)


class Cautions(Shown):
    """For each statement what it may hold; an empty list for nothing. The words themselves are kept nowhere."""

    statements = fields.List(fields.List(choice(Caution)))


@leader.asks(f"{FAMILY}/cautions", Cautions(), body=WordsToKeep())
def cautions(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What to stop at in words before they are kept: somebody else, illness, crime, a number. It only warns."""
    typed = [StatementTyped(**statement) for statement in said["statements"]]
    return reading.cautions(asker, said["course_id"], said["family_id"], typed, desk)
