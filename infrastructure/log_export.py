"""Writes an access log into a folder that anybody can verify without the register, the network or us."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from gdpr.access_log import StoredEntry
from gdpr.log_proof import exported
from gdpr.ports import Tampered

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)

README = """\
Adgangslog / Access log: {origin}

Mappen viser, hvem der har åbnet hvad i registret, hvornår og hvorfor. Den indeholder ingen oplysninger fra sagerne.
    python3 verify_log.py DENNE-MAPPE
siger, om loggen er hel, og navngiver ellers den første linje, der er ændret, fjernet eller tilføjet. Sammenlign
verify.key med den nøgle, du fik på en anden vej, og giv kontrolpunkter, du selv har gemt, med --checkpoint.

This folder shows who opened what in the register, when and why. It holds nothing of the cases' contents.
    python3 verify_log.py THIS-FOLDER
says whether the log is whole, and otherwise names the first entry that was altered, removed or added. Compare
verify.key with the key that reached you by another way, and pass checkpoints that you kept yourself with --checkpoint.

    verify.key                  the public key of the log (C2SP vkey)
    policy.txt                  which witnesses the log has, and how many of them must have cosigned (C2SP tlog-policy)
    YYYY-MM/entries.jsonl       one entry a line: public half, private half and salt (null once ended), digest, leaf
    YYYY-MM/checkpoints/N.txt   what was signed, and by whom cosigned, when the month had N entries (C2SP tlog-checkpoint)
"""


def write_folder(
    folder: Path,
    *,
    key_name: str,
    verifier_key: str,
    policy: str,
    checkpoints: Iterable[tuple[str, int, str]],
    entries: Iterable[StoredEntry],
) -> None:
    """Make the folder, readable by its owner alone. Raises FileExistsError when it holds something already, and
    Tampered when a month's name is none: nothing is written outside the folder.

    `checkpoints` are (tree, size, note); `entries` come in stored order.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError("the folder for the access log is not empty")
    _write(folder / "README.txt", README.format(origin=key_name))
    _write(folder / "verify.key", verifier_key + "\n")
    _write(folder / "policy.txt", policy)
    for tree, size, note in checkpoints:
        kept_in = _folder_of(folder, tree) / "checkpoints"
        kept_in.mkdir(mode=0o700, exist_ok=True)
        _write(kept_in / f"{size}.txt", note)
    with ExitStack() as open_files:
        files: dict[str, TextIO] = {}
        for entry in entries:
            if entry.tree not in files:
                files[entry.tree] = open_files.enter_context(_new(_folder_of(folder, entry.tree) / "entries.jsonl"))
            files[entry.tree].write(_line(entry))


def _line(entry: StoredEntry) -> str:
    return json.dumps(exported(entry), separators=(",", ":")) + "\n"


def _folder_of(folder: Path, tree: str) -> Path:
    if not _MONTH.fullmatch(tree):
        raise Tampered("an entry or checkpoint of the access log names no month")
    month = folder / tree
    month.mkdir(mode=0o700, exist_ok=True)
    return month


def _new(path: Path) -> TextIO:
    return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n")


def _write(path: Path, text: str) -> None:
    with _new(path) as file:
        file.write(text)
