"""The municipality hears of a course, and older news never overtakes newer."""

from __future__ import annotations

import itertools

from domain import notice
from domain.notice import announce
from tests.phrases import course_announced
from tests.spec import fold, given


def test_the_first_news_is_taken_in() -> None:
    given().when(announce, course_announced()).then(course_announced())


def test_news_is_taken_in_once_and_older_news_not_at_all() -> None:
    given(course_announced(news=2)).when(announce, course_announced(news=2)).then_nothing()
    given(course_announced(news=2)).when(announce, course_announced(news=1, takes_in=True)).then_nothing()
    given(course_announced(news=2)).when(announce, course_announced(news=3, takes_in=False)).then(
        course_announced(news=3, takes_in=False)
    )


def test_in_whatever_order_the_news_comes_the_newest_stands() -> None:
    for order in itertools.permutations([1, 2, 3, 4]):
        past = []
        for news in order:
            past += given(past).when(announce, course_announced(news=news)).facts
        assert fold(notice.evolve, past).news == 4


def test_there_is_no_person_in_the_news() -> None:
    assert not notice.CourseAnnounced.MARKS.personal
