"""Erasures as the ledger has them."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.common import REALM, SETTINGS, chosen, plainly, read


@click.group("erasure")
def erasure_group() -> None:
    """Erasures as the ledger has them; the decisions are made at the officer's desk."""


@erasure_group.command("show")
@REALM
@SETTINGS
@plainly
def show_erasures(realm: str | None, settings: Path) -> None:
    """List the erasures that were carried out: when, how many keys, in which compartments. Nobody is named."""
    from rich.console import Console
    from rich.table import Table

    from adapters.wiring import ledger_of

    for name, settings_of_realm in chosen(read(settings), realm):
        table = Table("No.", "When", "Request", "Keys", "Compartments", title=name)
        for entry in ledger_of(settings_of_realm).entries_after(0):
            table.add_row(
                str(entry.seq), f"{entry.at:%Y-%m-%d %H:%M}", str(entry.case_id), str(len(entry.key_ids)),
                ", ".join(entry.compartments),
            )  # fmt: skip
        Console().print(table)


@erasure_group.command("reapply")
@REALM
@SETTINGS
@plainly
def reapply(realm: str | None, settings: Path) -> None:
    """After a restore: destroy again what the ledger says was destroyed since; then the register serves."""
    from adapters.wiring import reapply_erasures

    whole = read(settings)
    for name, settings_of_realm in chosen(whole, realm):
        gone = reapply_erasures(settings_of_realm, production=whole.production)
        click.echo(f"{name}: {gone} keys named by the ledger are gone.")
