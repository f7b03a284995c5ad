"""After a withdrawal exactly those who had read are asked back, sheet by sheet, until each is seen to (INT-08)."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from application.consents import Answer
from application.reading import leader, recalls, volunteer
from application.recalls import AskBack
from domain.consent import Outcome
from domain.errors import Refusal
from domain.lists import Purpose
from tests.living import CO_LEADER, LEADER, OTHER_VOLUNTEER, SAID, VOLUNTEER, Life

PRESENTATION, PRACTICAL = "consent to presentation", "consent to practical"


def reads(life: Life, who: str, *, printed: bool = False) -> Any:
    return volunteer.evening(life.asker(who), life.ids["course"], life.desk(), printed=printed)


def listed(life: Life) -> dict[UUID, Any]:
    """The leader's list, by consent."""
    lines = recalls.recalls(life.asker("leader"), life.ids["course"], life.desk())
    return {line["consent_id"]: line for line in lines}


def still_open(life: Life) -> dict[UUID, tuple[list[UUID], list[UUID]]]:
    """The officer's."""
    lines = recalls.open_recalls(life.asker("officer"), life.desk())
    return {line["consent_id"]: (line["readers"], line["sheets"]) for line in lines}


def test_the_readers_who_are_asked_back_are_those_who_read_and_nobody_else(life: Life) -> None:
    had = Counter[UUID]()
    for who, actor, times in (("volunteer", VOLUNTEER, 3), ("other volunteer", OTHER_VOLUNTEER, 1)):
        for _ in range(times):
            assert SAID["presentation"] in str(reads(life, who))
            had[actor] += 1
    sheet = reads(life, "other volunteer", printed=True)["sheet_id"]
    had[OTHER_VOLUNTEER] += 1
    with pytest.raises(Refusal):
        reads(life, "late volunteer")
    leader.note(life.asker("leader"), life.ids["course"], life.ids["family"], life.desk())
    assert (listed(life), still_open(life)) == ({}, {}), "nothing was taken back"

    life.withdraws(life.ids[PRESENTATION])
    for who in ("volunteer", "other volunteer"):
        reads(life, who, printed=True)  # of what is left, under another consent
    line = listed(life)[life.ids[PRESENTATION]]
    assert {reader["actor"]: reader["times"] for reader in line["readers"]} == dict(had)
    assert [each["sheet_id"] for each in line["sheets"]] == [sheet]
    assert still_open(life) == {life.ids[PRESENTATION]: ([VOLUNTEER, OTHER_VOLUNTEER], [sheet])}
    assert LEADER not in had, "the author of a note is no reader of it"


def test_each_is_told_and_each_sheet_dealt_with_until_nothing_is_open(life_on_files: Life) -> None:
    life = life_on_files
    consent = life.ids[PRACTICAL]
    sheet = reads(life, "volunteer", printed=True)["sheet_id"]

    def done(**what: Any) -> Any:
        return life.does("leader", AskBack(consent_id=consent, **what))

    with pytest.raises(Refusal, match="consent_in_force"):
        done(reader=VOLUNTEER, outcome=Outcome.TOLD)
    life.withdraws(consent)
    for what, code in (
        ({"reader": OTHER_VOLUNTEER, "outcome": Outcome.TOLD}, "not_in_recall"),
        ({"sheet": life.ids["course"], "outcome": Outcome.DESTROYED}, "not_in_recall"),
        ({"sheet": sheet, "outcome": Outcome.TOLD}, "recall_outcome_implausible"),
    ):
        with pytest.raises(Refusal, match=code):
            done(**what)
    done(reader=VOLUNTEER, outcome=Outcome.TOLD)
    assert still_open(life) == {consent: ([], [sheet])}
    done(sheet=sheet, outcome=Outcome.NOT_FOUND)
    done(sheet=sheet, outcome=Outcome.DESTROYED)
    assert still_open(life) == {}
    line = listed(life)[consent]
    assert [line["readers"][0]["outcome"], line["sheets"][0]["outcome"]] == [Outcome.TOLD, Outcome.DESTROYED]
    for who in ("volunteer", "leader elsewhere", "mother", "officer"):
        with pytest.raises(Refusal):
            recalls.recalls(life.asker(who), life.ids["course"], life.desk())
    with pytest.raises(Refusal):
        recalls.open_recalls(life.asker("leader"), life.desk())


def test_a_co_leader_who_read_is_asked_back_and_a_yes_that_was_only_replaced_asks_nobody_back(
    life_on_files: Life,
) -> None:
    life = life_on_files
    leader.part(life.asker("co-leader"), life.ids["presentation"], life.desk())
    reads(life, "volunteer")
    life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "presentation")
    assert (listed(life), still_open(life)) == ({}, {})
    life.withdraws(life.ids["consent to the co-leader"])
    (line,) = listed(life).values()
    assert [reader["actor"] for reader in line["readers"]] == [CO_LEADER]
