"""The one browser of a worker, and its one page, as if nobody had used it, for each test.

A page of its own for each test would cost two seconds of a core, which go into a new process of Chromium and into axe
being read and compiled once more; the same page made new costs a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.looking import DESKTOP, HEIGHT

PATIENCE = 15_000
"""Milliseconds for what a page is to do; the tests share two cores."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Started by the first test that asks. Whoever needs a second person in a test opens `browser.new_context()`."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def used_page(browser: Browser) -> Page:
    """Of a Danish speaker at a desktop."""
    context = browser.new_context(locale="da-DK")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def page(used_page: Page) -> Page:
    """Of somebody who was never here."""
    used_page.context.clear_cookies()
    used_page.goto("about:blank")
    used_page.emulate_media(media="null", reduced_motion="null", forced_colors="null")
    used_page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
    used_page.clear_console_messages()
    used_page.clear_page_errors()
    return used_page
