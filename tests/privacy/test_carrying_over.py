"""A family that comes back is not asked to tell everything again if it said so; and nothing is carried by itself (INT-09)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from application import courses
from application.carrying import CarryOver
from application.consents import Answer, WithdrawConsent
from application.reading import leader, volunteer
from application.views.club import KeptStatement
from application.views.consents import ConsentRow
from domain.consent import State
from domain.custody import Arrangement
from domain.lists import Purpose, Season
from domain.people import Role
from gdpr.ports import ERASED
from tests.house import CLUB
from tests.living import CO_LEADER, LEADER, SAID, VOLUNTEER, Grounds, Life

JANUARY = datetime.fromisoformat("2027-01-04T09:00:00+00:00")
HERS = {SAID["presentation"], SAID["wishes"], SAID["challenges"], SAID["practical"]}
"""What the mother told of herself, the household, and the boy whom she holds custody of."""


def the_family_comes_back(life: Life) -> None:
    """A course in spring led by somebody else, in which the family has a place again."""
    life.clock.set(JANUARY)
    planned = life.does(
        "coordinator",
        courses.PlanCourse(
            club_id=life.ids["club"], starts_on=date(2027, 2, 2), ends_on=date(2027, 4, 27), starts_at=time(17),
            season=Season.SPRING,
        ),
    )  # fmt: skip
    life.ids["course"] = UUID(planned["course_id"])
    for person, role in ((CO_LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER)):
        joins = courses.JoinTeam(course_id=life.ids["course"], actor=person, role=role, since=date(2027, 1, 4))
        life.does("secretary", joins)
    life.house.deliver()
    life.place_and_hand_over(life.refer("family", "girl", Grounds()))


def takes_over(life: Life) -> int:
    command = CarryOver(course_id=life.ids["course"], family_id=life.ids["family"])
    parts: int = life.does("co-leader", command)["parts"]
    return parts


def noted(life: Life) -> tuple[set[str], list[Any]]:
    """The words of the family's note in the course in which it is now, and its parts."""
    page = leader.note(life.asker("co-leader"), life.ids["course"], life.ids["family"], life.desk())
    return {statement["words"] for part in page["parts"] for statement in part["statements"]}, page["parts"]


def test_the_next_leader_takes_over_what_she_told_as_parts_of_its_own_that_nobody_else_reads(life: Life) -> None:
    consent = life.ids["consent to carry over"]
    the_family_comes_back(life)
    assert noted(life)[0] == set(), "never by itself"

    assert takes_over(life) == 4
    assert takes_over(life) == 0, "once"
    words, parts = noted(life)
    assert words == HERS, "what he told, and what is about him, is his"
    assert all(part["author"] == CO_LEADER and part["read_back_on"] is None for part in parts)
    assert not any(statement["shared"] for part in parts for statement in part["statements"])
    life.does("volunteer", courses.AcceptConfidentiality(course_id=life.ids["course"]))
    life.does("co-leader", courses.ConfirmPlace(course_id=life.ids["course"], family_id=life.ids["family"]))
    page = volunteer.evening(life.asker("volunteer"), life.ids["course"], life.desk())
    assert [family["parts"] for family in page["families"]] == [[]], "each course asks again"
    row = life.desk().register.rows().get(ConsentRow, consent_id=consent)
    assert row is not None and row.state(JANUARY.date()) is State.GIVEN


def test_without_a_yes_or_after_it_ended_there_is_nothing_to_take_over(life_on_files: Life) -> None:
    life = life_on_files
    consent = life.ids["consent to carry over"]
    kept = [row.words for row in life.desk().register.rows().where(KeptStatement)]
    assert len(kept) == 4
    life.does("mother", WithdrawConsent(consent_id=consent))
    assert life.desk().register.rows().where(KeptStatement) == []
    assert set(life.house.realms[CLUB].vault.open(kept)) == {ERASED}  # type: ignore[arg-type]
    the_family_comes_back(life)
    assert (takes_over(life), noted(life)[0]) == (0, set())


def test_what_is_about_a_child_of_both_is_kept_once_both_have_said_so(life_on_files: Life) -> None:
    life = life_on_files

    def kept() -> int:
        return len(life.desk().register.rows().where(KeptStatement, about=life.ids["boy"]))

    assert kept() == 1
    life.tells_custody("boy", Arrangement.JOINT, "mother", "father")
    assert kept() == 0, "now it is not hers alone to say"
    life.answers(Purpose.CARRY_OVER, Answer.YES, person="father")
    assert kept() == 1
    life.answers(Purpose.CARRY_OVER, Answer.NO, person="father")
    assert kept() == 0


def test_a_yes_in_the_next_course_renews_the_one_before(life_on_files: Life) -> None:
    life = life_on_files
    earlier = life.ids["consent to contact"]
    the_family_comes_back(life)
    life.does(
        "secretary",
        courses.JoinTeam(course_id=life.ids["course"], actor=LEADER, role=Role.LEADER, since=date(2027, 1, 4)),
    )
    again = life.answers(Purpose.CONTACT_AFTER_COURSE, Answer.YES)
    row = life.desk().register.rows().get(ConsentRow, consent_id=again)
    assert row is not None and (row.renews, row.state(JANUARY.date())) == (earlier, State.RENEWED)
