"""Requests about own data on the command line: what is due, the letters, and whether an answer is ours; never contents."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from adapters.cli.common import SETTINGS, house, names, plainly, write_new

if TYPE_CHECKING:
    from application.desk import Asker, Desk

REALM = click.option("--realm", required=True, help="The realm that was asked.")
AS = click.option(
    "--as", "officer", type=click.UUID, required=True, help="Your pseudonym; you hold the officer's role in the realm."
)
KINDS = ("acknowledgement", "extension", "refusal", "answer", "correction", "restriction", "objection")


@click.group("requests")
def requests_group() -> None:
    """Requests about own data: which are due, their letters, and whether an answer is ours."""


@requests_group.command("list")
@REALM
@AS
@SETTINGS
@plainly
def list_requests(realm: str, officer: UUID, settings: Path) -> None:
    """List the requests with what each waits for, the earliest due first; exit status 1 if one is overdue."""
    from application.reading.requests import requests

    lines = requests(*_at_the_desk(settings, realm, officer))
    for line in sorted(lines, key=lambda line: line["due_on"]):
        extended = " extended" if line["extended_because"] else ""
        late = " OVERDUE" if line["overdue"] else ""
        click.echo(
            f"{line['request_id']}  {line['right']:13}  due {line['due_on']}{extended}  {line['waits_for']}{late}"
        )
    overdue = sum(line["overdue"] for line in lines)
    click.echo(f"{len(lines)} requests, {overdue} overdue.")
    if overdue:
        raise SystemExit(1)


@requests_group.command("letter")
@click.argument("request_id", type=click.UUID)
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--language", type=click.Choice(["da", "en", "ar"]), default="da", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A new file (PDF).")
@REALM
@AS
@SETTINGS
@plainly
def letter(
    request_id: UUID, kind: str, language: str, out: Path, realm: str, officer: UUID, settings: Path
) -> None:  # fmt: skip
    """Write a letter of a request: what was decided, why, and how to complain."""
    from adapters.letters.requests import request_letter
    from application.answers import letters

    asker, desk = _at_the_desk(settings, realm, officer)
    told = letters.letter(asker, request_id, letters.Letter(kind), desk)
    write_new(out, desk.documents.pdf(request_letter(told, desk.controller, language=language)))


@requests_group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--request", "request_id", type=click.UUID, required=True)
@REALM
@AS
@SETTINGS
@plainly
def check(file: Path, request_id: UUID, realm: str, officer: UUID, settings: Path) -> None:
    """Say whether an answer that is shown is one that was handed out; exit status 1 if it was altered."""
    from application.reading.requests import answer_check

    asker, desk = _at_the_desk(settings, realm, officer)
    found = answer_check(asker, request_id, sha256(file.read_bytes()).hexdigest(), desk)
    click.echo(f"Handed out on {found['on']} as {found['form']}.")


def _at_the_desk(settings: Path, realm: str, officer: UUID) -> tuple[Asker, Desk]:
    """Whoever types, if they hold the officer's role in this realm today. Raises RoleNotHeld."""
    from uuid import uuid4

    from adapters.identity import Login, Scope, asker_in
    from domain.people import Role

    opened = house(settings)
    (name,) = names(opened, realm)
    desk = opened.desk(name)
    return asker_in([Role.OFFICER], Login(officer, uuid4()), desk, Scope(), uuid4()), desk
