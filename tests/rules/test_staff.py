"""Whoever uses the register holds roles for periods; a role ends and is never prolonged by ending it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import staff
from domain.errors import Refusal
from domain.people import ActorId, Period, Role
from domain.staff import (
    ImplausiblePeriod,
    NoSuchAssignment,
    OwnRole,
    RoleConfirmed,
    RoleEnded,
    RoleLapsed,
    RoleNeedsScope,
    RoleNotRunning,
    assign,
    confirm,
    end,
    enrol,
    enrol_volunteer,
    is_reviewed,
    lapse,
)
from domain.text import CprNumber, Empty, NotATelephone
from tests.phrases import (
    ASSIGNMENT,
    HEALTH_VISITOR,
    SARA,
    STARTS_ON,
    TODAY,
    UNIT,
    an_assignment,
    an_id,
    enrolled,
    role_assigned,
    role_ended,
    volunteer_enrolled,
)
from tests.spec import fold, given, quick

A_DAY = timedelta(days=1)
NAMED = {"actor": HEALTH_VISITOR, "given_name": "Sara", "family_name": "Lind"}


def test_a_person_is_enrolled_and_the_name_corrected() -> None:
    given().when(enrol, **NAMED, address="sara.lind@example.org").then(enrolled())
    given(enrolled()).when(enrol, **(NAMED | {"given_name": "Sarah"}), address=" ").then(
        enrolled(given_name="Sarah", address=None)
    )


def test_a_volunteer_is_enrolled_with_a_telephone_number() -> None:
    given().when(enrol_volunteer, **NAMED, telephone_number="20 10 20 30").then(volunteer_enrolled())
    given(volunteer_enrolled()).when(enrol_volunteer, **NAMED, telephone_number=None).then(
        volunteer_enrolled(telephone=None)
    )
    given().when(enrol_volunteer, **NAMED, telephone_number="20").then_refused(NotATelephone, field="telephone")


@pytest.mark.parametrize(
    ("decision", "more"), [(enrol, {"address": None}), (enrol_volunteer, {"telephone_number": None})]
)
@pytest.mark.parametrize("field", ["given_name", "family_name"])
def test_a_name_is_a_name(decision: Any, more: dict[str, Any], field: str) -> None:
    given().when(decision, **(NAMED | {field: ""}), **more).then_refused(Empty, field=field)
    given().when(decision, **(NAMED | {field: "010203-1234"}), **more).then_refused(CprNumber, field=field)


def test_an_address_holds_no_cpr_number() -> None:
    given().when(enrol, **NAMED, address="Torvet 2, 010203-1234").then_refused(CprNumber, field="address")


SCOPE: dict[Role, dict[str, Any]] = {
    Role.REFERRER: {"unit_id": UNIT},
    Role.FAMILY: {"unit_id": None, "person_id": SARA},
}


def in_role(role: Role, **more: Any) -> dict[str, Any]:
    return {"role": role} | SCOPE.get(role, {"unit_id": None}) | more


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_held_in_its_scope_and_assigned_once(role: Role) -> None:
    said = in_role(role)

    given(enrolled()).when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(**said)).then(role_assigned(**said))
    given(role_assigned(**said)).when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(**said)).then_nothing()
    given().when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(**said)).then(role_assigned(**said))


def test_a_coordinator_at_the_club_belongs_to_a_municipality() -> None:
    said = in_role(Role.COORDINATOR, municipality="strandby")

    given().when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(**said)).then(role_assigned(**said))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (in_role(Role.REFERRER, unit_id=None), "unit_id"),
        (in_role(Role.COORDINATOR, unit_id=UNIT), "unit_id"),
        (in_role(Role.FAMILY, person_id=None), "person_id"),
        (in_role(Role.LEADER, person_id=SARA), "person_id"),
    ],
)
def test_a_referrer_needs_a_unit_a_family_member_a_person_and_nobody_else_either(
    said: dict[str, Any], field: str
) -> None:
    given().when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(**said)).then_refused(
        RoleNeedsScope, field=field
    )


def test_a_role_does_not_end_before_it_begins() -> None:
    given().when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(until=TODAY - A_DAY)).then_refused(
        ImplausiblePeriod, field="until"
    )
    given().when(assign, actor=HEALTH_VISITOR, assignment=an_assignment(until=TODAY)).then(role_assigned(until=TODAY))


def test_one_person_holds_several_roles() -> None:
    """REF-27."""
    held = [role_assigned(), role_assigned(assignment_id=an_id(60), **in_role(Role.PROFESSIONAL))]

    assert [role for role, _ in fold(staff.evolve, held).roles.values()] == [Role.REFERRER, Role.PROFESSIONAL]


def test_a_role_may_end_on_its_first_day() -> None:
    given(role_assigned()).when(end, assignment_id=ASSIGNMENT, last_day=TODAY).then(role_ended(last_day=TODAY))


def test_a_role_is_ended_once() -> None:
    given(role_assigned()).when(end, assignment_id=ASSIGNMENT, last_day=STARTS_ON).then(
        RoleEnded(assignment_id=ASSIGNMENT, last_day=STARTS_ON)
    )
    given(role_assigned(), role_ended(last_day=STARTS_ON)).when(
        end, assignment_id=ASSIGNMENT, last_day=STARTS_ON
    ).then_nothing()
    given(enrolled()).when(end, assignment_id=ASSIGNMENT, last_day=TODAY).then_refused(
        NoSuchAssignment, field="assignment_id"
    )


@quick
@any_of(st.lists(st.integers(-30, 60), min_size=1, max_size=6), st.none() | st.integers(0, 30))
def test_to_end_a_role_never_prolongs_it(days: list[int], until: int | None) -> None:
    first = role_assigned(until=None if until is None else TODAY + until * A_DAY)
    past = [first]
    for last in days:
        before = fold(staff.evolve, past).roles[ASSIGNMENT][1]
        outcome = given(past).when(end, assignment_id=ASSIGNMENT, last_day=TODAY + last * A_DAY)
        if isinstance(outcome.outcome, Refusal):
            outcome.then_refused(ImplausiblePeriod, field="last_day")
        else:
            past += outcome.facts
        after = fold(staff.evolve, past).roles[ASSIGNMENT][1]
        assert after.since == before.since
        assert not (before.until is not None and (after.until is None or after.until > before.until))


def test_a_period_covers_both_its_days() -> None:
    assert [Period(TODAY, STARTS_ON).covers(day) for day in (TODAY - A_DAY, TODAY, STARTS_ON, STARTS_ON + A_DAY)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert Period(TODAY).covers(TODAY + 9999 * A_DAY)


# Reviewed

SECRETARY = ActorId(an_id(61))
CONFIRMED = RoleConfirmed(assignment_id=ASSIGNMENT, on=TODAY, by=SECRETARY)


def test_a_role_is_confirmed_by_somebody_else_once_a_day() -> None:
    says = {"assignment_id": ASSIGNMENT, "by": SECRETARY, "today": TODAY}
    given(role_assigned()).when(confirm, **says).then(CONFIRMED)
    given(role_assigned(), CONFIRMED).when(confirm, **says).then_nothing()
    given(role_assigned()).when(confirm, **{**says, "by": HEALTH_VISITOR}).then_refused(OwnRole, field="assignment_id")
    given(enrolled()).when(confirm, **says).then_refused(NoSuchAssignment, field="assignment_id")


def test_what_has_ended_or_not_begun_is_not_confirmed() -> None:
    says = {"assignment_id": ASSIGNMENT, "by": SECRETARY, "today": TODAY + A_DAY}
    given(role_assigned(), role_ended(last_day=TODAY)).when(confirm, **says).then_refused(
        RoleNotRunning, field="assignment_id"
    )
    given(role_assigned()).when(confirm, **{**says, "today": TODAY - 9 * A_DAY}).then_refused(
        RoleNotRunning, field="assignment_id"
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_role_lapses_the_day_after_its_last_but_never_a_familys_own(role: Role) -> None:
    says = {"assignment_id": ASSIGNMENT, "last_day": STARTS_ON}
    held = role_assigned(**in_role(role))
    given(held).when(lapse, **says, today=STARTS_ON).then_nothing()
    told = given(held).when(lapse, **says, today=STARTS_ON + A_DAY)
    if role is Role.FAMILY:
        told.then_nothing()
    else:
        told.then(RoleLapsed(assignment_id=ASSIGNMENT, last_day=STARTS_ON))
        lapsed = fold(staff.evolve, [held, *told.facts])
        assert not lapsed.roles[ASSIGNMENT][1].covers(STARTS_ON + A_DAY)
    assert is_reviewed(role) is (role is not Role.FAMILY)


def test_what_ended_before_it_would_lapse_has_ended_and_not_lapsed() -> None:
    given(role_assigned(), role_ended(last_day=STARTS_ON)).when(
        lapse, assignment_id=ASSIGNMENT, last_day=STARTS_ON, today=STARTS_ON + A_DAY
    ).then_nothing()
    given(enrolled()).when(lapse, assignment_id=ASSIGNMENT, last_day=STARTS_ON, today=STARTS_ON).then_refused(
        NoSuchAssignment, field="assignment_id"
    )
