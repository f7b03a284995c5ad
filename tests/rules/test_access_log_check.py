"""Verification of a log names the first entry that is not as it was written, and is content with an honest log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr.access_log import encode, encode_link
from gdpr.checkpoint import origin_of
from gdpr.log_check import Flaw, Verdict
from tests.access_log_examples import NOVEMBER, LogInMemory, an_entry, cosigned, sign_as_another, witnesses


@pytest.fixture
def log() -> LogInMemory:
    """Two months: entries 1 to 6 with checkpoints at 3 and 6, then a link (7), 8 to 11, a checkpoint, and 12."""
    log = LogInMemory()
    log.write(3)
    log.sign()
    log.write(3)
    log.sign()
    log.begin("2026-12")
    log.write(4, "2026-12")
    log.sign()
    log.write(1, "2026-12")
    return log


def named(verdict: Verdict) -> tuple[int | None, Flaw] | None:
    return verdict.first_broken and (verdict.first_broken.seq, verdict.first_broken.flaw)


def forged(log: LogInMemory, seq: int) -> None:
    """Entry and leaf are rewritten together, as whoever holds the database can."""
    tree = log.entries[seq - 1].tree
    log.entries[seq - 1] = encode(an_entry(seq, role="volunteer"), seq, tree, bytes(32))


def test_an_honest_log_is_whole(log: LogInMemory) -> None:
    verdict = log.verdict()
    assert verdict == Verdict(size=12, checkpoints=3, unsigned=1, ended=0, newest_ended=None, first_broken=None)
    assert verdict.ok


def test_an_empty_log_is_whole() -> None:
    assert LogInMemory().verdict().ok


def test_a_log_without_some_private_halves_is_whole_and_the_newest_that_ended_is_told(log: LogInMemory) -> None:
    for seq in (1, 2, 4, 7):
        log.entries[seq - 1] = replace(log.entries[seq - 1], private=None, salt=None)
    verdict = log.verdict()
    assert verdict.ok
    assert (verdict.ended, verdict.newest_ended) == (4, "2026-11-03T17:30:04.123Z")


@given(st.integers(1, 12), st.sampled_from(["public", "private", "salt", "private_digest", "leaf"]), st.data())
def test_any_flipped_bit_of_any_part_is_named(seq: int, part: str, data: st.DataObject) -> None:
    log = log_of_two_months()
    whole = getattr(log.entries[seq - 1], part)
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    flipped = bytearray(whole)
    flipped[bit // 8] ^= 1 << bit % 8
    log.entries[seq - 1] = replace(log.entries[seq - 1], **{part: bytes(flipped)})
    broken = log.verdict().first_broken
    assert broken is not None
    assert broken.seq == seq
    assert str(seq) in broken.words


def log_of_two_months() -> LogInMemory:
    log = LogInMemory()
    log.write(6)
    log.sign()
    log.begin("2026-12")
    log.write(5, "2026-12")
    return log


@pytest.mark.parametrize(
    ("part", "flaw"),
    [
        ("public", Flaw.LEAF_ALTERED),
        ("private", Flaw.PRIVATE_ALTERED),
        ("salt", Flaw.PRIVATE_ALTERED),
        ("private_digest", Flaw.LEAF_ALTERED),
        ("leaf", Flaw.LEAF_ALTERED),
    ],
)
def test_it_says_which_part_was_altered(log: LogInMemory, part: str, flaw: Flaw) -> None:
    whole = getattr(log.entries[4], part)
    altered = whole.replace(b"leader", b"family") if part == "public" else b"\x00" + whole[1:]
    assert altered != whole
    log.entries[4] = replace(log.entries[4], **{part: altered})
    assert named(log.verdict()) == (5, flaw)


def test_an_entry_put_into_another_place_is_named(log: LogInMemory) -> None:
    log.entries[4] = replace(log.entries[4], public=log.entries[3].public)
    assert named(log.verdict()) == (5, Flaw.PUBLIC_ALTERED)


def test_half_of_a_private_half_is_named(log: LogInMemory) -> None:
    log.entries[4] = replace(log.entries[4], private=None)
    assert named(log.verdict()) == (5, Flaw.PRIVATE_ALTERED)
    log.entries[4] = replace(log.entries[4], private=b"{}", salt=None)
    assert named(log.verdict()) == (5, Flaw.PRIVATE_ALTERED)


def test_a_missing_entry_is_named(log: LogInMemory) -> None:
    del log.entries[4]
    assert named(log.verdict()) == (5, Flaw.MISSING)


def test_a_doubled_entry_is_named(log: LogInMemory) -> None:
    log.entries.insert(5, log.entries[4])
    assert named(log.verdict()) == (5, Flaw.DOUBLED)


def test_entries_missing_from_the_beginning_are_named(log: LogInMemory) -> None:
    del log.entries[:2]
    assert named(log.verdict()) == (1, Flaw.MISSING)


def test_a_forged_entry_is_confined_between_two_checkpoints(log: LogInMemory) -> None:
    forged(log, 5)
    verdict = log.verdict()
    assert named(verdict) == (4, Flaw.ROOT_DIFFERS)
    assert verdict.first_broken is not None
    assert verdict.first_broken.words == "an entry from 4 to 6 was rewritten after the checkpoint at 6 was signed"


def test_a_forged_entry_is_found_by_the_link_of_the_next_month_when_checkpoints_were_deleted(log: LogInMemory) -> None:
    forged(log, 5)
    log.notes.clear()
    assert named(log.verdict()) == (1, Flaw.ROOT_DIFFERS)


def test_only_what_no_checkpoint_covers_yet_can_be_forged_unseen(log: LogInMemory) -> None:
    forged(log, 12)
    verdict = log.verdict()
    assert verdict.ok
    assert verdict.unsigned == 1


def test_a_log_cut_below_its_last_checkpoint_is_caught(log: LogInMemory) -> None:
    del log.entries[9:]
    assert named(log.verdict()) == (10, Flaw.TRUNCATED)


def test_a_log_cut_with_its_checkpoints_is_caught_by_a_checkpoint_kept_elsewhere(log: LogInMemory) -> None:
    kept = log.notes.pop()
    del log.entries[8:]
    assert log.verdict().ok
    log.notes.append(kept)
    assert named(log.verdict()) == (9, Flaw.TRUNCATED)


def test_a_log_without_its_last_month_is_caught_by_that_months_checkpoint(log: LogInMemory) -> None:
    del log.entries[6:]
    assert named(log.verdict()) == (7, Flaw.TRUNCATED)


def test_months_dropped_whole_from_the_beginning_are_not_missed(log: LogInMemory) -> None:
    del log.entries[:6]
    verdict = log.verdict()
    assert verdict.ok
    assert (verdict.size, verdict.checkpoints) == (6, 3)


def test_a_month_that_ends_early_and_is_numbered_on_is_caught() -> None:
    log = LogInMemory()
    log.write(4)
    log.sign()
    del log.entries[3:]
    log.begin("2026-12")
    assert named(log.verdict()) == (4, Flaw.TRUNCATED)


def test_a_month_without_a_link_is_caught(log: LogInMemory) -> None:
    log.write(1, "2027-01")
    assert named(log.verdict()) == (13, Flaw.TREE_ORDER)


def test_a_link_inside_a_month_is_caught(log: LogInMemory) -> None:
    log.begin("2026-12", previous="2026-11")
    assert named(log.verdict()) == (13, Flaw.TREE_ORDER)


@pytest.mark.parametrize("tree", ["2026-10", "2026-12"])
def test_months_follow_each_other(tree: str) -> None:
    log = LogInMemory()
    log.write(2)
    log.sign()
    log.begin(tree, previous="2026-11" if tree == "2026-10" else "2026-09")
    assert named(log.verdict()) == (3, Flaw.TREE_ORDER)


def test_a_link_to_less_than_the_whole_month_is_caught() -> None:
    log = LogInMemory()
    log.write(2)
    log.sign()
    log.write(1)
    log.begin("2026-12")
    assert named(log.verdict()) == (4, Flaw.TREE_ORDER)


def test_a_link_whose_checkpoint_is_none_or_not_ours_is_caught(log: LogInMemory) -> None:
    log.sign()
    log.begin("2027-01", note="no checkpoint")
    assert named(log.verdict()) == (13, Flaw.NOT_A_CHECKPOINT)
    log.entries.pop()
    log.begin("2027-01", note=log.sign(sign=sign_as_another))
    log.notes.pop()
    assert named(log.verdict()) == (13, Flaw.BAD_SIGNATURE)


def test_a_checkpoint_signed_by_another_is_caught(log: LogInMemory) -> None:
    log.sign(sign=sign_as_another)
    assert named(log.verdict()) == (12, Flaw.BAD_SIGNATURE)


def test_a_checkpoint_of_a_dropped_month_signed_by_another_is_caught(log: LogInMemory) -> None:
    log.sign("2026-10", size=9, sign=sign_as_another)
    assert named(log.verdict()) == (None, Flaw.BAD_SIGNATURE)


def test_two_checkpoints_that_contradict_each_other_show_two_versions_of_the_log(log: LogInMemory) -> None:
    log.sign(root=bytes(32))
    log.sign()
    assert named(log.verdict()) == (12, Flaw.SPLIT_VIEW)


def test_a_checkpoint_that_contradicts_ours_and_that_we_never_signed_is_not_held_against_us(log: LogInMemory) -> None:
    log.sign(root=bytes(32), sign=sign_as_another)
    log.sign()
    assert named(log.verdict()) == (12, Flaw.BAD_SIGNATURE)


def test_a_log_rewritten_whole_with_its_own_key_is_caught_only_by_what_a_witness_kept(log: LogInMemory) -> None:
    kept = cosigned(log.notes[0], 1)
    forged(log, 2)
    log.notes.clear()
    log.sign("2026-11")
    log.entries[6] = encode_link(log.notes[0], previous="2026-11", at=NOVEMBER, seq=7, tree="2026-12", salt=bytes(32))
    log.sign("2026-12")
    assert log.verdict().ok
    assert log.verdict(witnesses(1)).unwitnessed == 12
    log.notes.append(kept)
    assert named(log.verdict(witnesses(1))) == (1, Flaw.ROOT_DIFFERS)


def test_it_says_how_much_no_quorum_of_witnesses_has_seen(log: LogInMemory) -> None:
    log.notes[1] = cosigned(log.notes[1], 1)
    log.notes[2] = cosigned(log.notes[2], 1, 2)
    assert log.verdict().unwitnessed is None
    assert log.verdict(witnesses(1, 2)).unwitnessed == 1
    assert log.verdict(witnesses(1, 3, quorum=2)).unwitnessed == 12
    log.notes[2] = log.notes[2].partition("— witness")[0]
    assert log.verdict(witnesses(1, 2)).unwitnessed == 6


def test_a_cosignature_of_something_else_is_caught(log: LogInMemory) -> None:
    _, _, elsewhere = cosigned(log.notes[0], 1).partition("— witness1")
    log.notes[1] += "— witness1" + elsewhere
    assert named(log.verdict(witnesses(1))) == (6, Flaw.WITNESS_DISAGREES)
    assert log.verdict(witnesses(2)).ok, "whom nobody named is not asked"


def test_a_clock_that_was_set_back_is_told_and_breaks_nothing(log: LogInMemory) -> None:
    assert log.verdict().clock_jumps == 0
    log = LogInMemory()
    log.write(3)
    for seq, ahead in ((4, 3600), (5, 3600 - 299), (6, 0), (7, 1)):
        entry = an_entry(seq, at=NOVEMBER + timedelta(seconds=ahead))
        log.entries.append(encode(entry, seq, "2026-11", bytes(32)))
    verdict = log.verdict()
    assert verdict.ok
    assert (verdict.clock_jumps, verdict.first_clock_jump) == (1, 6)


def test_a_checkpoint_of_a_month_that_nobody_saw_is_caught(log: LogInMemory) -> None:
    log.sign("2027-01", size=3)
    assert named(log.verdict()) == (13, Flaw.TRUNCATED)


@pytest.mark.parametrize("text", ["", "no checkpoint"])
def test_what_is_no_checkpoint_is_said(log: LogInMemory, text: str) -> None:
    log.notes.append(text)
    assert named(log.verdict()) == (None, Flaw.NOT_A_CHECKPOINT)


def test_a_checkpoint_of_another_realm_is_said(log: LogInMemory) -> None:
    log.sign(origin=origin_of("koege", "2026-12"))
    assert named(log.verdict()) == (None, Flaw.NOT_A_CHECKPOINT)


def test_every_flaw_has_a_test_above() -> None:
    """But that of the index columns, which only a store has: the contract tests speak of it."""
    source = Path(__file__).read_text("utf-8")
    assert [flaw for flaw in Flaw if f"Flaw.{flaw.name})" not in source] == [Flaw.INDEX_ALTERED]
