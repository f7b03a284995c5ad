"""Receipts on the command line: whether one is whole, and the key by which anybody else finds out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from adapters.cli.common import REALM, SETTINGS, chosen, plainly, read


@click.group("receipt")
def receipt_group() -> None:
    """Receipts of erasures and of answers to consents: signed, and verified by anybody."""


@receipt_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@REALM
@SETTINGS
@plainly
def verify_receipt(file: Path, realm: str | None, settings: Path) -> None:
    """Check that FILE is a receipt as a realm handed it out; exit 1 if it was altered or is none of ours."""
    from adapters.wiring import signing_key_of, verify_signature
    from application import consent_receipts
    from gdpr import receipts
    from gdpr.signed import is_whole

    whole, document = read(settings), _document(file.read_bytes())
    kinds = {receipts.FORMAT: "of an erasure", consent_receipts.FORM: "of an answer to a consent"}
    for name, of_realm in chosen(whole, realm):
        key = signing_key_of(of_realm, production=whole.production)
        for form, kind in kinds.items():
            if is_whole(document, form=form, public_key=key, verify_signature=verify_signature):
                click.echo(f"whole: a receipt {kind}, signed by {name}.")
                return
    click.echo("NOT WHOLE: it was altered after it was signed, or none of these realms signed it.")
    sys.exit(1)


@receipt_group.command("key")
@click.option("--realm", required=True, help="The realm whose receipts shall be verified.")
@SETTINGS
@plainly
def key(realm: str, settings: Path) -> None:
    """Print the public key of a realm, by which anybody verifies its receipts.

    It is one line (a C2SP vkey), for `python3 tools/verify_receipt.py RECEIPT.json verify.key`.
    """
    from adapters.wiring import signing_key_of
    from gdpr.checkpoint import key_name_of, verifier_key

    whole = read(settings)
    ((name, of_realm),) = chosen(whole, realm)
    click.echo(verifier_key(key_name_of(name), signing_key_of(of_realm, production=whole.production)))


def _document(content: bytes) -> bytes:
    """The receipt itself, also out of the answer of the API that it came in."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return content
    return str(answer["document"]).encode() if isinstance(answer, dict) and "document" in answer else content
