"""People log in at a certified provider, more surely when a role needs it, and out again; all of it over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from adapters.web.assurance import Assurance
from adapters.web.sessions import Choice
from domain.people import Role
from tests.club_at_work import LEADER, VOLUNTEER
from tests.login.certified import FRI, LED, Browser, CertifiedLogin, certified_login
from tests.login.site_at_work import CPR, SAME_ORIGIN


@pytest.fixture(scope="module")
def login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertifiedLogin]:
    with certified_login(tmp_path_factory.mktemp("site")) as login:
        yield login


@pytest.fixture
def browser(login: CertifiedLogin) -> Iterator[Browser]:
    browser = Browser(login.origin)
    yield browser
    browser.http.close()


def leads(browser: Browser, login: CertifiedLogin) -> Choice:
    """In the role of a leader from now on, which needs a substantial level."""
    token, choice = login.in_the_role(browser.token, Role.LEADER)
    browser.http.cookies.set("session", token, domain="127.0.0.1", path="/")
    return choice


def steps_up(browser: Browser, login: CertifiedLogin) -> requests.Response:
    page = browser.get("/login/higher?next=/accessibility")
    csrf = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert csrf is not None and "Bekræft, at det er dig" in page.text
    return browser.send("/step-up", _csrf=csrf[1], provider=login.provider.name, next="/accessibility")


def test_somebody_logs_in(browser: Browser, login: CertifiedLogin) -> None:
    page = browser.log_in(login.provider, FRI, "Substantial")

    here = login.session(browser.token)
    assert here is not None and page.url.startswith(browser.origin) and page.ok
    assert (here.actor, here.assurance) == (VOLUNTEER, Assurance.SUBSTANTIAL)
    assert CPR not in page.text


def test_the_provider_takes_nobody_without_pkce(browser: Browser, login: CertifiedLogin) -> None:
    shown = browser.http.post(
        f"{browser.origin}/login/mitid", headers=SAME_ORIGIN, timeout=30
    ).headers["Refresh"].removeprefix("0;url=")  # fmt: skip
    assert "code_challenge_method=S256" in shown

    back = browser.http.get(re.sub(r"&code_challenge(_method)?=[^&]+", "", shown), timeout=30)

    assert (back.status_code, browser.token) == (400, "")
    assert "Du blev ikke logget ind" in back.text


def test_a_leader_comes_up_to_the_level_of_the_role(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, LED, "Low")
    choice, before = leads(browser, login), browser.token

    page = browser.be(steps_up(browser, login), LED, "Substantial")

    here = login.session(browser.token)
    assert here is not None and page.url == f"{browser.origin}/accessibility"
    assert (here.assurance, here.choice) == (Assurance.SUBSTANTIAL, choice)
    assert login.session(before) is None, "the less sure session is over"
    assert browser.get("/login/higher?next=/accessibility").url == page.url, "nothing is asked twice"
    noted = login.site.club.desk().log.find(actor=LEADER, action="role_chosen")[-1]
    assert (noted.role, noted.session) == ("leader", here.session_id)
    assert noted.details == {"provider": "mitid", "assurance": "substantial"}


def test_who_cannot_come_higher_is_told_so_and_not_led_around(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, LED, "Low")
    leads(browser, login)

    page = browser.be(steps_up(browser, login), LED, "Low")

    assert page.status_code == 403 and "Dit login er ikke sikkert nok" in page.text
    assert "Refresh" not in page.headers
    here = login.session(browser.token)
    assert here is not None and here.assurance is Assurance.LOW, "what one was, one still is"


def test_a_level_that_a_provider_cannot_vouch_for_is_not_asked_of_it(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, LED, "Low")
    leads(browser, login)
    here, providers = login.session(browser.token), login.site.app.extensions["tillid-site"].providers
    providers["lesser"] = replace(login.provider, name="lesser", max_assurance=Assurance.LOW)
    assert here is not None

    page = browser.send("/step-up", _csrf=here.csrf, provider="lesser")

    assert page.status_code == 403 and page.url == f"{browser.origin}/step-up"
    assert "lesser" not in browser.get("/login/higher").text
    del providers["lesser"]


def test_nobody_comes_higher_as_somebody_else(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, LED, "Low")
    leads(browser, login)
    browser.forget_the_provider()

    page = browser.be(steps_up(browser, login), FRI, "Substantial")

    here = login.session(browser.token)
    assert page.status_code == 403 and "Det var et andet login" in page.text
    assert here is not None and (here.actor, here.assurance) == (LEADER, Assurance.LOW)


def test_somebody_logs_out_here_and_there(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, FRI, "Low")
    here, token = login.session(browser.token), browser.token
    assert here is not None

    asked = browser.send("/logout", _csrf=here.csrf)

    assert browser.token == ""
    assert login.session(token) is None
    page = browser.log_out_there(asked)
    assert page.url == f"{browser.origin}/logged-out" and "Du er logget ud" in page.text
    assert browser.send("/login/mitid").text == "who are you?", "the next at this screen is nobody yet"


def test_who_logs_out_at_the_provider_is_logged_out_here(browser: Browser, login: CertifiedLogin) -> None:
    browser.log_in(login.provider, FRI, "Low")
    elsewhere = Browser(browser.origin)
    elsewhere.log_in(login.provider, FRI, "Low")

    browser.log_out_there(browser.http.get(f"{login.provider.issuer}/session/end", timeout=30))

    assert browser.token and login.session(browser.token) is None
    assert login.session(elsewhere.token) is not None, "another login of the same person goes on"
    elsewhere.http.close()
