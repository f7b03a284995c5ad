"""A second party cosigns the log by exchanging files, and what its owner rewrites afterwards is caught by it, offline.

The tools run as a witness or an officer runs them: one file, elsewhere, isolated from the register.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gdpr.access_log import StoredEntry, encode
from gdpr.cosignature import Witnesses, WitnessKey
from gdpr.log_proof import Growth, NoSuchEntry, NotSignedYet, NotThatFar, NotWitnessed, Seen
from gdpr.ports import Tampered
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.log_tables import log_checkpoints, log_cosignatures, log_entries
from tests.access_log_examples import (
    SetClock,
    an_entry,
    cosigned,
    make_tables,
    sql_log,
    without_triggers,
    witness_key,
    witnesses,
)
from tests.postgres import Backend

TOOLS = Path(__file__).parents[2] / "tools"


def run(tool: str, *arguments: str | Path, within: Path) -> tuple[int, str]:
    copy = shutil.copy(TOOLS / tool, within / tool)
    ran = subprocess.run(
        [sys.executable, "-I", copy, *arguments], capture_output=True, text=True, cwd=within, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


class Witness:
    """The officer's own computer: a key, a memory, and the one file of the tool."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.key_file = folder, folder / "witness.key"
        status, line = run("witness.py", "init", self.key_file, "--name", "dpo.example", within=folder)
        assert status == 0
        self.key = WitnessKey.read(line)

    def cosign(self, handed: Path, *more: str | Path) -> tuple[int, str]:
        return run("witness.py", "cosign", handed, "--key", self.key_file, *more, within=self.folder)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def database(backend: Backend) -> Iterator[Database]:
    database = Database(backend.new_database())
    make_tables(database)
    yield database
    database.close()


def log_with(database: Database, clock: SetClock, known: Witnesses) -> SqlAccessLog:
    return sql_log(database, clock, known)


def hand_out(log: SqlAccessLog, folder: Path, *since: Seen) -> Path:
    """As `tillid audit checkpoint --out` does."""
    log.checkpoint()
    note, growths = log.evidence.growth(since)
    folder.mkdir()
    (folder / "checkpoint.txt").write_text(note, "utf-8")
    (folder / "verify.key").write_text(log.evidence.verifier_key + "\n")
    for number, growth in enumerate(growths):
        (folder / f"growth-{number}.json").write_text(json.dumps(growth.document()))
    return folder


def seen(growths: list[Growth]) -> list[tuple[str, int]]:
    return [(month.tree, len(month.inclusion or month.consistency)) for growth in growths for month in growth.months]


def rewritten(database: Database, log: SqlAccessLog, seq: int) -> None:
    """As whoever owns database and key can: another entry, and all that was signed forgotten."""
    without_triggers(database)
    (old,) = [entry for entry in log.entries() if entry.seq == seq]
    new: StoredEntry = encode(an_entry(seq, role="volunteer"), seq, old.tree, bytes(32))
    with database.write() as connection:
        values = {"public": new.public, "private": new.private, "salt": new.salt}
        values |= {"private_digest": new.private_digest, "leaf": new.leaf, "role": "volunteer"}
        connection.execute(log_entries.update().where(log_entries.c.seq == seq).values(**values))
        connection.execute(log_checkpoints.delete())
        connection.execute(log_cosignatures.delete())


def test_a_witness_follows_the_log_over_the_turn_of_months_and_never_looks_back(tmp_path: Path) -> None:
    database, clock = Database(f"sqlite:///{tmp_path / 'log.db'}"), SetClock()
    make_tables(database)
    witness = Witness(tmp_path / "officer")
    log = log_with(database, clock, Witnesses({"dpo": witness.key}, 1))
    log.write([an_entry(number) for number in range(5)])

    first = hand_out(log, tmp_path / "first")
    status, said = witness.cosign(first)
    assert (status, "have not met this log" in said) == (1, True)
    shutil.copy(first / "verify.key", tmp_path / "known.key")
    assert witness.cosign(first, "--log", tmp_path / "known.key")[0] == 0
    taken = log.evidence.take_in((first / "cosigned-dpo.example.txt").read_text("utf-8"))
    assert (taken.seen, taken.quorum, [each.witness for each in taken.cosignatures]) == (
        Seen("2026-11", 5), True, ["dpo.example"],
    )  # fmt: skip
    assert log.verify().unwitnessed == 0

    log.write([an_entry(number) for number in range(5, 8)])
    for month in (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)):
        clock.moment = month
        log.write([an_entry(number) for number in range(3)])
    stands = log.evidence.last_seen()["dpo"]
    assert stands == Seen("2026-11", 5)
    without_proof = hand_out(log, tmp_path / "without")
    status, said = witness.cosign(without_proof)
    assert (status, "--since 2026-11/5" in said) == (1, True)
    second = hand_out(log, tmp_path / "second", Seen("2026-11", 3), stands)
    assert witness.cosign(second) == (
        0,
        f"COSIGNED 4 entries of red-barnet/audit/2027-01: {second}/cosigned-dpo.example.txt\n",
    )
    log.evidence.take_in((second / "cosigned-dpo.example.txt").read_text("utf-8"))

    assert "SPLIT VIEW: I saw 2026-11 end" in cosign_of_month(log, witness, tmp_path / "older", "2026-11", 8)
    log.export(tmp_path / "export")
    policy = tmp_path / "export" / "policy.txt"
    status, said = run("verify_log.py", tmp_path / "export", "--policy", policy, within=tmp_path)
    assert status == 0
    assert "WITNESSED up to entry 16 by dpo, last at " in said
    database.close()


def cosign_of_month(log: SqlAccessLog, witness: Witness, folder: Path, month: str, size: int) -> str:
    """What the witness says when it is shown an earlier month as if it were the newest."""
    folder.mkdir()
    (note,) = [note for note in log.checkpoints(month) if f"\n{size}\n" in note]
    (folder / "checkpoint.txt").write_text(note, "utf-8")
    (folder / "verify.key").write_text(log.evidence.verifier_key + "\n")
    status, said = witness.cosign(folder)
    assert status == 1
    return said


def test_a_log_rewritten_whole_with_its_own_key_is_caught_by_the_witness_and_by_nobody_else(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'log.db'}")
    make_tables(database)
    witness = Witness(tmp_path / "officer")
    known = Witnesses({"dpo": witness.key}, 1)
    log = log_with(database, SetClock(), known)
    log.write([an_entry(number) for number in range(1, 6)])
    first = hand_out(log, tmp_path / "first")
    (tmp_path / "known.key").write_text(log.evidence.verifier_key)
    assert witness.cosign(first, "--log", tmp_path / "known.key")[0] == 0
    kept = first / "cosigned-dpo.example.txt"
    log.evidence.take_in(kept.read_text("utf-8"))

    rewritten(database, log, 2)
    log = log_with(database, SetClock(), known)
    log.checkpoint()
    assert log.verify().ok
    assert log.verify().unwitnessed == 5
    with pytest.raises(Tampered, match="two versions"):
        log.evidence.take_in(kept.read_text("utf-8"))
    same_size = hand_out(log, tmp_path / "same size")
    assert "SPLIT VIEW: I cosigned 5 entries" in witness.cosign(same_size)[1]
    log.write([an_entry(9)])
    larger = hand_out(log, tmp_path / "larger", Seen("2026-11", 5))
    status, said = witness.cosign(larger)
    assert (status, "SPLIT VIEW: I cosigned 5 entries" in said) == (1, True)

    log.export(tmp_path / "export")
    policy = tmp_path / "export" / "policy.txt"
    assert run("verify_log.py", tmp_path / "export", within=tmp_path)[0] == 0
    status, said = run("verify_log.py", tmp_path / "export", "--policy", policy, within=tmp_path)
    assert (status, "NOT WITNESSED" in said) == (1, True)
    status, said = run("verify_log.py", tmp_path / "export", "--checkpoint", kept, within=tmp_path)
    assert (status, "two versions (a split view)" in said) == (1, True)
    database.close()


def test_a_witness_refuses_a_shorter_log_another_key_and_a_false_signature(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'log.db'}")
    make_tables(database)
    witness = Witness(tmp_path / "officer")
    log = log_with(database, SetClock(), Witnesses())
    log.write([an_entry(1)])
    shorter = hand_out(log, tmp_path / "shorter")
    log.write([an_entry(2)])
    longer = hand_out(log, tmp_path / "longer")
    assert witness.cosign(longer, "--log", longer / "verify.key")[0] == 0
    assert "REFUSED: the log is shorter than it was: I cosigned 2 entries" in witness.cosign(shorter)[1]

    note = (longer / "checkpoint.txt").read_text("utf-8")
    (longer / "checkpoint.txt").write_text(note.replace("\n2\n", "\n3\n", 1), "utf-8")
    assert "not truly signed" in witness.cosign(longer)[1]
    (longer / "verify.key").write_text(str(witness_key(1)).replace("witness1.example", "red-barnet/audit"))
    assert "REFUSED" in witness.cosign(longer)[1]
    database.close()


@pytest.mark.parametrize("months", [0, 1, 3])
def test_the_log_proves_its_growth_month_by_month(database: Database, clock: SetClock, months: int) -> None:
    log = log_with(database, clock, Witnesses())
    with pytest.raises(NotSignedYet):
        log.evidence.growth([])
    log.write([an_entry(number) for number in range(3)])
    for month in range(months):
        clock.moment = datetime(2026 + (11 + month) // 12, (11 + month) % 12 + 1, 1, tzinfo=UTC)
        log.write([an_entry(number) for number in range(3)])
    log.checkpoint()
    log.write([an_entry(99)])
    note, growths = log.evidence.growth([Seen("2026-11", 2)])
    assert len(seen(growths)) == 1 + months
    assert note in log.checkpoints()
    for too_far in (Seen("2026-11", 4), Seen("2026-10", 1)):
        with pytest.raises(NotThatFar):
            log.evidence.growth([too_far])


def test_only_what_a_named_witness_said_of_a_checkpoint_of_ours_is_taken_in(
    database: Database, clock: SetClock
) -> None:
    log = log_with(database, clock, witnesses(1, 2, quorum=2))
    log.write([an_entry(1)])
    note = log.checkpoint()
    assert note is not None
    for text in (
        note,
        cosigned(note, 3),
        "no note",
        cosigned(note.replace("\n1\n", "\n2\n"), 1),
        note + cosigned(note, 1),
    ):
        with pytest.raises(NotWitnessed):
            log.evidence.take_in(text)
    assert not log.evidence.take_in(cosigned(note, 1)).quorum
    assert log.evidence.take_in(cosigned(note, 2, 3)).quorum
    assert log.evidence.take_in(cosigned(note, 1, seconds=1_794_000_000)).cosignatures[0].at.year == 2026
    assert log.verify().unwitnessed == 0
    assert log.evidence.last_seen() == {"w1": Seen("2026-11", 1), "w2": Seen("2026-11", 1)}


def test_one_entry_is_proven_by_a_file_alone(database: Database, clock: SetClock, tmp_path: Path) -> None:
    log = log_with(database, clock, witnesses(1))
    with pytest.raises(NoSuchEntry):
        log.evidence.prove(1)
    log.write([an_entry(number) for number in range(1, 6)])
    with pytest.raises(NotSignedYet):
        log.evidence.prove(3)
    note = log.checkpoint()
    assert note is not None
    log.evidence.take_in(cosigned(note, 1))
    log.write([an_entry(6)])
    log.checkpoint()
    proof = log.evidence.prove(3)
    assert cosigned(note, 1) == proof.note, "the last that a quorum cosigned, before a later one"
    (tmp_path / "policy").write_text(witnesses(1).policy(log.evidence.verifier_key))
    (tmp_path / "known.key").write_text(log.evidence.verifier_key)

    def checked(document: dict[str, Any], *more: str | Path) -> tuple[int, str]:
        (tmp_path / "entry.json").write_text(json.dumps(document))
        return run("verify_log.py", "--proof", tmp_path / "entry.json", *more, within=tmp_path)

    status, said = checked(proof.document(), "--key", tmp_path / "known.key", "--policy", tmp_path / "policy")
    assert status == 0
    assert said.startswith("PROVEN: entry 3 is number 3 of the 5 entries of red-barnet/audit/2026-11.\n")
    assert "WITNESSED by w1" in said
    assert '"subject":"00000000-0000-0000-0000-000000000002"' in said
    status, said = checked(proof.public_only().document())
    assert (status, "Private half" in said, "taken from the file itself" in said) == (0, False, True)

    altered = proof.document()
    altered["entry"]["public"] = altered["entry"]["public"].replace("leader", "officer")
    assert checked(altered) == (1, "BROKEN: First broken entry: 3. The public half of entry 3 and its leaf do not"
                                   " belong together: one of them was altered.\n")  # fmt: skip
    other = proof.document() | {"entry": log.evidence.prove(4).document()["entry"]}
    assert "Entry 4 is not in the log that was signed" in checked(other)[1]
    assert "cannot be read" in checked({"entry": {}})[1]

    rewritten(database, log, 2)
    with pytest.raises(NotSignedYet):
        log.evidence.prove(3)
