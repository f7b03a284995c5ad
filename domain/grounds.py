"""Why a family is referred, as the referrer states it: the eight criteria, the judgement, and the optional typology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import Invalid, RuleBroken
from domain.lists import CRITERIA, DEGREES, JUDGEMENTS, VULNERABILITY, MunicipalCase
from domain.people import FamilyId, PersonId, SubjectId


class NoCriterion(Invalid):
    """A referral names one or more of the eight criteria (REF-01)."""

    code = "criterion_missing"


class UnknownCriterion(Invalid):
    """The list of this version has no such entry."""

    code = "criterion_unknown"


class NoJudgement(Invalid):
    """A referral states the judgement on at least one child of the family (REF-02)."""

    code = "judgement_missing"


class NotAbleToTakePart(RuleBroken):
    """Only a family that is judged able to take part in a group is referred (REF-03)."""

    code = "not_able_to_take_part"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Criterion:
    """A criterion as ticked: its code, and whom it concerns (the family unless a member is named)."""

    code: str
    about: SubjectId


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Assessment:
    """The optional typology: one type with its sub-factors and degree."""

    kind: str
    factors: tuple[str, ...] = ()
    degree: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Grounds:
    """Why the family is referred, as the referrer states it. `judgements` by child."""

    criteria: tuple[Criterion, ...]
    judgements: dict[PersonId, str]
    able_to_take_part: bool
    remark: str | None = None
    municipal_case: MunicipalCase = MunicipalCase.NONE
    assessments: tuple[Assessment, ...] = ()


def check(
    grounds: Grounds, family_id: FamilyId, list_version: str, children: Sequence[PersonId], members: frozenset[PersonId]
) -> None:
    """Raises NoCriterion, UnknownCriterion, NoJudgement, NotAbleToTakePart, naming the field."""
    if list_version not in CRITERIA:
        raise UnknownCriterion("list_version")
    if not grounds.criteria:
        raise NoCriterion("criteria")
    known = {item.code for item in CRITERIA[list_version]}
    for i, criterion in enumerate(grounds.criteria):
        if criterion.code not in known:
            raise UnknownCriterion(f"criteria/{i}/code")
        if criterion.about != family_id and criterion.about not in members:
            raise UnknownCriterion(f"criteria/{i}/about")
    if len({(c.code, c.about) for c in grounds.criteria}) < len(grounds.criteria):
        raise UnknownCriterion("criteria")
    if not grounds.judgements or not set(grounds.judgements) <= set(children):
        raise NoJudgement("judgements")
    if not set(grounds.judgements.values()) <= {item.code for item in JUDGEMENTS}:
        raise NoJudgement("judgements")
    if not grounds.able_to_take_part:
        raise NotAbleToTakePart("able_to_take_part")
    for i, assessment in enumerate(grounds.assessments):
        if assessment.kind not in VULNERABILITY or not set(assessment.factors) <= set(VULNERABILITY[assessment.kind]):
            raise UnknownCriterion(f"assessments/{i}")
        if assessment.degree is not None and assessment.degree not in DEGREES:
            raise UnknownCriterion(f"assessments/{i}/degree")
