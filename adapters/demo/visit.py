"""What a visitor of the demonstration finds: the people one can be, and something to do for each of them.

It goes on where story 2 ends, on the day of an evening at the club, and from there the clock runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import Flask

from adapters.demo import cast
from adapters.demo.stories.referral import Scene
from adapters.demo.world import RED_BARNET, Person, World
from adapters.texts.words import Words
from adapters.web.site import Picked

NEXT_EVENING = 5
"""Of the course of stories 1 and 2: Tuesday 30 September 2025."""
IN_TOWN = Words("I kommunen", "In the municipality")
AT_CLUB = Words("I klubben", "At the club")
AT_HOME = Words("Familien", "The family")
ON_WATCH = Words("De, der passer på", "Those who keep watch")
WHO: tuple[tuple[str, Words, Words], ...] = (
    (
        "Signe Eksempel",
        Words(
            "Sundhedsplejerske. Fortæller familier om klubben og henviser dem, der siger ja.",
            "Health visitor. Tells families about the club and refers those who say yes.",
        ),
        IN_TOWN,
    ),
    (
        "Karen Mønster",
        Words(
            "Koordinator. Giver pladser i kommunen og planlægger klubbens aftener. Har to roller at vælge imellem.",
            "Coordinator. Gives places in the municipality and plans the club's evenings. Has two roles to choose between.",
        ),
        IN_TOWN,
    ),
    (
        "Else Frivilligsen",
        Words(
            "Klubleder. Ringer til familierne og skriver det ned, de gerne vil fortælle.",
            "Club leader. Rings the families and writes down what they wish to tell.",
        ),
        AT_CLUB,
    ),
    ("Jytte Frivilligsen", Words("Klubleder sammen med Else.", "Leads the club together with Else."), AT_CLUB),
    (
        "Bodil Frivilligsen",
        Words("Frivillig. Tager imod familierne i aften.", "Volunteer. Welcomes the families tonight."),
        AT_CLUB,
    ),
    (
        "Tilde Tandrup",
        Words(
            "Tandplejer. Kommer på besøg i aften og skal vide, hvem hun taler til.",
            "Dental hygienist. Visits tonight and needs to know whom she will talk to.",
        ),
        AT_CLUB,
    ),
    (
        "Red Barnets sekretariat",
        Words(
            "Klubber, hold, roller og formuleringer. Ser ingen familier.",
            "Clubs, teams, roles and wordings. Sees no families.",
        ),
        AT_CLUB,
    ),
    (
        "Maren Opdigt",
        Words(
            "Mor til Liv og Storm. Ser, hvad Red Barnet og kommunen hver for sig ved om hende, og hvem der har læst det.",
            "Mother of Liv and Storm. Sees what Red Barnet and the municipality each know about her, and who has read it.",
        ),
        AT_HOME,
    ),
    (
        "Red Barnets databeskyttelsesrådgiver",
        Words(
            "Ser, hvem der har læst hvad, og aldrig hvad der stod.",
            "Sees who has read what, and never what it said.",
        ),
        ON_WATCH,
    ),
    ("Kommunens databeskyttelsesrådgiver", Words("Det samme hos kommunen.", "The same at the municipality."), ON_WATCH),
    (
        "Kommunens administrator",
        Words("Enheder, mennesker og roller i kommunen.", "Units, people and roles in the municipality."),
        ON_WATCH,
    ),
)
"""Whom one can be: name, who that is in the story, and where."""


@dataclass(slots=True)
class Visitors:
    """The people of the demonstration (adapters.web.site.Picker); nobody before the stories have been lived."""

    found: list[Picked] = field(default_factory=list)

    def people(self) -> Sequence[Picked]:
        return tuple(self.found)


def prepare(world: World, scene: Scene) -> Visitors:
    """A family to ring, one to decide on, one more adult's evening to hold, a professional on the way. Whom one can be."""
    world.story = "For the visitor"
    world.on(2025, 9, 29, 11)
    _a_family_to_ring(world, scene)
    _a_family_to_decide_on(scene)
    professional = _a_professional_on_the_way(world, scene)
    world.on(2025, 9, 30, 13)
    return Visitors(_people(scene, professional))


def look_in(world: World, site: Flask, visitors: Visitors, origin: str) -> None:
    """Be each of them for a moment: everybody gets in, and finds a page."""
    world.story = "The pages"
    world.tell("Every one of them comes in by the start page.")
    for person in visitors.people():
        client = site.test_client()
        page = client.post(
            "/be", data={"actor": str(person.actor)}, headers={"Origin": origin}, base_url=origin, follow_redirects=True
        )
        world.expect(f"{person.name} comes in", page.status_code == 200 and "<h1>" in page.get_data(as_text=True))


def _a_family_to_ring(world: World, scene: Scene) -> None:
    """Handed over late, with everybody's agreement; the leader has not rung yet."""
    course_id = scene.course.course_id
    scene.club.coordinator.put(f"club-courses/{course_id}/state", {"state": "running"})
    scene.course.leader.do(f"courses/{course_id}/late-entry", {"agreed": True})
    scene.club.coordinator.do(f"club-courses/{course_id}/late-entry", {"agreed": True})
    world.arrive()
    family = cast.register_family(
        scene.town, told_on=date(2025, 9, 25), answered_on=date(2025, 9, 26), language="dansk",
        adults=[
            {"given_name": "Yasmin", "family_name": "Påfund", "caregiver": "mother", "telephone": "20 00 00 02"},
            {"given_name": "Anders", "family_name": "Påfund", "caregiver": "father", "telephone": "20 00 00 03"},
        ],
        children=[{"given_name": "Alma", "birth_month": "2023-03"}],
    )  # fmt: skip
    referral_id = cast.refer(scene.town, family, criteria=("lacking_network",), remark="Familien er ny i byen.")
    cast.bring_to_course(world, scene.town, referral_id, course_id)
    scene.course.leader.put(f"courses/{course_id}/places/{family['family_id']}")


def _a_family_to_decide_on(scene: Scene) -> None:
    family = cast.register_family(
        scene.town, told_on=date(2025, 9, 29), answered_on=date(2025, 9, 29),
        adults=[{"given_name": "Solvej", "family_name": "Sagnfold", "caregiver": "mother", "telephone": "20 00 00 04"}],
        children=[{"given_name": "Viggo", "birth_month": "2024-11"}, {"given_name": "Asta", "birth_month": "2021-06"}],
    )  # fmt: skip
    cast.refer(scene.town, family, criteria=("lacking_energy",), remark="Moren er meget alene med børnene.")


def _a_professional_on_the_way(world: World, scene: Scene) -> Person:
    professional = world.person("the dental hygienist", RED_BARNET, "professional")
    secretariat = scene.club.secretariat
    secretariat.put(f"staff/{professional.actor}", {"given_name": "Tilde", "family_name": "Tandrup"})
    cast.assign(secretariat, professional, "professional", date(2025, 9, 1))
    scene.club.coordinator.do(
        f"club-courses/{scene.course.course_id}/bookings",
        {"actor": str(professional.actor), "profession": "dental_care", "evening": NEXT_EVENING},
    )
    return professional


def _people(scene: Scene, professional: Person) -> list[Picked]:
    leader, co_leader = scene.course.leaders
    actors = (
        scene.town.referrer.actor, scene.town.coordinator.actor, leader.actor, co_leader.actor,
        scene.course.volunteers[0].actor, professional.actor, scene.club.secretariat.actor, scene.mother.actor,
        scene.club.officer.actor, scene.town.officer.actor,
        scene.town.administrator.actor,
    )  # fmt: skip
    return [Picked(actor, *told) for actor, told in zip(actors, WHO, strict=True)]
