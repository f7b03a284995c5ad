"""The officer's register of breaches over the API: the clock, what is missing, and refusals in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from adapters.officer.breaches import BreachShown, as_chosen
from adapters.officer.records import RecordShown
from application import records
from application.desk import Asker
from application.organisations import AssignRole
from application.reading import breaches
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, LEADER, OFFICER, STARTED, TOWN
from tests.left_behind import left_behind


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    api.club.does(OFFICER, Role.ADMINISTRATOR, AssignRole(actor=OFFICER, role=Role.OFFICER, since=STARTED), TOWN)
    yield api
    api.club.house.close()


@pytest.fixture
def officer(api: ApiAtWork) -> Caller:
    return api.caller(OFFICER, CLUB, "officer")


def hours_ago(api: ApiAtWork, hours: float) -> str:
    return (api.club.house.clock.now() - timedelta(hours=hours)).isoformat()


def noticed(api: ApiAtWork, officer: Caller, hours: float, **said: Any) -> Any:
    body = {"what": "En mappe blev glemt i bussen", "natures": ["confidentiality"], "aware_at": hours_ago(api, hours)}
    return officer.post("breaches", body | said)


def test_a_breach_is_noticed_described_judged_reported_told_and_closed(api: ApiAtWork, officer: Caller) -> None:
    made = noticed(api, officer, 10)
    assert made.status_code == 201
    path = f"breaches/{made.get_json()['breach_id']}"
    before = officer.get(path).get_json()
    assert (before["reporting"], before["overdue"], before["hours_left"]) == ("waiting", False, 62)
    assert before["missing"] == ["affected", "compartments", "consequences", "measures", "risk"]

    known = {"affected": ["children", "parents"], "compartments": ["roster"], "persons": 3, "records": 5}
    words = {"consequences": "Navne kan læses", "measures": "Mappen er fundet", "contact": "Rådgiveren"}
    assert officer.post(f"{path}/description", known).status_code == 200
    assert officer.post(f"{path}/description", words).status_code == 200
    assert officer.post(f"{path}/risk", {"risk": "high", "reason": "Børnenes navne"}).status_code == 200
    unfinished = officer.post(f"{path}/closing")
    assert (unfinished.status_code, unfinished.get_json(force=True)["errors"][0]["field"]) == (409, "/reported_at")
    assert officer.post(f"{path}/reports", {"reported_at": hours_ago(api, 2)}).status_code == 201
    assert officer.post(f"{path}/reports", {"reported_at": hours_ago(api, 1)}).status_code == 201
    told = {"way": "each_person", "on": api.club.house.clock.today().isoformat(), "persons": 3}
    assert officer.post(f"{path}/persons-told", told).status_code == 200
    assert officer.post(f"{path}/closing").status_code == 200

    line = officer.get(path).get_json()
    said = known | words | {"risk": "high", "risk_reason": "Børnenes navne", "missing": []}
    assert {name: line[name] for name in said} == said
    assert [(each["number"], each["late"]) for each in line["reports"]] == [(1, False), (2, False)]
    assert (line["reporting"], line["told_way"], line["hours_left"]) == ("reported", "each_person", None)
    again = officer.post(f"{path}/risk", {"risk": "unlikely", "reason": "Alligevel ikke"})
    assert (again.status_code, again.get_json(force=True)["code"]) == (409, "breach_closed")


def test_after_the_hours_it_is_overdue_and_a_late_report_says_why(api: ApiAtWork, officer: Caller) -> None:
    path = f"breaches/{noticed(api, officer, 73).get_json()['breach_id']}"
    assert officer.get(path).get_json().items() >= {"overdue": True, "hours_left": -1}.items()
    without = officer.post(f"{path}/reports", {"reported_at": hours_ago(api, 0)})
    assert (without.status_code, without.get_json(force=True)["code"]) == (409, "late_without_reason")
    late = {"reported_at": hours_ago(api, 0), "late_because": "Vi ledte først"}
    assert officer.post(f"{path}/reports", late).status_code == 201
    line = officer.get(path).get_json()
    assert (line["reporting"], line["reports"][0]["late_because"]) == ("reported_late", "Vi ledte først")


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"began_at": "2026-09-01T10:00:00+02:00", "ended_at": "2026-09-01T09:00:00+02:00"}, "/ended_at",
         "breach_times_implausible"),
        ({"aware_at": "2030-01-01T10:00:00+01:00"}, "/aware_at", "date_in_future"),
        ({"aware_at": "2026-09-01T10:00:00"}, "/aware_at", "input_invalid"),
        ({"natures": []}, "/natures", "nothing_said"),
        ({"natures": ["theft"]}, "/natures/0", "input_invalid"),
        ({"what": "Til 010190-1234"}, "/what", "cpr_number_in_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(
    api: ApiAtWork, officer: Caller, said: dict[str, Any], field: str, code: str
) -> None:
    refused = noticed(api, officer, 1, **said)
    body = refused.get_json(force=True)
    assert (refused.status_code, body["code"], body["errors"][0]["field"]) == (422, code, field)
    assert "010190" not in refused.text


def test_each_realm_has_a_register_of_its_own_and_nobody_else_reads_it(api: ApiAtWork, officer: Caller) -> None:
    made = noticed(api, officer, 5).get_json()["breach_id"]
    assert api.caller(OFFICER, TOWN, "officer").get("breaches").get_json() == []
    assert api.caller(OFFICER, TOWN, "officer").get(f"breaches/{made}").status_code == 404
    assert api.caller(LEADER, CLUB, "officer").get("breaches").status_code == 403
    assert api.club.house.realms[CLUB].log.find(actor=LEADER, compartment="breach", allowed=False)
    assert api.club.house.realms[CLUB].log.find(actor=OFFICER, compartment="breach", action="officer")


def test_the_records_are_there_to_read_and_to_print(api: ApiAtWork, officer: Caller) -> None:
    made = officer.get("records/art30").get_json()
    assert (made["realm"], made["format"]) == (CLUB, "tillid/art30/v1")
    asker, desk = Asker(OFFICER, Role.OFFICER, uuid4()), api.club.desk()
    assert left_behind(records.art30(asker, desk), RecordShown()) == set()
    assert left_behind([as_chosen(line) for line in breaches.breaches(asker, desk)], BreachShown(many=True)) == set()
    for page in ("records/art30.pdf", "breaches.pdf", "breaches.pdf?language=en"):
        assert officer.get(page).data[:5] == b"%PDF-"
    assert officer.get("breaches.pdf?language=tlh").status_code == 422
    assert api.caller(LEADER, CLUB, "officer").get("records/art30").status_code == 403
