"""What all pages share: the door, the forms, the guards, and what is said when something cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.endpoints import endpoint_of
from adapters.http import create_app, document
from adapters.web import guards
from adapters.web.app import create_site
from adapters.web.assurance import Assurance
from adapters.web.audiences import AUDIENCES, PAGES
from adapters.web.door import local
from adapters.web.forms import Form, nested
from adapters.web.site import PickerRefused, Site
from adapters.web.words import HERE
from domain.compartments import RealmKind
from domain.people import Role
from gdpr.ports import LogUnavailable, Unavailable
from tests.club_at_work import CLUB, TOWN, VOLUNTEER
from tests.pages_at_work import ORIGIN, Everybody, PagesAtWork, Visitor, hidden_fields, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("pages"))
    yield made
    made.club.house.close()


@pytest.fixture
def volunteer(site: PagesAtWork) -> Visitor:
    return site.visitor(VOLUNTEER, CLUB, "volunteer")


@pytest.fixture
def evening(site: PagesAtWork) -> str:
    return f"courses/{site.club.ids['course']}"


# Coming in


def test_without_a_session_one_is_led_to_the_login_and_back_afterwards(site: PagesAtWork, evening: str) -> None:
    nobody = site.visitor(None, CLUB, "volunteer")
    answer = nobody.get(evening)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/?next=/{CLUB}/volunteer/{evening}")
    assert "Mette" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "a/b", "", "/a\nb"]
)
def test_nobody_is_led_elsewhere_after_a_login(address: str) -> None:
    assert local(address) is None
    assert local("/red-barnet/volunteer/") == "/red-barnet/volunteer/"


def test_who_holds_one_role_begins_in_it_and_that_stands_in_the_log(site: PagesAtWork) -> None:
    log = site.club.desk().log
    before = len(log.find(action="role_chosen"))
    volunteer = site.visitor(VOLUNTEER, CLUB, "volunteer")
    assert volunteer.get("/").headers["Location"] == f"/{CLUB}/volunteer/"
    (chosen,) = log.find(action="role_chosen")[before:]
    assert (chosen.actor, chosen.role, dict(chosen.details)) == (
        VOLUNTEER, Role.VOLUNTEER, {"provider": "picker", "assurance": "high"},
    )  # fmt: skip
    assert chosen.session is not None


def test_a_login_that_is_not_sure_enough_is_asked_for_a_surer_one(site: PagesAtWork, evening: str) -> None:
    volunteer = site.visitor(VOLUNTEER, CLUB, "volunteer")
    site.site.levels[Role.VOLUNTEER] = Assurance.HIGH + 1  # type: ignore[index]
    try:
        answer = volunteer.get(evening)
    finally:
        del site.site.levels[Role.VOLUNTEER]  # type: ignore[attr-defined]
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/login/higher")


def test_a_session_left_alone_too_long_has_ended(site: PagesAtWork, volunteer: Visitor, evening: str) -> None:
    clock = site.club.house.clock
    now = clock.now()
    assert volunteer.get(evening).status_code == 200
    clock.set(now + timedelta(minutes=31))  # type: ignore[attr-defined]
    try:
        assert volunteer.get(evening).status_code == 303
    finally:
        clock.set(now)  # type: ignore[attr-defined]


def test_after_logging_out_the_browser_keeps_nothing_and_the_cookie_is_worth_nothing(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    cookie = volunteer.client.get_cookie("session")
    assert cookie is not None
    answer = volunteer.send("", "/logout")
    assert answer.status_code == 303
    assert "cache" in answer.headers["Clear-Site-Data"]
    volunteer.client.set_cookie("session", cookie.value)
    assert volunteer.get(evening).status_code == 303


# What is not there and what is not for this reader


def test_a_page_of_another_role_realm_or_record_and_one_that_never_was_look_the_same(
    site: PagesAtWork, volunteer: Visitor
) -> None:
    course = site.club.ids["course"]
    pages = [
        volunteer.get(path)
        for path in (
            f"/{CLUB}/leader/courses/{course}", f"/{TOWN}/referrer/", f"courses/{uuid4()}", f"/{CLUB}/volunteer/nothing",
            f"/kommune-9999/volunteer/courses/{course}",
        )
    ]  # fmt: skip
    assert {page.status_code for page in pages} <= {404, 303}
    shown = {page.get_data() for page in pages if page.status_code == 404}
    assert len(shown) == 1
    assert b"findes ikke her, eller det er ikke for dig" in shown.pop()


def test_when_the_log_cannot_be_written_a_page_says_so_and_shows_nothing(
    site: PagesAtWork, volunteer: Visitor, evening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> None:
        raise LogUnavailable

    monkeypatch.setattr(type(site.club.desk().log), "write", cannot)
    answer = volunteer.get(evening)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Mette" not in text
    assert "ikke kan skrive ned, hvem der læser" in text


def test_when_the_keys_cannot_be_had_a_page_says_so_and_shows_nothing(
    site: PagesAtWork, volunteer: Visitor, evening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(type(site.club.house.realms[CLUB].vault), "open", cannot)
    answer = volunteer.get(evening)
    assert answer.status_code == 503
    assert "Mette" not in answer.get_data(as_text=True)


def test_what_is_not_told_is_not_told_by_how_much_was_done_either(site: PagesAtWork, volunteer: Visitor) -> None:
    """A course of others and one that never was are both asked for in the log, decided, and refused: the same work."""
    log = site.club.desk().log
    counted = []
    for course in (site.club.ids["family"], uuid4()):
        before = len(log.find())
        assert volunteer.get(f"courses/{course}").status_code == 404
        counted.append(len(log.find()) - before)
    assert counted == [1, 1]


# What is sent


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)  # fmt: skip
def test_a_form_from_anywhere_else_does_nothing(volunteer: Visitor, evening: str, headers: dict[str, str]) -> None:
    fields = hidden_fields(volunteer.get(evening).get_data(as_text=True), "/logout")
    answer = volunteer.post(fields.pop("action"), fields, **headers)
    assert answer.status_code == 403
    assert volunteer.get(evening).status_code == 200


def test_a_form_without_the_sessions_token_comes_back_to_be_sent_again(volunteer: Visitor, evening: str) -> None:
    answer = volunteer.post(f"{evening}/confidentiality", {"_csrf": "someone else's", "words": "Skrevet i god tro"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Skrevet i god tro" in text
    again = hidden_fields(text, f"{evening}/confidentiality")
    assert again["_csrf"] != "someone else's"


def test_what_was_typed_while_the_session_ended_is_not_lost(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    volunteer.client.delete_cookie("session")
    sent = volunteer.post(
        f"{evening}/confidentiality", {"_csrf": "x", "_command": str(uuid4()), "words": "To linjer\nmed tekst"}
    )
    assert sent.status_code == 401
    kept = hidden_fields(sent.get_data(as_text=True), f"{evening}/confidentiality")
    assert kept["words"] == "To linjer\nmed tekst"
    volunteer.client.post("/be", data={"actor": str(VOLUNTEER)}, headers={"Origin": ORIGIN})
    volunteer.client.get("/roles")
    asked = volunteer.post(kept.pop("action"), kept)
    assert asked.status_code == 409
    ready = hidden_fields(asked.get_data(as_text=True), f"{evening}/confidentiality")
    assert volunteer.post(ready.pop("action"), ready).headers["Location"].endswith("done=accept")


def test_a_form_sent_twice_has_one_effect_and_one_changed_on_the_way_back_has_its_own() -> None:
    rendered = str(uuid4())
    first = Form.read("/x", [("_command", [rendered]), ("words", ["a"])])
    twice = Form.read("/x", [("_command", [rendered]), ("words", ["a"]), ("_again", ["1"])])
    changed = Form.read("/x", [("_command", [rendered]), ("words", ["b"])])
    other = Form.read("/x", [("_command", [str(uuid4())]), ("words", ["a"])])
    assert first.command_id == twice.command_id
    assert len({first.command_id, changed.command_id, other.command_id}) == 3
    assert str(first.command_id) != rendered


def test_dotted_names_are_nested_and_what_is_left_empty_is_not_said() -> None:
    typed = {
        "children.1.name": ["B"], "children.0.name": ["A"], "children.0.month": [" "], "ways": ["a", "b"], "empty": [""],
        "told.on": ["2026-01-01"], "_key": ["1"],
    }  # fmt: skip
    assert nested(typed) == {
        "children": [{"name": "A"}, {"name": "B"}],
        "ways": ["a", "b"],
        "told": {"on": "2026-01-01"},
    }


# The browser's sake


def test_every_page_is_strict_and_leaves_nothing_behind(volunteer: Visitor, evening: str) -> None:
    page = volunteer.get(evening)
    text = page.get_data(as_text=True)
    policy = page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script" not in policy.replace("default-src", "")
    assert "unsafe" not in policy
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", text)


def test_the_session_cookie_is_for_this_host_and_for_no_script(site: PagesAtWork) -> None:
    client = site.app.test_client()
    site.visitor(VOLUNTEER, CLUB, "volunteer")
    answer = client.post("/be", data={"actor": str(VOLUNTEER)}, headers={"Origin": ORIGIN})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_over_tls_the_cookie_is_bound_to_the_host_and_nobody_is_picked() -> None:
    kept = (None, None, None)
    assert Site(*kept, "https://tillid.example").secure  # type: ignore[arg-type]
    for origin in ("https://tillid.example", "http://tillid.example", "https://127.0.0.1"):
        with pytest.raises(PickerRefused):
            Site(*kept, origin, picker=Everybody())  # type: ignore[arg-type]
    with pytest.raises(PickerRefused):
        Site(*kept, "http://127.0.0.1", providers={"real": object()}, picker=Everybody())  # type: ignore[arg-type]


def test_nobody_is_picked_from_another_machine(site: PagesAtWork, volunteer: Visitor) -> None:
    answer = site.app.test_client().post(
        "/be", data={"actor": str(VOLUNTEER)}, headers={"Origin": ORIGIN}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_over_tls_browsers_are_told_to_come_by_tls_only_and_to_log_in(site: PagesAtWork) -> None:
    served = replace(site.site, origin="https://tillid.example", picker=None)
    page = create_site(site.club.house, served).test_client().get("/", base_url="https://tillid.example")
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert 'href="/login"' in page.get_data(as_text=True)
    assert "Demonstration" not in page.get_data(as_text=True)


def test_who_asks_too_fast_waits(site: PagesAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "OVERALL", "3 per minute")
    client = create_site(site.club.house, site.site).test_client()
    answers = [client.get("/accessibility") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Vent et minut" in answers[-1].get_data(as_text=True)


# The API beside the pages


def test_the_api_is_the_same_beside_the_pages_and_refuses_as_it_always_does(
    site: PagesAtWork, volunteer: Visitor
) -> None:
    assert document(site.app) == document(create_app(site.club.house))
    for path, status in (("/api/v1/nothing", 404), (f"/api/v1/{CLUB}/volunteer/courses", 401)):
        answer = volunteer.get(path)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert volunteer.client.post(f"/api/v1/{CLUB}/volunteer/courses").mimetype == "application/problem+json"


# The languages


def test_the_language_is_danish_until_another_is_preferred_or_chosen(
    site: PagesAtWork, volunteer: Visitor, evening: str
) -> None:
    assert '<html lang="da"' in volunteer.get(evening).get_data(as_text=True)
    assert '<html lang="en"' in volunteer.get(evening, **{"Accept-Language": "en-GB"}).get_data(as_text=True)
    fields = hidden_fields(volunteer.get(evening).get_data(as_text=True), "/language")
    answer = volunteer.post("/language", {**fields, "language": "en"})
    assert answer.headers["Location"] == f"/{CLUB}/volunteer/{evening}"
    assert '<html lang="en"' in volunteer.get(evening).get_data(as_text=True)


# Completeness


def test_each_role_that_logs_in_has_pages_of_its_own() -> None:
    served = {
        (role, kind) for pages in PAGES for role in pages.roles for kind in RealmKind if pages.only_in in (None, kind)
    }
    assert set(AUDIENCES) == {door.parent.name for door in HERE.glob("*/door.py")}
    for role in set(Role) - {Role.EVALUATOR, Role.MANAGEMENT, Role.REMINDER_SERVICE}:
        assert any(role is one for one, _ in served), f"{role} has no pages"
    for pages in PAGES:
        assert pages.start is not None
        assert pages.start in [page for _, page in pages.menu]


def test_a_page_can_ask_only_what_the_api_answers() -> None:
    with pytest.raises(KeyError):
        endpoint_of(test_a_page_can_ask_only_what_the_api_answers)
