"""The same work for every contestant, interleaved, each answer checked; a figure is a median, a ratio a median of ratios."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

from tests.performance.contest import Contestant
from tests.performance.households import IN_A_COURSE, Household, household

ROUNDS, BULK, IMPORTS, REBUILDS = 6, 60, 3, 2
"""Rounds of one course each; households in one import, and imports; how often everything is rebuilt."""
MEASURES = ("command", "page", "roster", "own_data", "erase", "bulk", "rebuild")
"""Microseconds of wall time for: a command until every view shows it; a reading until its entries of the access log are
durable and it is answered; an erasure; a household imported; an event rebuilt. `<measure>_cpu` is the client's own
processor time for the same."""


@dataclass(slots=True)
class Figures:
    """What one contestant took, in microseconds, round by round."""

    rounds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, measure: str, wall: float, cpu: float) -> None:
        """Both in nanoseconds."""
        self.rounds.setdefault(measure, []).append(wall / 1e3)
        self.rounds.setdefault(f"{measure}_cpu", []).append(cpu / 1e3)

    def medians(self) -> dict[str, float]:
        return {measure: round(median(values), 1) for measure, values in self.rounds.items()}


def ratios(of: Figures, to: Figures) -> dict[str, float]:
    """How many times longer the first took than the second, measure by measure."""
    return {
        measure: round(median(a / b for a, b in zip(values, to.rounds[measure], strict=True)), 2)
        for measure, values in of.rounds.items()
    }


def measured(contestants: Sequence[Contestant]) -> dict[str, Figures]:
    """All measures of all contestants; each is given the same slice of work in turn, so that noise hits all of them."""
    figures = {contestant.name: Figures() for contestant in contestants}
    _one_course(contestants, {name: Figures() for name in figures}, course=0)  # to warm up
    for number in range(1, ROUNDS + 1):
        first = number % len(contestants)
        _one_course([*contestants[first:], *contestants[:first]], figures, number)
    for number in range(IMPORTS):
        some = [household(10_000 + number * BULK + each) for each in range(BULK)]
        for contestant in contestants:
            _timed(figures[contestant.name], "bulk", [partial(_import, contestant, some)], per=BULK)
            _check(some[-1].registered, contestant.page(some[-1]), contestant.name)
    for _ in range(REBUILDS):
        for contestant in contestants:
            _timed(figures[contestant.name], "rebuild", [contestant.rebuild], per=contestant.events())
            _check(some[0].registered, contestant.page(some[0]), contestant.name)
    return figures


def _one_course(contestants: Sequence[Contestant], figures: dict[str, Figures], course: int) -> None:
    households = [household(course * IN_A_COURSE + each) for each in range(IN_A_COURSE)]
    for contestant in contestants:
        _commands(contestant, figures[contestant.name], households)
    for contestant in contestants:
        _readings(contestant, figures[contestant.name], households)
    for contestant in contestants:
        gone = households[:2]
        for each in gone:
            contestant.ask_for_erasure(each)
        _timed(figures[contestant.name], "erase", [partial(contestant.erase, each) for each in gone])


def _commands(contestant: Contestant, figures: Figures, households: Sequence[Household]) -> None:
    """Four commands a household, and what its views need to show them; what lies between them is not measured."""
    wall = cpu = 0
    for prepare, commands in (
        (lambda: None, (contestant.register, contestant.refer)),
        (lambda: contestant.seat(households), (contestant.note,)),
        (lambda: [contestant.read_back(each) for each in households], (contestant.consent,)),
    ):
        prepare()
        gc.collect()
        used, began = time.process_time_ns(), time.perf_counter_ns()
        for each in households:
            for command in commands:
                command(each)
        contestant.settle()
        wall += time.perf_counter_ns() - began
        cpu += time.process_time_ns() - used
    given = 4 * len(households)
    figures.add("command", wall / given, cpu / given)


def _readings(contestant: Contestant, figures: Figures, households: Sequence[Household]) -> None:
    pages = _timed(figures, "page", [partial(contestant.page, each) for each in (*households, *households)])
    rosters = _timed(figures, "roster", [partial(contestant.roster, households)] * 4)
    own = _timed(figures, "own_data", [partial(contestant.own, each) for each in households])
    for each, page, mine in zip(households, pages, own, strict=False):
        _check(each.registered, page, contestant.name)
        _check(each.own, mine, contestant.name)
    _check([text for each in households for text in (*each.first_names, each.note)], rosters[0], contestant.name)


def _import(contestant: Contestant, households: Sequence[Household]) -> None:
    contestant.bulk(households)
    contestant.settle()


def _timed(figures: Figures, measure: str, calls: Sequence[Callable[[], Any]], *, per: int = 1) -> list[Any]:
    """The answers of the calls, of which each does `per` of what is measured."""
    answers: list[Any] = []
    wall: list[int] = []
    gc.collect()
    used = time.process_time_ns()
    for call in calls:
        began = time.perf_counter_ns()
        answers.append(call())
        wall.append(time.perf_counter_ns() - began)
    figures.add(measure, median(wall) / per, (time.process_time_ns() - used) / len(calls) / per)
    return answers


def _check(wanted: Iterable[str], shown: Iterable[str], name: str) -> None:
    """A contestant that answers wrongly is not measured at all."""
    missing = Counter(wanted) - Counter(shown)
    if missing:
        raise AssertionError(f"{name} does not show {missing.total()} of the values it holds")
