"""Sessions on the command line of the machine: ended at once when a telephone is lost or an account was misused."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID

import click

from adapters.cli.common import SETTINGS, plainly, read


@click.group()
def sessions() -> None:
    """Who is logged in to the pages; ended here when somebody lost a telephone."""


@sessions.command("end")
@click.option("--actor", type=click.UUID, help="Whose sessions, as `tillid roles list` names the actor.")
@click.option("--all", "everybody", is_flag=True, help="Everybody's: all log in anew.")
@click.option("--unbind", is_flag=True, help="The actor's login leads nowhere any more either, until a new invitation.")
@SETTINGS
@plainly
def end(actor: UUID | None, everybody: bool, unbind: bool, settings: Path) -> None:
    """End the sessions of one actor, or of everybody; the next page they ask for sends them to the login."""
    from adapters.wiring.kept import open_kept

    if (actor is None) != everybody or (unbind and actor is None):
        raise click.UsageError("Say --actor, with --unbind or without, or --all.")
    web = read(settings).web
    if web is None:
        raise click.UsageError("The settings have no [web] part: nobody is logged in to pages.")
    with closing(open_kept(web)) as kept:
        if actor is None:
            ended = kept.sessions.end_all()
        elif unbind:
            ended = kept.shut_out(actor)
        else:
            ended = kept.sessions.end_of(actor=actor)
    click.echo(f"Ended {ended} {'session' if ended == 1 else 'sessions'}.")
