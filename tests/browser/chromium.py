"""A Chromium for the tests, without a step by hand: `python -m tests.browser.chromium` says which, and gets one if need be.

Where it comes from: `TILLID_CHROMIUM`, the path of one that somebody gives; else one on the path, each proved by its
`--version`; else Debian's package, installed if we may, else fetched with what it needs and unpacked beside the
environment; else `RuntimeError`: a test skipped in silence proves nothing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

GIVEN = "TILLID_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
UNPACKED = Path(sys.prefix) / "chromium"
LAUNCHER = UNPACKED / "launch"
ARGUMENTS = (
    "--no-sandbox",  # it opens our own pages only, and as root there is no other way
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str:
    """The path of one that runs. Raises RuntimeError."""
    found = _found()
    if found is None:
        UNPACKED.mkdir(exist_ok=True)
        with (UNPACKED / "lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            found = _found() or _fetched()
    return found


def _found() -> str | None:
    given = os.environ.get(GIVEN)
    if given and not _runs(given):
        raise RuntimeError(f"{GIVEN} names no Chromium that runs")
    on_the_path = (shutil.which(name) for name in NAMES)
    candidates = (given, *on_the_path, str(LAUNCHER) if LAUNCHER.exists() else None)
    return next((path for path in candidates if path is not None and _runs(path)), None)


def _runs(path: str) -> bool:
    """A program of the right name may be a stub that only says where to get one."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return said.startswith(("Chromium ", "Google Chrome "))


def _fetched() -> str:
    try:
        if os.geteuid() == 0:
            _install()
        else:
            _unpack()
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"no Chromium here, and it could not be fetched; name one in {GIVEN}") from error
    found = _found()
    if found is None:
        raise RuntimeError(f"the Chromium that was fetched does not run; name another in {GIVEN}")
    return found


def _install() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *step], env=quiet, check=True, capture_output=True, timeout=300)


def _unpack() -> None:
    """Chromium and the packages this machine lacks for it, with apt's lists in our folder: nothing of the machine changes."""
    lists, archives = UNPACKED / "lists", UNPACKED / "archives"
    for each in (lists / "partial", archives / "partial"):
        each.mkdir(parents=True, exist_ok=True)
    options = [f"Dir::State::lists={lists}", f"Dir::Cache={archives}", "APT::Sandbox::User=", "Debug::NoLocking=1"]
    apt = ["apt-get", "-qq", *(part for option in options for part in ("-o", option))]
    subprocess.run([*apt, "update"], check=True, capture_output=True, timeout=240)
    planned = subprocess.run(
        [*apt, "--simulate", "install", "--no-install-recommends", "chromium"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    subprocess.run([*apt, "download", *_packages(planned)], cwd=UNPACKED, check=True, capture_output=True, timeout=300)
    for package in UNPACKED.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(UNPACKED)], check=True, capture_output=True, timeout=120)
        package.unlink()
    shutil.rmtree(lists)
    libraries = ":".join(str(folder) for folder in sorted({path.parent for path in UNPACKED.glob("**/*.so*")}))
    program = UNPACKED / "usr/lib/chromium/chromium"
    LAUNCHER.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{program}" "$@"\n')
    LAUNCHER.chmod(0o755)


def _packages(planned: str) -> Iterator[str]:
    """From the lines of a simulation, `Inst chromium (156.0 …)`."""
    for line in planned.splitlines():
        if line.startswith("Inst "):
            yield line.split()[1]


if __name__ == "__main__":
    print(f"The pages are tested in {chromium()}")
