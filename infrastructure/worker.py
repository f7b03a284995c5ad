"""What happens after a command, each thing exactly once: letters carried between realms, and followers of the facts.

A step that is broken off anywhere, by an error or by the death of its process, is taken again from where it stood.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from application.ports import Recorded
from infrastructure.journal import Letter
from infrastructure.register import SqlRegister

_PAGE: Final = 500


class NotTakenIn(RuntimeError):
    """The handler returned without saving what it `received`; the message stays where it is."""


class Courier:
    """Carries one realm's messages to another, in the order they were sent, each taken in exactly once.

    `take_in` serves a letter with a use case of the receiving realm that ends in `save(…, received=letter.received)`:
    the facts, the note in the inbox and the position are one transaction there. Only then is the sender's copy emptied.
    A letter that asks for nothing any more, because its subject was erased meanwhile, is saved without facts.
    """

    def __init__(self, sender: SqlRegister, receiver: SqlRegister, take_in: Callable[[Letter], None]) -> None:
        self._sender, self._receiver, self._take_in = sender, receiver, take_in

    def step(self) -> int:
        """Deliver what waits, up to a page; returns how many were confirmed.

        What `take_in` raises stops the step at its letter, which is tried again in the next. Raises NotTakenIn,
        Unavailable.
        """
        carried = 0
        while carried < _PAGE and (letter := self._next()) is not None:
            if not self._has_received(letter):
                self._take_in(letter)
                if not self._has_received(letter):
                    raise NotTakenIn(f"message {letter.received.message_id} was not saved")
            with self._sender.reaching_the_database(), self._sender.database.write() as connection:
                self._sender.journal.confirm(connection, letter.received)
            carried += 1
        return carried

    def _next(self) -> Letter | None:
        """Read just before it is taken in: an erasure may have taken somebody out of it while others were delivered."""
        here, there = self._sender.realm, self._receiver.realm
        with self._sender.reaching_the_database(), self._sender.database.read() as connection:
            return next(iter(self._sender.journal.waiting(connection, from_realm=here, to_realm=there, limit=1)), None)

    def _has_received(self, letter: Letter) -> bool:
        with self._receiver.reaching_the_database(), self._receiver.database.read() as connection:
            return self._receiver.journal.has_received(connection, letter.received)


def follow(
    register: SqlRegister, name: str, apply: Callable[[sa.Connection, Recorded], None], *, page: int = _PAGE
) -> int:
    """Show `apply` the next facts, at most a page, in order; returns how many.

    What it writes on the connection and the position of the follower `name` are one transaction. Two processes may
    follow under one name: the second waits and goes on from where the first came to. What `apply` does elsewhere may
    happen twice, so it must bear that.
    """
    with register.reaching_the_database():
        if register.head() <= (register.recorder.max_tracking_id(name) or 0):
            return 0
    with register.database.write() as connection:
        position = register.journal.hold_position(connection, name)
        facts = register.events_after(position, page)
        for _, recorded in facts:
            apply(connection, recorded)
        if facts:
            register.journal.come_to(connection, name, facts[-1][0])
    return len(facts)


def follow_log(
    register: SqlRegister, end: Callable[[], int], name: str, look: Callable[[int], int], *, apart: bool
) -> int:
    """Let `look` see the access log behind the number that `name` has come to; what it answers is the next number.

    Returns how far it came. The position is held while it looks, so of two processes the second goes on from where the
    first came to; `look` is shown the same entries again after a crash, and must bear that. A log that is not `apart`
    lies in the register's own SQLite file, which cannot be written to while the position is held: there it is moved on
    afterwards, and one process alone may follow.
    """
    with register.reaching_the_database():
        position = register.recorder.max_tracking_id(name) or 0
    if end() <= position:
        return 0
    reached = position if apart else look(position)
    with register.reaching_the_database(), register.database.write() as connection:
        held = register.journal.hold_position(connection, name)
        if apart:
            reached = look(held)
        if reached > held:
            register.journal.come_to(connection, name, reached)
    return reached - held
