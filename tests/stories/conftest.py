"""Worlds to live stories in, on both databases, through the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.demo.identity import DemoIdentity
from adapters.demo.world import DENMARK, World
from adapters.http import create_app
from adapters.wiring import SetClock, build
from domain.compartments import RealmKind
from tests.house import settings_on
from tests.postgres import Backend


@pytest.fixture
def world(backend: Backend, tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Makes a world with Red Barnet and these municipalities."""
    opened: list[Any] = []

    def with_towns(*towns: str) -> World:
        clock, identity = SetClock(datetime(2025, 1, 2, 9, tzinfo=DENMARK)), DemoIdentity()
        realms = dict.fromkeys(towns, RealmKind.MUNICIPALITY) | {"red-barnet": RealmKind.RED_BARNET}
        house = build(settings_on(backend, tmp_path, realms), clock=clock, identity=identity)
        opened.append(house)
        client = create_app(house).test_client()

        def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, Any]:
            answer = client.open(path, method=method, headers=dict(headers), data=body)
            return answer.status_code, json.loads(answer.data) if answer.data else None

        return World(house, clock, identity, send)

    yield with_towns
    for house in opened:
        house.close()
