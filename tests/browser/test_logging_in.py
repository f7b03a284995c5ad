"""A login in a browser, from the choice of a provider to the way out, with the pages' policy in force and without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from adapters.web.assurance import Assurance
from domain.people import Role
from tests.browser.looking import check, violations
from tests.club_at_work import LEADER
from tests.login.certified import LED, CertifiedLogin, certified_login


@pytest.fixture(scope="module")
def login(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CertifiedLogin]:
    with certified_login(tmp_path_factory.mktemp("site")) as login:
        yield login


def says_who(page: Page, level: str) -> None:
    """At the provider: a page led there by itself, and to where nobody of ours knew beforehand."""
    page.wait_for_url("**/interaction/*")
    page.goto(f"{page.url}?person={LED}&level={level}")


def token(page: Page) -> str:
    return next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session"), "")


@pytest.mark.parametrize("language", ["da", "en", "ar"])
def test_where_to_log_in_is_said_in_three_languages(login: CertifiedLogin, page: Page, language: str) -> None:
    page.goto(f"{login.origin}/login")
    if language != "da":
        page.locator(f"button[name=language][value={language}]").click()

    assert page.get_by_role("button", name=re.compile("MitID")).count() == 3, "one for each kind of people"
    check(page, f"login-{language}")


def test_somebody_logs_in_comes_higher_and_goes_out_again(login: CertifiedLogin, page: Page) -> None:
    page.goto(f"{login.origin}/login?next=/accessibility")
    page.get_by_role("button", name="Log ind med MitID").first.press("Enter")
    says_who(page, "Low")
    assert page.url == f"{login.origin}/accessibility"

    renewed, _ = login.in_the_role(token(page), Role.LEADER)
    page.context.add_cookies([{"name": "session", "value": renewed, "url": login.origin}])
    page.goto(f"{login.origin}/login/higher?next=/accessibility")
    check(page, "login-higher")
    page.get_by_role("button", name="Bekræft med MitID").press("Enter")
    says_who(page, "Low")
    assert page.get_by_role("heading", name="Dit login er ikke sikkert nok").is_visible()
    assert violations(page) == {}

    page.goto(f"{login.origin}/login/higher?next=/accessibility")
    page.get_by_role("button", name="Bekræft med MitID").click()
    says_who(page, "Substantial")
    here = login.session(token(page))
    assert page.url == f"{login.origin}/accessibility"
    assert here is not None and (here.actor, here.assurance) == (LEADER, Assurance.SUBSTANTIAL)

    page.get_by_role("button", name="Log ud").press("Enter")
    page.wait_for_url(f"{login.provider.issuer}/session/end?*")
    assert token(page) == ""
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{login.origin}/logged-out")
    assert page.get_by_role("heading", name="Du er logget ud").is_visible()


def test_what_went_wrong_is_said_with_a_way_on(login: CertifiedLogin, page: Page) -> None:
    page.goto(f"{login.origin}/logged-out")
    check(page, "logged-out")
    page.goto(f"{login.origin}/login/mitid/callback?state=old&code=old")
    check(page, "login-refused")

    page.get_by_role("link", name="Prøv igen").click()

    assert page.get_by_role("heading", name="Log ind", exact=True).is_visible()
