"""A family as the club knows it: what was handed over, and nothing of why it was referred."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, assert_never
from uuid import UUID

from domain.compartments import AGES, CLUB_TELEPHONE, CONTACT, FOLLOW_UP, LANGUAGE, ROSTER
from domain.custody import Arrangement, Circle, Holders
from domain.errors import NotFound
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.people import ActorId, ConsentId, CourseId, FamilyId, PersonId, TakesPartAs
from domain.text import NAME_LENGTH, month, telephone, text


@fact("participants.family_received")
class FamilyReceived(Fact):
    """A hand-over arrived; a family that came before keeps its id and is thereby recognised without a name (FAM-01)."""

    family_id: Annotated[FamilyId, CLEAR]
    handover_id: Annotated[UUID, CLEAR]
    from_realm: Annotated[str, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    handed_over_on: Annotated[date, CLEAR]


@fact("participants.adult_received")
class AdultReceived(Fact):
    person_id: Annotated[PersonId, CLEAR]
    household_id: Annotated[UUID, CLEAR]
    comes: Annotated[bool, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=ROSTER)]
    family_name: Annotated[Text, Personal(about="person_id", kept_in=CONTACT)]
    caregiver: Annotated[Text, Personal(about="person_id", kept_in=CONTACT)]
    telephone: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=CLUB_TELEPHONE)]


@fact("participants.child_received")
class ChildReceived(Fact):
    person_id: Annotated[PersonId, CLEAR]
    household_ids: Annotated[tuple[UUID, ...], CLEAR]
    takes_part_as: Annotated[TakesPartAs, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=ROSTER)]
    birth_month: Annotated[Text, Personal(about="person_id", kept_in=AGES)]


@fact("participants.language_received")
class LanguageReceived(Fact):
    family_id: Annotated[FamilyId, CLEAR]
    language: Annotated[Text, Personal(about="family_id", kept_in=LANGUAGE)]
    needs_translation: Annotated[bool | Sealed, Personal(about="family_id", kept_in=LANGUAGE)]


@fact("participants.telephone_changed")
class TelephoneChanged(Fact):
    person_id: Annotated[PersonId, CLEAR]
    telephone: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=CLUB_TELEPHONE)]


@fact("participants.name_corrected")
class NameCorrected(Fact):
    """A correction the person asked for (GDPR Art. 16)."""

    person_id: Annotated[PersonId, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=ROSTER)]
    family_name: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=CONTACT)]


@fact("participants.birth_month_corrected")
class BirthMonthCorrected(Fact):
    """A correction the person asked for (GDPR Art. 16); `birth_month` is YYYY-MM."""

    person_id: Annotated[PersonId, CLEAR]
    birth_month: Annotated[Text, Personal(about="person_id", kept_in=AGES)]


@fact("participants.follow_up_kept")
class FollowUpKept(Fact):
    """How to reach an adult after the course, under the consent to it; the key dies with the consent (REU-02)."""

    person_id: Annotated[PersonId, CLEAR]
    consent_id: Annotated[ConsentId, CLEAR]
    given_name: Annotated[Text, Personal(about="person_id", kept_in=FOLLOW_UP, under="consent_id")]
    telephone: Annotated[str | Sealed | None, Personal(about="person_id", kept_in=FOLLOW_UP, under="consent_id")]


@fact("participants.custody_told")
class CustodyTold(Fact):
    """What the family says of custody of one child (FAM-09): who of the adults here holds it, and whether others do; no papers."""

    child_id: Annotated[PersonId, CLEAR]
    arrangement: Annotated[Arrangement, CLEAR]
    holders: Annotated[tuple[PersonId, ...], CLEAR]
    elsewhere: Annotated[bool, CLEAR]
    told_by: Annotated[PersonId, CLEAR]
    noted_by: Annotated[ActorId, CLEAR]
    told_on: Annotated[date, CLEAR]


@fact("participants.person_erased")
class PersonErased(Fact):
    """What stays of a person in this realm after erasure: that there was one, and the day (RIG-02, RIG-07)."""

    person_id: Annotated[PersonId, CLEAR]
    erased_on: Annotated[date, CLEAR]


ParticipantsFact = (
    FamilyReceived
    | AdultReceived
    | ChildReceived
    | LanguageReceived
    | TelephoneChanged
    | NameCorrected
    | BirthMonthCorrected
    | FollowUpKept
    | CustodyTold
    | PersonErased
)


@dataclass(frozen=True, slots=True)
class Participants:
    """What decisions need of a family at the club: ids, households, courses; no personal value."""

    family_id: FamilyId
    courses: tuple[CourseId, ...]
    handovers: frozenset[UUID]
    adults: dict[PersonId, UUID]
    children: dict[PersonId, tuple[UUID, ...]]
    siblings: frozenset[PersonId] = frozenset()
    erased: frozenset[PersonId] = frozenset()
    custody: dict[PersonId, Holders] = field(default_factory=dict)

    @property
    def circle(self) -> Circle:
        """The family as far as consent goes, without those who were erased."""
        children = {child: self.custody.get(child, Holders()) for child in self.children if child not in self.erased}
        return Circle(self.family_id, frozenset(self.adults) - self.erased, children)

    @property
    def members(self) -> frozenset[PersonId]:
        return frozenset(self.adults) | frozenset(self.children)

    @property
    def returning(self) -> bool:
        return len(set(self.courses)) > 1


def evolve(family: Participants | None, happened: ParticipantsFact) -> Participants:
    if isinstance(happened, FamilyReceived):
        if family is None:
            return Participants(happened.family_id, (happened.course_id,), frozenset({happened.handover_id}), {}, {})
        return replace(
            family, courses=(*family.courses, happened.course_id), handovers=family.handovers | {happened.handover_id}
        )
    assert family is not None
    match happened:
        case AdultReceived():
            return replace(family, adults=family.adults | {happened.person_id: happened.household_id})
        case ChildReceived():
            siblings = family.siblings - {happened.person_id}
            if happened.takes_part_as is TakesPartAs.SIBLING:
                siblings |= {happened.person_id}
            return replace(
                family, children=family.children | {happened.person_id: happened.household_ids}, siblings=siblings
            )
        case PersonErased():
            return replace(family, erased=family.erased | {happened.person_id})
        case CustodyTold():
            holders = Holders(happened.arrangement, frozenset(happened.holders), happened.elsewhere)
            return replace(family, custody=family.custody | {happened.child_id: holders})
        case LanguageReceived() | TelephoneChanged() | NameCorrected() | BirthMonthCorrected() | FollowUpKept():
            return family
        case _:
            assert_never(happened)


class UnknownMember(NotFound):
    """The family has no such member, or not any more."""

    code = "unknown_person"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReceivedAdult:
    """An adult as handed over."""

    person_id: PersonId
    household_id: UUID
    comes: bool
    given_name: str
    family_name: str
    caregiver: str
    telephone: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReceivedChild:
    """A child as handed over; `birth_month` is YYYY-MM."""

    person_id: PersonId
    household_ids: tuple[UUID, ...]
    takes_part_as: TakesPartAs
    given_name: str
    birth_month: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Handover:
    """All that crosses from a municipality to Red Barnet about a family (REF-12); there is no reason in it (REF-09)."""

    handover_id: UUID
    family_id: FamilyId
    from_realm: str
    course_id: CourseId
    handed_over_on: date
    adults: tuple[ReceivedAdult, ...]
    children: tuple[ReceivedChild, ...]
    language: str
    needs_translation: bool


def receive(family: Participants | None, handover: Handover) -> list[ParticipantsFact]:
    """The family as handed over. Silent when this hand-over arrived before; an erased member is not received again."""
    if family is not None and handover.handover_id in family.handovers:
        return []
    erased = family.erased if family is not None else frozenset()
    return [
        FamilyReceived(
            family_id=handover.family_id,
            handover_id=handover.handover_id,
            from_realm=handover.from_realm,
            course_id=handover.course_id,
            handed_over_on=handover.handed_over_on,
        ),
        *(_adult(adult) for adult in handover.adults if adult.person_id not in erased),
        *(_child(child) for child in handover.children if child.person_id not in erased),
        LanguageReceived(
            family_id=handover.family_id, language=handover.language, needs_translation=handover.needs_translation
        ),
    ]


def _adult(adult: ReceivedAdult) -> AdultReceived:
    return AdultReceived(
        person_id=adult.person_id,
        household_id=adult.household_id,
        comes=adult.comes,
        given_name=adult.given_name,
        family_name=adult.family_name,
        caregiver=adult.caregiver,
        telephone=adult.telephone,
    )


def _child(child: ReceivedChild) -> ChildReceived:
    return ChildReceived(
        person_id=child.person_id,
        household_ids=child.household_ids,
        takes_part_as=child.takes_part_as,
        given_name=child.given_name,
        birth_month=child.birth_month,
    )


def change_telephone(family: Participants, person_id: PersonId, *, number: str | None) -> list[ParticipantsFact]:
    """A new number for one adult. Raises UnknownMember."""
    _must_be_adult(family, person_id)
    return [TelephoneChanged(person_id=person_id, telephone=telephone(number, "telephone"))]


def correct_name(
    family: Participants, person_id: PersonId, *, given_name: str, family_name: str | None
) -> list[ParticipantsFact]:
    """A corrected name. Raises UnknownMember."""
    if person_id not in family.members - family.erased:
        raise UnknownMember("person_id")
    return [
        NameCorrected(
            person_id=person_id,
            given_name=text(given_name, "given_name", limit=NAME_LENGTH),
            family_name=text(family_name, "family_name", limit=NAME_LENGTH) if family_name is not None else None,
        )
    ]


def correct_birth_month(
    family: Participants, person_id: PersonId, *, birth_month: str, today: date
) -> list[ParticipantsFact]:
    """When a child was born. Raises UnknownMember, NotAMonth, InTheFuture."""
    if person_id not in family.children or person_id in family.erased:
        raise UnknownMember("person_id")
    return [BirthMonthCorrected(person_id=person_id, birth_month=month(birth_month, "birth_month", today=today))]


def keep_follow_up(
    family: Participants, person_id: PersonId, *, consent_id: ConsentId, given_name: str, number: str | None
) -> list[ParticipantsFact]:
    """Copy how to reach the adult, under the consent's own key. Raises UnknownMember."""
    _must_be_adult(family, person_id)
    return [FollowUpKept(person_id=person_id, consent_id=consent_id, given_name=given_name, telephone=number)]


def mark_erased(family: Participants, person_id: PersonId, *, on: date) -> list[ParticipantsFact]:
    """The skeleton of an erased member. Silent when it was marked before. Raises UnknownMember."""
    if person_id not in family.members:
        raise UnknownMember("person_id")
    return [] if person_id in family.erased else [PersonErased(person_id=person_id, erased_on=on)]


def _must_be_adult(family: Participants, person_id: PersonId) -> None:
    if person_id not in family.adults or person_id in family.erased:
        raise UnknownMember("person_id")
