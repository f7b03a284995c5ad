"""What all pages share: the door, the forms, the guards, and what is said when something cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.club_at_work import CLUB, VOLUNTEER
from tests.pages_at_work import PagesAtWork, pages_at_work


@pytest.fixture
def site(tmp_path: Path) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path)
    yield made
    made.club.house.close()


def test_a_volunteer_sees_the_evening(site: PagesAtWork) -> None:
    volunteer = site.visitor(VOLUNTEER, CLUB, "volunteer")
    page = volunteer.get(f"courses/{site.club.ids['course']}")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Mette" in text
    assert page.headers["Cache-Control"] == "no-store"
