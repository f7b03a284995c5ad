"""A register that raises the alarm: what is not as it was written is in the access log before anybody hears of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from application.ports import Aggregate, Clock, Loaded, Outcome, Recorded, Register, Rows
from gdpr.ports import THE_REGISTER, AccessLog, Entry, Tampered

S = TypeVar("S")
R = TypeVar("R")


class AlarmedRegister:
    """`application.ports.Register` over another one. Tampered is in the log before it rises; else LogUnavailable does.

    The gate does the same for the values themselves; this is for events and rows that are not what they were.
    """

    def __init__(self, register: Register, log: AccessLog, clock: Clock, process: str = "") -> None:
        """`process` is the name of the process this is in, for the log."""
        self.realm = register.realm
        self._register, self._log, self._clock, self._process = register, log, clock, process

    def load(self, aggregate: Aggregate[S], stream: UUID) -> Loaded[S] | None:
        with self._alarmed("events", stream):
            return self._register.load(aggregate, stream)

    def history(self, stream: UUID) -> Sequence[Recorded]:
        with self._alarmed("events", stream):
            return self._register.history(stream)

    def rows(self) -> Rows:
        return _AlarmedRows(self._register.rows(), self)

    def outcome_of(self, command_id: UUID) -> Outcome | None:
        return self._register.outcome_of(command_id)

    def save(self, *what: Any, **more: Any) -> None:
        with self._alarmed("keys"):
            self._register.save(*what, **more)

    @contextmanager
    def _alarmed(self, where: str, *records: UUID) -> Iterator[None]:
        try:
            yield
        except Tampered:
            self._log.write([self._alarm(where, records)])
            raise

    def _alarm(self, where: str, records: tuple[UUID, ...]) -> Entry:
        # In the register's own name: a row is found broken before it is known for whom it was read.
        return Entry(
            at=self._clock.now(), action="alarm", actor=THE_REGISTER, role="register", unit=None, course=None,
            purpose="integrity", compartment="", subject=None, allowed=False, rule="tampered", request_id=THE_REGISTER,
            records=records, details={"where": where}, process=self._process,
        )  # fmt: skip


class _AlarmedRows:
    """The rows, read under the same watch."""

    def __init__(self, rows: Rows, register: AlarmedRegister) -> None:
        self._rows, self._register = rows, register
        self.put, self.change, self.delete = rows.put, rows.change, rows.delete

    def get(self, kind: type[R], /, **key: Any) -> R | None:
        with self._register._alarmed("rows"):
            return self._rows.get(kind, **key)

    def where(self, kind: type[R], /, **equal: Any) -> list[R]:
        with self._register._alarmed("rows"):
            return self._rows.where(kind, **equal)
