"""What the pages need beside the house: sessions, logins, their own address, and in the demonstration the people to pick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from adapters.texts.words import Words
from adapters.web.assurance import Assurance
from adapters.web.sessions import Bindings, Flows, Sessions
from domain.people import Role

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Picked:
    """Somebody made up, whom a visitor of the demonstration can be; `tells` says who that is in the story."""

    actor: UUID
    name: str
    tells: Words
    group: Words


class Picker(Protocol):
    """The people of a demonstration; only `adapters.demo` has one, and no setting makes one."""

    def people(self) -> Sequence[Picked]: ...


class PickerRefused(ValueError):
    """People can be picked on this machine's own address only, and never beside a login that is meant."""


@dataclass(frozen=True, slots=True)
class Site:
    """`origin` is the public address, such as https://tillid.example; `levels` what each role must be logged in at.

    Raises PickerRefused.
    """

    sessions: Sessions
    bindings: Bindings
    flows: Flows
    origin: str
    providers: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[Role, Assurance] = field(default_factory=dict)
    picker: Picker | None = None

    def __post_init__(self) -> None:
        if self.picker is not None and (self.providers or not self.on_loopback or self.secure):
            raise PickerRefused("people are picked on loopback, in the demonstration only")

    @property
    def on_loopback(self) -> bool:
        return urlsplit(self.origin).hostname in _LOOPBACK

    @property
    def secure(self) -> bool:
        """Whether cookies are bound to this host over TLS."""
        return urlsplit(self.origin).scheme == "https"
