"""A page without a mouse: where Tab leads, whether one sees it, and how to get somewhere by it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST = 200
"""Stops; a page with more is one that nobody walks through."""

_HERE = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const label = here.labels && here.labels.length ? here.labels[0].innerText : "";
  const name = here.getAttribute("aria-label") || label || here.innerText || here.value || "";
  const marked = (one, pseudo) => {
    const look = getComputedStyle(one, pseudo);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  };
  const drawn = here.matches("[type=checkbox], [type=radio]") && here.nextElementSibling;
  const box = (drawn || here).getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + Math.min(box.width / 2, 8), box.y + box.height / 2);
  const before = window.tillidBefore;
  window.tillidBefore = here;
  return {
    name: name.trim().replace(/\\s+/g, " "),
    seen: marked(here) || Boolean(drawn && marked(drawn, "::before")),
    covered: !(middle && (here.contains(middle) || middle.contains(here) || (drawn && drawn.contains(middle)))),
    follows: !(before && before.isConnected) || Boolean(before.compareDocumentPosition(here) & 4),
    first: before === undefined,
    again: before === here,
  };
}"""


def walk(page: Page) -> list[str]:
    """The names of all stops of Tab, from the top. Raises AssertionError for one out of order, unmarked or covered."""
    _from_the_top(page)
    stops: list[str] = []
    while (stop := _next(page)) is not None:
        assert stop["follows"], f"{stop['name']!r} comes before what had the focus before it"
        assert stop["seen"], f"one does not see that {stop['name']!r} has the focus"
        assert not stop["covered"], f"{stop['name']!r} is covered when it has the focus"
        stops.append(stop["name"])
        assert len(stops) < MOST
    return stops


def reach(page: Page, name: str) -> None:
    """Tab on until what has this name has the focus. Raises AssertionError if the end of the page comes first."""
    passed: list[str] = []
    while (stop := _next(page)) is not None:
        if stop["name"] == name:
            return
        passed.append(stop["name"])
        assert len(passed) < MOST
    raise AssertionError(f"no stop {name!r} after {passed}")


def _next(page: Page) -> dict[str, Any] | None:
    page.keyboard.press("Tab")
    here: dict[str, Any] | None = page.evaluate(_HERE)
    return here


def _from_the_top(page: Page) -> None:
    page.evaluate(
        """() => {
          document.activeElement?.blur();
          window.tillidBefore = undefined;
          getSelection()?.removeAllRanges();
          scrollTo(0, 0);
        }"""
    )
