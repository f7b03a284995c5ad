"""Lets writers who wait at the same time share one commit: one commits for all who came while the disk was busy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class _Ticket(Generic[T]):
    __slots__ = ("failure", "item", "served", "turn")

    def __init__(self, item: T) -> None:
        self.item = item
        self.turn: Lock | None = None
        self.served = False
        self.failure: Exception | None = None


class GroupCommit(Generic[T]):
    """One leader at a time commits what has gathered; a lone writer leads at once and waits for nobody."""

    def __init__(self, commit: Callable[[Sequence[T]], None]) -> None:
        self._commit = commit
        self._door = Lock()
        self._busy = False
        self._waiting: list[_Ticket[T]] = []

    def submit(self, item: T) -> None:
        """Returns when the item is committed; raises what the commit raised, for each whose item was in it."""
        ticket = _Ticket(item)
        with self._door:
            self._waiting.append(ticket)
            if self._busy:
                ticket.turn = Lock()
                ticket.turn.acquire()
            self._busy = True
        if ticket.turn is not None:
            # Woken either because the item is committed or because it is this thread's turn to lead.
            ticket.turn.acquire()
        if not ticket.served:
            self._lead()
        if ticket.failure is not None:
            raise ticket.failure

    def _lead(self) -> None:
        with self._door:
            batch, self._waiting = self._waiting, []
        failure: Exception | None = RuntimeError("the thread that committed for all was interrupted")
        try:
            self._commit([ticket.item for ticket in batch])
            failure = None
        except Exception as error:
            failure = error
        finally:
            self._hand_over()
            for ticket in batch:
                ticket.served, ticket.failure = True, failure
                if ticket.turn is not None:
                    ticket.turn.release()

    def _hand_over(self) -> None:
        with self._door:
            next_leader = self._waiting[0] if self._waiting else None
            self._busy = next_leader is not None
        if next_leader is not None and next_leader.turn is not None:
            next_leader.turn.release()
