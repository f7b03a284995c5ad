"""A question or command apart from how it came: the shapes of what is sent and shown, and what serves it.

The API and the pages both go through here, so that a page can show nothing that the API does not let out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import Schema

from application.desk import Asker, Desk
from domain.people import Role

Said = dict[str, Any]
Serve = Callable[[Asker, Desk, Said, UUID], Any]
"""Answers what was said in one request; the last is the request's id, and that of the command if it is one."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`answer` is None for what is printed and answered as bytes; `versioned` if it may say which version it rests on."""

    roles: Sequence[Role]
    serve: Serve
    answer: Schema | None
    body: Schema | None = None
    query: Schema | None = None
    versioned: bool = False


_ENDPOINTS: dict[Callable[..., Any], Endpoint] = {}


def known_as(function: Callable[..., Any], endpoint: Endpoint) -> None:
    """The function by which an audience's file names this endpoint."""
    _ENDPOINTS[function] = endpoint


def endpoint_of(function: Callable[..., Any]) -> Endpoint:
    """Raises KeyError for a function that is no endpoint."""
    return _ENDPOINTS[function]
