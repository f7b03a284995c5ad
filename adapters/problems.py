"""What went wrong, as problem+json (RFC 9457): a stable code, a text for people, the fields it is about, and no value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, g, json, request
from werkzeug.exceptions import HTTPException

from adapters.identity import NotLoggedIn
from adapters.texts import HEADINGS, told
from application.perform import RoleNotHeld
from application.ports import CommandIdTaken, StaleVersion
from domain.errors import Invalid, NotFound, Refusal, RuleBroken
from gdpr.gate import NotForThisReader
from gdpr.ports import LogUnavailable, SubjectErased, Tampered, Unavailable

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 30
"""Seconds after which to try again what was unavailable."""


class BodyUnreadable(Refusal):
    """The body is not JSON, names a key twice, or holds a number or character that JSON has no place for."""

    code = "body_unreadable"


class WrongContentType(Refusal):
    """The body is not application/json."""

    code = "content_type_wrong"


class HeadersUnreadable(Refusal):
    """A header is missing or unreadable. `codes` by header."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__()
        self.codes = codes


class InputInvalid(Refusal):
    """What was sent does not have the shape that is asked for. `codes` by JSON pointer, or by name for a query's."""

    code = "input_invalid"

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__()
        self.codes = codes


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotLoggedIn, 401), (BodyUnreadable, 400), (HeadersUnreadable, 400), (WrongContentType, 415), (InputInvalid, 422),
    (StaleVersion, 412),
    (RoleNotHeld, 403), (NotForThisReader, 403), (CommandIdTaken, 409), (Invalid, 422), (NotFound, 404),
    (RuleBroken, 409), (SubjectErased, 410), (LogUnavailable, 503), (Unavailable, 503), (Tampered, 500), (Refusal, 409),
)  # fmt: skip
_FAULTS: dict[type[Exception], str] = {
    SubjectErased: "subject_erased", LogUnavailable: "log_unavailable", Unavailable: "unavailable", Tampered: "tampered",
}  # fmt: skip
HANDLED: tuple[type[Exception], ...] = (Refusal, *_FAULTS)
"""What an audience may raise; anything else is a fault of ours and answered as such."""
_BY_STATUS = {
    400: "request_unreadable", 401: "not_logged_in", 403: "role_not_held", 404: "not_found", 405: "method_not_allowed",
    413: "body_too_large", 415: "content_type_wrong", 500: "failed", 503: "unavailable",
}  # fmt: skip


def code_of(error: Exception) -> str:
    """The stable code of one of HANDLED."""
    return next((code for kind, code in _FAULTS.items() if isinstance(error, kind)), getattr(error, "code", "failed"))


def refusal_of(error: Exception) -> tuple[int, dict[str, str], Mapping[str, int | str]]:
    """Of one of HANDLED: the status, the codes by the place each is about, and what its text says in figures."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if isinstance(error, HeadersUnreadable | InputInvalid):
        return status, dict(error.codes), {}
    if isinstance(error, Refusal):
        places = {place: "scope_needed" if place.startswith("Tillid-") else error.code for place in _place(error)}
        return status, places, error.facts
    return status, {}, {}


def problem_of(error: Exception) -> Response:
    """The answer to one of HANDLED."""
    code = code_of(error)
    status, errors, facts = refusal_of(error)
    headers: dict[str, str] = {}
    if isinstance(error, HeadersUnreadable):
        code = next(iter(errors.values()))
    if isinstance(error, StaleVersion) and "If-Match" not in request.headers:
        status = 409
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    return _problem(status, code, facts, errors, headers)


def problem_of_http(error: HTTPException) -> Response:
    """The answer to what Flask itself refuses; what its headers say (Allow, Retry-After) is kept."""
    status = error.code or 500
    kept = {
        name: value for name, value in error.get_headers() if name.lower() not in ("content-type", "content-length")
    }
    return _problem(status, _BY_STATUS.get(status, "request_unreadable" if status < 500 else "failed"), {}, {}, kept)


def _problem(
    status: int, code: str, facts: Mapping[str, int | str], errors: Mapping[str, str], headers: Mapping[str, str]
) -> Response:
    language = _language()
    body: dict[str, Any] = {
        "type": f"urn:tillid:problem:{code}",
        "title": HEADINGS[status if status in HEADINGS else 500 if status >= 500 else 400].said(language),
        "status": status,
        "detail": told(code, language, facts),
        "code": code,
    }
    if errors:
        body["errors"] = [{"field": at, "detail": told(one, language, facts)} for at, one in errors.items()]
    g.problem = code
    answer = Response(json.dumps(body), status, content_type=MEDIA_TYPE)
    answer.headers.update(headers)
    answer.headers["Content-Language"] = language
    answer.headers.add("Vary", "Accept-Language")
    return answer


def _language() -> str:
    """da or en, whichever is preferred; a region (en-GB) does not matter, and Danish is the default (SYS-07)."""
    preferred = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in preferred if language in ("da", "en")), "da")


def _place(refusal: Refusal) -> Iterator[str]:
    """Where it lies: a JSON pointer into the body, or the bare name of a header or of a part of the path."""
    if isinstance(refusal, StaleVersion):
        yield "If-Match"
    elif isinstance(refusal, CommandIdTaken):
        yield "Idempotency-Key"
    elif refusal.field == "unit":
        yield "Tillid-Unit"
    elif isinstance(refusal, RoleNotHeld) and refusal.field == "role":
        return
    elif refusal.field.startswith("Tillid-") or refusal.field in {**(request.view_args or {}), **request.args}:
        yield refusal.field
    elif refusal.field:
        yield f"/{refusal.field}"


def pointers(messages: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """marshmallow's nested messages as pairs of JSON pointer (RFC 6901) and code."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from pointers(inner, at + step)
    else:
        yield at, str(messages[0]) if isinstance(messages, list) and messages else "field_unreadable"
