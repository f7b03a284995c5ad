"""All realms of this process as one house, and what tends it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from adapters.identity import Identity, Login
from adapters.wiring.clocks import DanishClock
from adapters.wiring.kept import Kept, open_kept
from adapters.wiring.letters import each_in_its_turn, let_consents_expire, taker_in
from adapters.wiring.realm import Realm, open_realm
from adapters.wiring.stores import create
from adapters.wiring.upkeep import rebuild
from application import organisations
from application.desk import Asker, Desk
from application.finality import note_what_is_final
from application.perform import perform
from application.ports import Clock
from application.retention import let_go_by_itself
from application.reviews import all_over, let_roles_lapse
from domain.people import Role
from infrastructure.settings import Settings
from infrastructure.worker import Courier

_FOUNDER = UUID("5f0a6c0e-0000-4000-8000-000000000002")
"""The pseudonym under which a realm's first administrator is appointed, from the machine it runs on."""


class Nobody:
    """Behind no token stands anybody: a register to which no login is connected yet."""

    def login_of(self, token: str, now: datetime) -> Login | None:
        return None


class House:
    """All realms of this process."""

    def __init__(
        self, realms: Mapping[str, Realm], clock: Clock, identity: Identity, kept: Kept | None = None
    ) -> None:  # fmt: skip
        self.realms = realms
        self.clock = clock
        self.identity = identity
        self.kept = kept
        self._delivering = threading.Lock()
        self._let_go_on: dict[str, date] = {}
        self._tidied_on: date | None = None

    def desk(self, realm: str) -> Desk:
        """The desk of a realm. Raises KeyError for one that is not here."""
        return self.realms[realm].desk

    def appoint_administrator(self, realm: str, actor: UUID, since: date) -> None:
        """The first role of a realm, which gives all others; every later one is given by whoever holds it."""
        command = organisations.AssignRole(actor=actor, role=Role.ADMINISTRATOR, since=since)
        perform(command, self.founder(), self.desk(realm), command_id=uuid4())

    def founder(self) -> Asker:
        """Whoever sits at the machine: appoints the first administrator, and confirms a role when nobody else is left."""
        return Asker(_FOUNDER, Role.ADMINISTRATOR, uuid4())

    def deliver(self) -> int:
        """Carry every waiting message to its realm, each exactly once; returns how many were carried."""
        carried = 0
        with self._delivering, each_in_its_turn() as attempt:
            for sender in self.realms.values():
                for receiver in self.realms.values():
                    if sender is not receiver:
                        courier = Courier(sender.register, receiver.register, taker_in(receiver.desk))
                        carried += attempt(courier.step) or 0
        return carried

    def rebuild(self, realm: str, progress: Callable[[int, int], None] | None = None) -> int:
        """All rows of a realm's views anew from its events; returns the position of the last."""
        return rebuild(self.realms[realm].settings, progress)

    def tend(self) -> None:
        """What happens beside the commands: messages between realms, consents that end, duties a crash left, what is
        due to go (once a day), alarms of the access log, what was stored attested in it, checkpoints, sessions that ended.

        What fails holds nothing else up; the first failure is raised when all has been tried.
        """
        with each_in_its_turn() as attempt:
            attempt(self.deliver)
            for realm in self.realms.values():
                attempt(partial(let_consents_expire, realm.desk))
                attempt(realm.register.resume_duties)
                attempt(partial(note_what_is_final, realm.desk))
                attempt(partial(self._let_go, realm))
                attempt(realm.watch)
                attempt(realm.desk.events.attest)
                attempt(realm.log.checkpoint)
            if self.kept is not None:
                attempt(partial(self._tidy, self.kept))

    def _tidy(self, kept: Kept) -> None:
        """Once a day, after roles have lapsed: what is over goes, and nobody is let in any more whose roles are all over."""
        today = self.clock.today()
        if self._tidied_on != today:
            kept.purge(self.clock.now())
            for actor in kept.actors():
                if all_over(actor, [realm.desk for realm in self.realms.values()]):
                    kept.shut_out(actor)
            self._tidied_on = today

    def _let_go(self, realm: Realm) -> None:
        today = self.clock.today()
        if self._let_go_on.get(realm.settings.name) != today:
            let_roles_lapse(realm.desk)
            let_go_by_itself(realm.desk)
            self._let_go_on[realm.settings.name] = today

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
        if self.kept is not None:
            self.kept.close()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    opens: frozenset[str] | None = None,
    identity: Identity | None = None,
) -> House:
    """The house of these settings, made ready if it is new. `opens` limits what this process may
    open further than the settings do.

    Raises BehindTheLedger, ViewsAreStale, and what the key provider raises when it refuses (KeyFileRefused).
    """
    create(settings)
    clock = clock or DanishClock()
    chosen = opens if opens is not None else settings.opens
    with ExitStack() as undone:
        realms: dict[str, Realm] = {}
        for realm in settings.realms:
            realms[realm.name] = open_realm(realm, settings, clock, chosen)
            undone.callback(realms[realm.name].close)
        kept = open_kept(settings.web) if settings.web is not None else None
        undone.pop_all()
    return House(realms, clock, identity or Nobody(), kept)
