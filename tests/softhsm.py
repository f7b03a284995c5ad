"""A real PKCS#11 module for the tests: SoftHSM from Debian's packages, unpacked beside the environment, without a step by hand.

Where it comes from: `TILLID_TEST_SOFTHSM`, the path of a library that somebody gives; else the one that is installed;
else Debian's packages, fetched with apt's own means into a folder of ours (no root needed); else `RuntimeError`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from infrastructure.key_providers.hsm import label_of

GIVEN = "TILLID_TEST_SOFTHSM"
INSTALLED = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib64/softhsm/libsofthsm2.so"))
PACKAGES = ("libsofthsm2", "softhsm2")
UNPACKED = Path(sys.prefix) / "softhsm"
SO_PIN = "so-pin of the tests"


@dataclass(frozen=True, slots=True)
class SoftHsm:
    """The module, its tool, and the folder with its tokens and the PIN files."""

    library: Path
    tool: str
    folder: Path

    @property
    def pins(self) -> Path:
        return self.folder / "pins"

    def initialise(self, realm: str, tokens: Iterable[str]) -> None:
        """New tokens, each with a PIN of its own in a private file; before the module is loaded, which looks only then."""
        own = self.pins / realm
        own.mkdir(parents=True, mode=0o700)
        for token in tokens:
            pin = f"pin of {token}"
            file = own / f"{token}.pin"
            file.touch(mode=0o600)
            file.write_text(pin)
            made = [
                self.tool,
                "--module",
                str(self.library),
                "--init-token",
                "--free",
                "--label",
                label_of(realm, token),
            ]
            subprocess.run([*made, "--so-pin", SO_PIN, "--pin", pin], check=True, capture_output=True, timeout=60)


def soft_hsm(folder: Path) -> SoftHsm:
    """The module with an empty store in this folder. Once for a process: the module reads where its store is only once."""
    library, tool = _found()
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    settings = folder / "softhsm.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    return SoftHsm(library, tool, folder)


def _found() -> tuple[Path, str]:
    given = os.environ.get(GIVEN)
    for library in (*([Path(given)] if given else []), *INSTALLED):
        tool = shutil.which("softhsm2-util")
        if library.exists() and tool:
            return library, tool
    return _unpacked()


def _unpacked() -> tuple[Path, str]:
    library, tool = UNPACKED / "usr/lib/softhsm/libsofthsm2.so", UNPACKED / "usr/bin/softhsm2-util"
    UNPACKED.mkdir(exist_ok=True)
    with (UNPACKED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (library.exists() and tool.exists()):
            _fetch()
    return library.resolve(), str(tool)


def _fetch() -> None:
    """Debian's packages with apt's lists and archives in our folder, so that nothing of the machine changes."""
    lists, archives = UNPACKED / "lists", UNPACKED / "archives"
    for each in (lists / "partial", archives / "partial"):
        each.mkdir(parents=True, exist_ok=True)
    options = [f"Dir::State::lists={lists}", f"Dir::Cache={archives}", "APT::Sandbox::User=", "Debug::NoLocking=1"]
    apt = ["apt-get", "-qq", *(part for option in options for part in ("-o", option))]
    try:
        for step in (["update"], ["download", *PACKAGES]):
            subprocess.run([*apt, *step], cwd=UNPACKED, check=True, capture_output=True, text=True, timeout=240)
        for package in UNPACKED.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(package), str(UNPACKED)], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"no SoftHSM here, and it could not be fetched; name its library in {GIVEN}") from error
    shutil.rmtree(lists)
