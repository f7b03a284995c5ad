"""Erasing people: what they were is gone for everybody, the story stays whole, and nobody else loses anything (RIG-02, RIG-03)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application import breaches, holds, introductions, referrals, retention, rights, streams
from application.consents import Answer
from application.organisations import AssignRole
from application.ports import Aggregate
from application.reading import leader, municipality, own, volunteer
from application.views.people import RoleHeld
from domain.compartments import NOTE, held_in
from domain.errors import Refusal
from domain.facts import Sealed
from domain.lists import PartKind, Purpose
from domain.people import Role
from gdpr.ports import ERASED, SubjectErased
from gdpr.rights_facts import Outcome, Right
from infrastructure.key_tables import keys as key_table
from tests.house import CLUB, TOWN, another_process, digests, rebuilt
from tests.living import DRAFTED, GIVEN_NAMES, LOST, SAID, SEPTEMBER_23, STEM, SURNAMES, TELEPHONES, Life
from tests.privacy.asking import everything

EVERYBODY = ("girl", "boy", "brother", "father", "mother")
"""The children first: their parent asks for them."""
ALL_FAMILIES = (*EVERYBODY, "child of B", "mother of B", "child of C", "mother of C")
"""Whom the club knows; family D never came there."""
OFFICE = "application.reading.office.volunteers"
"""The file of those who lead and help, which is about no family."""


def aggregates() -> dict[str, Aggregate[Any]]:
    """By the first word of its topics each kind of stream."""
    kinds = [each for each in vars(streams).values() if isinstance(each, Aggregate)]
    return {kind.name: kind for kind in [*kinds, rights.RIGHTS_CASE, breaches.BREACH_CASE, holds.HOLD, retention.RUN]}


def every_stream_loads(life: Life) -> int:
    """How many streams there are; raises for one that cannot be replayed."""
    kinds, loaded = aggregates(), 0
    for realm in life.house.realms.values():
        first = {r.stream: r.fact for _, r in realm.register.events_after(0, 100_000) if r.version == 1}
        for stream, fact in first.items():
            assert realm.register.load(kinds[fact.TOPIC.partition(".")[0]], stream) is not None
            loaded += 1
    return loaded


def test_with_everybody_erased_the_whole_story_replays_and_goes_on(life: Life) -> None:
    before = every_stream_loads(life)
    life.clock.set(SEPTEMBER_23)
    for person in ALL_FAMILIES:
        assert life.is_erased(person)["erased"]
    for person in (*ALL_FAMILIES, "child of D", "mother of D"):
        assert life.is_erased(person, TOWN)["erased"]

    assert every_stream_loads(life) == before + len(ALL_FAMILIES) * 2 + 2, "as before, and a case for each request"
    as_it_was = digests(life.house)
    assert rebuilt(life.house) == as_it_was
    for realm in life.house.realms.values():
        assert all(answer is ERASED for answer in realm.vault.open(values_about_families(life, realm.desk.realm)))
    for who in ("leader", "volunteer", "coordinator", "town's coordinator", "referrer", "secretary", "officer"):
        about_families = (one for one in everything(life, who) if "team" not in one.path and one.question != OFFICE)
        left = {str(one.value) for one in about_families if STEM in str(one.value)}
        assert left <= {*LOST.values(), DRAFTED}, "nothing but what the officers wrote of a breach, and an own draft"

    # The course goes on, with its counts as they were (RIG-07), and takes in whoever comes next.
    totals = leader.course(life.asker("leader"), life.ids["course"], life.desk())["turnout"][0]
    assert (totals["families"], totals["adults"], totals["children"]) == (2, 2, 2)
    life.plan_an_evening(4, date(2026, 10, 6))
    life.clock.set(SEPTEMBER_23.replace(day=29))
    life.count_an_evening(3)
    referral = municipality.referral(life.asker("town's coordinator"), life.ids["referral"], life.desk(TOWN))
    assert [step["stage"] for step in referral["steps"]] == ["registered", "accepted", "placed", "handed_over"]
    life.does("town's coordinator", referrals.WithdrawReferral(referral_id=life.ids["referral D"]), TOWN)
    assert rebuilt(life.house) == digests(life.house)


def test_new_personal_data_about_an_erased_person_is_refused_in_every_way(life: Life) -> None:
    life.is_erased("mother")
    course, family = life.ids["course"], life.ids["family"]
    statement = introductions.StatementTyped(told_by=life.ids["father"], about=life.ids["mother"], words="Hun kom igen")
    for command in (
        introductions.WritePart(course_id=course, family_id=family, kind=PartKind.NEEDS, statements=(statement,)),
        introductions.ChangeTelephone(
            course_id=course, family_id=family, person_id=life.ids["mother"], telephone="20304050"
        ),
    ):
        with pytest.raises(Refusal):
            life.does("leader", command)
    with pytest.raises(Refusal):
        life.answers(Purpose.SMS_REMINDERS, Answer.YES)
    with pytest.raises(Refusal):
        life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "practical")
    with another_process(life.house) as other:
        for house in (life.house, other):
            with pytest.raises(SubjectErased):
                house.realms[CLUB].vault.keys_for([(life.ids["mother"], NOTE, course)])


def test_the_others_of_the_family_lose_nothing(life_on_files: Life) -> None:
    life = life_on_files

    def of_the_others() -> dict[str, list[Any]]:
        names = {GIVEN_NAMES["mother"], SURNAMES["mother"], TELEPHONES["mother"], SAID["challenges"]}
        asked = ("leader", "father", "mother of B", "town's coordinator")
        return {
            who: sorted({str(one.value) for one in everything(life, who) if STEM in str(one.value)} - names)
            for who in asked
        }

    before = of_the_others()
    life.is_erased("mother")
    assert of_the_others() == before
    page = volunteer.shared_parts(life.asker("volunteer"), life.ids["course"], life.ids["family"], life.desk())
    assert [adult["given_name"] for adult in page["adults"]] == [GIVEN_NAMES["father"]]
    assert [child["given_name"] for child in page["children"]] == [GIVEN_NAMES[n] for n in ("girl", "boy", "brother")]


def test_what_somebody_told_about_the_erased_person_goes_and_what_it_told_about_the_child_stays(
    life_on_files: Life,
) -> None:
    life = life_on_files
    life.is_erased("father")
    note = leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], life.desk())
    words = {part["part_id"]: [said["words"] for said in part["statements"]] for part in note["parts"]}
    assert words[life.ids["challenges"]] == [SAID["challenges"]]
    assert words[life.ids["by the father"]] == []
    assert words[life.ids["practical"]] == [SAID["practical"]]


def test_the_households_words_live_as_long_as_one_of_its_members(life_on_files: Life) -> None:
    life = life_on_files

    def of_the_household() -> list[Any]:
        values = [v for v in values_about_families(life, CLUB) if v.subject == life.ids["family"]]
        return life.house.realms[CLUB].vault.open(values)

    for person in EVERYBODY[:-1]:
        life.is_erased(person)
        assert ERASED not in of_the_household()
    receipt = life.is_erased(EVERYBODY[-1])
    assert {"note", "language", "attendance"} <= {line["compartment"] for line in receipt["erased"]}
    assert all(answer is ERASED for answer in of_the_household())


def test_a_family_that_is_erased_leaves_its_course_so_that_the_next_evening_can_be_counted(life_on_files: Life) -> None:
    life = life_on_files
    for person in EVERYBODY:
        life.is_erased(person)
    life.clock.set(SEPTEMBER_23.replace(day=8))
    life.count_an_evening(2, "family B", "family C")
    turnout = leader.course(life.asker("leader"), life.ids["course"], life.desk())["turnout"]
    assert [(line["families"], line["children"]) for line in turnout[:2]] == [(2, 2), (2, 2)]


def test_the_bytes_of_an_erased_key_are_in_no_file_and_those_of_a_living_one_are(life_on_files: Life) -> None:
    life = life_on_files
    realm = life.house.realms[CLUB]
    folder = Path(realm.settings.keys.removeprefix("sqlite:///")).parent
    hers, his = wrapped_keys(life, "mother"), wrapped_keys(life, "father")
    consented = wrapped_keys(life, "mother", consents=True)
    assert len(hers) >= 4 and len(his) >= 3 and consented
    assert all(blob in written(folder) for blob in [*hers, *his])
    life.is_erased("mother")
    left = written(folder)
    assert [blob for blob in hers if blob in left] == []
    assert all(blob in left for blob in his)
    assert wrapped_keys(life, "mother") == []
    assert wrapped_keys(life, "father") == his


def test_nobody_finds_an_erased_person_by_name_or_number(life: Life) -> None:
    def found(**by: str) -> list[UUID]:
        return [
            hit["family_id"] for hit in municipality.search(life.asker("town's coordinator"), life.desk(TOWN), **by)
        ]

    assert found(name=GIVEN_NAMES["mother"]) == found(telephone=TELEPHONES["mother"]) == [life.ids["family"]]
    life.is_erased("mother", TOWN)
    assert found(name=GIVEN_NAMES["mother"]) == found(telephone=TELEPHONES["mother"]) == []
    assert found(name=SURNAMES["father"]) == [life.ids["family"]]
    with life.house.realms[TOWN].key_database.read() as connection:
        rows = connection.exec_driver_sql("SELECT subject FROM search_index").scalars().all()
    indexed = {row if isinstance(row, UUID) else UUID(bytes=bytes(row)) for row in rows}
    assert life.ids["mother"] not in indexed
    assert life.ids["father"] in indexed


@pytest.mark.parametrize("outcome", [Outcome.KEEP, Outcome.RESTRICT])
def test_what_the_town_must_keep_does_not_stop_the_club(outcome: Outcome, life_on_files: Life) -> None:
    life = life_on_files
    in_town = life.asks_to_be_erased("father", TOWN)
    for compartment in held_in(life.desk(TOWN).kind):
        if compartment.name not in ("rights", "municipal_telephone"):
            life.keeps(in_town, compartment.name, outcome)
    at_the_club = life.is_erased("father")
    kept = life.carry_out(in_town, TOWN)
    assert [line["compartment"] for line in kept["erased"]] == ["municipal_telephone"]
    assert {(line["legal_basis"], line["until"]) for line in kept["kept"] if line["compartment"] != "rights"} == {
        ("barnets lov § 7", "2031-12-31")
    }
    assert {"roster", "contact", "club_telephone", "note"} <= {line["compartment"] for line in at_the_club["erased"]}
    told = " ".join(str(one.value) for one in everything(life, "town's coordinator", (TOWN,)))
    assert (SURNAMES["father"] in told) == (outcome is Outcome.KEEP)
    assert SURNAMES["mother"] in told
    own_page = " ".join(str(one.value) for one in everything(life, "father", (TOWN,)))
    assert SURNAMES["father"] in own_page, "whoever it is about still sees it"
    assert SURNAMES["father"] not in " ".join(str(one.value) for one in everything(life, "leader"))


def test_the_father_may_not_ask_for_the_mothers_notes_nor_have_them_erased(life_on_files: Life) -> None:
    life = life_on_files
    for right in Right:
        with pytest.raises(Refusal) as refusal:
            life.does("father", rights.ReceiveRequest(right=right, subject=life.ids["mother"]))
        assert refusal.value.code == "not_own_data"
        with pytest.raises(Refusal):
            life.does(
                "officer",
                rights.ReceiveRequest(right=right, subject=life.ids["mother"], asked_by=life.ids["father"]),
            )
    told = " ".join(str(one.value) for one in everything(life, "father"))
    assert SAID["by the father"] in told
    shown = {words for words in SAID.values() if words in told}
    assert shown == {SAID["by the father"]}, "what he told, and nothing of hers, not even what she told about him"


def test_a_parent_speaks_for_a_child_that_lives_with_it_and_for_no_other(life_on_files: Life) -> None:
    life = life_on_files
    ask = rights.ReceiveRequest(right=Right.ACCESS, subject=life.ids["girl"])
    assert life.does("father", ask)["request_id"]
    for child in ("boy", "child of B"):
        with pytest.raises(Refusal):
            life.does("father", rights.ReceiveRequest(right=Right.ACCESS, subject=life.ids[child]))


def test_an_erased_person_has_no_own_page_any_more_and_its_readings_stay_in_the_log(life_on_files: Life) -> None:
    life = life_on_files
    leader.course(life.asker("leader"), life.ids["course"], life.desk())
    read = [entry for entry in life.desk().log.find(subject=life.ids["mother"]) if entry.action == "read"]
    life.is_erased("mother")
    assert own.own_data(life.asker("mother"), life.desk())["members"] == []
    assert [e for e in life.desk().log.find(subject=life.ids["mother"]) if e.action == "read"] == read != []
    assert life.house.realms[CLUB].verify_log().first_broken is None


def values_about_families(life: Life, realm: str) -> list[Sealed]:
    """Every sealed value of the realm's events that is not about its own staff and volunteers, nor a breach."""
    return [
        value
        for _, recorded in life.house.realms[realm].register.events_after(0, 100_000)
        for name in recorded.fact.MARKS.personal
        if isinstance(value := getattr(recorded.fact, name), Sealed)
        and value.compartment not in ("staff_file", "volunteer_file", "rights", "breach")
    ]


def wrapped_keys(life: Life, person: str, *, consents: bool = False) -> list[bytes]:
    with life.house.realms[CLUB].key_database.read() as connection:
        rows = connection.execute(key_table.select().where(key_table.c.subject == life.ids[person])).all()
    rows = [row for row in rows if row.wrapped is not None and row.compartment != "rights"]
    return [row.wrapped for row in rows if not consents or row.consent.int]


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("keys.sqlite*")))


def test_the_way_in_of_an_erased_person_ends_with_the_day_and_of_the_others_stays(life_on_files: Life) -> None:
    life = life_on_files
    for parent in ("mother", "father"):
        asker = life.asker(parent)
        role = AssignRole(actor=asker.actor, role=Role.FAMILY, since=date(2026, 8, 1), person_id=asker.person_id)
        life.does("administrator", role)
    life.is_erased("mother")

    today = life.clock.today()
    roles = {row.actor: row.until for row in life.desk().register.rows().where(RoleHeld, role=Role.FAMILY)}
    assert roles == {life.asker("mother").actor: today, life.asker("father").actor: None}
