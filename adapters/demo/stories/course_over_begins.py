"""The course is over, before it begins: two families in one autumn course, and what each lets be done with what it told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import RED_BARNET, Person, World

TOWN = "kommune-0621"
HERS = "Jeg vil gerne lære at lave mad fra bunden."
HIS = "Jeg har svært ved at være i store grupper."
OTHERS = "Vilde sover bedst med lyset tændt."


@dataclass(frozen=True, slots=True)
class Scene:
    """Two families by their ids, the mother of the first with her login, and her answers."""

    town: Town
    club: Club
    course: Course
    family_id: str
    mother: str
    father: str
    own: Person
    shared: str
    held: str
    held_members: tuple[str, ...]


def begin(world: World) -> Scene:
    """From August to the telephone calls in September."""
    world.on(2026, 8, 3)
    since = date(2026, 8, 1)
    town = cast.found_town(world, TOWN, "Familiehuset", "family_counselling", since)
    club = cast.found_club(world, town, "Småbørnsklubben på Torvet", "Kolding", since)
    course = cast.plan_course(
        world, club, starts_on=date(2026, 9, 14), leaders=("Tyra",), volunteers=("Ulla",), since=since
    )
    adults = [
        {"given_name": "Esther", "family_name": "Sludder", "caregiver": "mother", "telephone": "27 00 00 01"},
        {"given_name": "Valdemar", "family_name": "Vås", "caregiver": "father", "telephone": "27 00 00 02"},
    ]
    ours = _family(world, town, course, adults, "Otto")
    others = [{"given_name": "Frida", "family_name": "Fabula", "caregiver": "mother", "telephone": "27 00 00 03"}]
    held = _family(world, town, course, others, "Vilde")
    world.on(2026, 9, 7, 19)
    (mother, father), family_id = ours["adults"], ours["family_id"]
    said = [(mother, mother, HERS), (father, father, HIS)]
    part_id = _part(course, family_id, said)
    _part(course, held["family_id"], [(held["adults"][0], held["children"][0], OTHERS)])

    def answer(person: str, purpose: str, given: str, **more: Any) -> str:
        return str(
            cast.answer(course.leader, course.course_id, family_id, person, purpose, given, **more)["consent_id"]
        )

    shared = answer(mother, "share_with_volunteers", "yes", part_id=part_id)
    answer(mother, "carry_over", "yes")
    answer(father, "carry_over", "no")
    own = cast.member(world, RED_BARNET, "the mother", mother, since, club.secretariat)
    members = (held["family_id"], *held["adults"], *held["children"])
    return Scene(town, club, course, family_id, mother, father, own, shared, held["family_id"], members)


def _family(world: World, town: Town, course: Course, adults: list[dict[str, Any]], child: str) -> Any:
    family = cast.register_family(
        town, told_on=date(2026, 8, 3), answered_on=date(2026, 8, 3), adults=adults,
        children=[{"given_name": child, "birth_month": "2023-05"}],
    )  # fmt: skip
    referral_id = cast.refer(
        town, family, criteria=("lacking_network",), remark="Vil gerne ud.", channel="family_counselling",
        profession="family_therapist",
    )  # fmt: skip
    cast.bring_to_course(world, town, referral_id, course.course_id)
    course.leader.put(f"courses/{course.course_id}/places/{family['family_id']}")
    return family


def _part(course: Course, family_id: str, said: list[tuple[str, str, str]]) -> str:
    statements = [{"told_by": by, "about": about, "words": words} for by, about, words in said]
    return cast.write_part(course.leader, course.course_id, family_id, "wishes", statements)
