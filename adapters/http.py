"""The API over HTTP: every audience's endpoints below /api/v1, its OpenAPI 3.1 document, and one log line per request."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from http import HTTPStatus
from types import TracebackType
from typing import Any
from uuid import uuid4

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, g, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException

from adapters import (
    coordinator,
    family,
    invitations,
    leader,
    office,
    officer,
    professional,
    referrer,
    review,
    secretariat,
    volunteer,
)
from adapters.audience import ROOT, Audience
from adapters.identity import House
from adapters.problems import MEDIA_TYPE, problem_of_http

AUDIENCES: tuple[Audience, ...] = (
    referrer.referrer,
    coordinator.town,
    coordinator.club,
    secretariat.secretariat,
    office.planning,
    review.review,
    invitations.volunteers,
    invitations.staff,
    leader.leader,
    volunteer.volunteer,
    professional.professional,
    family.family,
    officer.officer,
)
LARGEST_BODY = 256 * 1024
"""Bytes. The longest command, a family with its grounds, is a hundredth of it."""

_log = logging.getLogger("tillid.http")


class Misplaced(ma.Schema):
    """One thing that is wrong, and where: a JSON pointer into the body, or the bare name of a header or parameter."""

    field = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)


class Problem(ma.Schema):
    """A refusal (RFC 9457). `code` is stable; the texts follow Accept-Language, Danish unless English is preferred."""

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    errors = ma.fields.List(ma.fields.Nested(Misplaced))


class ProblemApi(Api):  # type: ignore[misc]
    """flask-smorest with problem+json in the answers and in the document; it writes the document when asked for it.

    Describing every endpoint takes longer than all else that starting takes, and few processes are ever asked.
    """

    ERROR_SCHEMA = Problem

    def __init__(self, app: Flask, **given: Any) -> None:
        self._undescribed: list[Blueprint] = []
        self._describing = threading.Lock()
        super().__init__(app, **given)

    def register_blueprint(self, blueprint: Blueprint) -> None:
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint)
        self._undescribed.append(blueprint)

    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        with self._describing:
            for blueprint in self._undescribed:
                blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
                self.spec.tag({"name": blueprint.name, "description": blueprint.description})
            self._undescribed.clear()
        described: dict[str, Any] = self.spec.to_dict()
        return described

    def _openapi_json(self) -> Response:
        return jsonify(self.document())

    def handle_http_exception(self, error: HTTPException) -> Response | HTTPException:
        """What Flask refuses below /api/; pages answer for themselves."""
        return problem_of_http(error) if request.path.startswith("/api/") else error

    def _register_responses(self) -> None:
        content = {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}
        for status in HTTPStatus:
            if status >= 400:
                described = {"description": status.phrase, "content": content}
                self.spec.components.response(status.name, described, lazy=True)
        self.spec.components.response(
            "DEFAULT_ERROR", {"description": "Any other refusal", "content": content}, lazy=True
        )


class DiscreetFlask(Flask):
    """Flask that logs where a fault arose, and neither the path with its ids nor a message that may quote a value."""

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        kind, _, trace = exc_info
        frames = traceback.extract_tb(trace) if trace is not None else []
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
        _log.error("failed %s at %s request=%s", kind.__name__ if kind else "?", where, g.get("request_id", "-"))


def create_app(house: House) -> Flask:
    """The API of a house."""
    app = DiscreetFlask("tillid", static_folder=None)
    app.config.update(
        API_TITLE="Tillid",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=ROOT,
        OPENAPI_JSON_PATH="openapi.json",
        MAX_CONTENT_LENGTH=LARGEST_BODY,
    )
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.sort_keys = app.json.ensure_ascii = False
    app.extensions["tillid"] = house
    app.before_request(_begin)
    app.after_request(_end)
    plugin = MarshmallowPlugin(schema_name_resolver=_name_in_document)
    api = ProblemApi(app, spec_kwargs={"info": {"description": _ABOUT}, "marshmallow_plugin": plugin})
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    for audience in AUDIENCES:
        api.register_blueprint(audience.blueprint)
    return app


_ABOUT = """The case and consent register for Småbørnsklubber.

Every path names a realm (one data controller) and an audience. A command carries an `Idempotency-Key`; repeated, it
answers the same and does nothing. Personal values are the value itself, `{"erased": true}`, or not there at all when
they are not for this reader. Refusals are `application/problem+json` with a stable `code`.
"""


def _name_in_document(schema: ma.Schema | type[ma.Schema]) -> str:
    """A schema's name with its audience: the same class name is not the same for everybody."""
    kind = schema if isinstance(schema, type) else type(schema)
    without = "" if isinstance(schema, type) or not schema.exclude else "-without-" + "-".join(sorted(schema.exclude))
    return f"{kind.__module__.removeprefix('adapters.')}.{kind.__name__}{without}"


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of an app."""
    api: ProblemApi = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    return api.document()


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = uuid4()


def _end(answer: Response) -> Response:
    answer.headers["Request-Id"] = str(g.request_id)
    if request.path.startswith("/api/"):
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
    _log.log(
        logging.ERROR if answer.status_code >= 500 else logging.INFO,
        "%s %s %d %.1f ms request=%s%s",
        request.method,
        request.url_rule.rule if request.url_rule is not None else "-",
        answer.status_code,
        (time.perf_counter() - g.began) * 1000,
        g.request_id,
        f" {g.problem}" if "problem" in g else "",
    )
    return answer
