"""The desk at which a command is served or a question answered: one realm's register, gate, keys, log and clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.documents import Documents
from application.ports import Clock, Drafts, Register
from domain.compartments import RealmKind
from domain.people import Role
from gdpr.attested import EventsVerdict
from gdpr.controller import Controller
from gdpr.erasure import ErasingVault, Reached
from gdpr.gate import Gate, Request
from gdpr.log_check import Verdict
from gdpr.log_proof import EntryProof
from gdpr.ports import AccessLog, DestroyedKey, KeyKnown, Ledger
from gdpr.processing_record import Running
from gdpr.retention import Clock as KeptFor


class Keys(Protocol):
    """What the use cases themselves need of the vault: finding by name, and what crosses sealed between realms."""

    def find(self, field: str, value: str) -> set[UUID]:
        """The subjects under whose index this word stands (VIS-10). Raises Unavailable."""

    def new_receiving_key(self, about: UUID) -> bytes:
        """A public key to which hand-overs to this course are sealed; the private half stays in the vault."""

    def open_received(self, about: UUID, sealed: bytes, info: bytes) -> bytes:
        """Raises Unavailable, Tampered, SubjectErased when the key was destroyed."""

    def seal_for(self, public_key: bytes, message: bytes, info: bytes) -> bytes:
        """Seal to another realm's receiving key."""

    def destroy_receiving_key(self, about: UUID) -> None:
        """After the course, nothing that was handed over to it can be opened any more."""


class Log(AccessLog, Protocol):
    """The realm's access log, which can also say whether it is whole, and how far it was signed."""

    def verify(self) -> Verdict: ...

    def checkpoint(self) -> str | None:
        """Sign the log as far as it has come; None while it is empty."""

    def signed_past(self, moment: datetime) -> str | None:
        """The first checkpoint that covers every entry from before the moment; None if there is none yet."""

    def end_private_halves(self, before: datetime) -> int:
        """Delete whom older entries were about, and who read; what was done and the tree stay. How many it was."""

    @property
    def evidence(self) -> Evidence: ...


class Evidence(Protocol):
    """What the access log shows to people outside."""

    def prove(self, seq: int) -> EntryProof:
        """That this entry is in the log. Raises NoSuchEntry, NotSignedYet, Tampered."""


class StoredEvents(Protocol):
    """The register's events as the access log attests them."""

    def attest(self) -> int:
        """Write down those that came since the last time; returns how many."""

    def compare(self) -> EventsVerdict:
        """Whether every one lies there as it was written down; the first that does not."""


class KeyInquiry(Protocol):
    """What an officer may know of keys when one was lost, without opening anything. Every method may raise Unavailable."""

    @property
    def opens(self) -> frozenset[str]:
        """The compartments this process may open."""

    def key(self, key_id: bytes) -> KeyKnown | None: ...

    def keys_of(
        self, subjects: Collection[UUID], *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[KeyKnown]:
        """Those of these subjects that could open something between the two moments."""

    def keys_in(
        self, compartments: Collection[str], *, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[KeyKnown]:
        """Those in these compartments that could open something between the two moments."""

    def streams_under(self, key_id: bytes) -> list[UUID]:
        """The streams of events that hold a value sealed with this key."""


class Erasing(Protocol):
    """What carrying out an erasure needs of this realm, beside its register (see gdpr.erasure.Means)."""

    @property
    def vault(self) -> ErasingVault: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def sign(self) -> Callable[[bytes], bytes]:
        """Signs with the realm's Ed25519 key."""

    def together(self) -> AbstractContextManager[object]: ...

    def fence(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> None: ...

    def purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> Reached: ...

    def fence_while_ending(self, subject: UUID, compartments: Sequence[str]) -> None:
        """Let nothing be written about the subject there until `empty_and_lift`, because a retention ends."""

    def empty_and_lift(self, subject: UUID, ended: Sequence[DestroyedKey]) -> int:
        """Take what these keys sealed out of the rows and let new values in; how many values it were."""

    def held(self, subject: UUID) -> list[str]:
        """The compartments in which the subject has live keys."""

    def resume_duties(self) -> int:
        """Destroy what a committed fact has made due; returns how many duties are left."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures a controller may set without code (SYS-11). Days, months, families and numbers of look-ups."""

    lead_time_days: int = 21
    few_families: int = 2
    fewest_for_themes: int = 3
    """Families that must have passed themes on before any is shown, so that none is recognisable (INT-14)."""
    follow_up_days: int = 365
    release_hours: int = 24
    """How long a release by two persons holds (decision 0021)."""
    invitation_days: int = 14
    """For so many days an invitation can be taken, to the end of the last of them (decision 0028)."""
    role_review_months: int = 12
    """A role that nobody else confirmed for so long lapses; before it does, the list says so for `role_warning_days`."""
    role_warning_days: int = 30
    course_lead_days: int = 42
    """A course is prepared so long before its first evening; earlier readings of it are outside its period (RIG-09)."""
    course_after_days: int = 0
    check_days: int = 30
    """A random check of the access log is about so many days, and reaches no further back than the next figure."""
    check_days_back: int = 92
    check_least: int = 10
    check_per_mille: int = 20
    """Of what no known relation explains, the share that is drawn; never fewer than `check_least`."""
    alarm_families_a_minute: int = 10
    alarm_refusals_a_day: int = 3
    alarm_officer_a_day: int = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a use case may reach, in one realm."""

    realm: str
    kind: RealmKind
    register: Register
    drafts: Drafts
    gate: Gate
    keys: Keys
    log: Log
    events: StoredEvents
    clock: Clock
    erasing: Erasing
    documents: Documents
    controller: Controller
    inquiry: KeyInquiry
    running: Running
    limits: Limits = field(default_factory=Limits)
    process: str = ""
    """The name of the process, as its settings say it; on every entry of the access log."""
    clocks: Mapping[str, KeptFor] = field(default_factory=dict)
    """How long each kind of data is kept in this realm, as its controller set it; see `gdpr.retention.period_of`."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is at the desk, in the one role in use (REF-27), and what that role is bound to.

    `person_id` is the member of a family that the actor is; None for everybody else. `session` is the pseudonym of the
    login, one for each device; None for what the register does by itself.
    """

    actor: UUID
    role: Role
    request_id: UUID
    unit: UUID | None = None
    municipality: str | None = None
    person_id: UUID | None = None
    session: UUID | None = None

    def asks(self, desk: Desk, purpose: str, *, course: UUID | None = None) -> Request:
        """The request as the gate writes it down."""
        return Request(
            self.actor, self.role, self.unit, purpose, desk.clock.now(), self.request_id, course, self.session,
            desk.process,
        )  # fmt: skip
