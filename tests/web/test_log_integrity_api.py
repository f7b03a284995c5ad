"""What an officer is told of the log itself over HTTP: whether it and the stored events are whole, and one entry's proof."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.officer.log_integrity import Proof, Verification
from application.desk import Asker
from application.reading import log_integrity
from domain.people import Role
from tests.access_log_examples import without_triggers
from tests.api_at_work import ApiAtWork, an_api_at_work
from tests.club_at_work import CLUB, LEADER, OFFICER
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
