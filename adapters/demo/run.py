"""Lives the stories on SQLite files through HTTP on loopback, shows who sees what, and keeps serving the last one's people."""

from __future__ import annotations

import http.client
import json
import logging
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from rich.console import Console

from adapters.demo import visit, witness
from adapters.demo.identity import DemoIdentity
from adapters.demo.sights import sights
from adapters.demo.stories import (
    course_over,
    erasure,
    lost_telephone,
    note,
    referral,
    short_notice,
    two_homes,
    what_is_held,
    who_read,
)
from adapters.demo.world import DENMARK, RED_BARNET, Send, StoryBroken, World
from adapters.http import create_app
from adapters.web.app import create_site
from adapters.web.site import Site
from adapters.wiring import RunningClock, WebSettings, build, embedded
from domain.compartments import RealmKind

LOOPBACK = "127.0.0.1"
STORIES: tuple[tuple[str, Callable[[World], Any]], ...] = (
    (short_notice.TOWN, short_notice.live),
    (who_read.TOWN, who_read.live),
    (erasure.TOWN, erasure.live),
    (two_homes.TOWN, two_homes.live),
    (what_is_held.TOWN, what_is_held.live),
    (course_over.TOWN, course_over.live),
    (lost_telephone.TOWN, lost_telephone.live),
)
"""After these comes story 2, which begins with story 1: its people are the ones who are served on."""


def run(*, port: int, once: bool, home: Path | None) -> int:
    """Live all stories; 0 if every expectation was kept, else 1. Without `once`, serve until interrupted."""
    console = Console()
    logging.disable(logging.WARNING)  # the account is what is shown here, not the server's own lines
    with ExitStack() as stack:
        folder = home or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tillid-demo-")))
        served = stack.enter_context(_Served(port))
        console.print(f"[bold]Tillid[/] lives its stories on SQLite files, through http://{LOOPBACK}:{served.port}\n")
        worlds = [_live(console, stack, served, folder, town, live)[0] for town, live in STORIES]
        last, scene = _live(console, stack, served, folder, referral.TOWN, note.live)
        worlds.append(last)
        site = None
        if scene is not None:
            console.print("\n[bold]Who sees what, at the end of story 2[/]")
            for line in sights(last):
                console.print(line, highlight=False)
            site = _site(last, scene, served.port)
        kept = all(world.kept for world in worlds)
        count = sum(len(world.findings) for world in worlds)
        broken = [finding for world in worlds for finding in world.findings if not finding.found]
        console.print(f"\n{count - len(broken)} of {count} expectations kept.", style="green" if kept else "bold red")
        for finding in broken:
            console.print(f"  ✗ {finding.story}: {finding.words}", style="red")
        if once or site is None:
            return 0 if kept else 1
        served.app = site
        _invite(console, last, served.port)
        try:
            with last.house.tended():
                threading.Event().wait()
        except KeyboardInterrupt:
            console.print("\nGood-bye; nothing of the demonstration is kept." if home is None else "\nGood-bye.")
        return 0 if kept else 1


def _live(
    console: Console, stack: ExitStack, served: _Served, folder: Path, town: str, live: Callable[[World], Any]
) -> tuple[World, Any]:
    """The world the story was lived in, and where it left its people."""
    clock = RunningClock(datetime(2025, 1, 2, 9, tzinfo=DENMARK))
    identity = DemoIdentity()
    realms = {town: RealmKind.MUNICIPALITY, RED_BARNET: RealmKind.RED_BARNET}
    settings = witness.known_to(embedded(folder / town, realms))
    web = WebSettings.under(folder / town, _origin(served.port))
    house = build(replace(settings, web=web), clock=clock, identity=identity)
    stack.callback(house.close)
    served.app = create_app(house)
    shown: list[str] = []

    def say(words: str) -> None:
        if world.story not in shown:
            shown.append(world.story)
            console.print(f"\n[bold]{world.story}[/]")
        console.print(words, style="red" if "NOT SO" in words else None, highlight=False)

    world = World(house, clock, identity, http_to(served.port), say=say)
    scene = None
    try:
        scene = live(world)
    except StoryBroken as broken:
        world.expect(f"the story goes on ({broken})", found=False)
    return world, scene


def _site(world: World, scene: referral.Scene, port: int) -> Flask:
    """The pages of the last world, for people who are picked; from here on its clock runs."""
    visitors = visit.prepare(world, scene)
    kept, clock = world.house.kept, world.clock
    assert kept is not None
    assert isinstance(clock, RunningClock)
    clock.go()
    site = create_site(world.house, Site(kept.sessions, kept.bindings, kept.flows, _origin(port), picker=visitors))
    visit.look_in(world, site, visitors, _origin(port))
    return site


def _origin(port: int) -> str:
    return f"http://{LOOPBACK}:{port}"


def http_to(port: int) -> Send:
    """Requests over real HTTP to this port on loopback."""

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            raw, is_json = answer.read(), "json" in answer.headers.get_content_type()
            return answer.status, json.loads(raw) if is_json else raw or None
        finally:
            connection.close()

    return send


class _Served:
    """A server on loopback whose application may be exchanged between stories; never on another address."""

    def __init__(self, port: int) -> None:
        from waitress.server import create_server

        self.app: Callable[[dict[str, Any], Any], Iterable[bytes]] | None = None
        self._server = create_server(self._answer, host=LOOPBACK, port=port, threads=4, ident="")
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start_response)

    def __enter__(self) -> _Served:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()


def _invite(console: Console, world: World, port: int) -> None:
    console.print(f"\n[bold]Now walk through it yourself: {_origin(port)}[/]", highlight=False)
    console.print(f"It is {world.clock.today():%-d %B %Y} there, and everybody is made up.", highlight=False)
    console.print("\nThe API answers the same people. Where they ask, and their token:")
    for person in world.people:
        where = f"{person.realm}/{person.audience}"
        console.print(f"  {person.name:<46}{where:<26}{person.token}", soft_wrap=True, highlight=False)
    leader = next(person for person in world.people if person.audience == "leader")
    base = f"{_origin(port)}/api/v1"
    console.print(
        f"\n  curl -H 'Authorization: Bearer {leader.token}' {base}/red-barnet/leader/courses", soft_wrap=True
    )
    console.print(f"What can be asked and said: {base}/openapi.json. Stop with Ctrl-C.", highlight=False)
