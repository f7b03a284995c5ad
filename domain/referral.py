"""A municipality refers a family: on which grounds, and through which states until the leader is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, assert_never
from uuid import UUID

from domain.compartments import CASE_FILE
from domain.errors import RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.grounds import Grounds, check
from domain.lists import Profession, UnitKind
from domain.people import CourseId, FamilyId, PersonId, SubjectId, UnitId
from domain.text import optional_text

LEAD_TIME_DAYS = 21
"""Below this the lead time is warned about (REF-11); the sources give no number, three weeks is the proposal."""


class Stage(StrEnum):
    """Where a referral stands (REF-10). That a course runs or ended is the course's, not the family's."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WAITING = "waiting"
    PLACED = "placed"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"


FINAL = frozenset({Stage.DECLINED, Stage.WITHDRAWN})


@fact("referral.registered")
class ReferralRegistered(Fact):
    family_id: Annotated[FamilyId, CLEAR]
    unit_id: Annotated[UnitId, CLEAR]
    channel: Annotated[UnitKind, CLEAR]
    profession: Annotated[Profession, CLEAR]
    list_version: Annotated[str, CLEAR]
    registered_on: Annotated[date, CLEAR]


@fact("referral.grounds_stated")
class GroundsStated(Fact):
    """A new edition of the grounds begins; older ones stay readable for audit only (REF-25)."""

    edition: Annotated[int, CLEAR]
    family_id: Annotated[FamilyId, CLEAR]
    able_to_take_part: Annotated[bool | Sealed, Personal(about="family_id", kept_in=CASE_FILE)]
    remark: Annotated[str | Sealed | None, Personal(about="family_id", kept_in=CASE_FILE)]
    municipal_case: Annotated[Text, Personal(about="family_id", kept_in=CASE_FILE)]


@fact("referral.criterion_stated")
class CriterionStated(Fact):
    """One criterion, sealed by itself, about the family or one of its members (REF-04, REF-16)."""

    edition: Annotated[int, CLEAR]
    about: Annotated[SubjectId, CLEAR]
    criterion: Annotated[Text, Personal(about="about", kept_in=CASE_FILE)]


@fact("referral.judgement_stated")
class JudgementStated(Fact):
    """The professional judgement on a child; that there is one says which child is concerned, so it is sealed (FAM-05)."""

    edition: Annotated[int, CLEAR]
    child_id: Annotated[PersonId, CLEAR]
    judgement: Annotated[str | Sealed | None, Personal(about="child_id", kept_in=CASE_FILE)]


@fact("referral.vulnerability_assessed")
class VulnerabilityAssessed(Fact):
    """An optional, dated assessment; a later one does not overwrite it (VUL-01 to VUL-07)."""

    family_id: Annotated[FamilyId, CLEAR]
    assessed_on: Annotated[date, CLEAR]
    kind: Annotated[Text, Personal(about="family_id", kept_in=CASE_FILE)]
    factors: Annotated[tuple[str, ...] | Sealed, Personal(about="family_id", kept_in=CASE_FILE)]
    degree: Annotated[int | Sealed | None, Personal(about="family_id", kept_in=CASE_FILE)]


@fact("referral.accepted")
class ReferralAccepted(Fact):
    on: Annotated[date, CLEAR]


@fact("referral.declined")
class ReferralDeclined(Fact):
    on: Annotated[date, CLEAR]


@fact("referral.put_on_waiting_list")
class PutOnWaitingList(Fact):
    on: Annotated[date, CLEAR]


@fact("referral.placed")
class FamilyPlaced(Fact):
    on: Annotated[date, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    course_starts_on: Annotated[date, CLEAR]


@fact("referral.handed_over")
class FamilyHandedOver(Fact):
    """The leader is told of the family; `lead_days` to the first evening, negative after it (REF-11)."""

    on: Annotated[date, CLEAR]
    handover_id: Annotated[UUID, CLEAR]
    course_id: Annotated[CourseId, CLEAR]
    lead_days: Annotated[int, CLEAR]


@fact("referral.withdrawn")
class ReferralWithdrawn(Fact):
    """The family withdraws; no reason is asked or kept (FAM-22)."""

    on: Annotated[date, CLEAR]


ReferralFact = (
    ReferralRegistered
    | GroundsStated
    | CriterionStated
    | JudgementStated
    | VulnerabilityAssessed
    | ReferralAccepted
    | ReferralDeclined
    | PutOnWaitingList
    | FamilyPlaced
    | FamilyHandedOver
    | ReferralWithdrawn
)


@dataclass(frozen=True, slots=True)
class Referral:
    family_id: FamilyId
    unit_id: UnitId
    list_version: str
    stage: Stage = Stage.REGISTERED
    edition: int = 0
    course_id: CourseId | None = None
    course_starts_on: date | None = None


def evolve(referral: Referral | None, happened: ReferralFact) -> Referral:
    if isinstance(happened, ReferralRegistered):
        return Referral(happened.family_id, happened.unit_id, happened.list_version)
    assert referral is not None
    match happened:
        case GroundsStated():
            return replace(referral, edition=happened.edition)
        case CriterionStated() | JudgementStated() | VulnerabilityAssessed():
            return referral
        case ReferralAccepted():
            return replace(referral, stage=Stage.ACCEPTED)
        case ReferralDeclined():
            return replace(referral, stage=Stage.DECLINED)
        case PutOnWaitingList():
            return replace(referral, stage=Stage.WAITING, course_id=None, course_starts_on=None)
        case FamilyPlaced():
            return replace(
                referral, stage=Stage.PLACED, course_id=happened.course_id, course_starts_on=happened.course_starts_on
            )
        case FamilyHandedOver():
            return replace(referral, stage=Stage.HANDED_OVER)
        case ReferralWithdrawn():
            return replace(referral, stage=Stage.WITHDRAWN)
        case _:
            assert_never(happened)


class NotInThisStage(RuleBroken):
    """The referral has moved on; `stage` says where it stands."""

    code = "referral_in_other_stage"


class CourseHasStarted(RuleBroken):
    """Intake closes when the course starts; a later entry needs a recorded decision (REF-17)."""

    code = "course_has_started"


class CourseIsClosed(RuleBroken):
    """The course takes in no families: completed or cancelled."""

    code = "course_is_closed"


def refer(
    family_id: FamilyId,
    *,
    unit_id: UnitId,
    channel: UnitKind,
    profession: Profession,
    list_version: str,
    grounds: Grounds,
    children: Sequence[PersonId],
    members: frozenset[PersonId],
    today: date,
) -> list[ReferralFact]:
    """Refer the family with the same minimum from every referrer (REF-15)."""
    return [
        ReferralRegistered(
            family_id=family_id,
            unit_id=unit_id,
            channel=channel,
            profession=profession,
            list_version=list_version,
            registered_on=today,
        ),
        *_state(grounds, family_id, list_version, children, members, edition=1, today=today),
    ]


def correct(
    referral: Referral, *, grounds: Grounds, children: Sequence[PersonId], members: frozenset[PersonId], today: date
) -> list[ReferralFact]:
    """State the grounds anew by later facts (REF-25). Raises NotInThisStage once the family has withdrawn."""
    _must_be(referral, *(stage for stage in Stage if stage is not Stage.WITHDRAWN))
    edition = referral.edition + 1
    return _state(grounds, referral.family_id, referral.list_version, children, members, edition=edition, today=today)


def _state(
    grounds: Grounds,
    family_id: FamilyId,
    list_version: str,
    children: Sequence[PersonId],
    members: frozenset[PersonId],
    *,
    edition: int,
    today: date,
) -> list[ReferralFact]:
    check(grounds, family_id, list_version, children, members)
    return [
        GroundsStated(
            edition=edition,
            family_id=family_id,
            able_to_take_part=True,
            remark=optional_text(grounds.remark, "remark"),
            municipal_case=grounds.municipal_case.value,
        ),
        *(CriterionStated(edition=edition, about=c.about, criterion=c.code) for c in grounds.criteria),
        # A line for every child, so that the register's skeleton does not tell which of them is concerned (FAM-05).
        *(JudgementStated(edition=edition, child_id=c, judgement=grounds.judgements.get(c)) for c in children),
        *(
            VulnerabilityAssessed(
                family_id=family_id, assessed_on=today, kind=a.kind,
                factors=a.factors, degree=a.degree,
            )
            for a in grounds.assessments
        ),
    ]  # fmt: skip


def accept(referral: Referral, *, today: date) -> list[ReferralFact]:
    """The coordinator accepts. Silent when accepted already."""
    if referral.stage is Stage.ACCEPTED:
        return []
    _must_be(referral, Stage.REGISTERED, Stage.WAITING)
    return [ReferralAccepted(on=today)]


def decline(referral: Referral, *, today: date) -> list[ReferralFact]:
    """The coordinator declines. Silent when declined already."""
    if referral.stage is Stage.DECLINED:
        return []
    _must_be(referral, Stage.REGISTERED, Stage.ACCEPTED, Stage.WAITING)
    return [ReferralDeclined(on=today)]


def put_on_waiting_list(referral: Referral, *, today: date) -> list[ReferralFact]:
    """The family waits for a place (REF-21). Silent when it waits already."""
    if referral.stage is Stage.WAITING:
        return []
    _must_be(referral, Stage.REGISTERED, Stage.ACCEPTED, Stage.PLACED)
    return [PutOnWaitingList(on=today)]


def place(
    referral: Referral, *, course_id: CourseId, starts_on: date, takes_in: bool, late_entry_agreed: bool, today: date
) -> list[ReferralFact]:
    """A place in a course. `takes_in`: the course is neither completed nor cancelled.

    Raises CourseIsClosed; CourseHasStarted unless leader and coordinator have both agreed to a late entry (REF-17).
    """
    if referral.stage is Stage.PLACED and referral.course_id == course_id:
        return []
    _must_be(referral, Stage.ACCEPTED, Stage.WAITING, Stage.PLACED)
    if not takes_in:
        raise CourseIsClosed("course_id")
    if starts_on <= today and not late_entry_agreed:
        raise CourseHasStarted("course_id")
    return [FamilyPlaced(on=today, course_id=course_id, course_starts_on=starts_on)]


def hand_over(referral: Referral, *, handover_id: UUID, today: date) -> list[ReferralFact]:
    """The leader is told. Silent when it happened already, so that a family crosses once."""
    if referral.stage is Stage.HANDED_OVER:
        return []
    _must_be(referral, Stage.PLACED)
    assert referral.course_id is not None and referral.course_starts_on is not None
    return [
        FamilyHandedOver(
            on=today,
            handover_id=handover_id,
            course_id=referral.course_id,
            lead_days=(referral.course_starts_on - today).days,
        )
    ]


def withdraw(referral: Referral, *, today: date) -> list[ReferralFact]:
    """The family withdraws at any time, without a reason (FAM-22). Silent when it did before."""
    if referral.stage is Stage.WITHDRAWN:
        return []
    return [ReferralWithdrawn(on=today)]


def _must_be(referral: Referral, *stages: Stage) -> None:
    if referral.stage not in stages:
        raise NotInThisStage("", stage=referral.stage.value)
