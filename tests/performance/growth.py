"""How erasure and memory behave as the history grows: run in a process of its own, prints one line of JSON."""

from __future__ import annotations

import gc
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.performance.households import household
from tests.performance.ours import Ours
from tests.postgres import Backend

SMALL, LARGE = 10, 100_000
"""Events in the town's register."""
AT_ONCE, ERASURES = 100, 9
_PAGE_KIB = 4


def grown(home: Path) -> dict[str, float]:
    """Erasure in milliseconds, and resident memory in MB, at both sizes."""
    ours = Ours(Backend("sqlite", lambda: ""), home)
    loaded, found = 0, {}
    for name, events in (("small", SMALL), ("large", LARGE)):
        while ours.house.realms["kommune-0376"].register.head() < events or loaded < ERASURES:
            ours.bulk([household(loaded + each) for each in range(AT_ONCE if name == "large" else ERASURES + 1)])
            loaded += AT_ONCE if name == "large" else ERASURES + 1
        gone = [household(loaded - 1 - each) for each in range(ERASURES)]
        took = [_erased(ours, each) for each in gone]
        gc.collect()
        found |= {f"erase_ms_{name}": round(median(took), 2), f"rss_mb_{name}": round(_resident_mb(), 1)}
        found[f"events_{name}"] = ours.events()
    ours.close()
    return found


def _erased(ours: Ours, each: object) -> float:
    ours.ask_for_erasure(each)  # type: ignore[arg-type]
    began = time.perf_counter()
    ours.erase(each)  # type: ignore[arg-type]
    return (time.perf_counter() - began) * 1e3


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_KIB / 1024


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(grown(Path(folder))) + "\n")
