"""What a person may write: never a CPR number in any spelling, and never a false alarm on what people do write."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain import text as texts
from domain.cpr import holds_cpr
from domain.errors import Refusal
from domain.text import (
    ControlCharacter,
    CprNumber,
    Empty,
    InTheFuture,
    NotAMonth,
    NotATelephone,
    TooLong,
    TooLongAgo,
    age_in_years,
    month,
    optional_text,
    past,
    refuse_cpr,
    telephone,
    text,
)
from tests.phrases import TODAY
from tests.spec import quick

# CPR numbers: ten digits that begin with a day and a month, or a replacement number with 60 added to the day.

SCRIPTS = [ord(zero) for zero in "0٠۰०０𝟎𝟘"]
SEPARATORS = [
    "-",
    " ",
    " - ",
    ".",
    "/",
    "–",
    "—",
    "−",
    "‑",
    "‐",
    "\N{NO-BREAK SPACE}",
    "\N{THIN SPACE}",
    "\t",
    "_",
    "- ",
    "·",
]
INVISIBLE = ["", "", "", "\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u202a", "\ufe0f", "\u0332"]
GROUPS = [(10,), (6, 4), (2, 2, 2, 4), (2, 2, 2, 2, 2), (1,) * 10, (6, 1, 1, 1, 1), (6, 3, 1), (4, 2, 4), (6, 2, 2)]
BEFORE = [
    "",
    "Alma ",
    "Alma (",
    "cpr:",
    "CPR-nr. ",
    "pigen\n",
    "tlf. 20 10 20 30, ",
    "tlf. 20102030 ",
    "+45 20 10 20 30 / ",
]
AFTER = ["", " er fire", ")", ".", ", tlf. 20102030", "\nog Viggo", " født 3.5.2022", "?"]

numbers = st.builds(
    lambda day, replaced, month, rest: f"{day + 60 * replaced:02}{month:02}{rest:06}",
    st.integers(1, 31), st.booleans(), st.integers(1, 12), st.integers(0, 999_999),
)  # fmt: skip


@st.composite
def spelled(draw: st.DrawFn) -> str:
    digits, sizes, separator = draw(numbers), draw(st.sampled_from(GROUPS)), draw(st.sampled_from(SEPARATORS))
    zero = draw(st.sampled_from(SCRIPTS))
    groups, rest = [], digits
    for size in sizes:
        groups.append("".join(chr(zero + int(digit)) + draw(st.sampled_from(INVISIBLE)) for digit in rest[:size]))
        rest = rest[size:]
    return separator.join(groups)


@quick
@any_of(st.sampled_from(BEFORE), spelled(), st.sampled_from(AFTER))
def test_no_spelling_of_a_cpr_number_is_taken_in(before: str, number: str, after: str) -> None:
    with pytest.raises(CprNumber):
        text(before + number + after, "words")


@pytest.mark.parametrize(
    "written",
    [
        "010203-1234", "0102031234", "010203 1234", "010203 - 1234", "01.02.03-1234", "01 02 03 12 34", "610203-1234",
        "910203-1234", "310299-9999", "Sara 010203-1234, Alma", "cpr010203-1234x", "20102030 010203-1234",
        "010203–1234", "０１０２０３－１２３４", "٠١٠٢٠٣-١٢٣٤", "0\u200b1\u200b0\u200b2031234", "0️⃣1️⃣0️⃣2️⃣0️⃣31234",
        "+45 010203-1234", "tlf +45 20 10 20 30 0102031234", "40 50 60 70 010203-1234", "født 01-02-2003 010203-1234",
        "01-02-03-12-34", "01.02.03 1234", "010203\n1234", "121.203-1234", "1 0 1 2 0 3 1 2 3 4",
        "20102030 0102031234", "kl. 12 010203 1234", "tlf. 20102030 01 02 03 12 34", "+123 456 010203 1234",
    ],
)  # fmt: skip
def test_each_of_these_is_one(written: str) -> None:
    assert holds_cpr(written)


@pytest.mark.parametrize(
    "written",
    [
        "320203-1234", "000203-1234", "011303-1234", "600203-1234", "920203-1234", "010203-123", "010203-12345",
        "Alma er 4, Viggo 11", "tlf. 20 10 20 30 eller 30 10 20 30", "20 10 20 30\n31 10 12 13", "45 20 10 20 30",
        "+49 30 12345678", "+1 310 123 4567", "0044 1204 567890", "0045 20 10 20 30", "+4520102030/+4530102030",
        "01-02-2023 12:30", "01-02-2023 12.30", "12.03.26 17.30", "03.04.2023-10.05.2023", "03.04.2023 - 10.05.2023",
        "2010-03-12 17.30", "10/10-2001 10:00", "1.2. 10.30-12.30", "17.30 03.04.2023",
        "d. 3/4-2026 kl. 17", "10.100-12.000 kr.", "1.012.345.678 kr.",
        "10100-12000", "+12 345 010203 1234", "31 10 12 13 14 20", "20 31 10 12 13 14",
        "20102030 10 gange", "uge 10, 12, 14, 16, 18", "6700 Esbjerg, 3. tv.",
    ],
)  # fmt: skip
def test_none_of_these_is(written: str) -> None:
    assert not holds_cpr(written)


danish = st.builds(
    lambda digits, shape: shape(f"{digits:08}"),
    st.integers(20_00_00_00, 99_99_99_99),
    st.sampled_from([str, lambda d: f"{d[:4]} {d[4:]}", lambda d: " ".join(d[i : i + 2] for i in (0, 2, 4, 6))]),
)
country = st.sampled_from(["", "+45 ", "0045 ", "+45", "(+45) "])


@quick
@any_of(
    country,
    danish,
    st.sampled_from(["Ring {} efter kl. 17", "{}", "tlf.{}", "{} / mor", "{},{}", "{} og {}", "{}\n{}"]),
)
def test_no_danish_telephone_number_is_taken_for_one(prefix: str, number: str, sentence: str) -> None:
    assert text(sentence.replace("{}", prefix + number), "words")


foreign = st.builds(
    lambda prefix, country, groups, blank: prefix + str(country) + blank + blank.join(str(group) for group in groups),
    st.sampled_from(["+", "00"]), st.integers(1, 423), st.lists(st.integers(10, 9999), min_size=2, max_size=3),
    st.sampled_from([" ", "-", ""]),
)  # fmt: skip


@quick
@any_of(foreign, st.sampled_from(["{}", "Mormor: {}.", "{} (mormor), {} (farmor)"]))
def test_no_foreign_telephone_number_is_taken_for_one(number: str, sentence: str) -> None:
    assert text(sentence.replace("{}", number), "words")


days = st.dates(date(1990, 1, 1), date(2049, 12, 31))
FORMS: list[Callable[[date], str]] = [
    lambda d: f"{d:%d-%m-%Y}", lambda d: f"{d:%d.%m.%Y}", lambda d: f"{d:%d/%m/%Y}", lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day}/{d.month}-{d.year}", lambda d: f"{d:%Y-%m-%d}", lambda d: f"{d:%d.%m.%y}", lambda d: f"{d:%d-%m-%y}",
    lambda d: f"{d.day}.{d.month}.",
]  # fmt: skip
MOMENTS = [
    "{day}",
    "{day} {time}",
    "{day} kl. {time}",
    "{day}, {time}",
    "{day} - {other}",
    "{day}-{other}",
    "{day} {time}-{time}",
]


@quick
@any_of(
    days, days, st.times(), st.sampled_from(FORMS), st.sampled_from(MOMENTS), st.sampled_from(["%H.%M", "%H:%M", "%H"])
)
def test_no_date_and_no_time_is_taken_for_one(
    day: date, other: date, at: time, form: Callable[[date], str], moment: str, clock: str
) -> None:
    assert text(moment.format(day=form(day), other=form(other), time=f"{at:{clock}}"), "words")


@quick
@any_of(
    st.lists(st.integers(0, 999_999_999), min_size=1, max_size=2),
    st.sampled_from([".", " ", ""]),
    st.sampled_from([" kr.", ",50 kr.", ""]),
)
def test_no_amount_is_taken_for_one(amounts: list[int], thousands: str, unit: str) -> None:
    assert text(" og ".join(f"{amount:,}".replace(",", thousands) + unit for amount in amounts), "words")
    if thousands == ".":
        assert text("-".join(f"{amount:,}".replace(",", ".") for amount in amounts) + unit, "words")


# Texts.


def test_a_text_is_kept_in_one_form_without_blanks_around_it() -> None:
    assert text(" A\u030age \n", "name") == "\u00c5ge"
    assert text("En linje.\r\nOg\ren til.", "words") == "En linje.\nOg\nen til."
    assert text("👩‍👧 وفاء", "name") == "👩‍👧 وفاء"


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u200b", "\ufeff \u2060"])
def test_nothing_visible_is_nothing(nothing: str) -> None:
    with pytest.raises(Empty):
        text(nothing, "words")


def test_a_text_is_as_long_as_its_field_and_never_cut() -> None:
    assert len(text("x" * 80, "name", limit=80)) == 80
    with pytest.raises(TooLong) as refused:
        text("x" * 81, "name", limit=80)
    assert refused.value.facts == {"limit": 80}


@pytest.mark.parametrize("odd", ["\x00", "\x1b[31m", "\x7f", "\ud800", "\ue000", "\x85"])
def test_what_cannot_be_shown_is_refused(odd: str) -> None:
    with pytest.raises(ControlCharacter):
        text(f"Alma{odd}Lind", "words")


def test_nothing_written_is_none() -> None:
    assert [optional_text(value, "remark") for value in (None, "", "  \n")] == [None, None, None]
    assert optional_text(" a ", "remark") == "a"
    with pytest.raises(CprNumber):
        optional_text("010203-1234", "remark")


# Telephone numbers.


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20102030", "+4520102030"), ("20 10 20 30", "+4520102030"), ("+45 20 10 20 30", "+4520102030"),
        ("0045 20102030", "+4520102030"), ("+46 70 123 45 67", "+46701234567"), ("+49 30 12345678", "+493012345678"),
        ("+1 310 123 4567", "+13101234567"), ("+298 12345", "+29812345"), ("+123456789012345", "+123456789012345"),
        (" 20102030 ", "+4520102030"), (None, None), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_telephone_number_is_digits_with_its_country(typed: str | None, kept: str | None) -> None:
    assert telephone(typed, "telephone") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "2010203", "201020301", "45 20 10 20 30", "+45 2010203", "mor", "+", "20-10-20-30", "+4612", "+298 1234", "+0012345678",
        "+1234567890123456", "0001020312", "٢٠١٠٢٠٣٠", "20102030 lok. 4",
    ],
)  # fmt: skip
def test_anything_else_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(NotATelephone):
        telephone(typed, "telephone")


@pytest.mark.parametrize("typed", ["0102031234", "+0102031234", "010203 1234", "010203-1234", "01 02 03 12 34"])
def test_a_cpr_number_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(CprNumber):
        telephone(typed, "telephone")


@quick
@any_of(danish)
def test_every_danish_number_is_kept_the_same_however_it_is_typed(number: str) -> None:
    kept = telephone(number, "telephone")

    assert kept == "+45" + number.replace(" ", "")
    assert telephone(kept, "telephone") == kept


# Days and months.


def test_a_day_has_come_and_not_too_long_ago() -> None:
    assert past(TODAY, "on", today=TODAY) == TODAY
    assert past(date(2021, 1, 1), "on", today=TODAY) == date(2021, 1, 1)
    with pytest.raises(InTheFuture):
        past(TODAY + timedelta(days=1), "on", today=TODAY)
    with pytest.raises(TooLongAgo):
        past(date(2020, 12, 31), "on", today=TODAY)


@quick
@any_of(days, days)
def test_a_birth_month_has_come_in_the_last_thirty_years(born: date, today: date) -> None:
    written = f"{born:%Y-%m}"
    if born > today.replace(day=28) and written > f"{today:%Y-%m}":
        with pytest.raises(InTheFuture):
            month(written, "birth_month", today=today)
    elif born.year < today.year - 30:
        with pytest.raises(TooLongAgo):
            month(written, "birth_month", today=today)
    else:
        assert month(written, "birth_month", today=today) == written


def test_thirty_years_are_counted_by_the_year() -> None:
    assert month("1996-01", "birth_month", today=TODAY) == "1996-01"
    with pytest.raises(TooLongAgo):
        month("1995-12", "birth_month", today=TODAY)


@pytest.mark.parametrize(
    "written", ["", "2022", "2022-00", "2022-13", "22-05", "2022/05", "2022-05 ", "maj 2022", "２０２２-05"]
)
def test_a_month_is_written_in_one_way(written: str) -> None:
    with pytest.raises(NotAMonth):
        month(written, "birth_month", today=TODAY)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2022-05", date(2026, 4, 30), 3), ("2022-05", date(2026, 5, 1), 4), ("2022-05", date(2026, 5, 31), 4),
        ("2025-12", date(2026, 1, 1), 0), ("2025-12", date(2026, 11, 30), 0), ("2025-12", date(2026, 12, 1), 1),
        ("2026-08", date(2026, 8, 14), 0), ("2019-09", date(2026, 8, 31), 6), ("2019-08", date(2026, 8, 1), 7),
        ("2020-02", date(2024, 2, 29), 4),
    ],
)  # fmt: skip
def test_a_child_is_a_year_older_from_the_first_of_its_month(born: str, on: date, age: int) -> None:
    assert age_in_years(born, on) == age


@quick
@any_of(days, st.integers(0, 25 * 365))
def test_an_age_is_the_true_one_or_from_the_first_of_the_month_one_more(born: date, later: int) -> None:
    on = born + timedelta(days=later)
    truly = on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    age = age_in_years(f"{born:%Y-%m}", on)

    assert age - truly == (on.month == born.month and on.day < born.day)


# Refusals.


@quick
@any_of(st.text(min_size=1), st.sampled_from([text, telephone, optional_text, refuse_cpr, month]))
def test_no_refusal_repeats_what_was_written(written: str, check: Callable[..., Any]) -> None:
    marked = f"Hemmelig {written} 010203-1234\x00"
    said = {"today": TODAY} if check is month else {}
    with pytest.raises(Refusal) as refused:
        check(marked, "words", **said)

    told = "".join([str(refused.value), repr(refused.value), repr(refused.value.args), repr(refused.value.facts)])
    assert "Hemmelig" not in told
    assert "1234" not in told
    assert "Hemmelig" not in "".join(traceback.format_exception_only(refused.value))
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_every_refusal_of_a_text_is_refused_somewhere_above() -> None:
    kinds = {kind for kind in vars(texts).values() if isinstance(kind, type) and issubclass(kind, Refusal)}

    assert kinds - {texts.Invalid} == {
        Empty, TooLong, CprNumber, ControlCharacter, NotATelephone, NotAMonth, InTheFuture, TooLongAgo,
    }  # fmt: skip
