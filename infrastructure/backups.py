"""Backups of a realm's SQLite databases as an operator makes them, and putting one back in the place of what was lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path


def back_up(databases: Iterable[Path], into: Path) -> None:
    """A consistent copy of each, also while others write (SQLite's online backup)."""
    into.mkdir(parents=True, exist_ok=True)
    for database in databases:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(into / database.name)) as copy:
            source.backup(copy)


def restore(database: Path, backup: Path) -> None:
    """The backup in the database's place, and nothing left of what was there. Nobody may have it open."""
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    shutil.copy(backup / database.name, database)
