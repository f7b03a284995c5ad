"""What a visiting professional is shown over HTTP: the group, and nobody in it (VIS-04)."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from adapters.professional import Briefing
from application.desk import Asker
from application.reading import groups
from domain.people import Role
from tests.api_at_work import an_api_at_work
from tests.club_at_work import CLUB, LEADER, MIDWIFE
from tests.left_behind import left_behind


def test_a_booking_shows_its_group_to_the_one_who_is_booked_and_to_nobody_else(tmp_path: Path) -> None:
    api = an_api_at_work(tmp_path)
    booking = api.club.ids["booking"]
    answer = groups.briefing(Asker(MIDWIFE, Role.PROFESSIONAL, uuid4()), booking, api.club.desk())
    assert left_behind(answer, Briefing()) == set()

    shown = api.caller(MIDWIFE, CLUB, "professional").get(f"bookings/{booking}")
    assert shown.get_json()["group"] == {"families": 1, "adults": 2, "children": 2, "siblings": 0, "ages": [1, 3]}
    assert shown.get_json()["languages"] == ["dansk"]
    assert not any(
        name in shown.get_data(as_text=True) for name in ("Mette", "Asta", 'Bo"', str(api.club.ids["family"]))
    )

    refused = api.caller(LEADER, CLUB, "professional").get(f"bookings/{booking}")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "not_for_this_reader")
    api.club.house.close()
