"""The course is over: days pass, and what was kept for it goes by itself; one family is held back, one comes again."""

from __future__ import annotations

from adapters.demo.stories import course_over_again
from adapters.demo.stories.course_over_begins import HERS, TOWN, Scene, begin
from adapters.demo.world import RED_BARNET, World, words_in
from adapters.wiring import verify_signature
from gdpr.retention_run import FORMAT
from gdpr.signed import is_whole

__all__ = ["NAME", "TOWN", "live"]

NAME = "The course is over"
CONTACT = ("roster", "ages", "contact", "club_telephone")
WHY = "Der er rejst krav om erstatning."


def live(world: World) -> None:
    """From the last evening, 30 November, through the last of February, to the next season."""
    world.story = NAME
    scene = begin(world)
    _last_evening(world, scene)
    hold_id = _hold(world, scene)
    _the_note_goes(world, scene)
    _contact_goes(world, scene)
    _proofs_go(world, scene)
    _lift(world, scene, hold_id)
    course_over_again.live(world, scene)


def _comes(world: World, year: int, month: int, day: int) -> None:
    """A morning: what is due goes by itself."""
    world.on(year, month, day, 9)
    world.arrive()


def _last_evening(world: World, scene: Scene) -> None:
    world.on(2026, 11, 30, 19)
    leader, course_id = scene.course.leader, scene.course.course_id
    lines = [
        {"family_id": family_id, "status": "present", "adults": 1, "children": 1}
        for family_id in (scene.family_id, scene.held)
    ]
    leader.put(f"courses/{course_id}/evenings/12/attendance", {"lines": lines})
    for state in ("running", "completed"):
        leader.put(f"courses/{course_id}/state", {"state": state})
    world.tell("The last evening, 30 November: both families come, and the leader closes the course.")
    closed = [
        leader.refused(f"courses/{course_id}"),
        scene.course.volunteers[0].refused(f"courses/{course_id}/evening"),
    ]
    world.expect(
        "from then on neither leader nor volunteers read anything of it", closed == ["not_for_this_reader"] * 2
    )
    _comes(world, 2026, 12, 1)


def _hold(world: World, scene: Scene) -> str:
    officer = scene.club.officer
    world.tell("The other family has raised a claim: the officer holds its contact data back.")
    hold = {
        "subject": scene.held, "compartments": list(CONTACT), "ground": "legal_claim", "reason": WHY,
        "review_on": "2028-01-15",
    }  # fmt: skip
    endless = officer.do("holds", hold, expect=422)
    placed = officer.do("holds", {**hold, "review_on": "2027-03-31"})
    world.expect(
        "nothing is held for more than a year without being looked at again", endless["code"] == "hold_review_missing"
    )
    return str(placed["hold_id"])


def _the_note_goes(world: World, scene: Scene) -> None:
    world.tell("Days pass. The first family's mother looks at what is held about her.")
    _comes(world, 2026, 12, 13)
    day_before = words_in(scene.own.get("own-data")["note_parts"])
    _comes(world, 2026, 12, 14)
    now = scene.own.get("own-data")
    world.expect(
        "her note is there for thirteen days, and gone on the fourteenth; who came, and her name, are still there",
        HERS in day_before
        and HERS not in words_in(now["note_parts"])
        and now["attendance"][0]["status"] == "present"
        and now["members"][0]["given_name"] == "Esther",
    )
    world.expect(
        "what she lets the next leader have is kept, and she sees that it is",
        HERS in words_in(now["kept_for_the_next_course"]),
    )


def _contact_goes(world: World, scene: Scene) -> None:
    _comes(world, 2027, 2, 27)
    officer = scene.club.officer
    world.tell(
        "Three months after 30 November is the last of February. The officer looks at what will go, and lets it go."
    )
    early, due = (officer.get(f"retention/preview?on=2027-02-{day}") for day in (27, 28))
    goes = {(line["subject"], line["compartment"]) for line in due["goes"]}
    world.expect(
        "on the 27th nothing is due; on the 28th names, numbers and attendance are, and nobody is named",
        early["goes"] == [] and {(scene.mother, name) for name in ("roster", "contact", "club_telephone")} <= goes
        and "attendance" in {name for _, name in goes} and "Esther" not in words_in(due),
    )  # fmt: skip
    kept = {(line["subject"], line["compartment"]) for line in due["kept_back"]}
    world.expect(
        "the other family's contact is kept back, and only that",
        {subject for subject, _ in kept} <= set(scene.held_members) and {name for _, name in kept} == set(CONTACT),
    )
    world.on(2027, 2, 28, 8)
    (receipt,) = officer.do("retention/runs")["receipts"]
    gone, again = scene.own.get("own-data"), officer.do("retention/runs")["receipts"]
    world.expect(
        "the run lets go what was shown, once",
        not any(words in words_in(gone) for words in ("Esther", "Otto", "27000001", "present")) and again == [],
    )
    key = world.house.realms[RED_BARNET].provider.verify_key()
    document = receipt["document"].encode()
    world.expect(
        "its receipt counts keys and names nobody, and verifies with the public key alone",
        is_whole(document, form=FORMAT, public_key=key, verify_signature=verify_signature)
        and not any(who in receipt["document"] for who in (scene.mother, scene.family_id, "Esther")),
    )
    report = officer.get("retention/report")
    world.expect(
        "the report lists both runs and the hold with its ground and its day, and nothing is overdue",
        len(report["runs"]) == 2 and [(h["ground"], h["review_on"]) for h in report["holds"]] == [("legal_claim", "2027-03-31")]
        and report["overdue"] == [] and WHY not in words_in(report),
    )  # fmt: skip
    (course,) = scene.club.coordinator.get("club-courses")
    twelfth = next(line for line in course["turnout"] if line["evening"] == 12)
    world.expect(
        "the evening still counts two families with two children",
        (twelfth["families"], twelfth["children"]) == (2, 2),
    )


def _proofs_go(world: World, scene: Scene) -> None:
    before = {line["consent_id"]: line["state"] for line in scene.own.get("consents")}
    _comes(world, 2027, 3, 1)
    now = {line["consent_id"]: line["state"] for line in scene.own.get("consents")}
    world.expect(
        "her yes ran out with the course; three months later its proof goes too, while the yes that still runs is kept",
        before[scene.shared] == "expired" and scene.shared not in now and list(now.values()) == ["given"],
    )


def _lift(world: World, scene: Scene, hold_id: str) -> None:
    officer = scene.club.officer
    _comes(world, 2027, 4, 1)
    (hold,) = officer.get("retention/report")["holds"]
    officer.do(f"holds/{hold_id}/lifting")
    _comes(world, 2027, 4, 2)
    report = officer.get("retention/report")
    world.expect(
        "the day after its day of review the hold is overdue; it is lifted, and the rest goes the next morning",
        hold["overdue"] and report["kept_back"] == [] and report["overdue"] == [] and len(report["runs"]) == 3,
    )
