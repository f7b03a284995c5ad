"""Between handing a family over and its arrival a letter waits; whoever is erased meanwhile is taken out of it."""

from __future__ import annotations

from pathlib import Path

from application import referrals
from application.streams import PARTICIPANTS
from tests.house import CLUB, TOWN, a_house
from tests.living import AUGUST_11, Grounds, Life
from tests.postgres import Backend


def handed_over_and_not_fetched(life: Life, family: str, child: str) -> None:
    referral_id = life.refer(family, child, Grounds())
    life.clock.set(AUGUST_11)
    for command in (
        referrals.AcceptReferral(referral_id=referral_id),
        referrals.PlaceFamily(referral_id=referral_id, course_id=life.ids["course"]),
        referrals.HandOver(referral_id=referral_id),
    ):
        life.does("town's coordinator", command, TOWN)


def test_the_others_arrive_and_a_letter_about_nobody_who_can_be_rung_is_not_delivered(
    backend: Backend, tmp_path: Path
) -> None:
    life = Life(a_house(backend, tmp_path))
    life.open_the_club()
    life.open_the_town()
    life.register_the_family()
    life.register_another_family("B")
    handed_over_and_not_fetched(life, "family", "girl")
    handed_over_and_not_fetched(life, "family B", "child of B")

    father, mother_of_b = life.is_erased("father", TOWN), life.is_erased("mother of B", TOWN)
    delivered = life.house.deliver()

    assert father["reached"]["outbox"] == 1
    assert mother_of_b["reached"]["outbox"] == 3  # her line, the child's, and what is said of the family
    assert delivered == 1
    register = life.house.realms[CLUB].register
    family = register.load(PARTICIPANTS, life.ids["family"])
    assert family is not None
    people = {getattr(recorded.fact, "person_id", None) for recorded in register.history(life.ids["family"])}
    assert life.ids["mother"] in people
    assert life.ids["girl"] in people
    assert life.ids["father"] not in people
    assert register.load(PARTICIPANTS, life.ids["family B"]) is None
    life.house.close()
