"""The door of the API: who gets in and in which role, what is read and refused, and what every answer and log line bears."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from adapters.fields import Revealed, Shown
from adapters.http import AUDIENCES, document
from adapters.problems import problem_of
from application.organisations import AssignRole, OpenUnit
from domain.lists import UnitKind
from domain.people import Role
from gdpr.ports import ERASED, WITHHELD, LogUnavailable, SubjectErased, Tampered, Unavailable
from tests.api_at_work import ApiAtWork, Caller, an_api_at_work
from tests.club_at_work import CLUB, COORDINATOR, REFERRER, STARTED, STRANGER, TOWN

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
def coordinator(api: ApiAtWork) -> Caller:
    return api.caller(COORDINATOR, TOWN, "coordinator")


def is_problem(answer: TestResponse, status: int, code: str) -> dict[str, str]:
    """The answer is a problem of this kind; its errors by field."""
    assert (answer.status_code, answer.get_json(force=True).get("code")) == (status, code)
    assert answer.content_type == "application/problem+json"
    body = answer.get_json(force=True)
    assert body["type"] == f"urn:tillid:problem:{code}"
    assert body["status"] == status
    return {error["field"]: error["detail"] for error in body.get("errors", [])}


def a_contact(**said: object) -> dict[str, object]:
    return {"telephone": "20 30 40 50", "address": None, **said}


def contact_of(api: ApiAtWork) -> str:
    return f"families/{api.club.ids['family']}/adults/{api.club.ids['mother']}/contact"


# Who gets in


def test_without_a_token_nobody_gets_in(api: ApiAtWork) -> None:
    answer = api.caller(None, TOWN, "referrer").get("lists")
    is_problem(answer, 401, "not_logged_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer made-up", "Basic YTpi", "Bearer", "made-up"])
def test_nor_with_a_token_behind_which_nobody_stands(api: ApiAtWork, header: str) -> None:
    answer = api.caller(None, TOWN, "referrer").get("lists", Authorization=header)
    is_problem(answer, 401, "not_logged_in")


def test_who_is_not_known_does_not_learn_which_realms_there_are(api: ApiAtWork) -> None:
    is_problem(api.caller(None, "kommune-9999", "referrer").get("lists"), 401, "not_logged_in")
    is_problem(api.caller(REFERRER, "kommune-9999", "referrer").get("lists"), 404, "not_found")


def test_a_realm_of_the_other_kind_has_no_such_endpoints(api: ApiAtWork) -> None:
    is_problem(api.caller(REFERRER, CLUB, "referrer").get("lists"), 404, "not_found")
    is_problem(api.caller(COORDINATOR, CLUB, "coordinator").get("referrals"), 404, "not_found")
    is_problem(api.caller(COORDINATOR, TOWN, "coordinator").get("club-courses"), 404, "not_found")


def test_somebody_without_a_role_in_the_realm_is_refused(api: ApiAtWork) -> None:
    stranger = api.caller(STRANGER, TOWN, "referrer")
    is_problem(stranger.get(f"families/{api.club.ids['family']}"), 403, "role_not_held")
    is_problem(stranger.put(contact_of(api), a_contact()), 403, "role_not_held")


def test_a_question_asked_in_another_role_is_refused_by_the_policy_and_stands_in_the_access_log(api: ApiAtWork) -> None:
    realm = api.club.house.realms[TOWN]
    officer = api.caller(UUID(int=0xA003), TOWN, "referrer")
    answer = officer.get(f"families/{api.club.ids['family']}")
    is_problem(answer, 403, "not_for_this_reader")
    (entry,) = realm.log.find(actor=UUID(int=0xA003), action="refused")
    assert (entry.role, str(entry.request_id)) == ("officer", answer.headers["Request-Id"])


def test_a_command_in_another_role_is_refused_at_the_door(api: ApiAtWork, coordinator: Caller) -> None:
    as_referrer = api.caller(COORDINATOR, TOWN, "referrer")
    is_problem(as_referrer.put(contact_of(api), a_contact()), 403, "role_not_held")


def test_a_role_that_has_ended_opens_nothing(api: ApiAtWork) -> None:
    person = uuid4()
    since, until = date(2026, 8, 1), date(2026, 8, 31)
    role = AssignRole(actor=person, role=Role.COORDINATOR, since=since, until=until)
    api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, role, TOWN)
    is_problem(api.caller(person, TOWN, "coordinator").get("overview"), 403, "role_not_held")


def test_who_refers_in_two_units_says_in_which(api: ApiAtWork) -> None:
    person = uuid4()
    opened = OpenUnit(name="Familierådgivningen", kind=UnitKind.FAMILY_COUNSELLING, since=STARTED)
    other = UUID(api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, opened, TOWN)["unit_id"])
    for unit in (api.club.ids["unit"], other):
        role = AssignRole(actor=person, role=Role.REFERRER, since=STARTED, unit_id=unit)
        api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, role, TOWN)
    caller = api.caller(person, TOWN, "referrer")
    assert "Tillid-Unit" in is_problem(caller.get("referrals"), 403, "role_not_held")
    assert caller.get("referrals", Tillid_Unit=str(other)).get_json() == []
    own = caller.get("referrals", Tillid_Unit=str(api.club.ids["unit"])).get_json()
    assert [line["referral_id"] for line in own] == [str(api.club.ids["referral"])]
    assert "Tillid-Unit" in is_problem(caller.get("referrals", Tillid_Unit=str(uuid4())), 403, "role_not_held")
    assert "Tillid-Unit" in is_problem(caller.get("referrals", Tillid_Unit="sundhed"), 400, "field_unreadable")


def test_the_same_role_assigned_twice_for_the_same_unit_is_one(api: ApiAtWork) -> None:
    person = uuid4()
    for since in (STARTED, date(2026, 8, 5)):
        role = AssignRole(actor=person, role=Role.REFERRER, since=since, unit_id=api.club.ids["unit"])
        api.club.does(ADMINISTRATOR, Role.ADMINISTRATOR, role, TOWN)
    assert api.caller(person, TOWN, "referrer").get("referrals").status_code == 200


# Command ids and versions


def test_a_command_needs_an_id_of_its_own(api: ApiAtWork, referrer: Caller) -> None:
    for key in ("", "not-an-id"):
        errors = is_problem(referrer.put(contact_of(api), a_contact(), Idempotency_Key=key), 400, "command_id_missing")
        assert list(errors) == ["Idempotency-Key"]


def test_a_repeated_command_answers_the_same_and_does_nothing(api: ApiAtWork, referrer: Caller) -> None:
    key = str(uuid4())
    first = referrer.put(contact_of(api), a_contact(), Idempotency_Key=key)
    again = referrer.put(contact_of(api), a_contact(address="Stien 2"), Idempotency_Key=key)
    assert first.get_json() == again.get_json()
    assert first.headers["Request-Id"] == key
    family = referrer.get(f"families/{api.club.ids['family']}").get_json()
    assert family["adults"][0]["address"] is None


def test_a_command_id_serves_one_command_only(api: ApiAtWork, referrer: Caller) -> None:
    key = str(uuid4())
    referrer.put(contact_of(api), a_contact(), Idempotency_Key=key)
    answer = referrer.post(f"referrals/{uuid4()}/withdrawal", Idempotency_Key=key)
    assert list(is_problem(answer, 409, "command_id_taken")) == ["Idempotency-Key"]


def test_a_command_on_an_old_version_is_refused(api: ApiAtWork, referrer: Caller) -> None:
    now = referrer.put(contact_of(api), a_contact())
    version = now.get_json()["version"]
    assert now.headers["ETag"] == f'"{version}"'
    assert referrer.put(contact_of(api), a_contact(), If_Match=f'"{version}"').status_code == 200
    late = referrer.put(contact_of(api), a_contact(), If_Match=f'"{version}"')
    assert list(is_problem(late, 412, "stale_version")) == ["If-Match"]


@pytest.mark.parametrize("tag", ['W/"3"', "3", "*", '"3", "4"', '"three"', '"-1"', '"99999999999999999999"'])
def test_a_version_is_one_strong_tag_with_a_number(api: ApiAtWork, referrer: Caller, tag: str) -> None:
    answer = referrer.put(contact_of(api), a_contact(), If_Match=tag)
    assert list(is_problem(answer, 400, "version_unreadable")) == ["If-Match"]


# What is read


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"{} {}", b"\xff{}", b'{"telephone": 1, "telephone": 2}', b'{"telephone": NaN}', b"[" * 100_000,
        b'{"telephone": "\\ud800"}', b'{"telephone": ' + b"9" * 5000 + b"}", b"\xef\xbb\xbf{}",
    ],
)  # fmt: skip
def test_a_body_that_is_not_plain_json_is_not_read(api: ApiAtWork, referrer: Caller, body: bytes) -> None:
    is_problem(referrer.put(contact_of(api), body, Content_Type="application/json"), 400, "body_unreadable")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/merge-patch+json"])
def test_only_json_is_taken(api: ApiAtWork, referrer: Caller, kind: str) -> None:
    body = json.dumps(a_contact()).encode()
    is_problem(referrer.put(contact_of(api), body, Content_Type=kind), 415, "content_type_wrong")
    is_problem(referrer.put(contact_of(api), None), 415, "content_type_wrong")


def test_more_than_256_kb_is_not_read(api: ApiAtWork, referrer: Caller) -> None:
    is_problem(referrer.put(contact_of(api), a_contact(address="a" * 256 * 1024)), 413, "body_too_large")


def test_a_field_that_is_not_listed_is_refused_by_its_place(api: ApiAtWork, referrer: Caller) -> None:
    errors = is_problem(referrer.put(contact_of(api), a_contact(cpr="x", **{"a/b~c": 1})), 422, "input_invalid")
    assert set(errors) == {"/cpr", "/a~1b~0c"}


@pytest.mark.parametrize("body", [[], "x", 7, None, True])
def test_a_body_is_a_set_of_fields(api: ApiAtWork, referrer: Caller, body: object) -> None:
    raw = json.dumps(body).encode()
    answer = referrer.put(contact_of(api), raw, Content_Type="application/json")
    is_problem(answer, 422, "input_invalid")


def test_what_is_wrong_is_said_where_and_never_quoted(api: ApiAtWork, referrer: Caller) -> None:
    body = {
        "offer": {"told_on": "Opdigtdag", "said_yes": "Opdigtja", "answered_on": "2026-08-01T10:00"},
        "adults": [{"given_name": ["Opdigt"], "family_name": None, "caregiver": "Opdigtmor", "household": 7}],
        "children": "Opdigtbørn",
    }
    answer = referrer.post("families", body)
    errors = is_problem(answer, 422, "input_invalid")
    assert set(errors) == {
        "/offer/told_on", "/offer/said_yes", "/offer/answered_on", "/adults/0/given_name", "/adults/0/family_name",
        "/adults/0/caregiver", "/adults/0/household", "/children",
    }  # fmt: skip
    assert errors["/adults/0/family_name"] == "Feltet skal udfyldes."
    assert "pdigt" not in answer.text


def test_what_the_domain_refuses_is_said_at_the_same_places(api: ApiAtWork, referrer: Caller) -> None:
    answer = referrer.put(contact_of(api), a_contact(telephone="Opdigt 12"))
    assert is_problem(answer, 422, "telephone_unreadable")["/telephone"].startswith("Skriv telefonnummeret")
    assert "Opdigt" not in answer.text


def test_a_part_of_the_path_is_named_without_a_slash(referrer: Caller) -> None:
    answer = referrer.post(f"referrals/{uuid4()}/withdrawal")
    assert list(is_problem(answer, 404, "unknown_referral")) == ["referral_id"]


def test_a_query_is_read_as_strictly(coordinator: Caller) -> None:
    assert list(is_problem(coordinator.get("referrals?stage=lost"), 422, "input_invalid")) == ["stage"]
    assert list(is_problem(coordinator.get("referrals?satge=waiting"), 422, "input_invalid")) == ["satge"]
    assert list(is_problem(coordinator.post("families/search", {"name": "a"}), 422, "search_too_vague")) == ["/name"]


# What every answer bears


def test_refusals_are_in_danish_unless_english_is_preferred(referrer: Caller) -> None:
    path = f"referrals/{uuid4()}/withdrawal"
    for asked, language, text in (
        ("", "da", "Vi kan ikke finde henvisningen."),
        ("de, fr", "da", "Vi kan ikke finde henvisningen."),
        ("en-GB, da;q=0.5", "en", "We cannot find the referral."),
        ("da, en;q=0.9", "da", "Vi kan ikke finde henvisningen."),
    ):
        answer = referrer.post(path, Accept_Language=asked)
        assert (answer.headers["Content-Language"], answer.get_json(force=True)["detail"]) == (language, text)
        assert "Accept-Language" in answer.headers["Vary"]


def test_nothing_is_kept_by_a_cache(referrer: Caller) -> None:
    for answer in (referrer.get("lists"), referrer.get("nowhere"), referrer.post("families", {})):
        assert answer.headers["Cache-Control"] == "no-store"
        assert UUID(answer.headers["Request-Id"])


def test_an_unknown_path_and_a_wrong_method_are_problems_too(referrer: Caller) -> None:
    is_problem(referrer.get("nowhere"), 404, "not_found")
    is_problem(referrer.get("families/not-an-id"), 404, "not_found")
    answer = referrer.delete("lists")
    is_problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_page_outside_the_api_keeps_its_own_errors(api: ApiAtWork) -> None:
    answer = api.app.test_client().get("/nowhere")
    assert (answer.status_code, answer.content_type) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (SubjectErased("x"), 410, "subject_erased"), (LogUnavailable("x"), 503, "log_unavailable"),
        (Unavailable("x"), 503, "unavailable"), (Tampered("x"), 500, "tampered"),
    ],
)  # fmt: skip
def test_the_five_answers_that_are_no_value_have_a_status_of_their_own(
    api: ApiAtWork, error: Exception, status: int, code: str
) -> None:
    with api.app.test_request_context("/api/v1/x"):
        answer = problem_of(error)
    assert (answer.status_code, json.loads(answer.data)["code"]) == (status, code)
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)


def test_when_the_log_cannot_be_written_nothing_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    api = an_api_at_work(tmp_path_factory.mktemp("house"))
    realm = api.club.house.realms[TOWN]
    caller = api.caller(REFERRER, TOWN, "referrer")
    assert "Mette" in caller.get(f"families/{api.club.ids['family']}").text
    with realm.log_database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE log_entries RENAME TO gone")
    answer = caller.get(f"families/{api.club.ids['family']}")
    is_problem(answer, 503, "log_unavailable")
    assert "Mette" not in answer.text
    api.club.house.close()


def test_a_personal_value_is_shown_or_erased_or_leaves_no_trace() -> None:
    class Line(Shown):
        name = Revealed()
        factors = Revealed(type="array", items={"type": "string"})

    assert Line().dump({"name": "Ida", "factors": ("a", "b")}) == {"name": "Ida", "factors": ["a", "b"]}
    assert Line().dump({"name": ERASED, "factors": None}) == {"name": {"erased": True}, "factors": None}
    assert Line().dump({"name": WITHHELD, "surname": "Opdigt"}) == {}


# The log


def test_a_log_line_has_the_template_of_the_path_and_no_id_of_anybody(
    api: ApiAtWork, coordinator: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = coordinator.get(f"referrals/{api.club.ids['referral']}")
        found = coordinator.post("families/search", {"name": "Mosegaard"})
    assert answer.status_code == found.status_code == 200
    lines = [record.getMessage() for record in caplog.records if record.name == "tillid.http"]
    assert re.fullmatch(
        r"GET /api/v1/<realm>/coordinator/referrals/<uuid:referral_id> 200 [0-9.]+ ms request="
        + answer.headers["Request-Id"],
        lines[0],
    )
    assert len(lines) == 2
    everything = " ".join(record.getMessage() for record in caplog.records)
    for hidden in (*api.club.ids.values(), COORDINATOR, "Mosegaard", "Mette", coordinator.token):
        assert str(hidden) not in everything


def test_a_fault_of_ours_is_answered_without_details_and_logged_without_its_message(
    api: ApiAtWork, referrer: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    def falls(**ids: object) -> None:
        raise ValueError("Opdigt Opdigtsen")

    view = f"{referrer.base.split('/')[1]}.organisation"
    working = api.app.view_functions[view]
    api.app.view_functions[view] = falls
    try:
        with caplog.at_level(logging.DEBUG):
            answer = referrer.get("organisation")
    finally:
        api.app.view_functions[view] = working
    is_problem(answer, 500, "failed")
    logged = " ".join(record.getMessage() + str(record.exc_info or "") for record in caplog.records)
    assert "failed ValueError at falls:" in logged
    assert "Opdigt" not in logged + answer.text


# The document


def test_the_document_is_valid_openapi_31(api: ApiAtWork) -> None:
    answer = api.app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    described = answer.get_json()
    assert described["openapi"] == "3.1.0"
    validate(described)


def test_every_operation_says_who_may_ask_and_what_it_is_called(api: ApiAtWork) -> None:
    described = document(api.app)
    operations = [
        operation
        for path in described["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post", "put", "delete")
    ]
    assert len(operations) > 40
    assert all(operation["security"] == [{"bearer": []}] and operation["summary"] for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_every_command_in_the_document_asks_for_its_id(api: ApiAtWork) -> None:
    questions = {  # asked by what no address may hold, and change nothing
        "/api/v1/{realm}/coordinator/families/search",
        "/api/v1/{realm}/leader/courses/{course_id}/families/{family_id}/cautions",
    }
    for name, path in document(api.app)["paths"].items():
        for method, operation in path.items():
            if method in ("post", "put", "delete") and name not in questions:
                headers = {p["name"]: p["required"] for p in operation["parameters"] if p["in"] == "header"}
                assert headers["Idempotency-Key"] is True


def test_every_endpoint_belongs_to_an_audience(api: ApiAtWork) -> None:
    ours = {audience.blueprint.name for audience in AUDIENCES}
    served = {rule.endpoint for rule in api.app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert {endpoint.rpartition(".")[0] for endpoint in served} == {*ours, "api-docs"}


def test_every_answer_in_the_document_that_is_refused_is_a_problem(api: ApiAtWork) -> None:
    for response in document(api.app)["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


def test_what_may_be_sent_is_closed(api: ApiAtWork) -> None:
    described = document(api.app)
    sent = [
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path in described["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and "requestBody" in operation
    ]
    assert sent
    for name in sent:
        assert described["components"]["schemas"][name]["additionalProperties"] is False, name
