"""Story 5: the leader hears of six families with 21 children one and a half weeks before the start."""

from __future__ import annotations

from datetime import date
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import World, words_in

NAME = "5. Short notice"
TOWN = "kommune-0265"
CHILDREN = (4, 4, 4, 3, 3, 3)
ADULTS = (2, 2, 1, 1, 1, 1)


def live(world: World) -> None:
    """From the hand-over on 21 August to a seventh family in the third week."""
    world.story = NAME
    world.on(2025, 5, 5)
    since = date(2025, 1, 1)
    town = cast.found_town(world, TOWN, "Familierådgivningen", "family_counselling", since)
    club = cast.found_club(world, town, "Småbørnsklubben på Bakken", "Roskilde", since)
    course = cast.plan_course(
        world, club, starts_on=date(2025, 9, 1), leaders=("Grethe", "Inger"),
        volunteers=("Bent", "Dorte", "Erik", "Fie"), since=date(2025, 5, 1),
    )  # fmt: skip
    families = _hand_over(world, town, course)
    _check_size(world, club, course)
    _ring(world, club, course, families)
    _first_evening(world, club, course, families)
    _second_evening(world, course, families)
    _seventh_family(world, town, club, course)


def _hand_over(world: World, town: Town, course: Course) -> list[Any]:
    world.on(2025, 8, 21)
    world.tell("On Thursday 21 August the coordinator hands over six families with 21 children and 8 adults.")
    families = [_family(town, number) for number in range(6)]
    leads = []
    for family in families:
        referral_id = cast.refer(
            town, family, criteria=("much_at_home",), remark="Vil gerne ud blandt andre.",
            channel="family_counselling", profession="family_therapist",
        )  # fmt: skip
        leads.append(cast.bring_to_course(world, town, referral_id, course.course_id))
    world.expect(
        "the lead time is 11 days, and the coordinator is warned",
        all(lead["lead_days"] == 11 and lead["lead_time_warning"] for lead in leads),
    )
    page = course.leader.get(f"courses/{course.course_id}")
    world.expect("the leader is warned too", all(f["lead_time_warning"] for f in page["families"]))
    return families


def _family(town: Town, number: int) -> Any:
    adults = [
        {"given_name": f"Forælder{number}{i}", "family_name": f"Påfund{number}", "caregiver": ("mother", "father")[i],
         "telephone": f"2100 00{number}{i}"}
        for i in range(ADULTS[number])
    ]  # fmt: skip
    children = [
        {"given_name": f"Barn{number}{i}", "birth_month": f"{2019 + i + (number % 2) + 1}-03"}
        for i in range(CHILDREN[number])
    ]
    return cast.register_family(
        town, told_on=date(2025, 8, 18), answered_on=date(2025, 8, 19), adults=adults, children=children
    )


def _check_size(world: World, club: Club, course: Course) -> None:
    seen = club.secretariat.get(f"courses/{course.course_id}")
    world.expect("the secretariat sees it as a count", seen["short_notice"] == 6 and "Påfund" not in words_in(seen))
    size = course.leader.get(f"courses/{course.course_id}")["size"]
    world.expect("6 families lie in the guidance of 6–8", size["families"] == 6 and not size["outside_guidance"])
    world.expect(
        "but 21 children: 5.25 for each volunteer, 3.5 with the two leaders; it warns and does not block",
        size["children"] == 21 and size["children_per_volunteer"] == 5.25
        and size["children_per_helper_and_leader"] == 3.5 and size["many_children"],
    )  # fmt: skip


def _ring(world: World, club: Club, course: Course, families: list[Any]) -> None:
    page = course.leader.get(f"courses/{course.course_id}")
    world.expect("six conversations are missing", page["conversations_missing"] == 6)
    world.on(2025, 8, 25, 19)
    for family in families[:4]:
        course.leader.do(
            f"courses/{course.course_id}/families/{family['family_id']}/conversation",
            {"held_on": "2025-08-25", "way": "telephone", "notice_given": True},
        )
    page = course.leader.get(f"courses/{course.course_id}")
    world.expect(
        "after four calls: four held, two missing",
        (page["conversations_held"], page["conversations_missing"]) == (4, 2),
    )
    seen = club.coordinator.get(f"club-courses/{course.course_id}")
    world.expect(
        "the coordinator's page shows 4 of 6, not whose",
        (seen["conversations_held"], seen["conversations_of"]) == (4, 6)
        and families[0]["family_id"] not in words_in(seen),
    )
    for family in families:
        course.leader.put(f"courses/{course.course_id}/places/{family['family_id']}")


def _first_evening(world: World, club: Club, course: Course, families: list[Any]) -> None:
    world.on(2025, 9, 1, 14)
    world.tell("The first evening: one family cancels by SMS in the afternoon, one neither comes nor cancels.")
    base = f"courses/{course.course_id}/evenings/1"
    course.leader.do(f"{base}/cancellations", {"family_id": families[4]["family_id"], "way": "sms"})
    world.on(2025, 9, 1, 19)
    came = {0: 4, 2: 4, 3: 3, 5: 2}
    lines: list[dict[str, Any]] = []
    for number, family in enumerate(families):
        status = "present" if number in came else "cancelled_in_advance" if number == 4 else "not_come"
        lines.append(
            {"family_id": family["family_id"], "status": status,
             "adults": 1 if number in came else 0, "children": came.get(number, 0)}
        )  # fmt: skip
    course.leader.put(f"{base}/attendance", {"lines": lines})
    book = course.leader.get(f"{base}/attendance")
    statuses = sorted(line["status"] for line in book["lines"])
    world.expect(
        "attendance: 4 present, 1 cancelled, 1 not come; no reason anywhere",
        statuses == ["cancelled_in_advance", "not_come", "present", "present", "present", "present"]
        and "reason" not in words_in(book),
    )
    seen = club.coordinator.get(f"club-courses/{course.course_id}")
    evening = next(line for line in seen["turnout"] if line["evening"] == 1)
    world.expect(
        "the coordinator sees “4 of 6 families, 13 children” and nobody",
        (evening["families"], evening["seats"], evening["children"]) == (4, 6, 13)
        and not any(f["family_id"] in words_in(seen) for f in families),
    )
    code = club.coordinator.refused(f"{base}/attendance", audience="leader")
    world.expect("and not whose", code in ("not_for_this_reader", "role_not_held"))


def _second_evening(world: World, course: Course, families: list[Any]) -> None:
    world.on(2025, 9, 8, 12)
    warned = [
        course.leader.do(
            f"courses/{course.course_id}/evenings/2/cancellations", {"family_id": family["family_id"], "way": "sms"}
        )["few_families_warning"]
        for family in families[:4]
    ]
    world.expect(
        "with the fourth cancellation two families are expected, and the leader is warned", warned == [0, 0, 0, 1]
    )


def _seventh_family(world: World, town: Town, club: Club, course: Course) -> None:
    world.on(2025, 9, 17)
    world.tell("In week 3 a seventh family is referred.")
    family = cast.register_family(
        town, told_on=date(2025, 9, 15), answered_on=date(2025, 9, 16),
        adults=[{"given_name": "Forælder7", "family_name": "Sildig", "caregiver": "mother"}],
        children=[{"given_name": "Barn7", "birth_month": "2023-02"}],
    )  # fmt: skip
    referral_id = cast.refer(
        town, family, criteria=("lacking_network",), remark="Kom sent til.", channel="family_counselling",
        profession="family_therapist",
    )  # fmt: skip
    town.coordinator.do(f"referrals/{referral_id}/acceptance")
    refusal = town.coordinator.do(f"referrals/{referral_id}/place", {"course_id": course.course_id}, expect=409)
    world.expect("intake is closed", refusal["code"] == "course_has_started")
    town.coordinator.do(f"referrals/{referral_id}/waiting")
    world.expect("the family goes to the waiting list", town.coordinator.get("overview")["waiting"] == 1)
    course.leader.do(f"courses/{course.course_id}/late-entry", {"agreed": True})
    world.arrive()
    refusal = town.coordinator.do(f"referrals/{referral_id}/place", {"course_id": course.course_id}, expect=409)
    world.expect("the leader's agreement alone does not open it", refusal["code"] == "course_has_started")
    club.coordinator.do(f"club-courses/{course.course_id}/late-entry", {"agreed": True})
    world.arrive()
    town.coordinator.do(f"referrals/{referral_id}/place", {"course_id": course.course_id})
    town.coordinator.do(f"referrals/{referral_id}/handover")
    world.arrive()
    seats = course.leader.get(f"courses/{course.course_id}")["families"]
    world.expect("with both recorded agreements the family gets a place", len(seats) == 7)
