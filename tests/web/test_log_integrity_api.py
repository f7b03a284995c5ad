"""What an officer is told of the log itself over HTTP: whether it and the stored events are whole, and one entry's proof."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.officer.log_integrity import Growth, LastVerification, Proof, Verification
from application.desk import Asker
from application.reading import log_growth, log_integrity
from domain.people import Role
from tests.access_log_examples import without_triggers
from tests.api_at_work import ApiAtWork, an_api_at_work
from tests.club_at_work import CLUB, COORDINATOR, LEADER, OFFICER
from tests.house import meddling
from tests.left_behind import left_behind

VERIFIER = Path(__file__).parents[2] / "tools" / "verify_log.py"


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


def test_an_officer_learns_whether_all_is_whole_and_takes_home_the_proof_of_one_entry(
    api: ApiAtWork, tmp_path: Path
) -> None:
    officer, desk = api.caller(OFFICER, CLUB, "officer"), api.club.desk()
    api.club.house.tend()
    whole = officer.get("log-verification").get_json()
    assert (whole["whole"], whole["first_broken"], whole["unwitnessed"]) == (True, None, None)
    assert (whole["events"]["whole"], whole["events"]["first_broken"]) == (True, None)
    assert whole["events"]["attested"] == api.club.house.realms[CLUB].register.head()

    # The proof is checked by a program that shares nothing with the register.
    proof = officer.get("log-proof?entry=1").get_json()
    assert proof["entry"]["private"] is None
    (tmp_path / "proof.json").write_text(json.dumps(proof))
    ran = subprocess.run([sys.executable, "-I", VERIFIER, "--proof", tmp_path / "proof.json"], capture_output=True)
    assert ran.stdout.startswith(b"PROVEN: entry 1 is number 1 of ")
    assert officer.get("log-proof?entry=1&whole=true").get_json()["entry"]["private"] is not None
    missing = officer.get("log-proof?entry=999999")
    assert (missing.status_code, missing.get_json()["code"]) == (404, "no_such_log_entry")
    for query, field in (("", "entry"), ("?entry=0", "entry"), ("?entry=x", "entry"), ("?entry=1&who=me", "who")):
        refused = officer.get(f"log-proof{query}")
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, field)
    assert api.caller(LEADER, CLUB, "leader").get("log-proof?entry=1").status_code == 404
    asker = Asker(OFFICER, Role.OFFICER, uuid4())
    assert left_behind(log_integrity.verification(asker, desk), Verification()) == set()
    assert left_behind(log_integrity.last_verification(asker, desk), LastVerification()) == set()
    assert left_behind(log_growth.growth(asker, desk), Growth()) == set()
    assert left_behind(log_integrity.proof(asker, desk, entry=1), Proof()) == set()
    assert len(desk.log.find(actor=OFFICER, action="officer")) >= 6, "each question was written down first"

    # Whoever can write rows changes a stored event beside the register.
    realm = api.club.house.realms[CLUB]
    without_triggers(realm.database, "events")
    with meddling(realm.settings.register) as connection:
        connection.exec_driver_sql("UPDATE events SET topic = topic || '.not' WHERE id = 2")
    broken = officer.get("log-verification").get_json()
    assert (broken["whole"], broken["first_broken"]) == (False, None)
    named = broken["events"]["first_broken"]
    assert (named["position"], named["flaw"]) == (2, "changed")


def test_how_a_verification_ended_is_in_the_log_for_whoever_asks_later(api: ApiAtWork) -> None:
    officer = api.caller(OFFICER, CLUB, "officer")
    assert officer.get("log-verification/last").get_json() == dict.fromkeys(("at", "by", "whole", "entries"))
    api.club.house.tend()
    verified = officer.get("log-verification").get_json()
    assert verified["unsigned"] == 1, "the question itself came after the signature"
    assert verified["signed_at"] is not None
    last = officer.get("log-verification/last").get_json()
    assert last == {"at": verified["at"], "by": str(OFFICER), "whole": True, "entries": verified["entries"]}


def test_the_log_grows_day_by_day_and_every_entry_is_counted_once(api: ApiAtWork) -> None:
    officer = api.caller(OFFICER, CLUB, "officer")
    api.caller(LEADER, CLUB, "leader").get(f"note-parts/{api.club.ids['trouble']}")
    api.caller(COORDINATOR, CLUB, "leader").get(f"note-parts/{api.club.ids['trouble']}")
    grown, written = officer.get("log-growth").get_json(), api.club.desk().log.find()
    (today,) = grown["days"]
    read = officer.get("readings?action=read").get_json()["lines"]
    assert (today["on"], today["opened"], today["refused"]) == ("2026-09-01", len(read), 1)
    assert today["size"] == grown["months"][-1]["size"] == len(written)
    assert sum(month["entries"] for month in grown["months"]) == len(written)
    august = officer.get("log-growth?month=2026-08").get_json()
    assert len(august["days"]) == 31
    assert august["days"][-1]["size"] == today["size"] - today["entries"]
    refused = officer.get("log-growth?month=2026-13")
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "month")


def test_readings_are_found_by_what_was_done(api: ApiAtWork) -> None:
    officer, part = api.caller(OFFICER, CLUB, "officer"), api.club.ids["trouble"]
    api.caller(LEADER, CLUB, "leader").get(f"note-parts/{part}")
    api.caller(COORDINATOR, CLUB, "leader").get(f"note-parts/{part}")
    for action, actors in (("read", {str(LEADER)}), ("refused", {str(COORDINATOR)}), ("print", set())):
        lines = officer.get(f"readings?part={part}&action={action}").get_json()["lines"]
        assert {line["actor"] for line in lines} == actors, action
    assert officer.get("readings?action=peek").get_json()["errors"][0]["field"] == "action"
