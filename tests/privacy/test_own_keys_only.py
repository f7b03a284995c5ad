"""A process that was given few keys opens nothing else, even when the gate is gone round (house plan, decision 8)."""

from __future__ import annotations

from application.reading import volunteer
from domain.compartments import BY_NAME
from domain.facts import Sealed
from gdpr.ports import ERASED, WITHHELD
from tests.house import CLUB, TOWN, another_process
from tests.living import SAID, Life
from tests.privacy.asking import everything

VOLUNTEERS = frozenset({"roster", "ages", "shared_note"})


def all_values(life: Life, realm: str) -> list[Sealed]:
    return [
        value
        for _, recorded in life.house.realms[realm].register.events_after(0, 10_000)
        for name in recorded.fact.MARKS.personal
        if isinstance(value := getattr(recorded.fact, name), Sealed)
    ]


def test_the_volunteers_process_opens_its_three_compartments_and_nothing_else(lived: Life) -> None:
    with another_process(lived.house, opens=VOLUNTEERS) as house:
        for realm in (CLUB, TOWN):
            values = all_values(lived, realm)
            opened = house.realms[realm].vault.open(values)
            for value, answer in zip(values, opened, strict=True):
                assert (answer is WITHHELD) == (value.compartment not in VOLUNTEERS)
            assert ERASED not in opened
        compartments = {value.compartment for value in all_values(lived, CLUB)}
        assert compartments >= VOLUNTEERS | {
            "contact",
            "club_telephone",
            "note",
            "shared_theme",
            "follow_up",
            "attendance",
        }


def test_its_page_is_whole_and_every_other_page_empty_of_words(lived: Life) -> None:
    with another_process(lived.house, opens=VOLUNTEERS) as house:
        page = volunteer.evening(lived.asker("volunteer"), lived.ids["course"], house.desk(CLUB))
        assert SAID["presentation"] in str(page)
        shown = str(everything(type(lived)(house, lived.new_id, lived.ids), "leader", (CLUB,)))
        assert not any(words in shown for name, words in SAID.items() if name not in ("presentation", "practical"))


def test_a_process_without_any_key_opens_nothing(lived: Life) -> None:
    with another_process(lived.house, opens=frozenset()) as house:
        for realm in (CLUB, TOWN):
            values = all_values(lived, realm)
            assert set(house.realms[realm].vault.open(values)) == {WITHHELD}
            assert len({value.compartment for value in values} & BY_NAME.keys()) > 4
