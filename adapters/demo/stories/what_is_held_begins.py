"""What do you hold about me, before she asks: a family in a spring course, what it told, and who has read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import RED_BARNET, Person, World

TOWN = "kommune-0851"
HERS = "Jeg savner voksne at tale med."
CHILDS = "Alma er bange for hunde."
HIS = "Jeg har mistet mit arbejde."
REMARK = "Moren virker træt."


@dataclass(frozen=True, slots=True)
class Scene:
    """The family by its ids, the mother with her two logins, and the papers she was handed."""

    town: Town
    club: Club
    course: Course
    family_id: str
    mother: str
    father: str
    child: str
    here: Person
    there: Person
    papers: dict[str, bytes] = field(default_factory=dict)

    @property
    def family(self) -> str:
        return f"courses/{self.course.course_id}/families/{self.family_id}"

    @property
    def officers(self) -> tuple[Person, Person]:
        """Red Barnet's, and the municipality's."""
        return self.club.officer, self.town.officer


def begin(world: World) -> Scene:
    """From December to the looks in January."""
    world.on(2026, 12, 1)
    since = date(2026, 9, 1)
    town = cast.found_town(world, TOWN, "Sundhedsplejen", "health_visiting", since)
    club = cast.found_club(world, town, "Småbørnsklubben ved Fjorden", "Aalborg", since)
    course = cast.plan_course(
        world, club, starts_on=date(2027, 1, 12), leaders=("Gerda",), volunteers=("Hugo", "Inge"), since=since,
        season="spring",
    )  # fmt: skip
    world.on(2026, 12, 14)
    family = cast.register_family(
        town, told_on=date(2026, 12, 14), answered_on=date(2026, 12, 14),
        adults=[
            {"given_name": "Ronia", "family_name": "Påhit", "caregiver": "mother", "telephone": "26 00 00 01"},
            {"given_name": "Torben", "family_name": "Skrøne", "caregiver": "father", "telephone": "26 00 00 02"},
        ],
        children=[{"given_name": "Alma", "birth_month": "2023-03"}],
    )  # fmt: skip
    cast.bring_to_course(
        world, town, cast.refer(town, family, criteria=("lacking_network",), remark=REMARK), course.course_id
    )
    (mother, father), (child,) = family["adults"], family["children"]
    here = cast.member(world, RED_BARNET, "the mother", mother, since, club.secretariat)
    there = cast.member(world, TOWN, "the mother at the municipality", mother, since, town.administrator)
    scene = Scene(town, club, course, family["family_id"], mother, father, child, here, there)
    _tell(world, scene)
    return scene


def _tell(world: World, scene: Scene) -> None:
    leader, course_id = scene.course.leader, scene.course.course_id
    leader.put(f"courses/{course_id}/places/{scene.family_id}")
    world.on(2027, 1, 5, 19)
    cast.tell_custody(leader, course_id, scene.family_id, scene.child, scene.mother)
    said = ((scene.mother, scene.mother, HERS), (scene.mother, scene.child, CHILDS), (scene.father, scene.father, HIS))
    statements = [{"told_by": by, "about": about, "words": words} for by, about, words in said]
    part_id = cast.write_part(leader, course_id, scene.family_id, "everyday_life", statements)
    cast.answer(leader, course_id, scene.family_id, scene.mother, "share_with_volunteers", "yes", part_id=part_id)
    for day in (12, 19):
        world.on(2027, 1, day, 17)
        scene.course.volunteers[0].get(f"courses/{course_id}/evening")
    world.on(2027, 1, 20, 0, 30)
    leader.get(f"{scene.family}/note")
