"""The course is over, second act: the family comes again next season, and starts from no."""

from __future__ import annotations

from datetime import date

from adapters.demo import cast
from adapters.demo.stories.course_over_begins import Scene
from adapters.demo.world import World, words_in

HERS = "lave mad fra bunden"
HIS = "store grupper"


def live(world: World, scene: Scene) -> None:
    """The municipality refers it anew for the autumn."""
    world.on(2027, 5, 3)
    course = cast.plan_course(
        world, scene.club, starts_on=date(2027, 9, 6), leaders=("Yrsa",), volunteers=("Åse",), since=date(2027, 5, 1)
    )
    world.on(2027, 6, 14)
    world.tell("In June the municipality refers the family again, for a course with another leader.")
    members = scene.town.referrer.get(f"families/{scene.family_id}")
    family = {"family_id": scene.family_id, "children": [child["person_id"] for child in members["children"]]}
    referral_id = cast.refer(
        scene.town, family, criteria=("lacking_network",), remark="Vil gerne igen.", channel="family_counselling",
        profession="family_therapist",
    )  # fmt: skip
    cast.bring_to_course(world, scene.town, referral_id, course.course_id)
    leader, page = course.leader, f"courses/{course.course_id}/families/{scene.family_id}"
    leader.put(f"courses/{course.course_id}/places/{scene.family_id}")
    (seat,) = leader.get(f"courses/{course.course_id}")["families"]
    world.expect(
        "the hand-over brings names and numbers anew, and the leader sees that the family has been here before",
        seat["returning"] and {adult["telephone"] for adult in seat["adults"]} == {"+4527000001", "+4527000002"},
    )
    note = leader.get(f"{page}/note")
    world.expect("its note is empty, and every question starts from no", note["parts"] == [] and note["consents"] == [])
    taken = leader.do(f"{page}/carry-over")["parts"]
    said = words_in(leader.get(f"{page}/note"))
    world.expect(
        "the leader takes over what the mother let the next leader have; the father said no, and nothing of his is there",
        taken == 1 and HERS in said and HIS not in said,
    )
    volunteer = course.volunteers[0].get(f"courses/{course.course_id}/evening")["families"][0]
    world.expect("and shares it with nobody: the volunteers read it only after a new yes", volunteer["parts"] == [])
    old = scene.course.leader.refused(f"courses/{course.course_id}")
    world.expect("the leader of last autumn has no part in it", old == "not_for_this_reader")
