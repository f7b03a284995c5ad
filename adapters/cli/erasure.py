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
    """List what the ledger holds: erasures, retentions that ended, epochs that were destroyed. Nobody is named."""
    from rich.console import Console
    from rich.table import Table

    from adapters.wiring import ledger_of

    for name, settings_of_realm in chosen(read(settings), realm):
        table = Table("No.", "When", "What", "Request or run", "Keys", "Compartments", title=name)
        for entry in ledger_of(settings_of_realm).entries_after(0):
            epochs = [f"{compartment} up to epoch {epoch}" for compartment, epoch in entry.epochs.items()]
            table.add_row(
                str(entry.seq), f"{entry.at:%Y-%m-%d %H:%M}", entry.kind.value, str(entry.case_id or ""),
                str(len(entry.key_ids)) if entry.case_id else "", ", ".join(epochs or entry.compartments),
            )  # fmt: skip
        Console().print(table)


@erasure_group.command("reapply")
@REALM
@SETTINGS
@plainly
def reapply(realm: str | None, settings: Path) -> None:
    """After a restore: erase again what the ledger says was erased since; then the register serves."""
    from adapters.wiring import reapply_erasures

    whole = read(settings)
    for name, settings_of_realm in chosen(whole, realm):
        done = reapply_erasures(settings_of_realm, whole)
        click.echo(f"{name}: {done.keys} keys named by the ledger are gone.")
        if done.fenced:
            click.echo(
                f"{name}: {done.fenced} subjects are closed in the register again, {done.values} values taken out of it."
            )
        if done.epochs:
            click.echo(f"{name}: {done.epochs} epochs of key-encryption keys are destroyed again.")
        for case_id in done.cases:
            click.echo(f"{name}: the request {case_id} went on to its end, with a new receipt.")
        for case_id in done.lost:
            click.echo(
                f"{name}: the request {case_id} was carried out, and is not in the restored register: enter it again."
            )
