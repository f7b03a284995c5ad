"""Breaches on the command line: the register handed out, and what a loss reached; asked by an officer and in the log."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from adapters.cli.common import SETTINGS, house, names, plainly, write_new

if TYPE_CHECKING:
    from application.desk import Asker, Desk

REALM = click.option("--realm", required=True, help="The realm whose breach it is.")
AS = click.option(
    "--as", "officer", type=click.UUID, required=True, help="Your pseudonym; you hold the officer's role in the realm."
)
OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A new file; without it, the terminal."
)
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"])


@click.group()
def breach() -> None:
    """Breaches of personal data: the register, and who was within reach of what was lost."""


@breach.command("register")
@REALM
@AS
@click.option("--format", "form", type=click.Choice(["json", "csv", "pdf"]), default="json", show_default=True)
@click.option("--language", type=click.Choice(["da", "en"]), default="da", show_default=True, help="Of the PDF.")
@OUT
@SETTINGS
@plainly
def register(realm: str, officer: UUID, form: str, language: str, out: Path | None, settings: Path) -> None:
    """Write the register of breaches (GDPR Art. 33(5)) as JSON, CSV or PDF."""
    from adapters.letters.breach_register import breach_register
    from adapters.officer.breaches import BreachShown, as_chosen
    from application.reading.breaches import breaches

    desk = _desk(settings, realm)
    lines: list[Any] = breaches(_officer(officer, desk), desk)
    if form == "pdf":
        write_new(out, desk.documents.pdf(breach_register(lines, desk.controller, desk.clock.today(), language)))
        return
    shown: list[Mapping[str, Any]] = BreachShown(many=True).dump([as_chosen(line) for line in lines])
    write_new(out, _as_json(shown) if form == "json" else as_csv(shown, list(BreachShown().fields)))


@breach.command("radius")
@REALM
@AS
@click.option("--actor", type=click.UUID, help="The pseudonym of an account.")
@click.option("--session", type=click.UUID, help="The login of a lost device, as the access log names it.")
@click.option("--process", help="A process, by the name in its settings.")
@click.option("--key", help="The id of a key, 32 hexadecimal digits.")
@click.option("--since", type=MOMENT, help="From when on, e.g. 2026-09-01T17:00+02:00.")
@click.option("--until", type=MOMENT, help="To when; without it, now.")
@click.option("--letters", is_flag=True, help="As CSV only the list for the letters of Art. 34.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@OUT
@SETTINGS
@plainly
def radius(
    realm: str, officer: UUID, actor: UUID | None, session: UUID | None, process: str | None, key: str | None,
    since: datetime | None, until: datetime | None, letters: bool, form: str, out: Path | None, settings: Path,
) -> None:  # fmt: skip
    """List who and which compartments could have been read and were. All that is named holds at once."""
    from adapters.officer.blast_radius import BlastRadius, LetterDue, WithinReach
    from application.reading.blast_radius import blast_radius
    from gdpr.blast_radius import Lost

    desk = _desk(settings, realm)
    lost = Lost(actor=actor, session=session, process=process, key_id=_key_id(key), since=since, until=until)
    found: Mapping[str, Any] = BlastRadius().dump(
        blast_radius(_officer(officer, desk), desk, lost=lost, limit=_EVERYTHING)
    )
    if form == "json":
        write_new(out, _as_json(found))
    elif letters:
        write_new(out, as_csv(found["letters"], list(LetterDue().fields)))
    else:
        write_new(out, as_csv(found["lines"], list(WithinReach().fields)))
    for code in found["unsaid"]:
        click.echo(f"Note: {code.replace('_', ' ')}; the list may not be the whole truth.", err=True)


_EVERYTHING = 10_000_000


def as_csv(lines: list[Mapping[str, Any]], columns: list[str]) -> bytes:
    """One line for each; lists are joined by blanks. A cell that a spreadsheet would take for a formula begins with '."""
    written = io.StringIO()
    table = csv.DictWriter(written, columns, extrasaction="ignore")
    table.writeheader()
    for line in lines:
        table.writerow({name: _cell(line.get(name)) for name in columns})
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(json.dumps(each, ensure_ascii=False) if isinstance(each, dict) else str(each) for each in value)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _as_json(shown: Any) -> bytes:
    return json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n"


def _key_id(key: str | None) -> bytes | None:
    try:
        found = bytes.fromhex(key) if key is not None else None
    except ValueError:
        raise click.UsageError("--key is 32 hexadecimal digits.") from None
    if found is not None and len(found) != 16:
        raise click.UsageError("--key is 32 hexadecimal digits.")
    return found


def _desk(settings: Path, realm: str) -> Desk:
    opened = house(settings)
    (name,) = names(opened, realm)
    return opened.desk(name)


def _officer(actor: UUID, desk: Desk) -> Asker:
    """Whoever types, if they hold the officer's role in this realm today. Raises RoleNotHeld."""
    from uuid import uuid4

    from adapters.identity import Login, Scope, asker_in
    from domain.people import Role

    return asker_in([Role.OFFICER], Login(actor, uuid4()), desk, Scope(), uuid4())
