"""What this room needs from below stairs, and the five answers to a question about a personal value.

A value is *present* (the value itself), `WITHHELD` (not for this reader), `ERASED` (its key is gone), or an error:
`Unavailable` (the key store is down or behind: try later) or `Tampered` (an alarm). There is no fallback text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, Final, Protocol
from uuid import UUID

from domain.facts import Sealed


class Absent(Enum):
    """Why there is no value to show."""

    ERASED = "erased"
    WITHHELD = "withheld"

    def __bool__(self) -> bool:
        raise TypeError("ask `is ERASED` or `is WITHHELD`; an absent value is neither true nor false")


ERASED: Final = Absent.ERASED
WITHHELD: Final = Absent.WITHHELD


class Unavailable(Exception):
    """The key store, or the key a value names, cannot be had now; the value is not erased. Try later."""


class Tampered(Exception):
    """A stored value, key or row is not what was written at this place: an alarm, never a blank."""


THE_REGISTER: Final = UUID("5f0a6c0e-0000-4000-8000-000000000004")
"""The pseudonym under which the register itself writes into the access log, on behalf of nobody."""


class LogUnavailable(Exception):
    """The access log cannot be written, so nothing is opened (RIG-08)."""


class SubjectErased(Exception):
    """The subject's key in this compartment was destroyed, or is being destroyed; new data are refused (Art. 17)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the access log: one request, subject and compartment; never contents (RIG-08, INT-19).

    `action` is one of read, refused, search, disclose, print, change, officer, erase, alarm. `fields` are field names,
    `records` ids of what was asked for (a note part, a referral), `rule` the name of the policy line that decided.
    `consents` are the consents in force on which the reading rested. `session` is the pseudonym of the login on one
    device, None where nobody had logged in; `process` the name, in its settings, of the process that wrote. `actor`,
    `session`, `subject`, `records` and `consents` belong to the private half of the entry, which ends at the log's own
    retention while the tree still verifies; an entry read after that has no actor. Nobody writes one without. `seq` is
    its number in the realm's log, from 1, once it has been written; the log gives it, so it makes no two entries
    different.
    """

    at: datetime
    action: str
    actor: UUID | None
    role: str
    unit: UUID | None
    course: UUID | None
    purpose: str
    compartment: str
    subject: UUID | None
    allowed: bool
    rule: str
    request_id: UUID
    fields: tuple[str, ...] = ()
    records: tuple[UUID, ...] = ()
    consents: tuple[UUID, ...] = ()
    details: Mapping[str, int | str] = field(default_factory=dict)
    seq: int | None = field(default=None, compare=False)
    session: UUID | None = None
    process: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Entries counted: by what, how many they are, of how many requests, about how many subjects."""

    by: Mapping[str, Any]
    entries: int
    requests: int
    subjects: int


class AccessLog(Protocol):
    """Append-only; durable before it returns."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Raises LogUnavailable; then nothing may be shown."""

    def find(self, *, limit: int | None = None, after: int = 0, **equal: Any) -> list[Entry]:
        """Entries, oldest first. Keys: subject, actor, session, process, role, compartment, action, allowed,
        course, request, record, since, until, upto; numbers, subjects, roles, compartments, actions (any of a tuple), but_actions
        (none of it); outside (by course the moments from which to which it ran: what was before or after).

        At most `limit`, behind number `after`: the `seq` of the last one found leads to the next page.
        """

    def count(self, **equal: Any) -> int:
        """How many entries `find` finds with these keys."""

    def tally(
        self, by: Sequence[str], *, limit: int | None = None, offset: int = 0, fewest_subjects: int = 0, **equal: Any
    ) -> list[Tally]:
        """What `find` finds, counted by any of month, actor, role, action, compartment, allowed, course; those with
        most subjects first, and none with fewer than `fewest_subjects`.
        """

    def last(self) -> int:
        """The number of the last entry; 0 while the log is empty."""


class Opener(Protocol):
    """Opens what its process holds keys for."""

    def open(self, values: Sequence[Sealed]) -> list[Any]:
        """One answer per value, in order: the value, ERASED or WITHHELD. Raises Unavailable, Tampered."""


@dataclass(frozen=True, slots=True)
class KeyKnown:
    """What may be known of a key without opening anything; `scope` is the consent or course it belongs to, if it does."""

    key_id: bytes
    subject: UUID
    compartment: str
    scope: UUID | None
    created_at: datetime
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DestroyedKey:
    """What remains of a key after its destruction: random ids and its commitment, nothing about anybody.

    `epoch` is that of the key-encryption key which wrapped it last: as long as this or an earlier epoch of the
    compartment exists, an old copy of the key database may still open it.
    """

    key_id: bytes
    compartment: str
    commitment: bytes
    destroyed_at: datetime
    epoch: int


class Vault(Opener, Protocol):
    """The keys of one realm."""

    def destroy(self, subject: UUID, compartments: Iterable[str]) -> list[DestroyedKey]:
        """Destroy all the subject's keys in these compartments, those of consents and courses among them, and its
        index rows; none is made there again.

        Idempotent: keys that are gone already are returned with the day they went.
        """

    def end(self, subject: UUID, compartments: Iterable[str], *, under: UUID | None = None) -> list[DestroyedKey]:
        """Destroy keys because their retention ended, those of one course or all: whoever comes back gets new ones.
        Idempotent.

        To be called between `fence` and `lift_fence` of the register, so that nobody seals with a key that goes.
        """

    def destroy_under(self, scope_id: UUID) -> list[DestroyedKey]:
        """Destroy the keys that belong to one consent or one course. Idempotent (INT-08, INT-25)."""


class LedgerKind(StrEnum):
    """Why an entry stands in the ledger; the value is what the file shows, and an erasure's entry shows none."""

    ERASURE = "erasure"
    RETENTION = "retention"
    EPOCHS = "epochs"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry of the ledger: random ids only. `seq` counts from 1; `prev` is the hash before it, or empty.

    An erasure, or a retention that ended, names its case or run, and its keys. An entry of the kind EPOCHS names, for
    each compartment, the last epoch of key-encryption keys that was destroyed, all before it being gone, too.
    """

    seq: int
    at: datetime
    realm: str
    case_id: UUID | None
    key_ids: tuple[bytes, ...]
    compartments: tuple[str, ...]
    prev: bytes
    hash: bytes
    kind: LedgerKind = LedgerKind.ERASURE
    epochs: Mapping[str, int] = field(default_factory=dict)


def destroyed_epochs(entries: Iterable[LedgerEntry], realm: str) -> dict[str, int]:
    """By these entries, the last epoch of each compartment that was destroyed in the realm."""
    destroyed: dict[str, int] = {}
    for entry in entries:
        if entry.realm == realm:
            destroyed |= {name: max(epoch, destroyed.get(name, 0)) for name, epoch in entry.epochs.items()}
    return destroyed


class Ledger(Protocol):
    """Which keys were destroyed, kept apart from the databases, so that a restored one can be brought up to date.

    Every method raises Unavailable when the ledger cannot be had, Tampered when it is not as it was written.
    """

    def append(
        self, *, at: datetime, realm: str, case_id: UUID, key_ids: Iterable[bytes], compartments: Iterable[str],
        kind: LedgerKind = LedgerKind.ERASURE,
    ) -> LedgerEntry:  # fmt: skip
        """Durable on return. What the case or run has entered already is not entered again: its entry is returned."""

    def append_epochs(self, *, at: datetime, realm: str, destroyed: Mapping[str, int]) -> LedgerEntry | None:
        """The last destroyed epoch of each compartment, where the ledger does not say so yet; None if it says all."""

    def head(self) -> tuple[int, bytes]:
        """(number of entries, hash of the last); (0, empty) for an empty ledger."""

    def entries_after(self, size: int) -> list[LedgerEntry]:
        """The entries that follow the first `size`. Raises Tampered when there are fewer than `size`."""

    def confirm(self, size: int, head: bytes) -> None:
        """Raises Tampered unless the ledger had this head at this size."""
