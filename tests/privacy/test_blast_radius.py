"""A telephone, an account, a process, a key is lost in the lived story: who lay open, who was read, who is told (RIG-14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from adapters.officer.blast_radius import BlastRadius
from application.organisations import AssignRole
from application.reading import leader, volunteer
from application.reading.blast_radius import blast_radius
from domain.compartments import CASE_FILE, DRAFT, SHARED_NOTE, held_in
from domain.facts import Sealed
from domain.people import Role
from gdpr.blast_radius import Lost, PeriodMissing, PeriodTooLong
from gdpr.checks import PeriodBackwards
from infrastructure.sealing import key_id_of
from tests.house import CLUB, TOWN
from tests.left_behind import left_behind
from tests.living import (
    FIRST_EVENING,
    LEADER,
    OTHER_REFERRER,
    OTHER_VOLUNTEER,
    REFERRER,
    SECRETARY,
    STEM,
    VOLUNTEER,
    Life,
)

Line = Mapping[str, Any]
AN_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def read(lived: Life) -> Life:
    """The leader has looked at one note, the volunteer at the evening."""
    volunteer.evening(lived.asker("volunteer"), lived.ids["course"], lived.desk())
    leader.note(lived.asker("leader"), lived.ids["course"], lived.ids["family"], lived.desk())
    return lived


def asked(life: Life, realm: str = CLUB, **lost: Any) -> Line:
    who = "officer" if realm == CLUB else "town's officer"
    return blast_radius(life.asker(who), life.desk(realm), lost=Lost(**lost))


def pairs(answer: Line, what: str) -> set[tuple[UUID, str]]:
    return {(line["subject"], line["compartment"]) for line in answer["lines"] if line[what]}


def key_of_the_shared_words(life: Life) -> tuple[bytes, Sealed]:
    for _, recorded in life.house.realms[CLUB].register.events_after(0, 10_000):
        for name in recorded.fact.MARKS.personal:
            value = getattr(recorded.fact, name)
            if isinstance(value, Sealed) and value.compartment == SHARED_NOTE.name:
                return key_id_of(value.token), value
    raise AssertionError("nothing was shared")


def test_a_volunteers_account_reached_what_consents_and_confirmed_places_let_it_and_no_more(read: Life) -> None:
    answer = asked(read, actor=VOLUNTEER, since=FIRST_EVENING)
    could, was, ids = pairs(answer, "could_be_read"), pairs(answer, "was_read"), read.ids
    assert {name for _, name in could} == {"roster", "ages", "attendance", "shared_note"}
    assert {(ids["mother"], "roster"), (ids["mother of C"], "roster"), (ids["girl"], "ages")} <= could
    assert (ids["mother of D"], "roster") not in could, "the family of D was never handed over"
    assert was <= could
    assert (ids["mother"], "roster") in was
    line = next(each for each in answer["lines"] if (each["subject"], each["compartment"]) == (ids["mother"], "roster"))
    assert FIRST_EVENING <= line["first_read"] <= line["last_read"]
    assert line["roles"] == ["volunteer"]


def test_who_is_kept_from_a_familys_notes_did_not_have_them_within_reach(read: Life) -> None:
    own, others = (
        {
            family
            for family, name in pairs(asked(read, actor=who, since=FIRST_EVENING), "could_be_read")
            if name == "ages"
        }
        for who in (VOLUNTEER, OTHER_VOLUNTEER)
    )
    assert own == others, "names and ages of the whole group are seen by both"


def test_nothing_that_was_read_is_missing_from_what_could_be_read(read: Life) -> None:
    for actor in (LEADER, VOLUNTEER):
        answer = asked(read, actor=actor, since=FIRST_EVENING - timedelta(days=20))
        assert pairs(answer, "was_read"), actor
        assert pairs(answer, "was_read") <= pairs(answer, "could_be_read"), actor


def test_a_device_is_known_by_its_session_and_its_account_by_the_log(read: Life) -> None:
    device = asked(read, session=uuid5(VOLUNTEER, "telephone"))
    assert device["accounts"] == [VOLUNTEER]
    assert pairs(device, "was_read") == pairs(asked(read, actor=VOLUNTEER, since=FIRST_EVENING), "was_read")
    unknown = asked(read, session=uuid4())
    assert (unknown["unsaid"], unknown["lines"]) == (["session_left_no_trace"], [])


def test_a_leaders_account_at_the_club_reaches_nothing_of_the_municipality(read: Life) -> None:
    assert asked(read, TOWN, actor=LEADER, since=FIRST_EVENING)["lines"] == []
    of_the_town = asked(read, TOWN, process="register")
    assert CASE_FILE.name in {line["compartment"] for line in of_the_town["lines"]}


def test_a_referrer_reached_its_own_units_families_only_and_a_secretary_all_volunteers(life_on_files: Life) -> None:
    life, day = life_on_files, FIRST_EVENING.date()
    for realm, actor, role, unit in (
        (TOWN, REFERRER, Role.REFERRER, life.ids["unit"]), (CLUB, SECRETARY, Role.SECRETARIAT, None),
        (TOWN, OTHER_REFERRER, Role.REFERRER, life.ids["other unit"]),
    ):  # fmt: skip
        life.does("administrator", AssignRole(actor=actor, role=role, since=day, unit_id=unit), realm)
    life.clock.set(FIRST_EVENING + AN_HOUR)
    reached = pairs(asked(life, TOWN, actor=REFERRER, since=FIRST_EVENING), "could_be_read")
    assert {(life.ids["father"], "case_file"), (life.ids["mother of B"], "municipal_contact")} <= reached
    assert not {subject for subject, _ in reached} & {life.ids["mother of D"], life.ids["family D"]}
    assert (life.ids["draft"], DRAFT.name) in reached, "and what it has not sent"
    others = pairs(asked(life, TOWN, actor=OTHER_REFERRER, since=FIRST_EVENING), "could_be_read")
    assert (life.ids["mother of D"], "municipal_contact") in others and DRAFT.name not in {name for _, name in others}
    files = pairs(asked(life, actor=SECRETARY, since=FIRST_EVENING), "could_be_read")
    assert {(LEADER, "volunteer_file"), (VOLUNTEER, "volunteer_file")} <= files
    assert {name for _, name in files} <= {"volunteer_file", "follow_up"}


def test_a_process_reached_what_it_holds_keys_for(read: Life) -> None:
    answer = asked(read, process="register")
    assert {line["compartment"] for line in answer["lines"] if line["could_be_read"]} <= {
        each.name for each in held_in(read.desk().kind)
    }
    assert answer["persons_within_reach"] >= 10
    assert answer["unsaid"] == []
    assert asked(read, process="volunteers")["unsaid"] == ["process_not_this_one"]


def test_a_key_is_one_persons_in_one_compartment_under_one_consent_and_these_streams(read: Life) -> None:
    key_id, value = key_of_the_shared_words(read)
    answer = asked(read, key_id=key_id)
    assert pairs(answer, "could_be_read") == {(value.subject, SHARED_NOTE.name)}
    assert answer["key"]["streams"] == [value.place.stream]
    assert answer["key"]["scope"] is not None
    assert asked(read, key_id=bytes(16))["unsaid"] == ["key_unknown"]


def test_letters_go_to_each_adult_about_its_own_and_never_about_the_other(read: Life) -> None:
    ids = read.ids
    letters = {letter["to"]: letter for letter in asked(read, actor=LEADER, since=FIRST_EVENING)["letters"]}
    assert {ids["mother"], ids["father"], ids["mother of B"]} <= letters.keys()
    assert not letters.keys() & {ids["girl"], ids["boy"], ids["family"]}, "a child's letter goes to whom it lives with"
    assert ids["father"] not in letters[ids["mother"]]["about"]
    assert ids["mother"] not in letters[ids["father"]]["about"]
    assert {ids["mother"], ids["girl"], ids["boy"]} <= set(letters[ids["mother"]]["about"])
    assert ids["boy"] not in letters[ids["father"]]["about"], "he lives with the mother only"
    assert letters[ids["mother"]]["addressed_by"] == "leader"


@pytest.mark.parametrize(
    ("lost", "refusal"),
    [
        ({"actor": VOLUNTEER}, PeriodMissing),
        ({"actor": VOLUNTEER, "since": FIRST_EVENING - timedelta(days=900)}, PeriodTooLong),
        ({"actor": VOLUNTEER, "since": FIRST_EVENING, "until": FIRST_EVENING - AN_HOUR}, PeriodBackwards),
    ],
)
def test_a_period_that_cannot_be_is_refused(read: Life, lost: Mapping[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        asked(read, **lost)


def test_the_inquiry_itself_is_in_the_log_and_shows_no_contents(read: Life) -> None:
    officer = read.asker("officer")
    answer = blast_radius(officer, read.desk(), lost=Lost(actor=VOLUNTEER, since=FIRST_EVENING))
    assert STEM not in str(answer)
    noted = read.desk().log.find(actor=officer.actor, action="officer", request=officer.request_id)
    assert [VOLUNTEER in entry.records for entry in noted] == [True]
    assert left_behind(answer, BlastRadius()) == set()
    assert {field.name for field in fields(Lost)} == {"actor", "session", "process", "key_id", "since", "until"}
