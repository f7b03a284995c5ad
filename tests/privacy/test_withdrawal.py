"""Taking a consent back bites at once, everywhere, and leaves no mark on the place or for the volunteers (INT-08, INT-10)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.wiring import House
from application import courses
from application.consents import Answer, WithdrawConsent
from application.reading import groups, leader, own, recalls, volunteer
from application.views.club import Headcount
from application.views.course import Booking, CourseRow, EveningRow, KeptApart, SeatRow, TeamMember
from domain.custody import Arrangement
from domain.errors import Refusal
from domain.lists import PartKind, Purpose
from domain.purposes import ABOUT_PARTS
from gdpr.ports import ERASED
from tests.house import CLUB, another_process
from tests.living import CO_LEADER, FIRST_EVENING, OTHER_VOLUNTEER, SAID, SEPTEMBER_23, VOLUNTEER, Life
from tests.privacy.asking import answered, everything
from tests.privacy.conftest import Told

SHARED = SAID["presentation"]


def words_shown(life: Life, house: House, who: str = "volunteer") -> list[str]:
    """What the volunteer's page of the evening shows of what families told, in this process."""
    page = volunteer.evening(life.asker(who), life.ids["course"], house.desk(CLUB))
    return [words for family in page["families"] for part in family["parts"] for words in part["words"]]


def test_the_next_reading_anywhere_is_without_it_however_warm_the_caches(life: Life) -> None:
    with another_process(life.house) as other:
        for house in (life.house, other, life.house, other):
            assert SHARED in words_shown(life, house)
            assert volunteer.shared_part(life.asker("volunteer"), life.ids["presentation"], house.desk(CLUB))
        life.clock.set(SEPTEMBER_23)
        life.withdraws(life.ids["consent to presentation"])
        for house in (other, life.house):
            for who in ("volunteer", "other volunteer"):
                assert words_shown(life, house, who) == [SAID["practical"]]
                with pytest.raises(Refusal) as refusal:
                    volunteer.shared_part(life.asker(who), life.ids["presentation"], house.desk(CLUB))
                assert refusal.value.code == "not_for_this_reader"


def test_even_whoever_kept_the_sealed_words_opens_them_no_more_and_the_leaders_own_note_stays(life: Life) -> None:
    kept = [
        recorded.fact.words  # type: ignore[attr-defined]
        for _, recorded in life.house.realms[CLUB].register.events_after(0, 10_000)
        if recorded.fact.TOPIC == "introduction.statement_disclosed"
    ]
    vault = life.house.realms[CLUB].vault
    assert vault.open(kept) == [SHARED, SAID["practical"]]
    life.withdraws(life.ids["consent to presentation"])
    assert vault.open(kept) == [ERASED, SAID["practical"]]
    note = leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], life.desk())
    assert SHARED in json.dumps(note, default=str), "withdrawal closes, erasure destroys (RIG-18)"
    assert SHARED in json.dumps(own.own_data(life.asker("mother"), life.desk()), default=str)


def test_the_recall_list_names_who_had_read_and_each_printed_sheet_and_nobody_else(life: Life) -> None:
    course, consent = life.ids["course"], life.ids["consent to presentation"]
    volunteer.evening(life.asker("volunteer"), course, life.desk())
    sheet = volunteer.evening(life.asker("volunteer"), course, life.desk(), printed=True)
    in_force = recalls.recall(life.asker("leader"), consent, life.desk())
    assert (in_force["readers"], in_force["sheets"]) == ([], []), "the log is the officer's"
    life.clock.set(SEPTEMBER_23)
    life.withdraws(consent)
    later = volunteer.evening(life.asker("volunteer"), course, life.desk(), printed=True)
    volunteer.evening(life.asker("other volunteer"), course, life.desk())

    list_ = recalls.recall(life.asker("leader"), consent, life.desk())
    assert [reader["actor"] for reader in list_["readers"]] == [VOLUNTEER]
    assert list_["readers"][0]["times"] == 2
    assert [each["sheet_id"] for each in list_["sheets"]] == [sheet["sheet_id"]]
    assert later["sheet_id"] != sheet["sheet_id"]
    for who in ("volunteer", "coordinator", "secretary", "leader elsewhere"):
        with pytest.raises(Refusal):
            recalls.recall(life.asker(who), consent, life.desk())


def test_withdrawing_touches_neither_the_place_nor_any_other_consent(life: Life) -> None:
    def everything_else() -> dict[str, Any]:
        page = leader.course(life.asker("leader"), life.ids["course"], life.desk())
        consents = leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], life.desk())["consents"]
        others = [line for line in consents if line["consent_id"] != life.ids["consent to presentation"]]
        return {"page": page, "consents": others, "programme": own.programme(life.asker("mother"), life.desk())}

    before = everything_else()
    life.withdraws(life.ids["consent to presentation"])
    assert everything_else() == before


def test_the_family_withdraws_by_itself_as_easily_and_nobody_elses_consent(life: Life) -> None:
    for who in ("father", "mother of B"):
        with pytest.raises(Refusal):
            life.does(who, WithdrawConsent(consent_id=life.ids["consent to presentation"]))
    life.does("mother", WithdrawConsent(consent_id=life.ids["consent to presentation"]))
    assert SHARED not in words_shown(life, life.house)


# Given and withdrawn, refused, and not asked are the same, for everybody but the leader and the family.

WAYS = ("not asked", "not decided", "refused", "given and withdrawn", "given, replaced by a no")
CHOICES = st.lists(
    st.tuples(
        st.sampled_from(list(PartKind)),
        st.sampled_from(WAYS),
        st.sampled_from([Purpose.SHARE_WITH_VOLUNTEERS, Purpose.SHARE_WITH_CO_LEADER, Purpose.ANONYMOUS_THEMES]),
        st.sampled_from([(), (VOLUNTEER,), (OTHER_VOLUNTEER, CO_LEADER)]),
        st.sampled_from(["mother", "boy", None]),
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def long_life(told_on_files: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One story to which parts are added, each consent of which ends in a no: nothing may ever show of them."""
    with told_on_files.again(tmp_path_factory.mktemp("long") / "home") as life:
        yield life


def seen_by(life: Life, *people: str) -> str:
    return json.dumps(
        {who: [(one.question, one.path, str(one.value)) for one in everything(life, who, (CLUB,)) if comparable(one.key)]
         for who in people}
    )  # fmt: skip


def comparable(key: str | int) -> bool:
    """A printed sheet has a number of its own, and the log grows whatever is asked."""
    return key not in ("sheet_id", "version")


@given(choices=CHOICES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_volunteer_professional_or_coordinator_can_tell_a_no_from_a_question_never_asked(
    choices: list[tuple[PartKind, str, Purpose, tuple[Any, ...], str | None]], long_life: Life
) -> None:
    life = long_life
    outsiders = ("volunteer", "other volunteer", "professional", "coordinator")
    before, enrolled = seen_by(life, *outsiders), places(life)
    for kind, way, purpose, not_to, about in choices:
        part_id = life.write("a part", kind, ("mother", about, f"{SAID['wishes']} igen"))
        untouched = answered_about(life, part_id)
        if way == "not decided":
            life.answers(purpose, Answer.NOT_DECIDED, "a part", not_to=not_to)
        elif way == "refused":
            life.answers(purpose, Answer.NO, "a part", not_to=not_to)
        elif way == "given and withdrawn":
            life.withdraws(life.answers(purpose, Answer.YES, "a part", not_to=not_to))
        elif way == "given, replaced by a no":
            life.answers(purpose, Answer.YES, "a part", not_to=not_to)
            life.answers(purpose, Answer.NO, "a part")
        assert answered_about(life, part_id) == untouched, f"{way} shows"
    assert seen_by(life, *outsiders) == before
    assert places(life) == enrolled


def test_a_yes_does_show_so_that_the_comparison_can_see(long_life: Life) -> None:
    life = long_life
    before = seen_by(life, "volunteer")
    part_id = life.write("a part", PartKind.NEEDS, ("mother", None, f"{SAID['wishes']} endnu en gang"))
    untouched = answered_about(life, part_id)
    consent = life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "a part")
    assert seen_by(life, "volunteer") != before
    assert answered_about(life, part_id) != untouched
    life.withdraws(consent)
    assert seen_by(life, "volunteer") == before
    assert answered_about(life, part_id) == untouched


def answered_about(life: Life, part_id: Any) -> list[str]:
    """What volunteers are answered who ask for the part by its id, refusals included, and what the log says of why."""
    said = []
    for who in ("volunteer", "other volunteer", "co-leader"):
        answer = answered(life, who, CLUB, volunteer.shared_part, {"part_id": part_id})
        said.append(repr(answer) if isinstance(answer, Refusal) else json.dumps(answer, default=str))
    return said


def places(life: Life) -> str:
    page = leader.course(life.asker("leader"), life.ids["course"], life.desk())
    return json.dumps([page["families"], page["size"], page["turnout"]], default=str)


def enrolled(told: Told, home: Path, way: str) -> tuple[str, str]:
    """A family is handed over, rung, asked everything, seated and counted; all rows and answers about places, and what
    a volunteer sees. Only what it is asked, and answers, differs."""
    with told.again(home) as life:
        for who in ("leader", "coordinator"):
            life.does(who, courses.DecideLateEntry(course_id=life.ids["course"], agreed=True))
        life.house.deliver()
        life.place_and_hand_over(life.ids["referral D"])
        life.ring("family D")
        life.tells_custody("child of D", Arrangement.SINGLE, "mother of D", family="family D")
        for kind in (PartKind.WISHES, PartKind.NEEDS):
            said = ("mother of D", "child of D" if kind is PartKind.NEEDS else None, f"{SAID['wishes']} hos D")
            life.write("a part of D", kind, said, family="family D")
            for purpose in Purpose if way != "not asked" else ():
                part = "a part of D" if purpose in ABOUT_PARTS else None
                answer = Answer.NO if way == "refused" else Answer.YES
                consent = life.answers(purpose, answer, part, person="mother of D", family="family D")
                if way == "withdrawn":
                    life.withdraws(consent)
        life.confirm("family D")
        life.count_an_evening(1, "family", "family D", absent=("family B", "family C"))
        rows = life.desk().register.rows()
        kept = [sorted(map(repr, rows.where(kind))) for kind in ABOUT_PLACES]
        course = life.ids["course"]
        asked = [
            *(json.loads(places(life))),
            groups.totals(life.asker("coordinator"), course, life.desk())["course"],
            groups.courses(life.asker("secretary"), life.desk()),
            leader.attendance(life.asker("leader"), course, 1, life.desk()),
        ]
        # Themes a family passes on are meant to show, once enough families have.
        shown = seen_by(life, "volunteer", "other volunteer", "professional")
        return json.dumps([kept, asked], default=str), shown


ABOUT_PLACES = (SeatRow, CourseRow, EveningRow, TeamMember, KeptApart, Booking, Headcount)


def test_the_same_enrolment_has_the_same_place_whatever_the_family_answers(told_on_files: Told, tmp_path: Path) -> None:
    """INT-10, GDPR Art. 7(4): given, refused, not asked and withdrawn differ in nothing that is about the place."""
    ways = ("not asked", "refused", "withdrawn", "given")
    outcomes = {way: enrolled(told_on_files, tmp_path / way, way) for way in ways}
    assert len({place for place, _ in outcomes.values()}) == 1
    assert len({seen for way, (_, seen) in outcomes.items() if way != "given"}) == 1
    assert outcomes["given"][1] != outcomes["refused"][1], "a yes shows, so the comparison can see"


def test_consents_end_with_the_course_so_that_a_returning_family_starts_from_no_again(life_on_files: Life) -> None:
    life = life_on_files
    assert words_shown(life, life.house) != []
    life.clock.set(FIRST_EVENING.replace(month=11, day=25))
    assert words_shown(life, life.house) == []
