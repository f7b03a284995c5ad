"""Contents reach an officer by two persons, for one request, one person, some compartments and a short while, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.compartments import BY_NAME, CASE_FILE, NOTE, RIGHTS, ROSTER, RealmKind
from domain.people import ActorId, Role, SubjectId
from gdpr.policy import MAY_SEE, Standing, decide, is_on_duty, released_by_two_persons
from gdpr.release import (
    NeedsASecondPerson,
    NothingToRelease,
    Release,
    ReleaseDecided,
    ReleaseNotInForce,
    ReleaseState,
    approve,
    ask,
    decline,
    evolve,
    use,
    withdraw,
)
from gdpr.release_facts import (
    ReleaseApproved,
    ReleaseAsked,
    ReleaseDeclined,
    ReleaseGround,
    ReleaseUsed,
    ReleaseWithdrawn,
)
from gdpr.rights import UnknownCompartment
from tests.spec import fold, given, quick

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=24)
THE_RELEASE, THE_CASE, MOTHER = UUID(int=1), UUID(int=2), SubjectId(UUID(int=3))
OFFICER, SECOND, THIRD = (ActorId(UUID(int=number)) for number in (4, 5, 6))

ASKED = ReleaseAsked(
    release_id=THE_RELEASE, case_id=THE_CASE, subject=MOTHER, compartments=("note", "roster"),
    ground=ReleaseGround.NO_LOGIN, asked_by=OFFICER, at=NOW,
)  # fmt: skip
APPROVED = ReleaseApproved(release_id=THE_RELEASE, by=SECOND, role=Role.ADMINISTRATOR, at=NOW, until=UNTIL)
DECLINED = ReleaseDeclined(release_id=THE_RELEASE, by=SECOND, at=NOW)
WITHDRAWN = ReleaseWithdrawn(release_id=THE_RELEASE, by=OFFICER, at=NOW)
AGREES: dict[str, Any] = {"by": SECOND, "role": Role.ADMINISTRATOR, "concerned": False, "hours": 24, "now": NOW}


def asking(**changed: Any) -> list[Any]:
    said: dict[str, Any] = {
        "case_id": THE_CASE, "subject": MOTHER, "compartments": ["roster", "note", "roster"], "by": OFFICER, "now": NOW,
        "ground": ReleaseGround.NO_LOGIN, "kind": RealmKind.RED_BARNET,
    }  # fmt: skip
    return ask(THE_RELEASE, **(said | changed))


def release(*happened: Any) -> Release:
    return fold(evolve, happened)  # type: ignore[no-any-return]


def test_it_is_asked_for_one_person_and_named_compartments() -> None:
    assert asking() == [ASKED]
    with pytest.raises(NothingToRelease):
        asking(compartments=[])
    with pytest.raises(UnknownCompartment):
        asking(compartments=["case_file"])


def test_a_second_person_agrees_for_so_many_hours() -> None:
    given(ASKED).when(approve, **AGREES).then(APPROVED)
    given(ASKED).when(decline, by=SECOND, concerned=False, now=NOW).then(DECLINED)


@any_of(by=st.sampled_from([OFFICER, SECOND, THIRD]), concerned=st.booleans(), role=st.sampled_from(list(Role)))
@quick
def test_nobody_ever_agrees_to_an_own_question_or_about_itself(by: ActorId, concerned: bool, role: Role) -> None:
    told = given(ASKED).when(approve, **{**AGREES, "by": by, "concerned": concerned, "role": role})
    if by == OFFICER or concerned:
        told.then_refused(NeedsASecondPerson, field="request_id")
    else:
        assert [fact.by for fact in told.facts if isinstance(fact, ReleaseApproved)] == [by]
    assert by != OFFICER or given(ASKED).when(decline, by=by, concerned=concerned, now=NOW).outcome != [DECLINED]


@pytest.mark.parametrize("past", [[APPROVED], [DECLINED], [WITHDRAWN], [APPROVED, WITHDRAWN]], ids=range(4))
def test_what_was_decided_is_not_decided_again(past: list[Any]) -> None:
    given(ASKED, *past).when(approve, **AGREES).then_refused(ReleaseDecided, field="request_id")
    given(ASKED, *past).when(decline, by=SECOND, concerned=False, now=NOW).then_refused(
        ReleaseDecided, field="request_id"
    )


@pytest.mark.parametrize(
    ("past", "after", "by", "may"),
    [
        ([], 0, OFFICER, False),
        ([APPROVED], 0, OFFICER, True),
        ([APPROVED], 23, OFFICER, True),
        ([APPROVED], 24, OFFICER, False),
        ([APPROVED], -1, OFFICER, False),
        ([APPROVED], 0, SECOND, False),
        ([DECLINED], 0, OFFICER, False),
        ([APPROVED, WITHDRAWN], 0, OFFICER, False),
    ],
)
def test_it_holds_from_the_approval_to_its_end_for_whoever_asked(
    past: list[Any], after: int, by: ActorId, may: bool
) -> None:
    now = NOW + timedelta(hours=after)
    assert release(ASKED, *past).in_force(now, by) is may
    told = given(ASKED, *past).when(use, by=by, sha256="ab", now=now)
    if may:
        told.then(ReleaseUsed(release_id=THE_RELEASE, by=by, at=now, sha256="ab"))
    else:
        told.then_refused(ReleaseNotInForce, field="request_id")


def test_it_is_taken_back_while_something_could_be_opened_under_it() -> None:
    given(ASKED).when(withdraw, by=OFFICER, now=NOW).then(WITHDRAWN)
    given(ASKED, APPROVED).when(withdraw, by=OFFICER, now=NOW).then(WITHDRAWN)
    for over in (DECLINED, WITHDRAWN):
        given(ASKED, over).when(withdraw, by=OFFICER, now=NOW).then_nothing()
    given(ASKED, APPROVED).when(withdraw, by=OFFICER, now=UNTIL).then_nothing()


def test_it_says_where_it_stands() -> None:
    stands = [release(ASKED, *past).state(NOW) for past in ([], [APPROVED], [DECLINED], [APPROVED, WITHDRAWN])]
    assert stands == [ReleaseState.ASKED, ReleaseState.APPROVED, ReleaseState.DECLINED, ReleaseState.WITHDRAWN]
    assert release(ASKED, APPROVED).state(UNTIL) is ReleaseState.EXPIRED


# What it opens


OFFICERS = {compartment: line for (role, compartment), line in MAY_SEE.items() if role is Role.OFFICER}
FAMILYS = {compartment: line for (role, compartment), line in MAY_SEE.items() if role is Role.FAMILY}


def test_under_it_the_officer_sees_what_the_person_may_see_and_under_the_same_conditions() -> None:
    released = {of: line for of, line in OFFICERS.items() if line.conditions != (is_on_duty,)}
    assert released.keys() == FAMILYS.keys() - {RIGHTS}
    assert all(line.conditions == (released_by_two_persons, *FAMILYS[of].conditions) for of, line in released.items())
    assert {CASE_FILE, NOTE, ROSTER} <= released.keys()


def test_without_it_the_officer_sees_only_its_own_desk_however_it_stands() -> None:
    every = Standing(**dict.fromkeys(Standing.__dataclass_fields__, True))
    without = replace(every, released_by_two_persons=False)
    seen = {of.name for of in BY_NAME.values() if decide(Role.OFFICER, of, without).allowed}
    assert seen == {"rights", "breach"}


def test_nobody_else_sees_more_for_it() -> None:
    for (role, compartment), line in MAY_SEE.items():
        assert role is Role.OFFICER or released_by_two_persons not in line.conditions, (role, compartment)


def test_a_restriction_stops_the_officer_unless_the_answer_is_the_persons_own() -> None:
    own = Standing(is_the_subject=True, is_on_duty=True)
    assert not decide(Role.OFFICER, RIGHTS, own, restricted=True).allowed
    assert decide(Role.OFFICER, ROSTER, replace(own, released_by_two_persons=True), restricted=True).allowed
    assert not decide(Role.LEADER, ROSTER, Standing(released_by_two_persons=True), restricted=True).allowed
