"""One question put to one adult in published words, and what its answer is: a consent no wider than those words, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.consent import Answer, Capacity, ConsentFact, ConsentGiven, ConsentNotGiven
from domain.custody import Arrangement, Circle
from domain.errors import Invalid, NotFound, RuleBroken
from domain.lists import Custody, Purpose, Way
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId
from domain.purposes import ABOUT_CHILDREN_TOO, ABOUT_PARTS, DATA_OF, RECIPIENT_OF, Data
from domain.text import LINE_LENGTH, optional_text, past
from domain.wording import Stated


class WordingNotInForce(RuleBroken):
    """A consent is asked in a published wording of that version, inside the purpose, recipient and data it states."""

    code = "wording_not_in_force"


class PartNeeded(Invalid):
    """This purpose is consented to part by part, in the edition that was read back."""

    code = "consent_needs_part"


class NoPartHere(Invalid):
    """This purpose is not about a part of the note."""

    code = "consent_without_part"


class EndsBeforeItBegins(Invalid):
    """A consent ends on a day that has not passed, at the latest with its purpose."""

    code = "consent_end_implausible"


class EndsAfterItsWords(Invalid):
    """A consent ends at the latest when the words it was asked in say (INT-09)."""

    code = "consent_ends_too_late"


class NotInTheFamily(NotFound):
    """The family has no such child, or not any more."""

    code = "unknown_child"


class NotAHolder(RuleBroken):
    """By what the family says, this adult does not hold custody of the child, and cannot say yes for it (FAM-09)."""

    code = "not_a_holder"


class CustodyNotTold(RuleBroken):
    """Nobody has said who holds custody of the child; until then nobody says yes for it (INT-22)."""

    code = "custody_not_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words a question is asked in: id, version, language, the hash of the text, and what it states of each purpose."""

    wording_id: UUID
    version: int
    language: str
    text_hash: str
    states: tuple[Stated, ...]

    def on(self, purpose: Purpose) -> Stated:
        """Raises WordingNotInForce when the words do not speak of this purpose and its recipient."""
        for stated in self.states:
            if (stated.purpose, stated.recipient) == (purpose, RECIPIENT_OF[purpose]):
                return stated
        raise WordingNotInForce("wording_id")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """One question put to one adult: purpose, part, for which children, and how it was put."""

    family_id: FamilyId
    person_id: PersonId
    course_id: CourseId
    purpose: Purpose
    part_id: NotePartId | None
    edition: int | None
    way: Way
    taken_by: ActorId
    on_behalf_of: frozenset[PersonId] | None = None
    """None: where the purpose is about children too, for those the adult holds custody of; else for itself alone."""
    translated: bool = False
    interpreter: str | None = None
    said: str | None = None
    not_to: tuple[ActorId, ...] = ()
    renews: ConsentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """On which day it is asked, what it is to last until, and the last day of its course."""

    on: date
    until: date
    course_ends_on: date


def answer(
    consent_id: ConsentId, asked: Asked, given: Answer, *, proof_id: UUID, wording: Wording | None, circle: Circle,
    term: Term, today: date,
) -> list[ConsentFact]:  # fmt: skip
    """The adult's answer to one question; a no needs no wording, and is bound to the one that was named.

    Raises PartNeeded, NoPartHere, NotInTheFamily, WordingNotInForce, and for a yes also EndsBeforeItBegins,
    EndsAfterItsWords, NotAHolder, CustodyNotTold.
    """
    past(term.on, "on", today=today, years=1)
    if (asked.purpose in ABOUT_PARTS) != (asked.part_id is not None):
        raise PartNeeded("part_id") if asked.purpose in ABOUT_PARTS else NoPartHere("part_id")
    children = _children(asked, given, circle)
    if given is not Answer.YES:
        if wording is not None:
            wording.on(asked.purpose)
        return [
            ConsentNotGiven(
                consent_id=consent_id, family_id=asked.family_id, asked=asked.person_id, on_behalf_of=children,
                course_id=asked.course_id, purpose=asked.purpose, part_id=asked.part_id, answer=given,
                wording_id=wording.wording_id if wording else None, wording_version=wording.version if wording else None,
                wording_hash=wording.text_hash if wording else None, language=wording.language if wording else None,
                way=asked.way, taken_by=asked.taken_by, on=term.on,
            )
        ]  # fmt: skip
    if (asked.edition is None) != (asked.part_id is None):
        raise PartNeeded("edition") if asked.edition is None else NoPartHere("edition")
    if wording is None:
        raise WordingNotInForce("wording_id")
    return [
        ConsentGiven(
            consent_id=consent_id, family_id=asked.family_id, given_by=asked.person_id, on_behalf_of=children,
            course_id=asked.course_id, purpose=asked.purpose, recipient=RECIPIENT_OF[asked.purpose],
            data=_inside(wording.on(asked.purpose), asked.purpose, term, today), part_id=asked.part_id,
            edition=asked.edition, not_to=asked.not_to, wording_id=wording.wording_id, wording_version=wording.version,
            wording_hash=wording.text_hash, language=wording.language,
            translated=asked.translated or bool(asked.interpreter), way=asked.way, taken_by=asked.taken_by,
            given_on=term.on, until=term.until, renews=asked.renews, proof_id=proof_id,
            capacity=_capacity(asked.person_id, children, circle).value,
            said=optional_text(asked.said, "said", limit=LINE_LENGTH),
            interpreter=optional_text(asked.interpreter, "interpreter", limit=LINE_LENGTH),
        )
    ]  # fmt: skip


def _inside(stated: Stated, purpose: Purpose, term: Term, today: date) -> tuple[Data, ...]:
    """The data of the purpose, if the words state all of it, and the consent ends no later than they say."""
    data = DATA_OF[purpose]
    if not set(data) <= set(stated.data):
        raise WordingNotInForce("wording_id")
    if term.until < today:
        raise EndsBeforeItBegins("until")
    if (term.until - term.course_ends_on).days > stated.days_after_course:
        raise EndsAfterItsWords("until")
    return data


def _children(asked: Asked, given: Answer, circle: Circle) -> tuple[PersonId, ...]:
    """For which children the answer is. To say no for a child of one's own family, nothing has to be shown (INT-10)."""
    if asked.on_behalf_of is None:
        return tuple(sorted(circle.held_by(asked.person_id))) if asked.purpose in ABOUT_CHILDREN_TOO else ()
    for child in asked.on_behalf_of:
        if child not in circle.children:
            raise NotInTheFamily("on_behalf_of")
        holders = circle.children[child]
        if given is Answer.YES and holders.may_consent(asked.person_id) is not Custody.YES:
            raise (
                CustodyNotTold("on_behalf_of")
                if holders.arrangement is Arrangement.UNKNOWN
                else NotAHolder("on_behalf_of")
            )
    return tuple(sorted(asked.on_behalf_of))


def _capacity(adult: PersonId, children: tuple[PersonId, ...], circle: Circle) -> Capacity:
    if children:
        return Capacity.HOLDER_OF_CUSTODY
    told = [holders.may_consent(adult) for holders in circle.children.values()]
    none_of_them = bool(told) and all(said is Custody.NO for said in told)
    return Capacity.OTHER_CAREGIVER if none_of_them else Capacity.SELF
