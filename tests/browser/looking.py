"""What is looked at on every page in every state: accessibility, width, targets, console, requests, and how it looks."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.node_packages import node_packages

SCREENSHOTS = "TILLID_SCREENSHOTS"
"""Names a folder to keep a picture of each page in, at both widths."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"]
DESKTOP, TELEPHONE, NARROWEST = 1280, 360, 320
HEIGHT = 800
TARGET = 44
"""Pixels: how high something is that a thumb is to hit."""
ANSWERED_SO = tuple(
    f"Failed to load resource: the server responded with a status of {status}" for status in (400, 401, 404, 409, 422)
)
"""What Chromium says of a page that answers as it should."""

_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map((one) => ({ rule: one.id, where: one.nodes.map((node) => node.target.join(" ")) }));
}"""
_FRAME = """() => ({
  lang: document.documentElement.lang,
  dir: document.documentElement.dir,
  title: document.title,
  headings: [...document.querySelectorAll("h1")].map((one) => one.innerText),
  scripts: document.scripts.length,
})"""
_TOO_LOW = """(least) => [...document.querySelectorAll("button, a.button, select, textarea, input:not([type=hidden])")]
  .filter((one) => !["checkbox", "radio"].includes(one.type) && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < least - 0.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


def violations(page: Page) -> dict[str, list[str]]:
    """What axe finds: by rule, where."""
    if not page.evaluate("() => 'axe' in window"):
        # Evaluated and not added as a script, which the pages' policy forbids.
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_AXE, TAGS)
    return {one["rule"]: one["where"] for one in found}


def check(page: Page, name: str) -> None:
    """Everything that holds for every page, as it stands now. `name` says which page and state, for the pictures."""
    found = violations(page)
    assert found == {}, f"{name}: {found}"
    framed(page)
    quiet(page)
    for width in (NARROWEST, TELEPHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert wider_by(page) == 0, f"{name} scrolls sideways at {width} px"
        if width == TELEPHONE:
            too_low = page.evaluate(_TOO_LOW, TARGET)
            assert too_low == [], f"{name}: lower than {TARGET} px on a telephone: {too_low}"
        if width != NARROWEST:
            _keep_a_picture(page, f"{name}-{width}")


def check_in_both(page: Page, address: str, name: str) -> None:
    """A page that can be asked for again: everything in Danish, and in English all that the words could change."""
    page.goto(address)
    check(page, name)
    page.context.add_cookies([{"name": "language", "value": "en", "url": page.url}])
    page.goto(address)
    assert page.evaluate("() => document.documentElement.lang") == "en", name
    assert violations(page) == {}, f"{name} in English"
    framed(page)
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    assert wider_by(page) == 0, f"{name} in English scrolls sideways"
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})
    page.context.clear_cookies(name="language")


def framed(page: Page) -> None:
    """A language with its direction, a title, one heading of the first level, and no script: nothing waits for one."""
    frame = page.evaluate(_FRAME)
    assert frame["lang"] in ("da", "en", "ar")
    assert frame["dir"] == ("rtl" if frame["lang"] == "ar" else "ltr")
    assert frame["title"].strip()
    assert len(frame["headings"]) == 1 and frame["headings"][0].strip(), f"{page.url}: h1 {frame['headings']}"
    assert frame["scripts"] == 0, f"{page.url} needs a script"


def quiet(page: Page) -> None:
    """Nothing complained of, the pages' own policy included, and nothing asked of anybody else."""
    own = urlsplit(page.url)
    assert page.page_errors() == []
    complaints = [
        message.text
        for message in page.console_messages()
        if message.type in ("error", "warning") and not message.text.startswith(ANSWERED_SO)
    ]
    assert complaints == [], f"{page.url}: {complaints}"
    asked = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    elsewhere = [url for url in asked if urlsplit(url)[:2] not in (own[:2], ("data", ""))]
    assert elsewhere == [], f"{page.url} asked {elsewhere}"


def wider_by(page: Page) -> int:
    """How many pixels one would have to scroll sideways."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _keep_a_picture(page: Page, name: str) -> None:
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@cache
def _axe() -> str:
    return (node_packages() / "node_modules" / "axe-core" / "axe.min.js").read_text()
