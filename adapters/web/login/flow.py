"""A login under way: begun in one browser, found again when the provider sends that browser back, and by no other."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, request

from adapters.web.assurance import Assurance
from adapters.web.door import house, site
from adapters.web.sessions import Flow

LASTS = timedelta(minutes=10)
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Begun:
    """A flow that was put away: `state` goes to the provider and comes back, `browser` stays in the browser's cookie.

    Both halves together are its key. Who lures somebody to the end of a login begun elsewhere has one of them only.
    """

    flow: Flow
    state: str
    browser: str

    def carried(self, answer: Response) -> Response:
        """The answer with the browser's half, which several logins begun side by side share."""
        answer.set_cookie(
            cookie_name(), self.browser, max_age=LASTS, secure=site().secure, httponly=True, samesite="Lax", path="/"
        )  # fmt: skip
        return answer


def begin(provider: str, back: str, wanted: Assurance) -> Begun:
    """A new flow, put away until the provider answers."""
    flow = Flow(provider, secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES), wanted, back)
    state, browser = secrets.token_urlsafe(_BYTES), request.cookies.get(cookie_name()) or secrets.token_urlsafe(_BYTES)
    site().flows.put(_key(browser, state), flow, _now() + LASTS)
    return Begun(flow, state, browser)


def found_again(provider: str, answer: Mapping[str, str]) -> Flow | None:
    """The flow that this browser began at this provider, once; None when there is none (any more)."""
    state, browser = answer.get("state"), request.cookies.get(cookie_name())
    flow = site().flows.take(_key(browser, state), _now()) if browser and state else None
    return flow if flow is not None and flow.provider == provider else None


def cookie_name() -> str:
    return "__Host-login" if site().secure else "login"


def _key(browser: str, state: str) -> str:
    return f"{browser}.{state}"


def _now() -> datetime:
    return house().clock.now()
