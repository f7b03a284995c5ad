"""The ledger of erasures: durable, added to only, and an alarm when it is not what was written."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from gdpr.ports import Ledger, LedgerEntry, LedgerKind, Tampered, Unavailable, destroyed_epochs
from infrastructure.ledger import FileLedger
from tests.forked import Program

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2027, 5, 20, 9, 30, tzinfo=UTC)


def key(number: int) -> bytes:
    return bytes([number]) * 16


def enter(ledger: Ledger, case: int, *keys: int, realm: str = "red-barnet") -> LedgerEntry:
    return ledger.append(
        at=NOW, realm=realm, case_id=UUID(int=case), key_ids=[key(n) for n in keys], compartments=["roster", "note"]
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erasures.ledger"


@pytest.fixture
def ledger(path: Path) -> FileLedger:
    return FileLedger.begin(path)


def test_what_was_entered_is_there_for_whoever_opens_the_ledger_again(path: Path, ledger: FileLedger) -> None:
    first, second = enter(ledger, 1, 1, 2), enter(ledger, 2, 3)

    again = FileLedger(path)
    assert again.entries_after(0) == [first, second]
    assert again.entries_after(1) == [second]
    assert again.entries_after(2) == []
    assert again.head() == (2, second.hash)


def test_an_empty_ledger_has_no_head(ledger: FileLedger) -> None:
    assert ledger.head() == (0, b"")
    ledger.confirm(0, b"")


def test_an_entry_says_when_where_and_which_keys_and_follows_the_one_before(ledger: FileLedger) -> None:
    first = enter(ledger, 1, 2, 1)
    second = enter(ledger, 2)

    assert (first.seq, first.at, first.realm, first.case_id) == (1, NOW, "red-barnet", UUID(int=1))
    assert (first.key_ids, first.compartments, first.prev) == ((key(1), key(2)), ("note", "roster"), b"")
    assert (second.seq, second.key_ids, second.prev) == (2, (), first.hash)


def test_the_same_case_is_entered_once(ledger: FileLedger) -> None:
    first = enter(ledger, 1, 1, 2)
    enter(ledger, 2, 3)

    assert enter(ledger, 1, 2, 1) == first
    assert enter(ledger, 1, 1) == first
    assert ledger.head()[0] == 2


def test_a_key_that_the_case_had_not_entered_is_entered_alone(ledger: FileLedger) -> None:
    enter(ledger, 1, 1, 2)

    assert enter(ledger, 1, 2, 3).key_ids == (key(3),)
    assert ledger.head()[0] == 2


def test_a_case_without_a_key_is_entered_once(ledger: FileLedger) -> None:
    assert enter(ledger, 1) == enter(ledger, 1)
    assert ledger.head()[0] == 1


def test_two_realms_may_have_a_case_of_the_same_id(ledger: FileLedger) -> None:
    enter(ledger, 1, 1)
    enter(ledger, 1, 1, realm="kommune-0101")

    assert [entry.realm for entry in ledger.entries_after(0)] == ["red-barnet", "kommune-0101"]


def test_times_are_kept_in_utc_and_one_without_a_zone_is_refused(ledger: FileLedger) -> None:
    copenhagen = NOW.astimezone(timezone(timedelta(hours=2)))
    entry = ledger.append(at=copenhagen, realm="r", case_id=UUID(int=1), key_ids=[], compartments=[])

    assert entry.at == NOW
    with pytest.raises(ValueError, match="zone"):
        ledger.append(at=NOW.replace(tzinfo=None), realm="r", case_id=UUID(int=2), key_ids=[], compartments=[])


def test_a_line_is_plain_json_and_holds_these_fields_and_no_others(path: Path, ledger: FileLedger) -> None:
    entry = enter(ledger, 1, 1)
    (line,) = path.read_text("ascii").splitlines()

    assert json.loads(line) == {
        "seq": 1,
        "at": "2027-05-20T09:30:00.000+00:00",
        "realm": "red-barnet",
        "case_id": str(UUID(int=1)),
        "key_ids": ["01" * 16],
        "compartments": ["note", "roster"],
        "prev": "",
        "hash": entry.hash.hex(),
    }


def test_a_retention_that_ended_and_destroyed_epochs_stand_in_the_same_chain(path: Path, ledger: FileLedger) -> None:
    enter(ledger, 1, 1)
    ended = ledger.append(
        at=NOW, realm="red-barnet", case_id=UUID(int=7), key_ids=[key(9)], compartments=["note"],
        kind=LedgerKind.RETENTION,
    )  # fmt: skip
    gone = ledger.append_epochs(at=NOW, realm="red-barnet", destroyed={"roster": 2, "note": 1})
    assert gone is not None

    assert FileLedger(path).entries_after(1) == [ended, gone]
    assert (ended.kind, ended.case_id, ended.key_ids) == (LedgerKind.RETENTION, UUID(int=7), (key(9),))
    assert (gone.kind, gone.case_id, gone.epochs) == (LedgerKind.EPOCHS, None, {"note": 1, "roster": 2})
    assert gone.prev == ended.hash


def test_an_epoch_is_entered_as_destroyed_once(ledger: FileLedger) -> None:
    ledger.append_epochs(at=NOW, realm="red-barnet", destroyed={"roster": 2, "note": 1})

    assert ledger.append_epochs(at=NOW, realm="red-barnet", destroyed={"roster": 2}) is None
    further = ledger.append_epochs(at=NOW, realm="red-barnet", destroyed={"roster": 3, "note": 1})
    assert further is not None and further.epochs == {"roster": 3}
    assert ledger.append_epochs(at=NOW, realm="kommune-0101", destroyed={"roster": 1}) is not None
    assert destroyed_epochs(ledger.entries_after(0), "red-barnet") == {"roster": 3, "note": 1}


def test_only_its_owner_reads_the_file(path: Path, ledger: FileLedger) -> None:
    enter(ledger, 1, 1)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# What is missing, and what was changed


def test_a_ledger_that_is_missing_is_unavailable_and_is_not_begun_anew(path: Path) -> None:
    ledger = FileLedger(path)

    for asked in (ledger.head, lambda: ledger.entries_after(0), lambda: enter(ledger, 1, 1)):
        with pytest.raises(Unavailable):
            asked()
    assert not path.exists()


def test_a_ledger_is_begun_once(path: Path, ledger: FileLedger) -> None:
    with pytest.raises(FileExistsError):
        FileLedger.begin(path)


@pytest.fixture
def three(path: Path, ledger: FileLedger) -> list[bytes]:
    """The lines of a ledger with three entries."""
    for case in (1, 2, 3):
        enter(ledger, case, case)
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: [lines[0], lines[1].replace(b"note", b"mote"), lines[2]], "line 2"),
        (lambda lines: [lines[0], lines[1].replace(b"02" * 16, b"03" * 16), lines[2]], "line 2"),
        (lambda lines: [lines[0], lines[1].replace(b'"seq":2', b'"seq": 2'), lines[2]], "line 2"),
        (lambda lines: [lines[0], lines[2]], "line 2"),
        (lambda lines: [lines[1], lines[0], lines[2]], "line 1"),
        (lambda lines: [lines[0], lines[0], lines[1], lines[2]], "line 2"),
        (lambda lines: [lines[1], lines[2]], "line 1"),
        (lambda lines: [*lines, lines[2]], "line 4"),
        (lambda lines: [*lines, b"\n"], "line 4"),
        (lambda lines: [lines[0], lines[1], lines[2][:-1]], "line 3"),
        (lambda lines: [lines[0], lines[1], lines[2][:40]], "line 3"),
        (lambda lines: [lines[0], b"[]\n", lines[2]], "line 2"),
        (lambda lines: [lines[0], b"\xff\n", lines[2]], "line 2"),
        (lambda lines: [lines[0], b"[" * 9999 + b"\n", lines[2]], "line 2"),
    ],
    ids=[
        "word", "key", "blank", "removed", "swapped", "doubled", "first_removed", "last_doubled", "empty_line",
        "newline_lost", "cut_off", "not_an_object", "not_text", "deep",
    ],
)  # fmt: skip
def test_a_changed_ledger_is_an_alarm_that_names_the_line(
    path: Path, three: list[bytes], change: Callable[[list[bytes]], list[bytes]], named: str
) -> None:
    path.write_bytes(b"".join(change(three)))
    ledger = FileLedger(path)

    for asked in (ledger.head, lambda: ledger.entries_after(0), lambda: enter(ledger, 4, 4)):
        with pytest.raises(Tampered, match=named):
            asked()
    assert path.read_bytes() == b"".join(change(three))


def test_a_line_of_another_ledger_does_not_follow_here(path: Path, three: list[bytes], tmp_path: Path) -> None:
    other = tmp_path / "other"
    for case in (7, 2, 3):
        enter(FileLedger(other) if other.exists() else FileLedger.begin(other), case, case)
    lines = other.read_bytes().splitlines(keepends=True)
    path.write_bytes(three[0] + lines[1] + lines[2])

    with pytest.raises(Tampered, match="line 2"):
        FileLedger(path).head()


def test_any_single_bit_that_was_changed_is_found(path: Path, three: list[bytes]) -> None:
    whole = b"".join(three)
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Tampered):
            FileLedger(path).head()


def test_lines_cut_off_at_the_end_are_found_by_whoever_kept_the_head(path: Path, three: list[bytes]) -> None:
    size, head = FileLedger(path).head()
    FileLedger(path).confirm(size, head)
    path.write_bytes(b"".join(three[:2]))

    with pytest.raises(Tampered, match="line 3"):
        FileLedger(path).confirm(size, head)
    with pytest.raises(Tampered, match="line 3"):
        FileLedger(path).entries_after(size)


def test_a_ledger_made_anew_is_found_by_whoever_kept_the_head(path: Path, three: list[bytes]) -> None:
    head = FileLedger(path).head()
    path.unlink()
    anew = FileLedger.begin(path)
    for case in (1, 2, 4, 5):
        enter(anew, case, case)

    with pytest.raises(Tampered, match="line 3"):
        anew.confirm(*head)


def test_an_alarm_shows_nothing_of_what_stands_in_the_line(path: Path, three: list[bytes]) -> None:
    path.write_bytes(b"".join([three[0], three[1].replace(b"note", b"Alma Testesen"), three[2]]))

    with pytest.raises(Tampered) as alarm:
        FileLedger(path).head()
    assert "Alma" not in str(alarm.value)
    assert alarm.value.__cause__ is None


# Several at once, and a full disk

_ENTER_MANY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from infrastructure.ledger import FileLedger

ledger = FileLedger(Path(sys.argv[1]))
for case in range(40):
    for realm in (sys.argv[2], "both"):
        ledger.append(
            at=datetime.now(UTC), realm=realm, case_id=UUID(int=case), key_ids=[bytes(16)], compartments=["note"]
        )
    ledger.head()
"""


def test_two_processes_enter_at_once_and_the_chain_holds(path: Path, ledger: FileLedger) -> None:
    running = [Program(_ENTER_MANY, str(path), realm) for realm in ("one", "other")]

    assert [process.communicate() for process in running] == [("", "")] * 2
    assert [process.returncode for process in running] == [0, 0]
    entries = ledger.entries_after(0)
    assert len(entries) == 120
    assert {realm: sum(entry.realm == realm for entry in entries) for realm in ("one", "other", "both")} == {
        "one": 40, "other": 40, "both": 40,
    }  # fmt: skip


_ENTER_ON_A_FULL_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from gdpr.ports import Unavailable
from infrastructure.ledger import FileLedger

path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, resource.RLIM_INFINITY))
try:
    FileLedger(path).append(at=datetime.now(UTC), realm="r", case_id=UUID(int=9), key_ids=[bytes(16)], compartments=[])
except Unavailable:
    sys.exit(7)
"""


def test_a_disk_that_fills_up_in_the_middle_of_a_line_leaves_no_half_line(path: Path, ledger: FileLedger) -> None:
    enter(ledger, 1, 1)
    before = path.read_bytes()

    ended = Program(_ENTER_ON_A_FULL_DISK, str(path))

    assert (ended.communicate(), ended.returncode) == (("", ""), 7)
    assert path.read_bytes() == before
    enter(ledger, 2, 2)
    assert ledger.head()[0] == 2
