"""By what one knows, in the answers somebody gets, that a row of Annex C is in them, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.lists import CRITERIA as CRITERIA_LISTS
from domain.lists import JUDGEMENTS
from tests.living import ADDRESSES, BIRTH_MONTHS, GIVEN_NAMES, LANGUAGE, SAID, STEM, SURNAMES, TELEPHONES
from tests.living import Grounds as Told
from tests.privacy import annex_c as c
from tests.privacy.annex_c import Level
from tests.privacy.asking import Seen

Trace = Callable[[Sequence[Seen]], Level]

_GROUNDS = Told()
_REASONS = {
    word
    for items in (*CRITERIA_LISTS.values(), JUDGEMENTS)
    for item in items
    if item.code in (*_GROUNDS.criteria, _GROUNDS.judgement)
    for word in (item.code, item.danish, item.english)
} | {_GROUNDS.remark}


def _has(seen: Sequence[Seen], *words: str) -> bool:
    return any(isinstance(one.value, str) and word in one.value for one in seen for word in words)


def _key(seen: Sequence[Seen], *keys: str, of: type | tuple[type, ...] = object) -> bool:
    return any(one.key in keys and isinstance(one.value, of) for one in seen)


def _words(*words: str) -> Trace:
    return lambda seen: Level.EACH if _has(seen, *words) else Level.NOTHING


def _keys(*keys: str, of: type | tuple[type, ...] = object) -> Trace:
    return lambda seen: Level.EACH if _key(seen, *keys, of=of) else Level.NOTHING


def _most(*traces: tuple[Level, Trace]) -> Trace:
    def most(seen: Sequence[Seen]) -> Level:
        return max((level for level, trace in traces if trace(seen)), default=Level.NOTHING)

    return most


def _in(name: str, question: str = "") -> Trace:
    def found(seen: Sequence[Seen]) -> Level:
        return Level.EACH if any(name in one.path and question in one.question for one in seen) else Level.NOTHING

    return found


TRACES: dict[str, Trace] = {
    c.CRITERIA: _words(*_REASONS),
    c.TYPOLOGY: _most((Level.EACH, _words("substance_misuse")), (Level.EACH, _keys("degree"))),
    c.MEASURE: _words("preventive_measure"),
    c.CHANNEL: _most((Level.EACH, _keys("channel")), (Level.TOTALS, _in("by_channel"))),
    c.CUSTODY: _most((Level.EACH, _keys("custody")), (Level.PARTLY, _keys("may_consent_for"))),
    c.STATE: _most(
        (Level.EACH, _keys("stage", "handed_over_on", "lead_days")), (Level.TOTALS, _in("by_stage")),
        (Level.TOTALS, _in("lead_days")),
    ),
    c.ADULTS: _most((Level.EACH, _words(*SURNAMES.values())), (Level.PARTLY, _words(GIVEN_NAMES["mother"]))),
    c.TELEPHONE: _words(*TELEPHONES.values()),
    c.ADDRESS: _words(*ADDRESSES.values()),
    c.CHILDREN: _most(
        (Level.EACH, _words(GIVEN_NAMES["girl"])), (Level.GROUP, _in("ages")), (Level.TOTALS, _keys("children", of=int))
    ),
    c.BIRTH: _words(*BIRTH_MONTHS.values()),
    c.LANGUAGE: _most((Level.GROUP, _in("languages")), (Level.EACH, _keys("needs_translation", "language_of"))),
    c.PRACTICAL: _words(SAID["practical"]),
    c.CONVERSATION: _most(
        (Level.EACH, _keys("conversation_on")), (Level.TOTALS, _keys("conversations_held", "conversations_missing"))
    ),
    c.UNSHARED: _words(SAID["challenges"], SAID["by the father"], SAID["about the father"]),
    c.SHARED: _words(SAID["presentation"]),
    c.THEMES: _in("themes"),
    c.CONSENTS: _keys("answer", "given_on", "wording_version"),
    c.ACQUAINTED: _keys("acquainted"),
    c.PROGRAMME: _most((Level.EACH, _in("programme")), (Level.EACH, _in("evening", "groups.briefing"))),
    c.BOOKINGS: _most((Level.EACH, _in("bookings")), (Level.EACH, _in("profession", "groups.briefing"))),
    c.ATTENDANCE: _most((Level.EACH, _keys("status")), (Level.TOTALS, _in("turnout"))),
    c.RETURNING: _most((Level.EACH, _keys("returning", of=bool)), (Level.TOTALS, _keys("returning", of=int))),
    c.AFTER: _in("follow_up"),
    c.VOLUNTEERS: _most(
        (Level.EACH, _words(f"{STEM}fri")), (Level.TOTALS, _keys("volunteers", of=int)), (Level.TOTALS, _in("team"))
    ),
    c.LOG: _most((Level.EACH, _keys("rule")), (Level.PARTLY, _in("allowed", "own_log.")), (Level.PARTLY, _in("readers"))),
    c.REQUESTS: _most((Level.EACH, _keys("due_on")), (Level.PARTLY, _keys("wished"))),
}  # fmt: skip


def level(row: str, seen: Sequence[Seen]) -> Level:
    """How much of a row is in these answers."""
    if row == c.LANGUAGE and _has([one for one in seen if one.key == "language"], LANGUAGE):
        return Level.EACH
    return TRACES[row](seen)
