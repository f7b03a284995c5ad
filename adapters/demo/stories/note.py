"""Story 2: the leader rings; the family shares a part of its note with the volunteers, and later takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from adapters.demo import cast
from adapters.demo.stories import referral
from adapters.demo.world import World, words_in

NAME = "2. Note, consent, withdrawal"
PRESENTATION = "Vi er en lille familie, der holder af at synge."
WISH = "Jeg vil gerne møde andre mødre og få idéer til rolige aftener."
CHALLENGE = "Jeg har været langt nede, siden den lille kom."
PRACTICAL = "Storm må ikke få mælk."
CORRECTED = "Storm må ikke få mælk, og nu heller ikke æg."


@dataclass(frozen=True, slots=True)
class Parts:
    """The four parts of the note."""

    presentation: str
    wish: str
    challenge: str
    practical: str


def live(world: World) -> referral.Scene:
    """From the telephone call on 14 August to the withdrawal by SMS on 23 September and a correction after it."""
    scene = referral.live(world)
    world.story = NAME
    parts = _ring(world, scene)
    consents = _ask(world, scene, parts)
    _check_readers(world, scene, parts)
    _withdraw(world, scene, parts, consents["presentation"])
    _correct(world, scene, parts)
    return scene


def _ring(world: World, scene: referral.Scene) -> Parts:
    world.on(2025, 8, 14, 19)
    world.tell("The leader rings on 14 August, gives notice, writes down what the mother tells, and reads it back.")
    leader, course_id, family_id = scene.course.leader, scene.course.course_id, scene.family_id
    leader.do(
        f"courses/{course_id}/families/{family_id}/conversation",
        {"held_on": "2025-08-14", "way": "telephone", "notice_given": True},
    )

    cast.tell_custody(leader, course_id, family_id, scene.boy_id, scene.mother_id)

    def part(kind: str, words: str, about: str, themes: tuple[str, ...] = ()) -> str:
        statement = {"told_by": scene.mother_id, "about": about, "words": words}
        return cast.write_part(leader, course_id, family_id, kind, [statement], themes)

    parts = Parts(
        part("presentation", PRESENTATION, family_id),
        part("wishes", WISH, scene.mother_id, ("network", "evening_routine")),
        part("challenges", CHALLENGE, scene.mother_id),
        part("practical", PRACTICAL, scene.boy_id),
    )
    page = leader.get(f"courses/{course_id}")
    world.expect("no introductory conversation is missing any more", page["conversations_missing"] == 0)
    return parts


def _ask(world: World, scene: referral.Scene, parts: Parts) -> dict[str, Any]:
    world.tell("The mother answers question by question; contact after the course she does not decide on.")

    def given(purpose: str, answer: str, part_id: str | None = None) -> str:
        said = cast.answer(
            scene.course.leader, scene.course.course_id, scene.family_id, scene.mother_id, purpose, answer,
            part_id=part_id,
        )  # fmt: skip
        return str(said["consent_id"])

    consents = {
        "presentation": given("share_with_volunteers", "yes", parts.presentation),
        "practical": given("share_with_volunteers", "yes", parts.practical),
    }
    given("anonymous_themes", "yes", parts.wish)
    for part in (parts.presentation, parts.wish, parts.challenge, parts.practical):
        given("share_with_co_leader", "yes", part)
    given("sms_reminders", "yes")
    given("contact_after_course", "not_decided")
    return consents


def _check_readers(world: World, scene: referral.Scene, parts: Parts) -> None:
    course = scene.course
    for volunteer in course.volunteers[:2]:
        shared = volunteer.get(f"courses/{course.course_id}/families/{scene.family_id}")
        said = words_in(shared)
        world.expect(
            f"{volunteer.name} reads parts 1 and 4, and of parts 2 and 3 not even that they are there",
            PRESENTATION in said and PRACTICAL in said and WISH not in said and CHALLENGE not in said
            and len(shared["parts"]) == 2 and "hidden" not in said and "withheld" not in said,
        )  # fmt: skip
    note = course.leaders[1].get(f"courses/{course.course_id}/families/{scene.family_id}/note")
    said = words_in(note)
    world.expect(
        "the co-leader reads all four under the consent to shared leadership",
        all(words in said for words in (PRESENTATION, WISH, CHALLENGE, PRACTICAL)),
    )
    seen = scene.club.coordinator.get(f"club-courses/{course.course_id}")
    world.expect("the coordinator gets no theme while one family alone has wished", seen["themes"] == [])
    code = scene.club.coordinator.refused(f"note-parts/{parts.challenge}", audience="leader")
    world.expect("and is refused the note, whichever way it asks", code in ("not_for_this_reader", "role_not_held"))
    answers = scene.course.leader.get(f"courses/{course.course_id}/families/{scene.family_id}/note")["consents"]
    contact = [a for a in answers if a["purpose"] == "contact_after_course"]
    world.expect("“not decided” counts as no", contact and not contact[0]["in_force"])


def _withdraw(world: World, scene: referral.Scene, parts: Parts, consent_id: str) -> None:
    course = scene.course
    world.on(2025, 9, 22, 9)
    world.tell(
        "A roster is printed for the evening of 23 September; that evening the mother writes an SMS to the leader."
    )
    printed = course.volunteers[0].do(f"courses/{course.course_id}/sheets")
    world.expect("the sheet carries its print time and a number", printed["printed_at"] and printed["sheet_id"])
    world.on(2025, 9, 23, 21)
    place = course.leader.get(f"courses/{course.course_id}")["families"][0]["place_confirmed_on"]
    course.leader.do(f"consents/{consent_id}/withdrawal", {"way": "sms"})
    for volunteer in course.volunteers:
        said = words_in(volunteer.get(f"courses/{course.course_id}/families/{scene.family_id}"))
        world.expect(
            f"from that moment {volunteer.name} sees part 4 only, and nothing of a refusal",
            PRESENTATION not in said and PRACTICAL in said and "withdraw" not in said and "erased" not in said,
        )
    recall = course.leader.get(f"consents/{consent_id}/recall")
    readers = {reader["actor"] for reader in recall["readers"]}
    expected = {str(volunteer.actor) for volunteer in course.volunteers[:2]}
    world.expect("the leader gets the list of those who had read it", readers == expected)
    world.expect("and of the sheets to collect", len(recall["sheets"]) == 1)
    world.on(2025, 9, 24, 9)
    again = words_in(course.volunteers[0].do(f"courses/{course.course_id}/sheets"))
    world.expect("a sheet printed on 24 September shows it so", PRESENTATION not in again and PRACTICAL in again)
    page = course.leader.get(f"courses/{course.course_id}")["families"][0]
    world.expect("the place in the course is untouched", page["place_confirmed_on"] == place)
    readings = scene.club.officer.get(f"readings?part={parts.presentation}")["lines"]
    reads = [r for r in readings if r["role"] == "volunteer" and r["allowed"]]
    world.expect(
        "the log still shows which volunteers had read part 1, when, and under which consent",
        {r["actor"] for r in reads} == expected and all(consent_id in r["consents"] for r in reads),
    )


def _correct(world: World, scene: referral.Scene, parts: Parts) -> None:
    course, family_id = scene.course, scene.family_id
    world.tell("The mother tells the leader: now also no egg. The leader corrects part 4.")
    corrected = course.leader.put(
        f"courses/{course.course_id}/families/{family_id}/note-parts/{parts.practical}",
        {"kind": "practical", "statements": [{"told_by": scene.mother_id, "about": scene.boy_id, "words": CORRECTED}]},
    )
    said = words_in(course.volunteers[0].get(f"courses/{course.course_id}/families/{family_id}"))
    world.expect(
        "the new version is closed to the volunteers, the old one stays visible",
        PRACTICAL in said and CORRECTED not in said,
    )
    course.leader.do(f"courses/{course.course_id}/families/{family_id}/note-parts/{parts.practical}/read-back")
    cast.answer(
        course.leader, course.course_id, family_id, scene.mother_id, "share_with_volunteers", "yes",
        part_id=parts.practical, edition=corrected["edition"],
    )  # fmt: skip
    said = words_in(course.volunteers[0].get(f"courses/{course.course_id}/families/{family_id}"))
    world.expect("until the mother consents again; then the new one is read", CORRECTED in said)
