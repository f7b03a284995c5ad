"""Story 1: a health visitor in Guldborgsund refers a mother with two children; the leader learns whom, not why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import RED_BARNET, Person, World, words_in

TOWN = "kommune-0376"
REMARK = "Moren savner nogen at tale med om aftenen."
NAME = "1. Referral"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the story leaves its people."""

    town: Town
    club: Club
    course: Course
    family_id: str
    mother_id: str
    girl_id: str
    boy_id: str
    mother: Person
    referral_id: str


def live(world: World) -> Scene:
    """From the health visitor's talk with the mother to the volunteers' first look at first names and ages."""
    world.story = NAME
    world.on(2025, 6, 2)
    since = date(2025, 1, 1)
    town = cast.found_town(world, TOWN, "Sundhedsplejen", "health_visiting", since)
    club = cast.found_club(world, town, "Småbørnsklubben ved Åen", "Nykøbing Falster", since)
    course = cast.plan_course(
        world, club, starts_on=date(2025, 9, 2), leaders=("Else", "Jytte"),
        volunteers=("Bodil", "Poul", "Ruth", "Svend"), since=date(2025, 6, 1),
    )  # fmt: skip
    family = _family(world, town)
    referral_id = cast.refer(town, family, criteria=("lacking_network", "lacking_energy"), remark=REMARK)
    world.tell("The coordinator accepts, places the family, and hands it over on 11 August.")
    world.on(2025, 8, 11)
    handed = cast.bring_to_course(world, town, referral_id, course.course_id)
    world.expect(
        "the lead time is 22 days, and not warned about", handed["lead_days"] == 22 and not handed["lead_time_warning"]
    )
    _check_municipality(world, town, referral_id)
    family_id, mother_id = family["family_id"], family["adults"][0]
    _check_leader(world, course, family_id)
    _check_volunteers(world, course, family_id)
    totals = club.coordinator.get(f"club-courses/{course.course_id}")["size"]
    world.expect(
        "the course counts 1 family, 1 adult, 2 children",
        (totals["families"], totals["adults"], totals["children"]) == (1, 1, 2),
    )
    mother = cast.member(world, RED_BARNET, "the mother", mother_id, date(2025, 8, 11), club.secretariat)
    _check_family(world, town, mother_id, mother)
    girl_id, boy_id = family["children"]
    return Scene(town, club, course, family_id, mother_id, girl_id, boy_id, mother, referral_id)


def _family(world: World, town: Town) -> Any:
    world.on(2025, 8, 4)
    world.tell("A health visitor tells a mother about the club. Another family is told too, and says no.")
    adults = [{"given_name": "Maren", "family_name": "Opdigt", "caregiver": "mother", "telephone": "20 00 00 01"}]
    children = [
        {"given_name": "Liv", "birth_month": "2022-05"},
        {"given_name": "Storm", "birth_month": "2024-01"},
    ]
    said_no = cast.register_family(
        town, told_on=date(2025, 8, 4), answered_on=date(2025, 8, 4), said_yes=False, expect=409,
        adults=[{"given_name": "Ida", "family_name": "Nejsdatter", "caregiver": "mother"}], children=children,
    )  # fmt: skip
    world.expect("the family that said no is refused registration", said_no["code"] == "family_has_not_said_yes")
    found = town.coordinator.do("families/search", {"name": "Nejsdatter"})
    world.expect("and no record of it exists", found == [])
    return cast.register_family(
        town, told_on=date(2025, 8, 1), answered_on=date(2025, 8, 4), adults=adults, children=children
    )


def _check_municipality(world: World, town: Town, referral_id: str) -> None:
    seen = town.coordinator.get(f"referrals/{referral_id}")
    stages = [(step["stage"], step["role"]) for step in seen["steps"]]
    world.expect(
        "the referral passed registered → accepted → placed → handed over, each with date and role",
        stages
        == [
            ("registered", "referrer"), ("accepted", "coordinator"), ("placed", "coordinator"),
            ("handed_over", "coordinator"),
        ]
        and all(step["on"] for step in seen["steps"]),
    )  # fmt: skip
    danish = [criterion["danish"] for criterion in seen["criteria"]]
    world.expect(
        "the criteria stand in verbatim Danish",
        "Manglende overskud, pga. fx fysisk eller psykisk sygdom eller belastning." in danish,
    )
    own = town.referrer.get(f"referrals/{referral_id}")
    world.expect("the referrer's unit reads its own remark", own["remark"] == REMARK)
    world.expect(
        "the coordinator finds the family by name",
        words_in(town.coordinator.do("families/search", {"name": "Opdigt"})).count("Maren"),
    )


def _check_leader(world: World, course: Course, family_id: str) -> None:
    page = course.leader.get(f"courses/{course.course_id}")
    (family,) = page["families"]
    (adult,) = family["adults"]
    world.expect(
        "the leader sees the mother's name and telephone",
        (adult["given_name"], adult["family_name"], adult["telephone"]) == ("Maren", "Opdigt", "+4520000001"),
    )
    world.expect(
        "two children aged 3 and 1, and the language Danish",
        sorted(child["age"] for child in family["children"]) == [1, 3] and family["language"] == "dansk",
    )
    world.expect("and that the introductory conversation is missing", page["conversations_missing"] == 1)
    said = words_in(page)
    hidden = ("lacking", "Manglende", "at_risk", REMARK, "health_visit", "referrer", "criteri")
    world.expect("no criterion, judgement, remark or referrer", not any(word in said for word in hidden))
    code = course.leader.do("families/search", {"name": "Opdigt"}, audience="coordinator", realm=TOWN, expect=403)[
        "code"
    ]
    world.expect("the leader has no way into the municipality", code in ("role_not_held", "not_for_this_reader"))


def _check_volunteers(world: World, course: Course, family_id: str) -> None:
    volunteer = course.volunteers[0]
    before = volunteer.get(f"courses/{course.course_id}/evening")
    world.expect("the volunteers see nothing yet", before["families"] == [])
    course.leader.put(f"courses/{course.course_id}/places/{family_id}")
    after = volunteer.get(f"courses/{course.course_id}/evening")
    (family,) = after["families"]
    world.expect(
        "after the place is confirmed: first names and ages",
        [a["given_name"] for a in family["adults"]] == ["Maren"]
        and sorted(c["age"] for c in family["children"]) == [1, 3],
    )
    said = words_in(after)
    world.expect(
        "no surname, no telephone, no birth month", not any(w in said for w in ("Opdigt", "20000001", "2022-05"))
    )


def _check_family(world: World, town: Town, mother_id: str, at_club: Person) -> None:
    mother = cast.member(
        world,
        town.realm,
        "the mother at the municipality",
        mother_id,
        date(2025, 8, 11),
        town.administrator,
        at_club.actor,
    )
    held = words_in(mother.get("own-data"))
    world.expect(
        "the mother sees her own referral in the words it was ticked in",
        "Manglende netværk" in held and REMARK in held,
    )
