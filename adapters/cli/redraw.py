"""A random check drawn again, offline: from what an officer kept of it, without the register and without any key."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("redraw")
@click.argument("report", type=_FILE)
@click.argument("sifting", type=_FILE)
def redraw(report: Path, sifting: Path) -> None:
    """Draw a random check again from its REPORT and SIFTING, as the API gave them; exit 1 if anything else comes of it.

    REPORT is what `draws/<id>` answered, SIFTING what `draws/<id>/sifting` did, all of its pages in one list.
    """
    try:
        told, listed = json.loads(report.read_text("utf-8")), json.loads(sifting.read_text("utf-8"))
        wrong, drawn = _drawn_again(told, [(one["seq"], one["sifted_by"] or "") for one in listed["sifting"]])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise click.ClickException("these are not the report and the list of a random check that was drawn") from None
    for each in wrong:
        click.echo(each)
    if wrong:
        sys.exit(1)
    click.echo(f"The same: {drawn} of {len(listed['sifting'])} uses are drawn, by the nonce that was announced.")


def _drawn_again(told: dict[str, Any], listed: list[tuple[int, str]]) -> tuple[list[str], int]:
    """What is not as the report says, in words; and how many are drawn."""
    from gdpr.checks import commitment_of, digest_of, drawn_from, seed_of

    drawn = [seq for seq, _ in drawn_from(told["seed"], listed, least=told["least"], per_mille=told["per_mille"])]
    answers = {
        "The nonce is not the one that was announced.": commitment_of(told["nonce"]) == told["commitment"],
        "The seed is not made of this nonce and this checkpoint.": seed_of(told["nonce"], told["checkpoint"])
        == told["seed"],
        "The list is not the one that was drawn from.": digest_of(listed) == told["sifting"],
        "Other entries are drawn than the report says.": drawn == [one["seq"] for one in told["drawn"]],
    }
    return [words for words, holds in answers.items() if not holds], len(drawn)
