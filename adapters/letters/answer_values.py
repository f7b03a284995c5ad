"""The values of an answer as people read them: choices in the words of their lists, days and months written out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import format_timedelta

from adapters.labels import ARABIC, LABELS
from adapters.letters.answer_words import A_TIME_AFTER, AFTER, AT_ONCE, CAME, THEMES
from adapters.letters.consent_words import WAYS
from adapters.letters.said import Said, day
from adapters.texts.arabic import FIELDS as ARABIC_FIELDS
from adapters.texts.look_ups import FIELDS
from domain.compartments import KeptFrom
from domain.lists import CRITERIA, JUDGEMENTS, VULNERABILITY, Attendance, Theme, Way

_MONTH, _ALWAYS = timedelta(days=30), 1_000_000
"""What babel counts as a month; and so many of a unit that it never says years instead."""
NONE = Said("Ingen", "None", "لا يوجد")
ERASED = Said("(slettet)", "(erased)", "(تم محوه)")
YES, NO = Said("Ja", "Yes", "نعم"), Said("Nej", "No", "لا")
_STEP = Said("Trin {number}", "Step {number}", "الدرجة {number}")
_CAPACITIES = {
    "self": Said("for dig selv", "for yourself", "عن نفسك"),
    "holder_of_custody": Said("som den, der har forældremyndighed", "as holder of custody", "بصفتك صاحب الحضانة"),
    "other_caregiver": Said("som anden omsorgsperson", "as another caregiver", "بصفتك مقدم رعاية آخر"),
}
_ENUMS: Mapping[str, Mapping[Any, Said]] = {
    "status": {Attendance(key).value: said for key, said in CAME.items()},
    "theme": {Theme(key).value: said for key, said in THEMES.items()},
    "way": {Way(key).value: said for key, said in WAYS.items()},
    "capacity": _CAPACITIES,
}
_FACTORS = {code: name for kind in VULNERABILITY for code, name in LABELS[kind].items()}
_ITEMS = {item.code: (item.danish, item.english) for items in CRITERIA.values() for item in items}
_LISTS: Mapping[str, Mapping[Any, tuple[str, str]]] = {
    **LABELS,
    "kind": LABELS["vulnerability"],
    "factors": _FACTORS,
    "criterion": _ITEMS,
    "judgement": {item.code: (item.danish, item.english) for item in JUDGEMENTS},
}
_KINDS: Mapping[str, str] = {
    "caregiver": "Caregiver", "channel": "UnitKind", "criterion": "Criterion", "custody": "Custody", "day_care": "DayCare",
    "factors": "Factor", "judgement": "Judgement", "kind": "Vulnerability", "language": "Language",
    "municipal_case": "MunicipalCase", "profession": "Profession",
}  # fmt: skip
"""By field the list whose words are known in Arabic."""


def label(field: str, language: str) -> str:
    """What a field is called. Raises KeyError for one that has no words."""
    if language == "ar":
        return ARABIC_FIELDS[field]
    said = FIELDS[field].said(language)
    return said[:1].upper() + said[1:]


def value(field: str, given: Any, language: str) -> str:
    """One value in words. What the person or the staff wrote stays as it was written."""
    if isinstance(given, Mapping):
        return ERASED.in_(language)
    if isinstance(given, bool):
        return (YES if given else NO).in_(language)
    if isinstance(given, list):
        return ", ".join(value(field, each, language) for each in given) or NONE.in_(language)
    if field == "degree":
        return _STEP.in_(language, number=given)
    if field in _ENUMS and given in _ENUMS[field]:
        return _ENUMS[field][given].in_(language)
    if language == "ar" and given in ARABIC.get(_KINDS.get(field, ""), {}):
        return ARABIC[_KINDS[field]][given]
    if field in _LISTS and given in _LISTS[field]:
        danish, english = _LISTS[field][given]
        return english if language == "en" else danish
    if field == "birth_month":
        return month(str(given), language)
    return NONE.in_(language) if given is None else str(given)


def month(written: str, language: str) -> str:
    """april 2023, from 2023-04."""
    first = day(date.fromisoformat(f"{written}-01"), language)
    return first.split(" ", 1)[1]


def days(written: list[str], language: str) -> str:
    """Days given as YYYY-MM-DD, written out, each once."""
    return ", ".join(day(date.fromisoformat(each), language) for each in dict.fromkeys(written))


def period(line: Mapping[str, Any], language: str) -> str:
    """How long a kind of data is kept: 3 måneder efter, at forløbets sidste aften er holdt."""
    moment = AFTER[KeptFrom(line["after"])].in_(language)
    if line["months"]:
        time = format_timedelta(line["months"] * _MONTH, "month", threshold=_ALWAYS, locale=language)
        return A_TIME_AFTER.in_(language, time=time, moment=moment)
    if line["days"]:
        time = format_timedelta(timedelta(line["days"]), "day", threshold=_ALWAYS, locale=language)
        return A_TIME_AFTER.in_(language, time=time, moment=moment)
    return AT_ONCE.in_(language, moment=moment)
