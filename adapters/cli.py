"""The command line: make a register, serve it, rebuild its views, verify its log, and see to its health."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from adapters.wiring import House, Settings
    from gdpr.log_check import Verdict

F = TypeVar("F", bound=Callable[..., Any])

VERSION = "0.1.0"
"""The same as in pyproject.toml; the register runs from a checkout, too, where no package says it."""

SETTINGS = click.option(
    "--settings",
    envvar="TILLID_SETTINGS",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("tillid.toml"),
    show_default=True,
    help="The settings file; `tillid init` writes one.",
)
REALM = click.option("--realm", help="One realm only; without it, every realm of the settings.")

TEMPLATE = """\
# Settings of Tillid. A realm is one data controller: each municipality is one, and Red Barnet is one.
# In production every realm's keys are wrapped by an HSM; a key file serves demonstration and development only.
production = false
home = "data"

# A process may be given fewer keys than its realms have, so that it can open nothing else, whatever happens:
# opens = ["roster", "ages", "shared_note"]

# Figures a controller may set: days, families. Those below are what holds when nothing is said.
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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="Tillid %(version)s")
def cli() -> None:
    """Tillid, the case and consent register for Småbørnsklubber."""


def plainly(command: F) -> F:
    """What goes wrong is said in one sentence, without a traceback, and the command exits with 1."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except click.ClickException:
            raise
        except Exception as error:
            if type(error).__module__.split(".")[0] not in (
                "adapters",
                "infrastructure",
                "gdpr",
                "domain",
                "application",
            ):
                raise
            raise click.ClickException(f"{type(error).__name__}: {error}") from None

    return told  # type: ignore[return-value]


@cli.command()
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


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@SETTINGS
@plainly
def serve(host: str, port: int, threads: int, settings: Path) -> None:
    """Serve the register's API. People log in from outside; until that is set up, nobody can."""
    import logging

    from waitress import serve as serve_http

    from adapters.http import create_app
    from adapters.wiring import build, read

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    house = build(read(settings))
    with house.tended():
        click.echo(f"Tillid serves {', '.join(house.realms)} on http://{host}:{port}")
        serve_http(create_app(house), host=host, port=port, threads=threads, ident="")


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--once", is_flag=True, help="Live the stories and exit; 1 if an expectation failed.")
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Keep the demonstration's files here.")
@plainly
def demo(port: int, once: bool, home: Path | None) -> None:
    """Live the stories with made-up people on SQLite files, show who sees what, and keep serving on loopback."""
    from adapters.demo.run import run

    sys.exit(run(port=port, once=once, home=home))


@cli.group()
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
        for name, settings_of_realm in _chosen(_read(settings), realm):
            task = bar.add_task(name, total=None)
            position = rebuild(
                settings_of_realm, lambda done, total, task=task: bar.update(task, completed=done, total=total)
            )
            click.echo(f"{name}: the views follow all {position} events.")


@cli.group()
def audit() -> None:
    """The access log: who read what; append-only, and verified by anybody."""


@audit.command("verify")
@REALM
@SETTINGS
@plainly
def verify_log(realm: str | None, settings: Path) -> None:
    """Check every entry and every signed checkpoint; exit 1 and name the first broken entry otherwise."""
    house = _house(settings)
    broken = False
    for name in _names(house, realm):
        verdict = house.realms[name].verify_log()
        broken = broken or not verdict.ok
        click.echo(f"{name}: {_in_words(verdict)}")
    sys.exit(1 if broken else 0)


@audit.command("checkpoint")
@REALM
@SETTINGS
@plainly
def checkpoint(realm: str | None, settings: Path) -> None:
    """Sign the log as it stands now, for the officer and for a witness to keep."""
    house = _house(settings)
    for name in _names(house, realm):
        click.echo(house.realms[name].log.checkpoint() or f"{name}: nothing new to sign.")


@audit.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--realm", required=True, help="The realm whose log is exported.")
@SETTINGS
@plainly
def export_log(folder: Path, realm: str, settings: Path) -> None:
    """Write the log to an empty FOLDER, with all that is needed to verify it offline."""
    house = _house(settings)
    (name,) = _names(house, realm)
    house.realms[name].log.export(folder)
    click.echo(
        f"The log of {name} is in {folder.name}; `python tools/verify_log.py {folder.name}` verifies it anywhere."
    )


@cli.group("erasure")
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

    for name, settings_of_realm in _chosen(_read(settings), realm):
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

    whole = _read(settings)
    for name, settings_of_realm in _chosen(whole, realm):
        gone = reapply_erasures(settings_of_realm, production=whole.production)
        click.echo(f"{name}: {gone} keys named by the ledger are gone.")


@cli.command()
@SETTINGS
@plainly
def doctor(settings: Path) -> None:
    """Examine configuration, key store, schema, ledger and clock; exit 1 if something is wrong."""
    from rich.console import Console
    from rich.table import Table

    from adapters.wiring import doctor as examine

    findings = examine(_read(settings))
    table = Table("", "What", "Found", show_edge=False)
    for what, well, words in findings:
        table.add_row("[green]ok[/]" if well else "[red]no[/]", what, words)
    Console().print(table)
    sys.exit(0 if all(well for _, well, _ in findings) else 1)


def _in_words(verdict: Verdict) -> str:
    if verdict.first_broken is not None:
        where = "a checkpoint" if verdict.first_broken.seq is None else f"entry {verdict.first_broken.seq}"
        return f"BROKEN at {where}: {verdict.first_broken.words}"
    rest = f"; the last {verdict.unsigned} stand under no signature yet" if verdict.unsigned else ""
    return f"whole: {verdict.size} entries under {verdict.checkpoints} checkpoints{rest}."


def _read(settings: Path) -> Settings:
    from adapters.wiring import read

    return read(settings)


def _house(settings: Path) -> House:
    from adapters.wiring import build

    return build(_read(settings))


def _chosen(settings: Settings, realm: str | None) -> list[tuple[str, Any]]:
    chosen = [(each.name, each) for each in settings.realms if realm in (None, each.name)]
    if not chosen:
        raise click.UsageError("The settings name no such realm.")
    return chosen


def _names(house: House, realm: str | None) -> list[str]:
    names = [name for name in house.realms if realm in (None, name)]
    if not names:
        raise click.UsageError("The settings name no such realm.")
    return names


def main() -> None:
    cli(prog_name="tillid")


if __name__ == "__main__":
    main()
