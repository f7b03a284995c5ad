"""A world to live a story in: a house, its clock, people with tokens, and an account of what was expected and found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask

from adapters.demo.identity import DemoIdentity
from adapters.wiring import House, SetClock

DENMARK = ZoneInfo("Europe/Copenhagen")
RED_BARNET = "red-barnet"


class Send(Protocol):
    """One request to the API: status and decoded body."""

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, Any]: ...


def http_in(app: Flask) -> Send:
    """Requests to this application without a network between."""
    client = app.test_client()

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, Any]:
        answer = client.open(path, method=method, headers=dict(headers), data=body)
        return answer.status_code, json.loads(answer.data) if answer.is_json else answer.data or None

    return send


class StoryBroken(AssertionError):
    """The register answered otherwise than the story goes on; `answer` is what it said."""

    def __init__(self, words: str, answer: Any) -> None:
        super().__init__(words)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a story expects, and whether it was so."""

    story: str
    words: str
    found: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, with a token; `where` is the realm and audience the person works in."""

    name: str
    actor: UUID
    token: str
    realm: str
    audience: str
    send: Send

    def get(self, path: str, *, expect: int = 200, audience: str | None = None, realm: str | None = None) -> Any:
        """Ask a question. Raises StoryBroken when the answer has another status."""
        return self._ask("GET", path, None, expect, audience, realm)

    def do(
        self, path: str, content: Mapping[str, Any] | None = None, *, method: str = "POST", expect: int | None = None,
        command_id: UUID | None = None, version: int | None = None, realm: str | None = None,
        audience: str | None = None,
    ) -> Any:  # fmt: skip
        """Give a command, under a new command id unless one is given. `expect` None takes any success."""
        extra = {"Idempotency-Key": str(command_id or uuid4())}
        if version is not None:
            extra["If-Match"] = f'"{version}"'
        return self._ask(method, path, content or {}, expect, audience, realm, extra)

    def put(self, path: str, content: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return self.do(path, content, method="PUT", **more)

    def refused(self, path: str, **more: Any) -> str:
        """Ask in vain; the code of the refusal."""
        answer = self.get(path, expect=403, **more)
        return str(answer.get("code", ""))

    def _ask(
        self, method: str, path: str, content: Mapping[str, Any] | None, expect: int | None, audience: str | None,
        realm: str | None, extra: Mapping[str, str] | None = None,
    ) -> Any:  # fmt: skip
        whole = f"/api/v1/{realm or self.realm}/{audience or self.audience}/{path}"
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": "da", **(extra or {})}
        body = json.dumps(content).encode() if content is not None else None
        if body is not None:
            headers["Content-Type"] = "application/json"
        status, answer = self.send(method, whole, headers, body)
        well = status < 300 if expect is None else status == expect
        if not well:
            code = answer.get("code") if isinstance(answer, dict) else None
            fields = [e.get("field") for e in answer.get("errors", [])] if isinstance(answer, dict) else []
            raise StoryBroken(f"{self.audience} {method} {path}: {status} {code or ''} {fields or ''}", answer)
        return answer


@dataclass(slots=True)
class World:
    """One register in which a story is lived. `say` hears what happens; `findings` is the account."""

    house: House
    clock: SetClock
    identity: DemoIdentity
    send: Send
    story: str = ""
    say: Callable[[str], None] = lambda words: None
    findings: list[Finding] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def on(self, year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        """It is this moment in Denmark; what waits between the realms has arrived by then."""
        self.house.tend()
        self.clock.set(datetime(year, month, day, hour, minute, tzinfo=DENMARK))

    def arrive(self) -> None:
        """What one realm sent reaches the other."""
        self.house.tend()

    def person(self, name: str, realm: str, audience: str, actor: UUID | None = None) -> Person:
        """A made-up person with a token."""
        actor = actor or uuid4()
        person = Person(name, actor, self.identity.token_for(actor), realm, audience, self.send)
        self.people.append(person)
        return person

    def expect(self, words: str, found: object) -> None:
        """Write down what the story expects here and whether it is so; the story goes on either way."""
        finding = Finding(self.story, words, bool(found))
        self.findings.append(finding)
        self.say(f"  {'✓' if finding.found else '✗ NOT SO:'} {words}")

    def tell(self, words: str) -> None:
        """What happens now."""
        self.say(words)

    @property
    def kept(self) -> bool:
        return bool(self.findings) and all(finding.found for finding in self.findings)


def words_in(answer: Any) -> str:
    """Everything an answer says, as one text to look for words in."""
    return json.dumps(answer, ensure_ascii=False)
