"""Views are rebuilt from the events."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.common import REALM, SETTINGS, chosen, plainly, read


@click.group()
def views() -> None:
    """The views that people are shown; always rebuilt from the events, never repaired."""


@views.command("rebuild")
@REALM
@SETTINGS
@plainly
def rebuild_views(realm: str | None, settings: Path) -> None:
    """Make every view's rows anew from the events; needs no keys, and may run while others work."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from adapters.wiring import rebuild

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        for name, settings_of_realm in chosen(read(settings), realm):
            task = bar.add_task(name, total=None)
            position = rebuild(
                settings_of_realm, lambda done, total, task=task: bar.update(task, completed=done, total=total)
            )
            click.echo(f"{name}: the views follow all {position} events.")
