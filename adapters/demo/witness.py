"""A second party of the demonstration: made up, with a key of its own, who cosigns the access log by exchanging files."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from adapters.wiring import Realm, Settings
from gdpr.cosignature import Witnesses, WitnessKey

NAME = "library.example"
TOOLS = Path(__file__).parents[2] / "tools"


def known_to(settings: Settings) -> Settings:
    """These settings with the witness in every realm; one cosignature is the quorum."""
    _, key = _own_key()
    realms = tuple(replace(realm, witnesses=Witnesses({"library": key}, 1)) for realm in settings.realms)
    return replace(settings, realms=realms)


def cosign(realm: Realm) -> bool:
    """What the operator and the witness do: a folder there (`tillid audit checkpoint --out`), a file back
    (`tillid audit witnessed`). True when it made the quorum.
    """
    realm.log.checkpoint()
    note, _ = realm.log.evidence.growth([])
    with tempfile.TemporaryDirectory(prefix="tillid-witness-") as home:
        folder = Path(home)
        _write(folder / "checkpoint.txt", note)
        _write(folder / "verify.key", realm.log.evidence.verifier_key)
        # A copy, for what it remembers of a log stands beside it, and each story has another log.
        shutil.copy(_own_key()[0], folder / "own.key")
        said = _run("witness.py", "cosign", home, "--key", folder / "own.key", "--log", folder / "verify.key")
        answer = folder / f"cosigned-{NAME}.txt"
        return said.startswith("COSIGNED") and realm.log.evidence.take_in(answer.read_text("utf-8")).quorum


def proven(proof: Mapping[str, Any], key: str) -> str:
    """What `tools/verify_log.py --proof` says to somebody who has this file and the log's key, and nothing else."""
    with tempfile.TemporaryDirectory(prefix="tillid-proof-") as home:
        file, key_file = Path(home) / "proof.json", Path(home) / "verify.key"
        _write(file, json.dumps(proof))
        _write(key_file, key)
        return _run("verify_log.py", "--proof", file, "--key", key_file)


@cache
def _own_key() -> tuple[Path, WitnessKey]:
    """The witness's key file, which ends with this process, and what of it is told to others."""
    home = tempfile.mkdtemp(prefix="tillid-witness-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    file = Path(home) / "own.key"
    return file, WitnessKey.read(_run("witness.py", "init", file, "--name", NAME))


def _run(tool: str, *said: str | Path) -> str:
    """One of the tools for people outside, which share no code with the register."""
    command = [sys.executable, "-I", TOOLS / tool, *said]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs
    return ran.stdout


def _write(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
        written.write(text)
