"""What the pages look like is in the repository as it was taken, with its licences, and asks for nothing elsewhere."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "adapters" / "web" / "static"
TAKEN = ("dkfds", "plex-arabic")


def test_what_was_taken_is_unchanged_and_nothing_was_added() -> None:
    listed = dict(line.split("  ", 1)[::-1] for line in (STATIC / "SHA256SUMS").read_text().splitlines())
    files = (file for folder in TAKEN for file in (STATIC / folder).rglob("*") if file.is_file())
    there = {file.relative_to(STATIC).as_posix(): file for file in files}

    assert len(there) > 150
    assert set(listed) == set(there)
    for name, file in there.items():
        assert sha256(file.read_bytes()).hexdigest() == listed[name], name


@pytest.mark.parametrize(
    ("licence", "says"),
    [
        ("dkfds/LICENSE.md", "MIT license"),
        ("dkfds/fonts/IBMPlexSans/complete/woff2/license.txt", "SIL OPEN FONT LICENSE"),
        ("dkfds/img/LICENSE-APACHE-2.0.txt", "Apache License"),
        ("plex-arabic/LICENSE.txt", "SIL OPEN FONT LICENSE"),
    ],
)
def test_each_licence_lies_beside_what_it_is_for(licence: str, says: str) -> None:
    assert says in (STATIC / licence).read_text()


def test_no_logo_of_somebody_else_is_shown() -> None:
    assert [file.name for file in STATIC.rglob("*logo*")] == []


@pytest.mark.parametrize("sheet", sorted(STATIC.rglob("*.css")), ids=lambda sheet: sheet.name)
def test_a_style_sheet_asks_only_for_files_that_are_here(sheet: Path) -> None:
    named = [url.strip("\"'") for url in re.findall(r"url\(([^)]*)\)", sheet.read_text())]
    files = [url for url in named if not url.startswith("data:")]

    assert files
    assert [url for url in files if not (sheet.parent / url).is_file()] == []
    assert "@import" not in sheet.read_text()
