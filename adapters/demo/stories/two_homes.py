"""Two homes: parents who live apart answer each for itself, and for their child only together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.stories import two_homes_apart
from adapters.demo.world import DENMARK, World, words_in

NAME = "Two homes"
TOWN = "kommune-0740"
HERS = "Jeg læser gerne højt på arabisk."
HIS = "Jeg arbejder i skiftehold og er træt om fredagen."
CHILDS = "Sami bliver bange, når nogen råber."
HOMES = "Vi skiftes til at hente Sami om torsdagen."


@dataclass(frozen=True, slots=True)
class Scene:
    """The family by its ids, the part that both told, and everybody who works there."""

    town: Town
    club: Club
    course: Course
    family_id: str
    mother: str
    father: str
    child: str
    part_id: str

    @property
    def family(self) -> str:
        return f"courses/{self.course.course_id}/families/{self.family_id}"

    def answers(self, person: str, given: str, *, part_id: str | None = None) -> Any:
        """What one parent answers about sharing the part, each in its own language."""
        return cast.answer(
            self.course.leader, self.course.course_id, self.family_id, person, "share_with_volunteers", given,
            part_id=part_id or self.part_id, language="ar" if person == self.mother else "da",
        )  # fmt: skip

    def read_by(self, volunteer: int) -> Any:
        """What this volunteer is shown of the family."""
        return self.course.volunteers[volunteer].get(self.family)


def live(world: World) -> None:
    """From the telephone calls in August to the receipts in November."""
    world.story = NAME
    world.on(2026, 6, 1)
    since = date(2026, 1, 1)
    town = cast.found_town(world, TOWN, "Sundhedsplejen", "health_visiting", since)
    club = cast.found_club(world, town, "Småbørnsklubben ved Søen", "Silkeborg", since)
    course = cast.plan_course(
        world, club, starts_on=date(2026, 9, 1), leaders=("Dagmar",), volunteers=("Olga", "Per", "Rita"), since=since
    )
    scene = _ring(world, town, club, course)
    hers = _her_yes_alone(world, scene)
    his = _both(world, scene)
    before = course.leader.get(f"courses/{course.course_id}")
    _one_takes_it_back(world, scene, his)
    _ask_back(world, scene, his)
    _the_other_says_no(world, scene)
    after = course.leader.get(f"courses/{course.course_id}")
    world.expect(
        "their place, the programme and the size of the group are what they were",
        all(after[part] == before[part] for part in ("families", "programme", "size")),
    )
    two_homes_apart.live(
        world, town, club, [(scene.mother, hers, (HERS, CHILDS)), (scene.father, his, (HIS, HOMES))]
    )  # fmt: skip


def _ring(world: World, town: Town, club: Club, course: Course) -> Scene:
    world.on(2026, 8, 3)
    family = cast.register_family(
        town, told_on=date(2026, 8, 3), answered_on=date(2026, 8, 3), language="arabisk",
        adults=[
            {"given_name": "Amal", "family_name": "Fabel", "caregiver": "mother", "telephone": "25 00 00 01",
             "address": "Morgade 1", "household": "hos mor"},
            {"given_name": "Bjørn", "family_name": "Sagn", "caregiver": "father", "telephone": "25 00 00 02",
             "address": "Fargade 2", "household": "hos far"},
        ],
        children=[{"given_name": "Sami", "birth_month": "2022-04", "households": ["hos mor", "hos far"]}],
    )  # fmt: skip
    referral_id = cast.refer(town, family, criteria=("conflict_at_home",), remark="To hjem, et barn.")
    cast.bring_to_course(world, town, referral_id, course.course_id)
    course.leader.put(f"courses/{course.course_id}/places/{family['family_id']}")
    (mother, father), (child,) = family["adults"], family["children"]
    world.on(2026, 8, 12, 19)
    world.tell("The leader rings both homes. Each parent tells of itself; the mother also tells of their child.")
    said = [(mother, mother, HERS), (father, father, HIS), (mother, child, CHILDS)]
    part_id = _part(course, family["family_id"], "everyday_life", said)
    return Scene(town, club, course, family["family_id"], mother, father, child, part_id)


def _part(course: Course, family_id: str, kind: str, said: Sequence[tuple[str, str, str]]) -> str:
    statements = [{"told_by": by, "about": about, "words": words} for by, about, words in said]
    return cast.write_part(course.leader, course.course_id, family_id, kind, statements)


def _her_yes_alone(world: World, scene: Scene) -> str:
    early = scene.answers(scene.mother, "yes")
    world.expect(
        "as long as nobody has said who holds custody, no yes is about the child, and the leader is told so",
        early["custody_missing"] == [scene.child] and CHILDS not in words_in(scene.read_by(0)),
    )
    scene.course.leader.put(
        f"{scene.family}/custody/{scene.child}",
        {"arrangement": "shared_residence", "told_by": scene.mother, "holders": [scene.mother, scene.father]},
    )
    hers = scene.answers(scene.mother, "yes")
    world.expect(
        "both hold custody: the sentence about the child waits for the father", hers["awaits"] == [scene.father]
    )
    seen = words_in(scene.read_by(0))
    world.expect("on her yes her own words are read, and nobody else's", _found(seen) == {HERS})
    return str(hers["consent_id"])


def _both(world: World, scene: Scene) -> str:
    his = scene.answers(scene.father, "yes")
    world.on(2026, 9, 8, 17)
    shown = [scene.read_by(0), scene.read_by(1)]
    world.expect(
        "once both have said yes, his words and the sentence about the child are read too",
        all(_found(words_in(page)) == {HERS, HIS, CHILDS} for page in shown) and not his["awaits"],
    )
    return str(his["consent_id"])


def _one_takes_it_back(world: World, scene: Scene, his: str) -> None:
    world.on(2026, 10, 20, 16)
    world.tell("Two of the three volunteers read it, and each prints a sheet for the evening.")
    for volunteer in scene.course.volunteers[:2]:
        volunteer.do(f"courses/{scene.course.course_id}/sheets")
    # 2.45 in summer time; a quarter of an hour later the clocks go back to two.
    world.on(2026, 10, 25, 2, 45)
    world.tell("In the night in which the clocks go back, the father takes his yes back by SMS; the leader records it.")
    scene.course.leader.do(f"consents/{his}/withdrawal", {"way": "sms"})
    world.clock.set(datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=DENMARK))
    shown = scene.read_by(0)
    world.expect(
        "at the next read, though the clock says it is earlier, his words and the child's are gone, and hers stay",
        _found(words_in(shown)) == {HERS},
    )
    world.expect(
        "nothing says that something was taken back",
        not any(word in words_in(shown) for word in ("withdr", "awaits", "hidden", "withheld", "null")),
    )


def _ask_back(world: World, scene: Scene, his: str) -> None:
    leader, volunteers = scene.course.leader, scene.course.volunteers
    world.on(2026, 10, 27, 16)
    later = volunteers[2].do(f"courses/{scene.course.course_id}/sheets")
    recall = leader.get(f"consents/{his}/recall")
    world.expect(
        "the leader is given the names of the two who had read it, and not of the third",
        {reader["given_name"] for reader in recall["readers"]} == {"Olga", "Per"},
    )
    sheets = [sheet["sheet_id"] for sheet in recall["sheets"]]
    world.expect(
        "and the numbers of the two sheets printed with it, and not of the one printed afterwards",
        len(sheets) == 2 and later["sheet_id"] not in sheets and _found(words_in(later)) == {HERS},
    )
    (to_do,) = scene.club.officer.get("recalls")
    world.expect(
        "the officer sees that two people and two sheets wait, and no name",
        (len(to_do["readers"]), len(to_do["sheets"])) == (2, 2) and "Olga" not in words_in(to_do),
    )
    wrong = leader.do(f"consents/{his}/recall/readers/{volunteers[2].actor}", expect=404)
    world.expect("whoever had not read it cannot be ticked off", wrong["code"] == "not_in_recall")
    for volunteer in volunteers[:2]:
        leader.do(f"consents/{his}/recall/readers/{volunteer.actor}")
    for sheet, outcome in zip(sheets, ("destroyed", "not_found"), strict=True):
        leader.do(f"consents/{his}/recall/sheets/{sheet}", {"outcome": outcome})
    world.expect(
        "when all are told and each sheet is accounted for, nothing waits", scene.club.officer.get("recalls") == []
    )


def _the_other_says_no(world: World, scene: Scene) -> None:
    world.on(2026, 10, 28, 19)
    world.tell("The father tells how they share the days. The mother says yes to sharing that, the father says no.")
    about_home = [(scene.father, scene.family_id, HOMES)]
    part_id = _part(scene.course, scene.family_id, "practical", about_home)
    scene.answers(scene.mother, "yes", part_id=part_id)
    on_hers = _found(words_in(scene.read_by(2)))
    scene.answers(scene.father, "no", part_id=part_id)
    world.expect(
        "what is about both homes is read on one yes, and no longer when the other says no",
        on_hers == {HERS, HOMES} and _found(words_in(scene.read_by(2))) == {HERS},
    )


def _found(said: str) -> set[str]:
    return {words for words in (HERS, HIS, CHILDS, HOMES) if words in said}
