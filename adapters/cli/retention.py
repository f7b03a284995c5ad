"""Retention on the command line: what would go, what is let go, what has gone; nobody is named."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly


@click.group("retention")
def retention_group() -> None:
    """How long data are kept: what is due to go, and that it went; by itself once a day, or now."""


@retention_group.command("preview")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it, today.")
@REALM
@SETTINGS
@plainly
def preview_run(on: datetime | None, realm: str | None, settings: Path) -> None:
    """Show what would go on a day, by clock and compartment, and what a hold or a restriction keeps back."""
    from rich.console import Console
    from rich.table import Table

    from application.reading import retention

    opened = house(settings)
    for name in names(opened, realm):
        desk = opened.desk(name)
        day: date | None = on.date() if on is not None else None
        shown = retention.preview(_asker(), desk, on=day)
        table = Table("Clock", "Compartment", "Due since", "Persons", "Kept back", title=f"{name}, {shown['on']}")
        for line in _by_clock(shown["goes"], shown["kept_back"]):
            table.add_row(*line)
        Console().print(table)
        if shown["log_entries_before"] is None:
            click.echo("A hold keeps the access log whole.")
        else:
            click.echo(f"Of entries of the access log from before {shown['log_entries_before']}, whom they are about.")


@retention_group.command("run")
@click.option("--receipts", type=click.Path(file_okay=False, path_type=Path), help="Write the receipts to this folder.")
@REALM
@SETTINGS
@plainly
def let_go(receipts: Path | None, realm: str | None, settings: Path) -> None:
    """Let go what is due today, and first what a crash left half done."""
    from application import retention

    opened = house(settings)
    for name in names(opened, realm):
        gone = retention.run(_asker(), opened.desk(name))
        for receipt in gone.receipts:
            contents = receipt.contents
            click.echo(f"{name}: run {contents['run_id']}: {len(contents['keys'])} keys, receipt {receipt.digest}")
            if receipts is not None:
                receipts.mkdir(parents=True, exist_ok=True)
                (receipts / f"{contents['run_id']}.json").write_bytes(receipt.document)
        click.echo(
            f"{name}: {len(gone.receipts)} runs, {gone.proofs} proofs of consents, {gone.log_entries} entries of the log."
        )


@retention_group.command("report")
@REALM
@SETTINGS
@plainly
def report_runs(realm: str | None, settings: Path) -> None:
    """List the runs and the holds; exit 1 if something should have gone before today, or a hold was not reviewed."""
    from rich.console import Console
    from rich.table import Table

    from application.reading import retention

    opened = house(settings)
    late = False
    for name in names(opened, realm):
        told = retention.report(_asker(), opened.desk(name))
        runs = Table("Run", "On", "Clocks", "Persons", "Keys", "Completed", title=f"{name}: runs")
        for run in told["runs"]:
            runs.add_row(
                str(run["run_id"]), str(run["on"]), ", ".join(run["clocks"]), str(run["subjects"]), str(run["keys"]),
                str(run["completed_on"] or "not yet"),
            )  # fmt: skip
        holds = Table("Hold", "Ground", "Compartments", "Review", "Lifted", title=f"{name}: holds")
        for hold in told["holds"]:
            holds.add_row(
                str(hold["hold_id"]), hold["ground"].value, ", ".join(hold["compartments"]), str(hold["review_on"]),
                str(hold["lifted_on"] or ("REVIEW OVERDUE" if hold["overdue"] else "no")),
            )  # fmt: skip
        console = Console()
        console.print(runs)
        console.print(holds)
        click.echo(f"{name}: {len(told['kept_back'])} kept back, {len(told['overdue'])} overdue.")
        late = late or bool(told["overdue"]) or any(hold["overdue"] for hold in told["holds"])
    if late:
        sys.exit(1)


def _asker() -> Any:
    """The operator acts as the register itself does; what is asked is noted like an officer's question."""
    from application.desk import Asker
    from application.retention import BY_ITSELF
    from domain.people import Role

    return Asker(BY_ITSELF, Role.OFFICER, uuid4())


def _by_clock(goes: list[Any], kept_back: list[Any]) -> list[tuple[str, ...]]:
    """One line for each clock and compartment: since when something is due, of how many it goes and of how many not."""
    places = sorted({(each["clock"], each["compartment"]) for each in (*goes, *kept_back)})
    lines: list[tuple[str, ...]] = []
    for place in places:
        going, kept = ([e for e in found if (e["clock"], e["compartment"]) == place] for found in (goes, kept_back))
        since = min(each["due_on"] for each in (*going, *kept))
        lines.append((*place, str(since), _persons(going), _persons(kept)))
    return lines


def _persons(endings: list[Any]) -> str:
    return str(len({each["subject"] for each in endings}))
