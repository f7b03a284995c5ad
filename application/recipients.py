"""Who had what is held about a person: computed from the hand-overs and the access log, never typed in (Art. 15(1)(c), 19)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.desk import Desk
from application.handovers import RED_BARNET
from application.views.municipality import ReferralRow
from application.views.rights import ToldRow
from domain.compartments import (
    CLUB_TELEPHONE,
    FOLLOW_UP,
    MUNICIPAL_CONTACT,
    MUNICIPAL_TELEPHONE,
    NOTE,
    ROSTER,
    SHARED_NOTE,
    SHARED_THEME,
    RealmKind,
    held_in,
)
from domain.danish_time import day_of
from domain.errors import NotFound
from domain.people import Role
from gdpr.answering_facts import RecipientKind
from gdpr.ports import Entry
from gdpr.rectification import TOLD_ONWARD
from gdpr.rights import RightsCase
from gdpr.rights_facts import Right

_CROSSES = frozenset({MUNICIPAL_CONTACT.name, MUNICIPAL_TELEPHONE.name})
"""What a hand-over takes to Red Barnet; the grounds of a referral never do."""
_COPIES = {
    NOTE.name: (SHARED_NOTE.name, SHARED_THEME.name),
    ROSTER.name: (FOLLOW_UP.name,),
    CLUB_TELEPHONE.name: (FOLLOW_UP.name,),
}
TOLD_ROLES = (Role.LEADER, Role.VOLUNTEER, Role.PROFESSIONAL, Role.COORDINATOR, Role.SECRETARIAT)
_USES = ("read", "print", "disclose")


class NoSuchRecipient(NotFound):
    """Nobody of this name or pseudonym had the data, as far as the hand-overs and the log know."""

    code = "unknown_recipient"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Another controller by its realm's name, or a reader by pseudonym with the role it read in, and since when."""

    kind: RecipientKind
    recipient: str
    role: Role | None
    first_on: date
    last_on: date
    compartments: tuple[str, ...]
    told_on: date | None = None


def of_case(desk: Desk, case: RightsCase, household: Iterable[UUID]) -> list[Recipient]:
    """Whom to tell of the outcome of this case; empty for a right of which nobody is told, and where nothing changed."""
    if case.right not in TOLD_ONWARD:
        return []
    told = {(row.kind, row.recipient): row.on for row in desk.register.rows().where(ToldRow, request_id=case.case_id)}
    found = of_subjects(desk, {case.subject, *household}, _touched(desk, case), tuple(household))
    made_by = _corrected_by(desk, case)
    return [
        Recipient(
            each.kind, each.recipient, each.role, each.first_on, each.last_on, each.compartments,
            told.get((each.kind.value, each.recipient)),
        )
        for each in found
        if each.recipient not in made_by
    ]  # fmt: skip


def of_subjects(
    desk: Desk, subjects: Collection[UUID], compartments: Collection[str], households: Iterable[UUID]
) -> list[Recipient]:
    """Everybody outside and inside who got something about these subjects from these compartments, outside first."""
    return [*_controllers(desk, compartments, households), *_readers(desk, subjects, compartments)]


def _controllers(desk: Desk, compartments: Collection[str], households: Iterable[UUID]) -> list[Recipient]:
    crossed = tuple(sorted(_CROSSES & set(compartments)))
    if desk.kind is not RealmKind.MUNICIPALITY or not crossed:
        return []
    rows = desk.register.rows()
    days = [
        row.handed_over_on
        for family_id in households
        for row in rows.where(ReferralRow, family_id=family_id)
        if row.handed_over_on is not None
    ]
    if not days:
        return []
    return [Recipient(RecipientKind.CONTROLLER, RED_BARNET, None, min(days), max(days), crossed)]


def _readers(desk: Desk, subjects: Collection[UUID], compartments: Collection[str]) -> list[Recipient]:
    by_reader: dict[tuple[UUID, str], list[Entry]] = {}
    found = desk.log.find(
        subjects=tuple(subjects), compartments=tuple(compartments), roles=tuple(r.value for r in TOLD_ROLES),
        actions=_USES, allowed=True,
    )  # fmt: skip
    for entry in found:
        if entry.actor is not None:
            by_reader.setdefault((entry.actor, entry.role), []).append(entry)
    return [
        Recipient(
            RecipientKind.READER, str(actor), Role(role), day_of(entries[0].at), day_of(entries[-1].at),
            tuple(sorted({entry.compartment for entry in entries})),
        )
        for (actor, role), entries in by_reader.items()
    ]  # fmt: skip


def _touched(desk: Desk, case: RightsCase) -> set[str]:
    """The compartments whose outcome the case changed, with those into which their values are copied."""
    if case.right is Right.RECTIFICATION:
        names = set(case.answering.corrects)
    elif case.right is Right.RESTRICTION:
        names = {name for _, name in case.restricted}
    else:
        names = {
            each.name for each in held_in(desk.kind) if case.fenced is not None and each.name in case.fenced.closed
        }
    return names | {copy for name in names for copy in _COPIES.get(name, ())}


def _corrected_by(desk: Desk, case: RightsCase) -> set[str]:
    """Whoever made the corrections knows of them."""
    made = [wish.made for wish in case.answering.wishes.values() if wish.made is not None]
    return {
        str(recorded.context.actor)
        for each in made
        for recorded in desk.register.history(each.stream)
        if recorded.version == each.version
    }
