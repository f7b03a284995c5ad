"""How long each kind of data is kept, and from when: one clock for each, set by its controller, run by nobody's memory.

A clock speaks of compartments and of what starts it, never of families or courses (GDPR Art. 5(1)(e), RIG-13). The
defaults are proposals: what a controller sets instead has a reason and an owner, and every reader of a period (the
processing record, an answer to Art. 15, a notice, the run itself) asks here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain import compartments as c
from domain.compartments import Compartment, KeptFrom, RealmKind
from gdpr.deadlines import months_after

LONGEST_DAYS, LONGEST_MONTHS = 3660, 600
_NEW_YEAR: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar months or days; neither means at once."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """The day on which so much time has passed since `start`: the same day of a month, or that month's last."""
        return months_after(start, self.months) + timedelta(days=self.days)

    def __str__(self) -> str:
        if not self.months and not self.days:
            return "at once"
        number, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{number} {unit}{'s' if number > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Clock:
    """What goes together, so long after one event; `ends` says what goes when it is not a compartment's values.

    A clock that runs `at_once` is no waiting time: the event itself destroys the keys, and no controller sets it. One
    with `at_least` may not be set shorter, for another duty rests on it.
    """

    name: str
    compartments: tuple[Compartment, ...]
    starts: KeptFrom
    keep: Span
    reason: str
    owner: str
    ends: str = ""
    at_least: Span | None = None

    @property
    def at_once(self) -> bool:
        return self.keep == Span()


def _clock(name: str, *of: Compartment, reason: str, owner: str, ends: str = "") -> Clock:
    """A clock with the figures that stand on its compartments, which must agree."""
    (starts, keep) = {(each.kept_from, Span(each.keep_months, each.keep_days)) for each in of}.pop()
    return Clock(name, of, starts, keep, reason, owner, ends)


_CLUBS, _TOWNS, _EACHS = "Red Barnet", "the municipality", "each controller"

NOTE: Final = "note"
ATTENDANCE: Final = "attendance"
CONTACT: Final = "contact"
CASE: Final = "case"
DECLINED: Final = "declined_referral"
DRAFT: Final = "draft"
VOLUNTEER: Final = "volunteer"
STAFF: Final = "staff"
RIGHTS: Final = "rights_case"
BREACH: Final = "breach"
CONSENT_PROOF: Final = "consent_proof"
ACCESS_LOG: Final = "access_log"
LEFT_BY_ERASURE: Final = "left_by_erasure"

_CASE_COMPARTMENTS = (c.CASE_FILE, c.MUNICIPAL_CONTACT, c.MUNICIPAL_TELEPHONE, c.MUNICIPAL_ADDRESS)

CLOCKS: tuple[Clock, ...] = (
    _clock(CASE, *_CASE_COMPARTMENTS, owner=_TOWNS,
           reason="a referral is a municipal case, and its file falls under the rules on archives"),
    Clock(DECLINED, _CASE_COMPARTMENTS, KeptFrom.DECLINED, Span(days=30), owner=_TOWNS,
          reason="time to clear up a mistake; then no family is known here that never came, only that there was one"),
    _clock(DRAFT, c.DRAFT, owner=_TOWNS, reason="time to finish the form; what is never sent is no case"),
    _clock(NOTE, c.NOTE, owner=_CLUBS, reason="the note prepares this one course (INT-25)"),
    _clock(ATTENDANCE, c.ATTENDANCE, owner=_CLUBS,
           reason="time to correct the book; the evenings' totals stay and name nobody (RIG-07)"),
    _clock(CONTACT, c.ROSTER, c.AGES, c.CONTACT, c.LANGUAGE, c.CLUB_TELEPHONE, owner=_CLUBS,
           reason="time to wind the course up; longer only by the consent to contact afterwards (REU-02)"),
    _clock("shared_words", c.SHARED_NOTE, c.SHARED_THEME, c.CARRIED_NOTE, owner=_CLUBS,
           reason="the key belongs to the consent and goes with it (INT-08)"),
    _clock("follow_up", c.FOLLOW_UP, owner=_CLUBS,
           reason="the key belongs to the consent and goes with it, whatever else has ended (REU-02)"),
    _clock(CONSENT_PROOF, c.CONSENT_PROOF, owner=_CLUBS,
           reason="a short time to clear up a dispute; then wording and procedure must suffice"),
    _clock("receiving", c.RECEIVING, owner=_CLUBS, reason="nobody is handed over to a course that is over"),
    _clock(VOLUNTEER, c.VOLUNTEER_FILE, owner=_CLUBS, reason="time to come back for the next season"),
    _clock(STAFF, c.STAFF_FILE, owner=_EACHS, reason="time to answer who it was that did something"),
    _clock(RIGHTS, c.RIGHTS, owner=_EACHS, ends="who asked, what was said and how the identity was shown",
           reason="time to complain of the answer; dates and decisions stay and name nobody"),
    _clock(BREACH, c.BREACH, owner=_EACHS, reason="the authority may ask what was done (GDPR Art. 33(5))"),
    Clock(LEFT_BY_ERASURE, (), KeptFrom.LEFT_BY_ERASURE, Span(), owner=_EACHS,
          ends="what an act or a hold kept when somebody was erased; this clock rules over the others (RIG-04)",
          reason="the decision named the act and the day"),
    Clock(ACCESS_LOG, (), KeptFrom.ENTRY_WRITTEN, Span(months=12), owner=_EACHS,
          ends="whom an entry of the access log is about, who read, and what",
          reason="misuse is often found late (RIG-11); the random checks look back no further",
          at_least=Span(months=6)),
)  # fmt: skip


class ClockRefused(ValueError):
    """A clock cannot be set like this; says which and why."""


def clocks_of(kind: RealmKind, changes: Mapping[str, Clock] = MappingProxyType({})) -> Mapping[str, Clock]:
    """The clocks of a realm of this kind as they run: the defaults, and what its controller set instead, by name."""
    held = {each for each in c.COMPARTMENTS if kind in each.held_by}
    runs = {clock.name: clock for clock in CLOCKS if set(clock.compartments) <= held}
    return runs | {name: clock for name, clock in changes.items() if name in runs}


def changed(name: str, keep: Span, *, reason: str, owner: str, kind: RealmKind) -> Clock:
    """The clock as its controller sets it. Raises ClockRefused, naming the clock, without a reason or an owner."""
    clock = clocks_of(kind).get(name)
    if clock is None:
        raise ClockRefused(f"retention.{name}: there are {', '.join(clocks_of(kind))}")
    if clock.at_once:
        raise ClockRefused(f"retention.{name}: goes at once and cannot be set")
    for what, said in (("reason", reason), ("owner", owner)):
        if not said.strip():
            raise ClockRefused(f"retention.{name}.{what}: a period that is changed has a reason and an owner")
    if (keep.months and keep.days) or not 0 <= keep.months <= LONGEST_MONTHS or not 0 <= keep.days <= LONGEST_DAYS:
        raise ClockRefused(f"retention.{name}: months or days, up to {LONGEST_MONTHS} or {LONGEST_DAYS}")
    if clock.at_least is not None and keep.after(_NEW_YEAR) < clock.at_least.after(_NEW_YEAR):
        raise ClockRefused(f"retention.{name}: not shorter than {clock.at_least}")
    return replace(clock, keep=keep, reason=reason.strip(), owner=owner.strip())


def period_of(compartment: Compartment, clocks: Mapping[str, Clock]) -> Clock:
    """The clock that ends this compartment's values as a rule: its `keep`, what it `starts` from, its reason and owner.

    What a referral that came to nothing leaves goes sooner, by a clock of its own.
    """
    return next(
        clock
        for clock in clocks.values()
        if compartment in clock.compartments and clock.starts is compartment.kept_from
    )


def in_words(clock: Clock) -> str:
    """`3 months after the last evening of the course`."""
    return f"until {clock.starts}" if clock.at_once else f"{clock.keep} after {clock.starts}"
