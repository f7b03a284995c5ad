"""The access log on the command line: verified, signed, exported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly

if TYPE_CHECKING:
    from gdpr.log_check import Verdict


@click.group()
def audit() -> None:
    """The access log: who read what; append-only, and verified by anybody."""


@audit.command("verify")
@REALM
@SETTINGS
@plainly
def verify_log(realm: str | None, settings: Path) -> None:
    """Check every entry and every signed checkpoint; exit 1 and name the first broken entry otherwise."""
    opened = house(settings)
    broken = False
    for name in names(opened, realm):
        verdict = opened.realms[name].verify_log()
        broken = broken or not verdict.ok
        click.echo(f"{name}: {_in_words(verdict)}")
    sys.exit(1 if broken else 0)


@audit.command("checkpoint")
@REALM
@SETTINGS
@plainly
def checkpoint(realm: str | None, settings: Path) -> None:
    """Sign the log as it stands now, for the officer and for a witness to keep."""
    opened = house(settings)
    for name in names(opened, realm):
        click.echo(opened.realms[name].log.checkpoint() or f"{name}: nothing new to sign.")


@audit.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--realm", required=True, help="The realm whose log is exported.")
@SETTINGS
@plainly
def export_log(folder: Path, realm: str, settings: Path) -> None:
    """Write the log to an empty FOLDER, with all that is needed to verify it offline."""
    opened = house(settings)
    (name,) = names(opened, realm)
    opened.realms[name].log.export(folder)
    click.echo(
        f"The log of {name} is in {folder.name}; `python tools/verify_log.py {folder.name}` verifies it anywhere."
    )


def _in_words(verdict: Verdict) -> str:
    if verdict.first_broken is not None:
        where = "a checkpoint" if verdict.first_broken.seq is None else f"entry {verdict.first_broken.seq}"
        return f"BROKEN at {where}: {verdict.first_broken.words}"
    rest = f"; the last {verdict.unsigned} stand under no signature yet" if verdict.unsigned else ""
    return f"whole: {verdict.size} entries under {verdict.checkpoints} checkpoints{rest}."
