"""What an erasure costs does not depend on how much else is recorded: counted in the database's own steps, not in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.house import TOWN
from tests.performance.households import household
from tests.performance.ours import Ours
from tests.postgres import Backend

SMALL, LARGE = 2, 400
"""Households in the register; each is six events and nine keys."""
MOST = 1.25
_STEPS = 10


def _steps_of_an_erasure(ours: Ours, number: int) -> int:
    """The virtual machine's instructions, in tens, of all the statements of one erasure."""
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    def listen(driver: Any, _: Any) -> None:
        driver.set_progress_handler(count, _STEPS)

    ours.ask_for_erasure(household(number))
    realm = ours.house.realms[TOWN]
    for database in (realm.database, realm.key_database, realm.log_database):
        database.close()
        sa.event.listen(database.engine, "connect", listen)
    ours.erase(household(number))
    for database in (realm.database, realm.key_database, realm.log_database):
        sa.event.remove(database.engine, "connect", listen)
        database.close()
    return taken[0]


def test_an_erasure_takes_the_same_steps_among_few_events_and_among_many(tmp_path: Path) -> None:
    ours = Ours(Backend("sqlite", lambda: ""), tmp_path)
    ours.bulk([household(number) for number in range(SMALL)])
    few = _steps_of_an_erasure(ours, 0)
    ours.bulk([household(number) for number in range(SMALL, LARGE)])
    many = _steps_of_an_erasure(ours, LARGE - 1)
    ours.close()
    assert few > 0
    assert many <= MOST * few
