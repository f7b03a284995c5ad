"""A made-up club in a real house: one municipality and Red Barnet, a course under way, a family with a note, all on files."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from adapters import wordings
from adapters.wiring import House, SetClock, build
from application.consents import RecordAnswer
from application.courses import (
    AcceptConfidentiality,
    BookProfessional,
    ChangeCourseState,
    ConfirmPlace,
    JoinTeam,
    PlanCourse,
    PlanEvening,
)
from application.custody import TellCustody
from application.desk import Asker, Desk
from application.families import AdultTyped, ChildTyped, RegisterFamily
from application.introductions import HoldConversation, ReadBackPart, StatementTyped, WritePart
from application.organisations import AssignRole, EnrolVolunteer, EstablishClub, OpenChannel, OpenUnit
from application.perform import perform
from application.referrals import AcceptReferral, GroundsTyped, HandOver, PlaceFamily, ReferFamily
from domain.compartments import RealmKind
from domain.consent import Answer
from domain.course import CourseState
from domain.custody import Arrangement
from domain.lists import EveningKind, PartKind, Profession, Purpose, Season, Theme, UnitKind, Way
from domain.people import Caregiver, Role
from infrastructure.settings import embedded

CLUB, TOWN = "red-barnet", "kommune-0376"
_REALMS = {CLUB: RealmKind.RED_BARNET, TOWN: RealmKind.MUNICIPALITY}
STARTED = date(2026, 8, 1)
BEFORE, FIRST_EVENING = datetime(2026, 8, 14, 9, tzinfo=UTC), datetime(2026, 9, 1, 15, tzinfo=UTC)

LEADER, CO_LEADER, VOLUNTEER, OFFICER, SECRETARY, COORDINATOR, REFERRER, MIDWIFE, MOTHER, FATHER, STRANGER = (
    UUID(int=0xA000 + number) for number in range(11)
)
"""Actors. The stranger holds no role anywhere."""

PRESENTATION = "Vi er en lille familie, der gerne vil lære andre at kende"
TROUBLE = "Hun har været nedtrykt siden den anden fødsel"
MILK = "Drengen må ikke få mælk"


@dataclass
class ClubAtWork:
    """The house, its clock, and the ids of what was made up in it."""

    house: House
    clock: SetClock
    ids: dict[str, UUID]

    def desk(self, realm: str = CLUB) -> Desk:
        return self.house.desk(realm)

    def does(self, actor: UUID, role: Role, command: Any, realm: str = CLUB, **scope: Any) -> Mapping[str, Any]:
        command_id = uuid4()
        return perform(command, Asker(actor, role, command_id, **scope), self.desk(realm), command_id=command_id)

    def leader_does(self, command: Any) -> Mapping[str, Any]:
        return self.does(LEADER, Role.LEADER, command)

    def says_yes(self, purpose: Purpose, part: str | None = None, edition: int | None = 1) -> UUID:
        """The mother's answer, by telephone, to the wording read aloud."""
        answer = self.leader_does(
            RecordAnswer(
                course_id=self.ids["course"], family_id=self.ids["family"], person_id=self.ids["mother"],
                purpose=purpose, answer=Answer.YES, way=Way.TELEPHONE, wording_id=wordings.wording_id(purpose),
                wording_version=wordings.VERSION, language="da", part_id=self.ids[part] if part else None,
                edition=edition if part else None,
            )
        )  # fmt: skip
        return UUID(answer["consent_id"])


def a_club_at_work(home: Path) -> ClubAtWork:
    """The first evening, 15 o'clock in London: the family is handed over, confirmed, rung, and two parts are shared.

    It is made up once for a whole run; each test gets a copy of the files.
    """
    pattern, ids = _pattern()
    shutil.copytree(pattern, home, dirs_exist_ok=True)
    clock = SetClock(FIRST_EVENING)
    return ClubAtWork(build(embedded(home, _REALMS), clock=clock), clock, dict(ids))


@cache
def _pattern() -> tuple[Path, dict[str, UUID]]:
    home = Path(tempfile.mkdtemp(prefix="club-at-work-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    clock = SetClock(BEFORE)
    club = ClubAtWork(build(embedded(home, _REALMS), clock=clock), clock, {})
    _open_the_club(club)
    _open_the_town(club)
    _refer_a_family(club)
    _ring_the_family(club)
    club.house.close()
    return home, club.ids


def _open_the_club(club: ClubAtWork) -> None:
    for actor, role in (
        (SECRETARY, Role.SECRETARIAT), (LEADER, Role.LEADER), (CO_LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER),
        (OFFICER, Role.OFFICER), (MIDWIFE, Role.PROFESSIONAL),
    ):  # fmt: skip
        club.does(SECRETARY, Role.SECRETARIAT, AssignRole(actor=actor, role=role, since=STARTED))
    club.does(
        SECRETARY, Role.SECRETARIAT,
        AssignRole(actor=COORDINATOR, role=Role.COORDINATOR, since=STARTED, municipality=TOWN),
    )  # fmt: skip
    for actor, name in ((LEADER, "Lone"), (CO_LEADER, "Carsten"), (VOLUNTEER, "Vibeke")):
        club.does(SECRETARY, Role.SECRETARIAT, EnrolVolunteer(actor=actor, given_name=name, family_name="Frivillig"))
    made = club.does(SECRETARY, Role.SECRETARIAT, EstablishClub(name="Klub Nykøbing", municipality=TOWN, since=STARTED))
    planned = club.does(
        SECRETARY, Role.SECRETARIAT,
        PlanCourse(
            club_id=UUID(made["club_id"]), starts_on=FIRST_EVENING.date(), ends_on=date(2026, 12, 1),
            starts_at=time(17), season=Season.AUTUMN,
        ),
    )  # fmt: skip
    course = club.ids["course"] = UUID(planned["course_id"])
    for actor, role in ((LEADER, Role.LEADER), (CO_LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER)):
        club.does(
            SECRETARY, Role.SECRETARIAT, JoinTeam(course_id=course, actor=actor, role=role, since=date(2026, 8, 10))
        )
    for number, on in ((1, FIRST_EVENING.date()), (2, date(2026, 9, 8))):
        club.leader_does(
            PlanEvening(
                course_id=course, number=number, on=on, starts_at=time(17), kind=EveningKind.TALK, theme=Theme.SLEEP
            )
        )
    club.leader_does(ChangeCourseState(course_id=course, state=CourseState.RECRUITING))
    booked = club.does(
        COORDINATOR, Role.COORDINATOR,
        BookProfessional(course_id=course, actor=MIDWIFE, profession=Profession.MIDWIFE, evening=1),
        municipality=TOWN,
    )  # fmt: skip
    club.ids["booking"] = UUID(booked["booking_id"])
    wordings.publish_missing(club.desk(), languages=["da"])
    club.does(VOLUNTEER, Role.VOLUNTEER, AcceptConfidentiality(course_id=course))


def _open_the_town(club: ClubAtWork) -> None:
    administrator = UUID(int=0xB000)
    unit = club.does(
        administrator, Role.ADMINISTRATOR,
        OpenUnit(name="Sundhedsplejen", kind=UnitKind.HEALTH_VISITING, since=STARTED), TOWN,
    )  # fmt: skip
    club.ids["unit"] = UUID(unit["unit_id"])
    club.does(administrator, Role.ADMINISTRATOR, OpenChannel(kind=UnitKind.HEALTH_VISITING, since=STARTED), TOWN)
    for actor, role, unit_id in (
        (REFERRER, Role.REFERRER, club.ids["unit"]), (COORDINATOR, Role.COORDINATOR, None), (OFFICER, Role.OFFICER, None),
    ):  # fmt: skip
        command = AssignRole(actor=actor, role=role, since=STARTED, unit_id=unit_id)
        club.does(administrator, Role.ADMINISTRATOR, command, TOWN)
    club.house.deliver()


def _refer_a_family(club: ClubAtWork) -> None:
    def refers(command: Any) -> Mapping[str, Any]:
        return club.does(REFERRER, Role.REFERRER, command, TOWN, unit=club.ids["unit"])

    def coordinates(command: Any) -> Mapping[str, Any]:
        return club.does(COORDINATOR, Role.COORDINATOR, command, TOWN, municipality=TOWN)

    today = BEFORE.date()
    family = refers(
        RegisterFamily(
            told_on=today, said_yes=True, answered_on=today,
            adults=(
                AdultTyped(
                    given_name="Mette", family_name="Mosegaard", caregiver=Caregiver.MOTHER, household="a",
                    telephone="20304050", address="Vejen 1",
                ),
                AdultTyped(
                    given_name="Frode", family_name="Fjeldsted", caregiver=Caregiver.FATHER, household="a",
                    telephone="20304051",
                ),
            ),
            children=(
                ChildTyped(given_name="Asta", birth_month="2023-05", households=("a",)),
                ChildTyped(given_name="Bo", birth_month="2025-01", households=("a",)),
            ),
        )
    )  # fmt: skip
    club.ids["family"] = UUID(family["family_id"])
    club.ids["mother"], club.ids["father"] = map(UUID, family["adults"])
    club.ids["girl"], club.ids["boy"] = map(UUID, family["children"])
    referral = refers(
        ReferFamily(
            family_id=club.ids["family"], channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR,
            grounds=GroundsTyped(
                criteria=(("lacking_network", None),),
                judgements={club.ids["girl"]: "at_risk", club.ids["boy"]: "at_risk"},
                able_to_take_part=True, remark="Har sagt ja med glæde",
            ),
        )
    )  # fmt: skip
    referral_id = club.ids["referral"] = UUID(referral["referral_id"])
    coordinates(AcceptReferral(referral_id=referral_id))
    coordinates(PlaceFamily(referral_id=referral_id, course_id=club.ids["course"]))
    coordinates(HandOver(referral_id=referral_id))
    club.house.deliver()
    for realm, giver, role in ((CLUB, SECRETARY, Role.SECRETARIAT), (TOWN, UUID(int=0xB000), Role.ADMINISTRATOR)):
        for actor, person in ((MOTHER, "mother"), (FATHER, "father")):
            command = AssignRole(actor=actor, role=Role.FAMILY, since=STARTED, person_id=club.ids[person])
            club.does(giver, role, command, realm)


def _ring_the_family(club: ClubAtWork) -> None:
    course, family, mother = club.ids["course"], club.ids["family"], club.ids["mother"]
    club.leader_does(
        HoldConversation(
            course_id=course, family_id=family, held_on=BEFORE.date(), way=Way.TELEPHONE, notice_given=True
        )
    )
    club.leader_does(
        TellCustody(
            course_id=course, family_id=family, child_id=club.ids["boy"], arrangement=Arrangement.SINGLE,
            holders=(mother,), told_by=mother,
        )
    )  # fmt: skip
    for name, kind, words, about in (
        ("presentation", PartKind.PRESENTATION, PRESENTATION, None),
        ("trouble", PartKind.CHALLENGES, TROUBLE, mother),
        ("practical", PartKind.PRACTICAL, MILK, club.ids["boy"]),
    ):
        written = club.leader_does(
            WritePart(
                course_id=course, family_id=family, kind=kind, themes=(Theme.NETWORK,),
                statements=(StatementTyped(told_by=mother, words=words, about=about),),
            )
        )  # fmt: skip
        club.ids[name] = UUID(written["part_id"])
        club.leader_does(ReadBackPart(course_id=course, family_id=family, part_id=club.ids[name]))
    for name in ("presentation", "practical"):
        club.ids[f"consent to {name}"] = club.says_yes(Purpose.SHARE_WITH_VOLUNTEERS, name)
    club.says_yes(Purpose.SHARE_WITH_CO_LEADER, "trouble")
    club.leader_does(ConfirmPlace(course_id=course, family_id=family))
