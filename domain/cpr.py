"""Does a text hold a CPR number: ten digits that begin with a day and a month, however they are set apart?

It errs on the cautious side, for replacement numbers too (day + 60), and without the check digit, which newer numbers
no longer keep. What people do write beside a family is let through: telephone numbers, dates and times, amounts.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

_DAY = "(?<![0-9./-])[0-9]{1,2}[./-][0-9]{1,2}[./-]"
_HOUR = "(?:[01]?[0-9]|2[0-3])"
_NO_CPR = re.compile(
    rf"{_DAY}(?:19|20)[0-9]{{2}}(?![0-9])"  # 3.4.2026, 3/4-2026
    r"|(?<![0-9./-])(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])"  # 2026-04-03
    rf"|{_DAY}[0-9]{{2}}\s{_HOUR}[.:-][0-5][0-9](?![0-9])"  # 3.4.26 17.30, 3.4.26 17-19
    rf"|(?<![0-9./-]){_HOUR}[.:][0-5][0-9]\s?-\s?{_HOUR}[.:][0-5][0-9](?![0-9])"  # 17.30-19.30
    r"|(?<![0-9.])[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?!\.?[0-9])(?!\W[0-9]{4}(?![0-9]))"  # 12.500, but not 121.203-1234
    r"|(?:\+|(?<![0-9])00)45 ?(?:[0-9] ?){8}(?![0-9])"  # +45 20 10 20 30
)
_AS_PRINTED = re.compile(r"(?<![0-9])([0-9]{6})\s?-\s?[0-9]{4}(?![0-9])")
_RUN = re.compile(r"\+?[0-9]+(?:[\s./_·•-]{1,3}[0-9]+)*")
_TWO_NUMBERS = ([2, 8], [8, 2], [5, 5])
"""A Danish telephone number beside a number, and two amounts, by their digits."""
_LONGEST_TELEPHONE = 15
"""Digits, with the country's (ITU-T E.164)."""
_DIGITS = 10


def holds_cpr(value: str) -> bool:
    """Whether the text holds what looks like a CPR number (databeskyttelsesloven § 11)."""
    compatible = unicodedata.normalize("NFKC", value)
    if len(re.findall(r"\d", compatible)) < _DIGITS:  # most texts; what follows looks at every character
        return False
    plain = _plain(compatible)
    if any(_begins_with_a_birthday(match.group(1)) for match in _AS_PRINTED.finditer(plain)):
        return True
    return any(_is_in(match.group()) for match in _RUN.finditer(_NO_CPR.sub(" x ", plain)))


def _plain(compatible: str) -> str:
    """Digits and dashes of every script as ASCII, without invisible and combining characters."""
    kept = (c for c in compatible if unicodedata.category(c) not in ("Cf", "Mn", "Me"))
    return "".join(_ascii(c) for c in kept)


def _ascii(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "-" if category == "Pd" or character == "\N{MINUS SIGN}" else character


def _is_in(run: str) -> bool:
    """Whether neighbouring groups of a run of digits are a CPR number together."""
    groups = re.findall("[0-9]+", run)
    foreign = re.match(r"\+[1-9]|00", run) is not None
    if foreign and sum(map(len, groups)) <= _LONGEST_TELEPHONE:
        return False
    for first in range(len(groups)):
        for last in range(first + 1, min(first + 10, len(groups)) + 1):
            window, beside = groups[first:last], groups[max(first - 1, 0) : first] + groups[last : last + 1]
            if _is_set_as_one(window, beside) and _begins_with_a_birthday("".join(window)):
                return True
    return False


def _is_set_as_one(groups: list[str], beside: list[str]) -> bool:
    """Whether ten digits in these groups are one number: alone always, beside other digits if they part after the sixth."""
    sizes = [len(group) for group in groups]
    if sum(sizes) != 10 or sizes in _TWO_NUMBERS:
        return False
    if not beside or len(groups) == 1:
        return True
    goes_on_in_pairs = sizes == [2] * 5 and any(len(group) == 2 for group in beside)  # two telephone numbers, then
    return 6 in accumulate(sizes) and not goes_on_in_pairs


def _begins_with_a_birthday(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    return (1 <= day <= 31 or 61 <= day <= 91) and 1 <= month <= 12
