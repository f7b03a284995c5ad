"""A random check is announced, drawn and reported: nobody could know what is drawn, and anybody can draw the same again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from gdpr import alarms, checks
from gdpr.checks import (
    EntryNotDrawn,
    FindingsMissing,
    FindingStands,
    FindingWithoutWords,
    NotDrawnYet,
    NotRecent,
    PeriodBackwards,
    PeriodNotOver,
    PeriodOver,
    Sifted,
    announce,
    close,
    digest_of,
    drawn_from,
    make,
    record_finding,
    sample_size,
    seed_of,
)
from gdpr.checks_facts import AlarmHandled, DrawAnnounced, DrawClosed, DrawMade, Finding, FindingRecorded
from gdpr.ports import Tampered
from tests.spec import fold, given, quick, sealed

DRAW, ALARM = UUID(int=7), UUID(int=8)
SINCE, TODAY, UNTIL = date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 30)
AFTER = date(2026, 12, 1)
NONCE = "ab" * 32
CHECKPOINT = "red-barnet/audit/2026-11\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
SEARCH, HELPER = (11, ""), (12, "helps_around_an_evening")
SIFTING: list[Sifted] = [SEARCH, HELPER, (13, ""), (14, "helps_around_an_evening")]
ANNOUNCED = DrawAnnounced(
    draw_id=DRAW, since=SINCE, until=UNTIL, commitment=checks.commitment_of(NONCE), nonce=NONCE
)  # fmt: skip
FOUND = FindingRecorded(draw_id=DRAW, seq=11, finding=Finding.EXPLAINED, on=AFTER, words=None)


def drawn(*seqs: int) -> DrawMade:
    return DrawMade(
        nonce=NONCE, checkpoint=CHECKPOINT, seed=seed_of(NONCE, CHECKPOINT), population=4, left=2,
        sifted=("helps_around_an_evening=2",), sifting=digest_of(SIFTING), least=2, per_mille=20, drawn=seqs,
        drawn_by=("",) * len(seqs), on=AFTER,
    )  # fmt: skip


# Announced before its days are over


def test_who_announces_is_bound_to_a_nonce_that_nobody_sees() -> None:
    given().when(
        announce, DRAW, since=SINCE, until=UNTIL, nonce=NONCE, today=TODAY, most_days_back=92
    ).then(ANNOUNCED)  # fmt: skip
    assert sha256(b"tillid/draw/v1/nonce\n" + bytes.fromhex(NONCE)).hexdigest() == ANNOUNCED.commitment
    assert NONCE not in repr(sealed(ANNOUNCED))


@pytest.mark.parametrize(
    ("since", "until", "refusal", "field"),
    [
        (UNTIL, SINCE, PeriodBackwards, "until"),
        (SINCE, TODAY - timedelta(days=1), PeriodOver, "until"),
        (TODAY - timedelta(days=93), UNTIL, NotRecent, "since"),
    ],
)
def test_a_period_that_is_backwards_over_or_long_past_is_refused(
    since: date, until: date, refusal: type[Exception], field: str
) -> None:
    said = {"since": since, "until": until, "nonce": NONCE, "today": TODAY, "most_days_back": 92}
    given().when(announce, DRAW, **said).then_refused(refusal, field=field)  # type: ignore[arg-type]


# Drawn when they are


def _made(**said: object) -> dict[str, object]:
    return {
        "nonce": NONCE, "checkpoint": CHECKPOINT, "sifting": SIFTING, "least": 2, "per_mille": 20, "today": AFTER,
    } | said  # fmt: skip


def test_what_no_known_relation_explains_is_drawn_first() -> None:
    given(ANNOUNCED).when(make, **_made()).then(drawn(11, 13))


def test_nothing_is_drawn_before_the_last_day_is_over() -> None:
    given(ANNOUNCED).when(make, **_made(today=UNTIL)).then_refused(PeriodNotOver, field="until")


def test_it_is_drawn_once() -> None:
    given(ANNOUNCED, drawn(11, 13)).when(make, **_made(checkpoint="another\n")).then_nothing()


def test_another_nonce_than_the_one_announced_is_an_alarm() -> None:
    with pytest.raises(Tampered):
        make(fold(checks.evolve, [ANNOUNCED]), **_made(nonce="cd" * 32))  # type: ignore[arg-type]


# How it is drawn

population = st.lists(
    st.tuples(st.integers(1, 10**6), st.sampled_from(["", "", "leads", "helps"])), unique_by=lambda one: one[0]
)
seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)


@quick
@any_of(listed=population, seed=seeds, order=st.randoms())
def test_whoever_has_the_seed_and_the_list_draws_the_same_in_whatever_order_it_lies(
    listed: list[Sifted], seed: str, order: object
) -> None:
    first = drawn_from(seed, listed, least=10, per_mille=20)
    shuffled = list(listed)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn_from(seed, shuffled, least=10, per_mille=20) == first
    assert digest_of(shuffled) == digest_of(listed)
    assert set(first) <= set(listed)
    assert len(first) == min(len(listed), sample_size(sum(not rule for _, rule in listed), least=10, per_mille=20))


@quick
@any_of(listed=population, seed=seeds)
def test_an_explained_use_is_drawn_only_when_all_unexplained_ones_are(listed: list[Sifted], seed: str) -> None:
    chosen = drawn_from(seed, listed, least=10, per_mille=20)
    if any(rule for _, rule in chosen):
        assert {one for one in listed if not one[1]} <= set(chosen)


def test_the_share_is_rounded_up_and_never_below_the_least() -> None:
    assert [sample_size(left, least=10, per_mille=20) for left in (0, 500, 501, 5_000)] == [10, 10, 11, 100]


def test_neither_nonce_nor_checkpoint_alone_says_what_is_drawn() -> None:
    listed = [(number, "") for number in range(1, 1_000)]
    seed = seed_of(NONCE, CHECKPOINT)
    others = [seed_of("ac" + NONCE[2:], CHECKPOINT), seed_of(NONCE, CHECKPOINT.replace("42", "43"))]
    first = drawn_from(seed, listed, least=10, per_mille=20)
    assert all(drawn_from(other, listed, least=10, per_mille=20) != first for other in others)


def test_each_use_is_drawn_about_as_often_as_any_other() -> None:
    listed = [(number, "") for number in range(1, 101)]
    counts = dict.fromkeys(range(1, 101), 0)
    for number in range(400):
        for seq, _ in drawn_from(
            sha256(bytes([number % 256, number // 256])).hexdigest(), listed, least=10, per_mille=1
        ):
            counts[seq] += 1
    assert min(counts.values()) > 15 and max(counts.values()) < 75  # 40 on average


# What was found


def test_a_finding_is_recorded_for_a_drawn_entry_once() -> None:
    past = given(ANNOUNCED, drawn(11, 13))
    past.when(record_finding, 11, Finding.EXPLAINED, words=None, on=AFTER).then(FOUND)
    past.when(record_finding, 12, Finding.EXPLAINED, words=None, on=AFTER).then_refused(EntryNotDrawn, field="seq")
    again = given(ANNOUNCED, drawn(11, 13), FOUND)
    again.when(record_finding, 11, Finding.EXPLAINED, words="På arbejde", on=AFTER).then_nothing()
    other = again.when(record_finding, 11, Finding.MISUSE, words="Naboen", on=AFTER)
    other.then_refused(FindingStands, field="finding")


def test_what_is_not_explained_is_said_in_words() -> None:
    past = given(ANNOUNCED, drawn(11, 13))
    for finding in (Finding.UNEXPLAINED, Finding.MISUSE):
        past.when(record_finding, 13, finding, words=" ", on=AFTER).then_refused(FindingWithoutWords, field="words")
    said = replace(FOUND, seq=13, finding=Finding.MISUSE, words="Slog sin nabo op")
    past.when(record_finding, 13, Finding.MISUSE, words="Slog sin nabo op", on=AFTER).then(said)


def test_nothing_is_found_or_closed_before_it_is_drawn() -> None:
    past = given(ANNOUNCED)
    past.when(record_finding, 11, Finding.EXPLAINED, words=None, on=AFTER).then_refused(NotDrawnYet, field="draw_id")
    past.when(close, on=AFTER).then_refused(NotDrawnYet, field="draw_id")


def test_the_report_is_final_when_every_drawn_entry_has_a_finding() -> None:
    given(ANNOUNCED, drawn(11, 13), FOUND).when(close, on=AFTER).then_refused(FindingsMissing, field="draw_id")
    whole = (ANNOUNCED, drawn(11, 13), FOUND, replace(FOUND, seq=13))
    given(*whole).when(close, on=AFTER).then(DrawClosed(on=AFTER))
    given(*whole, DrawClosed(on=AFTER)).when(close, on=AFTER).then_nothing()


def test_an_alarm_is_looked_into_once_and_what_was_found_stands() -> None:
    handled = AlarmHandled(alarm_id=ALARM, seq=99, finding=Finding.UNEXPLAINED, on=AFTER, words="Spørger lederen")
    said = {"words": "Spørger lederen", "on": AFTER}
    given().when(alarms.handle, ALARM, 99, Finding.UNEXPLAINED, **said).then(handled)
    given().when(alarms.handle, ALARM, 99, Finding.MISUSE, words=None, on=AFTER).then_refused(
        FindingWithoutWords, field="words"
    )
    given(handled).when(alarms.handle, ALARM, 99, Finding.UNEXPLAINED, **said).then_nothing()
    given(handled).when(alarms.handle, ALARM, 99, Finding.EXPLAINED, **said).then_refused(
        FindingStands, field="finding"
    )
