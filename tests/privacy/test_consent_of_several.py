"""What is about a child takes the yes of all who hold custody, goes with any of them, and takes nothing else along (INT-22)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from adapters import wordings
from application.consents import Answer, RecordAnswer, WithdrawConsent
from application.custody import TellCustody
from application.reading import leader, volunteer
from domain.custody import Arrangement
from domain.errors import Refusal
from domain.lists import PartKind, Purpose, Way
from gdpr.ports import ERASED
from tests.house import CLUB
from tests.living import ENDS_ON, STEM, Life

OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL = (f"{STEM}{word}" for word in ("hende", "ham", "pigen", "hjemmet"))


def told(life: Life, *, arrangement: Arrangement = Arrangement.JOINT) -> UUID:
    """A part about the mother, the father, the girl whom both hold custody of, and the household."""
    if arrangement is not Arrangement.UNKNOWN:
        life.tells_custody("girl", arrangement, "mother", "father")
    return life.write(
        "of all", PartKind.NEEDS, ("mother", "mother", OF_HER), ("father", "father", OF_HIM),
        ("mother", "girl", OF_THE_GIRL), ("mother", None, OF_ALL),
    )  # fmt: skip


def read_by(life: Life, who: str = "volunteer") -> set[str]:
    """What is read of this part."""
    page = volunteer.evening(life.asker(who), life.ids["course"], life.desk())
    shown = {words for family in page["families"] for part in family["parts"] for words in part["words"]}
    return shown & {OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL}


def says(life: Life, person: str, answer: Answer = Answer.YES, **more: Any) -> UUID:
    return life.answers(Purpose.SHARE_WITH_VOLUNTEERS, answer, "of all", person=person, **more)


def test_each_yes_opens_what_it_carries_and_the_childs_words_wait_for_both(life: Life) -> None:
    told(life)
    says(life, "mother")
    assert read_by(life) == {OF_HER, OF_ALL}
    his = says(life, "father")
    assert read_by(life) == {OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL}

    life.does("father", WithdrawConsent(consent_id=his))
    assert read_by(life) == {OF_HER}, "his own goes, the girl's goes at once, and of the household he has said no"
    says(life, "father")
    assert read_by(life) == {OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL}, (
        "withdrawn ends a record, and nobody's right to a yes"
    )


def test_the_keys_of_what_closed_are_gone_and_no_other(life_on_files: Life) -> None:
    life = life_on_files
    told(life)
    says(life, "mother")
    his = says(life, "father")
    kept = {
        recorded.fact.about: recorded.fact.words  # type: ignore[attr-defined]
        for _, recorded in life.house.realms[CLUB].register.events_after(0, 10_000)
        if recorded.fact.TOPIC == "introduction.statement_disclosed" and recorded.fact.part_id == life.ids["of all"]  # type: ignore[attr-defined]
    }
    life.withdraws(his)
    vault = life.house.realms[CLUB].vault
    people = [life.ids[name] for name in ("mother", "father", "girl", "family")]
    assert vault.open([kept[about] for about in people]) == [OF_HER, ERASED, ERASED, ERASED]


def test_two_opposing_answers_are_a_no_and_the_leader_is_told_whom_it_waits_for(life_on_files: Life) -> None:
    life = life_on_files
    part_id = told(life)
    asked = RecordAnswer(
        course_id=life.ids["course"], family_id=life.ids["family"], person_id=life.ids["mother"],
        purpose=Purpose.SHARE_WITH_VOLUNTEERS, answer=Answer.YES, way=Way.IN_PERSON, part_id=part_id, edition=1,
        wording_id=wordings.wording_id(Purpose.SHARE_WITH_VOLUNTEERS), wording_version=1, language="da",
    )  # fmt: skip
    answer = life.does("leader", asked)
    waits = (answer["withheld_statements"], answer["awaits"], answer["custody_missing"])
    assert waits == (2, [str(life.ids["father"])], [])
    says(life, "father", Answer.NO)
    assert read_by(life) == {OF_HER}
    says(life, "mother")
    assert read_by(life) == {OF_HER}, "hers again does not outvote his"


def test_until_somebody_says_who_holds_custody_nothing_about_the_child_is_read(life_on_files: Life) -> None:
    life = life_on_files
    told(life, arrangement=Arrangement.UNKNOWN)
    says(life, "mother")
    says(life, "father")
    assert read_by(life) == {OF_HER, OF_HIM, OF_ALL}
    life.tells_custody("girl", Arrangement.JOINT, "mother", "father")
    says(life, "mother")
    says(life, "father")
    assert OF_THE_GIRL in read_by(life)
    life.tells_custody("girl", Arrangement.JOINT, "mother", "father", elsewhere=True)
    assert read_by(life) == {OF_HER, OF_HIM, OF_ALL}, "a third holder whom nobody has asked"


def test_a_co_leader_reads_of_a_part_only_what_consents_carry(life_on_files: Life) -> None:
    life = life_on_files
    told(life)

    def read() -> set[str]:
        page = leader.note(life.asker("co-leader"), life.ids["course"], life.ids["family"], life.desk())
        words = {s["words"] for part in page["parts"] for s in part["statements"]}
        return words & {OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL}

    assert read() == set()
    life.answers(Purpose.SHARE_WITH_CO_LEADER, Answer.YES, "of all")
    assert read() == {OF_HER, OF_ALL}
    life.answers(Purpose.SHARE_WITH_CO_LEADER, Answer.YES, "of all", person="father")
    assert read() == {OF_HER, OF_HIM, OF_THE_GIRL, OF_ALL}


def test_when_one_holder_is_erased_what_rested_on_that_one_closes_with_it(life_on_files: Life) -> None:
    life = life_on_files
    told(life)
    says(life, "mother")
    says(life, "father")
    life.is_erased("father")
    assert read_by(life) == {OF_HER, OF_ALL}, "the household's rested on her alone, and he has not said no"


def refused(life: Life, command: Any) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        life.does("leader", command)
    return refusal.value.code, refusal.value.field


def test_a_consent_outside_its_words_or_anothers_is_refused_in_words(life_on_files: Life) -> None:
    life = life_on_files
    told(life)
    share, sms = Purpose.SHARE_WITH_VOLUNTEERS, Purpose.SMS_REMINDERS

    def question(**other: Any) -> RecordAnswer:
        form: dict[str, Any] = {
            "course_id": life.ids["course"], "family_id": life.ids["family"], "person_id": life.ids["mother"],
            "purpose": share, "answer": Answer.YES, "way": Way.TELEPHONE, "part_id": life.ids["of all"], "edition": 1,
            "wording_id": wordings.wording_id(share), "wording_version": 1, "language": "da",
        }  # fmt: skip
        return RecordAnswer(**(form | other))

    cases: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"wording_id": wordings.wording_id(sms)}, ("wording_not_in_force", "wording_id")),
        ({"wording_version": 7}, ("wording_not_in_force", "wording_id")),
        ({"wording_id": None}, ("wording_not_in_force", "wording_id")),
        ({"language": "ar"}, ("wording_language_missing", "language")),
        ({"until": ENDS_ON.replace(month=12)}, ("consent_ends_too_late", "until")),
        ({"on_behalf_of": (life.ids["child of B"],)}, ("unknown_child", "on_behalf_of")),
        ({"on_behalf_of": (life.ids["boy"],), "person_id": life.ids["father"]}, ("not_a_holder", "on_behalf_of")),
        ({"on_behalf_of": (life.ids["brother"],)}, ("custody_not_told", "on_behalf_of")),
        ({"person_id": life.ids["mother of B"]}, ("unknown_person", "person_id")),
        ({"person_id": life.ids["girl"]}, ("unknown_person", "person_id")),
    ]
    for other, expected in cases:
        assert refused(life, question(**other)) == expected
    custody = TellCustody(
        course_id=life.ids["course"], family_id=life.ids["family"], child_id=life.ids["girl"],
        arrangement=Arrangement.SINGLE, told_by=life.ids["mother"], holders=(life.ids["mother of B"],),
    )  # fmt: skip
    assert refused(life, custody) == ("unknown_person", "holders")
    assert read_by(life) == set()
