"""What the municipality holds: its families and referrals with their grounds, and nothing of what is said in the club."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import CASE_FILE, MUNICIPAL_ADDRESS, MUNICIPAL_CONTACT, MUNICIPAL_TELEPHONE
from domain.danish_time import day_of
from domain.facts import Sealed
from domain.family import (
    AdultCorrected,
    AdultRegistered,
    ChildCorrected,
    ChildRegistered,
    ContactChanged,
    CustodyStated,
    FamilyRegistered,
    LanguageStated,
    PersonErased,
)
from domain.lists import Profession, UnitKind
from domain.notice import CourseAnnounced
from domain.people import Role, TakesPartAs
from domain.referral import (
    CriterionStated,
    FamilyHandedOver,
    FamilyPlaced,
    GroundsStated,
    JudgementStated,
    PutOnWaitingList,
    ReferralAccepted,
    ReferralDeclined,
    ReferralRegistered,
    ReferralWithdrawn,
    Stage,
    VulnerabilityAssessed,
)

NAME = "municipality"


@view_row("town_family", key=("family_id",), about="family_id", indexes=(("unit_id",),))
class TownFamily:
    family_id: UUID
    unit_id: UUID
    told_on: date
    said_yes_on: date
    told_by: UUID
    language: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    needs_translation: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None


@view_row("town_member", key=("family_id", "person_id"), about="person_id")
class TownMember:
    family_id: UUID
    person_id: UUID
    number: int
    takes_part_as: TakesPartAs
    household_ids: tuple[UUID, ...]
    comes: bool
    erased_on: date | None = None
    given_name: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    family_name: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    caregiver: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    birth_month: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    day_care: Annotated[Sealed | None, Holds(MUNICIPAL_CONTACT)] = None
    telephone: Annotated[Sealed | None, Holds(MUNICIPAL_TELEPHONE)] = None
    address: Annotated[Sealed | None, Holds(MUNICIPAL_ADDRESS)] = None


@view_row("custody", key=("child_id", "adult_id"), about="child_id", indexes=(("family_id",),))
class CustodyRow:
    child_id: UUID
    adult_id: UUID
    family_id: UUID
    stated_on: date
    custody: Annotated[Sealed | None, Holds(CASE_FILE)] = None


@view_row("referral", key=("referral_id",), about="family_id", indexes=(("unit_id",), ("stage",), ("family_id",)))
class ReferralRow:
    referral_id: UUID
    family_id: UUID
    unit_id: UUID
    channel: UnitKind
    profession: Profession
    list_version: str
    referrer: UUID
    registered_on: date
    stage: Stage
    version: int
    edition: int = 0
    course_id: UUID | None = None
    course_starts_on: date | None = None
    handed_over_on: date | None = None
    lead_days: int | None = None
    able_to_take_part: Annotated[Sealed | None, Holds(CASE_FILE)] = None
    remark: Annotated[Sealed | None, Holds(CASE_FILE)] = None
    municipal_case: Annotated[Sealed | None, Holds(CASE_FILE)] = None


@view_row("referral_ground", key=("referral_id", "number"), about="subject")
class Ground:
    """A criterion, a judgement or an assessment of one edition; `number` is its place in the stream."""

    referral_id: UUID
    number: int
    kind: str
    edition: int
    subject: UUID
    stated_on: date
    value: Annotated[Sealed | None, Holds(CASE_FILE)] = None
    factors: Annotated[Sealed | None, Holds(CASE_FILE)] = None
    degree: Annotated[Sealed | None, Holds(CASE_FILE)] = None


@view_row("referral_step", key=("referral_id", "number"))
class Step:
    """One step of a referral, dated, with the role that took it (REF-10)."""

    referral_id: UUID
    number: int
    stage: Stage
    on: date
    role: Role
    actor: UUID


@view_row("course_notice", key=("course_id",))
class CourseNotice:
    course_id: UUID
    club: str
    starts_on: date
    ends_on: date
    takes_in: bool
    late_entry_agreed: bool
    receiving_key: str


ROWS: tuple[type[Any], ...] = (TownFamily, TownMember, CustodyRow, ReferralRow, Ground, Step, CourseNotice)


def follow(recorded: Recorded, rows: Rows) -> None:
    for followers in (_follow_family, _follow_corrections, _follow_grounds, _follow_steps):
        if followers(recorded, rows):
            return


def _follow_family(recorded: Recorded, rows: Rows) -> bool:
    family = {"family_id": recorded.stream}
    match recorded.fact:
        case FamilyRegistered() as fact:
            rows.put(
                TownFamily(
                    family_id=fact.family_id, unit_id=fact.unit_id, told_on=fact.told_on, said_yes_on=fact.said_yes_on,
                    told_by=fact.told_by,
                )
            )  # fmt: skip
        case AdultRegistered() as fact:
            rows.put(
                TownMember(
                    family_id=recorded.stream, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=TakesPartAs.ADULT, household_ids=(fact.household_id,), comes=fact.comes,
                    given_name=sealed_in(fact.given_name), family_name=sealed_in(fact.family_name),
                    caregiver=sealed_in(fact.caregiver), telephone=sealed_in(fact.telephone), address=sealed_in(fact.address),
                )
            )  # fmt: skip
        case ChildRegistered() as fact:
            rows.put(
                TownMember(
                    family_id=recorded.stream, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=fact.takes_part_as, household_ids=fact.household_ids, comes=True,
                    given_name=sealed_in(fact.given_name), birth_month=sealed_in(fact.birth_month),
                    day_care=sealed_in(fact.day_care),
                )
            )  # fmt: skip
        case LanguageStated() as fact:
            known = rows.get(TownFamily, family_id=recorded.stream)
            assert known is not None
            rows.put(
                replace(known, language=sealed_in(fact.language), needs_translation=sealed_in(fact.needs_translation))
            )
        case ContactChanged() as fact:
            member = rows.get(TownMember, family_id=recorded.stream, person_id=fact.person_id)
            assert member is not None
            rows.put(replace(member, telephone=sealed_in(fact.telephone), address=sealed_in(fact.address)))
        case CustodyStated() as fact:
            rows.put(
                CustodyRow(
                    child_id=fact.child_id, adult_id=fact.adult_id, family_id=recorded.stream, stated_on=fact.stated_on,
                    custody=sealed_in(fact.custody),
                )
            )  # fmt: skip
        case PersonErased() as fact:
            rows.change(TownMember, family | {"person_id": fact.person_id}, erased_on=fact.erased_on)
            rows.delete(CustodyRow, child_id=fact.person_id)
            rows.delete(CustodyRow, adult_id=fact.person_id)
        case _:
            return False
    return True


def _follow_corrections(recorded: Recorded, rows: Rows) -> bool:
    family = {"family_id": recorded.stream}
    match recorded.fact:
        case AdultCorrected() as fact:
            rows.change(
                TownMember, family | {"person_id": fact.person_id}, given_name=sealed_in(fact.given_name),
                family_name=sealed_in(fact.family_name), caregiver=sealed_in(fact.caregiver),
            )  # fmt: skip
        case ChildCorrected() as fact:
            rows.change(
                TownMember, family | {"person_id": fact.person_id}, given_name=sealed_in(fact.given_name),
                birth_month=sealed_in(fact.birth_month), day_care=sealed_in(fact.day_care),
            )  # fmt: skip
        case _:
            return False
    return True


def _follow_grounds(recorded: Recorded, rows: Rows) -> bool:
    at = {"referral_id": recorded.stream}
    today = day_of(recorded.context.recorded_at)
    match recorded.fact:
        case ReferralRegistered() as fact:
            rows.put(
                ReferralRow(
                    referral_id=recorded.stream, family_id=fact.family_id, unit_id=fact.unit_id, channel=fact.channel,
                    profession=fact.profession, list_version=fact.list_version, referrer=recorded.context.actor,
                    registered_on=fact.registered_on, stage=Stage.REGISTERED, version=recorded.version,
                )
            )  # fmt: skip
            _step(recorded, rows, Stage.REGISTERED, fact.registered_on)
        case GroundsStated() as fact:
            row = rows.get(ReferralRow, referral_id=recorded.stream)
            assert row is not None
            rows.put(
                replace(
                    row, edition=fact.edition, able_to_take_part=sealed_in(fact.able_to_take_part),
                    remark=sealed_in(fact.remark), municipal_case=sealed_in(fact.municipal_case), version=recorded.version,
                )
            )  # fmt: skip
        case CriterionStated() as fact:
            _ground(recorded, rows, "criterion", fact.edition, fact.about, today, fact.criterion)
        case JudgementStated() as fact:
            _ground(recorded, rows, "judgement", fact.edition, fact.child_id, today, fact.judgement)
        case VulnerabilityAssessed() as fact:
            rows.put(
                Ground(
                    referral_id=recorded.stream, number=recorded.version, kind="assessment", edition=0,
                    subject=fact.family_id, stated_on=fact.assessed_on, value=sealed_in(fact.kind),
                    factors=sealed_in(fact.factors), degree=sealed_in(fact.degree),
                )
            )  # fmt: skip
            rows.change(ReferralRow, at, version=recorded.version)
        case _:
            return False
    return True


def _ground(recorded: Recorded, rows: Rows, kind: str, edition: int, subject: UUID, on: date, value: object) -> None:
    rows.put(
        Ground(
            referral_id=recorded.stream, number=recorded.version, kind=kind, edition=edition, subject=subject,
            stated_on=on, value=sealed_in(value),
        )
    )  # fmt: skip
    rows.change(ReferralRow, {"referral_id": recorded.stream}, version=recorded.version)


def _follow_steps(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case ReferralAccepted() as fact:
            _step(recorded, rows, Stage.ACCEPTED, fact.on)
        case ReferralDeclined() as fact:
            _step(recorded, rows, Stage.DECLINED, fact.on)
        case PutOnWaitingList() as fact:
            _step(recorded, rows, Stage.WAITING, fact.on, course_id=None, course_starts_on=None)
        case FamilyPlaced() as fact:
            _step(
                recorded, rows, Stage.PLACED, fact.on, course_id=fact.course_id, course_starts_on=fact.course_starts_on
            )
        case FamilyHandedOver() as fact:
            _step(recorded, rows, Stage.HANDED_OVER, fact.on, handed_over_on=fact.on, lead_days=fact.lead_days)
        case ReferralWithdrawn() as fact:
            _step(recorded, rows, Stage.WITHDRAWN, fact.on)
        case CourseAnnounced() as fact:
            rows.put(
                CourseNotice(
                    course_id=fact.course_id, club=fact.club, starts_on=fact.starts_on, ends_on=fact.ends_on,
                    takes_in=fact.takes_in, late_entry_agreed=fact.late_entry_agreed,
                    receiving_key=fact.receiving_key.hex(),
                )
            )  # fmt: skip
        case _:
            return False
    return True


def _step(recorded: Recorded, rows: Rows, stage: Stage, on: date, **changed: Any) -> None:
    rows.put(
        Step(
            referral_id=recorded.stream, number=recorded.version, stage=stage, on=on, role=recorded.context.role,
            actor=recorded.context.actor,
        )
    )  # fmt: skip
    rows.change(ReferralRow, {"referral_id": recorded.stream}, stage=stage, version=recorded.version, **changed)
