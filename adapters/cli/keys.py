"""The epochs of key-encryption keys: shown, and turned, so that what was erased is erased in every backup, too."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly


@click.group("keys")
def keys_group() -> None:
    """Epochs of key-encryption keys: which there are, and how the next begins."""


@keys_group.command("show")
@REALM
@SETTINGS
@plainly
def show_keys(realm: str | None, settings: Path) -> None:
    """List the epochs of each compartment, with the keys that are live in them and those last wrapped in them."""
    from rich.console import Console
    from rich.table import Table

    from adapters.wiring import epochs_of

    opened = house(settings)
    try:
        for name in names(opened, realm):
            table = Table("Compartment", "Epoch", "Key-encryption key", "Live keys", "Destroyed keys", title=name)
            for epoch in epochs_of(opened.realms[name]):
                there = "exists" if epoch.exists else "destroyed"
                counts = (str(epoch.live), str(epoch.destroyed))
                table.add_row(epoch.compartment, str(epoch.number), there, *counts)
            Console().print(table)
    finally:
        opened.close()


@keys_group.command("rotate")
@click.option(
    "--keep", type=click.IntRange(min=1), default=3, show_default=True,
    help="Epochs that stay, the new one among them: backups from before them open nothing any more.",
)  # fmt: skip
@REALM
@SETTINGS
@plainly
def rotate(keep: int, realm: str | None, settings: Path) -> None:
    """Begin a new epoch, wrap every live key in it, destroy the oldest. Once a week; may be broken off and run again."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from adapters.wiring import rotate_keys

    opened = house(settings)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        for name in names(opened, realm):
            with Progress(*columns, console=Console(stderr=True)) as progress:
                task = progress.add_task(f"{name}: keys", total=None)
                done = rotate_keys(
                    opened.realms[name],
                    keep=keep,
                    progress=lambda done, of, bar=progress, task=task: bar.update(task, completed=done, total=of),  # type: ignore[misc]
                )
            if not done.begun:
                click.echo(f"{name}: an earlier rotation was broken off; it is finished now, and no new epoch began.")
            oldest = max(done.destroyed.values(), default=0)
            gone = f"epochs up to {oldest} are destroyed" if oldest else "no epoch is old enough to be destroyed"
            click.echo(f"{name}: {done.wrapped} keys wrapped anew; {gone}; {done.final} erasures became final by it.")
            if not done.cleaned:
                click.echo(
                    f"{name}: the database's files may still hold what was replaced, until the next rotation:"
                    " a reader held them, or this login does not own the tables.",
                    err=True,
                )
    finally:
        opened.close()
