"""The one browser of a worker, and a fresh page for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.looking import DESKTOP, HEIGHT


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Started by the first test that asks."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody who was never here: no cookies, Danish, a desktop's width."""
    context = browser.new_context(locale="da-DK", viewport={"width": DESKTOP, "height": HEIGHT})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
