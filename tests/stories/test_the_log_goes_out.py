"""From the register to the witness and the court: what an operator types to have the log cosigned, proven and exported."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fhir.resources.R4B.auditevent import AuditEvent

from adapters.cli import cli
from adapters.wiring import SetClock, build, read
from application.reading import volunteer
from tests.house import CLUB, EARLY, TOWN
from tests.living import GIVEN_NAMES, a_story

TOOLS = Path(__file__).parents[2] / "tools"


def tillid(*said: str) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, said)
    return ran.exit_code, ran.output


def tool(name: str, *said: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-I", TOOLS / name, *said], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_the_log_is_witnessed_proven_exported_and_a_changed_event_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tillid("init", "--municipality", TOWN)[0] == 0
    status, key = tool("witness.py", "init", "officer.key", "--name", "dpo.example")
    assert status == 0
    settings = tmp_path / "tillid.toml"
    settings.write_text(settings.read_text() + f'\n[realms.{CLUB}.witnesses]\ndpo = "{key.strip()}"\n')
    house = build(read(settings), clock=SetClock(EARLY))
    life = a_story(house)
    volunteer.evening(life.asker("volunteer"), life.ids["course"], life.desk())
    house.tend()
    entries = house.realms[CLUB].log.last()
    house.close()

    # To the witness and back.
    assert tillid("audit", "checkpoint", "--out", "first", "--realm", CLUB)[0] == 0
    assert tool("witness.py", "cosign", "first", "--key", "officer.key", "--log", "first/verify.key")[0] == 0
    taken = tillid("audit", "witnessed", "first/cosigned-dpo.example.txt", "--realm", CLUB)
    assert (taken[0], "That is the quorum." in taken[1]) == (0, True)
    assert tillid("audit", "witnessed", "first/checkpoint.txt", "--realm", CLUB) == (
        1,
        "Error: file: The file is not a checkpoint of this log that one of the witnesses in the settings has cosigned.\n",
    )
    refused = tillid("audit", "checkpoint", "--out", "second", "--realm", CLUB, "--since", "999999")
    assert (refused[0], "does not reach as far" in refused[1]) == (1, True)

    # Offline, with the officer's own copy of the policy.
    assert tillid("audit", "export", "export", "--realm", CLUB)[0] == 0
    whole = tool("verify_log.py", "export", "--policy", "export/policy.txt")
    assert (whole[0], f"WITNESSED up to entry {entries} by dpo" in whole[1]) == (0, True)
    assert tillid("audit", "export", "export", "--realm", CLUB) == (1, "Error: export holds something already.\n")

    # One entry for somebody who has nothing else.
    proven = tillid("audit", "prove", "--entry", "3", "--whole", "three.json", "--realm", CLUB)
    assert proven == (0, f"Entry 3 of {CLUB} is proven by three.json.\n")
    status, said = tool("verify_log.py", "--proof", "three.json", "--key", "export/verify.key")
    assert (status, said.startswith("PROVEN: entry 3 is number 3 of ")) == (0, True)
    missing = tillid("audit", "prove", "--entry", "999999", "none.json", "--realm", CLUB)
    assert (missing[0], "no entry with that number" in missing[1]) == (1, True)

    # In other people's forms, and never a name.
    assert tillid("audit", "export", "--fhir", "log.ndjson", "--realm", CLUB)[0] == 0
    assert tillid("audit", "export", "--csv", "log.csv", "--realm", CLUB)[0] == 0
    fhir, table = Path("log.ndjson").read_text("utf-8"), Path("log.csv").read_text("utf-8")
    for line in fhir.splitlines()[::10]:
        AuditEvent.model_validate_json(line)
    assert {"PatientRead", "AuthZconsent"} <= set(re.findall(r"IHE\.BasicAudit\.(\w+)", fhir))
    assert len(list(csv.DictReader(table.splitlines()))) > 10
    written = fhir + table + Path("three.json").read_text()
    assert not [name for name in GIVEN_NAMES.values() if name in written]

    # Whoever can write rows can no longer change a date unseen.
    verified = tillid("audit", "verify", "--realm", CLUB)
    assert verified[0] == 0
    assert re.search(r"whole: \d+ stored events are as the log attests them", verified[1])
    with closing(sqlite3.connect(tmp_path / "data" / CLUB / "register.sqlite")) as register, register:
        for (name,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            register.execute(f'DROP TRIGGER "{name}"')
        (state,) = register.execute("SELECT state FROM events WHERE id = 4").fetchone()
        register.execute("UPDATE events SET state = ? WHERE id = 4", (bytes([*state[:-1], state[-1] ^ 1]),))
    status, said = tillid("audit", "verify", "--realm", CLUB)
    assert status == 1
    assert re.search(
        r"BROKEN: event 4 of the stream [0-9a-f-]{36} was changed after entry \d+ of the log attested it", said
    )
    assert json.loads(Path("three.json").read_text())["entry"]["seq"] == 3
