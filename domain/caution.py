"""What makes one stop before a part of a note is kept: somebody else in it, illness, crime, a report of concern, a number.

It asks and never refuses, for the words are the family's: illness may be just what the volunteers must know. It looks at
the words alone, in Danish and in English, and errs on the side of asking.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum


class Caution(StrEnum):
    """What a part may hold that the family should have thought about."""

    THIRD_PERSON = "third_person"
    ILLNESS = "illness"
    CRIME = "crime"
    REPORTED = "reported"
    NUMBER = "number"


_WHOSE = r"(?:min|hans|hendes|deres|vores|sin|børnenes|barnets|my|his|her|their|our)"
_RELATIVE = (
    r"(?:far|mor|mand|kone|bror|søster|onkel|tante|kæreste|samlever|chef|læge|ven|veninde"
    r"|father|mother|husband|wife|brother|sister|uncle|aunt|partner|boss|doctor|friend)"
)
_SOMEBODY = re.compile(
    rf"\b{_WHOSE} (?:\w+ )?{_RELATIVE}(?:s|en|eren)?\b"
    r"|\b(?:eks|eksmand|ekskone|ekskæreste|barnefar\w*|barnemor|bedste(?:mor|far|forældre)|mormor|morfar|farmor|farfar"
    r"|sviger\w+|sted(?:far|mor)|nabo\w*|kæresten|sagsbehandler\w*|plejefamilie\w*"
    r"|ex|ex-\w+|grand(?:mother|father|parents)|\w+-in-law|step(?:father|mother)|neighbour\w*|boyfriend|girlfriend)\b",
    re.IGNORECASE,
)
_ILLNESS = re.compile(
    r"\b(?:syg\w*|sindslid\w*|depress\w*|deprimer\w*|nedtrykt\w*|angst\w*|diagnos\w*|adhd|autis\w*|ptsd|stress\w*|kræft\w*"
    r"|epilep\w*|diabet\w*|allerg\w*|astma\w*|medicin\w*|piller|psyk\w*|indlagt\w*|indlægg\w*|hospital\w*|handicap\w*"
    r"|misbrug\w*|alkohol\w*|drikker for\w*|gravid\w*|abort\w*|selvmord\w*|spiseforstyrr\w*"
    r"|ill|illness\w*|sick\w*|anxi\w*|disab\w*|medic\w*|pregnan\w*|cancer|asthma|alcohol\w*|addict\w*|suicid\w*)\b",
    re.IGNORECASE,
)
_CRIME = re.compile(
    r"\b(?:politi\w*|dømt\w*|fængsl\w*|fængsel\w*|straf\w*|anmeld\w*|sigte[tde]*|tiltal\w*|kriminel\w*|kriminalitet"
    r"|vold|volds\w*|voldelig\w*|slår (?:mig|hende|ham|børn\w*|os)|tæsk\w*|overgreb\w*|stjål\w*|tyveri\w*|narko\w*|hash"
    r"|tilhold\w*|police|prison|jail|crim\w*|convict\w*|arrest\w*|violen\w*|beats|assault\w*|stole|stolen|theft|drugs)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\bunderret(?:ning|te|ter|tet)\w*|\breports? of concern\b|\btvangsfjern\w*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d(?:[ ./-]?\d){5,}(?!\d)")
"""Six digits or more: a date of birth, the beginning of a CPR number, a telephone, a case."""
_NAME = re.compile(r"(?<=[^\W\d_,;][ ])[A-ZÆØÅ][a-zæøåéüö]+|(?<=[,;][ ])[A-ZÆØÅ][a-zæøåéüö]+")
"""A word with a capital that begins no sentence."""
_NO_NAMES = frozenset({"de", "dem", "jer", "jeres", "deres", "red", "barnet", "danmark", "dansk", "gud"})


def cautions_of(words: str, *, of_the_family: Collection[str] = (), about_another: bool = False) -> tuple[Caution, ...]:
    """What to stop at in these words, in a fixed order.

    `of_the_family` are the names that are no third person here; `about_another` says that the statement is about
    another adult than the one who told it (INT-23).
    """
    own = _NO_NAMES | {part for name in of_the_family for part in name.lower().split()}
    named = (name.lower() for name in _NAME.findall(words))
    strangers = any(name not in own and name.removesuffix("s") not in own for name in named)
    found = {
        Caution.THIRD_PERSON: about_another or strangers or _SOMEBODY.search(words) is not None,
        Caution.ILLNESS: _ILLNESS.search(words) is not None,
        Caution.CRIME: _CRIME.search(words) is not None,
        Caution.REPORTED: _REPORT.search(words) is not None,
        Caution.NUMBER: _NUMBER.search(words) is not None,
    }
    return tuple(caution for caution in Caution if found[caution])
