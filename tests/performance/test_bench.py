"""`make bench`: the floor, the plain library and ours at the same work; prints a table and writes `build/bench.json`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.performance.floor import Floor
from tests.performance.measuring import MEASURES, Figures, measured, ratios
from tests.performance.ours import Ours
from tests.performance.plain import Plain
from tests.postgres import Backend, TempPostgres

pytestmark = pytest.mark.bench

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "build" / "bench.json"
MOST_GROWTH_OF_ERASURE, MOST_GROWTH_OF_MEMORY = 1.25, 25.0
"""Times; MB. The gates that no neighbour on the machine moves much."""


@pytest.fixture(scope="module")
def durable_postgres() -> Iterator[TempPostgres]:
    """A server that flushes, so that a commit costs what it costs in service."""
    server = TempPostgres({**TempPostgres.DURABLE, "shared_buffers": "128MB", "max_wal_size": "4GB"})
    yield server
    server.close()


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_the_same_work_by_the_floor_the_plain_library_and_ours(
    on: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if on == "postgresql":
        server = request.getfixturevalue("durable_postgres")
        backend = Backend(on, lambda: server.url(server.create_database()))
    else:
        backend = Backend(on, lambda: "sqlite://")
    contestants = [
        Floor(backend.new_database(), tmp_path),
        Plain(backend.new_database(), tmp_path),
        Ours(backend, tmp_path),
    ]
    try:
        figures = measured(contestants)
    finally:
        for contestant in contestants:
            contestant.close()
    _report(on, {name: of.medians() for name, of in figures.items()} | {"ratios": _ratios(figures)})
    _print_table(on, figures)


def test_erasure_and_memory_do_not_grow_with_the_history() -> None:
    script = Path(__file__).with_name("growth.py")
    run = subprocess.run(
        [sys.executable, script], env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    _report("growth", found)
    times = found["erase_ms_large"] / found["erase_ms_small"]
    memory = max(found["rss_mb_large"], found["rss_mb_rebuilt"]) - found["rss_mb_small"]
    _say(
        f"\ngrowth to {found['events_large']} events: erasure {found['erase_ms_small']:.1f} to"
        f" {found['erase_ms_large']:.1f} ms ({times:.2f} times); memory {found['rss_mb_small']:.0f} to"
        f" {found['rss_mb_large']:.0f} MB, {found['rss_mb_rebuilt']:.0f} after a rebuild of"
        f" {found['rebuilt_per_s']} events/s"
    )
    assert times <= MOST_GROWTH_OF_ERASURE
    assert memory <= MOST_GROWTH_OF_MEMORY


def _ratios(figures: dict[str, Figures]) -> dict[str, dict[str, float]]:
    ours = figures["ours"]
    return {f"ours over {name}": ratios(ours, of) for name, of in figures.items() if name != "ours"}


def _report(part: str, found: dict[str, Any]) -> None:
    """Each part replaces what an earlier run found in it."""
    known = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    machine = {"processors": os.cpu_count(), "platform": platform.platform(), "python": platform.python_version()}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(known | {"machine": machine, part: found}, indent=1) + "\n")


def _print_table(on: str, figures: dict[str, Figures]) -> None:
    medians = {name: of.medians() for name, of in figures.items()}
    over = _ratios(figures)
    _say(f"\n{on}: microseconds (the client's processor time); ours over each of the others")
    _say(f"{'':10}" + "".join(f"{name:>20}" for name in medians) + "".join(f"{'/ ' + n.split()[-1]:>10}" for n in over))
    for measure in MEASURES:
        taken = "".join(f"{of[measure]:>11.0f} ({of[measure + '_cpu']:>6.0f})" for of in medians.values())
        _say(f"{measure:10}{taken}" + "".join(f"{of[measure]:>10.1f}" for of in over.values()))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
