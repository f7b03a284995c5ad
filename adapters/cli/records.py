"""The record of processing and the annex to the impact assessment, made from the settings and the code (Art. 30, 35)."""

from __future__ import annotations

import json
from pathlib import Path

import click

from adapters.cli.common import REALM, SETTINGS, chosen, house, names, plainly, read, write_new

OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A new file; without it, the terminal."
)


@click.group()
def records() -> None:
    """What law asks a controller to have in writing, made from what runs."""


@records.command("art30")
@click.option("--realm", required=True, help="The realm: one controller, one record.")
@click.option("--format", "form", type=click.Choice(["json", "pdf"]), default="json", show_default=True)
@OUT
@SETTINGS
@plainly
def art30(realm: str, form: str, out: Path | None, settings: Path) -> None:
    """Write the record of processing activities of one controller (GDPR Art. 30)."""
    from adapters.letters.processing_record import processing_record
    from application.records import record_of
    from gdpr.processing_record import as_plain

    opened = house(settings)
    (name,) = names(opened, realm)
    desk = opened.desk(name)
    shown = as_plain(record_of(desk))
    if form == "json":
        write_new(out, json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n")
    else:
        write_new(out, desk.documents.pdf(processing_record(shown, desk.clock.today())))
    for unsaid in desk.controller.unsaid:
        click.echo(f"Note: the settings do not say the controller's {unsaid}.", err=True)


@records.command("dpia")
@REALM
@OUT
@SETTINGS
@plainly
def dpia(realm: str | None, out: Path | None, settings: Path) -> None:
    """Write the annex to the impact assessment (GDPR Art. 35(7)) as Markdown: flows, readers, periods, measures, proofs."""
    from adapters.wiring import running_of
    from application.records import annex, evidence

    whole = read(settings)
    lines = ["# Annex to the data protection impact assessment", ""]
    for _, each in chosen(whole, realm):
        lines += [*annex(running_of(each, whole)), ""]
    lines += ["## Which tests prove which promise", "", *evidence()]
    write_new(out, ("\n".join(lines) + "\n").encode())
