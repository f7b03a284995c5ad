"""The municipality refers a family on stated grounds; it waits, is placed, crosses once, and may withdraw at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import referral
from domain.errors import Refusal
from domain.facts import Fact
from domain.grounds import Assessment, Criterion, NoCriterion, NoJudgement, NotAbleToTakePart, UnknownCriterion
from domain.lists import (
    CRITERIA,
    CRITERIA_VERSION,
    DEGREES,
    JUDGEMENTS,
    VULNERABILITY,
    MunicipalCase,
    Profession,
    UnitKind,
)
from domain.people import SubjectId
from domain.referral import (
    CourseHasStarted,
    CourseIsClosed,
    FamilyHandedOver,
    FamilyPlaced,
    GroundsStated,
    JudgementStated,
    NotInThisStage,
    PutOnWaitingList,
    ReferralAccepted,
    ReferralDeclined,
    ReferralWithdrawn,
    Stage,
    VulnerabilityAssessed,
    accept,
    correct,
    decline,
    hand_over,
    place,
    put_on_waiting_list,
    refer,
    withdraw,
)
from domain.text import CprNumber
from tests.phrases import (
    ALMA,
    COURSE,
    HANDOVER,
    LIND,
    MIKKEL,
    NEXT_COURSE,
    NEXT_HANDOVER,
    SARA,
    STARTS_ON,
    STRANGER,
    TODAY,
    UNIT,
    VIGGO,
    a_referral,
    accepted,
    because,
    declined,
    handed_over,
    placed,
    the_grounds,
    waiting,
    withdrawn,
)
from tests.spec import Then, fold, given, quick

MEMBERS = frozenset({SARA, MIKKEL, ALMA, VIGGO})
CHILDREN = (ALMA, VIGGO)

STANDS: dict[Stage, list[Fact]] = {
    Stage.REGISTERED: a_referral(),
    Stage.ACCEPTED: [*a_referral(), accepted()],
    Stage.DECLINED: [*a_referral(), declined()],
    Stage.WAITING: [*a_referral(), accepted(), waiting()],
    Stage.PLACED: [*a_referral(), accepted(), placed()],
    Stage.HANDED_OVER: [*a_referral(), accepted(), placed(), handed_over()],
    Stage.WITHDRAWN: [*a_referral(), withdrawn()],
}


def referring(**said: Any) -> Then:
    form: dict[str, Any] = {
        "unit_id": UNIT, "channel": UnitKind.HEALTH_VISITING, "profession": Profession.HEALTH_VISITOR,
        "list_version": CRITERIA_VERSION, "grounds": because(), "children": CHILDREN, "members": MEMBERS, "today": TODAY,
    }  # fmt: skip
    return given().when(refer, LIND, **(form | said))


def test_there_is_a_story_for_every_stage() -> None:
    assert {stage: fold(referral.evolve, story).stage for stage, story in STANDS.items()} == {s: s for s in Stage}


def test_a_family_is_referred_on_stated_grounds() -> None:
    referring().then(a_referral())


def test_a_line_for_every_child_hides_which_of_them_is_concerned() -> None:
    """FAM-05: what is clear is the same whichever child is judged."""

    def clear_part(judged: Any) -> list[tuple[str, tuple[Any, ...]]]:
        facts = referring(grounds=because(judgements={judged: "at_risk"})).facts
        return [(one.TOPIC, tuple(getattr(one, name) for name in one.MARKS.clear)) for one in facts]

    assert clear_part(ALMA) == clear_part(VIGGO)


@pytest.mark.parametrize("criterion", [item.code for item in CRITERIA[CRITERIA_VERSION]])
@pytest.mark.parametrize("about", [LIND, SARA, ALMA], ids=["the family", "an adult", "a child"])
def test_each_criterion_is_a_fact_of_its_own_about_the_family_or_a_member(criterion: str, about: Any) -> None:
    facts = referring(grounds=because(criteria=(Criterion(code=criterion, about=about),))).facts

    assert [(one.about, one.criterion) for one in facts if isinstance(one, referral.CriterionStated)] == [
        (about, criterion)
    ]


@pytest.mark.parametrize("judgement", [item.code for item in JUDGEMENTS])
def test_each_judgement_can_be_stated(judgement: str) -> None:
    facts = referring(grounds=because(judgements={ALMA: judgement, VIGGO: judgement})).facts

    assert [one.judgement for one in facts if isinstance(one, JudgementStated)] == [judgement, judgement]


def test_children_may_be_judged_differently() -> None:
    codes = [item.code for item in JUDGEMENTS]
    children = (ALMA, VIGGO, STRANGER)
    facts = referring(children=children, grounds=because(judgements=dict(zip(children, codes, strict=True)))).facts

    assert [one.judgement for one in facts if isinstance(one, JudgementStated)] == codes


@pytest.mark.parametrize("case", list(MunicipalCase))
def test_a_family_without_a_municipal_case_is_as_welcome_as_one_with(case: MunicipalCase) -> None:
    stated = referring(grounds=because(municipal_case=case, remark=None)).facts[1]

    assert stated == GroundsStated(
        edition=1, family_id=LIND, able_to_take_part=True, remark=None, municipal_case=case.value
    )


def test_the_typology_is_optional_and_dated_and_several_types_at_once() -> None:
    types = (Assessment(kind="structural", factors=("income", "housing"), degree=3), Assessment(kind="cultural"))

    assessed = [
        one for one in referring(grounds=because(assessments=types)).facts if isinstance(one, VulnerabilityAssessed)
    ]

    assert assessed == [
        VulnerabilityAssessed(
            family_id=LIND, assessed_on=TODAY, kind="structural", factors=("income", "housing"), degree=3
        ),
        VulnerabilityAssessed(family_id=LIND, assessed_on=TODAY, kind="cultural", factors=(), degree=None),
    ]


TWICE = Criterion(code="lacking_network", about=SubjectId(LIND))


@pytest.mark.parametrize("kind", list(VULNERABILITY))
@pytest.mark.parametrize("degree", DEGREES)
def test_a_type_may_have_all_its_factors_and_any_degree(kind: str, degree: int) -> None:
    assessed = Assessment(kind=kind, factors=VULNERABILITY[kind], degree=degree)

    assert referring(grounds=because(assessments=(assessed,))).facts[-1] == VulnerabilityAssessed(
        family_id=LIND, assessed_on=TODAY, kind=kind, factors=VULNERABILITY[kind], degree=degree
    )


INCOMPLETE: list[tuple[dict[str, Any], type[Refusal], str]] = [
    ({"criteria": ()}, NoCriterion, "criteria"),
    ({"criteria": (TWICE, Criterion(code="difficult", about=SubjectId(LIND)))}, UnknownCriterion, "criteria/1/code"),
    ({"criteria": (Criterion(code="much_at_home", about=SubjectId(STRANGER)),)}, UnknownCriterion, "criteria/0/about"),
    ({"criteria": (TWICE, TWICE)}, UnknownCriterion, "criteria"),
    ({"judgements": {}}, NoJudgement, "judgements"),
    ({"judgements": {SARA: "at_risk"}}, NoJudgement, "judgements"),
    ({"judgements": {ALMA: "difficult"}}, NoJudgement, "judgements"),
    ({"able_to_take_part": False}, NotAbleToTakePart, "able_to_take_part"),
    ({"assessments": (Assessment(kind="ethnic"),)}, UnknownCriterion, "assessments/0"),
    ({"assessments": (Assessment(kind="structural", factors=("mental_illness",)),)}, UnknownCriterion, "assessments/0"),
    ({"assessments": (Assessment(kind="structural", degree=4),)}, UnknownCriterion, "assessments/0/degree"),
    ({"remark": "Sara er 010203-1234"}, CprNumber, "remark"),
]


@pytest.mark.parametrize(("grounds", "refusal", "field"), INCOMPLETE)
def test_every_referrer_states_the_same_minimum(grounds: dict[str, Any], refusal: type[Refusal], field: str) -> None:
    referring(grounds=because(**grounds)).then_refused(refusal, field=field)
    given(a_referral()).when(
        correct, grounds=because(**grounds), children=CHILDREN, members=MEMBERS, today=TODAY
    ).then_refused(refusal, field=field)


def test_a_list_that_was_never_published_is_unknown() -> None:
    referring(list_version="2031").then_refused(UnknownCriterion, field="list_version")


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.WITHDRAWN])
def test_a_correction_is_a_new_edition_in_every_stage(stage: Stage) -> None:
    given(STANDS[stage]).when(correct, grounds=because(), children=CHILDREN, members=MEMBERS, today=TODAY).then(
        the_grounds(edition=2)
    )
    given(STANDS[stage], the_grounds(edition=2)).when(
        correct, grounds=because(), children=CHILDREN, members=MEMBERS, today=TODAY
    ).then(the_grounds(edition=3))


def test_nothing_more_is_stated_about_a_family_that_withdrew() -> None:
    given(STANDS[Stage.WITHDRAWN]).when(
        correct, grounds=because(), children=CHILDREN, members=MEMBERS, today=TODAY
    ).then_refused(NotInThisStage)


PLACE = {"course_id": COURSE, "starts_on": STARTS_ON, "takes_in": True, "late_entry_agreed": False, "today": TODAY}
STEPS: list[tuple[Callable[..., Any], dict[str, Any], Fact, Stage, set[Stage]]] = [
    (accept, {"today": TODAY}, ReferralAccepted(on=TODAY), Stage.ACCEPTED, {Stage.REGISTERED, Stage.WAITING}),
    (
        decline, {"today": TODAY}, ReferralDeclined(on=TODAY), Stage.DECLINED,
        {Stage.REGISTERED, Stage.ACCEPTED, Stage.WAITING},
    ),
    (
        put_on_waiting_list, {"today": TODAY}, PutOnWaitingList(on=TODAY), Stage.WAITING,
        {Stage.REGISTERED, Stage.ACCEPTED, Stage.PLACED},
    ),
    (place, PLACE, placed(), Stage.PLACED, {Stage.ACCEPTED, Stage.WAITING}),
    (
        hand_over, {"handover_id": HANDOVER, "today": TODAY}, handed_over(), Stage.HANDED_OVER, {Stage.PLACED},
    ),
    (withdraw, {"today": TODAY}, ReferralWithdrawn(on=TODAY), Stage.WITHDRAWN, set(Stage) - {Stage.WITHDRAWN}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "said", "happens", "there", "from_stages"), STEPS, ids=[s[0].__name__ for s in STEPS])
@pytest.mark.parametrize("stage", list(Stage))
def test_each_step_is_taken_from_its_stages_and_once(
    step: Callable[..., Any], said: dict[str, Any], happens: Fact, there: Stage, from_stages: set[Stage], stage: Stage
) -> None:
    outcome = given(STANDS[stage]).when(step, **said)

    if stage is there:
        outcome.then_nothing()
    elif stage in from_stages:
        outcome.then(happens)
    else:
        outcome.then_refused(NotInThisStage)


def test_a_family_is_moved_to_another_course_before_it_is_handed_over() -> None:
    given(STANDS[Stage.PLACED]).when(place, **(PLACE | {"course_id": NEXT_COURSE})).then(
        FamilyPlaced(on=TODAY, course_id=NEXT_COURSE, course_starts_on=STARTS_ON)
    )


def test_a_closed_course_takes_in_nobody_agreed_or_not() -> None:
    for late_entry_agreed in (True, False):
        closed = PLACE | {"takes_in": False, "late_entry_agreed": late_entry_agreed}
        given(STANDS[Stage.ACCEPTED]).when(place, **closed).then_refused(CourseIsClosed, field="course_id")


@pytest.mark.parametrize("days_after", [0, 1, 30])
def test_intake_closes_on_the_day_the_course_starts(days_after: int) -> None:
    late = PLACE | {"today": STARTS_ON + timedelta(days=days_after)}

    given(STANDS[Stage.ACCEPTED]).when(place, **late).then_refused(CourseHasStarted, field="course_id")
    given(STANDS[Stage.ACCEPTED]).when(place, **(late | {"late_entry_agreed": True})).then(placed(on=late["today"]))


def test_the_day_before_the_start_is_early_enough() -> None:
    eve = STARTS_ON - timedelta(days=1)

    given(STANDS[Stage.ACCEPTED]).when(place, **(PLACE | {"today": eve})).then(placed(on=eve))


@quick
@any_of(st.integers(-200, 200))
def test_the_lead_time_is_the_days_from_the_hand_over_to_the_first_evening(days: int) -> None:
    told_on = STARTS_ON - timedelta(days=days)

    given(STANDS[Stage.PLACED]).when(hand_over, handover_id=HANDOVER, today=told_on).then(
        FamilyHandedOver(on=told_on, handover_id=HANDOVER, course_id=COURSE, lead_days=days)
    )


def test_a_family_crosses_once() -> None:
    given(STANDS[Stage.HANDED_OVER]).when(hand_over, handover_id=NEXT_HANDOVER, today=TODAY).then_nothing()


def test_a_waiting_family_has_no_place_to_be_handed_over_to() -> None:
    given(STANDS[Stage.PLACED], waiting()).when(hand_over, handover_id=HANDOVER, today=TODAY).then_refused(
        NotInThisStage
    )


def test_a_withdrawal_has_no_room_for_a_reason() -> None:
    assert ReferralWithdrawn.MARKS.clear.keys() == {"on"}
    assert not ReferralWithdrawn.MARKS.personal


def test_everything_that_says_why_is_sealed_in_the_case_file() -> None:
    """REF-04, VUL-04: each criterion by itself."""
    sealed = {
        (kind.__name__, field): mark.kept_in.name
        for kind in (GroundsStated, referral.CriterionStated, JudgementStated, VulnerabilityAssessed)
        for field, mark in kind.MARKS.personal.items()
    }

    assert set(sealed.values()) == {"case_file"}
    assert {field for _, field in sealed} == {
        "able_to_take_part", "remark", "municipal_case", "criterion", "judgement", "kind", "factors", "degree",
    }  # fmt: skip
