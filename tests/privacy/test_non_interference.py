"""Why a family was referred makes no difference at the club: not in an answer, a row, a size or a count (VIS-01, VIS-02).

The same story is lived twice with different reasons, everything else being the same: the clock, and every id, which is
dealt from a sequence of its own for each place where one is made. What is random by nature is compared by its length.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
import sqlalchemy as sa

from adapters.wiring import House
from application import referrals
from domain.facts import Place, Sealed
from domain.grounds import Assessment
from domain.lists import MunicipalCase
from infrastructure.rows import pack_sealed, unpack_sealed
from tests.house import CLUB, TOWN, a_house
from tests.living import Grounds, Life, a_story
from tests.postgres import Backend
from tests.privacy.asking import everything

ONE_REASON = Grounds(("lacking_network",), "at_risk", "Kort", MunicipalCase.NONE, ())
MANY_REASONS = Grounds(
    (
        "tight_economy", "conflict_at_home", "lacking_energy", "fragile_relations", "much_at_home", "no_shared_experiences",
    ),
    "not_thriving", "Et langt skriv om familien. " * 100, MunicipalCase.PREVENTIVE_MEASURE,
    (
        Assessment(kind="individual", factors=("mental_illness", "substance_misuse"), degree=3),
        Assessment(kind="structural", factors=("income", "housing"), degree=1),
    ),
)  # fmt: skip

AT_THE_CLUB = ("leader", "volunteer", "professional", "coordinator", "secretary")

RANDOM = {
    "keys": {"key_id", "wrapped", "commitment", "created_at"},
    "receiving_keys": {"public", "wrapped", "created_at"},
    "log_entries": {"salt", "private_digest", "leaf"},
    "log_checkpoints": {"note", "root", "frontier"},
    "view_course": {"receiving_key"},
    "events": {"state"},
    "outbox": {"body"},
    "alembic_version": {"version_num"},
}
"""Columns that hold keys, nonces, salts and what is computed from them, or the time of the machine; compared by length."""


class Dealt:
    """Ids that are the same in every life: for each place that makes them the next of its own sequence."""

    def __init__(self) -> None:
        self._so_far: Counter[str] = Counter()

    def at(self, place: str) -> Callable[[], UUID]:
        def deal() -> UUID:
            self._so_far[place] += 1
            return uuid5(NAMESPACE_OID, f"{place}/{self._so_far[place]}")

        return deal


@contextmanager
def dealt_ids() -> Iterator[Dealt]:
    dealt = Dealt()
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in ("application", "gdpr", "infrastructure", "domain") and hasattr(
                module, "uuid4"
            ):
                patch.setattr(module, "uuid4", dealt.at(name))
        yield dealt


@contextmanager
def lived_because_of(grounds: Grounds, backend: Backend, home: Path) -> Iterator[Life]:
    house = a_house(backend, home)
    try:
        with dealt_ids() as dealt:
            yield a_story(house, grounds=grounds, new_id=dealt.at("this test"))
    finally:
        house.close()


def answers_of(life: Life) -> dict[str, str]:
    """All that each of them is told, but for signatures: each house has a signing key of its own."""
    return {
        who: json.dumps(
            [(one.question, one.path, one.value) for one in everything(life, who, (CLUB,)) if one.key != "document"],
            default=str,
        )
        for who in AT_THE_CLUB
    }


def test_the_reason_changes_no_answer_and_no_row_at_the_club(backend: Backend, tmp_path: Path) -> None:
    told: list[dict[str, str]] = []
    kept: list[dict[str, Counter[Any]]] = []
    facts: list[list[Any]] = []
    in_town: list[int] = []
    for number, grounds in enumerate((ONE_REASON, MANY_REASONS)):
        with lived_because_of(grounds, backend, tmp_path / str(number)) as life:
            told.append(answers_of(life))
            kept.append(rows_at_the_club(life.house))
            facts.append(facts_at_the_club(life.house))
            in_town.append(life.house.realms[TOWN].register.head())
    assert in_town[0] < in_town[1], "in the town the two stories do differ"
    for who in AT_THE_CLUB:
        assert told[0][who] == told[1][who], f"the {who} is told something else"
        assert len(told[0][who]) > 500
    assert facts[0] == facts[1]
    assert kept[0].keys() == kept[1].keys()
    for table in kept[0]:
        assert kept[0][table] == kept[1][table], f"{table} differs"


def test_what_travels_to_the_club_is_as_long_whatever_the_reason(tmp_path: Path) -> None:
    sizes = []
    for number, grounds in enumerate((ONE_REASON, MANY_REASONS)):
        house = a_house(Backend("sqlite", lambda: ""), tmp_path / str(number))
        with dealt_ids() as dealt:
            life = Life(house, dealt.at("this test"))
            life.open_the_club()
            life.open_the_town()
            life.register_the_family()
            referral_id = life.refer("family", "girl", grounds)
            for command in (
                referrals.AcceptReferral(referral_id=referral_id),
                referrals.PlaceFamily(referral_id=referral_id, course_id=life.ids["course"]),
                referrals.HandOver(referral_id=referral_id),
            ):
                life.does("town's coordinator", command, TOWN)
        with house.realms[TOWN].database.read() as connection:
            waiting = connection.exec_driver_sql("SELECT body FROM outbox WHERE body IS NOT NULL").scalars().all()
        sizes.append([len(body) for body in waiting])
        house.close()
    assert sizes[0] == sizes[1]
    assert len(sizes[0]) == 1


def facts_at_the_club(house: House) -> list[Any]:
    """Every fact with its envelope, in order; of a sealed value its place, its subject and its length."""
    found = []
    for position, recorded in house.realms[CLUB].register.events_after(0, 10_000):
        clear = {name: getattr(recorded.fact, name) for name in recorded.fact.MARKS.clear if name != "receiving_key"}
        personal = {name: outside_of(getattr(recorded.fact, name)) for name in recorded.fact.MARKS.personal}
        found.append(
            (position, recorded.stream, recorded.version, recorded.fact.TOPIC, recorded.context, clear, personal)
        )
    return found


def rows_at_the_club(house: House) -> dict[str, Counter[Any]]:
    """By store and table all rows, as far as they are not random."""
    realm = house.realms[CLUB]
    found: dict[str, Counter[Any]] = {}
    for store, database in (("register", realm.database), ("keys", realm.key_database), ("log", realm.log_database)):
        with database.read() as connection:
            for table in sa.inspect(connection).get_table_names():
                rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings().all()
                found[f"{store}.{table}"] = Counter(comparable(table, dict(row)) for row in rows)
    return found


def comparable(table: str, row: dict[str, Any]) -> tuple[Any, ...]:
    # A month begins with the signed end of the month before, and a signature is random.
    random = RANDOM.get(table, set()) | ({"public"} if row.get("action") == "link" else set())
    return tuple(
        (name, type(value).__name__, len(value) if isinstance(value, (bytes, str)) else None)
        if name in random
        else (name, outside_of(value))
        for name, value in row.items()
    )


def outside_of(value: Any) -> Any:
    """Of a sealed value, or a column that holds one, what can be seen without its key; everything else as it is."""
    if isinstance(value, bytes) and len(value) > 40:
        try:
            value = unpack_sealed(value)
        except Exception:
            return value
    if isinstance(value, Sealed):
        return (len(value.token), value.place, value.subject, value.compartment)
    if isinstance(value, list):
        return tuple(value)
    return value


def test_the_comparison_sees_a_difference_of_one_letter_in_a_clear_column_and_of_one_byte_in_a_sealed_one() -> None:
    assert comparable("view_seat", {"late": False}) != comparable("view_seat", {"late": True})
    assert comparable("keys", {"wrapped": b"x"}) != comparable("keys", {"wrapped": b"xy"})
    assert comparable("keys", {"wrapped": b"x"}) == comparable("keys", {"wrapped": b"y"})
    value = Sealed(b"1234", Place(UUID(int=1), 1, "topic", "field"), UUID(int=2), "note")
    stored = comparable("view_x", {"a": pack_sealed(value)})
    for changed in (
        replace(value, token=b"12345"),
        replace(value, compartment="roster"),
        replace(value, subject=UUID(int=3)),
    ):
        assert comparable("view_x", {"a": pack_sealed(changed)}) != stored
    assert comparable("view_x", {"a": pack_sealed(replace(value, token=b"9999"))}) == stored
