"""A use is allowed by consents to exactly that use, of those whose answer counts; by no sum of other consents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import TypeVar
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from domain.consent import Answer
from domain.custody import Arrangement, Circle, Holders
from domain.lists import Custody, Purpose
from domain.participants import CustodyTold, UnknownMember
from domain.participants_custody import CustodyImplausible, tell_custody
from domain.people import ConsentId, PersonId
from domain.permission import Use, consents_for, use_of
from domain.purposes import CONFIDENTIAL, DATA_OF, Data, Recipient
from domain.text import InTheFuture
from tests.answers import Said, no, taken_back, yes
from tests.phrases import (
    ALMA,
    COURSE,
    ENDS_ON,
    HOLM,
    LEADER,
    LIND,
    MIKKEL,
    NEXT_COURSE,
    PART,
    SARA,
    STRANGER,
    TODAY,
    VIGGO,
    VOLUNTEER,
    a_family_received,
    an_id,
    erased_at_the_club,
    saras_alone,
    shared_by_both,
    the_circle,
)
from tests.spec import given

T = TypeVar("T")
HERS, HIS, AGAIN = (ConsentId(an_id(n)) for n in (71, 72, 73))
OTHER_PART = an_id(59)
CIRCLE = the_circle(children={ALMA: shared_by_both, VIGGO: saras_alone})


def reading(about: object, **other: object) -> Use:
    use = use_of(
        Purpose.SHARE_WITH_VOLUNTEERS, family_id=LIND, course_id=COURSE, about=about, part_id=PART, edition=1  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(use, **other)  # type: ignore[arg-type]


# Each consent is held against the whole tuple.


def mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    """The first nine times out of ten, so that what is drawn is often close to what is asked for."""
    return st.sampled_from([usual] * 9 * len(others) + list(others))


purposes = mostly(Purpose.SHARE_WITH_VOLUNTEERS, Purpose.SHARE_WITH_CO_LEADER)
recipients = mostly(Recipient.COURSE_VOLUNTEERS, Recipient.CO_LEADER)
said = st.builds(
    Said,
    consent_id=st.uuids(),
    person_id=st.sampled_from([SARA, MIKKEL]),
    on_behalf_of=mostly((ALMA, VIGGO), (), (ALMA,), (VIGGO,)),
    answer=mostly(*Answer),
    purpose=purposes,
    recipient=recipients,
    data=mostly(("note_part",), ("themes",), ("note_part", "themes")),
    part_id=mostly(PART, OTHER_PART, None),
    edition=mostly(1, 2),
    not_to=mostly((), (VOLUNTEER,)),
    withdrawn=mostly(False, True),
    until=mostly(ENDS_ON, TODAY - timedelta(days=1)),
    family_id=mostly(LIND, HOLM),
    course_id=mostly(COURSE, NEXT_COURSE),
)
uses = st.builds(
    reading,
    st.sampled_from([ALMA, ALMA, ALMA, SARA, MIKKEL, VIGGO, LIND, STRANGER]),
    purpose=purposes,
    recipient=recipients,
    data=mostly(Data.NOTE_PART, Data.THEMES),
)
arranged = st.builds(
    Holders, st.sampled_from(Arrangement), st.frozensets(st.sampled_from([SARA, MIKKEL])), elsewhere=st.booleans()
)
holders = st.one_of(st.just(shared_by_both), st.just(saras_alone), arranged)
circles = st.builds(lambda alma, viggo: the_circle(children={ALMA: alma, VIGGO: viggo}), holders, holders)


def names(one: Said, use: Use) -> bool:
    """Whether this answer is to exactly this use, whoever gave it."""
    question = (one.family_id, one.course_id, one.purpose, one.part_id)
    same = question == (use.family_id, use.course_id, use.purpose, use.part_id)
    return same and (one.recipient, one.edition) == (use.recipient, use.edition) and use.data in one.data


def test_no_set_of_consents_opens_a_tuple_that_none_of_them_names() -> None:
    opened: set[UUID] = set()

    @settings(max_examples=250, deadline=None, derandomize=True)
    @any_of(st.lists(said, max_size=6, unique_by=lambda one: one.consent_id), uses, circles, mostly(None, VOLUNTEER))
    def holds(answered: list[Said], use: Use, circle: Circle, reader: UUID | None) -> None:
        rests_on = consents_for(use, answered, circle, on=TODAY, reader=reader)
        carriers = [one for one in answered if one.consent_id in rests_on]
        for one in carriers:
            assert names(one, use) and one.in_force(TODAY) and reader not in one.not_to
        givers = {one.person_id for one in carriers}
        if use.about in circle.adults:
            assert givers <= {use.about}
        if use.about in circle.children and carriers:
            entitled = circle.children[PersonId(use.about)].adults
            assert givers <= entitled and all(use.about in one.on_behalf_of for one in carriers)
            assert givers == entitled or use.data not in CONFIDENTIAL
        if use.about == STRANGER:
            assert not carriers
        if carriers:
            opened.add(use.about)

    holds()
    assert {SARA, ALMA, LIND} <= opened, "otherwise nothing was proven"


@settings(max_examples=150, deadline=None)
@any_of(st.lists(said, max_size=4), st.lists(said, max_size=4), uses, circles)
def test_consents_to_other_tuples_never_change_an_answer(
    answered: list[Said], others: list[Said], use: Use, circle: Circle
) -> None:
    others = [replace(one, answer=Answer.YES, withdrawn=False) for one in others if not names(one, use)]

    alone = consents_for(use, answered, circle, on=TODAY)

    assert consents_for(use, [*answered, *others], circle, on=TODAY) == alone
    assert consents_for(use, [*others, *answered], circle, on=TODAY) == alone


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_consent_to_one_purpose_is_none_to_any_other(purpose: Purpose) -> None:
    hers = yes(HERS, SARA, purpose=purpose)
    for other, recipient, data in product(Purpose, Recipient, Data):
        use = reading(SARA, purpose=other, recipient=recipient, data=data)
        allowed = consents_for(use, [hers], CIRCLE, on=TODAY)
        exactly = (other, recipient, data in DATA_OF[purpose]) == (purpose, hers.recipient, True)
        assert bool(allowed) == exactly


# Who answers for whom.


@settings(max_examples=60, deadline=None)
@any_of(st.lists(said, max_size=6), st.sampled_from([ALMA, VIGGO]), st.sampled_from(Data))
def test_unknown_custody_is_stricter_than_any_that_is_said(answered: list[Said], child: PersonId, data: Data) -> None:
    unknown = the_circle(children={ALMA: Holders(), VIGGO: Holders()})
    assert consents_for(reading(child, data=data), answered, unknown, on=TODAY) == frozenset()


@pytest.mark.parametrize(
    ("arrangement", "confidential", "ordinary"),
    [
        (Arrangement.SINGLE, True, True), (Arrangement.JOINT, False, True),
        (Arrangement.SHARED_RESIDENCE, False, False), (Arrangement.UNKNOWN, False, False),
    ],
)  # fmt: skip
def test_whether_one_holders_yes_is_enough(arrangement: Arrangement, confidential: bool, ordinary: bool) -> None:
    """Forældreansvarsloven § 3, and the cautious reading of it for what is confidential."""
    adults = {Arrangement.SINGLE: frozenset({SARA}), Arrangement.UNKNOWN: frozenset[PersonId]()}
    circle = the_circle(children={ALMA: Holders(arrangement, adults.get(arrangement, frozenset({SARA, MIKKEL})))})
    hers = yes(HERS, SARA, ALMA)
    photo = replace(
        hers, purpose=Purpose.PHOTO_OR_STORY, recipient=Recipient.SECRETARIAT, data=("picture_or_story",), part_id=None,
        edition=None,
    )  # fmt: skip
    taken = use_of(Purpose.PHOTO_OR_STORY, family_id=LIND, course_id=COURSE, about=ALMA)

    assert bool(consents_for(reading(ALMA), [hers], circle, on=TODAY)) == confidential
    assert bool(consents_for(taken, [photo], circle, on=TODAY)) == ordinary
    assert not consents_for(taken, [photo, replace(photo, consent_id=HIS, person_id=MIKKEL, answer=Answer.NO)],
                            the_circle(children={ALMA: shared_by_both}), on=TODAY)  # fmt: skip


def test_asked_again_after_a_no_or_a_withdrawal_an_adult_may_say_yes() -> None:
    """Withdrawn is the end of a record, never of a person."""
    for earlier in (no(HERS, SARA), taken_back(HERS, SARA)):
        assert consents_for(reading(LIND), [earlier], CIRCLE, on=TODAY) == frozenset()
        assert consents_for(reading(LIND), [earlier, yes(AGAIN, SARA)], CIRCLE, on=TODAY) == {AGAIN}


def test_who_is_excluded_by_one_holder_reads_nothing_of_the_child() -> None:
    both = [yes(HERS, SARA, ALMA, not_to=(VOLUNTEER,)), yes(HIS, MIKKEL, ALMA)]
    assert consents_for(reading(ALMA), both, CIRCLE, on=TODAY, reader=VOLUNTEER) == frozenset()
    assert consents_for(reading(ALMA), both, CIRCLE, on=TODAY, reader=LEADER) == {HERS, HIS}
    assert consents_for(reading(LIND), both, CIRCLE, on=TODAY, reader=VOLUNTEER) == {HIS}


def test_a_yes_holds_through_its_last_day() -> None:
    hers = [yes(HERS, SARA)]
    assert consents_for(reading(SARA), hers, CIRCLE, on=ENDS_ON) == {HERS}
    assert consents_for(reading(SARA), hers, CIRCLE, on=ENDS_ON + timedelta(days=1)) == frozenset()


# What the family says of custody.

BOTH = a_family_received()


def telling(told: Holders, *past: object, **more: object) -> object:
    form = {"told_by": SARA, "noted_by": LEADER, "told_on": TODAY, "today": TODAY} | more
    return given(BOTH, *past).when(tell_custody, ALMA, told, **form)  # type: ignore[arg-type]


def test_custody_is_what_the_family_says_with_the_day_and_changes_when_it_says_otherwise() -> None:
    fact = CustodyTold(
        child_id=ALMA, arrangement=Arrangement.SINGLE, holders=(SARA,), elsewhere=False, told_by=SARA, noted_by=LEADER,
        told_on=TODAY,
    )  # fmt: skip
    telling(saras_alone).then(fact)  # type: ignore[attr-defined]
    telling(saras_alone, fact).then_nothing()  # type: ignore[attr-defined]
    otherwise = Holders(Arrangement.JOINT, frozenset({SARA}), elsewhere=True)
    (changed,) = telling(otherwise, fact).facts  # type: ignore[attr-defined]
    assert changed.elsewhere
    assert saras_alone.may_consent(SARA) is Custody.YES
    assert saras_alone.may_consent(MIKKEL) is Custody.NO
    assert Holders().may_consent(SARA) is Custody.NOT_KNOWN


@pytest.mark.parametrize(
    "told",
    [
        Holders(Arrangement.SINGLE), Holders(Arrangement.SINGLE, frozenset({SARA}), elsewhere=True),
        Holders(Arrangement.JOINT, frozenset({SARA})), Holders(Arrangement.SHARED_RESIDENCE, frozenset(), elsewhere=True),
        Holders(Arrangement.UNKNOWN, frozenset({SARA})),
    ],
)  # fmt: skip
def test_sole_custody_has_one_holder_joint_two_and_unknown_none(told: Holders) -> None:
    telling(told).then_refused(CustodyImplausible, field="holders")  # type: ignore[attr-defined]


def test_custody_is_of_a_child_by_adults_of_the_family() -> None:
    of_a_stranger = Holders(Arrangement.SINGLE, frozenset({STRANGER}))
    telling(of_a_stranger).then_refused(UnknownMember, field="holders")  # type: ignore[attr-defined]
    telling(saras_alone, told_by=STRANGER).then_refused(UnknownMember, field="told_by")  # type: ignore[attr-defined]
    tomorrow: date = TODAY + timedelta(days=1)
    telling(saras_alone, told_on=tomorrow).then_refused(InTheFuture, field="told_on")  # type: ignore[attr-defined]
    gone = erased_at_the_club(person_id=ALMA)
    telling(saras_alone, gone).then_refused(UnknownMember, field="child_id")  # type: ignore[attr-defined]
