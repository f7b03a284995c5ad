"""Retention over HTTP: what would go, what went, and a hold from its placing to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.officer.retention import ClockLine, HoldShown, Preview, Report, RunReceiptShown
from application.desk import Asker
from application.reading import retention as reading
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, LEADER, OFFICER, TROUBLE
from tests.left_behind import left_behind

LAST_EVENING = "2026-12-01"


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


@pytest.fixture
def officer(api: ApiAtWork) -> Caller:
    return api.caller(OFFICER, CLUB, "officer")


def test_a_hold_from_its_placing_to_the_run_that_lets_go_what_it_kept(api: ApiAtWork, officer: Caller) -> None:
    mother = str(api.club.ids["mother"])
    wanted = {"subject": mother, "compartments": ["note"], "ground": "legal_claim", "reason": "Sag ved retten"}
    for wrong, status, code, field in (
        (wanted, 422, "input_invalid", "review_on"),
        (wanted | {"review_on": "2026-08-01"}, 422, "hold_review_missing", "review_on"),
        (wanted | {"review_on": "2028-08-01"}, 422, "hold_review_missing", "review_on"),
        (
            wanted | {"review_on": "2027-03-01", "compartments": ["shared_note"]},
            409,
            "hold_cannot_keep",
            "compartments",
        ),
        (
            wanted | {"review_on": "2027-03-01", "compartments": ["case_file"]},
            404,
            "unknown_compartment",
            "compartments",
        ),
        (wanted | {"review_on": "2027-03-01", "subject": str(uuid4())}, 404, "unknown_person", "subject"),
    ):
        refused = officer.post("holds", wrong)
        said = refused.get_json()
        assert refused.status_code == status, said
        assert said["code"] == code, said
        if status == 422:
            assert [error["field"] for error in said["errors"]] == [f"/{field}"]
        assert "retten" not in refused.get_data(as_text=True)
    placed = officer.post("holds", wanted | {"review_on": "2027-03-01"})
    assert placed.status_code == 201, placed.get_json()
    hold = placed.get_json()["hold_id"]

    # On the day, all notes but hers would go, and go.
    would = officer.get("retention/preview?on=2026-12-15").get_json()
    assert {line["clock"] for line in would["goes"]} == {"note"}
    assert {line["subject"] for line in would["kept_back"]} == {mother}
    assert officer.get("retention/preview?on=2026-12-14").get_json()["goes"] == []
    api.club.clock.set(datetime(2026, 12, 15, 9, tzinfo=UTC))
    gone = officer.post("retention/runs").get_json()
    assert len(gone["receipts"]) == 1
    assert officer.post("retention/runs").get_json()["receipts"] == []
    report = officer.get("retention/report").get_json()
    [run] = report["runs"]
    assert officer.get(f"retention/runs/{run['run_id']}/receipt").get_json() == gone["receipts"][0]
    assert [(line["hold_id"], line["letter"], line["overdue"]) for line in report["holds"]] == [
        (hold, "GDPR Art. 17(3)(e)", False)
    ]
    assert TROUBLE not in str(would) + str(gone) + str(report)

    # Reviewed, read, lifted, gone.
    assert officer.put(f"holds/{hold}/review", {"review_on": "2027-06-01"}).status_code == 200
    assert officer.get(f"holds/{hold}").get_json()["reason"] == "Sag ved retten"
    assert officer.post(f"holds/{hold}/lifting").status_code == 200
    assert officer.put(f"holds/{hold}/review", {"review_on": "2027-07-01"}).get_json()["code"] == "hold_is_lifted"
    assert len(officer.post("retention/runs").get_json()["receipts"]) == 1
    assert officer.get(f"holds/{uuid4()}").get_json()["code"] == "unknown_hold"
    assert officer.get(f"retention/runs/{uuid4()}/receipt").get_json()["code"] == "unknown_run"
    assert api.caller(LEADER, CLUB, "officer").get("retention/report").status_code == 403

    # Nothing an officer is told is left behind on its way out.
    asker, desk = Asker(OFFICER, Role.OFFICER, uuid4()), api.club.desk()
    assert left_behind(reading.report(asker, desk), Report()) == set()
    assert left_behind(reading.preview(asker, desk), Preview()) == set()
    assert left_behind(reading.clocks(asker, desk), ClockLine(many=True)) == set()
    assert left_behind(reading.hold(asker, UUID(hold), desk), HoldShown()) == set()
    assert left_behind(reading.run_receipt(asker, UUID(run["run_id"]), desk), RunReceiptShown()) == set()


def test_the_clocks_say_how_long_why_and_who_answers_for_it(officer: Caller) -> None:
    clocks = {line["clock"]: line for line in officer.get("retention/clocks").get_json()}

    assert clocks["note"]["kept"] == "14 days after the last evening of the course"
    assert all(line["reason"] and line["owner"] for line in clocks.values())
    assert "case" not in clocks
