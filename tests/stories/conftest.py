"""Worlds to live stories in, on both databases, through the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.demo import witness
from adapters.demo.identity import DemoIdentity
from adapters.demo.world import DENMARK, World, http_in
from adapters.wiring import SetClock, build
from domain.compartments import RealmKind
from tests.api_at_work import an_app_of
from tests.house import settings_on
from tests.postgres import Backend


@pytest.fixture
def world(backend: Backend, tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Makes a world with Red Barnet and these municipalities."""
    opened: list[Any] = []

    def with_towns(*towns: str) -> World:
        clock, identity = SetClock(datetime(2025, 1, 2, 9, tzinfo=DENMARK)), DemoIdentity()
        realms = dict.fromkeys(towns, RealmKind.MUNICIPALITY) | {"red-barnet": RealmKind.RED_BARNET}
        settings = witness.known_to(settings_on(backend, tmp_path, realms))
        house = build(settings, clock=clock, identity=identity)
        opened.append(house)
        return World(house, clock, identity, http_in(an_app_of(house)))

    yield with_towns
    for house in opened:
        house.close()
