"""One kind of people's part of the API: how its questions are asked and its commands given, and documented on the way.

An audience's file holds schemas and, directly below them, the endpoints that use them:

    leader = Audience("leader", Role.LEADER, about="Lederen og det egne forløb", only_in=RealmKind.RED_BARNET)

    class Place(Shown):
        family_id = Id()
        given_name = Revealed()

    @leader.asks("/courses/<uuid:course_id>/roster", Place(many=True))
    def roster(asker: Asker, desk: Desk, said: Said) -> Answer:
        \"\"\"The families of an own course.\"\"\"
        return reading.roster(asker, said["course_id"], desk)

    class Leaving(Sent):
        reason = words(required=True)

    @leader.does("POST", "/courses/<uuid:course_id>/leaving", LeaveCourse, CourseChanged(), body=Leaving())
    def leave(said: Said) -> LeaveCourse:
        \"\"\"A family leaves.\"\"\"
        return LeaveCourse(**said)

`said` holds the ids of the path, then what the query and the body say, and, for a command with a version, `version`
from If-Match. The docstring's first line is the summary in the document.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, current_app, g, request
from flask_smorest import Blueprint  # type: ignore[import-untyped]
from marshmallow import Schema

from adapters.endpoints import Endpoint, Said, Serve, known_as
from adapters.identity import House, NotLoggedIn, Scope, asker_in, asker_in_any, roles_held
from adapters.problems import (
    HANDLED,
    problem_of,
)
from adapters.request_shapes import AskerHeaders, CommandHeaders, StrictParser, VersionedHeaders
from application.desk import Asker, Desk
from application.perform import perform
from domain.compartments import RealmKind
from domain.errors import NotFound
from domain.people import Role

ROOT = "/api/v1"
PDF = "application/pdf"
_A_FILE = {"type": "string", "format": "binary"}
"""What the document of the API says of an answer that is no JSON."""
Answer = Any
C = TypeVar("C")
Question = Callable[[Asker, Desk, Said], Answer]
Asking = TypeVar("Asking", bound=Question)


class _Blueprint(Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = StrictParser()


class Audience:
    """The endpoints of one kind of people below `/api/v1/<realm>/<path>`.

    `roles` are the ones in which they may act here, the first that is held and fits is in use; `only_in` is the kind
    of realm that has these endpoints; `part` tells two audiences of one path apart.
    """

    def __init__(self, path: str, *roles: Role, about: str, only_in: RealmKind | None = None, part: str = "") -> None:
        self.roles = roles
        self._only_in = only_in
        name = f"{path}-{part}" if part else path
        prefix = f"{ROOT}/<realm>/{path}"
        self.blueprint: Any = _Blueprint(name, __name__, url_prefix=prefix, description=about)
        self.blueprint.before_request(self._enter)
        for kind in HANDLED:
            self.blueprint.register_error_handler(kind, problem_of)

    def asks(
        self,
        path: str,
        answer: Schema,
        *,
        query: Schema | None = None,
        body: Schema | None = None,
        records: bool = True,
    ) -> Callable[[Asking], Asking]:
        """A question. `records`: it is about protected records, so one asked in another role is put to the policy.

        One with a `body` is POSTed: what it asks by is personal, and no address may hold that.
        """

        def put(question: Asking) -> Asking:
            serve = _at_once(question)

            def view(headers: Said, *asked: Said, **ids: Any) -> Any:
                asker = self._asker(headers, self.roles, g.request_id, any_role=records)
                return _answered(serve(asker, g.desk, _said(ids, *asked), g.request_id))

            known_as(question, Endpoint(self.roles, serve, answer, body, query))
            method = "GET" if body is None else "POST"
            self._route(method, path, question, view, answer, AskerHeaders(), query=query, body=body)
            return question

        return put

    def does(
        self,
        method: str,
        path: str,
        command: type[C],
        answer: Schema,
        *,
        body: Schema | None = None,
        query: Schema | None = None,
        status: int = 200,
    ) -> Callable[[Callable[[Said], C]], Callable[[Said], C]]:
        """A command, as `application.perform` serves it; the decorated function makes it of what was said."""
        versioned = _takes_a_version(command)
        allowed: Any = getattr(command, "GIVEN_BY", ())
        roles = [role for role in self.roles if role in allowed]

        def put(make: Callable[[Said], C]) -> Callable[[Said], C]:
            def serve(asker: Asker, desk: Desk, said: Said, command_id: UUID) -> Answer:
                return perform(make(said), asker, desk, command_id=command_id)

            def view(headers: Said, *sent: Said, **ids: Any) -> Any:
                g.request_id = headers["command_id"]
                said = _said(ids, *sent)
                if versioned:
                    said["version"] = headers.get("version")
                return _answered(serve(self._asker(headers, roles, g.request_id), g.desk, said, g.request_id))

            known_as(make, Endpoint(roles, serve, answer, body, query, versioned))
            headers = VersionedHeaders() if versioned else CommandHeaders()
            self._route(method, path, make, view, answer, headers, body=body, query=query, status=status)
            return make

        return put

    def acts(self, method: str, path: str, answer: Schema, *, body: Schema | None = None) -> Callable[[Asking], Asking]:
        """An act that is no command of one stream, and by itself safe to repeat: an erasure goes on where it stopped."""

        def put(act: Asking) -> Asking:
            serve = _at_once(act)

            def view(headers: Said, *sent: Said, **ids: Any) -> Any:
                g.request_id = headers["command_id"]
                asker = self._asker(headers, self.roles, g.request_id)
                return _answered(serve(asker, g.desk, _said(ids, *sent), g.request_id))

            known_as(act, Endpoint(self.roles, serve, answer, body))
            self._route(method, path, act, view, answer, CommandHeaders(), body=body)
            return act

        return put

    def prints(self, path: str, *, query: Schema | None = None) -> Callable[[Asking], Asking]:
        """A question about protected records that is answered with a page to keep or hand over, as a PDF."""

        def put(question: Asking) -> Asking:
            serve = _at_once(question)

            def view(headers: Said, *asked: Said, **ids: Any) -> Any:
                asker = self._asker(headers, self.roles, g.request_id, any_role=True)
                printed: bytes = serve(asker, g.desk, _said(ids, *asked), g.request_id)
                return Response(printed, content_type=PDF)

            known_as(question, Endpoint(self.roles, serve, None, query=query))
            self._route("GET", path, question, view, _A_FILE, AskerHeaders(), query=query, content_type=PDF)
            return question

        return put

    def _enter(self) -> None:
        """Nobody comes in without a token, and then only to a realm that has these endpoints."""
        house: House = current_app.extensions["tillid"]
        bearer = request.authorization
        token = bearer.token if bearer is not None and bearer.type == "bearer" else None
        login = house.identity.login_of(token, house.clock.now()) if token else None
        if login is None:
            raise NotLoggedIn
        realm = (request.view_args or {}).get("realm", "")
        desk = house.desk(realm) if realm in house.realms else None
        if desk is None or (self._only_in is not None and desk.kind is not self._only_in):
            raise NotFound
        g.login, g.desk = login, desk

    def _asker(self, headers: Said, roles: Sequence[Role], request_id: UUID, *, any_role: bool = False) -> Asker:
        scope = Scope(headers.get("unit"), headers.get("municipality"), headers.get("person"))
        if any_role and not any(row.role in roles for row in roles_held(g.login.actor, g.desk)):
            return asker_in_any(g.login, g.desk, request_id)
        return asker_in(roles, g.login, g.desk, scope, request_id)

    def _route(
        self,
        method: str,
        path: str,
        named: Callable[..., Any],
        view: Callable[..., Any],
        answer: Schema | Mapping[str, str],
        headers: Schema,
        *,
        body: Schema | None = None,
        query: Schema | None = None,
        status: int = 200,
        content_type: str | None = None,
    ) -> None:
        """Put a view behind its readers, the outermost last, and into the document."""
        blueprint = self.blueprint
        view.__name__, view.__doc__ = named.__name__, named.__doc__
        served = blueprint.response(status, answer, content_type=content_type)(view)
        if body is not None:
            served = blueprint.arguments(body)(served)
        if query is not None:
            served = blueprint.arguments(query, location="query")(served)
        served = blueprint.arguments(headers, location="headers", error_status_code=400)(served)
        operation = f"{blueprint.name}-{named.__name__}".replace("_", "-")
        responses = {str(code): HTTPStatus(code).name for code in _refusals(method)}
        served = blueprint.doc(operationId=operation, security=[{"bearer": []}], responses=responses)(served)
        blueprint.route(path, methods=[method])(served)


def _at_once(question: Question) -> Serve:
    """Serves a question or act that needs no command id of its own."""
    return lambda asker, desk, said, _: question(asker, desk, said)


def _refusals(method: str) -> tuple[int, ...]:
    """The statuses that are documented beside the good one and the default."""
    return (401, 403, 404) if method == "GET" else (401, 403, 404, 409, 412, 413, 415)


def _takes_a_version(command: type[Any]) -> bool:
    """Whether the command may name the version it was decided on; a wording's version is part of what is said."""
    return any(field.name == "version" and field.default is None for field in dataclasses.fields(command))


def _said(ids: Said, *sent: Said) -> Said:
    """One mapping of all that was said; the ids of the path win."""
    ids.pop("realm", None)
    return {name: value for some in (*sent, ids) for name, value in some.items()}


def _answered(answer: Answer) -> Any:
    """The answer, with its version as an entity tag."""
    version = answer.get("version") if isinstance(answer, Mapping) else None
    return (answer, {"ETag": f'"{version}"'}) if version is not None else answer
