"""What the commands share: their options, the realms they speak of, and how they say what went wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from domain.errors import Refusal

if TYPE_CHECKING:
    from adapters.wiring import House, Settings

F = TypeVar("F", bound=Callable[..., Any])

SETTINGS = click.option(
    "--settings",
    envvar="TILLID_SETTINGS",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("tillid.toml"),
    show_default=True,
    help="The settings file; `tillid init` writes one.",
)
REALM = click.option("--realm", help="One realm only; without it, every realm of the settings.")


def plainly(command: F) -> F:
    """What goes wrong is said in one sentence, without a traceback, and the command exits with 1."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except click.ClickException:
            raise
        except Refusal as refusal:
            raise click.ClickException(in_english(refusal)) from None
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


def in_english(refusal: Refusal) -> str:
    """What a refusal says to people; the option or file it is about comes first."""
    from adapters.texts import told

    words = told(refusal.code, "en", refusal.facts)
    return f"{refusal.field}: {words}" if refusal.field else words


def read(settings: Path) -> Settings:
    from adapters import wiring

    return wiring.read(settings)


def house(settings: Path) -> House:
    from adapters.wiring import build

    return build(read(settings))


def chosen(settings: Settings, realm: str | None) -> list[tuple[str, Any]]:
    found = [(each.name, each) for each in settings.realms if realm in (None, each.name)]
    if not found:
        raise click.UsageError("The settings name no such realm.")
    return found


def write_new(out: Path | None, content: bytes) -> None:
    """To a new file that its owner alone may read, or to the terminal; what is there is never overwritten."""
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise click.ClickException(f"{out.name} cannot be written: {error.strerror}.") from None
    click.echo(f"Wrote {out.name}.", err=True)


def names(of: House, realm: str | None) -> list[str]:
    found = [name for name in of.realms if realm in (None, name)]
    if not found:
        raise click.UsageError("The settings name no such realm.")
    return found
