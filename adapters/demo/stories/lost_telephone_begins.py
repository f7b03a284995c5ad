"""A lost telephone, before it is lost: two families, a volunteer who is logged in twice, and a random check that is announced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import Person, World

TOWN = "kommune-0330"
SHARED = "Ellen er allergisk over for nødder."
KEPT = "Vi har fået afslag på boligstøtte."


@dataclass(frozen=True, slots=True)
class Scene:
    """Two families by their members, the volunteer at home and the telephone, which has a login of its own."""

    town: Town
    club: Club
    course: Course
    ours: frozenset[str]
    others: frozenset[str]
    volunteer: Person
    telephone: Person
    forgotten: Person
    draw_id: str

    @property
    def evening(self) -> str:
        return f"courses/{self.course.course_id}/evening"


def begin(world: World) -> Scene:
    """From the autumn before to the check announced on 1 October."""
    world.on(2025, 11, 5)
    town = cast.found_town(world, TOWN, "Sundhedsplejen", "health_visiting", date(2025, 11, 1))
    club = cast.found_club(world, town, "Småbørnsklubben ved Bæltet", "Slagelse", date(2025, 11, 1))
    forgotten = world.person("who helped at the branch", club.secretariat.realm, "secretariat")
    cast.assign(club.secretariat, forgotten, "branch", date(2025, 11, 5))
    world.on(2026, 8, 3)
    course = cast.plan_course(
        world, club, starts_on=date(2026, 9, 1), leaders=("Vita",), volunteers=("Kaj", "Lis"), since=date(2026, 8, 1)
    )
    ours, others = (
        _family(world, town, course, name, child) for name, child in (("Mille", "Ellen"), ("Petra", "Oskar"))
    )
    world.on(2026, 8, 20, 19)
    leader, course_id, family_id, mother = course.leader, course.course_id, ours["family_id"], ours["adults"][0]
    cast.tell_custody(leader, course_id, family_id, ours["children"][0], mother)
    for kind, about, words, answer in (
        ("practical", ours["children"][0], SHARED, "yes"),
        ("challenges", mother, KEPT, "no"),
    ):
        statement = {"told_by": mother, "about": about, "words": words}
        part_id = cast.write_part(leader, course_id, family_id, kind, [statement])
        cast.answer(leader, course_id, family_id, mother, "share_with_volunteers", answer, part_id=part_id)
    world.on(2026, 10, 1, 9)
    draw_id = club.officer.do("draws", {"since": "2026-10-01", "until": "2026-10-31"})["draw_id"]
    volunteer = course.volunteers[0]
    telephone = replace(volunteer, name="the telephone", token=world.identity.token_for(volunteer.actor))
    return Scene(town, club, course, _members(ours), _members(others), volunteer, telephone, forgotten, draw_id)


def _family(world: World, town: Town, course: Course, mother: str, child: str) -> Any:
    family = cast.register_family(
        town, told_on=date(2026, 8, 3), answered_on=date(2026, 8, 3),
        adults=[{"given_name": mother, "family_name": "Sagnfuld", "caregiver": "mother", "telephone": "28 00 00 01"}],
        children=[{"given_name": child, "birth_month": "2022-09"}],
    )  # fmt: skip
    referral_id = cast.refer(town, family, criteria=("lacking_network",), remark="Vil gerne ud.")
    cast.bring_to_course(world, town, referral_id, course.course_id)
    course.leader.put(f"courses/{course.course_id}/places/{family['family_id']}")
    return family


def _members(family: Any) -> frozenset[str]:
    return frozenset({family["family_id"], *family["adults"], *family["children"]})
