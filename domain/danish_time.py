"""The day in Denmark to which a moment belongs, and the moment at which a day there begins (SYS-06)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def day_of(moment: datetime) -> date:
    """The day in Denmark."""
    return moment.astimezone(DENMARK).date()


def beginning_of(day: date) -> datetime:
    """The first moment of a day in Denmark, in UTC."""
    return datetime.combine(day, time(), DENMARK).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment that is no more of this day."""
    return beginning_of(day + timedelta(days=1))
