"""Roles on the command line of the machine: the first one given, and confirmed where nobody else is left to (ORG-04)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly

if TYPE_CHECKING:
    from adapters.wiring import House

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


@roles.command("appoint")
@ONE_REALM
@click.option("--given-name", prompt=True)
@click.option("--family-name", prompt=True)
@SETTINGS
@plainly
def appoint(realm: str, given_name: str, family_name: str, settings: Path) -> None:
    """Appoint a realm's first administrator, who gives all other roles, and show the code for the first login.

    The name is asked for, so that it need not stand in the history of the shell.
    """
    from uuid import uuid4

    from application.organisations import Enrol
    from application.perform import perform

    opened, actor = house(settings), uuid4()
    (name,) = names(opened, realm)
    enrol = Enrol(actor=actor, given_name=given_name, family_name=family_name)
    perform(enrol, opened.founder(), opened.desk(name), command_id=uuid4())
    opened.appoint_administrator(name, actor, opened.clock.today())
    _invite(opened, name, actor)


@roles.command("invite")
@ONE_REALM
@click.option("--actor", type=click.UUID, required=True, help="Somebody enrolled in the realm.")
@SETTINGS
@plainly
def invite(realm: str, actor: UUID, settings: Path) -> None:
    """Show a code for a new login, where no administrator is left who could make one. It is shown this once."""
    opened = house(settings)
    (name,) = names(opened, realm)
    _invite(opened, name, actor)


def _invite(opened: House, realm: str, actor: UUID) -> None:
    from application.invitations import InviteStaff, invite

    made = invite(
        lambda digest: InviteStaff(actor=actor, code_digest=digest), opened.founder(), opened.desk(realm)
    )  # fmt: skip
    click.echo(f"{realm}: {made['code']} is the code of {actor}.")
    click.echo(f"It is typed at /invitation after logging in, until {made['valid_until']:%Y-%m-%d %H:%M} UTC.")
