"""Make a register, serve it, show it, and see to its health."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli.common import SETTINGS, plainly, read

if TYPE_CHECKING:
    from flask import Flask

    from adapters.wiring import House, Settings

TEMPLATE = """\
# Settings of Tillid. A realm is one data controller: each municipality is one, and Red Barnet is one.
# In production every realm's keys are wrapped by an HSM; a key file serves demonstration and development only.
production = false
home = "data"

# A process may be given fewer keys than its realms have, so that it can open nothing else, whatever happens:
# opens = ["roster", "ages", "shared_note"]

# Figures a controller may set: days, families; the README has them all. These hold when nothing is said.
# The pages people log in to; without it only the API is served. The README says how to name a provider.
# [web]
# origin = "http://127.0.0.1:8000"

# [limits]
# lead_time_days = 21
# few_families = 2
# fewest_for_themes = 3
# follow_up_days = 365

[realms.red-barnet]
kind = "red_barnet"

[realms.{municipality}]
kind = "municipality"
# The stores lie under home/<realm>/ unless said otherwise. For PostgreSQL:
# register = "postgresql+psycopg://tillid@db.example.org/{municipality}"
# keys = "postgresql+psycopg://tillid_keys@keys.example.org/{municipality}_keys"
"""


@click.command()
@click.option("--municipality", default="kommune-0000", show_default=True, help="The first municipality's realm.")
@SETTINGS
@plainly
def init(municipality: str, settings: Path) -> None:
    """Write a settings file if there is none, and make folders, keys, ledgers and tables."""
    from adapters.wiring import create, read

    if not settings.exists():
        settings.write_text(TEMPLATE.format(municipality=municipality), encoding="utf-8")
        click.echo(f"Wrote {settings.name}.")
    create(read(settings))
    click.echo("The register is ready. `tillid doctor` examines it, `tillid serve` serves it.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@SETTINGS
@plainly
def serve(host: str, port: int, threads: int, settings: Path) -> None:
    """Serve the API and, where the settings have a [web] part, the pages people log in to."""
    import logging

    from waitress import serve as serve_http

    from adapters.wiring import build, read

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    told = read(settings)
    house = build(told)
    app = app_of(told, house)
    with house.tended():
        click.echo(f"Tillid serves {', '.join(house.realms)} on http://{host}:{port}")
        serve_http(app, host=host, port=port, threads=threads, ident="")


def app_of(settings: Settings, house: House) -> Flask:
    """The pages and the API, or the API alone where the settings have no [web] part. Raises SettingsRefused."""
    if settings.web is None or house.kept is None:
        from adapters.http import create_app

        return create_app(house)
    from adapters.web.app import create_site
    from adapters.wiring.pages import site_of

    return create_site(house, site_of(settings.web, house.kept))


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--once", is_flag=True, help="Live the stories and exit; 1 if an expectation failed.")
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Keep the demonstration's files here.")
@plainly
def demo(port: int, once: bool, home: Path | None) -> None:
    """Live the stories with made-up people on SQLite files, show who sees what, and keep serving on loopback."""
    from adapters.demo.run import run

    sys.exit(run(port=port, once=once, home=home))


@click.command()
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Keep the drill's files here.")
@plainly
def drill(home: Path | None) -> None:
    """Rehearse the worst day on files of its own: erase, restore an old backup, and prove that the erasure holds."""
    from adapters.drill.run import run

    sys.exit(run(home=home))


@click.command()
@SETTINGS
@plainly
def doctor(settings: Path) -> None:
    """Examine configuration, key store, schema, ledger and clock; exit 1 if something is wrong."""
    from rich.console import Console
    from rich.table import Table

    from adapters.wiring import doctor as examine

    findings = examine(read(settings))
    table = Table("", "What", "Found", show_edge=False)
    for what, well, words in findings:
        table.add_row("[green]ok[/]" if well else "[red]no[/]", what, words)
    Console().print(table)
    sys.exit(0 if all(well for _, well, _ in findings) else 1)
