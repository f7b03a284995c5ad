"""Roles on the command line of the machine: confirmed where nobody is left who could confirm them (ORG-04)."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly

ONE_REALM = click.option("--realm", required=True, help="The realm in which the role is held.")


@click.group()
def roles() -> None:
    """Who holds which role, and when it lapses; reviewed by the administration, and here when it has nobody left."""


@roles.command("list")
@REALM
@SETTINGS
@plainly
def list_roles(realm: str | None, settings: Path) -> None:
    """List the roles by when they lapse, a line for each: state, last day, role, actor, assignment, who confirmed it."""
    from application.reviews import roles as listed

    opened = house(settings)
    for name in names(opened, realm):
        click.echo(f"{name}:")
        for line in listed(opened.founder(), opened.desk(name)):
            confirmed = f"confirmed {line['confirmed_on']}" if line["confirmed_on"] else f"since {line['since']}"
            click.echo(
                f"  {line['state'].value:12} {line['lapses_after']}  {line['role'].value:14} {line['actor']}  "
                f"{line['assignment_id']}  {confirmed}"
            )


@roles.command("confirm")
@ONE_REALM
@click.option("--actor", type=click.UUID, required=True, help="Whose role it is.")
@click.option("--assignment", type=click.UUID, required=True, help="Which one, as `tillid roles list` names it.")
@SETTINGS
@plainly
def confirm(realm: str, actor: UUID, assignment: UUID, settings: Path) -> None:
    """Confirm a role in the name of the machine, such as that of the only administrator."""
    from uuid import uuid4

    from application.perform import perform
    from application.reviews import ConfirmRole

    opened = house(settings)
    (name,) = names(opened, realm)
    confirmed = perform(
        ConfirmRole(actor=actor, assignment_id=assignment), opened.founder(), opened.desk(name), command_id=uuid4()
    )
    click.echo(f"{name}: confirmed; it lapses after {confirmed['lapses_after']} unless somebody confirms it again.")
