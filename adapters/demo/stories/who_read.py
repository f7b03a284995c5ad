"""Story 8: a father believes somebody knew; the officer answers who read the note, and proves it."""

from __future__ import annotations

from datetime import date, datetime

from adapters.demo import cast
from adapters.demo.world import DENMARK, RED_BARNET, World, words_in

NAME = "8. Who read the note?"
TOWN = "kommune-0561"
DEBTS = "Vi skylder penge og er kede af det."


def live(world: World) -> None:
    """From the note in August to the officer's answer in October."""
    world.story = NAME
    world.on(2025, 8, 4)
    since = date(2025, 1, 1)
    town = cast.found_town(world, TOWN, "Bydelsprojektet", "housing_social_plan", since)
    club = cast.found_club(world, town, "Småbørnsklubben i Gården", "Østerbyen", since)
    course = cast.plan_course(
        world, club, starts_on=date(2025, 9, 2), leaders=("Hanne", "Karla"), volunteers=("Lone", "Mads"),
        since=date(2025, 8, 1),
    )  # fmt: skip
    family = cast.register_family(
        town, told_on=date(2025, 8, 4), answered_on=date(2025, 8, 4),
        adults=[
            {"given_name": "Anders", "family_name": "Digt", "caregiver": "father", "telephone": "22 00 00 01"},
            {"given_name": "Rikke", "family_name": "Digt", "caregiver": "mother"},
        ],
        children=[{"given_name": "Villum", "birth_month": "2021-06"}],
    )  # fmt: skip
    referral_id = cast.refer(
        town, family, criteria=("tight_economy",), remark="Har meldt fra til ferien.", channel="housing_social_plan",
        profession="housing_social_worker",
    )  # fmt: skip
    cast.bring_to_course(world, town, referral_id, course.course_id)
    family_id, father_id = family["family_id"], family["adults"][0]
    course.leader.put(f"courses/{course.course_id}/places/{family_id}")

    world.tell("The family tells the leader of its debts in part 3, and consents to the co-leader's reading it only.")
    world.on(2025, 8, 14, 19)
    statement = {"told_by": father_id, "about": father_id, "words": DEBTS}
    part = cast.write_part(course.leader, course.course_id, family_id, "challenges", [statement])
    cast.answer(course.leader, course.course_id, family_id, father_id, "share_with_co_leader", "yes", part_id=part)
    for day in (18, 25, 31):
        world.on(2025, 8, day, 20)
        course.leader.get(f"note-parts/{part}")
    for day in (1, 8):
        world.on(2025, 9, day, 20)
        course.leaders[1].get(f"note-parts/{part}")

    world.tell(
        "A volunteer leaves the team on 15 September and tries to read on 30 September; the coordinator tries too."
    )
    volunteer = course.volunteers[0]
    world.on(2025, 9, 9, 18)
    volunteer.get(f"courses/{course.course_id}/evening")
    world.on(2025, 9, 15)
    club.secretariat.do(
        f"courses/{course.course_id}/team/{volunteer.actor}/leaving", {"role": "volunteer", "last_day": "2025-09-15"}
    )
    world.on(2025, 9, 30, 18)
    volunteer.refused(f"courses/{course.course_id}/families/{family_id}")
    club.coordinator.refused(f"note-parts/{part}", audience="leader")

    world.on(2025, 10, 2)
    _check_officer(world, club, course, volunteer.actor, part)
    _check_family(world, club, father_id, part)
    verdict = world.house.realms[RED_BARNET].verify_log()
    world.expect("the chain of the log is unbroken", verdict.ok)


def _check_officer(world: World, club: cast.Club, course: cast.Course, volunteer: object, part: str) -> None:
    officer = club.officer
    readings = officer.get(f"readings?part={part}")["lines"]
    leader = [r for r in readings if r["actor"] == str(course.leader.actor) and r["action"] == "read"]
    co_leader = [r for r in readings if r["actor"] == str(course.leaders[1].actor) and r["allowed"]]
    refused = [r for r in readings if r["action"] == "refused"]
    world.expect("the log lists three readings by the leader, who wrote it", len(leader) == 3)
    world.expect(
        "two by the co-leader, under the consent to shared leadership",
        len(co_leader) == 2 and all(r["consents"] for r in co_leader),
    )
    world.expect(
        "one refused attempt by a volunteer, not attached any more, and one refused to the coordinator",
        sorted(r["role"] for r in refused) == ["coordinator", "volunteer"]
        and any("on_the_team" in r["rule"] for r in refused),
    )
    world.expect("with role, course, purpose, time", all(r["role"] and r["purpose"] and r["at"] for r in readings))
    world.expect("and not the text", DEBTS not in words_in(readings))
    again = officer.get(f"readings?part={part}")["lines"]
    world.expect("the officer's own query is in the log", any(r["role"] == "officer" for r in again))
    could = officer.get(f"what-could-be-seen?part={part}&role=volunteer&on=2025-09-30")
    world.expect("a volunteer could see nothing of part 3 on 30 September", could["could_be_seen"] is False)
    since = datetime(2025, 9, 16, tzinfo=DENMARK).isoformat().replace("+", "%2B")
    late = officer.get(f"readings?actor={volunteer}&refused=false&since={since}")["lines"]
    world.expect("no reads by the volunteer after 15 September; access ended with the attachment", late == [])


def _check_family(world: World, club: cast.Club, father_id: str, part: str) -> None:
    father = cast.member(world, RED_BARNET, "the father", father_id, date(2025, 10, 1), club.secretariat)
    readers = father.get("readers?limit=1000")["lines"]
    said = words_in(readers)
    world.expect(
        "the father gets by which roles and when, and nobody's name",
        {"leader"} <= {r["role"] for r in readers if r["allowed"]} and "Hanne" not in said and "actor" not in said,
    )
    notes = [r for r in readers if r["compartment"] == "shared_note" and r["allowed"]]
    world.expect("and that no volunteer could read it", not notes)
    refusal = father.get(f"readings?part={part}", audience="officer", expect=403)
    world.expect("the log itself is not his to search", refusal["code"] in ("role_not_held", "not_for_this_reader"))
