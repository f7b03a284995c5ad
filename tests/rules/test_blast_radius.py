"""What lay open and what was read come together by person: what was read first, and each moment kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from gdpr.blast_radius import Could, Lost, NothingNamed, counts_as_reading, together, unnamed
from tests.access_log_examples import MOTHER, NOVEMBER, an_entry
from tests.spec import quick

CHILD = UUID(int=77)
DAY = timedelta(days=1)


def lay_open(**changed: Any) -> Could:
    return replace(Could(MOTHER, "note", "leader", NOVEMBER, NOVEMBER + DAY), **changed)


def test_something_is_named_that_was_lost() -> None:
    with pytest.raises(NothingNamed):
        Lost()
    assert Lost(since=NOVEMBER).since == NOVEMBER


def test_what_was_read_stands_first_with_its_first_and_its_last_reading() -> None:
    could = [lay_open(), lay_open(subject=CHILD), lay_open(first=NOVEMBER + DAY, last=NOVEMBER + 2 * DAY)]
    read = [an_entry(9, role="volunteer"), an_entry(2), an_entry(4)]
    first, second = together(could, read)
    assert (first.subject, first.was_read, first.times) == (MOTHER, True, 3)
    assert first.roles == frozenset({"leader", "volunteer"})
    assert (first.first_read, first.last_read) == (an_entry(2).at, an_entry(9).at)
    assert (first.open_from, first.open_to) == (NOVEMBER, NOVEMBER + 2 * DAY)
    assert (second.subject, second.was_read, second.could) == (CHILD, False, True)


def test_what_was_read_is_listed_although_nobody_can_say_any_more_how_it_lay_open() -> None:
    (line,) = together([], [an_entry(1)])
    assert (line.could, line.was_read) == (False, True)


def test_it_lay_open_as_a_group_only_if_it_never_did_with_whose_it_was() -> None:
    group, each = lay_open(as_group=True), lay_open()
    assert [together(could, [])[0].as_group for could in ([group, group], [group, each], [each, group])] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, True),
        ({"action": "print"}, True),
        ({"action": "disclose"}, True),
        ({"action": "search"}, True),
        ({"allowed": False}, False),
        ({"action": "refused"}, False),
        ({"action": "change"}, False),
        ({"action": "officer"}, False),
    ],
)
def test_what_tells_nobody_anything_is_no_reading(changed: dict[str, Any], counts: bool) -> None:
    assert counts_as_reading(an_entry(1, **changed)) is counts


def test_readings_of_which_nobody_knows_the_reader_are_counted_and_put_on_nobodys_line() -> None:
    forgotten = an_entry(1, actor=None, subject=None)
    assert list(unnamed([an_entry(2), forgotten])) == [forgotten]
    assert together([], [forgotten]) == []


subjects, names = st.sampled_from([UUID(int=n) for n in range(3)]), st.sampled_from(["note", "roster", "ages"])
opened = st.builds(lay_open, subject=subjects, compartment=names)
readings = st.builds(an_entry, st.integers(1, 9), subject=subjects, compartment=names)


@any_of(st.lists(opened, max_size=8), st.lists(readings, max_size=8))
@quick
def test_nobody_who_was_within_reach_or_read_is_ever_left_out(could: list[Could], read: list[Any]) -> None:
    lines = together(could, read)
    assert {(line.subject, line.compartment) for line in lines} == {
        (one.subject, one.compartment) for one in [*could, *read]
    }
    assert sum(line.times for line in lines) == len(read)
    assert len({(line.subject, line.compartment) for line in lines}) == len(lines)
