"""An entry of the access log has two halves: deterministic, complete, and without a word of anybody's contents."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdpr.access_log import decode, encode, encode_link, month_of
from gdpr.ports import Entry, Tampered
from gdpr.tree import leaf_hash
from tests.access_log_examples import LEADER, MOTHER, NOVEMBER, an_entry, in_milliseconds

SALT = bytes(range(32))

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
entries = st.builds(
    Entry,
    at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    action=words,
    actor=st.uuids(),
    role=words,
    unit=st.none() | st.uuids(),
    course=st.none() | st.uuids(),
    purpose=words,
    compartment=words,
    subject=st.none() | st.uuids(),
    allowed=st.booleans(),
    rule=words,
    request_id=st.uuids(),
    fields=st.lists(words, max_size=3).map(tuple),
    records=st.lists(st.uuids(), max_size=3).map(tuple),
    consents=st.lists(st.uuids(), max_size=3).map(tuple),
    details=st.dictionaries(words, st.integers() | words, max_size=3),
    session=st.none() | st.uuids(),
    process=words,
)


def test_the_halves_are_written_exactly_so() -> None:
    stored = encode(
        an_entry(unit=UUID(int=9), details={"count": 2}, session=UUID(int=6), process="leaders"), 7, "2026-11", SALT
    )
    assert stored.public.decode() == (
        '{"action":"read","allowed":true,"compartment":"note","course":"00000000-0000-0000-0000-000000000003",'
        '"details":{"count":2},"fields":["words"],"process":"leaders","purpose":"prepare the course",'
        '"request_id":"00000000-0000-0000-0000-0000000003e9","role":"leader","rule":"wrote_it","seq":7,'
        '"time":"2026-11-03T17:30:01.123Z","tree":"2026-11","unit":"00000000-0000-0000-0000-000000000009"}'
    )
    assert stored.private is not None
    assert stored.private.decode() == (
        '{"actor":"00000000-0000-0000-0000-000000000001","consents":["00000000-0000-0000-0000-000000000005"],'
        '"records":["00000000-0000-0000-0000-000000000004"],"session":"00000000-0000-0000-0000-000000000006",'
        '"subject":"00000000-0000-0000-0000-000000000002"}'
    )
    assert stored.private_digest == sha256(SALT + stored.private).digest()
    assert stored.leaf == leaf_hash(sha256(stored.public).digest() + stored.private_digest)


def test_an_entry_from_before_the_log_said_from_where_is_read_as_it_is() -> None:
    now = encode(an_entry(session=UUID(int=6), process="leaders"), 7, "2026-11", SALT)
    assert now.private is not None
    public = now.public.replace(b'"process":"leaders",', b"")
    private = now.private.replace(b'"session":"00000000-0000-0000-0000-000000000006",', b"")

    assert decode(public, private) == in_milliseconds(an_entry())


@given(entries)
def test_any_entry_comes_back_as_it_was_to_the_millisecond(entry: Entry) -> None:
    stored = encode(entry, 1, "2026-11", SALT)
    assert decode(stored.public, stored.private) == in_milliseconds(entry)


@given(entries, st.integers(1, 10**12))
def test_any_half_is_canonical_json(entry: Entry, seq: int) -> None:
    stored = encode(entry, seq, "2026-11", SALT)
    for half in (stored.public, stored.private or b""):
        text = half.decode()
        assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text


def test_who_and_about_whom_stand_in_the_private_half_only() -> None:
    stored = encode(an_entry(), 1, "2026-11", SALT)
    for private in (LEADER, MOTHER, *an_entry().records, *an_entry().consents):
        assert str(private).encode() not in stored.public
        assert str(private).encode() in (stored.private or b"")


def test_when_the_private_half_has_ended_what_was_done_is_still_told() -> None:
    entry = decode(encode(an_entry(), 1, "2026-11", SALT).public, None)
    assert (entry.actor, entry.subject, entry.records, entry.consents) == (None, None, (), ())
    assert (entry.action, entry.role, entry.compartment, entry.rule) == ("read", "leader", "note", "wrote_it")


def test_two_equal_private_halves_have_different_digests_so_that_none_can_be_guessed() -> None:
    one, two = (encode(an_entry(), 1, "2026-11", bytes([number]) * 32) for number in (1, 2))
    assert one.private == two.private
    assert one.private_digest != two.private_digest


def test_a_time_in_another_zone_is_written_in_utc_and_the_month_is_that_of_utc() -> None:
    danish = timezone(timedelta(hours=1))
    moment = datetime(2026, 12, 1, 0, 30, tzinfo=danish)
    assert b'"time":"2026-11-30T23:30:00.000Z"' in encode(an_entry(at=moment), 1, "2026-11", SALT).public
    assert month_of(moment) == "2026-11"


def test_an_entry_without_an_actor_or_a_time_zone_or_with_a_short_salt_is_not_written() -> None:
    with pytest.raises(ValueError, match="somebody"):
        encode(an_entry(actor=None), 1, "2026-11", SALT)
    with pytest.raises(ValueError, match="time zone"):
        encode(an_entry(at=NOVEMBER.replace(tzinfo=None)), 1, "2026-11", SALT)
    with pytest.raises(ValueError, match="32 bytes"):
        encode(an_entry(), 1, "2026-11", SALT[:31])


@pytest.mark.parametrize("public", [b"", b"[]", b"{}", b"\xff", b'{"time":1}', b"null"])
def test_what_is_no_entry_is_an_alarm_that_does_not_repeat_it(public: bytes) -> None:
    with pytest.raises(Tampered) as alarm:
        decode(public, None)
    assert alarm.value.__suppress_context__


def test_the_repr_of_an_entry_shows_its_place_only() -> None:
    assert repr(encode(an_entry(), 7, "2026-11", SALT)) == "<entry 7 of 2026-11>"


def test_the_link_of_a_month_carries_the_checkpoint_and_nobody() -> None:
    link = encode_link("a note\n", previous="2026-10", at=NOVEMBER, seq=5, tree="2026-11", salt=SALT)
    assert json.loads(link.public) == {
        "action": "link", "checkpoint": "a note\n", "previous": "2026-10", "seq": 5,
        "time": "2026-11-03T17:30:00.123Z", "tree": "2026-11",
    }  # fmt: skip
    assert link.private == b"{}"
