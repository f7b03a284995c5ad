"""What the leader works with: the families of the course, the notes as written, and the attendance book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from application.ports import Recorded, Rows
from application.views.rows import Holds, sealed_in, view_row
from domain.attendance import CancellationsCounted, HeadcountRecorded, LineRecorded
from domain.compartments import (
    AGES,
    ATTENDANCE,
    CARRIED_NOTE,
    CLUB_TELEPHONE,
    CONTACT,
    FOLLOW_UP,
    LANGUAGE,
    NOTE,
    ROSTER,
)
from domain.custody import Arrangement, Holders
from domain.danish_time import day_of
from domain.facts import Sealed
from domain.introduction import (
    DisclosureClosed,
    PartReadBack,
    PartWritten,
    StatementKept,
    StatementWritten,
    ThemeWished,
)
from domain.lists import PartKind
from domain.participants import (
    AdultReceived,
    BirthMonthCorrected,
    ChildReceived,
    CustodyTold,
    FamilyReceived,
    FollowUpKept,
    LanguageReceived,
    NameCorrected,
    PersonErased,
    TelephoneChanged,
)
from domain.people import PersonId, TakesPartAs

NAME = "club"


@view_row("club_family", key=("family_id",), about="family_id")
class ClubFamily:
    family_id: UUID
    from_realm: str
    language: Annotated[Sealed | None, Holds(LANGUAGE)] = None
    needs_translation: Annotated[Sealed | None, Holds(LANGUAGE)] = None


@view_row("club_member", key=("family_id", "person_id"), about="person_id", indexes=(("person_id",),))
class ClubMember:
    family_id: UUID
    person_id: UUID
    number: int
    takes_part_as: TakesPartAs
    household_ids: tuple[UUID, ...]
    comes: bool
    erased_on: date | None = None
    given_name: Annotated[Sealed | None, Holds(ROSTER)] = None
    birth_month: Annotated[Sealed | None, Holds(AGES)] = None
    family_name: Annotated[Sealed | None, Holds(CONTACT)] = None
    caregiver: Annotated[Sealed | None, Holds(CONTACT)] = None
    telephone: Annotated[Sealed | None, Holds(CLUB_TELEPHONE)] = None


@view_row("childs_custody", key=("family_id", "child_id"))
class ChildsCustody:
    """Who may say yes for a child, as the family says."""

    family_id: UUID
    child_id: UUID
    arrangement: Arrangement
    holders: tuple[UUID, ...]
    elsewhere: bool
    told_on: date

    @property
    def told(self) -> Holders:
        return Holders(self.arrangement, frozenset(map(PersonId, self.holders)), self.elsewhere)


@view_row("note_part", key=("part_id",), indexes=(("family_id", "course_id"), ("course_id",)))
class NotePart:
    part_id: UUID
    family_id: UUID
    course_id: UUID
    number: int
    kind: PartKind
    author: UUID
    edition: int
    written_on: date
    read_back_on: date | None = None


@view_row("statement", key=("statement_id",), about="about", indexes=(("part_id",),))
class StatementRow:
    statement_id: UUID
    part_id: UUID
    edition: int
    number: int
    about: UUID
    told_by: UUID
    words: Annotated[Sealed | None, Holds(NOTE)] = None


@view_row("kept_statement", key=("statement_id", "key_id"), about="about", indexes=(("family_id",), ("key_id",)))
class KeptStatement:
    """What was told in one course and is kept for the family's next one, and the consents it rests on."""

    statement_id: UUID
    key_id: UUID
    rests_on: tuple[UUID, ...]
    family_id: UUID
    course_id: UUID
    part_id: UUID
    edition: int
    number: int
    kind: PartKind
    about: UUID
    told_by: UUID
    words: Annotated[Sealed | None, Holds(CARRIED_NOTE)] = None


@view_row("wished_theme", key=("part_id", "edition", "number"), about="family_id")
class WishedTheme:
    part_id: UUID
    edition: int
    number: int
    family_id: UUID
    theme: Annotated[Sealed | None, Holds(NOTE)] = None


@view_row("attendance_line", key=("course_id", "evening", "family_id"), about="family_id")
class AttendanceLine:
    course_id: UUID
    evening: int
    family_id: UUID
    status: Annotated[Sealed | None, Holds(ATTENDANCE)] = None
    adults: Annotated[Sealed | None, Holds(ATTENDANCE)] = None
    children: Annotated[Sealed | None, Holds(ATTENDANCE)] = None
    siblings: Annotated[Sealed | None, Holds(ATTENDANCE)] = None
    way: Annotated[Sealed | None, Holds(ATTENDANCE)] = None


@view_row("headcount", key=("course_id", "evening"))
class Headcount:
    """Totals of an evening; `counted` once its attendance was recorded, before that only cancellations (ATT-06)."""

    course_id: UUID
    evening: int
    cancelled: int = 0
    counted: bool = False
    families: int = 0
    adults: int = 0
    children: int = 0
    siblings: int = 0
    not_come: int = 0


@view_row("follow_up", key=("consent_id",), about="person_id")
class FollowUp:
    consent_id: UUID
    person_id: UUID
    family_id: UUID
    given_name: Annotated[Sealed | None, Holds(FOLLOW_UP)] = None
    telephone: Annotated[Sealed | None, Holds(FOLLOW_UP)] = None


ROWS: tuple[type[Any], ...] = (
    ClubFamily, ClubMember, ChildsCustody, NotePart, StatementRow, KeptStatement, WishedTheme, AttendanceLine, Headcount,
    FollowUp,
)  # fmt: skip


def follow(recorded: Recorded, rows: Rows) -> None:
    for followers in (_follow_family, _follow_changes, _follow_notes, _follow_attendance):
        if followers(recorded, rows):
            return


def _follow_family(recorded: Recorded, rows: Rows) -> bool:
    family_id = recorded.stream
    match recorded.fact:
        case FamilyReceived() as fact:
            known = rows.get(ClubFamily, family_id=family_id)
            rows.put(known or ClubFamily(family_id=family_id, from_realm=fact.from_realm))
        case AdultReceived() as fact:
            rows.put(
                ClubMember(
                    family_id=family_id, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=TakesPartAs.ADULT, household_ids=(fact.household_id,), comes=fact.comes,
                    given_name=sealed_in(fact.given_name), family_name=sealed_in(fact.family_name),
                    caregiver=sealed_in(fact.caregiver), telephone=sealed_in(fact.telephone),
                )
            )  # fmt: skip
        case ChildReceived() as fact:
            rows.put(
                ClubMember(
                    family_id=family_id, person_id=fact.person_id, number=recorded.version,
                    takes_part_as=fact.takes_part_as, household_ids=fact.household_ids, comes=True,
                    given_name=sealed_in(fact.given_name), birth_month=sealed_in(fact.birth_month),
                )
            )  # fmt: skip
        case LanguageReceived() as fact:
            family = rows.get(ClubFamily, family_id=family_id)
            assert family is not None
            rows.put(
                replace(family, language=sealed_in(fact.language), needs_translation=sealed_in(fact.needs_translation))
            )
        case FollowUpKept() as fact:
            rows.put(
                FollowUp(
                    consent_id=fact.consent_id, person_id=fact.person_id, family_id=family_id,
                    given_name=sealed_in(fact.given_name), telephone=sealed_in(fact.telephone),
                )
            )  # fmt: skip
        case PersonErased() as fact:
            gone = {"family_id": family_id, "person_id": fact.person_id}
            rows.change(ClubMember, gone, erased_on=fact.erased_on)
            rows.delete(StatementRow, about=fact.person_id)
            rows.delete(KeptStatement, about=fact.person_id)
            rows.delete(FollowUp, person_id=fact.person_id)
        case _:
            return False
    return True


def _follow_changes(recorded: Recorded, rows: Rows) -> bool:
    family_id = recorded.stream
    match recorded.fact:
        case TelephoneChanged() as fact:
            rows.put(replace(_member(rows, family_id, fact.person_id), telephone=sealed_in(fact.telephone)))
        case NameCorrected() as fact:
            member = replace(_member(rows, family_id, fact.person_id), given_name=sealed_in(fact.given_name))
            if member.takes_part_as is TakesPartAs.ADULT:
                member = replace(member, family_name=sealed_in(fact.family_name))
            rows.put(member)
        case CustodyTold() as fact:
            rows.put(
                ChildsCustody(
                    family_id=family_id, child_id=fact.child_id, arrangement=fact.arrangement, holders=fact.holders,
                    elsewhere=fact.elsewhere, told_on=fact.told_on,
                )
            )  # fmt: skip
        case BirthMonthCorrected() as fact:
            rows.put(replace(_member(rows, family_id, fact.person_id), birth_month=sealed_in(fact.birth_month)))
        case _:
            return False
    return True


def _follow_notes(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case PartWritten() as fact:
            rows.put(
                NotePart(
                    part_id=fact.part_id, family_id=fact.family_id, course_id=fact.course_id, number=recorded.version,
                    kind=fact.kind, author=fact.author, edition=fact.edition,
                    written_on=day_of(recorded.context.recorded_at),
                )
            )  # fmt: skip
        case StatementWritten() as fact:
            rows.put(
                StatementRow(
                    statement_id=fact.statement_id, part_id=fact.part_id, edition=fact.edition, number=recorded.version,
                    about=fact.about, told_by=fact.told_by, words=sealed_in(fact.words),
                )
            )  # fmt: skip
        case ThemeWished() as fact:
            rows.put(
                WishedTheme(
                    part_id=fact.part_id, edition=fact.edition, number=recorded.version, family_id=fact.family_id,
                    theme=sealed_in(fact.theme),
                )
            )  # fmt: skip
        case StatementKept() as fact:
            rows.put(
                KeptStatement(
                    statement_id=fact.statement_id, key_id=fact.key_id, rests_on=fact.rests_on,
                    family_id=fact.family_id, course_id=fact.course_id, part_id=fact.part_id, edition=fact.edition,
                    number=recorded.version, kind=fact.kind, about=fact.about, told_by=fact.told_by,
                    words=sealed_in(fact.words),
                )
            )  # fmt: skip
        case DisclosureClosed() as fact:
            rows.delete(KeptStatement, key_id=fact.key_id)
        case PartReadBack() as fact:
            rows.change(NotePart, {"part_id": fact.part_id}, read_back_on=fact.read_back_on)
        case _:
            return False
    return True


def _follow_attendance(recorded: Recorded, rows: Rows) -> bool:
    match recorded.fact:
        case LineRecorded() as fact:
            rows.put(
                AttendanceLine(
                    course_id=fact.course_id, evening=fact.evening, family_id=fact.family_id,
                    status=sealed_in(fact.status), adults=sealed_in(fact.adults), children=sealed_in(fact.children),
                    siblings=sealed_in(fact.siblings), way=sealed_in(fact.way),
                )
            )  # fmt: skip
        case CancellationsCounted() as fact:
            rows.put(Headcount(course_id=fact.course_id, evening=fact.evening, cancelled=fact.families))
        case HeadcountRecorded() as fact:
            rows.put(
                Headcount(
                    course_id=fact.course_id, evening=fact.evening, cancelled=fact.cancelled, counted=True,
                    families=fact.families, adults=fact.adults, children=fact.children, siblings=fact.siblings,
                    not_come=fact.not_come,
                )
            )  # fmt: skip
        case _:
            return False
    return True


def _member(rows: Rows, family_id: UUID, person_id: UUID) -> ClubMember:
    member = rows.get(ClubMember, family_id=family_id, person_id=person_id)
    assert member is not None
    return member
