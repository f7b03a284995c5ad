"""What do you hold about me, third act: what an officer sees of contents, and the one way in which two persons print them."""

from __future__ import annotations

from adapters.demo.stories.what_is_held_begins import Scene
from adapters.demo.world import World, words_in

NAMES = (
    "Ronia",
    "Ronja",
    "Påhit",
    "Torben",
    "Skrøne",
    "Alma",
    "savner voksne",
    "bange for hunde",
    "mistet mit arbejde",
)


def live(world: World, scene: Scene) -> None:
    """The father has no login; his answer is printed."""
    _nothing_seen(world, scene)
    world.on(2027, 3, 16)
    world.tell("The father has no login and asks by letter; the officer needs a second person to print his answer.")
    officer, second = scene.club.officer, scene.club.secretariat
    asked = officer.do("requests", {"right": "access", "subject": scene.father, "asked_by": scene.father})
    request, release = f"requests/{asked['request_id']}", f"requests/{asked['request_id']}/release"
    officer.do(f"{request}/identity", {"how": "Mødt op med kørekort"})
    officer.do(f"{request}/answer", {"names_of_staff": "withheld_not_needed"})
    officer.do(release, {"ground": "no_login"})
    alone = officer.get(f"{request}/answer.pdf", expect=409)
    own = officer.do(f"{release}/approval", expect=409)
    world.expect(
        "alone the officer prints nothing, and cannot be the second person",
        (alone["code"], own["code"]) == ("release_not_in_force", "second_person_needed"),
    )
    second.do(f"{release}/approval")
    scene.papers["released"] = officer.get(f"{request}/answer.pdf")
    (line,) = officer.get("releases")
    printed = officer.get(f"readings?role=officer&subject={scene.father}")["lines"]
    world.expect(
        "with the secretariat's yes it is printed once, and both the release and the log say so",
        (line["state"], line["used"], line["decided_by"]) == ("approved", 1, str(second.actor))
        and any(entry["action"] == "read" and entry["allowed"] for entry in printed),
    )
    world.on(2027, 3, 17, 11)
    late = officer.get(f"{request}/answer.pdf", expect=409)
    world.expect("a day later it is over", late["code"] == "release_not_in_force")


def _nothing_seen(world: World, scene: Scene) -> None:
    pages = ("requests", "releases", "readings", "checks", "recalls", "retention/report")
    said = words_in([officer.get(page) for officer in scene.officers for page in pages])
    opened = [
        entry
        for officer in scene.officers
        for entry in officer.get("readings?role=officer&limit=1000")["lines"]
        if entry["action"] != "officer"
    ]
    world.expect(
        "all this time neither officer saw a word of contents: none of their pages holds any, and the log has no opening",
        not any(name in said for name in NAMES) and opened == [],
    )
