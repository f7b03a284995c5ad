"""People log in at a certified provider, more surely when a role needs it, and out again; all of it over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from adapters.identity import roles_held
from adapters.web.assurance import Assurance
from adapters.web.login.providers import Provider
from adapters.web.sessions import Choice, Session
from tests.club_at_work import CLUB, LEADER, VOLUNTEER
from tests.login.certified import Address, Browser, certified_provider
from tests.login.site_at_work import CPR, SiteAtWork, a_provider, a_site

LED, FRI = "subject-of-the-leader", "subject-of-the-volunteer"


@pytest.fixture(scope="module")
def address() -> Address:
    return Address()


@pytest.fixture(scope="module")
def provider(address: Address) -> Iterator[Provider]:
    unknown = a_provider("")
    with certified_provider(address.origin, unknown.name, unknown.client_secret) as issuer:
        yield a_provider(issuer)


@pytest.fixture(scope="module")
def site(address: Address, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteAtWork]:
    site = a_site(tmp_path_factory.mktemp("site"), address.origin, [provider])
    site.bind(provider, LED, LEADER)
    site.bind(provider, FRI, VOLUNTEER)
    address.app = site.app
    with closing(site.kept), closing(site.club.house), address.open():
        yield site


@pytest.fixture
def browser(site: SiteAtWork, address: Address) -> Iterator[Browser]:
    browser = Browser(address.origin)
    yield browser
    browser.http.close()


def session_of(browser: Browser, site: SiteAtWork) -> Session | None:
    return site.kept.sessions.find(browser.token, site.club.house.clock.now())


def leads(browser: Browser, site: SiteAtWork) -> Choice:
    """In the role of a leader from now on, which needs a substantial level."""
    held = next(row for row in roles_held(LEADER, site.club.house.desk(CLUB)) if row.role.value == "leader")
    choice, now = Choice(CLUB, held.assignment_id), site.club.house.clock.now()
    token = site.kept.sessions.renew(browser.token, now, actor=LEADER, choice=choice)
    browser.http.cookies.set("session", token, domain="127.0.0.1", path="/")
    return choice


def steps_up(browser: Browser, provider: Provider) -> requests.Response:
    page = browser.get("/login/higher?next=/accessibility")
    csrf = re.search(r'name="_csrf" value="([^"]+)"', page.text)
    assert csrf is not None and "Bekræft, at det er dig" in page.text
    return browser.send("/step-up", _csrf=csrf[1], provider=provider.name, next="/accessibility")


def test_somebody_logs_in(browser: Browser, site: SiteAtWork, provider: Provider) -> None:
    page = browser.log_in(provider, FRI, "Substantial")

    here = session_of(browser, site)
    assert here is not None and page.url.startswith(browser.origin) and page.ok
    assert (here.actor, here.assurance) == (VOLUNTEER, Assurance.SUBSTANTIAL)
    assert CPR not in page.text


def test_the_provider_takes_nobody_without_pkce(browser: Browser, site: SiteAtWork, provider: Provider) -> None:
    shown = browser.http.post(
        f"{browser.origin}/login/mitid", headers={"Sec-Fetch-Site": "same-origin"}, timeout=30
    ).headers["Refresh"].removeprefix("0;url=")  # fmt: skip
    assert "code_challenge_method=S256" in shown

    back = browser.http.get(re.sub(r"&code_challenge(_method)?=[^&]+", "", shown), timeout=30)

    assert (back.status_code, browser.token) == (400, "")
    assert "Du blev ikke logget ind" in back.text


def test_a_leader_comes_up_to_the_level_of_the_role(browser: Browser, site: SiteAtWork, provider: Provider) -> None:
    browser.log_in(provider, LED, "Low")
    choice, before = leads(browser, site), browser.token

    page = browser.be(steps_up(browser, provider), LED, "Substantial")

    here = session_of(browser, site)
    assert here is not None and page.url == f"{browser.origin}/accessibility"
    assert (here.assurance, here.choice) == (Assurance.SUBSTANTIAL, choice)
    assert site.kept.sessions.find(before, site.club.house.clock.now()) is None, "the less sure session is over"
    assert browser.get("/login/higher?next=/accessibility").url == page.url, "nothing is asked twice"
    noted = site.club.desk().log.find(actor=LEADER, action="role_chosen")[-1]
    assert (noted.role, noted.session) == ("leader", here.session_id)
    assert noted.details == {"provider": "mitid", "assurance": "substantial"}


def test_who_cannot_come_higher_is_told_so_and_not_led_around(
    browser: Browser, site: SiteAtWork, provider: Provider
) -> None:
    browser.log_in(provider, LED, "Low")
    leads(browser, site)

    page = browser.be(steps_up(browser, provider), LED, "Low")

    assert page.status_code == 403 and "Dit login er ikke sikkert nok" in page.text
    assert "Refresh" not in page.headers
    here = session_of(browser, site)
    assert here is not None and here.assurance is Assurance.LOW, "what one was, one still is"


def test_a_level_that_a_provider_cannot_vouch_for_is_not_asked_of_it(
    browser: Browser, site: SiteAtWork, provider: Provider
) -> None:
    browser.log_in(provider, LED, "Low")
    leads(browser, site)
    here, lesser = session_of(browser, site), a_provider(provider.issuer, "lesser", at_most=Assurance.LOW)
    site.app.extensions["tillid-site"].providers["lesser"] = lesser
    assert here is not None

    page = browser.send("/step-up", _csrf=here.csrf, provider="lesser")

    assert page.status_code == 403 and page.url == f"{browser.origin}/step-up"
    assert "lesser" not in browser.get("/login/higher").text
    del site.app.extensions["tillid-site"].providers["lesser"]


def test_nobody_comes_higher_as_somebody_else(browser: Browser, site: SiteAtWork, provider: Provider) -> None:
    browser.log_in(provider, LED, "Low")
    leads(browser, site)
    browser.forget_the_provider()

    page = browser.be(steps_up(browser, provider), FRI, "Substantial")

    here = session_of(browser, site)
    assert page.status_code == 403 and "Det var et andet login" in page.text
    assert here is not None and (here.actor, here.assurance) == (LEADER, Assurance.LOW)


def test_somebody_logs_out_here_and_there(browser: Browser, site: SiteAtWork, provider: Provider) -> None:
    browser.log_in(provider, FRI, "Low")
    here, token = session_of(browser, site), browser.token
    assert here is not None

    asked = browser.send("/logout", _csrf=here.csrf)

    assert browser.token == ""
    assert site.kept.sessions.find(token, site.club.house.clock.now()) is None
    page = browser.log_out_there(asked)
    assert page.url == f"{browser.origin}/logged-out" and "Du er logget ud" in page.text
    assert browser.send("/login/mitid").text == "who are you?", "the next at this screen is nobody yet"


def test_who_logs_out_at_the_provider_is_logged_out_here(
    browser: Browser, site: SiteAtWork, provider: Provider
) -> None:
    browser.log_in(provider, FRI, "Low")
    elsewhere = Browser(browser.origin)
    elsewhere.log_in(provider, FRI, "Low")

    browser.log_out_there(browser.http.get(f"{provider.issuer}/session/end", timeout=30))

    assert browser.token and session_of(browser, site) is None
    assert session_of(elsewhere, site) is not None, "another login of the same person goes on"
    elsewhere.http.close()
