"""The access log on the command line: verified, signed, witnessed, exported, and one entry of it proven."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.common import REALM, SETTINGS, house, names, plainly

if TYPE_CHECKING:
    from adapters.wiring import Realm
    from gdpr.attested import EventsVerdict
    from gdpr.log_check import Verdict
    from gdpr.ports import Entry

_A_PAGE = 1000
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
ONE_REALM = click.option("--realm", required=True, help="The realm whose log it is.")


@click.group()
def audit() -> None:
    """The access log: who read what; append-only, and verified by anybody."""


@audit.command("verify")
@REALM
@SETTINGS
@plainly
def verify_log(realm: str | None, settings: Path) -> None:
    """Check every entry, every signed checkpoint and every stored event; exit 1 and name the first broken one."""
    opened = house(settings)
    whole = True
    for name in names(opened, realm):
        verdict, events = opened.realms[name].verify_log(), opened.realms[name].desk.events.compare()
        whole = whole and verdict.ok and events.ok
        for line in (*_in_words(verdict), _events_in_words(events)):
            click.echo(f"{name}: {line}")
    sys.exit(0 if whole else 1)


@audit.command("checkpoint")
@REALM
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A new folder to hand to a witness.")
@click.option("--since", help="With --out: also a proof from here, e.g. 2026-11/42 or, in this month, 42.")
@SETTINGS
@plainly
def checkpoint(realm: str | None, out: Path | None, since: str | None, settings: Path) -> None:
    """Sign the log as it stands now. With --out, for a witness: with proofs from where each one stands."""
    opened = house(settings)
    chosen = names(opened, realm)
    if out is None:
        for name in chosen:
            click.echo(opened.realms[name].log.checkpoint() or f"{name}: nothing new to sign.")
        return
    if len(chosen) > 1:
        raise click.UsageError("Name one --realm; each has a log and witnesses of its own.")
    _hand_out(opened.realms[chosen[0]], out, since)
    click.echo(f"For the witness: `python3 witness.py cosign {out.name} --key KEYFILE`; its answer goes back with")
    click.echo(f"`tillid audit witnessed --realm {chosen[0]} {out.name}/cosigned-NAME.txt`.")


@audit.command("witnessed")
@FILE
@ONE_REALM
@SETTINGS
@plainly
def witnessed(file: Path, realm: str, settings: Path) -> None:
    """Take in the cosigned checkpoint that a witness gave back, if the settings name the witness."""
    opened = house(settings)
    (name,) = names(opened, realm)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"{file.name} cannot be read.") from None
    taken = opened.realms[name].log.evidence.take_in(text)
    by = ", ".join(f"{each.witness} at {each.at:%Y-%m-%d %H:%M} UTC" for each in taken.cosignatures)
    click.echo(f"{name}: {taken.seen.size} entries of {taken.seen.tree} are cosigned by {by}.")
    click.echo("That is the quorum." if taken.quorum else "That is not the quorum yet.")


@audit.command("prove")
@click.option("--entry", required=True, type=click.IntRange(min=1), help="The entry's number in the log.")
@click.option("--whole", is_flag=True, help="Also who it was and about whom, if that half has not ended.")
@FILE
@ONE_REALM
@SETTINGS
@plainly
def prove(entry: int, whole: bool, file: Path, realm: str, settings: Path) -> None:
    """Write to FILE that one entry is in the log; `tools/verify_log.py --proof FILE` checks it anywhere."""
    opened = house(settings)
    (name,) = names(opened, realm)
    log = opened.realms[name].log
    log.checkpoint()
    found = log.evidence.prove(entry)
    _write(file, _as_json((found if whole else found.public_only()).document()))
    click.echo(f"Entry {entry} of {name} is proven by {file.name}.")
    if whole and found.entry.private is None:
        click.echo("Its private half has ended with the log's retention; the proof is of what remains.")


@audit.command("export")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--fhir", type=click.Path(dir_okay=False, path_type=Path), help="Instead: FHIR AuditEvents, one a line.")
@click.option("--csv", type=click.Path(dir_okay=False, path_type=Path), help="Instead: a table.")
@ONE_REALM
@SETTINGS
@plainly
def export_log(folder: Path | None, fhir: Path | None, csv: Path | None, realm: str, settings: Path) -> None:
    """Write the log to an empty FOLDER, with all that is needed to verify it offline; or in a form others read."""
    if sum(each is not None for each in (folder, fhir, csv)) != 1:
        raise click.UsageError("Name a folder, --fhir FILE or --csv FILE.")
    opened = house(settings)
    (name,) = names(opened, realm)
    if folder is not None:
        _export_folder(opened.realms[name], folder)
        click.echo(
            f"The log of {name} is in {folder.name}; `python tools/verify_log.py {folder.name}` verifies it anywhere."
        )
        return
    from adapters.log_forms import as_csv, as_fhir

    file, form = (fhir, as_fhir) if fhir is not None else (csv, as_csv)
    assert file is not None
    with _new(file) as written:
        count = form(name, _entries(opened.realms[name]), written)
    click.echo(f"{count} lines of the log of {name} are in {file.name}. They hold pseudonyms and ids, no contents.")


def _hand_out(realm: Realm, folder: Path, since: str | None) -> None:
    from gdpr.access_log import month_of
    from gdpr.log_proof import Seen

    realm.log.checkpoint()
    evidence = realm.log.evidence
    wanted = {seen for seen in evidence.last_seen().values() if seen is not None}
    if since is not None:
        wanted.add(Seen.read(since, month_of(realm.desk.clock.now())))
    note, growths = evidence.growth(sorted(wanted, key=lambda seen: (seen.tree, seen.size)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise click.ClickException(f"{folder.name} holds something already.")
    _write(folder / "checkpoint.txt", note)
    _write(folder / "verify.key", evidence.verifier_key + "\n")
    for growth in growths:
        _write(folder / f"growth-{growth.since.tree}-{growth.since.size}.json", _as_json(growth.document()))


def _export_folder(realm: Realm, folder: Path) -> None:
    try:
        realm.log.export(folder)
    except FileExistsError:
        raise click.ClickException(f"{folder.name} holds something already.") from None


def _entries(realm: Realm) -> Iterator[Entry]:
    after = 0
    while page := realm.log.find(after=after, limit=_A_PAGE):
        yield from page
        after = page[-1].seq or after


def _in_words(verdict: Verdict) -> list[str]:
    if verdict.first_broken is not None:
        where = "a checkpoint" if verdict.first_broken.seq is None else f"entry {verdict.first_broken.seq}"
        return [f"BROKEN at {where}: {verdict.first_broken.words}"]
    rest = f"; the last {verdict.unsigned} stand under no signature yet" if verdict.unsigned else ""
    lines = [f"whole: {verdict.size} entries under {verdict.checkpoints} checkpoints{rest}."]
    if verdict.unwitnessed:
        lines.append(f"the last {verdict.unwitnessed} entries no quorum of witnesses has seen yet.")
    if verdict.first_clock_jump is not None:
        lines.append(
            f"CLOCK: entry {verdict.first_clock_jump} says an earlier time than the one before it; the clock was set back"
            f" ({verdict.clock_jumps} times in all)."
        )
    return lines


def _events_in_words(events: EventsVerdict) -> str:
    if events.first_broken is not None:
        return f"BROKEN: {events.first_broken.words}"
    since = f"; {events.unattested} came since" if events.unattested else ""
    gone = f"; those before {events.first} went with their months" if (events.first or 1) > 1 else ""
    return f"whole: {events.events} stored events are as the log attests them{since}{gone}."


def _as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def _write(path: Path, text: str) -> None:
    with _new(path) as file:
        file.write(text)


def _new(path: Path) -> Any:
    """A new file, readable by its owner alone."""
    try:
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="")
    except FileExistsError:
        raise click.ClickException(f"{path.name} is there already.") from None
    except OSError as error:
        raise click.ClickException(f"{path.name} cannot be written: {error.strerror}.") from None
