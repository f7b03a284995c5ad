"""A referral on its way through the municipality: stated by the referrer, decided by the coordinator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application import drafts
from application.families import own_family, own_unit
from application.handovers import send_handover
from application.perform import Work, serves
from application.ports import Duty
from application.streams import ORGANISATION, REFERRAL, organisation_id
from application.views.municipality import CourseNotice
from domain import referral as rules
from domain.errors import NotFound
from domain.grounds import Assessment, Criterion, Grounds
from domain.lists import CRITERIA_VERSION, MunicipalCase, Profession, UnitKind
from domain.organisation import NoSuchChannel
from domain.people import CourseId, FamilyId, PersonId, Role, SubjectId
from domain.referral import Referral, ReferralFact


class NoSuchReferral(NotFound):
    """There is no such referral, or not for this asker."""

    code = "unknown_referral"


class NoSuchCourse(NotFound):
    """The municipality has not been told of such a course."""

    code = "unknown_course"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundsTyped:
    """The grounds as typed in. A criterion is about the whole family unless a member is named (REF-16)."""

    criteria: tuple[tuple[str, UUID | None], ...]
    judgements: Mapping[UUID, str]
    able_to_take_part: bool
    remark: str | None = None
    municipal_case: MunicipalCase = MunicipalCase.NONE
    assessments: tuple[Assessment, ...] = ()

    def about(self, family_id: UUID) -> Grounds:
        return Grounds(
            criteria=tuple(Criterion(code=code, about=SubjectId(about or family_id)) for code, about in self.criteria),
            judgements={PersonId(child): judgement for child, judgement in self.judgements.items()},
            able_to_take_part=self.able_to_take_part,
            remark=self.remark,
            municipal_case=self.municipal_case,
            assessments=self.assessments,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferFamily:
    """Refer a registered family (REF-01 to REF-05)."""

    GIVEN_BY: ClassVar = frozenset({Role.REFERRER})

    family_id: UUID
    channel: UnitKind
    profession: Profession
    grounds: GroundsTyped
    list_version: str = CRITERIA_VERSION
    draft_id: UUID | None = None
    """The own draft that this finishes: it goes with it."""


@serves(ReferFamily)
def refer_family(command: ReferFamily, work: Work) -> Mapping[str, Any]:
    unit_id = own_unit(work)
    family = own_family(work, command.family_id)
    organisation = work.find(ORGANISATION, organisation_id(work.desk.realm))
    if organisation is None or command.channel not in organisation.channels:
        raise NoSuchChannel("channel")
    referral_id = uuid4()
    work.record(
        referral_id,
        rules.refer(
            FamilyId(command.family_id),
            unit_id=unit_id,
            channel=command.channel,
            profession=command.profession,
            list_version=command.list_version,
            grounds=command.grounds.about(command.family_id),
            children=[child for child in family.children if child not in family.erased],
            members=family.members - family.erased,
            today=work.desk.clock.today(),
        ),
    )
    if command.draft_id is not None and drafts.is_own(work.asker, command.draft_id, work.desk):
        work.duties.append(Duty(drafts.DISCARD, command.draft_id))
    return {"referral_id": str(referral_id), "version": work.version(referral_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReferral:
    """State the grounds anew; what was stated before stays readable for audit only (REF-25)."""

    GIVEN_BY: ClassVar = frozenset({Role.REFERRER})

    referral_id: UUID
    grounds: GroundsTyped
    version: int | None = None


@serves(CorrectReferral)
def correct_referral(command: CorrectReferral, work: Work) -> Mapping[str, Any]:
    referral = _own_referral(work, command.referral_id, command.version)
    family = own_family(work, referral.family_id)
    facts = rules.correct(
        referral,
        grounds=command.grounds.about(referral.family_id),
        children=[child for child in family.children if child not in family.erased],
        members=family.members - family.erased,
        today=work.desk.clock.today(),
    )
    return _recorded(work, command.referral_id, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReferral:
    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    referral_id: UUID
    version: int | None = None


@serves(AcceptReferral)
def accept_referral(command: AcceptReferral, work: Work) -> Mapping[str, Any]:
    return _step(work, command.referral_id, command.version, lambda r: rules.accept(r, today=work.desk.clock.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineReferral:
    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    referral_id: UUID
    version: int | None = None


@serves(DeclineReferral)
def decline_referral(command: DeclineReferral, work: Work) -> Mapping[str, Any]:
    return _step(work, command.referral_id, command.version, lambda r: rules.decline(r, today=work.desk.clock.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnWaitingList:
    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    referral_id: UUID
    version: int | None = None


@serves(PutOnWaitingList)
def put_on_waiting_list(command: PutOnWaitingList, work: Work) -> Mapping[str, Any]:
    today = work.desk.clock.today()
    return _step(work, command.referral_id, command.version, lambda r: rules.put_on_waiting_list(r, today=today))


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReferral:
    """The family does not want to any more; no reason is asked (FAM-22)."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR, Role.REFERRER})

    referral_id: UUID
    version: int | None = None


@serves(WithdrawReferral)
def withdraw_referral(command: WithdrawReferral, work: Work) -> Mapping[str, Any]:
    _own_referral(work, command.referral_id, None)
    return _step(work, command.referral_id, command.version, lambda r: rules.withdraw(r, today=work.desk.clock.today()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFamily:
    """Give the family a place in a course of which Red Barnet has sent news."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    referral_id: UUID
    course_id: UUID
    version: int | None = None


@serves(PlaceFamily)
def place_family(command: PlaceFamily, work: Work) -> Mapping[str, Any]:
    notice = _notice(work, command.course_id)
    return _step(
        work,
        command.referral_id,
        command.version,
        lambda referral: rules.place(
            referral,
            course_id=CourseId(command.course_id),
            starts_on=notice.starts_on,
            takes_in=notice.takes_in,
            late_entry_agreed=notice.late_entry_agreed,
            today=work.desk.clock.today(),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Tell the leader of the family: the only thing that crosses to Red Barnet (REF-12, ORG-09)."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    referral_id: UUID
    version: int | None = None


@serves(HandOver)
def hand_over(command: HandOver, work: Work) -> Mapping[str, Any]:
    referral = work.load(REFERRAL, command.referral_id, NoSuchReferral, "referral_id", version=command.version)
    handover_id = uuid4()
    facts = rules.hand_over(referral, handover_id=handover_id, today=work.desk.clock.today())
    if facts and referral.course_id is not None:
        send_handover(work, referral.family_id, _notice(work, referral.course_id), handover_id)
    answer = _recorded(work, command.referral_id, facts)
    handed = [fact for fact in facts if isinstance(fact, rules.FamilyHandedOver)]
    if not handed:
        return answer
    lead = handed[0].lead_days
    return {**answer, "lead_days": lead, "lead_time_warning": int(lead < work.desk.limits.lead_time_days)}


def _step(
    work: Work, referral_id: UUID, version: int | None, decide: Callable[[Referral], list[ReferralFact]]
) -> Mapping[str, Any]:
    referral = work.load(REFERRAL, referral_id, NoSuchReferral, "referral_id", version=version)
    return _recorded(work, referral_id, decide(referral))


def _recorded(work: Work, referral_id: UUID, facts: list[ReferralFact]) -> Mapping[str, Any]:
    work.record(referral_id, facts)
    return {"referral_id": str(referral_id), "version": work.version(referral_id)}


def _own_referral(work: Work, referral_id: UUID, version: int | None) -> Referral:
    referral = work.load(REFERRAL, referral_id, NoSuchReferral, "referral_id", version=version)
    if work.asker.role is Role.REFERRER and referral.unit_id != work.asker.unit:
        raise NoSuchReferral("referral_id")
    return referral


def _notice(work: Work, course_id: UUID) -> CourseNotice:
    notice = work.desk.register.rows().get(CourseNotice, course_id=course_id)
    if notice is None:
        raise NoSuchCourse("course_id")
    return notice
