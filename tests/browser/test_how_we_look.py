"""The looking itself: a page that is as it should be passes, and each thing that can be wrong with one is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response
from playwright.sync_api import Page

from tests.browser import keyboard
from tests.browser.looking import NARROWEST, check, framed, quiet, violations, wider_by
from tests.browser.served import served

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "adapters" / "web" / "static"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page with everything that our look has words for, under the pages' own policy."""
    app = Flask("a page", static_folder=str(STATIC), static_url_path="/static")

    @app.get("/")
    def a_page() -> Response:
        return Response((HERE / "a_page.html").read_text(), headers={"Content-Security-Policy": POLICY})

    @app.get("/without-a-policy")
    def unguarded() -> str:
        return (HERE / "a_page.html").read_text()

    with served(app) as address:
        yield address


@pytest.fixture
def sample(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def test_our_look_is_accessible_fits_a_telephone_and_asks_nobody_else(sample: Page) -> None:
    check(sample, "our-look")


def test_it_reads_from_the_right_too(sample: Page) -> None:
    sample.evaluate("() => { document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar'; }")
    check(sample, "our-look-from-the-right")


def test_a_page_broken_on_purpose_is_found_out_and_nothing_else_is(sample: Page) -> None:
    sample.evaluate(
        """() => {
          document.querySelector("label[for=told]").remove();
          document.querySelector("h1").style.color = "#cccccc";
          document.documentElement.removeAttribute("lang");
        }"""
    )
    assert set(violations(sample)) == {"label", "color-contrast", "html-has-lang"}


def test_a_second_heading_of_the_first_level_is_found(sample: Page) -> None:
    sample.evaluate("() => document.querySelector('main').append(document.querySelector('h1').cloneNode(true))")
    with pytest.raises(AssertionError):
        framed(sample)


def test_scrolling_sideways_is_found(sample: Page) -> None:
    sample.set_viewport_size({"width": NARROWEST, "height": 600})
    assert wider_by(sample) == 0
    sample.evaluate("() => { document.querySelector('.panel').style.width = '400px'; }")
    assert wider_by(sample) > 0


def test_what_the_policy_forbids_is_found(sample: Page) -> None:
    quiet(sample)
    sample.evaluate("() => document.body.setAttribute('style', 'color: red')")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        quiet(sample)


def test_a_request_to_somebody_else_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}/without-a-policy")
    quiet(page)
    with served(lambda environ, start: start("204 No Content", []) and ()) as elsewhere:
        page.evaluate("async (url) => { await fetch(url, { mode: 'no-cors' }); }", elsewhere)
    with pytest.raises(AssertionError, match=elsewhere):
        quiet(page)


def test_tab_leads_through_the_page_in_its_order(sample: Page) -> None:
    stops = keyboard.walk(sample)

    assert stops[:2] == ["Gå til indholdet", "Tillid"]
    assert stops[-4:] == ["Gem", "Fortryd", "Hvem kan se det?", "Tilgængelighedserklæring"]
    assert "I telefonen" in stops and "På sms" not in stops  # one stop for a group of choices


def test_a_focus_that_nobody_sees_is_found(sample: Page) -> None:
    sample.evaluate(
        "() => { document.querySelector('.button-primary').style.setProperty('outline', 'none', 'important'); }"
    )
    with pytest.raises(AssertionError, match="'Gem' has the focus"):
        keyboard.walk(sample)


def test_an_order_that_jumps_is_found(sample: Page) -> None:
    sample.evaluate("() => { document.querySelector('.button-primary').tabIndex = 1; }")
    with pytest.raises(AssertionError, match="comes before"):
        keyboard.walk(sample)


def test_the_whole_form_is_filled_in_without_a_mouse(sample: Page) -> None:
    keyboard.reach(sample, "Nyt telefonnummer")
    sample.keyboard.type("20304050")
    keyboard.reach(sample, "Jeg har læst det højt for familien")
    sample.keyboard.press("Space")
    keyboard.reach(sample, "Gem")

    assert sample.input_value("#telephone") == "20304050"
    assert sample.is_checked("#told")


def test_what_is_printed_has_nothing_to_press(sample: Page) -> None:
    sample.emulate_media(media="print")

    assert sample.locator("h1").is_visible()
    for gone in (".site-header", ".site-nav", ".site-banner", ".site-footer", ".actions", ".back-link"):
        assert not sample.locator(gone).is_visible(), gone
