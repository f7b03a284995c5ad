"""Which consents carry what is asked for, by the answers of the families on one page, looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from application.ports import Rows
from application.views.club import ChildsCustody, ClubMember, KeptStatement
from application.views.consents import ConsentRow
from application.views.evening import SharedStatement, SharedTheme
from domain.custody import Circle, Holders
from domain.lists import Purpose
from domain.people import ConsentId, FamilyId, PersonId, TakesPartAs
from domain.permission import Use, consents_for, use_of

_PURPOSE: dict[type, Purpose] = {
    SharedStatement: Purpose.SHARE_WITH_VOLUNTEERS,
    SharedTheme: Purpose.ANONYMOUS_THEMES,
    KeptStatement: Purpose.CARRY_OVER,
}
"""What each copy was made for."""


class Permitted:
    """What these families allow in one course on one day; every answer is that of `domain.permission` and of nothing else."""

    def __init__(self, rows: Rows, course_id: UUID, families: Collection[UUID], on: date) -> None:
        self._on = on
        self._circles = {family: _circle(FamilyId(family), rows) for family in families}
        self._answered: dict[tuple[UUID, Purpose, UUID | None], list[ConsentRow]] = defaultdict(list)
        for row in rows.where(ConsentRow, course_id=course_id):
            self._answered[row.family_id, row.purpose, row.part_id].append(row)

    def consents(self, use: Use, reader: UUID) -> frozenset[ConsentId]:
        """The consents on which exactly this use by this reader may rest; none when it is not allowed."""
        answered = self._answered.get((use.family_id, use.purpose, use.part_id), [])
        return consents_for(use, answered, self._circles[use.family_id], on=self._on, reader=reader)

    def carries(self, shared: SharedStatement | SharedTheme | KeptStatement, reader: UUID) -> bool:
        """Whether all that a copy rests on still allows this reader to have it."""
        about: UUID = shared.family_id if isinstance(shared, SharedTheme) else shared.about
        by_part = not isinstance(shared, KeptStatement)
        use = use_of(
            _PURPOSE[type(shared)], family_id=shared.family_id, course_id=shared.course_id, about=about,
            part_id=shared.part_id if by_part else None, edition=shared.edition if by_part else None,
        )  # fmt: skip
        return bool(shared.rests_on) and frozenset(map(ConsentId, shared.rests_on)) <= self.consents(use, reader)


def _circle(family_id: FamilyId, rows: Rows) -> Circle:
    members = [member for member in rows.where(ClubMember, family_id=family_id) if member.erased_on is None]
    custody = {row.child_id: row.told for row in rows.where(ChildsCustody, family_id=family_id)}
    children = [PersonId(m.person_id) for m in members if m.takes_part_as is not TakesPartAs.ADULT]
    return Circle(
        family_id,
        frozenset(PersonId(m.person_id) for m in members if m.takes_part_as is TakesPartAs.ADULT),
        {child: custody.get(child, Holders()) for child in children},
    )
