"""What do you hold about me, second act: taken along, corrected, closed to readers, objected to, and refused with reasons."""

from __future__ import annotations

from typing import Any

from adapters.demo.stories.what_is_held_begins import Scene
from adapters.demo.world import Person, World, words_in

TIRED = "Moren virker træt."
OUTWEIGHED = "Barnets behov for støtte vejer tungere."
AGAIN = "Du bad om det samme den 31. januar, og det svar er på vej."


def live(world: World, scene: Scene) -> None:
    """March, while the municipality's answer is still to come."""
    world.on(2027, 3, 2)
    _take_along(world, scene)
    _correct(world, scene)
    _restrict(world, scene)
    _object(world, scene)
    _refuse(world, scene)


def _asked(who: Person, officer: Person, right: str, subject: str, **more: Any) -> str:
    """A request with the identity checked; its id."""
    request_id = str(who.do("requests", {"right": right, "subject": subject, **more})["request_id"])
    officer.do(f"requests/{request_id}/identity", {"how": "Ringet op på det kendte nummer"})
    return request_id


def _take_along(world: World, scene: Scene) -> None:
    world.tell("She asks for a file of her own, to take along.")
    officer = scene.club.officer
    request_id = _asked(scene.here, officer, "portability", scene.mother)
    officer.do(f"requests/{request_id}/answer", {"names_of_staff": "withheld_not_needed"})
    told = scene.here.get(f"requests/{request_id}/answer")
    paper = scene.here.get(f"requests/{request_id}/answer.pdf", expect=409)
    world.expect(
        "it holds what she gave herself, her words and her answers; it is made for programs, and is not to be had on paper",
        {each["about"] for each in told["told"]} == {scene.mother, scene.child}
        and [each["answer"] for each in told["answers"]] == ["yes"] and paper["code"] == "answer_is_a_file",
    )  # fmt: skip


def _correct(world: World, scene: Scene) -> None:
    world.tell(
        "Her name is spelt with a j. She asks for it to be corrected; the leader keeps the list and corrects it."
    )
    officer, leader, reader = scene.club.officer, scene.course.leader, scene.course.volunteers[0]
    wished = [{"compartment": "roster", "field": "given_name", "words": "Ronja"}]
    request_id = _asked(scene.here, officer, "rectification", scene.mother, corrections=wished)
    officer.do(f"requests/{request_id}/corrections/1/decision", {"refused": None})
    confirm = f"corrections/{request_id}/1/confirmation"
    said_so = leader.do(confirm, expect=409)
    leader.put(f"{scene.family}/names/{scene.mother}", {"given_name": "Ronja", "family_name": "Påhit"})
    leader.do(confirm)
    early = officer.do(f"requests/{request_id}/completion", expect=409)
    recipients = officer.get(f"requests/{request_id}")["recipients"]
    world.expect(
        "it is not done by saying so, nor before the volunteer who had read the wrong name is told; the other never had it",
        (said_so["code"], early["code"]) == ("not_corrected_yet", "recipients_not_told")
        and [r["recipient"] for r in recipients] == [str(reader.actor)],
    )
    for each in recipients:
        officer.do(f"requests/{request_id}/recipients", {"kind": each["kind"], "recipient": each["recipient"]})
    officer.do(f"requests/{request_id}/completion")
    world.expect(
        "at the next evening she is Ronja", "Ronja" in words_in(reader.get(f"courses/{scene.course.course_id}/evening"))
    )


def _restrict(world: World, scene: Scene) -> None:
    world.on(2027, 3, 8)
    world.tell("She says that what is written is not right; while that is looked into, nobody is to read it.")
    officer = scene.club.officer
    request_id = _asked(scene.here, officer, "restriction", scene.mother)
    officer.do(f"requests/{request_id}/restriction", {"because": "GDPR Art. 18(1)(a)"})
    own = ("Ronja", "Påhit", "26000001", "savner voksne")
    course_id = scene.course.course_id
    leader, volunteer = scene.course.leader, scene.course.volunteers[0]

    def seen() -> str:
        shown = (leader.get(f"courses/{course_id}"), leader.get(f"{scene.family}/note"))
        return words_in(
            [*shown, volunteer.get(f"courses/{course_id}/evening"), volunteer.do(f"courses/{course_id}/sheets")]
        )

    closed = seen()
    world.expect(
        "list, note, evening and sheet are blank of her, for the leader as for the volunteer",
        not any(words in closed for words in own),
    )
    world.expect(
        "she herself goes on seeing all of it", all(words in words_in(scene.here.get("own-data")) for words in own)
    )
    world.on(2027, 3, 15)
    lift = f"requests/{request_id}/restriction/lift"
    early = officer.do(lift, {"told_on": "2027-03-16"}, expect=422)
    officer.do(lift, {"told_on": "2027-03-14"})
    opened = seen()
    world.expect(
        "it is lifted only after she was told; then it is read again",
        early["code"] == "date_in_future" and all(words in opened for words in own),
    )


def _object(world: World, scene: Scene) -> None:
    world.tell("At the municipality she objects to what is written about her, and asks once more for all of it.")
    officer, referrer = scene.town.officer, scene.town.referrer
    request_id = _asked(scene.there, officer, "objection", scene.mother, against=["case_file"])
    referral_id = referrer.get("referrals")[0]["referral_id"]
    paused = TIRED not in words_in(referrer.get(f"referrals/{referral_id}"))
    decision = f"requests/{request_id}/objection"
    silent = officer.do(decision, {"compelling": "overriding_interest"}, expect=422)
    officer.do(decision, {"compelling": "overriding_interest", "reasons": OUTWEIGHED})
    scene.papers["objection"] = scene.there.get(f"requests/{request_id}/letter.pdf?kind=objection")
    world.expect(
        "nobody reads the remark until her objection is decided; to go on with it takes a reason",
        paused and silent["code"] == "text_missing" and TIRED in words_in(referrer.get(f"referrals/{referral_id}")),
    )


def _refuse(world: World, scene: Scene) -> None:
    officer = scene.town.officer
    request_id = _asked(scene.there, officer, "access", scene.mother)
    officer.do(f"requests/{request_id}/refusal", {"ground": "manifestly_excessive", "reasons": AGAIN})
    scene.papers["refusal"] = scene.there.get(f"requests/{request_id}/letter.pdf?kind=refusal")
    closed = scene.there.get(f"requests/{request_id}")
    world.expect(
        "the repeated request is refused by letter, with the reason and where to complain; her first one goes on",
        closed["refused"] == "manifestly_excessive" and scene.papers["refusal"].startswith(b"%PDF")
        and [line["waits_for"] for line in scene.there.get("requests")].count("check_identity") == 1,
    )  # fmt: skip
