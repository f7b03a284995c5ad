"""What a municipality knows of a course in Red Barnet's realm: that it exists, when it starts, and whether it takes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, assert_never

from domain.facts import CLEAR, Fact, fact
from domain.people import CourseId


@fact("notice.course_announced")
class CourseAnnounced(Fact):
    """News of a course, without any person; hand-overs to it are sealed to `receiving_key`."""

    course_id: Annotated[CourseId, CLEAR]
    club: Annotated[str, CLEAR]
    starts_on: Annotated[date, CLEAR]
    ends_on: Annotated[date, CLEAR]
    takes_in: Annotated[bool, CLEAR]
    late_entry_agreed: Annotated[bool, CLEAR]
    receiving_key: Annotated[bytes, CLEAR]
    news: Annotated[int, CLEAR]


NoticeFact = CourseAnnounced


@dataclass(frozen=True, slots=True)
class Notice:
    news: int


def evolve(notice: Notice | None, happened: NoticeFact) -> Notice:
    match happened:
        case CourseAnnounced():
            return Notice(happened.news)
        case _:
            assert_never(happened)


def announce(notice: Notice | None, announced: CourseAnnounced) -> list[NoticeFact]:
    """Take in the news. Silent when newer news arrived before."""
    return [] if notice is not None and notice.news >= announced.news else [announced]
