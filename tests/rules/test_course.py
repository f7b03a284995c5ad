"""A course is planned, gathers a team and families, closes its intake when it starts, and ends."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import course
from domain.course import (
    OPEN,
    AcquaintanceStated,
    BookingCancelled,
    ConfidentialityAccepted,
    ConfidentialRoomIntroduced,
    CourseIsOver,
    CourseState,
    CourseStateChanged,
    EveningCancelled,
    FamilyLeft,
    KeptFromNotes,
    LateEntryDecided,
    NoSuchEvening,
    NoSuchSeat,
    PlaceConfirmed,
    TeamMemberJoined,
    TeamMemberLeft,
)
from domain.course_group import (
    LateEntryNotAgreed,
    NotOnTheTeam,
    accept_confidentiality,
    confirm_place,
    decide_late_entry,
    join_team,
    keep_from_notes,
    leave,
    leave_team,
    state_acquaintance,
    take_in,
)
from domain.course_plan import (
    EveningsOutOfOrder,
    ImplausiblePlan,
    NotPossibleNow,
    book_professional,
    cancel_booking,
    cancel_evening,
    change_state,
    introduce_confidential_room,
    plan,
    plan_evening,
)
from domain.errors import Refusal
from domain.facts import Fact
from domain.lists import CourseKind, EveningKind, Profession, Theme
from domain.people import Period, Role
from tests.phrases import (
    BOOKING,
    COURSE,
    ENDS_ON,
    HOLM,
    LEADER,
    LIND,
    MIDWIFE,
    NEXT_HANDOVER,
    STARTS_ON,
    TODAY,
    VOLUNTEER,
    a_booking,
    a_course_planned,
    a_plan,
    an_arrival,
    an_evening,
    family_left,
    joined,
    late_entry_decided,
    place_confirmed,
    taken_in,
    the_course_is,
)
from tests.spec import fold, given, quick

PLANNED = CourseState.PLANNED
WAYS: dict[CourseState, tuple[CourseState, ...]] = {
    CourseState.PLANNED: (),
    CourseState.RECRUITING: (CourseState.RECRUITING,),
    CourseState.READY: (CourseState.READY,),
    CourseState.RUNNING: (CourseState.RUNNING,),
    CourseState.INTERRUPTED: (CourseState.RUNNING, CourseState.INTERRUPTED),
    CourseState.COMPLETED: (CourseState.RUNNING, CourseState.COMPLETED),
    CourseState.CANCELLED: (CourseState.CANCELLED,),
}
NEXT = {
    ("planned", "recruiting"), ("planned", "ready"), ("planned", "running"), ("planned", "cancelled"),
    ("recruiting", "ready"), ("recruiting", "running"), ("recruiting", "cancelled"),
    ("ready", "recruiting"), ("ready", "running"), ("ready", "cancelled"),
    ("running", "interrupted"), ("running", "completed"),
    ("interrupted", "running"), ("interrupted", "completed"), ("interrupted", "cancelled"),
}  # fmt: skip
OVER = [CourseState.COMPLETED, CourseState.CANCELLED]
TEAM: list[Fact] = [joined(actor=LEADER, role=Role.LEADER), joined(actor=VOLUNTEER, role=Role.VOLUNTEER)]


def a_course(state: CourseState = PLANNED) -> list[Fact]:
    return [a_course_planned(), *(the_course_is(state=step) for step in WAYS[state])]


# The plan.


def test_a_course_is_planned_with_the_usual_figures() -> None:
    given().when(plan, COURSE, a_plan(), receiving_key=b"receiving key").then(a_course_planned())


def test_an_older_course_of_eighteen_evenings_and_three_hours_can_be_represented() -> None:
    older = a_plan(
        evenings=18, minutes=180, starts_on=date(2021, 2, 2), ends_on=date(2021, 6, 15), kind=CourseKind.FAMILY_COURSE
    )

    given().when(plan, COURSE, older, receiving_key=b"").then(
        a_course_planned(
            evenings=18, minutes=180, starts_on=date(2021, 2, 2), ends_on=date(2021, 6, 15), receiving_key=b"",
            kind=CourseKind.FAMILY_COURSE,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"ends_on": STARTS_ON}, "ends_on"),
        ({"ends_on": STARTS_ON - timedelta(days=1)}, "ends_on"),
        ({"evenings": 0}, "evenings"),
        ({"evenings": 41}, "evenings"),
        ({"minutes": 29}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"fewest_families": 0}, "most_families"),
        ({"fewest_families": 9}, "most_families"),
    ],
)
def test_figures_that_do_not_fit_together_are_no_plan(figures: dict[str, Any], field: str) -> None:
    given().when(plan, COURSE, a_plan(**figures), receiving_key=b"").then_refused(ImplausiblePlan, field=field)


@pytest.mark.parametrize(
    "figures",
    [
        {"evenings": 1, "minutes": 30, "fewest_families": 1, "most_families": 1},
        {"evenings": 40, "minutes": 480, "fewest_families": 8, "most_families": 8},
    ],
    ids=["the least", "the most"],
)
def test_figures_up_to_their_limits_are_a_plan(figures: dict[str, Any]) -> None:
    given().when(plan, COURSE, a_plan(**figures), receiving_key=b"receiving key").then(a_course_planned(**figures))


# Its states.


@pytest.mark.parametrize("there", list(CourseState))
@pytest.mark.parametrize("here", list(CourseState))
def test_a_course_passes_only_to_the_states_that_follow(here: CourseState, there: CourseState) -> None:
    outcome = given(a_course(here)).when(change_state, there, today=TODAY)

    if here is there:
        outcome.then_nothing()
    elif (here, there) in NEXT:
        outcome.then(CourseStateChanged(state=there, on=TODAY))
    else:
        outcome.then_refused(NotPossibleNow, field="state")


@quick
@any_of(st.lists(st.sampled_from(list(CourseState)), max_size=20))
def test_whatever_is_tried_a_closed_course_stays_closed(tries: list[CourseState]) -> None:
    past: list[Fact] = a_course()
    seen = [PLANNED]
    for there in tries:
        outcome = given(past).when(change_state, there, today=TODAY).outcome
        past += [] if isinstance(outcome, Refusal) else outcome
        seen.append(fold(course.evolve, past).state)

    closed = [i for i, state in enumerate(seen) if state in OVER]
    assert all(state is seen[closed[0]] for state in seen[closed[0] :]) if closed else True
    assert all(a is b or (a, b) in NEXT for a, b in pairwise(seen))


def test_a_course_has_started_on_its_day_or_when_it_runs_whichever_comes_first() -> None:
    eve = STARTS_ON - timedelta(days=1)

    assert not fold(course.evolve, a_course(CourseState.READY)).has_started(eve)
    assert fold(course.evolve, a_course(CourseState.READY)).has_started(STARTS_ON)
    for state in (CourseState.RUNNING, CourseState.INTERRUPTED, CourseState.COMPLETED):
        assert fold(course.evolve, a_course(state)).has_started(eve)


AN_EVENING = {
    "number": 1,
    "on": STARTS_ON,
    "starts_at": time(17),
    "minutes": 120,
    "kind": EveningKind.TALK,
    "theme": Theme.SLEEP,
}
A_BOOKING = {
    "booking_id": BOOKING,
    "actor": MIDWIFE,
    "profession": Profession.MIDWIFE,
    "evening": 2,
    "theme": Theme.SLEEP,
}
CHANGES: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
    (plan_evening, (), AN_EVENING),
    (cancel_evening, (), {"number": 1}),
    (join_team, (VOLUNTEER, Role.VOLUNTEER), {"since": TODAY}),
    (decide_late_entry, (), {"by_role": Role.LEADER, "agreed": True, "today": TODAY}),
    (confirm_place, (LIND,), {"today": TODAY}),
    (book_professional, (), A_BOOKING),
]


@pytest.mark.parametrize("state", OVER)
@pytest.mark.parametrize(("change", "args", "said"), CHANGES, ids=[change[0].__name__ for change in CHANGES])
def test_a_closed_course_changes_no_more(change: Any, args: Any, said: Any, state: CourseState) -> None:
    given(a_course(state), taken_in(), an_evening()).when(change, *args, **said).then_refused(
        CourseIsOver, field="course_id"
    )


@pytest.mark.parametrize("state", sorted(OPEN))
@pytest.mark.parametrize(("change", "args", "said"), CHANGES, ids=[change[0].__name__ for change in CHANGES])
def test_an_open_course_does(change: Any, args: Any, said: Any, state: CourseState) -> None:
    assert len(given(a_course(state), taken_in(), an_evening()).when(change, *args, **said).facts) == 1


@pytest.mark.parametrize("state", OVER)
def test_a_closed_course_still_lets_go(state: CourseState) -> None:
    """Families and team members leave at any time; a hand-over on its way is not lost; a booking is still cancelled."""
    closed = [*a_course(state), *TEAM, taken_in(), a_booking()]

    given(closed).when(leave, LIND, today=TODAY).then(family_left())
    given(closed).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=TODAY).then(
        TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=TODAY)
    )
    given(closed).when(cancel_booking, BOOKING).then(BookingCancelled(booking_id=BOOKING))
    assert len(given(closed).when(take_in, an_arrival(family_id=HOLM)).facts) == 1


# Its evenings.


def evening(**changed: Any) -> dict[str, Any]:
    return AN_EVENING | changed


def test_an_evening_is_planned_and_planned_anew() -> None:
    given(a_course()).when(plan_evening, **evening()).then(an_evening())
    moved = evening(on=STARTS_ON + timedelta(days=7), kind=EveningKind.OPEN, theme=None)
    given(a_course(), an_evening()).when(plan_evening, **moved).then(an_evening(**moved))


def test_an_interrupted_course_may_run_past_its_planned_end() -> None:
    later = evening(number=12, on=ENDS_ON + timedelta(days=14))

    given(a_course(CourseState.INTERRUPTED)).when(plan_evening, **later).then(an_evening(**later))


@pytest.mark.parametrize(
    ("said", "refusal", "field"),
    [
        ({"number": 0}, NoSuchEvening, "number"),
        ({"number": 13}, NoSuchEvening, "number"),
        ({"on": STARTS_ON - timedelta(days=1)}, EveningsOutOfOrder, "on"),
        ({"minutes": 29}, ImplausiblePlan, "minutes"),
        ({"minutes": 481}, ImplausiblePlan, "minutes"),
    ],
)
def test_an_evening_lies_in_its_course(said: dict[str, Any], refusal: type[Refusal], field: str) -> None:
    given(a_course()).when(plan_evening, **evening(**said)).then_refused(refusal, field=field)


@pytest.mark.parametrize("minutes", [30, 480])
@pytest.mark.parametrize("number", [1, 12])
def test_the_first_and_the_last_evening_are_evenings_long_or_short(number: int, minutes: int) -> None:
    said = evening(number=number, minutes=minutes)

    given(a_course()).when(plan_evening, **said).then(an_evening(**said))
    given(a_course(), an_evening(**said)).when(cancel_evening, number=number).then(EveningCancelled(number=number))
    given(a_course()).when(book_professional, **booking(evening=number)).then(a_booking(evening=number))


def test_a_planned_evening_is_cancelled_once() -> None:
    cancelled = EveningCancelled(number=1)

    given(a_course(), an_evening()).when(cancel_evening, number=1).then(cancelled)
    given(a_course(), an_evening(), cancelled).when(cancel_evening, number=1).then_nothing()
    given(a_course(), an_evening(), cancelled, an_evening()).when(cancel_evening, number=1).then(cancelled)
    given(a_course()).when(cancel_evening, number=13).then_refused(NoSuchEvening, field="number")


# Its team.


@pytest.mark.parametrize("role", [Role.LEADER, Role.VOLUNTEER])
def test_a_leader_or_a_volunteer_joins_once(role: Role) -> None:
    attached = TeamMemberJoined(actor=VOLUNTEER, role=role, since=TODAY)

    given(a_course()).when(join_team, VOLUNTEER, role, since=TODAY).then(attached)
    given(a_course(), attached).when(join_team, VOLUNTEER, role, since=TODAY).then_nothing()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LEADER, Role.VOLUNTEER)])
def test_nobody_else_belongs_to_a_team(role: Role) -> None:
    given(a_course()).when(join_team, VOLUNTEER, role, since=TODAY).then_refused(NotOnTheTeam, field="role")


def test_two_leaders_share_a_course_and_one_person_may_be_both() -> None:
    led = fold(course.evolve, [*a_course(), *TEAM, joined(actor=VOLUNTEER, role=Role.LEADER)])

    assert set(led.team) == {(LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER), (VOLUNTEER, Role.LEADER)}


def test_access_ends_with_the_last_day() -> None:
    gone = TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=STARTS_ON)

    given(a_course(), TEAM).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=STARTS_ON).then(gone)
    given(a_course(), TEAM, gone).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=STARTS_ON).then_nothing()
    attached = fold(course.evolve, [*a_course(), *TEAM, gone]).team[VOLUNTEER, Role.VOLUNTEER]
    assert attached == Period(TODAY, STARTS_ON)
    assert attached.covers(STARTS_ON)
    assert not attached.covers(STARTS_ON + timedelta(days=1))


def test_to_leave_may_come_earlier_and_never_later() -> None:
    gone = TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=STARTS_ON)
    sooner, later, too_soon = STARTS_ON - timedelta(days=1), STARTS_ON + timedelta(days=1), TODAY - timedelta(days=1)

    given(a_course(), TEAM, gone).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=sooner).then(
        TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=sooner)
    )
    for impossible in (later, too_soon):
        given(a_course(), TEAM, gone).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=impossible).then_refused(
            NotOnTheTeam, field="last_day"
        )


def test_who_joins_may_leave_on_the_same_day() -> None:
    given(a_course(), TEAM).when(leave_team, VOLUNTEER, Role.VOLUNTEER, last_day=TODAY).then(
        TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=TODAY)
    )


def test_who_left_joins_again_from_a_new_day() -> None:
    gone = TeamMemberLeft(actor=VOLUNTEER, role=Role.VOLUNTEER, last_day=TODAY)

    given(a_course(), TEAM, gone).when(join_team, VOLUNTEER, Role.VOLUNTEER, since=STARTS_ON).then(
        TeamMemberJoined(actor=VOLUNTEER, role=Role.VOLUNTEER, since=STARTS_ON)
    )


def test_who_never_joined_cannot_leave() -> None:
    given(a_course(), TEAM).when(leave_team, VOLUNTEER, Role.LEADER, last_day=TODAY).then_refused(
        NotOnTheTeam, field="actor"
    )


def test_a_team_member_accepts_confidentiality_once() -> None:
    accepted = ConfidentialityAccepted(actor=VOLUNTEER, on=TODAY)

    given(a_course(), TEAM).when(accept_confidentiality, VOLUNTEER, today=TODAY).then(accepted)
    given(a_course(), TEAM, accepted).when(accept_confidentiality, VOLUNTEER, today=TODAY).then_nothing()
    given(a_course(), TEAM).when(accept_confidentiality, MIDWIFE, today=TODAY).then_refused(NotOnTheTeam, field="actor")


def test_the_course_is_introduced_as_a_confidential_room_once() -> None:
    introduced = ConfidentialRoomIntroduced(on=STARTS_ON)

    given(a_course(CourseState.RUNNING)).when(introduce_confidential_room, today=STARTS_ON).then(introduced)
    given(a_course(CourseState.RUNNING), introduced).when(introduce_confidential_room, today=TODAY).then_nothing()


# Its families.


def test_a_hand_over_reaches_the_course_with_its_lead_time() -> None:
    given(a_course()).when(take_in, an_arrival()).then(taken_in())
    short = an_arrival(handed_over_on=date(2026, 8, 21), children=4)
    given(a_course()).when(take_in, short).then(taken_in(handed_over_on=date(2026, 8, 21), children=4, lead_days=11))


def test_a_family_is_taken_in_once() -> None:
    given(a_course(), taken_in()).when(take_in, an_arrival()).then_nothing()
    given(a_course(), taken_in()).when(take_in, an_arrival(handover_id=NEXT_HANDOVER)).then_nothing()


def test_a_family_that_left_comes_back_by_a_new_hand_over_only() -> None:
    given(a_course(), taken_in(), family_left()).when(take_in, an_arrival()).then_nothing()
    given(a_course(), taken_in(), family_left()).when(take_in, an_arrival(handover_id=NEXT_HANDOVER)).then(
        taken_in(handover_id=NEXT_HANDOVER)
    )


def test_a_family_that_came_back_waits_for_its_place_again() -> None:
    story = [taken_in(), place_confirmed(), family_left(), taken_in(handover_id=NEXT_HANDOVER)]

    given(a_course(), story).when(confirm_place, LIND, today=TODAY).then(place_confirmed())


def test_a_place_is_confirmed_once() -> None:
    given(a_course(), taken_in()).when(confirm_place, LIND, today=TODAY).then(PlaceConfirmed(family_id=LIND, on=TODAY))
    given(a_course(), taken_in(), place_confirmed()).when(confirm_place, LIND, today=TODAY).then_nothing()


def test_nine_families_are_a_matter_of_judgement_and_never_blocked() -> None:
    nine = [taken_in(family_id=number) for number in range(9)]
    confirmed = [place_confirmed(family_id=number) for number in range(8)]

    assert len(given(a_course(), nine, confirmed).when(confirm_place, 8, today=TODAY).facts) == 1


@pytest.mark.parametrize("gone", [[], [taken_in(), family_left()]], ids=["it never came", "it left"])
def test_a_family_without_a_place_has_none_to_confirm(gone: list[Fact]) -> None:
    given(a_course(), gone).when(confirm_place, LIND, today=TODAY).then_refused(NoSuchSeat, field="family_id")


@pytest.mark.parametrize("state", list(CourseState))
def test_a_family_leaves_at_any_time_and_once(state: CourseState) -> None:
    given(a_course(state), taken_in()).when(leave, LIND, today=TODAY).then(FamilyLeft(family_id=LIND, on=TODAY))
    given(a_course(state), taken_in(), family_left()).when(leave, LIND, today=TODAY).then_nothing()
    given(a_course(state)).when(leave, LIND, today=TODAY).then_refused(NoSuchSeat, field="family_id")


def test_leaving_has_no_room_for_a_reason() -> None:
    assert FamilyLeft.MARKS.clear.keys() == {"family_id", "on"}
    assert not FamilyLeft.MARKS.personal


# Late entry (REF-17).

LATE = taken_in(handed_over_on=STARTS_ON, lead_days=0, late=True)


def test_who_arrives_on_the_first_day_is_late() -> None:
    given(a_course(CourseState.RUNNING)).when(take_in, an_arrival(handed_over_on=STARTS_ON)).then(LATE)
    given(a_course(), late_entry_decided(leader=True, coordinator=True)).when(
        take_in, an_arrival(handed_over_on=STARTS_ON)
    ).then(LATE)


def test_who_arrives_after_an_early_start_is_late() -> None:
    given(a_course(CourseState.RUNNING)).when(take_in, an_arrival()).then(taken_in(late=True))


@pytest.mark.parametrize(
    "decided",
    [{}, {"leader": True}, {"coordinator": True}, {"leader": True, "coordinator": False}, {"leader": False, "coordinator": True}],
)  # fmt: skip
def test_a_late_place_needs_both_leader_and_coordinator(decided: dict[str, bool]) -> None:
    given(a_course(CourseState.RUNNING), late_entry_decided(**decided), LATE).when(
        confirm_place, LIND, today=STARTS_ON
    ).then_refused(LateEntryNotAgreed, field="family_id")


def test_with_both_it_is_confirmed() -> None:
    both = late_entry_decided(leader=True, coordinator=True)

    for story in ([LATE, *both], [*both, LATE]):
        given(a_course(CourseState.RUNNING), story).when(confirm_place, LIND, today=STARTS_ON).then(
            place_confirmed(on=STARTS_ON)
        )


def test_an_agreement_taken_back_before_the_place_is_confirmed_is_none() -> None:
    story = [*late_entry_decided(leader=True, coordinator=True), LATE, *late_entry_decided(coordinator=False)]

    given(a_course(CourseState.RUNNING), story).when(confirm_place, LIND, today=STARTS_ON).then_refused(
        LateEntryNotAgreed, field="family_id"
    )


def test_a_place_in_good_time_needs_no_agreement_even_if_it_is_confirmed_late() -> None:
    given(a_course(), taken_in(), the_course_is(state=CourseState.RUNNING)).when(
        confirm_place, LIND, today=STARTS_ON
    ).then(place_confirmed(on=STARTS_ON))


@pytest.mark.parametrize("role", [Role.LEADER, Role.COORDINATOR])
@pytest.mark.parametrize("agreed", [True, False])
def test_the_judgement_is_yes_or_no_and_said_once(role: Role, agreed: bool) -> None:
    decided = LateEntryDecided(by_role=role, agreed=agreed, on=TODAY)

    given(a_course()).when(decide_late_entry, by_role=role, agreed=agreed, today=TODAY).then(decided)
    given(a_course(), decided).when(decide_late_entry, by_role=role, agreed=agreed, today=STARTS_ON).then_nothing()
    given(a_course(), decided).when(decide_late_entry, by_role=role, agreed=not agreed, today=TODAY).then(
        LateEntryDecided(by_role=role, agreed=not agreed, on=TODAY)
    )


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LEADER, Role.COORDINATOR)])
def test_nobody_else_judges_a_late_entry(role: Role) -> None:
    given(a_course()).when(decide_late_entry, by_role=role, agreed=True, today=TODAY).then_refused(
        NotOnTheTeam, field="by_role"
    )


# Who keeps from whose notes (VOL-08).


def test_a_team_member_states_an_acquaintance_once_and_no_more_than_that() -> None:
    knows = AcquaintanceStated(actor=VOLUNTEER, family_id=LIND)

    given(a_course(), TEAM, taken_in()).when(state_acquaintance, VOLUNTEER, LIND).then(knows)
    given(a_course(), TEAM, taken_in(), knows).when(state_acquaintance, VOLUNTEER, LIND).then_nothing()
    assert set(AcquaintanceStated.MARKS.clear) == {"actor", "family_id"}


def test_the_leader_keeps_a_volunteer_from_a_familys_notes_and_lifts_it_again() -> None:
    kept, lifted = (KeptFromNotes(actor=VOLUNTEER, family_id=LIND, kept=kept) for kept in (True, False))
    there: list[Fact] = [*a_course(), *TEAM, taken_in()]

    given(there).when(keep_from_notes, VOLUNTEER, LIND, kept=True).then(kept)
    given(there).when(keep_from_notes, VOLUNTEER, LIND, kept=False).then_nothing()
    given(there, kept).when(keep_from_notes, VOLUNTEER, LIND, kept=True).then_nothing()
    given(there, kept).when(keep_from_notes, VOLUNTEER, LIND, kept=False).then(lifted)
    given(there, kept, lifted).when(keep_from_notes, VOLUNTEER, LIND, kept=True).then(kept)


@pytest.mark.parametrize("decision", [(state_acquaintance, {}), (keep_from_notes, {"kept": True})])
def test_both_are_about_a_member_of_the_team_and_a_family_with_a_place(decision: Any) -> None:
    decide, said = decision

    given(a_course(), TEAM, taken_in()).when(decide, MIDWIFE, LIND, **said).then_refused(NotOnTheTeam, field="actor")
    given(a_course(), TEAM).when(decide, VOLUNTEER, LIND, **said).then_refused(NoSuchSeat, field="family_id")
    given(a_course(), TEAM, taken_in(), family_left()).when(decide, VOLUNTEER, LIND, **said).then_refused(
        NoSuchSeat, field="family_id"
    )


def test_a_leader_is_not_kept_from_notes_as_a_volunteer_is() -> None:
    given(a_course(), TEAM, taken_in()).when(keep_from_notes, LEADER, LIND, kept=True).then_refused(
        NotOnTheTeam, field="actor"
    )


# Its professionals.


def booking(**changed: Any) -> dict[str, Any]:
    return A_BOOKING | changed


def test_a_professional_is_booked_before_any_family_is_known_and_a_theme_may_wait() -> None:
    given(a_course()).when(book_professional, **booking()).then(a_booking())
    given(a_course()).when(book_professional, **booking(theme=None)).then(a_booking(theme=None))


def test_a_booking_is_made_once() -> None:
    given(a_course(), a_booking()).when(book_professional, **booking()).then_nothing()


@pytest.mark.parametrize("number", [0, 13])
def test_a_booking_is_for_an_evening_of_the_course(number: int) -> None:
    given(a_course()).when(book_professional, **booking(evening=number)).then_refused(NoSuchEvening, field="evening")


def test_a_booking_is_cancelled_once() -> None:
    cancelled = BookingCancelled(booking_id=BOOKING)

    given(a_course(), a_booking()).when(cancel_booking, BOOKING).then(cancelled)
    given(a_course(), a_booking(), cancelled).when(cancel_booking, BOOKING).then_nothing()
    given(a_course()).when(cancel_booking, BOOKING).then_nothing()


def test_nothing_personal_stands_in_a_course() -> None:
    """A family is a number here; names and notes are elsewhere, under keys."""
    facts = list(course.CourseFact.__args__)  # type: ignore[attr-defined]

    assert facts
    assert not [kind for kind in facts if kind.MARKS.personal]
