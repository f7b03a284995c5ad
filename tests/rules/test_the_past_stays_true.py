"""Whatever is tried in whatever order, what was decided can be lived with, today and without any key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from domain import (
    attendance,
    catalogue,
    consent,
    course,
    course_group,
    course_plan,
    custody,
    family,
    family_correcting,
    introduction,
    invitation,
    notice,
    organisation,
    participants,
    participants_custody,
    referral,
    sharing,
    staff,
    wording,
)
from domain.errors import Refusal
from domain.facts import Fact
from domain.lists import Attendance, DayCare, EveningKind, PartKind, Profession, Purpose, Theme, UnitKind, Way
from domain.people import Caregiver, Role
from tests import phrases as p
from tests.spec import fold, quick, sealed

TODAY, LATER = p.TODAY, p.STARTS_ON + timedelta(days=7)
MEMBERS = frozenset({p.SARA, p.MIKKEL, p.ALMA, p.VIGGO})
Move = Callable[[Any], list[Any]]


@dataclass(frozen=True)
class Life:
    """An aggregate from its first facts on, and what may be tried with it: what is done once, and what each time anew."""

    aggregate: ModuleType
    born: list[Fact]
    once: list[Move]
    anew: list[Move]


def move(decision: Callable[..., Any], *args: Any, **said: Any) -> Move:
    return lambda state: decision(state, *args, **said)  # type: ignore[no-any-return]


def _evening(book: Any, status: Attendance, came: int) -> list[Any]:
    return attendance.record_evening(
        course_id=p.COURSE,
        evening=1,
        lines=[p.a_line(status=status, adults=came, children=0)],
        expected=frozenset({p.LIND}),
    )


def _courses() -> Life:
    team = [(p.LEADER, Role.LEADER), (p.VOLUNTEER, Role.VOLUNTEER)]
    days = [TODAY, LATER]
    evening = partial(
        move,
        course_plan.plan_evening,
        starts_at=time(17),
        minutes=120,
        kind=EveningKind.OPEN,
        theme=None,
        on=p.STARTS_ON,
    )
    arrivals = [p.an_arrival(family_id=who, handover_id=p.an_id(n), handed_over_on=day)
                for n, (who, day) in enumerate((who, day) for who in (p.LIND, p.HOLM) for day in days)]  # fmt: skip
    return Life(
        course, [p.a_course_planned()],
        [
            *(move(course_plan.change_state, state, today=TODAY) for state in course.CourseState),
            *(move(course_group.join_team, *member, since=TODAY) for member in team),
            *(move(course_group.leave_team, *member, last_day=day) for member in team for day in days),
            *(move(course_group.accept_confidentiality, actor, today=TODAY) for actor, _ in team),
            move(course_plan.introduce_confidential_room, today=TODAY),
            *(move(course_group.take_in, arrival) for arrival in arrivals),
            *(move(course_group.decide_late_entry, by_role=role, agreed=agreed, today=TODAY)
              for role in (Role.LEADER, Role.COORDINATOR) for agreed in (True, False)),
            *(move(decide, who, today=TODAY) for decide
            in (course_group.confirm_place, course_group.leave)
            for who in (p.LIND, p.HOLM)
        ),
            *(move(course_group.state_acquaintance, actor, p.LIND) for actor, _ in team),
            *(move(course_group.keep_from_notes, p.VOLUNTEER, p.LIND, kept=kept) for kept in (True, False)),
            move(course_plan.book_professional, booking_id=p.BOOKING, actor=p.MIDWIFE, profession=Profession.MIDWIFE, evening=1,
                 theme=None),
            move(course_plan.cancel_booking, p.BOOKING),
            *(move(course_plan.cancel_evening, number=number) for number in (1, 13)),
        ],
        [evening(number=1), evening(number=2)],
    )  # fmt: skip


def _introductions() -> Life:
    write = partial(
        move, introduction.write_part, family_id=p.LIND, course_id=p.COURSE, kind=PartKind.WISHES, themes=[Theme.SLEEP],
        adults=frozenset({p.SARA, p.MIKKEL}), members=MEMBERS,
    )  # fmt: skip
    held = {
        "family_id": p.LIND,
        "course_id": p.COURSE,
        "held_on": TODAY,
        "leader": p.LEADER,
        "notice_given": True,
        "today": TODAY,
    }
    parts = [p.PART, p.an_id(59)]
    key = sharing.Key(p.CONSENT, (p.CONSENT,))
    return Life(
        introduction, [p.a_conversation()],
        [
            *(move(introduction.read_back, part, author=p.LEADER, today=TODAY) for part in parts),
            move(sharing.close_uncarried, answers=sharing.Answers((), p.the_circle(children={}), TODAY)),
        ],
        [
            move(introduction.hold_conversation, way=Way.TELEPHONE, **held),
            *(write(part_id=part, author=author, statements=[p.says()]) for part in parts for author in (p.LEADER, p.CO_LEADER)),
            write(part_id=p.PART, author=p.LEADER, statements=[]),
            move(sharing.disclose, p.PART, under={p.SARA: key}, words={p.STATEMENT: "Sara"}),
            move(sharing.disclose_themes, p.PART, under=sharing.Key(p.an_id(58), (p.CONSENT,)), themes=["sleep"]),
        ],
    )  # fmt: skip


def _referrals() -> Life:
    place = partial(move, referral.place, starts_on=p.STARTS_ON)
    return Life(
        referral, p.a_referral(),
        [
            move(referral.accept, today=TODAY), move(referral.decline, today=TODAY), move(referral.withdraw, today=TODAY),
            move(referral.put_on_waiting_list, today=TODAY), move(referral.hand_over, handover_id=p.HANDOVER, today=LATER),
            *(place(course_id=which, takes_in=takes_in, late_entry_agreed=agreed, today=day)
              for which in (p.COURSE, p.NEXT_COURSE) for takes_in in (True, False) for agreed in (True, False)
              for day in (TODAY, LATER)),
        ],
        [move(referral.correct, grounds=p.because(), children=(p.ALMA, p.VIGGO), members=MEMBERS, today=TODAY)],
    )  # fmt: skip


def _families() -> list[Life]:
    return [
        Life(
            family, p.a_family(), [move(family.mark_erased, who, on=TODAY) for who in (p.SARA, p.ALMA, p.STRANGER)],
            [
                *(move(family.change_contact, who, telephone_number="20102030", address=None) for who in (p.SARA, p.MIKKEL)),
                move(family_correcting.correct_adult, p.SARA, given_name="Sara", family_name="Lind", caregiver=Caregiver.MOTHER),
                move(family_correcting.correct_child, p.ALMA, given_name="Alma", birth_month="2025-01", day_care=DayCare.AT_HOME,
                     today=TODAY),
                *(move(family.state_custody, child_id=p.ALMA, adult_id=who, custody="no", stated_on=TODAY, today=TODAY)
                  for who in (p.SARA, p.MIKKEL)),
            ],
        ),
        Life(
            participants, p.a_family_received(),
            [
                *(move(participants.mark_erased, who, on=TODAY) for who in (p.SARA, p.ALMA, p.STRANGER)),
                *(move(participants.receive, p.a_handover(handover_id=p.an_id(n))) for n in (43, 44, 45)),
            ],
            [
                *(move(participants.change_telephone, who, number=None) for who in (p.SARA, p.ALMA)),
                move(participants.correct_birth_month, p.ALMA, birth_month="2025-01", today=TODAY),
                move(participants.correct_name, p.ALMA, given_name="Alma", family_name=None),
                *(move(participants_custody.tell_custody, p.ALMA, holders, told_by=p.SARA, noted_by=p.LEADER, told_on=TODAY,
                       today=TODAY) for holders in (p.saras_alone, custody.Holders())),
                move(participants.keep_follow_up, p.SARA, consent_id=p.CONSENT, given_name="Sara", number=None),
            ],
        ),
    ]  # fmt: skip


def _consents() -> list[Life]:
    ends = [move(consent.withdraw, way=Way.SMS, on=TODAY, today=TODAY)]
    ends += [move(consent.expire, today=day) for day in (TODAY, date(2030, 1, 1))]
    ends += [move(consent.end_proof, not_before=TODAY, today=TODAY)]
    ends += [move(consent.ask_back, sheet=p.an_id(60), outcome=consent.Outcome.DESTROYED, today=TODAY)]
    publish = partial(
        move,
        wording.publish,
        wording_id=p.WORDING,
        states=(wording.all_of(Purpose.SMS_REMINDERS),),
        today=TODAY,
        language="da",
    )
    return [
        Life(consent, [p.consent_given()], ends, []),
        Life(consent, [p.consent_not_given()], ends, []),
        Life(
            wording,
            [p.published()],
            [publish(version=v, words=words) for v in (1, 2) for words in ("Må vi?", "Vil du?")],
            [],
        ),
        Life(
            notice, [p.course_announced()], [move(notice.announce, p.course_announced(news=n)) for n in (1, 2, 3)], []
        ),
    ]


def _houses() -> list[Life]:
    club = {"name": "Klubben", "municipality": "strandby", "since": TODAY}
    end, assign = (
        partial(move, staff.end, assignment_id=p.ASSIGNMENT),
        partial(move, staff.assign, actor=p.HEALTH_VISITOR),
    )
    return [
        Life(
            organisation, [p.unit_opened()],
            [
                move(organisation.open_unit, unit_id=p.UNIT, name="A", kind=UnitKind.SCHOOL, hosts=True, since=TODAY),
                move(organisation.open_channel, kind=UnitKind.SCHOOL, since=TODAY),
                move(organisation.name_place, place_id=p.PLACE, name="Havnen"),
                move(organisation.open_branch, branch_id=p.BRANCH, name="Strandby"),
                move(organisation.establish_club, club_id=p.CLUB, place_id=p.PLACE, branch_id=p.BRANCH, **club),
                *(move(organisation.name_club_contact, club_id=p.CLUB, contact=who) for who in (p.LEADER, p.CO_LEADER)),
            ],
            [
                move(organisation.close_unit, unit_id=p.UNIT, last_day=TODAY),
                move(organisation.close_channel, kind=UnitKind.SCHOOL, last_day=TODAY),
            ],
        ),
        Life(
            staff, [p.enrolled()],
            [
                *(assign(assignment=p.an_assignment(until=day)) for day in (None, LATER)),
                *(end(last_day=day) for day in (TODAY, LATER)),
            ],
            [
                move(staff.enrol, actor=p.HEALTH_VISITOR, given_name="Sara", family_name="Lind", address=None),
                move(staff.enrol_volunteer, actor=p.HEALTH_VISITOR, given_name="Sara", family_name="Lind", telephone_number=None),
            ],
        ),
        Life(
            attendance, [p.cancelled_by_sms(), p.cancellations()],
            [
                move(attendance.receive_cancellation, course_id=p.COURSE, evening=evening, family_id=who, way=Way.SMS)
                for evening in (1, 2) for who in (p.LIND, p.HOLM)
            ],
            [partial(_evening, status=status, came=came) for status, came in
             [(Attendance.PRESENT, 1), (Attendance.NOT_COME, 0), (Attendance.NOT_COME, 1)]],
        ),
    ]  # fmt: skip


def _invitations() -> list[Life]:
    now = datetime(2026, 8, 14, 9, tzinfo=UTC)
    until = now + timedelta(days=14)
    moves = [
        *(move(invitation.take, taken_with=hand, now=at) for hand in ("one", "other") for at in (now, until)),
        move(invitation.revoke, on=TODAY),
    ]
    lives = []
    for invited_as in invitation.Invitee:
        who = invitation.Invited(invited_as=invited_as, actor=p.MIDWIFE)
        born = invitation.issue(invitation_id=p.an_id(70), who=who, code_digest="ab", valid_until=until, now=now)
        lives.append(Life(invitation, [*born], moves, []))
    return lives


LIVES = [
    _courses(), _introductions(), _referrals(), *_families(), *_consents(), *_houses(), *_invitations()
]  # fmt: skip
NAMED = [
    pytest.param(life, id=f"{life.aggregate.__name__}, {life.born[0].TOPIC}, {number}")
    for number, life in enumerate(LIVES)
]


def test_every_aggregate_has_a_life() -> None:
    assert {life.aggregate for life in LIVES} == set(catalogue.AGGREGATES)


@pytest.mark.parametrize("life", NAMED)
@settings(quick, max_examples=40)
@any_of(data=st.data())
def test_in_whatever_order_things_are_tried_the_past_can_be_lived_with(life: Life, data: st.DataObject) -> None:
    """And what is done once is done once, wherever things stand: a repeat has no second effect (SYS-04)."""
    evolve = life.aggregate.evolve
    past = list(life.born)
    state = fold(evolve, past)
    for attempt in data.draw(st.lists(st.sampled_from([*life.once, *life.anew]), max_size=20)):
        try:
            happened = attempt(state)
        except Refusal:
            continue
        past += happened
        for fact in happened:
            state = evolve(state, sealed(fact))
        if attempt in life.once:
            assert attempt(state) == []

    assert state == fold(evolve, past)  # the same with every value in the clear as with none


def test_every_way_a_referral_can_go_ends_in_a_known_stage() -> None:
    """All states there are, found one from the other, a correction apart."""
    life = _referrals()
    found = {fold(referral.evolve, life.born)}
    edge = set(found)
    while edge:
        reached = set()
        for state in edge:
            for attempt in life.once:
                try:
                    reached.add(_after(state, attempt(state)))
                except Refusal:
                    continue
        edge = reached - found
        found |= reached

    assert {state.stage for state in found} == set(referral.Stage)
    placed = {referral.Stage.PLACED, referral.Stage.HANDED_OVER}
    assert all(state.course_id is not None for state in found if state.stage in placed)
    assert all(
        _after(state, referral.withdraw(state, today=TODAY)).stage is referral.Stage.WITHDRAWN for state in found
    )


def _after(state: Any, happened: list[Any]) -> Any:
    for fact in happened:
        state = referral.evolve(state, fact)
    return state
