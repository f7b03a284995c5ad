"""An invitation is taken once, in its time, by one hand; whatever else is tried with it has one and the same answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import invitation
from domain.facts import Fact
from domain.invitation import (
    LINK_AGAIN,
    Invitation,
    InvitationIssued,
    InvitationNotValid,
    InvitationRevoked,
    InvitationTaken,
    InvitationWasTaken,
    Invited,
    Invitee,
    NoSuchInvitation,
    VisitIsOver,
    issue,
    revoke,
    take,
)
from tests.phrases import BOOKING, COURSE, MIDWIFE, SARA, TODAY, an_id
from tests.spec import fold, given, quick

NOW = datetime(2026, 8, 14, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=14)
A_MINUTE = timedelta(minutes=1)
SARAS, ANOTHERS = "saras hand", "another's hand"
ADULT = Invited(invited_as=Invitee.ADULT, actor=MIDWIFE, person_id=SARA, course_id=COURSE)
VISITOR = Invited(invited_as=Invitee.PROFESSIONAL, actor=MIDWIFE, course_id=COURSE, booking_id=BOOKING)


def issued(who: Invited = ADULT) -> InvitationIssued:
    return InvitationIssued(
        invitation_id=an_id(70), invited_as=who.invited_as, actor=who.actor, person_id=who.person_id,
        course_id=who.course_id, booking_id=who.booking_id, code_digest="ab" * 32, valid_until=UNTIL,
    )  # fmt: skip


def taken(with_: str = SARAS, at: datetime = NOW) -> InvitationTaken:
    return InvitationTaken(taken_with=with_, at=at)


@pytest.mark.parametrize("who", [ADULT, VISITOR])
def test_somebody_is_invited_as_what_and_until_when(who: Invited) -> None:
    said: dict[str, Any] = {"invitation_id": an_id(70), "who": who, "code_digest": "ab" * 32, "now": NOW}
    given().when(issue, **said, valid_until=UNTIL).then(issued(who))
    given().when(issue, **said, valid_until=NOW).then_refused(VisitIsOver, field="booking_id")


def test_whoever_types_the_code_first_takes_it_and_nobody_after() -> None:
    given(issued()).when(take, taken_with=SARAS, now=NOW).then(taken())
    given(issued(), taken()).when(take, taken_with=ANOTHERS, now=NOW).then_refused(InvitationNotValid, field="code")


def test_the_same_hand_may_type_it_again_while_it_is_valid_and_nothing_more_happens() -> None:
    given(issued(), taken()).when(take, taken_with=SARAS, now=UNTIL - A_MINUTE).then_nothing()
    given(issued(), taken()).when(take, taken_with=SARAS, now=UNTIL).then_refused(InvitationNotValid, field="code")


def test_a_link_opens_again_for_the_same_press_of_its_button_for_minutes_only() -> None:
    opened = given(issued(VISITOR), taken())
    opened.when(take, taken_with=SARAS, now=NOW + LINK_AGAIN - A_MINUTE).then_nothing()
    opened.when(take, taken_with=SARAS, now=NOW + LINK_AGAIN).then_refused(InvitationNotValid, field="code")


def test_it_is_over_when_it_says_so_and_not_a_moment_later() -> None:
    given(issued()).when(take, taken_with=SARAS, now=UNTIL - timedelta(microseconds=1)).then(
        taken(at=UNTIL - timedelta(microseconds=1))
    )
    given(issued()).when(take, taken_with=SARAS, now=UNTIL).then_refused(InvitationNotValid, field="code")


def test_what_was_taken_back_opens_nothing() -> None:
    given(issued()).when(revoke, on=TODAY).then(InvitationRevoked(on=TODAY))
    back = given(issued(), InvitationRevoked(on=TODAY))
    back.when(revoke, on=TODAY).then_nothing()
    back.when(take, taken_with=SARAS, now=NOW).then_refused(InvitationNotValid, field="code")


def test_what_was_taken_is_not_taken_back_but_ended_where_roles_are() -> None:
    given(issued(), taken()).when(revoke, on=TODAY).then_refused(InvitationWasTaken, field="invitation_id")


PAST = st.lists(
    st.one_of(
        st.builds(taken, st.sampled_from([SARAS, ANOTHERS]), st.just(NOW)),
        st.just(InvitationRevoked(on=TODAY)),
    ),
    max_size=2,
)


@quick
@any_of(who=st.sampled_from([ADULT, VISITOR]), past=PAST, after=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_nobody_learns_why_a_code_opens_nothing_and_never_do_two_hands_take_it(
    who: Invited, past: list[Fact], after: timedelta
) -> None:
    state: Invitation = fold(invitation.evolve, [issued(who), *past])
    if state.revoked or NOW + after >= state.again_until or state.taken_with == SARAS:
        with pytest.raises(InvitationNotValid) as refused:
            take(state, taken_with=ANOTHERS, now=NOW + after)
        assert (type(refused.value), refused.value.field, refused.value.facts) == (InvitationNotValid, "code", {})
        return
    facts = take(state, taken_with=ANOTHERS, now=NOW + after)
    assert facts == ([taken(ANOTHERS, NOW + after)] if state.taken_with is None else [])
    with pytest.raises(InvitationNotValid):
        take(fold(invitation.evolve, [issued(who), *past, *facts]), taken_with=SARAS, now=NOW + after)


def test_an_invitation_that_is_not_there_is_named_without_saying_more() -> None:
    assert str(NoSuchInvitation("invitation_id")) == "unknown_invitation (invitation_id)"
