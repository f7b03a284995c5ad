"""An erasure goes fence, destroy, ledger, purge, complete, each once, whatever comes between; and says what it did."""

from __future__ import annotations

import copy
import json
import string
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.compartments import RealmKind, held_in
from domain.facts import Sealed
from domain.people import SubjectId
from gdpr import receipts
from gdpr.erasure import Means, Plan, Reached, carry_out, catch_up, destroyed, entered, fence, plan, purged
from gdpr.ports import DestroyedKey, Tampered, Unavailable
from gdpr.receipts import BACKUPS, NOT_REACHED, NothingErasedYet
from gdpr.rights import Kept, OutOfTurn, RightsCase, Step, complete, evolve, next_step
from gdpr.rights_facts import (
    CompartmentDecided,
    Completed,
    Fenced,
    Ground,
    IdentityChecked,
    KeysDestroyed,
    Outcome,
    RequestReceived,
    RestrictionPlaced,
    Right,
    RightsFact,
)
from infrastructure.ledger import FileLedger
from infrastructure.signing import verify as verify_signature

REALM = "red-barnet"
CASE = UUID(int=1)
FATHER, MOTHER, HOUSEHOLD = SubjectId(UUID(int=11)), SubjectId(UUID(int=12)), SubjectId(UUID(int=13))
TODAY = date(2027, 5, 20)
NOW = datetime(2027, 5, 20, 9, 30, tzinfo=UTC)
UNTIL = date(2032, 5, 12)
CLUB = [compartment.name for compartment in held_in(RealmKind.RED_BARNET)]
TOWN = [compartment.name for compartment in held_in(RealmKind.MUNICIPALITY)]
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = SIGNER.public_key().public_bytes_raw()

ASKED: tuple[RightsFact, ...] = (
    RequestReceived(
        case_id=CASE, right=Right.ERASURE, subject=FATHER, asked_by=FATHER, received_on=date(2027, 5, 12),
        due_on=date(2027, 6, 14), told="Slet alt om mig",
    ),
    IdentityChecked(on=date(2027, 5, 12), asked_by=FATHER, how="pas set"),
)  # fmt: skip


def stays(compartment: str, outcome: Outcome, until: date = UNTIL) -> CompartmentDecided:
    return CompartmentDecided(
        compartment=compartment, outcome=outcome, ground=Ground.LAW_DEMANDS_KEEPING,
        legal_basis="Arkivloven § 8, stk. 1", keep_until=until,
    )  # fmt: skip


def after(*facts: RightsFact) -> RightsCase:
    case: RightsCase | None = None
    for happened in facts:
        case = evolve(case, happened)
    assert case is not None
    return case


class Crash(Exception):
    """The power goes."""


class Realm:
    """One realm in memory: keys, a register whose writes commit together or not at all, and a ledger in a file.

    The power goes at the moment `crash_at`, where moments are before and after every effect, or right after the effect
    `crash_after`.
    """

    def __init__(self, ledger: Path, facts: Sequence[RightsFact] = ASKED, crash_at: int = -1) -> None:
        self.ledger = Watched(self, FileLedger.begin(ledger))
        self.keys: dict[bytes, tuple[UUID, str]] = {}
        self.gone: dict[bytes, datetime] = {}
        self.followed: tuple[int, bytes] = (0, b"")
        self.register: dict[str, Any] = {"facts": list(facts), "fences": set(), "rows": []}
        self.log: list[str] = []
        self.crash_at, self.moments = crash_at, 0
        self.crash_after: str | None = None
        for subject in (FATHER, MOTHER, HOUSEHOLD):
            for compartment in ("roster", "contact", "note", "rights", "case_file", "municipal_contact"):
                self.keys[bytes([len(self.keys)]) * 16] = (subject, compartment)
                self.register["rows"].append((subject, compartment))

    def moment(self, what: str = "") -> None:
        self.moments += 1
        if self.moments == self.crash_at:
            raise Crash
        if self.crash_after is not None and not what and self.log[-1:] == [self.crash_after]:
            self.crash_after = None
            raise Crash
        if what:
            self.log.append(what)

    def case(self) -> RightsCase:
        return after(*self.register["facts"])

    def means(self) -> Means:
        return Means(
            realm=REALM, vault=self, ledger=self.ledger, together=self.together, fence=self.fence, purge=self.purge,
            record=self.record, sign=SIGNER.sign,
        )  # fmt: skip

    @contextmanager
    def together(self) -> Iterator[None]:
        before = copy.deepcopy(self.register)
        try:
            yield
            self.moment()
        except BaseException:
            self.register = before
            raise
        self.moment()

    def fence(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> None:
        self.moment("fence")
        self.register["fences"] |= {(subject, name) for subject in subjects for name in compartments}
        self.moment()

    def purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> Reached:
        self.moment("purge")
        left = [row for row in self.register["rows"] if row[0] not in subjects or row[1] not in compartments]
        views, self.register["rows"] = len(self.register["rows"]) - len(left), left
        self.moment()
        return Reached(views=views, outbox=0)

    def record(self, facts: Sequence[RightsFact]) -> None:
        self.moment()
        self.register["facts"] += facts
        self.moment()

    # The keys

    def destroy(self, subject: UUID, compartments: Iterable[str]) -> list[DestroyedKey]:
        names = set(compartments)
        assert {(subject, name) for name in names} <= self.register["fences"], "destroyed before it was fenced"
        return self._destroy([key_id for key_id, of in self.keys.items() if of[0] == subject and of[1] in names])

    def destroy_by_id(self, key_ids: Iterable[bytes], *, for_ever: bool = True) -> list[DestroyedKey]:
        return self._destroy([key_id for key_id in key_ids if key_id in self.keys])

    def end(self, subject: UUID, compartments: Iterable[str]) -> list[DestroyedKey]:
        return []

    def destroy_under(self, scope_id: UUID) -> list[DestroyedKey]:
        return []

    def open(self, values: Sequence[Sealed]) -> list[Any]:
        raise Unavailable

    def ledger_head(self) -> tuple[int, bytes]:
        return self.followed

    def set_ledger_head(self, size: int, head: bytes) -> None:
        self.moment()
        self.followed = (size, head)
        self.moment()

    def live(self, subject: UUID) -> set[str]:
        return {name for key_id, (of, name) in self.keys.items() if of == subject and key_id not in self.gone}

    def _destroy(self, key_ids: list[bytes]) -> list[DestroyedKey]:
        self.moment("destroy" if set(key_ids) - self.gone.keys() else "")
        for key_id in key_ids:
            self.gone.setdefault(key_id, NOW)
        self.moment()
        return [DestroyedKey(key_id, self.keys[key_id][1], b"\xcc" * 32, self.gone[key_id], 1) for key_id in key_ids]


class Watched:
    """A ledger whose appends are moments too."""

    def __init__(self, realm: Realm, ledger: FileLedger) -> None:
        self._realm, self._ledger = realm, ledger
        self.head, self.entries_after, self.confirm = ledger.head, ledger.entries_after, ledger.confirm
        self.append_epochs = ledger.append_epochs

    def append(self, **entry: Any) -> Any:
        self._realm.moment("ledger")
        appended = self._ledger.append(**entry)
        self._realm.moment()
        return appended


def erased(realm: Realm, held: Sequence[str] = CLUB) -> receipts.Receipt:
    return carry_out(realm.case(), realm.means(), held=held, now=NOW, today=TODAY)


@pytest.fixture
def realm(tmp_path: Path) -> Realm:
    return Realm(tmp_path / "ledger")


# The plan


def test_everything_held_goes_but_what_was_decided_to_stay_and_the_case_itself() -> None:
    case = after(*ASKED, stays("note", Outcome.KEEP))

    assert plan(case, ["roster", "note", "rights", "contact"], on=TODAY) == Plan(
        destroy=("contact", "roster"),
        keep=(
            Kept("note", Ground.LAW_DEMANDS_KEEPING, "Arkivloven § 8, stk. 1", UNTIL),
            Kept("rights", Ground.LAW_DEMANDS_KEEPING, "GDPR Art. 5(2), Art. 12(3)", date(2027, 8, 20)),
        ),
    )


def test_a_decision_on_what_is_not_held_keeps_nothing() -> None:
    assert plan(after(*ASKED, stays("note", Outcome.KEEP)), ["roster"], on=TODAY) == Plan(("roster",), ())


# The steps


def test_the_steps_are_taken_in_order_and_each_once(realm: Realm) -> None:
    erased(realm)

    assert realm.log == ["fence", "destroy", "ledger", "purge"]
    assert [happened.TOPIC for happened in realm.register["facts"][len(ASKED) :]] == [
        "rights.fenced", "rights.keys_destroyed", "rights.entered_in_ledger", "rights.rows_purged", "rights.completed",
    ]  # fmt: skip


def test_no_step_is_recorded_before_the_one_before_it() -> None:
    case, key = after(*ASKED), DestroyedKey(b"\x01" * 16, "note", b"\x02" * 32, NOW, 1)
    entry_of_nothing = after(*ASKED, *fence(case, CLUB, on=TODAY))

    with pytest.raises(OutOfTurn):
        destroyed(case, [key])
    with pytest.raises(OutOfTurn):
        purged(entry_of_nothing, Reached(0, 0))
    with pytest.raises(OutOfTurn):
        complete(entry_of_nothing, on=TODAY, receipt_hash="00")


def test_each_step_is_silent_once_it_was_taken(realm: Realm) -> None:
    erased(realm)
    case = realm.case()
    (entry,) = realm.ledger.entries_after(0)

    assert next_step(case) is Step.NOTHING
    assert fence(case, CLUB, on=TODAY) == []
    assert destroyed(case, []) == []
    assert entered(case, entry) == []
    assert purged(case, Reached(0, 0)) == []
    assert complete(case, on=TODAY, receipt_hash="00") == []


def test_one_adult_goes_and_the_other_stays(realm: Realm) -> None:
    erased(realm)

    assert realm.live(FATHER) == {"rights", "case_file", "municipal_contact"}  # the last two: not of this realm
    assert realm.live(MOTHER) == {"roster", "contact", "note", "rights", "case_file", "municipal_contact"}
    assert (FATHER, "note") not in realm.register["rows"]
    assert (MOTHER, "note") in realm.register["rows"]


def test_the_fence_also_closes_what_was_empty(realm: Realm) -> None:
    erased(realm)

    assert (FATHER, "attendance") in realm.register["fences"]
    assert (FATHER, "rights") not in realm.register["fences"]


def test_a_household_ends_with_its_last_member(realm: Realm) -> None:
    carry_out(realm.case(), realm.means(), held=CLUB, also=[HOUSEHOLD], now=NOW, today=TODAY)

    assert realm.live(HOUSEHOLD) == {"rights", "case_file", "municipal_contact"}
    assert realm.case().subjects == (FATHER, HOUSEHOLD)


def test_the_municipality_restricts_reading_of_what_it_must_keep(tmp_path: Path) -> None:
    kept = (stays("case_file", Outcome.RESTRICT), stays("municipal_contact", Outcome.KEEP, date(2030, 1, 1)))
    realm = Realm(tmp_path / "ledger", (*ASKED, *kept))

    erased(realm, TOWN)

    assert realm.live(FATHER) >= {"case_file", "municipal_contact"}
    assert realm.case().restricted == {(FATHER, "case_file")}
    assert RestrictionPlaced(subject=FATHER, compartments=("case_file",), until=UNTIL) in realm.register["facts"]


# Crashes


def test_a_crash_at_any_moment_costs_a_repetition_and_nothing_else(tmp_path: Path) -> None:
    straight = Realm(tmp_path / "straight")
    wanted = erased(straight)
    moments = straight.moments
    assert moments > 15

    for at in range(1, moments + 1):
        realm = Realm(tmp_path / f"crash-{at}", crash_at=at)
        with pytest.raises(Crash):
            erased(realm)
        assert erased(realm) == wanted, at
        assert realm.register == straight.register, at
        assert realm.gone == straight.gone, at
        assert realm.log.count("destroy") == 1, at
        assert realm.followed == realm.ledger.head() == straight.ledger.head(), at


def test_a_crash_while_going_on_after_a_crash_changes_nothing_either(tmp_path: Path) -> None:
    straight = Realm(tmp_path / "straight")
    wanted = erased(straight)

    for at in range(1, straight.moments, 2):
        for later in range(1, straight.moments - at, 3):
            realm = Realm(tmp_path / f"crash-{at}-{later}", crash_at=at)
            with pytest.raises(Crash):
                erased(realm)
            realm.crash_at = realm.moments + later
            with suppress(Crash):
                erased(realm)
            assert erased(realm) == wanted, (at, later)
            assert realm.register == straight.register, (at, later)
            assert len(realm.ledger.entries_after(0)) == 1, (at, later)


def test_what_was_planned_is_known_after_a_crash_although_its_keys_are_gone(realm: Realm) -> None:
    held = sorted(realm.live(FATHER))
    realm.crash_after = "destroy"
    with pytest.raises(Crash):
        erased(realm, held)
    assert realm.case().destroyed is None
    assert realm.live(FATHER) == {"rights"}

    erased(realm, sorted(realm.live(FATHER)))

    gone = realm.case().destroyed
    assert isinstance(gone, KeysDestroyed)
    assert set(gone.compartments) == set(held) - {"rights"}


def test_a_completed_case_answers_with_the_same_receipt_and_touches_nothing(realm: Realm) -> None:
    first = erased(realm)
    facts, log = list(realm.register["facts"]), list(realm.log)

    again = carry_out(realm.case(), realm.means(), held=CLUB, now=NOW, today=date(2027, 9, 1))

    assert again == first
    assert (realm.register["facts"], realm.log) == (facts, log)


def test_a_ledger_that_cannot_be_had_leaves_the_case_open_at_that_step(realm: Realm, tmp_path: Path) -> None:
    (tmp_path / "ledger").rename(tmp_path / "elsewhere")

    with pytest.raises(Unavailable):
        erased(realm)
    assert next_step(realm.case()) is Step.ENTER_IN_LEDGER

    (tmp_path / "elsewhere").rename(tmp_path / "ledger")
    erased(realm)
    assert next_step(realm.case()) is Step.NOTHING


# A restored backup


def test_a_restored_key_database_loses_again_what_was_destroyed_since(realm: Realm) -> None:
    erased(realm)
    realm.gone, realm.followed = {}, (0, b"")
    assert "note" in realm.live(FATHER)

    assert catch_up(realm, realm.ledger, realm=REALM) == 3

    assert "note" not in realm.live(FATHER)
    assert "note" in realm.live(MOTHER)
    assert realm.followed == realm.ledger.head()
    assert catch_up(realm, realm.ledger, realm=REALM) == 0


def test_what_another_realm_entered_is_passed_over(realm: Realm) -> None:
    erased(realm)
    realm.gone, realm.followed = {}, (0, b"")

    assert catch_up(realm, realm.ledger, realm="kommune-0101") == 0
    assert realm.gone == {}


def test_a_ledger_that_does_not_continue_the_one_that_was_followed_is_an_alarm(realm: Realm) -> None:
    erased(realm)

    for followed in ((2, realm.followed[1]), (1, b"\x00" * 32)):
        realm.followed = followed
        with pytest.raises(Tampered):
            catch_up(realm, realm.ledger, realm=REALM)


def test_nothing_is_entered_in_a_ledger_that_is_not_the_one_that_was_followed(realm: Realm) -> None:
    realm.followed = (0, b"\x00" * 32)

    with pytest.raises(Tampered):
        erased(realm)
    assert realm.ledger.head() == (0, b"")


def test_a_restore_between_two_erasures_is_caught_up_by_the_second(realm: Realm) -> None:
    erased(realm)
    realm.gone, realm.followed = {}, (0, b"")
    second = UUID(int=2)
    asked = RequestReceived(
        case_id=second, right=Right.ERASURE, subject=MOTHER, asked_by=MOTHER, received_on=TODAY, due_on=TODAY, told=None
    )
    realm.register["facts"] = [asked, IdentityChecked(on=TODAY, asked_by=MOTHER, how="pas set")]

    erased(realm)

    assert "note" not in realm.live(FATHER) | realm.live(MOTHER)


# The receipt


def test_the_receipt_says_what_went_what_stays_and_what_is_not_reached(tmp_path: Path) -> None:
    realm = Realm(tmp_path / "ledger", (*ASKED, stays("note", Outcome.KEEP)))

    receipt = json.loads(erased(realm).document)["receipt"]

    size, head = realm.ledger.head()
    assert receipt["case_id"] == str(CASE)
    assert (receipt["realm"], receipt["right"]) == (REALM, "erasure")
    assert (receipt["received_on"], receipt["due_on"], receipt["completed_on"]) == (
        "2027-05-12", "2027-06-14", "2027-05-20",
    )  # fmt: skip
    assert receipt["erased"] == [{"compartment": "contact", "keys": 1}, {"compartment": "roster", "keys": 1}]
    assert {key["commitment"] for key in receipt["keys"]} == {"cc" * 32}
    assert [key["compartment"] for key in receipt["keys"]] == ["contact", "roster"]
    assert receipt["kept"] == [
        {
            "compartment": "note", "ground": "GDPR Art. 17(3)(b)", "legal_basis": "Arkivloven § 8, stk. 1",
            "until": "2032-05-12",
        },
        {
            "compartment": "rights", "ground": "GDPR Art. 17(3)(b)", "legal_basis": "GDPR Art. 5(2), Art. 12(3)",
            "until": "2027-08-20",
        },
    ]  # fmt: skip
    assert receipt["reached"] == {
        "events": "all values of the keys named above", "views": 2, "outbox": 0, "key_database": 2, "search_index": None,
    }  # fmt: skip
    assert receipt["not_reached"] == [BACKUPS, *NOT_REACHED]
    assert receipt["final"] == {
        "on": None,
        "when_destroyed": [{"compartment": "contact", "epoch": 1}, {"compartment": "roster", "epoch": 1}],
    }
    assert receipt["ledger"] == {"size": size, "hash": head.hex()}


def test_the_receipt_holds_no_id_of_a_person_and_no_word_of_the_request(realm: Realm) -> None:
    document = erased(realm).document.decode()

    assert str(CASE) in document  # the search can find
    for word in (str(FATHER), FATHER.hex, str(MOTHER), "Slet", "pas set"):
        assert word not in document


def test_the_receipt_is_signed_and_its_hash_is_recorded(realm: Realm) -> None:
    receipt = erased(realm)
    contents = json.loads(receipt.document)
    signed = (
        b"tillid/receipt/v1\n"
        + json.dumps(contents["receipt"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )

    assert receipts.verify(receipt.document, public_key=PUBLIC, verify_signature=verify_signature)
    assert receipt.digest == sha256(signed).hexdigest()
    assert realm.case().completed == Completed(on=TODAY, receipt_hash=receipt.digest)


def test_a_receipt_with_another_byte_anywhere_is_not_one(realm: Realm) -> None:
    document = erased(realm).document

    for at in range(len(document)):
        altered = document[:at] + bytes([document[at] ^ 1]) + document[at + 1 :]
        assert not receipts.verify(altered, public_key=PUBLIC, verify_signature=verify_signature), at


def test_a_receipt_has_one_text_only(realm: Realm) -> None:
    parts = json.loads(erased(realm).document)
    signature = parts["signature"]
    digits = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    same_bytes = signature[:-3] + digits[digits.index(signature[-3]) ^ 1] + "=="
    assert b64decode(same_bytes) == b64decode(signature)

    compact: dict[str, Any] = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    for other in (
        json.dumps(parts),
        json.dumps(parts | {"signature": same_bytes}, **compact),
        json.dumps(parts | {"remark": ""}, **compact),
    ):
        assert not receipts.verify(other.encode(), public_key=PUBLIC, verify_signature=verify_signature)


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"receipt":{},"signature":""}',
        b'{"receipt":[],"signature":"AA=="}',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_what_is_no_receipt_is_refused_without_an_error(document: bytes) -> None:
    assert not receipts.verify(document, public_key=PUBLIC, verify_signature=verify_signature)


def test_a_receipt_of_another_realms_key_is_refused(realm: Realm) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()

    assert not receipts.verify(erased(realm).document, public_key=other, verify_signature=verify_signature)


def test_there_is_no_receipt_before_the_erasure_was_carried_out() -> None:
    case = after(*ASKED, *fence(after(*ASKED), CLUB, on=TODAY))

    with pytest.raises(NothingErasedYet):
        receipts.issue(case, realm=REALM, completed_on=TODAY, sign=SIGNER.sign)


def test_the_plan_is_fixed_by_the_fence(realm: Realm) -> None:
    erased(realm)
    fenced = realm.case().fenced

    assert isinstance(fenced, Fenced)
    assert set(fenced.closed) == set(CLUB) - {"rights"}
    assert fenced.kept == ("rights",)
