"""What a person may write: not empty, not over-long, a plausible date, and never a CPR number (databeskyttelsesloven § 11)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from domain.cpr import holds_cpr
from domain.errors import Invalid

NAME_LENGTH = 80
LINE_LENGTH = 200
TEXT_LENGTH = 4000
"""Characters; a note part or a remark. Longer is refused, never cut."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{6,18}")


class Empty(Invalid):
    """A text is needed here."""

    code = "text_missing"


class TooLong(Invalid):
    """The text is longer than the field takes; `limit` is in characters."""

    code = "text_too_long"


class CprNumber(Invalid):
    """The text holds what looks like a CPR number; the register has no place for one."""

    code = "cpr_number_in_text"


class ControlCharacter(Invalid):
    """The text holds a character that cannot be shown."""

    code = "text_unreadable"


class NotATelephone(Invalid):
    """A telephone number is 8 to 15 digits, with a leading + for other countries."""

    code = "telephone_unreadable"


class NotAMonth(Invalid):
    """A month is written YYYY-MM."""

    code = "month_unreadable"


class InTheFuture(Invalid):
    """What has happened cannot lie in the future."""

    code = "date_in_future"


class TooLongAgo(Invalid):
    """The date lies too far back to be meant."""

    code = "date_too_old"


def text(value: str, field: str, *, limit: int = TEXT_LENGTH) -> str:
    """The text, in one Unicode form, without blanks around it. Raises Empty, TooLong, CprNumber, ControlCharacter."""
    # A browser sends the line breaks of a text area as CR LF.
    tidy = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if all(unicodedata.category(c) in ("Cf", "Zs") for c in tidy):
        raise Empty(field)
    if len(tidy) > limit:
        raise TooLong(field, limit=limit)
    if not tidy.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Co") and c not in "\n\t" for c in tidy):
        raise ControlCharacter(field)
    refuse_cpr(tidy, field)
    return tidy


def optional_text(value: str | None, field: str, *, limit: int = TEXT_LENGTH) -> str | None:
    """The text, or None for nothing written."""
    return text(value, field, limit=limit) if value is not None and value.strip() else None


def refuse_cpr(value: str, field: str) -> None:
    """Refuse a text with what looks like a CPR number."""
    if holds_cpr(value):
        raise CprNumber(field)


def telephone(value: str | None, field: str) -> str | None:
    """A telephone number as digits with a leading +; Danish numbers get +45. None stays None."""
    if value is None or not value.strip():
        return None
    tidy = value.strip()
    refuse_cpr(tidy, field)
    if not _TELEPHONE.fullmatch(tidy):
        raise NotATelephone(field)
    digits = tidy.replace(" ", "")
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if not digits.startswith("+"):
        digits = "+45" + digits
    if not 9 <= len(digits) <= 16 or digits[1] == "0" or (digits.startswith("+45") and len(digits) != 11):
        raise NotATelephone(field)
    return digits


def past(day: date, field: str, *, today: date, years: int = 5) -> date:
    """A day that has come, at most `years` ago. Raises InTheFuture, TooLongAgo."""
    if day > today:
        raise InTheFuture(field)
    if day.year < today.year - years:
        raise TooLongAgo(field)
    return day


def month(value: str, field: str, *, today: date) -> str:
    """A month YYYY-MM that has come. Raises NotAMonth, InTheFuture, TooLongAgo."""
    if not _MONTH.fullmatch(value):
        raise NotAMonth(field)
    if value > f"{today:%Y-%m}":
        raise InTheFuture(field)
    if int(value[:4]) < today.year - 30:
        raise TooLongAgo(field)
    return value


def age_in_years(birth_month: str, on: date) -> int:
    """Whole years on a day, counted by month: the birthday is taken to be the first of the month (FAM-03)."""
    year, month_number = int(birth_month[:4]), int(birth_month[5:7])
    return ((on.year - year) * 12 + on.month - month_number) // 12
