"""What an officer and an operator type about breaches, records and roles, on real files and by the real clock."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.wiring import House, build, read
from application import breaches
from application.desk import Asker
from application.organisations import AssignRole
from application.perform import perform
from domain.people import Role
from gdpr.breach_facts import Nature
from tests.house import CLUB, TOWN
from tests.typed import tillid

OFFICER, SOMEBODY = uuid4(), uuid4()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register with an administrator, an officer and one breach."""
    folder = tmp_path_factory.mktemp("register")
    assert tillid(folder, "init", "--municipality", TOWN).returncode == 0
    house = build(read(folder / "tillid.toml"))
    today = house.clock.today()
    house.appoint_administrator(CLUB, SOMEBODY, today)
    perform(
        AssignRole(actor=OFFICER, role=Role.OFFICER, since=today), house.founder(), house.desk(CLUB), command_id=uuid4()
    )
    known = breaches.NoticeBreach(
        what="=HYPERLINK en telefon er væk", natures=(Nature.CONFIDENTIALITY, Nature.AVAILABILITY),
        aware_at=house.clock.now() - timedelta(hours=80),
    )  # fmt: skip
    perform(known, Asker(OFFICER, Role.OFFICER, uuid4()), house.desk(CLUB), command_id=uuid4())
    house.close()
    return folder


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    house = build(read(folder / "tillid.toml"))
    yield house
    house.close()


def test_the_register_of_breaches_goes_out_in_three_forms_and_only_to_an_officer(folder: Path) -> None:
    register = ("breach", "register", "--realm", CLUB, "--as", str(OFFICER))
    as_json = tillid(folder, *register)
    assert as_json.returncode == 0, as_json.said
    (line,) = json.loads(as_json.stdout)
    assert (line["reporting"], line["overdue"], line["natures"]) == (
        "overdue",
        True,
        ["availability", "confidentiality"],
    )
    (row,) = csv.DictReader(io.StringIO(tillid(folder, *register, "--format", "csv").said))
    assert row.keys() == line.keys()
    assert row["what"] == "'=HYPERLINK en telefon er væk", "no spreadsheet takes it for a formula"
    page = folder / "brud.pdf"
    assert tillid(folder, *register, "--format", "pdf", "--out", str(page)).returncode == 0
    assert page.read_bytes()[:5] == b"%PDF-"
    again = tillid(folder, *register, "--format", "pdf", "--out", str(page))
    assert (again.returncode, "brud.pdf cannot be written" in again.said) == (1, True)
    refused = tillid(folder, "breach", "register", "--realm", CLUB, "--as", str(SOMEBODY))
    assert (refused.returncode, "a role that you do not hold" in refused.said) == (1, True)


def test_the_reach_of_a_loss_is_asked_in_an_officers_name_and_is_in_the_log(folder: Path, house: House) -> None:
    radius = ("breach", "radius", "--realm", CLUB, "--as", str(OFFICER))
    found = tillid(
        folder,
        *radius,
        "--actor",
        str(SOMEBODY),
        "--since",
        "2026-01-01T00:00+01:00",
        "--until",
        "2026-01-02T00:00+01:00",
    )
    assert found.returncode == 0, found.said
    assert json.loads(found.stdout)["lines"] == []
    letters = tillid(folder, *radius, "--process", "register", "--format", "csv", "--letters")
    assert letters.said.splitlines()[0] == "to,about,compartments,was_read,addressed_by"
    asked = [entry for entry in house.desk(CLUB).log.find(actor=OFFICER) if SOMEBODY in entry.records]
    assert [entry.action for entry in asked] == ["officer"]
    for wrong, words in (
        ([], "Name what was lost"), (["--actor", str(SOMEBODY)], "from when on"), (["--key", "xyz"], "hexadecimal"),
        (["--actor", "nobody"], "UUID"), (["--actor", str(SOMEBODY), "--since", "yesterday"], "yesterday"),
    ):  # fmt: skip
        refused = tillid(folder, *radius, *wrong)
        assert refused.returncode != 0
        assert words in refused.said


def test_the_records_are_written_from_what_runs(folder: Path) -> None:
    record = tillid(folder, "records", "art30", "--realm", TOWN)
    assert json.loads(record.stdout)["realm"] == TOWN
    assert "do not say the controller's officer" in record.stderr
    annex = tillid(folder, "records", "dpia").said
    assert f"(`{CLUB}`)" in annex
    assert f"(`{TOWN}`)" in annex
    assert "Which tests prove which promise" in annex
    assert tillid(folder, "records", "art30", "--realm", "kommune-9999").returncode == 2


def test_the_only_administrators_role_is_confirmed_at_the_machine(folder: Path, house: House) -> None:
    listed = tillid(folder, "roles", "list", "--realm", CLUB).said
    (line,) = [line for line in listed.splitlines() if str(SOMEBODY) in line]
    state, _, role, _, assignment = line.split()[:5]
    assert (state, role) == ("held", "administrator")
    confirmed = tillid(
        folder, "roles", "confirm", "--realm", CLUB, "--actor", str(SOMEBODY), "--assignment", assignment
    )
    assert confirmed.returncode == 0, confirmed.said
    assert f"confirmed {house.clock.today()}" in tillid(folder, "roles", "list", "--realm", CLUB).said


def test_the_first_administrator_is_appointed_and_invited_at_the_machine(folder: Path, house: House) -> None:
    named = ("--given-name", "Astrid", "--family-name", "Agger")
    appointed = tillid(folder, "roles", "appoint", "--realm", TOWN, *named)
    assert appointed.returncode == 0, appointed.said
    found = re.search(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}) is the code of ([0-9a-f-]{36})", appointed.said)
    assert found is not None, appointed.said
    code, actor = found[1], UUID(found[2])
    assert "Astrid" not in appointed.said
    again = tillid(folder, "roles", "invite", "--realm", TOWN, "--actor", str(actor))
    assert again.returncode == 0
    assert code not in again.said
    nobody = tillid(folder, "roles", "invite", "--realm", TOWN, "--actor", str(SOMEBODY))
    assert nobody.returncode != 0


@pytest.mark.parametrize("figure", ["role_review_months", "release_hours"])
def test_no_setting_lets_every_role_lapse_on_its_first_day(folder: Path, figure: str, tmp_path: Path) -> None:
    begins, realm = "[realms.red-barnet]", (folder / "tillid.toml").read_text("utf-8")
    written = realm.replace(begins, f"[limits]\n{figure} = 0\n\n{begins}", 1)
    (tmp_path / "tillid.toml").write_text(written, "utf-8")
    refused = tillid(tmp_path, "records", "dpia")
    assert (refused.returncode, f"limits.{figure} is at least 1" in refused.said) == (1, True)
