"""The API of a made-up club, and people who call it: with a token, a command id, and whatever else a test says."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from adapters.demo.identity import DemoIdentity
from adapters.http import create_app
from adapters.wiring import House, SetClock
from tests.club_at_work import FIRST_EVENING, ClubAtWork, a_club_at_work


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at one audience's door."""

    app: Flask
    token: str
    base: str

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._send("GET", path, None, headers)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self._send("POST", path, body, {"Idempotency_Key": str(uuid4()), **headers})

    def put(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self._send("PUT", path, body, {"Idempotency_Key": str(uuid4()), **headers})

    def delete(self, path: str, **headers: str) -> TestResponse:
        return self._send("DELETE", path, None, {"Idempotency_Key": str(uuid4()), **headers})

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"/api/v1/{self.base}/{path}"
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        client = self.app.test_client()
        if body is None or isinstance(body, bytes):
            return client.open(url, method=method, data=body, headers={**bearer, **named})
        return client.open(url, method=method, json=body, headers={**bearer, **named})


@dataclass(frozen=True, slots=True)
class ApiAtWork:
    """The club, its API, and tokens for anybody."""

    club: ClubAtWork
    app: Flask
    identity: DemoIdentity

    def caller(self, actor: UUID | None, realm: str, audience: str) -> Caller:
        """Somebody with a token of their own; None has none."""
        return Caller(self.app, self.identity.token_for(actor) if actor is not None else "", f"{realm}/{audience}")


def an_api_at_work(home: Path) -> ApiAtWork:
    club, identity = a_club_at_work(home), DemoIdentity()
    club.house.identity = identity
    return ApiAtWork(club, an_app_of(club.house), identity)


def an_app_of(house: House) -> Flask:
    """The API of a house. Its two hundred routes, the same for every house, are bound once in a run and copied."""
    app = copy(_an_app())
    app.extensions = app.extensions | {"tillid": house}
    return app


@cache
def _an_app() -> Flask:
    return create_app(House({}, SetClock(FIRST_EVENING), DemoIdentity()))
