"""What an operator types, on real files: what it does, what it says, and with which status it ends."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.cli import VERSION
from adapters.wiring import SetClock, build, read
from application import consent_receipts
from tests.house import CLUB, EARLY, TOWN
from tests.living import STEM, Life, a_story
from tests.typed import tillid

CHECKOUT = Path(__file__).parents[2]


def in_a_process(folder: Path, *said: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder as an operator does, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "adapters.cli", *said], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a register that was just made."""
    made = tillid(tmp_path, "init", "--municipality", TOWN)
    assert made.returncode == 0, made.stderr
    return tmp_path


@pytest.fixture
def life(folder: Path) -> Iterator[Life]:
    """A story lived in the folder's register."""
    house = build(read(folder / "tillid.toml"), clock=SetClock(EARLY))
    yield a_story(house)
    house.close()


def test_a_new_register_is_healthy_and_making_it_again_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.parent.name == TOWN and path.is_file()}
    assert in_a_process(folder, "init").returncode == 0
    assert {path: path.read_bytes() for path in before if path.suffix == ""} == {
        path: content for path, content in before.items() if path.suffix == ""
    }
    healthy = in_a_process(folder, "doctor")
    assert healthy.returncode == 0, healthy.stdout
    assert "wraps and unwraps for every compartment" in healthy.stdout


def test_the_doctor_says_no_to_a_key_folder_that_others_may_read(folder: Path) -> None:
    (folder / "data" / TOWN / "kek").chmod(0o755)
    sick = tillid(folder, "doctor")
    assert sick.returncode == 1
    assert f"{TOWN}: key store" in sick.stdout


def test_production_is_refused_with_a_key_file_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "tillid.toml").write_text('production = true\n[realms.red-barnet]\nkind = "red_barnet"\n')
    refused = in_a_process(tmp_path, "init")
    assert refused.returncode == 1
    assert "KeyFileRefused" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "red-barnet").exists()


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("", "realms"),
        ('[realms.red-barnet]\nkind = "abbey"', "kind"),
        ('[realms.red-barnet]\nkind = "red_barnet"\npassword = "hunter2"', "password"),
        ('[realms.red-barnet]\nkind = "red_barnet"\nregister = "sqlite:///a"\nkeys = "sqlite:///a"', "keys"),
        ('opens = ["everything"]\n[realms.red-barnet]\nkind = "red_barnet"', "opens"),
        ('[limits]\nmercy = 3\n[realms.red-barnet]\nkind = "red_barnet"', "lead_time_days"),
        ('[realms.red-barnet]\nkind = "red_barnet"\ncontroller = {contact = "a@example.org"}', "controller"),
        ("realms = [", "TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(tmp_path: Path, written: str, named: str) -> None:
    (tmp_path / "tillid.toml").write_text(written)
    refused = tillid(tmp_path, "doctor")
    assert refused.returncode == 1
    assert named in refused.stderr
    assert "hunter2" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_views_are_rebuilt_to_the_same_rows(folder: Path, life: Life) -> None:
    realm = life.house.realms[CLUB]
    before = realm.digests()
    rebuilt = tillid(folder, "views", "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert f"{CLUB}: the views follow all {realm.register.head()} events." in rebuilt.stdout
    assert realm.digests() == before


def test_the_log_is_verified_and_one_flipped_byte_is_found_and_named(folder: Path, life: Life) -> None:
    assert tillid(folder, "audit", "checkpoint").returncode == 0
    whole = tillid(folder, "audit", "verify")
    assert (whole.returncode, "whole" in whole.stdout) == (0, True)
    exported = tillid(folder, "audit", "export", "evidence", "--realm", CLUB)
    assert exported.returncode == 0, exported.stderr
    offline = [sys.executable, str(CHECKOUT / "tools" / "verify_log.py"), "evidence"]
    assert subprocess.run(offline, cwd=folder, capture_output=True).returncode == 0
    life.house.close()
    with sqlite3.connect(folder / "data" / CLUB / "log.sqlite") as connection:
        connection.execute("DROP TRIGGER IF EXISTS log_entries_keep_what_they_say")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        (public,) = connection.execute("SELECT public FROM log_entries WHERE seq = 5").fetchone()
        flipped = bytes([*public[:-3], public[-3] ^ 1, *public[-2:]])
        connection.execute("UPDATE log_entries SET public = ? WHERE seq = 5", (flipped,))
    broken = tillid(folder, "audit", "verify", "--realm", CLUB)
    assert broken.returncode == 1
    assert "BROKEN at entry 5" in broken.stdout


def test_it_says_its_version_and_refuses_a_realm_it_does_not_know(folder: Path) -> None:
    assert tillid(folder, "--version").stdout.strip() == f"Tillid {VERSION}"
    assert f'version = "{VERSION}"' in (CHECKOUT / "pyproject.toml").read_text()
    refused = tillid(folder, "views", "rebuild", "--realm", "nowhere")
    assert refused.returncode == 2
    assert "no such realm" in refused.stderr


def test_a_receipt_is_verified_beside_the_register_and_anywhere_with_its_key(folder: Path, life: Life) -> None:
    issued = consent_receipts.receipt(life.asker("mother"), life.ids["consent to presentation"], life.desk(CLUB))
    kept, altered, key = folder / "receipt.json", folder / "altered.json", folder / "verify.key"
    kept.write_text(issued["document"], "utf-8")
    altered.write_text(issued["document"].replace("dpv:ConsentGiven", "dpv:ConsentRefused"), "utf-8")

    found = tillid(folder, "receipt", "verify", "receipt.json")
    assert (found.returncode, found.stdout) == (0, f"whole: a receipt of an answer to a consent, signed by {CLUB}.\n")
    wrong = tillid(folder, "receipt", "verify", "altered.json")
    assert (wrong.returncode, wrong.stdout.partition(":")[0]) == (1, "NOT WHOLE")
    assert tillid(folder, "receipt", "verify", "receipt.json", "--realm", TOWN).returncode == 1
    key.write_text(tillid(folder, "receipt", "key", "--realm", CLUB).stdout, "utf-8")
    script = [sys.executable, str(CHECKOUT / "tools" / "verify_receipt.py")]
    assert subprocess.run([*script, kept, key], capture_output=True).returncode == 0
    assert subprocess.run([*script, altered, key], capture_output=True).returncode == 1


def test_what_is_due_to_go_is_shown_let_go_and_accounted_for(life: Life, folder: Path) -> None:
    shown = tillid(folder, "retention", "preview", "--on", "2027-03-01", "--realm", CLUB)
    assert shown.returncode == 0, shown.stderr
    assert {"note", "attendance", "contact"} <= set(shown.stdout.split())
    assert STEM not in shown.stdout

    ran = tillid(folder, "retention", "run", "--receipts", "receipts")
    assert ran.returncode == 0, ran.stderr
    reported = tillid(folder, "retention", "report")
    assert (reported.returncode, STEM in reported.stdout) == (0, False), reported.stderr
    assert "0 overdue" in reported.stdout
    receipts = list((folder / "receipts").glob("*.json")) if (folder / "receipts").exists() else []
    assert len(receipts) == sum("receipt" in line for line in ran.stdout.splitlines())

    with (folder / "tillid.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[realms.{CLUB}.retention.note]\ndays = 30\nowner = "the secretariat"\n')
    refused = tillid(folder, "retention", "preview")
    assert (refused.returncode, f"realms.{CLUB}.retention.note.reason" in refused.stderr) == (1, True)


def test_the_wordings_that_come_along_are_read_through_and_published_once(folder: Path) -> None:
    shown = tillid(folder, "wordings", "show", "ar")
    assert shown.returncode == 0 and shown.stdout.count("## ") == 12
    assert "36 wordings published" in tillid(folder, "wordings", "publish").stdout
    assert "none is missing" in tillid(folder, "wordings", "publish").stdout
    assert tillid(folder, "wordings", "show", "tlh").returncode == 2
