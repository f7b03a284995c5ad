"""The time: the real one, and one that stands where it is put."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo


class DanishClock:
    """The real time; the day is the day in Denmark (SYS-06)."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(ZoneInfo("Europe/Copenhagen")).date()


class SetClock:
    """A clock that stands where it is put, and like the real one answers in UTC, which has no hour twice: for the
    demonstration and the tests, whose stories have dates."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self.now().astimezone(ZoneInfo("Europe/Copenhagen")).date()


class RunningClock(SetClock):
    """Stands where it is put until it is let go; from then on it keeps step with this machine, for whoever visits a story."""

    _since: float | None = None

    def go(self) -> None:
        self._since = monotonic()

    def now(self) -> datetime:
        gone = 0.0 if self._since is None else monotonic() - self._since
        return super().now() + timedelta(seconds=gone)
