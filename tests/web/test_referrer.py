"""A referrer at the API: registers and refers a family, reads the own unit's, and is told nothing of another's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.organisations import AssignRole, OpenUnit
from domain.lists import CRITERIA, UnitKind
from domain.people import Role
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import REFERRER, STARTED, TOWN

ADMINISTRATOR = UUID(int=0xB000)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    yield api
    api.club.house.close()


@pytest.fixture
def referrer(api: ApiAtWork) -> Caller:
    return api.caller(REFERRER, TOWN, "referrer")


@pytest.fixture
def of_another_unit(api: ApiAtWork) -> Caller:
    person = uuid4()
    opened = OpenUnit(name="Dagplejen", kind=UnitKind.DAY_CARE_INSTITUTION, since=STARTED)
    unit = UUID(api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, opened, TOWN)["unit_id"])
    role = AssignRole(actor=person, role=Role.REFERRER, since=STARTED, unit_id=unit)
    api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, role, TOWN)
    return api.caller(person, TOWN, "referrer")


def a_family(**said: Any) -> dict[str, Any]:
    return {
        "offer": {"told_on": "2026-08-20", "said_yes": True, "answered_on": "2026-08-25"},
        "adults": [
            {
                "given_name": "Sanne", "family_name": "Skrumbel", "caregiver": "mother", "household": "mor",
                "telephone": "20 30 40 55", "address": "Stien 4",
            },
            {"given_name": "Ib", "family_name": "Ibsen", "caregiver": "father", "household": "far", "comes": False},
        ],
        "children": [
            {"given_name": "Ea", "birth_month": "2024-03", "households": ["mor", "far"], "day_care": "nursery"},
            {"given_name": "Max", "birth_month": "2016-03", "households": ["mor"], "takes_part_as": "sibling"},
        ],
        "language": "dansk",
        **said,
    }  # fmt: skip


def grounds(child_id: str, **said: Any) -> dict[str, Any]:
    return {
        "criteria": [{"code": "lacking_network"}, {"code": "lacking_energy", "about": child_id}],
        "judgements": [{"child_id": child_id, "judgement": "at_risk"}],
        "able_to_take_part": True,
        "remark": "Vil gerne møde andre",
        "municipal_case": "preventive_measure",
        "assessments": [{"kind": "cultural", "factors": ["limited_network"], "degree": 2}],
        **said,
    }


def a_referral(family: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "family_id": family["family_id"], "channel": "health_visiting", "profession": "health_visitor",
        **grounds(family["children"][0]), **said,
    }  # fmt: skip


def codes(answer: Any) -> tuple[int, str, list[str]]:
    body = answer.get_json(force=True)
    return answer.status_code, body["code"], [error["field"] for error in body.get("errors", [])]


def test_a_family_is_registered_and_read_back_as_it_was_typed(referrer: Caller) -> None:
    answer = referrer.post("families", a_family())
    assert answer.status_code == 201
    made = answer.get_json()
    assert answer.headers["ETag"] == f'"{made["version"]}"'
    family = referrer.get(f"families/{made['family_id']}").get_json()
    mother, father = family["adults"]
    assert (mother["given_name"], mother["telephone"], mother["address"]) == ("Sanne", "+4520304055", "Stien 4")
    assert (father["comes"], father["telephone"]) == (False, None)
    girl, brother = family["children"]
    assert [girl["age"], brother["age"]] == [2, 10]
    assert girl["households"] == [mother["households"][0], father["households"][0]]
    assert brother["takes_part_as"] == "sibling"
    assert (family["language"], family["needs_translation"], family["custody"]) == ("dansk", False, [])


def test_a_family_that_said_no_is_not_registered(referrer: Caller) -> None:
    offer = {"told_on": "2026-08-20", "said_yes": False, "answered_on": "2026-08-25"}
    answer = referrer.post("families", a_family(offer=offer))
    assert codes(answer) == (409, "family_has_not_said_yes", ["/offer/said_yes"])


def test_what_is_wrong_in_the_middle_of_the_form_is_found_there(referrer: Caller) -> None:
    family = a_family()
    family["children"][1]["birth_month"] = "2016"
    assert codes(referrer.post("families", family)) == (422, "month_unreadable", ["/children/1/birth_month"])
    family = a_family()
    family["adults"][0]["address"] = "kendt under 010190-1234"
    answer = referrer.post("families", family)
    assert codes(answer) == (422, "cpr_number_in_text", ["/adults/0/address"])
    assert "010190" not in answer.text


def test_custody_is_stated_for_a_child_and_an_adult(referrer: Caller) -> None:
    made = referrer.post("families", a_family()).get_json()
    said = {
        "child_id": made["children"][0], "adult_id": made["adults"][1], "custody": "not_known", "stated_on": "2026-08-30",
    }  # fmt: skip
    assert referrer.post(f"families/{made['family_id']}/custody", said).status_code == 200
    (line,) = referrer.get(f"families/{made['family_id']}").get_json()["custody"]
    assert line == said


def test_a_family_is_referred_corrected_and_withdrawn(referrer: Caller) -> None:
    family = referrer.post("families", a_family()).get_json()
    child = family["children"][0]
    made = referrer.post("referrals", a_referral(family))
    assert made.status_code == 201
    path = f"referrals/{made.get_json()['referral_id']}"
    shown = referrer.get(path).get_json()
    assert [c["danish"] for c in shown["criteria"]] == [
        "Manglende netværk", "Manglende overskud, pga. fx fysisk eller psykisk sygdom eller belastning.",
    ]  # fmt: skip
    assert [c["about"] for c in shown["criteria"]] == [family["family_id"], child]
    assert shown["judgements"] == [{"child_id": child, "judgement": "at_risk"}]
    assert (shown["assessments"][0]["factors"], shown["assessments"][0]["degree"]) == (["limited_network"], 2)
    assert (shown["municipal_case"], shown["stage"]) == ("preventive_measure", "registered")
    anew = grounds(child, criteria=[{"code": "much_at_home"}], remark=None)
    assert referrer.put(f"{path}/grounds", anew, If_Match=f'"{shown["version"]}"').status_code == 200
    shown = referrer.get(path).get_json()
    assert ([c["code"] for c in shown["criteria"]], shown["remark"]) == (["much_at_home"], None)
    assert referrer.post(f"{path}/withdrawal").status_code == 200
    assert referrer.get(path).get_json()["stage"] == "withdrawn"
    assert referrer.get("referrals?stage=withdrawn").get_json()[0]["stage"] == "withdrawn"
    assert codes(referrer.put(f"{path}/grounds", anew))[:2] == (409, "referral_in_other_stage")


def test_a_referral_keeps_its_minimum(referrer: Caller) -> None:
    family = referrer.post("families", a_family()).get_json()
    for said, expected in (
        ({"criteria": []}, (422, "criterion_missing", ["/criteria"])),
        ({"criteria": [{"code": "poor"}]}, (422, "criterion_unknown", ["/criteria/0/code"])),
        ({"judgements": []}, (422, "judgement_missing", ["/judgements"])),
        ({"able_to_take_part": False}, (409, "not_able_to_take_part", ["/able_to_take_part"])),
        ({"channel": "school"}, (404, "unknown_channel", ["/channel"])),
    ):
        assert codes(referrer.post("referrals", a_referral(family, **said))) == expected


def test_a_child_is_judged_once(referrer: Caller) -> None:
    family = referrer.post("families", a_family()).get_json()
    twice = [{"child_id": family["children"][0], "judgement": j} for j in ("at_risk", "not_thriving")]
    answer = referrer.post("referrals", a_referral(family, judgements=twice))
    assert codes(answer) == (422, "person_entered_twice", ["/judgements/1/child_id"])


def test_another_unit_neither_reads_nor_changes_it(api: ApiAtWork, of_another_unit: Caller) -> None:
    family, referral = api.club.ids["family"], api.club.ids["referral"]
    assert of_another_unit.get("referrals").get_json() == []
    for path in (f"families/{family}", f"referrals/{referral}", f"families/{uuid4()}", f"referrals/{uuid4()}"):
        assert codes(of_another_unit.get(path)) == (403, "not_for_this_reader", [])
    contact = {"telephone": None, "address": None}
    changed = of_another_unit.put(f"families/{family}/adults/{api.club.ids['mother']}/contact", contact)
    assert codes(changed) == (404, "unknown_person", ["family_id"])
    assert codes(of_another_unit.post(f"referrals/{referral}/withdrawal"))[:2] == (404, "unknown_referral")


def test_the_form_is_given_its_lists_courses_and_units(referrer: Caller) -> None:
    lists = {entry["name"]: entry for entry in referrer.get("lists").get_json()}
    ((version, items),) = CRITERIA.items()
    assert lists["criterion"]["version"] == version
    assert [item["danish"] for item in lists["criterion"]["items"]] == [item.danish for item in items]
    assert {"judgement", "channel", "profession", "day_care", "custody", "municipal_case", "degree"} <= set(lists)
    (course,) = referrer.get("courses").get_json()
    assert (course["club"], course["starts_on"]) == ("Klub Nykøbing", "2026-09-01")
    units = referrer.get("organisation").get_json()["units"]
    assert "Sundhedsplejen" in {unit["name"] for unit in units}


def test_a_form_that_is_not_finished_waits_for_its_author_and_goes_with_the_referral(
    referrer: Caller, of_another_unit: Caller
) -> None:
    draft_id, form = uuid4(), '{"step": 2, "given_name": "Sanne"}'
    path = f"drafts/{draft_id}"
    saved = referrer.put(path, {"form": '{"step": 1}'})
    assert (saved.status_code, saved.json.keys()) == (200, {"draft_id", "saved_at", "kept_until"})
    assert referrer.put(path, {"form": form}).status_code == 200

    assert [line["draft_id"] for line in referrer.get("drafts").json] == [str(draft_id)]
    assert referrer.get(path).json["form"] == form
    assert of_another_unit.get("drafts").json == []
    unknown = of_another_unit.get(f"drafts/{uuid4()}")
    theirs = of_another_unit.get(path)
    assert (theirs.status_code, theirs.json["code"]) == (unknown.status_code, unknown.json["code"])
    assert of_another_unit.put(path, {"form": "{}"}).json["code"] == "unknown_draft"
    assert of_another_unit.delete(path).status_code == 200

    family = referrer.post("families", a_family()).json
    sent = referrer.post("referrals", a_referral(family, draft_id=str(draft_id)))
    assert sent.status_code == 201
    assert referrer.get("drafts").json == []
    assert referrer.get(path).status_code == unknown.status_code


@pytest.mark.parametrize(
    ("form", "code"),
    [("[]", "draft_unreadable"), ('{"a": "010190-1234"}', "cpr_number_in_text"), (7, "input_invalid")],
)
def test_a_draft_that_cannot_be_kept_is_refused_at_its_field(referrer: Caller, form: Any, code: str) -> None:
    answer = referrer.put(f"drafts/{uuid4()}", {"form": form})
    assert codes(answer) == (422, code, ["/form"])
    assert "010190" not in answer.get_data(as_text=True)


def test_a_draft_is_discarded_once_and_asked_twice(referrer: Caller) -> None:
    path = f"drafts/{uuid4()}"
    referrer.put(path, {"form": "{}"})
    assert [referrer.delete(path).status_code for _ in range(2)] == [200, 200]
    assert referrer.get("drafts").json == []
