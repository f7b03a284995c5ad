"""Who is at the page: a session in one role held today, and all that a page may ask and say in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from adapters.endpoints import endpoint_of
from adapters.identity import Login, asker_as
from adapters.labels import labelled
from adapters.problems import InputInvalid, pointers
from adapters.web.forms import Form, read_as
from adapters.web.sessions import Session
from application.desk import Asker, Desk
from application.perform import RoleNotHeld, rehearse
from application.views.people import RoleHeld
from domain.people import Role


@dataclass(frozen=True, slots=True)
class Here:
    """One request of one person: `held` is the role in use, `desk` that of its realm, `language` the page's."""

    session: Session
    realm: str
    desk: Desk
    held: RoleHeld
    language: str

    @property
    def role(self) -> Role:
        return self.held.role

    def asker(self, request_id: UUID) -> Asker:
        assert self.session.actor is not None
        return asker_as(self.held, Login(self.session.actor, self.session.session_id), request_id)

    def ask(self, question: Callable[..., Any], **said: Any) -> Any:
        """Ask one of the API's questions, by its function: what its schema lets out, and nothing else.

        `said` holds the ids of its path and, as text or typed, what its query or body takes. Raises what it refuses with.
        """
        endpoint = endpoint_of(question)
        self._in_a_role(endpoint.roles)
        shape = endpoint.query or endpoint.body
        if shape is not None:
            asked = {name: said.pop(name) for name in list(said) if name in shape.fields}
            asked = {name: str(value) if isinstance(value, UUID) else value for name, value in asked.items()}
            said |= _loaded(shape, {name: value for name, value in asked.items() if value not in (None, "")})
        answer = endpoint.serve(self.asker(g.request_id), self.desk, said, g.request_id)
        if endpoint.answer is None or isinstance(answer, Response):
            return answer  # a file, as it is
        return endpoint.answer.dump(answer)

    def send(self, command: Callable[..., Any], form: Form, body: Mapping[str, Any] | None = None, **ids: Any) -> Any:
        """Give one of the API's commands, by its function, with what a form says; a `body` stands in the form's place.

        A form sent twice has one effect, and answers the same. Raises InputInvalid and what the command refuses with.
        """
        endpoint = endpoint_of(command)
        self._in_a_role(endpoint.roles)
        said: dict[str, Any] = {}
        if endpoint.body is not None:
            said |= _loaded(endpoint.body, read_as(endpoint.body, form.said if body is None else body))
        if endpoint.versioned:
            said["version"] = form.version
        answer = endpoint.serve(self.asker(form.command_id), self.desk, said | ids, form.command_id)
        return answer if endpoint.answer is None else endpoint.answer.dump(answer)

    def meant(self, command: Callable[..., Any], body: Mapping[str, Any]) -> Any:
        """The command that this means, which is not given. Raises InputInvalid."""
        shape = endpoint_of(command).body
        return command(_loaded(shape, read_as(shape, body)) if shape is not None else {})

    def rehearse(self, command: Callable[..., Any], body: Mapping[str, Any]) -> None:
        """Raises what giving a command would refuse, and gives nothing: for a form that asks in steps."""
        self._in_a_role(endpoint_of(command).roles)
        rehearse(self.meant(command, body), self.asker(g.request_id), self.desk)

    def choices(self, values: Iterable[Any], kind: str) -> list[tuple[str, str]]:
        """What one may choose from, each with its words in the page's language; `kind` as for `label`."""
        return labelled(values, kind, self.language)

    def to(self, page: Callable[..., Any], *, done: str = "", anchor: str = "", **ids: Any) -> Response:
        """See other: a page of the same realm. `done` is the name of what was done, said on top of it."""
        from flask import redirect

        return redirect(url_of(self.realm, page, done=done or None, anchor=anchor, **ids), 303)

    def _in_a_role(self, roles: Any) -> None:
        if self.role not in roles:
            raise RoleNotHeld("role")


def url_of(realm: str, page: Callable[..., Any], *, done: str | None = None, anchor: str = "", **ids: Any) -> str:
    """The address of a page of a realm, by its function."""
    return url_for(page.endpoint, realm=realm, done=done, _anchor=anchor or None, **ids)  # type: ignore[attr-defined]


def _loaded(shape: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = shape.load(said)
    except ValidationError as error:
        raise InputInvalid(dict(pointers(error.messages))) from None
    return loaded
