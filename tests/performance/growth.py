"""How erasure and memory behave as the history grows: run in a process of its own, prints one line of JSON."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.house import TOWN
from tests.performance.households import household
from tests.performance.ours import Ours
from tests.postgres import Backend

LARGE = 100_000
"""Events in the town's register."""
AT_ONCE, TRIES = 100, 7
_PAGE_KIB = 4


def grown(home: Path) -> dict[str, float]:
    """Erasure in milliseconds at about ten events and at a hundred thousand; resident memory in MB before and after."""
    _small(home / "to warm up")
    small = [_small(home / f"{number}") for number in range(TRIES)]
    found: dict[str, float] = {"erase_ms_small": round(median(small), 2), "rss_mb_small": _resident_mb()}
    ours = Ours(Backend("sqlite", lambda: ""), home / "large")
    loaded = 0
    while ours.house.realms[TOWN].register.head() < LARGE:
        ours.forget()
        ours.bulk([household(loaded + each) for each in range(AT_ONCE)])
        loaded += AT_ONCE
    large = [_erased(ours, loaded - 1 - number) for number in range(TRIES)]
    found |= {"events_large": ours.events(), "erase_ms_large": round(median(large), 2), "rss_mb_large": _resident_mb()}
    began = time.perf_counter()
    found |= {"rebuilt_per_s": round(ours.rebuild() / (time.perf_counter() - began)), "rss_mb_rebuilt": _resident_mb()}
    ours.close()
    return found


def _small(home: Path) -> float:
    ours = Ours(Backend("sqlite", lambda: ""), home)
    ours.bulk([household(0)])
    took = _erased(ours, 0)
    ours.close()
    return took


def _erased(ours: Ours, number: int) -> float:
    ours.ask_for_erasure(household(number))
    began = time.perf_counter()
    ours.erase(household(number))
    return (time.perf_counter() - began) * 1e3


def _resident_mb() -> float:
    gc.collect()
    return round(int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_KIB / 1024, 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(grown(Path(folder))) + "\n")
