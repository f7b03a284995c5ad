"""The people and places that every story needs: a municipality with its referrer and coordinator, a club with its team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from adapters import wordings
from adapters.demo.world import RED_BARNET, Person, World
from domain.lists import Purpose


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality's realm with the people who work in it."""

    realm: str
    unit: str
    administrator: Person
    referrer: Person
    coordinator: Person
    officer: Person


@dataclass(frozen=True, slots=True)
class Club:
    """Red Barnet's realm with a club in a municipality."""

    club_id: str
    secretariat: Person
    coordinator: Person
    officer: Person


@dataclass(frozen=True, slots=True)
class Course:
    """A course with its team."""

    course_id: str
    leaders: tuple[Person, ...]
    volunteers: tuple[Person, ...]

    @property
    def leader(self) -> Person:
        return self.leaders[0]


def found_town(world: World, realm: str, unit: str, kind: str, since: date) -> Town:
    """A municipality with one unit, which hosts the cooperation and finds families."""
    administrator = world.person("administrator", realm, "secretariat")
    world.house.appoint_administrator(realm, administrator.actor, since)
    unit_id = administrator.do("units", {"name": unit, "kind": kind, "hosts": True, "since": since.isoformat()})[
        "unit_id"
    ]
    administrator.do("channels", {"kind": kind, "since": since.isoformat()})
    referrer = world.person("referrer", realm, "referrer")
    coordinator = world.person("coordinator", realm, "coordinator")
    officer = world.person("data protection officer of the municipality", realm, "officer")
    _enrol(administrator, referrer, "Signe", "Eksempel")
    _enrol(administrator, coordinator, "Karen", "Mønster")
    assign(administrator, referrer, "referrer", since, unit_id=unit_id)
    assign(administrator, coordinator, "coordinator", since)
    assign(administrator, officer, "officer", since)
    return Town(realm, unit_id, administrator, referrer, coordinator, officer)


def found_club(world: World, town: Town, name: str, place: str, since: date) -> Club:
    """A club of Red Barnet in the municipality, with its wordings published."""
    secretariat = world.person("secretariat", RED_BARNET, "secretariat")
    world.house.appoint_administrator(RED_BARNET, secretariat.actor, since)
    assign(secretariat, secretariat, "secretariat", since)
    place_id = secretariat.do("places", {"name": place})["place_id"]
    branch_id = secretariat.do("branches", {"name": f"Red Barnet {place}"})["branch_id"]
    club_id = secretariat.do(
        "clubs",
        {
            "name": name,
            "municipality": town.realm,
            "place_id": place_id,
            "branch_id": branch_id,
            "since": since.isoformat(),
        },
    )["club_id"]
    coordinator = world.person("coordinator at the club", RED_BARNET, "coordinator", town.coordinator.actor)
    assign(secretariat, coordinator, "coordinator", since, municipality=town.realm)
    officer = world.person("data protection officer of Red Barnet", RED_BARNET, "officer")
    assign(secretariat, officer, "officer", since)
    wordings.publish_missing(world.house.desk(RED_BARNET))
    return Club(club_id, secretariat, coordinator, officer)


def plan_course(
    world: World, club: Club, *, starts_on: date, leaders: Sequence[str], volunteers: Sequence[str], since: date,
    season: str = "autumn",
) -> Course:  # fmt: skip
    """A course of twelve weekly evenings of two hours from 17.00, with its team attached and confidential."""
    ends_on = starts_on + timedelta(weeks=11)
    course_id = club.coordinator.do(
        "club-courses",
        {
            "club_id": club.club_id, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(),
            "starts_at": "17:00", "season": season,
        },
    )["course_id"]  # fmt: skip
    team = [
        *(join(world, club, course_id, name, "leader", since) for name in leaders),
        *(join(world, club, course_id, name, "volunteer", since) for name in volunteers),
    ]
    course = Course(course_id, tuple(team[: len(leaders)]), tuple(team[len(leaders) :]))
    for number in range(1, 13):
        course.leader.put(
            f"courses/{course_id}/evenings/{number}",
            {
                "on": (starts_on + timedelta(weeks=number - 1)).isoformat(), "starts_at": "17:00", "minutes": 120,
                "kind": "bridging_evening" if number == 12 else "joint_activity",
            },
        )  # fmt: skip
    world.arrive()
    return course


def join(world: World, club: Club, course_id: str, name: str, role: str, since: date) -> Person:
    """A leader or volunteer joins the team and accepts confidentiality."""
    person = world.person(f"{role} {name}", RED_BARNET, role)
    club.secretariat.put(f"volunteers/{person.actor}", {"given_name": name, "family_name": "Frivilligsen"})
    assign(club.secretariat, person, role, since)
    club.secretariat.put(f"courses/{course_id}/team/{person.actor}", {"role": role, "since": since.isoformat()})
    person.do(f"courses/{course_id}/confidentiality")
    return person


def register_family(
    town: Town, *, told_on: date, answered_on: date, adults: Sequence[Mapping[str, Any]], children: Sequence[Mapping[str, Any]],
    said_yes: bool = True, language: str = "dansk", expect: int | None = None,
) -> Any:  # fmt: skip
    """The referrer registers a family that was told of the club."""
    return town.referrer.do(
        "families",
        {
            "offer": {"told_on": told_on.isoformat(), "said_yes": said_yes, "answered_on": answered_on.isoformat()},
            "adults": [{"household": "hjem", **adult} for adult in adults],
            "children": [{"households": ["hjem"], **child} for child in children],
            "language": language,
        },
        expect=expect,
    )


def refer(
    town: Town, family: Mapping[str, Any], *, criteria: Sequence[str], remark: str, judgement: str = "at_risk",
    channel: str = "health_visiting", profession: str = "health_visitor", municipal_case: str = "none",
) -> str:  # fmt: skip
    """The referrer refers a registered family; the judgement is about its youngest child."""
    answer = town.referrer.do(
        "referrals",
        {
            "family_id": family["family_id"], "channel": channel, "profession": profession,
            "criteria": [{"code": code} for code in criteria],
            "judgements": [{"child_id": family["children"][-1], "judgement": judgement}],
            "able_to_take_part": True, "remark": remark, "municipal_case": municipal_case,
        },
    )  # fmt: skip
    return str(answer["referral_id"])


def bring_to_course(world: World, town: Town, referral_id: str, course_id: str) -> Any:
    """The coordinator accepts, places and hands over; the hand-over arrives. What the hand-over answered."""
    town.coordinator.do(f"referrals/{referral_id}/acceptance")
    town.coordinator.do(f"referrals/{referral_id}/place", {"course_id": course_id})
    answer = town.coordinator.do(f"referrals/{referral_id}/handover")
    world.arrive()
    return answer


def member(
    world: World, realm: str, name: str, person_id: str, since: date, administrator: Person, actor: UUID | None = None
) -> Person:
    """A member of a family who logs in; bound to the own record by its id, never by a number. `actor` is said of one who
    logs in elsewhere already."""
    person = world.person(name, realm, "family", actor)
    assign(administrator, person, "family", since, person_id=person_id)
    return person


def write_part(
    leader: Person, course_id: str, family_id: str, kind: str, statements: Sequence[Mapping[str, Any]],
    themes: Sequence[str] = (),
) -> str:  # fmt: skip
    """The leader writes a part and reads it back; the family agrees with the wording."""
    base = f"courses/{course_id}/families/{family_id}/note-parts"
    answer = leader.do(base, {"kind": kind, "statements": list(statements), "themes": list(themes)})
    leader.do(f"{base}/{answer['part_id']}/read-back")
    return str(answer["part_id"])


def tell_custody(leader: Person, course_id: str, family_id: str, child_id: str, *holders: str) -> None:
    """The first of the adults who hold custody tells the leader so: one alone, or several jointly."""
    arrangement = "single" if len(holders) == 1 else "joint"
    leader.put(
        f"courses/{course_id}/families/{family_id}/custody/{child_id}",
        {"arrangement": arrangement, "told_by": holders[0], "holders": list(holders)},
    )


def answer(
    leader: Person, course_id: str, family_id: str, person_id: str, purpose: str, given: str, *, part_id: str | None = None,
    edition: int = 1, way: str = "telephone", language: str = "da",
) -> Any:  # fmt: skip
    """One adult's answer to one question, asked in the words that come with the register."""
    about = {"part_id": part_id, "edition": edition} if part_id is not None else {}
    return leader.do(
        f"courses/{course_id}/families/{family_id}/answers",
        {
            "person_id": person_id, "purpose": purpose, "answer": given, "way": way,
            "wording_id": str(wordings.wording_id(Purpose(purpose))), "wording_version": wordings.VERSION,
            "language": language, **about,
        },
    )  # fmt: skip


def _enrol(administrator: Person, person: Person, given_name: str, family_name: str) -> None:
    administrator.put(f"staff/{person.actor}", {"given_name": given_name, "family_name": family_name})


def assign(administrator: Person, person: Person, role: str, since: date, **bound_to: str) -> str:
    """Give somebody a role from a day on; the assignment's id."""
    assignment = {"actor": str(person.actor), "role": role, "since": since.isoformat(), **bound_to}
    return str(administrator.do("roles", assignment)["assignment_id"])
