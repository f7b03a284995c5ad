"""The composition root: settings in, a house out; the only file that knows both the rooms above and the cellar.

A `House` holds a realm for each data controller: its databases, vault, log, register and desk. The embedded
demonstration holds all of them in one process; in production a process holds those its settings name.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import application.views.club
import application.views.consents
import application.views.course
import application.views.evening
import application.views.municipality
import application.views.organisation
import application.views.people
import application.views.rights
from adapters.identity import Identity
from application import attendances, courses, families, introductions, organisations, referrals, rights  # noqa: F401
from application.desk import Asker, Desk
from application.handovers import COURSE_NEWS, HANDOVER, ReceiveHandover, ReceiveNews
from application.perform import perform
from application.ports import Clock, Context, Outcome
from domain.compartments import RealmKind, held_in
from domain.people import Role
from gdpr import erasure
from gdpr.gate import Gate
from gdpr.log_check import Verdict
from gdpr.ports import SubjectErased
from infrastructure import rebuild as rebuilding
from infrastructure.access_log_store import SqlAccessLog
from infrastructure.database import Database
from infrastructure.journal import Letter
from infrastructure.key_providers.key_file import KeyFileProvider
from infrastructure.ledger import FileLedger
from infrastructure.migrate import migrate, schema_version
from infrastructure.register import SqlRegister
from infrastructure.rows import SqlRows, purge
from infrastructure.settings import RealmSettings, Settings, embedded, read
from infrastructure.signing import verify
from infrastructure.vault import KeyVault
from infrastructure.view_tables import create_tables, stale
from infrastructure.worker import Courier

CLUB_VIEWS: tuple[ModuleType, ...] = (
    application.views.people,
    application.views.organisation,
    application.views.course,
    application.views.consents,
    application.views.club,
    application.views.evening,
    application.views.rights,
)
TOWN_VIEWS: tuple[ModuleType, ...] = (
    application.views.people,
    application.views.organisation,
    application.views.municipality,
    application.views.rights,
)
_BETWEEN_REALMS = UUID("5f0a6c0e-0000-4000-8000-000000000001")
"""The pseudonym under which news of courses arrive; no person sends them."""
_FOUNDER = UUID("5f0a6c0e-0000-4000-8000-000000000002")
"""The pseudonym under which a realm's first administrator is appointed, from the machine it runs on."""


class BehindTheLedger(RuntimeError):
    """The key database is older than the ledger of erasures: a restored backup. It serves nobody before it caught up."""


class ViewsAreStale(RuntimeError):
    """The views in the database have another shape than this program's; `tillid views rebuild` makes them anew."""


class Nobody:
    """Behind no token stands anybody: a register to which no login is connected yet."""

    def actor_of(self, token: str, now: datetime) -> UUID | None:
        return None


class DanishClock:
    """The real time; the day is the day in Denmark (SYS-06)."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(ZoneInfo("Europe/Copenhagen")).date()


class SetClock:
    """A clock that stands where it is put: for the demonstration and the tests, whose stories have dates."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def set(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.astimezone(ZoneInfo("Europe/Copenhagen")).date()


@dataclass(frozen=True, slots=True)
class Realm:
    """One controller's realm: its stores, and the desk at which its people are served."""

    settings: RealmSettings
    database: Database
    key_database: Database
    log_database: Database
    provider: KeyFileProvider
    vault: KeyVault
    register: SqlRegister
    log: SqlAccessLog
    ledger: FileLedger
    desk: Desk
    views: tuple[ModuleType, ...]

    def digests(self) -> dict[str, str]:
        """One digest for each view's rows, to prove that a rebuild gives the same."""
        return rebuilding.same_rows(self.database, self.views)

    def verify_log(self) -> Verdict:
        return self.log.verify()

    def close(self) -> None:
        for database in (self.database, self.key_database, self.log_database):
            database.close()


class _Erasing:
    """What an erasure reaches in one realm (application.desk.Erasing)."""

    def __init__(self, realm: str, vault: KeyVault, ledger: FileLedger, provider: KeyFileProvider) -> None:
        self.vault, self.ledger, self.sign = vault, ledger, provider.sign
        self._realm = realm

    def attach(self, register: SqlRegister, row_classes: Sequence[type[Any]]) -> None:
        self._register, self._row_classes = register, tuple(row_classes)

    def together(self) -> AbstractContextManager[object]:
        return self._register.database.write()

    def fence(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> None:
        for subject in subjects:
            self._register.fence(subject, compartments)

    def purge(self, subjects: Sequence[UUID], compartments: Sequence[str]) -> erasure.Reached:
        with self._register.database.write() as connection:
            values = sum(purge(connection, self._row_classes, subject, compartments) for subject in subjects)
        return erasure.Reached(views=values, outbox=0)

    def held(self, subject: UUID) -> list[str]:
        return sorted({name for name, state in self.vault.subjects_keys(subject) if state == "live"})

    def resume_duties(self) -> int:
        return self._register.resume_duties()


class House:
    """All realms of this process."""

    def __init__(self, realms: Mapping[str, Realm], clock: Clock, identity: Identity) -> None:
        self.realms = realms
        self.clock = clock
        self.identity = identity
        self._delivering = threading.Lock()

    def desk(self, realm: str) -> Desk:
        """The desk of a realm. Raises KeyError for one that is not here."""
        return self.realms[realm].desk

    def appoint_administrator(self, realm: str, actor: UUID, since: date) -> None:
        """The first role of a realm, which gives all others; every later one is given by whoever holds it."""
        founder = Asker(_FOUNDER, Role.ADMINISTRATOR, uuid4())
        command = organisations.AssignRole(actor=actor, role=Role.ADMINISTRATOR, since=since)
        perform(command, founder, self.desk(realm), command_id=uuid4())

    def deliver(self) -> int:
        """Carry every waiting message to its realm, each exactly once; returns how many were carried."""
        carried = 0
        with self._delivering:
            for sender in self.realms.values():
                for receiver in self.realms.values():
                    if sender is not receiver:
                        take_in = _taker_in(receiver.desk)
                        carried += Courier(sender.register, receiver.register, take_in).step()
        return carried

    def rebuild(self, realm: str, progress: Callable[[int, int], None] | None = None) -> int:
        """All rows of a realm's views anew from its events; returns the position of the last."""
        return rebuild(self.realms[realm].settings, progress)

    def tend(self) -> None:
        """What happens beside the commands: messages between realms, duties a crash left, a signed checkpoint."""
        self.deliver()
        for realm in self.realms.values():
            realm.register.resume_duties()
            realm.log.checkpoint()

    @contextmanager
    def tended(self, every: float = 1.0) -> Iterator[None]:
        """Tend the house from a thread of its own, every so many seconds, until the block ends."""
        stop = threading.Event()
        thread = threading.Thread(target=self._keep_tending, args=(stop, every), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(timeout=10)

    def _keep_tending(self, stop: threading.Event, every: float) -> None:
        while not stop.wait(every):
            try:
                self.tend()
            except Exception as error:  # the next round tries again; what failed is named, never what it was about
                logging.getLogger(__name__).error("tending failed: %s", type(error).__name__)

    def close(self) -> None:
        for realm in self.realms.values():
            realm.close()


def create(settings: Settings) -> None:
    """Make what is not there yet: folders, keys, ledgers, tables. Safe for several processes at once."""
    for realm in settings.realms:
        for folder in {_folder_of(url) for url in (realm.register, realm.keys, realm.log)} - {None}:
            assert folder is not None
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        realm.key_folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        KeyFileProvider.create(realm.key_folder, realm.name, [c.name for c in held_in(realm.kind)])
        with suppress(FileExistsError):
            FileLedger.begin(realm.ledger)
        with _databases(realm) as (register, keys, log):
            migrate(register, "register")
            migrate(keys, "keys")
            migrate(log, "log")
            create_tables(register, _row_classes(_views_of(realm.kind)))


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    opens: frozenset[str] | None = None,
    identity: Identity | None = None,
) -> House:
    """The house of these settings, made ready if it is new. `opens` limits what this process may open.

    Raises BehindTheLedger, ViewsAreStale, and what the key provider raises when it refuses (KeyFileRefused).
    """
    create(settings)
    clock = clock or DanishClock()
    realms = {realm.name: _realm(realm, settings, clock, opens) for realm in settings.realms}
    return House(realms, clock, identity or Nobody())


def _realm(settings: RealmSettings, whole: Settings, clock: Clock, opens: frozenset[str] | None) -> Realm:
    provider = KeyFileProvider(settings.key_folder, settings.name, production=whole.production)
    database, key_database = Database(settings.register), Database(settings.keys)
    log_database = Database(settings.log)
    views = _views_of(settings.kind)
    row_classes = _row_classes(views)
    if old := stale(database, row_classes):
        raise ViewsAreStale(f"{settings.name}: {', '.join(old)}")
    own = None if opens is None else opens & {compartment.name for compartment in held_in(settings.kind)}
    vault = KeyVault(key_database, provider, realm=settings.name, kind=settings.kind, opens=own)
    ledger = FileLedger(settings.ledger)
    size, head = vault.ledger_head()
    ledger.confirm(size, head)
    if ledger.head()[0] > size:
        raise BehindTheLedger(settings.name)
    log = SqlAccessLog(
        log_database,
        realm=settings.name,
        sign=provider.sign,
        public_key=provider.verify_key(),
        verify_signature=verify,
        clock=clock,
    )
    erasing = _Erasing(settings.name, vault, ledger, provider)
    register = SqlRegister(
        settings.name,
        database,
        vault,
        views=views,
        rows_for=lambda connection: SqlRows(connection, database.is_postgresql),
        perform_duty=lambda kind, ref: _perform_duty(vault, kind, ref),
    )
    erasing.attach(register, row_classes)
    desk = Desk(settings.name, settings.kind, register, Gate(log, vault), vault, log, clock, erasing)
    return Realm(
        settings, database, key_database, log_database, provider, vault, register, log, ledger, desk, views
    )  # fmt: skip


def _perform_duty(vault: KeyVault, kind: str, ref: UUID) -> None:
    if kind != courses.DESTROY_RECEIVING_KEY:
        raise LookupError(f"nobody knows the duty {kind}")
    vault.destroy_receiving_key(ref)


def _taker_in(desk: Desk) -> Callable[[Letter], None]:
    """How a realm takes in a letter: by its use case, in the name of whoever sent it."""

    def take_in(letter: Letter) -> None:
        content = json.loads(letter.body)
        actor = UUID(content["handed_over_by"]) if letter.kind == HANDOVER else _BETWEEN_REALMS
        asker = Asker(actor, Role.COORDINATOR, letter.received.message_id)
        command: Any
        if letter.kind == HANDOVER:
            command = ReceiveHandover(from_realm=letter.received.from_realm, body=letter.body)
        elif letter.kind == COURSE_NEWS:
            command = ReceiveNews(body=letter.body)
        else:
            raise LookupError(f"nobody takes in a letter of the kind {letter.kind}")
        try:
            perform(command, asker, desk, command_id=letter.received.message_id, received=letter.received)
        except SubjectErased:
            # Who was erased meanwhile, or a course that is over, asks for nothing any more: noted as taken in.
            now = desk.clock.now()
            context = Context(actor, Role.COORDINATOR, None, letter.received.message_id, now, now)
            outcome = Outcome("NothingToTakeIn", actor, {})
            desk.register.save(context, [], outcome=outcome, received=letter.received)

    return take_in


def rebuild(settings: RealmSettings, progress: Callable[[int, int], None] | None = None) -> int:
    """All rows of a realm's views anew from its events. Opens no key: none is needed to follow facts."""
    with _databases(settings) as (database, _, _):
        views = _views_of(settings.kind)
        register = SqlRegister(
            settings.name,
            database,
            _NoKeys(),
            views=views,
            rows_for=lambda connection: SqlRows(connection, database.is_postgresql),
            perform_duty=lambda kind, ref: None,
        )
        return rebuilding.rebuild(
            register,
            database,
            views,
            lock_writers=register.lock_writers,
            fences=register.fences,
            progress=progress,
        )


class _NoKeys:
    """A vault that has none: whoever holds it can follow facts and neither seal nor open."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("no keys are at hand here")


def ledger_of(settings: RealmSettings) -> FileLedger:
    """The ledger of a realm's erasures."""
    return FileLedger(settings.ledger)


def reapply_erasures(settings: RealmSettings) -> int:
    """Destroy again what the ledger says was destroyed since the key database was saved; how many keys were named."""
    provider = KeyFileProvider(settings.key_folder, settings.name, production=False)
    with _databases(settings) as (_, keys, _):
        vault = KeyVault(keys, provider, realm=settings.name, kind=settings.kind)
        return erasure.catch_up(vault, FileLedger(settings.ledger), realm=settings.name)


def doctor(settings: Settings) -> list[tuple[str, bool, str]]:
    """What an operator wants to know before serving: (what, well or not, in words), realm by realm."""
    findings: list[tuple[str, bool, str]] = []
    for realm in settings.realms:
        findings += [(f"{realm.name}: {what}", well, words) for what, well, words in _examine(realm, settings)]
    skew = datetime.now(UTC).year
    findings.append(
        ("clock", skew >= 2026, f"{DanishClock().now():%Y-%m-%d %H:%M} UTC, in Denmark {DanishClock().today()}")
    )
    return findings


def _examine(realm: RealmSettings, settings: Settings) -> Iterator[tuple[str, bool, str]]:
    try:
        provider = KeyFileProvider(realm.key_folder, realm.name, production=settings.production)
        for compartment in held_in(realm.kind):
            probe = provider.wrap(compartment.name, provider.current_epoch(compartment.name), b"doctor", bytes(32))
            provider.unwrap(compartment.name, provider.current_epoch(compartment.name), b"doctor", probe)
        yield "key store", True, "wraps and unwraps for every compartment"
    except Exception as error:  # whatever it is, the operator is told and the examination goes on
        yield "key store", False, str(error)
        return
    with _databases(realm) as (register, keys, log):
        for store, database in (("register", register), ("keys", keys), ("log", log)):
            try:
                current, wanted = schema_version(database, store)  # type: ignore[arg-type]
                yield f"{store} schema", current == wanted, f"has {current or 'nothing'}, this program wants {wanted}"
            except Exception as error:
                yield f"{store} schema", False, f"cannot be reached ({type(error).__name__})"
                return
        old = stale(register, _row_classes(_views_of(realm.kind)))
        yield "views", not old, "up to date" if not old else f"to be rebuilt: {', '.join(old)}"
        vault = KeyVault(keys, provider, realm=realm.name, kind=realm.kind)
        size, head = vault.ledger_head()
        try:
            ledger = FileLedger(realm.ledger)
            ledger.confirm(size, head)
            known = ledger.head()[0]
            yield "ledger", known == size, f"{known} erasures, the key database has followed {size}"
        except Exception as error:
            yield "ledger", False, str(error)


@contextmanager
def _databases(realm: RealmSettings) -> Iterator[tuple[Database, Database, Database]]:
    with ExitStack() as stack:
        opened = [Database(url) for url in (realm.register, realm.keys, realm.log)]
        for database in opened:
            stack.callback(database.close)
        yield opened[0], opened[1], opened[2]


def _views_of(kind: RealmKind) -> tuple[ModuleType, ...]:
    return TOWN_VIEWS if kind is RealmKind.MUNICIPALITY else CLUB_VIEWS


def _row_classes(views: Sequence[ModuleType]) -> list[type[Any]]:
    return [kind for view in views for kind in view.ROWS]


def _folder_of(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else None


__all__ = ["House", "RealmSettings", "Settings", "build", "create", "doctor", "embedded", "read"]
