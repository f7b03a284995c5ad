"""The exported folder is verified by a program that shares nothing with the register, and both judge alike."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gdpr.access_log import StoredEntry, encode
from gdpr.checkpoint import verifier_key
from gdpr.log_check import Verdict, verify
from gdpr.ports import Tampered
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.log_export import write_folder
from tests.access_log_examples import (
    NOVEMBER,
    PUBLIC_KEY,
    REALM,
    LogInMemory,
    SetClock,
    an_entry,
    make_tables,
    sign_as_another,
    sql_log,
    verify_signature,
)
from tests.postgres import Backend

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_log.py"


@contextmanager
def a_log(url: str) -> Iterator[SqlAccessLog]:
    """Entries 1 to 4 in November, a link (5), 6 to 9, a checkpoint, and 10; the first two private halves have ended."""
    database, clock = Database(url), SetClock()
    make_tables(database)
    log = sql_log(database, clock)
    log.write([an_entry(number, purpose="læse notens del") for number in range(4)])
    clock.moment = datetime(2026, 12, 1, tzinfo=UTC)
    log.write([an_entry(number) for number in range(4, 8)])
    log.checkpoint()
    log.write([an_entry(8)])
    log.end_private_halves(NOVEMBER.replace(second=2))
    yield log
    database.close()


@pytest.fixture
def log(backend: Backend) -> Iterator[SqlAccessLog]:
    with a_log(backend.new_database()) as log:
        yield log


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Once it is written, nothing depends on where it came from."""
    with a_log(f"sqlite:///{tmp_path / 'log.db'}") as log:
        log.export(tmp_path / "export")
    return tmp_path / "export"


def verifier(folder: Path, *more: str | Path) -> tuple[int, str]:
    """Run as an officer would: a copy of the one file, elsewhere, isolated from the register and its folders."""
    copy = shutil.copy(VERIFIER, folder.parent / "verify_log.py")
    ran = subprocess.run(
        [sys.executable, "-I", copy, folder, *more], capture_output=True, text=True, cwd=folder.parent, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def verdict_of(folder: Path) -> Verdict:
    """What the register itself thinks of the folder."""
    notes = [file.read_text("utf-8") for file in sorted(folder.glob("*/checkpoints/*.txt"))]
    return verify(_read(folder), notes, verify_signature, realm=REALM, public_key=PUBLIC_KEY)


def _read(folder: Path) -> Iterator[StoredEntry]:
    for file in sorted(folder.glob("*/entries.jsonl")):
        for line in map(json.loads, file.read_text("utf-8").splitlines()):
            yield StoredEntry(
                line["seq"],
                line["tree"],
                line["public"].encode("utf-8", "surrogateescape"),
                line["private"] and line["private"].encode("utf-8", "surrogateescape"),
                line["salt"] and b64decode(line["salt"]),
                b64decode(line["private_digest"]),
                b64decode(line["leaf"]),
            )


def test_the_verifier_finds_an_honest_folder_whole_in_plain_words(folder: Path) -> None:
    assert verifier(folder) == (
        0,
        "WHOLE: 10 entries and 2 checkpoints of red-barnet/audit are as written.\n"
        "The last 1 entries stand under no checkpoint yet.\n"
        "2 entries no longer say whom they were about; the newest is of 2026-11-03T17:30:01.123Z.\n"
        "CLOCK: entry 6 says an earlier time than the one before it; the clock was set back (1 times in all)."
        " The order of the entries is their numbers'.\n",
    )


def test_the_folder_holds_the_very_bytes_and_the_verifier_needs_none_of_our_code(
    log: SqlAccessLog, tmp_path: Path
) -> None:
    log.export(tmp_path / "export")
    assert list(_read(tmp_path / "export")) == list(log.entries())
    assert verifier(tmp_path / "export")[0] == 0
    imported = set(re.findall(r"^(?:from|import) (\w+)", VERIFIER.read_text("utf-8"), re.MULTILINE))
    assert imported - {"cryptography"} <= sys.stdlib_module_names


def test_the_folder_is_its_owners_alone_and_says_what_it_is(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(folder)) for path in files) == [
        "2026-11/checkpoints/4.txt",
        "2026-11/entries.jsonl",
        "2026-12/checkpoints/5.txt",
        "2026-12/entries.jsonl",
        "README.txt",
        "policy.txt",
        "verify.key",
    ]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*")) if path.is_dir()} == {0o700}
    assert "verify_log.py" in (folder / "README.txt").read_text("utf-8")
    assert (folder / "verify.key").read_text("utf-8") == verifier_key(f"{REALM}/audit", PUBLIC_KEY) + "\n"


def test_a_folder_that_holds_something_is_left_alone(log: SqlAccessLog, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(FileExistsError):
        log.export(tmp_path)
    assert (tmp_path / "mine").read_text() == "kept"


def test_a_month_that_is_none_leads_nowhere(tmp_path: Path) -> None:
    memory = LogInMemory()
    memory.write(1, "../../elsewhere")
    with pytest.raises(Tampered):
        write_folder(
            tmp_path / "export", key_name="a", verifier_key="b", policy="", checkpoints=[], entries=memory.entries
        )


def edit(file: str, number: int, change: Callable[[dict[str, object]], None]) -> Callable[[Path], None]:
    """Change one exported entry."""

    def do(folder: Path) -> None:
        lines = (folder / file).read_text("utf-8").splitlines()
        entry = json.loads(lines[number])
        change(entry)
        lines[number] = json.dumps(entry)
        (folder / file).write_text("\n".join(lines) + "\n", "utf-8")

    return do


def relist(file: str, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Change which entries there are."""

    def do(folder: Path) -> None:
        lines = (folder / file).read_text("utf-8").splitlines()
        (folder / file).write_text("\n".join([*change(lines), ""]), "utf-8")

    return do


def replaced(name: str, old: str, new: str) -> Callable[[dict[str, object]], None]:
    def change(entry: dict[str, object]) -> None:
        assert old in str(entry[name])
        entry[name] = str(entry[name]).replace(old, new, 1)

    return change


def rewrite_checkpoint(folder: Path) -> None:
    """A checkpoint over what is there, by somebody without the log's key."""
    memory = LogInMemory(entries=[entry for entry in _read(folder) if entry.tree == "2026-12"])
    (folder / "2026-12" / "checkpoints" / "6.txt").write_text(memory.sign(sign=sign_as_another), "utf-8")


NOVEMBER_FILE, DECEMBER_FILE = "2026-11/entries.jsonl", "2026-12/entries.jsonl"
ZEROS = b64encode(bytes(32)).decode()

DAMAGE: dict[str, tuple[Callable[[Path], None], int | None]] = {
    "public half": (edit(NOVEMBER_FILE, 2, replaced("public", "leader", "family")), 3),
    "public half that is no JSON": (edit(NOVEMBER_FILE, 2, replaced("public", "{", "(")), 3),
    "public half with a byte that is no text": (edit(NOVEMBER_FILE, 2, replaced("public", "leader", "l\udcffader")), 3),
    "private half": (edit(NOVEMBER_FILE, 3, replaced("private", "0001", "0009")), 4),
    "salt": (edit(NOVEMBER_FILE, 3, lambda entry: entry.update(salt=ZEROS)), 4),
    "half of a private half": (edit(NOVEMBER_FILE, 3, lambda entry: entry.update(salt=None)), 4),
    "digest of an ended half": (edit(NOVEMBER_FILE, 0, lambda entry: entry.update(private_digest=ZEROS)), 1),
    "digest": (edit(NOVEMBER_FILE, 3, lambda entry: entry.update(private_digest=ZEROS)), 4),
    "leaf": (edit(DECEMBER_FILE, 1, lambda entry: entry.update(leaf=ZEROS)), 6),
    "number": (edit(DECEMBER_FILE, 1, lambda entry: entry.update(seq=7)), 6),
    "month": (edit(DECEMBER_FILE, 1, lambda entry: entry.update(tree="2026-11")), 6),
    "missing entry": (relist(DECEMBER_FILE, lambda lines: lines[:2] + lines[3:]), 7),
    "doubled entry": (relist(DECEMBER_FILE, lambda lines: [*lines[:3], lines[2], *lines[3:]]), 7),
    "entries the wrong way round": (relist(DECEMBER_FILE, lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]), 6),
    "missing beginning": (relist(NOVEMBER_FILE, lambda lines: lines[1:]), 1),
    "missing end": (relist(DECEMBER_FILE, lambda lines: lines[:3]), 8),
    "missing link": (relist(DECEMBER_FILE, lambda lines: lines[1:]), 5),
    "missing last month": (lambda folder: (folder / DECEMBER_FILE).unlink(), 5),
    "missing first month but for its end": (relist(NOVEMBER_FILE, lambda lines: lines[-1:]), 1),
    "forged checkpoint": (rewrite_checkpoint, 10),
    "no checkpoint": (lambda folder: (folder / "2026-11/checkpoints/4.txt").write_text("nothing") and None, None),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_verifier_and_the_register_name_the_same_entry(folder: Path, damage: str) -> None:
    do, seq = DAMAGE[damage]
    do(folder)
    broken = verdict_of(folder).first_broken
    assert broken is not None
    assert broken.seq == seq
    status, words = verifier(folder)
    assert status == 1
    assert words.startswith("BROKEN: " if seq is None else f"BROKEN: First broken entry: {seq}. ")
    assert broken.words.lower() in words.lower()


def test_a_rewritten_entry_with_a_fitting_leaf_is_found_by_both(tmp_path: Path) -> None:
    memory = LogInMemory()
    memory.write(3)
    memory.sign()
    memory.write(3)
    memory.sign()
    memory.entries[4] = encode(an_entry(5, role="family"), 5, "2026-11", bytes(32))
    checkpoints = [("2026-11", size, note) for size, note in zip((3, 6), memory.notes, strict=True)]
    write_folder(
        tmp_path / "export",
        key_name=f"{REALM}/audit",
        verifier_key=verifier_key(f"{REALM}/audit", PUBLIC_KEY),
        policy="quorum none\n",
        checkpoints=checkpoints,
        entries=memory.entries,
    )
    broken = verdict_of(tmp_path / "export").first_broken
    assert broken is not None
    assert broken.seq == 4
    assert verifier(tmp_path / "export") == (1, f"BROKEN: First broken entry: 4. {broken.words.capitalize()}.\n")


def test_a_whole_month_may_have_been_dropped(folder: Path) -> None:
    (folder / NOVEMBER_FILE).unlink()
    assert verdict_of(folder).ok
    assert verifier(folder)[0] == 0


def test_a_checkpoint_kept_elsewhere_catches_what_the_folder_hides(folder: Path, tmp_path: Path) -> None:
    kept = Path(shutil.move(folder / "2026-12" / "checkpoints" / "5.txt", tmp_path / "kept.txt"))
    relist(DECEMBER_FILE, lambda lines: lines[:3])(folder)
    assert verifier(folder)[0] == 0
    assert verifier(folder, "--checkpoint", kept)[0] == 1


def test_a_folder_signed_by_somebody_else_is_caught_by_the_key_that_came_another_way(
    folder: Path, tmp_path: Path
) -> None:
    right = Path(shutil.move(folder / "verify.key", tmp_path / "verify.key"))
    (folder / "verify.key").write_text(verifier_key(f"{REALM}/audit", bytes(32)))
    assert verifier(folder)[0] == 1
    assert verifier(folder, "--key", right)[0] == 0


@pytest.mark.parametrize("key", [None, "", "no key", "red-barnet/audit+00000000+AQ=="])
def test_without_a_key_nothing_is_checked_and_it_says_so(folder: Path, key: str | None) -> None:
    (folder / "verify.key").unlink()
    if key is not None:
        (folder / "verify.key").write_text(key)
    status, words = verifier(folder)
    assert status == 1
    assert words.startswith("NOTHING CHECKED")


def test_a_folder_without_entries_is_not_called_whole(folder: Path) -> None:
    for month in ("2026-11", "2026-12"):
        shutil.rmtree(folder / month)
    status, words = verifier(folder)
    assert status == 1
    assert words.startswith("NOTHING CHECKED")
