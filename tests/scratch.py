"""Where tests keep their files: in memory if there is room for them, because a disk takes as long as all else they do.

Nothing is proven the less: a process that is killed leaves in memory what it would leave on a disk, and no test pulls the
plug. What `make bench` measures is measured on the disk.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 each file in it is made under a name of its own
ROOM = 2 << 30
"""Bytes. Two workers, each with a PostgreSQL server, need a quarter of it."""


def keep_files_in_memory() -> None:
    """From now on what this process and those it starts call temporary is in memory, unless a folder was given."""
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def has_room(folder: Path) -> bool:
    """Whether it is there to write in and to run programs from, and large enough."""
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    found = os.statvfs(folder)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= ROOM
