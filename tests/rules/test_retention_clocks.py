"""Each kind of data has one clock, a controller sets it with a reason and an owner, and everybody asks the same table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.compartments import CASE_FILE, COMPARTMENTS, NOTE, ROSTER, KeptFrom, RealmKind
from gdpr.retention import CLOCKS, Span, clocks_of, in_words, period_of
from infrastructure.settings import SettingsRefused, read

CLUB, TOWN = RealmKind.RED_BARNET, RealmKind.MUNICIPALITY


def settings(tmp_path: Path, lines: str, *, kind: str = "red_barnet") -> Path:
    path = tmp_path / "tillid.toml"
    path.write_text(f'[realms.red-barnet]\nkind = "{kind}"\n{lines}', encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", RealmKind)
def test_every_compartment_a_realm_holds_has_exactly_one_clock_that_ends_it_as_a_rule(kind: RealmKind) -> None:
    clocks = clocks_of(kind)
    for compartment in (each for each in COMPARTMENTS if kind in each.held_by):
        by_rule = [k for k in clocks.values() if compartment in k.compartments and k.starts is compartment.kept_from]
        assert by_rule == [period_of(compartment, clocks)]
    assert all({each for each in clock.compartments if kind not in each.held_by} == set() for clock in clocks.values())


def test_the_periods_are_those_that_were_proposed() -> None:
    """case-consent-anchors.md, section 3.2."""
    assert {clock.name: in_words(clock) for clock in CLOCKS} == {
        "case": "60 months after the case is closed",
        "declined_referral": "30 days after the referral is declined, or withdrawn before the hand-over",
        "draft": "30 days after the draft was last saved",
        "note": "14 days after the last evening of the course",
        "attendance": "3 months after the last evening of the course",
        "contact": "3 months after the last evening of the course",
        "shared_words": "until the consent ends",
        "follow_up": "until the consent ends",
        "consent_proof": "3 months after the consent ends",
        "receiving": "until the course is completed or cancelled",
        "volunteer": "6 months after the person leaves",
        "staff": "6 months after the person leaves",
        "rights_case": "3 months after the request is closed",
        "breach": "60 months after the breach is closed",
        "left_by_erasure": "until the last day for which an erasure left it",
        "access_log": "12 months after the entry is written",
    }
    assert all(clock.reason and clock.owner for clock in CLOCKS)


def test_a_referral_that_came_to_nothing_goes_sooner_than_the_case_file_does_as_a_rule() -> None:
    clocks = clocks_of(TOWN)

    assert period_of(CASE_FILE, clocks).starts is KeptFrom.CASE_CLOSED
    assert clocks["declined_referral"].keep == Span(days=30)
    assert CASE_FILE in clocks["declined_referral"].compartments


@any_of(start=st.dates(date(2020, 1, 1), date(2100, 1, 1)), months=st.integers(1, 120))
def test_months_are_those_of_the_calendar_and_end_with_a_shorter_month(start: date, months: int) -> None:
    ends = Span(months=months).after(start)

    assert (ends.year * 12 + ends.month) - (start.year * 12 + start.month) == months
    assert ends.day <= start.day
    assert ends.day == start.day or ends.day in (28, 29, 30)


def test_a_period_that_is_changed_is_the_one_everybody_is_told(tmp_path: Path) -> None:
    lines = '[realms.red-barnet.retention.contact]\nmonths = 6\nreason = "reunion in spring"\nowner = "the secretariat"'

    (realm,) = read(settings(tmp_path, lines)).realms
    clock = period_of(ROSTER, clocks_of(CLUB, realm.retention))

    assert (in_words(clock), clock.reason, clock.owner) == (
        "6 months after the last evening of the course", "reunion in spring", "the secretariat",
    )  # fmt: skip
    assert in_words(period_of(NOTE, clocks_of(CLUB, realm.retention))) == "14 days after the last evening of the course"


@pytest.mark.parametrize(
    ("clock", "lines", "why"),
    [
        ("note", 'days = 30\nowner = "a"', "note.reason"),
        ("note", 'days = 30\nreason = "because"\nowner = " "', "note.owner"),
        ("note", 'days = 30\nreason = 1\nowner = "a"', "note: reason and owner are words"),
        ("note", 'reason = "because"\nowner = "a"', "either months or days"),
        ("note", 'days = 1\nmonths = 1\nreason = "because"\nowner = "a"', "either months or days"),
        ("note", 'days = -1\nreason = "because"\nowner = "a"', "note: months or days, up to"),
        ("note", 'days = true\nreason = "because"\nowner = "a"', "either months or days"),
        ("note", 'weeks = 1\nreason = "because"\nowner = "a"', "unknown settings: weeks"),
        ("nothing", 'days = 1\nreason = "because"\nowner = "a"', "nothing: there are"),
        ("case", 'months = 1\nreason = "because"\nowner = "a"', "case: there are"),
        ("follow_up", 'months = 1\nreason = "because"\nowner = "a"', "goes at once"),
        ("access_log", 'months = 5\nreason = "because"\nowner = "a"', "not shorter than 6 months"),
    ],
)
def test_a_clock_set_otherwise_than_a_controller_may_is_refused_by_name(
    tmp_path: Path, clock: str, lines: str, why: str
) -> None:
    with pytest.raises(SettingsRefused, match=why) as refused:
        read(settings(tmp_path, f"[realms.red-barnet.retention.{clock}]\n{lines}"))
    assert f"realms.red-barnet.retention.{clock}" in str(refused.value)


def test_the_log_says_who_read_as_long_as_random_checks_look_back(tmp_path: Path) -> None:
    lines = '[realms.red-barnet.retention.access_log]\nmonths = 6\nreason = "because"\nowner = "a"\n[limits]\n'

    assert read(settings(tmp_path, f"{lines}check_days_back = 180")).limits.check_days_back == 180
    with pytest.raises(SettingsRefused, match="shorter than limits"):
        read(settings(tmp_path, f"{lines}check_days_back = 190"))
