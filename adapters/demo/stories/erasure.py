"""Story 9: a father asks for erasure; Red Barnet erases, the municipality must keep the case and restricts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from adapters.demo import cast
from adapters.demo.cast import Club, Course, Town
from adapters.demo.world import RED_BARNET, Person, World, words_in

NAME = "9. Erasure with a duty to keep"
TOWN = "kommune-0461"
FATHERS = "Jeg arbejder om natten og er træt om dagen."
SONS = "Aksel sover uroligt."
ABOUT_FATHER = "Hans far hidser sig op, når han er træt."
MOTHERS = "Jeg vil gerne lære andre at kende."
STATUTE = "Barnets lov § 32 og arkivloven § 13"
TOWN_COMPARTMENTS = ("case_file", "municipal_contact", "municipal_telephone", "municipal_address")


@dataclass(frozen=True, slots=True)
class People:
    """The family by its ids."""

    family_id: str
    mother: str
    father: str
    son: str
    referral_id: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The spring course with its one family, and everybody who works there."""

    town: Town
    club: Club
    course: Course
    people: People


def live(world: World) -> None:
    """From the spring course to the receipt in May."""
    begun = begin(world)
    town, club, course, people = begun.town, begun.club, begun.course, begun.people
    before = course.leader.get(f"courses/{course.course_id}")["size"]
    world.on(2026, 5, 12)
    father_there = cast.member(
        world, TOWN, "the father at the municipality", people.father, date(2026, 5, 1), town.administrator
    )
    world.tell("On 12 May the father asks both for the erasure of everything about him.")
    father_here, asked_here = father_asks(world, begun)
    asked_there = father_there.do("requests", {"right": "erasure", "subject": people.father})
    world.expect("the deadline is one month, 12 June", asked_here["due_on"] == asked_there["due_on"] == "2026-06-12")
    refusal = father_here.do("requests", {"right": "erasure", "subject": people.mother}, expect=409)
    world.expect("he cannot ask for the mother's: not his data", refusal["code"] == "not_own_data")
    _municipality_keeps(world, town, people, asked_there["request_id"])
    receipt = red_barnet_erases(world, club, asked_here["request_id"])
    _check_after(world, club, course, people, before)
    _check_proof(world, club, father_here, people, receipt)


def begin(world: World) -> Begun:
    """The club and the town, the family in the spring course, and what it told."""
    world.story = NAME
    world.on(2026, 1, 5)
    since = date(2025, 1, 1)
    town = cast.found_town(world, TOWN, "Familierådgivningen", "family_counselling", since)
    club = cast.found_club(world, town, "Småbørnsklubben ved Broen", "Odense", since)
    course = cast.plan_course(
        world, club, starts_on=date(2026, 3, 10), leaders=("Nanna",), volunteers=("Olga",), since=date(2026, 1, 1),
        season="spring",
    )  # fmt: skip
    return Begun(town, club, course, _family(world, town, club, course))


def father_asks(world: World, begun: Begun) -> tuple[Person, Any]:
    """The father at Red Barnet, and his request there to be erased."""
    people = begun.people
    father = cast.member(world, RED_BARNET, "the father", people.father, date(2026, 5, 1), begun.club.secretariat)
    return father, father.do("requests", {"right": "erasure", "subject": people.father})


def _family(world: World, town: Town, club: Club, course: Course) -> People:
    family = cast.register_family(
        town, told_on=date(2026, 1, 5), answered_on=date(2026, 1, 5),
        adults=[
            {"given_name": "Tove", "family_name": "Sagnmand", "caregiver": "mother", "telephone": "23 00 00 01"},
            {"given_name": "Gorm", "family_name": "Sagnmand", "caregiver": "father", "telephone": "23 00 00 02"},
        ],
        children=[{"given_name": "Aksel", "birth_month": "2020-09"}],
    )  # fmt: skip
    referral_id = cast.refer(
        town, family, criteria=("conflict_at_home",), remark="Familien får en forebyggende foranstaltning.",
        channel="family_counselling", profession="family_therapist", municipal_case="preventive_measure",
    )  # fmt: skip
    cast.bring_to_course(world, town, referral_id, course.course_id)
    mother, father = family["adults"]
    people = People(family["family_id"], mother, father, family["children"][0], referral_id)
    course.leader.put(f"courses/{course.course_id}/places/{people.family_id}")
    world.on(2026, 1, 20, 19)
    world.tell("Three parts: one from the father's call, one on the son by both, one from the mother.")

    cast.tell_custody(course.leader, course.course_id, people.family_id, people.son, mother)

    def part(kind: str, *statements: tuple[str, str, str]) -> str:
        lines = [{"told_by": by, "about": about, "words": words} for by, about, words in statements]
        return cast.write_part(course.leader, course.course_id, people.family_id, kind, lines)

    of_father = part("everyday_life", (father, father, FATHERS))
    of_son = part("challenges", (father, people.son, SONS), (mother, father, ABOUT_FATHER))
    of_mother = part("wishes", (mother, mother, MOTHERS))
    for person, shared in ((father, of_father), (mother, of_son), (mother, of_mother)):
        cast.answer(
            course.leader, course.course_id, people.family_id, person, "share_with_volunteers", "yes", part_id=shared
        )
    seen = words_in(course.volunteers[0].get(f"courses/{course.course_id}/families/{people.family_id}"))
    world.expect(
        "the volunteers read the three parts, but not the sentence on the father, which is not the mother's to share",
        all(words in seen for words in (FATHERS, SONS, MOTHERS)) and ABOUT_FATHER not in seen,
    )
    return people


def _municipality_keeps(world: World, town: Town, people: People, request_id: str) -> None:
    world.on(2026, 5, 18)
    world.tell("The municipality must keep the case: it refuses with legal basis and end date, and restricts reading.")
    officer = town.officer
    officer.do(f"requests/{request_id}/identity", {"how": "Mødt op med kørekort"})
    for compartment in TOWN_COMPARTMENTS:
        officer.put(
            f"requests/{request_id}/decisions/{compartment}",
            {
                "outcome": "restrict", "ground": "GDPR Art. 17(3)(b)", "legal_basis": STATUTE,
                "keep_until": "2031-05-18",
            },
        )  # fmt: skip
    officer.do(f"requests/{request_id}/carrying-out")
    told = officer.get(f"requests/{request_id}")
    world.expect(
        "what stays is listed with its legal basis and end date",
        any(line["legal_basis"] == STATUTE and line["until"] == "2031-05-18" for line in told["stays"]),
    )
    seen = words_in(town.coordinator.get(f"referrals/{people.referral_id}"))
    world.expect("the father's name is not read any more at the municipality", "Gorm" not in seen and "Tove" in seen)


def red_barnet_erases(world: World, club: Club, request_id: str) -> Any:
    """Red Barnet's officer carries the request out; the receipt."""
    world.on(2026, 5, 20)
    world.tell("Red Barnet decides for itself, and erases on 20 May.")
    officer = club.officer
    officer.do(f"requests/{request_id}/identity", {"how": "Ringet op på det kendte nummer"})
    officer.do(f"requests/{request_id}/carrying-out")
    receipt = officer.get(f"requests/{request_id}/receipt")
    erased = {line["compartment"] for line in receipt["receipt"]["erased"]}
    world.expect(
        "his name, telephone and note are gone with their keys",
        {"roster", "contact", "club_telephone", "note"} <= erased,
    )
    return receipt


def _check_after(world: World, club: Club, course: Course, people: People, before: Any) -> None:
    page = words_in(course.leader.get(f"courses/{course.course_id}"))
    world.expect(
        "the leader sees mother and son, and no father", "Tove" in page and "Aksel" in page and "Gorm" not in page
    )
    note = words_in(course.leader.get(f"courses/{course.course_id}/families/{people.family_id}/note"))
    world.expect("the mother's part and the note on the son remain", MOTHERS in note and SONS in note)
    world.expect(
        "the father's part is gone, and the sentence on him too", FATHERS not in note and ABOUT_FATHER not in note
    )
    volunteer = course.volunteers[0]
    shared = words_in(volunteer.get(f"courses/{course.course_id}/families/{people.family_id}"))
    world.expect(
        "the volunteers see first names of mother and son, and not that somebody was erased",
        "Tove" in shared and "Aksel" in shared and "Gorm" not in shared and "erased" not in shared
        and FATHERS not in shared and SONS in shared,
    )  # fmt: skip
    sheet = words_in(volunteer.do(f"courses/{course.course_id}/sheets"))
    world.expect("a sheet printed later has no trace of him", "Gorm" not in sheet)
    after = course.leader.get(f"courses/{course.course_id}")["size"]
    world.expect(
        "the course still counts 1 family, 2 adults, 1 child",
        after["families"] == before["families"] == 1 and after["adults"] == 2 and after["children"] == 1,
    )
    ids = club.officer.get(f"persons?family={people.family_id}")
    father = [p for p in ids if p["person_id"] == people.father]
    world.expect("the events show an adult, erased on 20 May", father and father[0]["erased_on"] == "2026-05-20")
    rebuilt = world.house.realms[RED_BARNET].digests()
    world.house.rebuild(RED_BARNET)
    world.expect("all views rebuilt show the same, and no trace", world.house.realms[RED_BARNET].digests() == rebuilt)


def _check_proof(world: World, club: Club, father: Any, people: People, receipt: Any) -> None:
    said = words_in(receipt)
    world.expect(
        "there is a proof of erasure without personal data, with what was not reached",
        "Gorm" not in said and receipt["receipt"]["not_reached"] and receipt["receipt"]["keys"],
    )
    readings = club.officer.get(f"readings?subject={people.father}")["lines"]
    world.expect(
        "the readings of his data stay in the log, without contents", readings and FATHERS not in words_in(readings)
    )
    own = words_in(father.get("own-data"))
    world.expect("and nothing is held about him any more", "Gorm" not in own)
