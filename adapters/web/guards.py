"""What every page does for the browser's sake: forms from our own pages only, strict headers, nothing kept, not too fast."""

from __future__ import annotations

import hmac

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from werkzeug.exceptions import Forbidden

from adapters.web.door import LoggedOut, session, site
from adapters.web.forms import TOKEN

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_TO_PROVIDERS = frozenset({"login.backchannel_logout"})
"""What a provider calls by itself: no browser, no session; each proves itself by a signed token."""
OVERALL = "600 per minute"
"""Requests of one session, or one address without a session: far above what a person does, far below what a harvest needs."""


class NotFromHere(Forbidden):
    """A form that did not come from a page of ours (CSRF)."""


def guard(app: Flask) -> Limiter:
    """Put the guards before and behind every page; the API has its own (a bearer token, no cookie)."""
    limiter = Limiter(_who, app=app, default_limits=[OVERALL], storage_uri="memory://")
    limiter.request_filter(_is_free)
    app.before_request(_from_our_own_pages)
    app.after_request(_headers)
    return limiter


def _is_page() -> bool:
    return not request.path.startswith(("/api/", "/static/"))


def _is_free() -> bool:
    return not _is_page()


def _who() -> str:
    here = session()
    return str(here.session_id) if here is not None else request.remote_addr or "nobody"


def _from_our_own_pages() -> None:
    """Sec-Fetch-Site, then Origin; then the token that every form of a session carries. Raises NotFromHere, LoggedOut.

    Neither header means a browser older than both, or none: such a request is refused, whatever it carries.
    """
    if request.method in SAFE or not _is_page() or request.endpoint in OPEN_TO_PROVIDERS:
        return
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        if fetched != "same-origin":
            raise NotFromHere
    elif request.headers.get("Origin") != site().origin:
        raise NotFromHere
    here = session()
    if here is not None and not hmac.compare_digest(request.form.get(TOKEN, "").encode(), here.csrf.encode()):
        raise LoggedOut


def _headers(answer: Response) -> Response:
    if request.path.startswith("/api/"):
        return answer
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Content-Security-Policy"] = policy()
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if site().secure:
        answer.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.path.startswith("/static/"):
        answer.headers["Cache-Control"] = "public, max-age=3600"
    else:
        answer.headers["Cache-Control"] = "no-store"
    if "language" in g:
        answer.headers["Content-Language"] = g.language
    return answer


def policy() -> str:
    """Nothing from anywhere else, nothing inline, and forms to us alone: to a provider a page leads on (decision 0024)."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
