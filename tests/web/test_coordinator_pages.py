"""The coordinator's pages in the municipality: what waits, a decision, a place, a hand-over, and a search that is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from application.families import AdultTyped, ChildTyped, RegisterFamily
from application.referrals import GroundsTyped, ReferFamily
from domain.lists import Profession, UnitKind
from domain.people import Caregiver, Role
from tests.club_at_work import COORDINATOR, REFERRER, TOWN
from tests.pages_at_work import PagesAtWork, Visitor, hidden_fields, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("coordinator"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def coordinator(site: PagesAtWork) -> Visitor:
    return site.visitor(COORDINATOR, TOWN, "coordinator")


def _refer_another(site: PagesAtWork) -> UUID:
    club, today = site.club, site.club.house.clock.today()

    def refers(command: object) -> dict[str, Any]:
        return dict(club.does(REFERRER, Role.REFERRER, command, TOWN, unit=club.ids["unit"]))

    family = refers(
        RegisterFamily(
            told_on=today, said_yes=True, answered_on=today,
            adults=(AdultTyped(given_name="Vibeke", family_name="Vaerum", caregiver=Caregiver.MOTHER, household="a"),),
            children=(ChildTyped(given_name="Per", birth_month="2024-02", households=("a",)),),
        )
    )  # fmt: skip
    child = UUID(family["children"][0])
    referred = refers(
        ReferFamily(
            family_id=UUID(family["family_id"]), channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR,
            grounds=GroundsTyped(
                criteria=(("lacking_network", None),), judgements={child: "at_risk"}, able_to_take_part=True, remark="Vil gerne"
            ),
        )
    )  # fmt: skip
    return UUID(referred["referral_id"])


def test_the_lists_hold_no_name(coordinator: Visitor) -> None:
    for page in ("", "all", "overview"):
        text = coordinator.get(page).get_data(as_text=True)
        assert not any(name in text for name in ("Mette", "Mosegaard", "Asta", "Har sagt ja med glæde"))


def test_a_referral_goes_from_decision_to_place_and_a_step_sent_twice_is_taken_once(
    site: PagesAtWork, coordinator: Visitor
) -> None:
    page = f"referrals/{_refer_another(site)}"
    text = coordinator.get(page).get_data(as_text=True)
    assert all(
        words in text for words in ("Vibeke", "Vaerum", "Manglende netværk", "Vil gerne", "Godkend henvisningen")
    )
    assert coordinator.send(page, "/acceptance").headers["Location"].endswith("?done=accept")
    assert coordinator.send(page, "/waiting").headers["Location"].endswith("?done=wait")
    text = coordinator.get(page).get_data(as_text=True)
    assert "Godkend henvisningen" not in text
    assert "Sæt familien på venteliste" not in text
    assert "På venteliste" in text


def test_a_step_decided_on_an_old_page_is_refused_in_words(site: PagesAtWork, coordinator: Visitor) -> None:
    page = f"referrals/{_refer_another(site)}"
    old = hidden_fields(coordinator.get(page).get_data(as_text=True), "/acceptance")
    assert coordinator.send(f"{page}/decline", "/decline").status_code == 303
    answer = coordinator.post(old.pop("action"), old)
    assert answer.status_code in (409, 412)
    assert "Det blev ikke gemt endnu" in answer.get_data(as_text=True)


def test_a_search_shows_who_it_is_at_once_and_its_address_says_nothing(site: PagesAtWork, coordinator: Visitor) -> None:
    log = site.club.desk(TOWN).log
    before = len(log.find(action="search"))
    answer = coordinator.send("search", "/search", {"name": "Mosegaard"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Mette" in text
    assert "Har sagt ja med glæde" not in text
    assert len(log.find(action="search")) > before
    assert "Ingen i kommunens register" in coordinator.send("search", "/search", {"name": "Ukendt"}).get_data(
        as_text=True
    )


def test_a_search_for_nothing_is_refused_at_its_field(coordinator: Visitor) -> None:
    answer = coordinator.send("search", "/search", {"name": " "})
    assert answer.status_code == 422
    assert "Det blev ikke gemt endnu" in answer.get_data(as_text=True)
