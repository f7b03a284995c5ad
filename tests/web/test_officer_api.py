"""What a data protection officer is shown and can send over HTTP: readings without contents, and requests to the end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.officer.checks import Alarms, Checks, DrawnAgain, DrawReport
from adapters.officer.log import LogPage, Refusals, UnusualNumbers, WithoutConsent
from adapters.officer.past import CouldBeSeen, SeenByARole
from adapters.officer.requests import OfficersRequest, PersonWithoutName
from adapters.rights import ReceiptShown, request_shown
from application import erasing
from application.desk import Asker
from application.reading import checks, log_questions, reconstruction
from application.reading import officer as reading
from application.reading import requests as cases
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, COORDINATOR, FIRST_EVENING, LEADER, MILK, OFFICER, TOWN, TROUBLE, VOLUNTEER
from tests.left_behind import left_behind


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path)
    yield made
    made.club.house.close()


@pytest.fixture
def officer(api: ApiAtWork) -> Caller:
    return api.caller(OFFICER, CLUB, "officer")


def _ask_for_erasure(officer: Caller, person: object) -> str:
    asked = officer.post("requests", {"right": "erasure", "subject": str(person), "asked_by": str(person)})
    assert asked.status_code == 201
    return str(asked.get_json()["request_id"])


def test_what_the_readings_answer_leaves_whole(api: ApiAtWork, officer: Caller) -> None:
    asker, desk, ids = Asker(OFFICER, Role.OFFICER, uuid4()), api.club.desk(), api.club.ids
    api.caller(VOLUNTEER, CLUB, "volunteer").get(f"courses/{ids['course']}/evening")
    assert left_behind(log_questions.readings(asker, desk), LogPage()) == set()
    assert left_behind(log_questions.refusals(asker, desk), Refusals()) == set()
    assert left_behind(log_questions.without_consent(asker, desk), WithoutConsent()) == set()
    assert left_behind(log_questions.unusual_numbers(asker, desk), UnusualNumbers()) == set()
    on: dict[str, Any] = {"role": Role.VOLUNTEER, "on": FIRST_EVENING.date()}
    could = reconstruction.what_could_be_seen(asker, desk, part=ids["practical"], **on)
    assert left_behind(could, CouldBeSeen()) == set()
    assert left_behind(reconstruction.what_a_role_could_see(asker, desk, **on), SeenByARole()) == set()
    assert left_behind(checks.checks(asker, desk), Checks()) == set()
    assert left_behind(reading.persons(asker, desk, family_id=ids["family"]), PersonWithoutName(many=True)) == set()
    asked = _ask_for_erasure(officer, ids["father"])
    request_id = cases.requests(asker, desk)[0]["request_id"]
    assert str(request_id) == asked
    assert left_behind(request_shown(cases.request(asker, request_id, desk)), OfficersRequest()) == set()
    officer.post(f"requests/{asked}/identity", {"how": "Mødt op"})
    assert left_behind(erasing.carry_out(asker, request_id, desk), ReceiptShown()) == set()


def test_who_read_a_part_is_told_with_the_vain_attempts_and_not_what_it_says(api: ApiAtWork, officer: Caller) -> None:
    part = api.club.ids["trouble"]
    api.caller(LEADER, CLUB, "leader").get(f"note-parts/{part}")
    api.caller(COORDINATOR, CLUB, "leader").get(f"note-parts/{part}")
    answer = officer.get(f"readings?part={part}")
    lines = answer.get_json()["lines"]
    assert {(line["actor"], line["allowed"]) for line in lines if line["action"] in ("read", "refused")} == {
        (str(LEADER), True), (str(COORDINATOR), False),
    }  # fmt: skip
    assert {"fields", "purpose", "consents", "rule", "at"} <= lines[0].keys()
    assert TROUBLE not in answer.get_data(as_text=True)
    again = officer.get(f"readings?part={part}&refused=true&since=2026-09-01T00:00:00Z").get_json()["lines"]
    assert {line["actor"] for line in again} == {str(COORDINATOR)}
    own = officer.get(f"readings?actor={OFFICER}").get_json()["lines"]
    assert any(str(part) in line["records"] and line["action"] == "officer" for line in own)


@pytest.mark.parametrize(
    ("query", "field"),
    [("refused=yes", "refused"), ("since=2026-09-01T00:00:00", "since"), ("name=Mette", "name"), ("part=1", "part")],
)
def test_a_question_that_cannot_be_read_is_refused_by_its_name(officer: Caller, query: str, field: str) -> None:
    refused = officer.get(f"readings?{query}")
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, field)
    assert "Mette" not in refused.get_data(as_text=True)


def test_what_could_be_seen_on_a_day(api: ApiAtWork, officer: Caller) -> None:
    shared, unshared = (
        officer.get(f"what-could-be-seen?part={api.club.ids[part]}&role=volunteer&on=2026-09-01").get_json()
        for part in ("practical", "trouble")
    )
    assert (shared["could_be_seen"], unshared["could_be_seen"]) == (True, False)
    assert [who["actor"] for who in shared["attached"]] == [str(VOLUNTEER)]


def test_a_random_check_from_its_announcement_to_its_report(api: ApiAtWork, officer: Caller) -> None:
    api.caller(VOLUNTEER, CLUB, "volunteer").get(f"courses/{api.club.ids['course']}/evening")
    backwards = officer.post("draws", {"since": "2026-09-02", "until": "2026-09-01"})
    assert (backwards.status_code, backwards.get_json()["code"]) == (422, "period_backwards")
    announced = officer.post("draws", {"since": "2026-08-20", "until": "2026-09-01"})
    draw = f"draws/{announced.get_json()['draw_id']}"
    assert announced.status_code == 201
    early = officer.post(f"{draw}/drawing")
    assert (early.status_code, early.get_json()["code"]) == (409, "period_not_over")
    assert officer.get(draw).get_json()["nonce"] is None
    api.club.house.clock.set(FIRST_EVENING + timedelta(days=1))  # type: ignore[attr-defined]
    assert officer.post(f"{draw}/drawing").status_code == 200
    report = officer.get(draw).get_json()
    desk, asker = api.club.desk(), Asker(OFFICER, Role.OFFICER, uuid4())
    assert left_behind(checks.draw(asker, desk, draw_id=UUID(report["draw_id"])), DrawReport()) == set()
    again = checks.draw_again(asker, desk, draw_id=UUID(report["draw_id"]))
    assert left_behind(again, DrawnAgain()) == set()
    drawn = [one["seq"] for one in report["drawn"]]
    assert drawn and report["open"] == len(drawn)
    other = officer.put(f"{draw}/findings/{max(drawn) + 1}", {"finding": "explained"})
    assert (other.status_code, other.get_json()["code"]) == (404, "entry_not_drawn")
    silent = officer.put(f"{draw}/findings/{drawn[0]}", {"finding": "misuse"})
    assert (silent.status_code, silent.get_json()["code"]) == (422, "finding_without_words")
    assert officer.post(f"{draw}/closing").get_json()["code"] == "findings_missing"
    for seq in drawn:
        assert officer.put(f"{draw}/findings/{seq}", {"finding": "explained"}).status_code == 200
    changed = officer.put(f"{draw}/findings/{drawn[0]}", {"finding": "misuse", "words": "Naboen"})
    assert (changed.status_code, changed.get_json()["code"]) == (409, "finding_stands")
    assert officer.post(f"{draw}/closing").status_code == 200
    assert officer.get("draws").get_json()[0]["closed_on"] == "2026-09-02"


def test_an_alarm_is_listed_and_handled(api: ApiAtWork, officer: Caller) -> None:
    for _ in range(3):
        api.caller(COORDINATOR, CLUB, "leader").get(f"note-parts/{api.club.ids['trouble']}")
    api.club.house.tend()
    (alarm,) = officer.get("alarms?open_only=true").get_json()["lines"]
    assert (alarm["rule"], alarm["actor"], alarm["state"]) == ("repeated_refusals", str(COORDINATOR), "open")
    handled = officer.put(f"alarms/{alarm['seq']}/finding", {"finding": "unexplained", "words": "Ringer til hende"})
    assert handled.status_code == 200
    asker = Asker(OFFICER, Role.OFFICER, uuid4())
    assert left_behind(checks.alarms(asker, api.club.desk()), Alarms()) == set()
    assert officer.get("alarms").get_json()["lines"][0]["words"] == "Ringer til hende"
    assert officer.get("alarms?open_only=true").get_json()["lines"] == []
    assert {
        officer.put(f"alarms/{seq}/finding", {"finding": "explained"}).get_json()["code"] for seq in (1, 10**30)
    } == {"unknown_alarm"}


def test_every_question_at_the_officers_door_is_written_down_before_it_is_answered(api: ApiAtWork) -> None:
    draw = api.caller(OFFICER, CLUB, "officer").post("draws", {}).get_json()["draw_id"]
    wanted = {
        "persons": f"family={api.club.ids['family']}",
        "what-could-be-seen": f"part={api.club.ids['practical']}&role=volunteer&on=2026-09-01",
        "what-a-role-could-see": "role=volunteer&on=2026-09-01",
        "log-proof": "entry=1",
        "blast-radius": f"actor={VOLUNTEER}&since=2026-08-01T00:00:00Z&until=2026-09-02T00:00:00Z",
    }
    api.club.house.tend()  # so that the first entry is signed
    asked = 0
    for rule in api.app.url_map.iter_rules():
        path = rule.rule.removeprefix("/api/v1/<realm>/officer/")
        if path == rule.rule or "GET" not in (rule.methods or ()):
            continue
        concrete = path.replace("<uuid:draw_id>", draw)
        concrete = re.sub(
            r"<uuid:[a-z_]+>", str(uuid4()), re.sub(r"<int:[a-z_]+>", "1", re.sub(r"<[a-z_]+>", "x", concrete))
        )
        caller = api.caller(OFFICER, CLUB, "officer")
        before = len(api.club.desk().log.find(actor=OFFICER))
        answer = caller.get(f"{concrete}?{wanted.get(path, '')}".rstrip("?"))
        if answer.status_code != 200:
            assert "<" in path, (path, "say in `wanted` by which query it is asked")
            continue
        asked += 1
        written = api.club.desk().log.find(actor=OFFICER)[before:]
        assert written and {entry.role for entry in written} == {"officer"}, path
    assert asked >= 14


def test_the_officer_alone_asks_the_log(api: ApiAtWork) -> None:
    leader = api.caller(LEADER, CLUB, "officer")
    for question in ("readings", "checks", "matrix", f"persons?family={uuid4()}", "requests"):
        assert (leader.get(question).status_code, leader.get(question).get_json()["code"]) == (403, "role_not_held")


def test_the_matrix_and_the_persons_have_no_names(api: ApiAtWork, officer: Caller) -> None:
    lines = officer.get("matrix").get_json()
    assert any((line["role"], line["compartment"]) == ("leader", "note") for line in lines)
    assert not any((line["role"], line["compartment"]) == ("volunteer", "note") for line in lines)
    persons = officer.get(f"persons?family={api.club.ids['family']}").get_json()
    assert [person.keys() for person in persons] == [{"person_id", "takes_part_as", "erased_on"}] * 4
    assert {officer.get("checks").get_json()[name] for name in ("alarms", "searches")} == {0}


def test_an_erasure_is_received_identified_decided_carried_out_and_receipted(api: ApiAtWork, officer: Caller) -> None:
    asked = _ask_for_erasure(officer, api.club.ids["mother"])
    early = officer.post(f"requests/{asked}/carrying-out")
    assert (early.status_code, early.get_json()["code"]) == (409, "identity_not_checked")
    assert officer.post(f"requests/{asked}/identity", {"how": "Mødt op", "on": "2026-09-01"}).status_code == 200
    kept = {
        "outcome": "keep", "ground": "GDPR Art. 17(3)(b)", "legal_basis": "Regnskabsloven § 1",
        "keep_until": "2027-01-01",
    }  # fmt: skip
    wrong = officer.put(f"requests/{asked}/decisions/attendance", {**kept, "outcome": "erase"})
    assert (wrong.status_code, wrong.get_json()["errors"][0]["field"]) == (422, "/ground")
    assert officer.put(f"requests/{asked}/decisions/attendance", kept).status_code == 200
    assert officer.put(f"requests/{asked}/decisions/case_file", kept).get_json()["code"] == "unknown_compartment"
    shown = officer.get(f"requests/{asked}").get_json()
    assert shown["decided"] == [{"compartment": "attendance", "outcome": "keep"}]
    assert "roster" in shown["would_go"]

    carried = officer.post(f"requests/{asked}/carrying-out")
    receipt = carried.get_json()
    assert json.loads(receipt["document"])["receipt"] == receipt["receipt"]
    assert {line["compartment"] for line in receipt["receipt"]["erased"]} >= {"roster", "note", "club_telephone"}
    assert officer.post(f"requests/{asked}/carrying-out").get_json() == receipt
    assert officer.get(f"requests/{asked}/receipt").get_json() == receipt
    page = api.caller(LEADER, CLUB, "leader").get(f"courses/{api.club.ids['course']}").get_data(as_text=True)
    assert ("Frode" in page, "Mette" in page) == (True, False)
    assert MILK not in api.caller(VOLUNTEER, CLUB, "volunteer").get(
        f"courses/{api.club.ids['course']}/evening"
    ).get_data(as_text=True)


def test_a_request_is_refused_as_a_whole_in_its_own_realm(api: ApiAtWork) -> None:
    officer = api.caller(OFFICER, TOWN, "officer")
    asked = _ask_for_erasure(officer, api.club.ids["father"])
    refused = officer.post(f"requests/{asked}/refusal", {"ground": "identity_not_proven"})
    assert refused.status_code == 200
    (line,) = officer.get("requests").get_json()
    assert (line["refused"], line["overdue"], line["version"]) == ("identity_not_proven", False, 2)
    assert api.caller(OFFICER, CLUB, "officer").get("requests").get_json() == []
