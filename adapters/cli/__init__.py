"""The command line: make a register, serve it, rebuild its views, verify its log, and see to its health."""

from __future__ import annotations

import click

from adapters.cli.audit import audit
from adapters.cli.breach import breach
from adapters.cli.erasure import erasure_group
from adapters.cli.keys import keys_group
from adapters.cli.receipt import receipt_group
from adapters.cli.records import records
from adapters.cli.redraw import redraw
from adapters.cli.requests import requests_group
from adapters.cli.retention import retention_group
from adapters.cli.roles import roles
from adapters.cli.running import demo, doctor, drill, init, serve
from adapters.cli.sessions import sessions
from adapters.cli.views import views
from adapters.cli.wordings import wordings_group

audit.add_command(redraw)

VERSION = "0.1.0"
"""The same as in pyproject.toml; the register runs from a checkout, too, where no package says it."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="Tillid %(version)s")
def cli() -> None:
    """Tillid, the case and consent register for Småbørnsklubber."""


for command in (
    init,
    serve,
    demo,
    drill,
    doctor,
    views,
    audit,
    breach,
    erasure_group,
    keys_group,
    receipt_group,
    records,
    requests_group,
    retention_group,
    roles,
    sessions,
    wordings_group,
):
    cli.add_command(command)


def main() -> None:
    cli(prog_name="tillid")
