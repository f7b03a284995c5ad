"""What do you hold about me? A mother asks two controllers on the last day of January, and each answers for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.demo.stories import what_is_changed, what_is_released
from adapters.demo.stories.what_is_held_begins import CHILDS, HERS, HIS, REMARK, TOWN, Scene, begin
from adapters.demo.world import World, words_in

__all__ = ["NAME", "TOWN", "live"]

NAME = "What do you hold about me?"
EXTENDED = "Sagen omfatter tre forløb og fire enheder."
ITEMS = (
    "a_purposes", "b_categories", "c_recipients", "d_periods", "e_rights", "f_complaint", "g_sources",
    "h_automated_decisions",
)  # fmt: skip


def live(world: World) -> Scene:
    """From her question on 31 January to the municipality's answer at the end of April."""
    world.story = NAME
    scene = begin(world)
    here, there = _ask(world, scene)
    _extend(world, scene, there)
    _red_barnet_answers(world, scene, here)
    what_is_changed.live(world, scene)
    what_is_released.live(world, scene)
    _the_municipality_answers(world, scene, there)
    return scene


def _ask(world: World, scene: Scene) -> tuple[str, str]:
    world.on(2027, 1, 31, 20)
    world.tell("On Sunday 31 January the mother asks Red Barnet and the municipality what they hold about her.")
    wanted = {"right": "access", "subject": scene.mother}
    here, there = (who.do("requests", wanted) for who in (scene.here, scene.there))
    world.expect(
        "February has no 31st, and the 28th is a Sunday: both answers are due on Monday 1 March",
        here["due_on"] == there["due_on"] == "2027-03-01",
    )
    father = scene.here.do("requests", {"right": "access", "subject": scene.father}, expect=409)
    world.expect("she may not ask about the father", father["code"] == "not_own_data")
    early = scene.here.get(f"requests/{here['request_id']}/answer", expect=409)
    world.expect("and there is nothing to collect before it is decided", early["code"] == "not_answered_yet")
    return here["request_id"], there["request_id"]


def _extend(world: World, scene: Scene, there: str) -> None:
    world.on(2027, 2, 25)
    world.tell("The municipality needs more time, and says so before the first month is over.")
    officer, extension = scene.town.officer, f"requests/{there}/extension"
    silent = officer.do(extension, {"because": "complexity", "reasons": " "}, expect=422)
    extended = officer.do(extension, {"because": "complexity", "reasons": EXTENDED})
    scene.papers["extension"] = scene.there.get(f"requests/{there}/letter.pdf?kind=extension")
    world.expect(
        "without a reason it may not; with one it has until 30 April, and she has a letter that tells her why",
        (silent["code"], extended["due_on"]) == ("extension_without_reason", "2027-04-30")
        and scene.papers["extension"].startswith(b"%PDF"),
    )


def _red_barnet_answers(world: World, scene: Scene, here: str) -> None:
    world.tell("Red Barnet answers at once.")
    officer, answer = scene.club.officer, {"names_of_staff": "withheld_not_needed"}
    early = officer.do(f"requests/{here}/answer", answer, expect=409)
    world.expect("Red Barnet answers nobody before it knows who asks", early["code"] == "identity_not_checked")
    officer.do(f"requests/{here}/identity", {"how": "Ringet op på det kendte nummer"})
    officer.do(f"requests/{here}/answer", answer)
    told = scene.here.get(f"requests/{here}/answer")
    world.expect(
        "she collects all eight items of Art. 15(1), (a) to (h)",
        tuple(told["items"])[:8] == ITEMS and all(told["items"][item] for item in ITEMS[:7]),
    )
    said = words_in(told)
    world.expect(
        "with her own and her child's data", all(w in said for w in ("Ronia", "Alma", "+4526000001", HERS, CHILDS))
    )
    world.expect(
        "and nothing of the father: not his name, his number or what he told",
        not any(words in said for words in ("Torben", "Skrøne", "26000002", HIS)),
    )
    _check_readers(world, told)
    scene.papers["answer"] = scene.here.get(f"requests/{here}/answer.pdf")
    handed_out = scene.here.get(f"requests/{here}")["collected"]
    known = officer.get(f"requests/{here}/answer-check?sha256={handed_out[-1]['sha256']}")
    world.expect(
        "she has it as a letter too, and each copy is known again by its fingerprint",
        [each["form"] for each in handed_out] == ["json", "pdf"] and known["form"] == "pdf",
    )


def _check_readers(world: World, told: Mapping[str, Any]) -> None:
    read = {(line["role"], line["first_on"], line["last_on"]) for line in told["items"]["c_recipients"]}
    world.expect(
        "who read it is told by role and day; the leader's look at half past midnight belongs to the new day",
        ("volunteer", "2027-01-12", "2027-01-19") in read
        and any(r == "leader" and on == "2027-01-20" for r, _, on in read),
    )
    world.expect(
        "each look has its purpose, and nobody of the staff is named, as the officer decided",
        all(line["purpose"] and line["at"] for line in told["log"])
        and not any(name in words_in(told) for name in ("Hugo", "Inge", "Gerda", "Frivilligsen")),
    )


def _the_municipality_answers(world: World, scene: Scene, there: str) -> None:
    world.on(2027, 4, 29)
    world.tell("On 29 April, a day before its time is up, the municipality answers.")
    officer = scene.town.officer
    officer.do(f"requests/{there}/identity", {"how": "Mødt op med kørekort"})
    officer.do(f"requests/{there}/answer", {"names_of_staff": "given_needed_for_rights"})
    told = words_in(scene.there.get(f"requests/{there}/answer"))
    world.expect(
        "it tells her the remark about her and, as its officer decided, the name of the coordinator who read it; "
        "of what she told the club it knows nothing",
        REMARK in told and "Karen Mønster" in told and HERS not in told and "Torben" not in told,
    )
