"""What the volunteers and visiting professionals may be shown: first names, ages, and the words under a consent's key."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.compartments import AGES, ROSTER, SHARED_NOTE, SHARED_THEME
from domain.consent import ConsentExpired, ConsentWithdrawn
from domain.facts import Sealed
from domain.introduction import DisclosureClosed, StatementDisclosed, ThemeDisclosed
from domain.lists import PartKind
from domain.participants import AdultReceived, BirthMonthCorrected, ChildReceived, NameCorrected, PersonErased
from domain.people import TakesPartAs

NAME = "evening"


@view_row("evening_member", key=("family_id", "person_id"), about="person_id")
class EveningMember:
    family_id: UUID
    person_id: UUID
    number: int
    takes_part_as: TakesPartAs
    comes: bool
    given_name: Annotated[Sealed | None, Holds(ROSTER)] = None
    birth_month: Annotated[Sealed | None, Holds(AGES)] = None


@view_row(
    "shared_statement",
    key=("statement_id", "key_id"),
    about="about",
    indexes=(("course_id", "family_id"), ("key_id",), ("part_id",)),
)
class SharedStatement:
    """One statement in the agreed wording, and the consents it rests on; gone from here when one of them ends."""

    statement_id: UUID
    key_id: UUID
    rests_on: tuple[UUID, ...]
    course_id: UUID
    family_id: UUID
    part_id: UUID
    edition: int
    number: int
    kind: PartKind
    about: UUID
    words: Annotated[Sealed | None, Holds(SHARED_NOTE)] = None


@view_row("shared_theme", key=("key_id", "number"), about="family_id", indexes=(("course_id",),))
class SharedTheme:
    key_id: UUID
    rests_on: tuple[UUID, ...]
    number: int
    course_id: UUID
    family_id: UUID
    part_id: UUID
    edition: int
    theme: Annotated[Sealed | None, Holds(SHARED_THEME)] = None


@view_row("closed_disclosure", key=("key_id",))
class ClosedDisclosure:
    """Keys whose destruction is due, or done: a restored key database is brought up to date by them."""

    key_id: UUID


ROWS: tuple[type[Any], ...] = (EveningMember, SharedStatement, SharedTheme, ClosedDisclosure)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case AdultReceived() as fact:
            rows.put(
                EveningMember(
                    family_id=recorded.stream, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=TakesPartAs.ADULT, comes=fact.comes, given_name=sealed_in(fact.given_name),
                )
            )  # fmt: skip
        case ChildReceived() as fact:
            rows.put(
                EveningMember(
                    family_id=recorded.stream, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=fact.takes_part_as, comes=True, given_name=sealed_in(fact.given_name),
                    birth_month=sealed_in(fact.birth_month),
                )
            )  # fmt: skip
        case NameCorrected() as fact:
            rows.change(
                EveningMember,
                {"family_id": recorded.stream, "person_id": fact.person_id},
                given_name=sealed_in(fact.given_name),
            )
        case BirthMonthCorrected() as fact:
            rows.change(
                EveningMember,
                {"family_id": recorded.stream, "person_id": fact.person_id},
                birth_month=sealed_in(fact.birth_month),
            )
        case StatementDisclosed() as fact:
            rows.put(
                SharedStatement(
                    statement_id=fact.statement_id, key_id=fact.key_id, rests_on=fact.rests_on,
                    course_id=fact.course_id, family_id=fact.family_id, part_id=fact.part_id, edition=fact.edition,
                    number=recorded.version, kind=fact.kind, about=fact.about, words=sealed_in(fact.words),
                )
            )  # fmt: skip
        case ThemeDisclosed() as fact:
            rows.put(
                SharedTheme(
                    key_id=fact.key_id, rests_on=fact.rests_on, number=recorded.version, course_id=fact.course_id,
                    family_id=fact.family_id, part_id=fact.part_id, edition=fact.edition, theme=sealed_in(fact.theme),
                )
            )  # fmt: skip
        case ConsentWithdrawn() | ConsentExpired():
            rows.delete(SharedStatement, key_id=recorded.stream)
            rows.delete(SharedTheme, key_id=recorded.stream)
        case DisclosureClosed() as fact:
            rows.delete(SharedStatement, key_id=fact.key_id)
            rows.delete(SharedTheme, key_id=fact.key_id)
            rows.put(ClosedDisclosure(key_id=fact.key_id))
        case PersonErased() as fact:
            rows.delete(EveningMember, family_id=recorded.stream, person_id=fact.person_id)
            rows.delete(SharedStatement, about=fact.person_id)
        case _:
            pass
