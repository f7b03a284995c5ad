"""Cosigns the checkpoints of an access log for somebody other than who keeps it, and refuses a log that was rewritten.

    python3 witness.py init KEYFILE --name NAME        make a key; what it prints is for the settings of the register
    python3 witness.py cosign FOLDER --key KEYFILE [--log FILE]
    python3 witness.py seen --key KEYFILE              how far each log was cosigned

FOLDER is what `tillid audit checkpoint --out FOLDER` wrote: the checkpoint and the proofs that the log only grew. The
answer, `cosigned-NAME.txt`, goes back to the register (`tillid audit witnessed`). The first time a log is met its key
must be given (`--log`), as it came by another way than the folder. What was cosigned is remembered beside the key file,
in KEYFILE.seen.json: whoever loses that file loses what the witness is for.

It needs Python 3.11 and the package `cryptography`, for Ed25519; the rest is SHA-256. It shares no code with the
register on purpose. Exit status: 0 done, 1 refused, 2 asked wrongly.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, COSIGNER = 1, 4


class Refused(Exception):
    """Why nothing is cosigned, in words."""


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint that the log truly signed: its month, how many entries that had, the root over them, the note."""

    month: str
    size: int
    root: bytes
    text: str
    note: str


# Keys and notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature)


def key_id(name: str, kind: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def key_line(name: str, kind: int, public: bytes) -> str:
    return f"{name}+{key_id(name, kind, public).hex()}+{b64encode(bytes([kind]) + public).decode()}"


def read_log_key(line: str) -> tuple[str, bytes]:
    """Name and public key of a log. Raises Refused."""
    try:
        name, _, encoded = line.strip().split("+", 2)
        public = b64decode(encoded, validate=True)[1:]
        if len(public) != 32 or key_line(name, LOG, public) != line.strip():
            raise ValueError
    except ValueError:
        raise Refused("the log's key cannot be read") from None
    return name, public


def read_checkpoint(note: str, log_key: str) -> Checkpoint:
    """Raises Refused for anything that this log did not sign."""
    name, public = read_log_key(log_key)
    try:
        text, gap, lines = note.partition("\n\n")
        origin, size, root = text.split("\n")
        raws = [line.split(" ") for line in lines.removesuffix("\n").split("\n")]
        signatures = [b64decode(raw, validate=True) for dash, by, raw in raws if (dash, by) == ("—", name)]
        number, decoded = int(size), b64decode(root, validate=True)
        if not gap or str(number) != size or number < 0 or len(decoded) != 32:
            raise ValueError
    except ValueError:
        raise Refused("the checkpoint cannot be read") from None
    if not origin.startswith(name + "/"):
        raise Refused("the checkpoint belongs to another log")
    own = [raw[4:] for raw in signatures if raw[:4] == key_id(name, LOG, public)]
    if not own:
        raise Refused("the checkpoint is signed by another key than the log's")
    text += "\n"
    if not any(_verifies(public, text.encode(), signature) for signature in own):
        raise Refused("the checkpoint is not truly signed")
    return Checkpoint(origin.removeprefix(name + "/"), number, decoded, text, note)


def cosignature(name: str, private: Ed25519PrivateKey, checkpoint: Checkpoint, seconds: int) -> str:
    """The line that goes below the note's signatures."""
    signature = private.sign(f"cosignature/v1\ntime {seconds}\n{checkpoint.text}".encode())
    public = private.public_key().public_bytes_raw()
    raw = key_id(name, COSIGNER, public) + seconds.to_bytes(8, "big") + signature
    return f"— {name} {b64encode(raw).decode()}"


def _verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


# Whether a log only grew


def consistent(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the newer tree only added entries to the older one (RFC 9162, 2.1.4.2)."""
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    rest = [old_root, *proof] if place == 0 else list(proof)
    if not rest:
        return False
    older = newer = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = sha256(b"\x01" + sibling + older).digest(), sha256(b"\x01" + sibling + newer).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = sha256(b"\x01" + newer + sibling).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and older == old_root and newer == new_root


def begins_with(leaf: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Whether this is the first entry of the tree (RFC 9162, 2.1.3.2, for index 0)."""
    last = size - 1
    for sibling in proof:
        if last <= 0:
            return False
        leaf, last = sha256(b"\x01" + leaf + sibling).digest(), last >> 1
    return last == 0 and leaf == root


def check_growth(seen: Checkpoint, now: Checkpoint, growth: dict[str, Any], log_key: str) -> None:
    """Raises Refused unless the log now contains all that was seen of it, through every month since."""
    months = growth["months"]
    for at, month in enumerate(months):
        later = months[at + 1] if at + 1 < len(months) else None
        # How the month ended stands, signed, in the first entry of the next; the last one ends at the checkpoint.
        end = now if later is None else read_checkpoint(json.loads(later["link"]["public"])["checkpoint"], log_key)
        if end.month != month["month"]:
            raise Refused(f"the log does not say how {month['month']} ended")
        if at == 0:
            proof = [b64decode(each, validate=True) for each in month["consistency"]]
            if end.month != seen.month or not consistent(seen.size, seen.root, end.size, end.root, proof):
                raise Refused(_rewritten(seen, end))
            continue
        public = month["link"]["public"].encode("utf-8", "surrogateescape")
        if json.loads(public)["previous"] != months[at - 1]["month"]:
            raise Refused(f"{month['month']} does not follow {months[at - 1]['month']}")
        digest = b64decode(month["link"]["private_digest"], validate=True)
        leaf = sha256(b"\x00" + sha256(public).digest() + digest).digest()
        if not begins_with(leaf, end.size, end.root, [b64decode(each, validate=True) for each in month["inclusion"]]):
            raise Refused(f"{month['month']} does not begin with the link to {months[at - 1]['month']}")
    if not months:
        raise Refused("the folder holds no proof that the log contains what was cosigned last")


def _rewritten(seen: Checkpoint, now: Checkpoint) -> str:
    return (
        f"SPLIT VIEW: I cosigned {seen.size} entries of {seen.month}, and the log that is shown to me now, with {now.size},"
        " does not contain them as they were. It was rewritten, or there are two versions of it. Keep this folder"
    )


# What a witness remembers


def read_memory(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def remember(file: Path, memory: dict[str, Any]) -> None:
    """Durable on return, and never half written."""
    draft = file.with_name(file.name + ".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as written:
        json.dump(memory, written, indent=1)
        written.flush()
        os.fsync(written.fileno())
    draft.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def judge(folder: Path, checkpoint: Checkpoint, log_key: str, known: dict[str, str]) -> None:
    """Raises Refused for a checkpoint that does not continue what is `known`: by month the last note that was cosigned."""
    if not known:
        return
    newest = max(known)
    seen = read_checkpoint(known.get(checkpoint.month, known[newest]), log_key)
    if seen.month == checkpoint.month and (seen.size, seen.root) == (checkpoint.size, checkpoint.root):
        return
    if checkpoint.month < newest:
        raise Refused(
            f"SPLIT VIEW: I saw {checkpoint.month} end; {checkpoint.size} entries of it are shown to me as a new checkpoint"
        )
    if seen.month == checkpoint.month and checkpoint.size < seen.size:
        raise Refused(f"the log is shorter than it was: I cosigned {seen.size} entries of {seen.month}")
    if seen.month == checkpoint.month and checkpoint.size == seen.size:
        raise Refused(_rewritten(seen, checkpoint))
    check_growth(seen, checkpoint, _growth_from(folder, seen), log_key)


def _growth_from(folder: Path, seen: Checkpoint) -> dict[str, Any]:
    for file in sorted(folder.glob("growth-*.json")):
        growth: dict[str, Any] = json.loads(file.read_text("utf-8"))
        if growth["since"] == {"month": seen.month, "size": seen.size}:
            return growth
    raise Refused(
        f"no proof here begins where I stand. Ask for it: tillid audit checkpoint --since {seen.month}/{seen.size}"
    )


# The commands


def init(file: Path, name: str) -> None:
    if not name or any(character.isspace() or character in "+/\\" for character in name):
        raise Refused("a name has no spaces, plus signs or slashes; take one like witness.example.org")
    private = Ed25519PrivateKey.generate()
    try:
        written = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{file.name} is there already") from None
    with open(written, "w", encoding="utf-8") as key:
        json.dump({"name": name, "private": b64encode(private.private_bytes_raw()).decode()}, key)
    print(key_line(name, COSIGNER, private.public_key().public_bytes_raw()))


def cosign(folder: Path, key_file: Path, log_file: Path | None) -> None:
    name, private = _own_key(key_file)
    seen_file = key_file.with_name(key_file.name + ".seen.json")
    memory = read_memory(seen_file)
    claimed = (folder / "verify.key").read_text("utf-8").strip()
    given = None if log_file is None else log_file.read_text("utf-8").strip()
    log, _ = read_log_key(given or claimed)
    if log not in memory and given is None:
        raise Refused("I have not met this log. Give its key, as it reached you by another way, with --log FILE")
    kept = memory.get(log) or {"key": given, "months": {}, "at": 0}
    log_key = kept["key"]
    if claimed != log_key or given not in (None, log_key):
        raise Refused("the log comes with another key than the one I know")
    checkpoint = read_checkpoint((folder / "checkpoint.txt").read_text("utf-8"), log_key)
    seconds = int(time.time())
    if seconds < kept["at"]:
        raise Refused("my own clock says an earlier time than when I cosigned last. Set it right first")
    judge(folder, checkpoint, log_key, kept["months"])
    line = cosignature(name, private, checkpoint, seconds)
    # Remembered before it is given away: what was cosigned and forgotten could be contradicted unseen.
    own_lines = checkpoint.note.partition("\n\n")[2].splitlines()
    note = checkpoint.text + "\n" + "".join(f"{own}\n" for own in own_lines if own.split(" ")[1] == log)
    kept["months"][checkpoint.month], kept["at"] = note, seconds
    remember(seen_file, memory | {log: kept})
    answer = folder / f"cosigned-{name}.txt"
    answer.write_text(f"{note}{line}\n", encoding="utf-8")
    print(f"COSIGNED {checkpoint.size} entries of {log}/{checkpoint.month}: {answer}")


def seen(key_file: Path) -> None:
    for log, kept in read_memory(key_file.with_name(key_file.name + ".seen.json")).items():
        for month, note in sorted(kept["months"].items()):
            checkpoint = read_checkpoint(note, kept["key"])
            print(f"{log}/{month}: {checkpoint.size} entries")
        print(f"{log}: last cosigned at {datetime.fromtimestamp(kept['at'], UTC):%Y-%m-%d %H:%M} UTC")


def _own_key(file: Path) -> tuple[str, Ed25519PrivateKey]:
    key = json.loads(file.read_text("utf-8"))
    return key["name"], Ed25519PrivateKey.from_private_bytes(b64decode(key["private"], validate=True))


def main() -> int:
    parser = argparse.ArgumentParser(description="Cosign the checkpoints of an access log.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (("init", "make a key"), ("cosign", "cosign a checkpoint"), ("seen", "what was cosigned")):
        commands.add_parser(name, help=help_text)
    commands.choices["init"].add_argument("file", type=Path)
    commands.choices["init"].add_argument("--name", required=True)
    commands.choices["cosign"].add_argument("folder", type=Path)
    commands.choices["cosign"].add_argument("--log", type=Path, help="the log's key as it reached you by another way")
    for name in ("cosign", "seen"):
        commands.choices[name].add_argument("--key", type=Path, required=True, help="the key file that `init` made")
    asked = parser.parse_args()
    try:
        if asked.command == "init":
            init(asked.file, asked.name)
        elif asked.command == "cosign":
            cosign(asked.folder, asked.key, asked.log)
        else:
            seen(asked.key)
    except Refused as refused:
        print(f"REFUSED: {refused}.")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        print(f"REFUSED: a file cannot be read ({type(error).__name__}).")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
