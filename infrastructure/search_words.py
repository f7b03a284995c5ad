"""What the search index takes for the same word: a name however it is spaced and cased, a telephone's digits."""

from __future__ import annotations

import unicodedata

TELEPHONE = "telephone"
"""The field whose values are digits; every other is a name."""

_DENMARK = "45"
_DANISH_DIGITS = 8


def normalised(field: str, value: str) -> str:
    """The one form under which all ways of writing the value are found; empty when nothing is left to find (VIS-10)."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())
    if field != TELEPHONE:
        return " ".join(text.split())
    digits = "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal()).removeprefix("00")
    # Eight digits may begin with 45 themselves, so the country is only dropped before eight others.
    return digits.removeprefix(_DENMARK) if len(digits) == len(_DENMARK) + _DANISH_DIGITS else digits
