"""The words a consent is asked in, as the register brings them along."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.common import SETTINGS, house, plainly


@click.group("wordings")
def wordings_group() -> None:
    """The questions that come along with the register, one for each purpose, in Danish, English and Arabic."""


@wordings_group.command("publish")
@SETTINGS
@plainly
def publish(settings: Path) -> None:
    """Publish those that are not published yet; what is published is never changed."""
    from adapters.wordings import publish_missing
    from domain.compartments import RealmKind

    opened = house(settings)
    for name, realm in opened.realms.items():
        if realm.desk.kind is RealmKind.RED_BARNET:
            now = publish_missing(realm.desk)
            click.echo(f"{name}: {len(now)} wordings published." if now else f"{name}: none is missing.")
    opened.close()


@wordings_group.command("show")
@click.argument("language", type=click.Choice(["da", "en", "ar"]), default="da")
@plainly
def show(language: str) -> None:
    """Print the questions in a language, to be read through before they are published."""
    from adapters.wordings import words
    from domain.lists import Purpose

    for purpose in Purpose:
        click.echo(f"## {purpose.value}\n\n{words(purpose, language)}\n")
