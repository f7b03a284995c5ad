"""What every contestant of the benchmark does: the same work, by its own best means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tests.performance.households import Household


class Contestant(Protocol):
    """A store of households with an access log; every answer of a reading is durable in that log before it is given."""

    name: str

    def register(self, household: Household) -> None: ...

    def refer(self, household: Household) -> None: ...

    def seat(self, households: Sequence[Household]) -> None:
        """Whatever must happen between the referral and the note; not measured, and nothing for most."""

    def note(self, household: Household) -> None: ...

    def read_back(self, household: Household) -> None:
        """Whatever must happen between the note and the consent; not measured, and nothing for most."""

    def consent(self, household: Household) -> None:
        """From here on the volunteers read the note."""

    def settle(self) -> None:
        """Return once every reading shows every command."""

    def page(self, household: Household) -> Sequence[str]:
        """The values of the first form."""

    def roster(self, households: Sequence[Household]) -> Sequence[str]:
        """First names and notes of all households of one course."""

    def own(self, household: Household) -> Sequence[str]:
        """What is held about the first adult and the children."""

    def ask_for_erasure(self, household: Household) -> None:
        """Whatever must happen before an erasure may be carried out; not measured."""

    def erase(self, household: Household) -> None:
        """The first adult is unreadable in the events and in every view, and stays so after a rebuild."""

    def bulk(self, households: Sequence[Household]) -> None: ...

    def rebuild(self) -> int:
        """All read models anew; how many events that took."""

    def events(self) -> int: ...

    def close(self) -> None: ...
