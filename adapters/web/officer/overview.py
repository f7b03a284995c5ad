"""The month on one page: what waits for the officer first, then how much was read and refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import request

from adapters.officer import breaches, checks, log_integrity, requests
from adapters.web.here import Here
from adapters.web.officer.door import pages
from adapters.web.pages import Told
from adapters.web.words import day
from gdpr.rights import Step


@pages.page("/", "officer/overview.html", start=True)
def overview(here: Here) -> Told:
    month = request.args.get("month", "")
    figures = here.ask(checks.checks, month=month)
    grown = here.ask(log_integrity.growth, month=month)
    first = date.fromisoformat(grown["days"][0]["on"]) if grown["days"] else here.desk.clock.today().replace(day=1)
    return {
        "cases": open_cases(here),
        "breaches": [one for one in here.ask(breaches.breaches) if one["closed_at"] is None],
        "figures": figures,
        "days": grown["days"],
        "points": [
            {"name": day(each["on"], here.language, "medium"), "up": each["opened"], "down": each["refused"]}
            for each in grown["days"]
        ],
        "month": first,
        "last": (first + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=31)).strftime("%Y-%m"),
        "is_over": (first + timedelta(days=31)).replace(day=1) <= here.desk.clock.today(),
        "verified": here.ask(log_integrity.last_verification),
    }


def open_cases(here: Here) -> list[dict[str, Any]]:
    """The requests that are not closed, the nearest deadline first, each with the days that are left."""
    return [one for one in with_days_left(here, here.ask(requests.requests)) if is_open(one)]


def with_days_left(here: Here, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By deadline; `days_left` is negative when it has passed."""
    today = here.desk.clock.today()
    counted = [{**one, "days_left": (date.fromisoformat(one["due_on"]) - today).days} for one in cases]
    return sorted(counted, key=lambda one: (one["due_on"], one["request_id"]))


def is_open(case: dict[str, Any]) -> bool:
    return case["waits_for"] not in (Step.NOTHING.value, Step.COLLECT.value)
