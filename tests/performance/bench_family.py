"""The benchmark harness's family, written as the register writes its own: facts, decisions, commands, a view, questions.

That family mixes what the register keeps apart (why it was referred, what the club was told, a number like a CPR
number), so it has no place in the domain and gets one here, for measuring only. Nothing underneath is exchanged, and no
rule is weakened: its commands are served by `perform`, its texts pass the domain's own rules, its fields are sealed in
compartments of Red Barnet's realm, its questions pass the policy table and the gate. Never import it beside tests: the
facts it declares are in no catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from application.desk import Asker, Desk
from application.perform import Work, serves
from application.ports import Aggregate, Recorded, Rows
from application.reading import club
from application.reading.opening import Answers, Opening, must_stand
from application.streams import CONSENT
from application.views.consents import ConsentRow
from application.views.rows import Holds, view_row
from domain import asking
from domain.compartments import CONTACT, ROSTER, SHARED_NOTE
from domain.consent import Answer
from domain.custody import Circle
from domain.errors import RuleBroken
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact
from domain.lists import Purpose, Way
from domain.people import ActorId, ConsentId, CourseId, FamilyId, NotePartId, PersonId, Role
from domain.text import NAME_LENGTH, TEXT_LENGTH, past, telephone, text
from domain.wording import all_of
from gdpr.policy import Standing
from gdpr.ports import Absent

NAME = "bench"

SHOWN = (
    "guardian_name", "phone", "address", "postcode", "city", "child1_name", "child1_born", "child2_name", "child2_born",
)  # fmt: skip
KEPT_BACK = ("guardian_cpr", "partner_name", "email")

_Shown = Annotated[Text, Personal(about="family_id", kept_in=ROSTER)]
_KeptBack = Annotated[Text, Personal(about="family_id", kept_in=CONTACT)]


@fact("bench.family_registered")
class Registered(Fact):
    family_id: Annotated[FamilyId, CLEAR]
    municipality: Annotated[str, CLEAR]
    course: Annotated[int, CLEAR]
    guardian_name: _Shown
    phone: _Shown
    address: _Shown
    postcode: _Shown
    city: _Shown
    child1_name: _Shown
    child1_born: _Shown
    child2_name: _Shown
    child2_born: _Shown
    guardian_cpr: _KeptBack
    partner_name: _KeptBack
    email: _KeptBack


@fact("bench.family_referred")
class Referred(Fact):
    family_id: Annotated[FamilyId, CLEAR]
    role: Annotated[str, CLEAR]
    at: Annotated[datetime, CLEAR]
    reason: _KeptBack


@fact("bench.consent_taken")
class ConsentTaken(Fact):
    """Beside the register's own `consent.given`: the harness's free purpose, and by whom in words."""

    family_id: Annotated[FamilyId, CLEAR]
    consent_id: Annotated[ConsentId, CLEAR]
    purpose: Annotated[str, CLEAR]
    version: Annotated[int, CLEAR]
    at: Annotated[datetime, CLEAR]
    granted_by: _KeptBack


@fact("bench.note_written")
class NoteWritten(Fact):
    """The note the volunteers may read: it stands under the key of the consent, and dies with it."""

    family_id: Annotated[FamilyId, CLEAR]
    consent_id: Annotated[ConsentId, CLEAR]
    author: Annotated[str, CLEAR]
    at: Annotated[datetime, CLEAR]
    words: Annotated[Text, Personal(about="family_id", kept_in=SHARED_NOTE, under="consent_id")]


@dataclass(frozen=True, slots=True)
class BenchFamily:
    family_id: FamilyId
    referred: bool = False
    consent_id: ConsentId | None = None
    noted: bool = False


class OutOfTurn(RuleBroken):
    """Register, refer, consent, note: each once, in this order."""

    code = "bench_out_of_turn"


def evolve(family: BenchFamily | None, happened: Fact) -> BenchFamily:
    if isinstance(happened, Registered):
        return BenchFamily(happened.family_id)
    assert family is not None
    match happened:
        case Referred():
            return replace(family, referred=True)
        case ConsentTaken():
            return replace(family, consent_id=happened.consent_id)
        case NoteWritten():
            return replace(family, noted=True)
    raise AssertionError(happened)


BENCH_FAMILY: Aggregate[BenchFamily] = Aggregate("bench", evolve)


def registered(
    typed: Mapping[str, Any], family_id: FamilyId, course: int, municipality: str, today: date
) -> Registered:
    """The domain's rules of texts, numbers and days; what has no rule, because it has no field, is sealed as it is."""
    names = ("guardian_name", "partner_name", "address", "city", "child1_name", "child2_name")
    checked = {name: text(typed[name], name, limit=NAME_LENGTH) for name in names}
    telephone(typed["phone"], "phone")
    for name in ("child1_born", "child2_born"):
        past(date.fromisoformat(typed[name]), name, today=today, years=30)
    return Registered(family_id=family_id, municipality=municipality, course=course, **{**typed, **checked})


def referred(family_id: FamilyId, typed: Mapping[str, Any]) -> Referred:
    reason = text(typed["reason"], "reason", limit=TEXT_LENGTH)
    return Referred(family_id=family_id, role=typed["role"], at=datetime.fromisoformat(typed["at"]), reason=reason)


def consent_taken(family_id: FamilyId, consent_id: ConsentId, typed: Mapping[str, Any]) -> ConsentTaken:
    return ConsentTaken(
        family_id=family_id, consent_id=consent_id, purpose=typed["purpose"], version=typed["version"],
        at=datetime.fromisoformat(typed["at"]), granted_by=text(typed["granted_by"], "granted_by", limit=NAME_LENGTH),
    )  # fmt: skip


def note_written(family_id: FamilyId, consent_id: ConsentId, typed: Mapping[str, Any]) -> NoteWritten:
    return NoteWritten(
        family_id=family_id, consent_id=consent_id, author=typed["author"], at=datetime.fromisoformat(typed["at"]),
        words=text(typed["text"], "text", limit=TEXT_LENGTH),
    )  # fmt: skip


def given(family_id: FamilyId, consent_id: ConsentId, course_id: CourseId, actor: UUID, today: date) -> Sequence[Fact]:
    """The register's own decision about a consent to share a part with the volunteers of the course."""
    asked = asking.Asked(
        family_id=family_id, person_id=PersonId(family_id), course_id=course_id, purpose=Purpose.SHARE_WITH_VOLUNTEERS,
        part_id=NotePartId(family_id), edition=1, way=Way.TELEPHONE, taken_by=ActorId(actor),
    )  # fmt: skip
    ends_on = today + timedelta(days=90)
    return asking.answer(
        consent_id,
        asked,
        Answer.YES,
        proof_id=uuid4(),
        wording=_WORDING,
        circle=Circle(family_id, frozenset({PersonId(family_id)}), {}),
        term=asking.Term(on=today, until=ends_on, course_ends_on=ends_on),
        today=today,
    )


_WORDING = asking.Wording(
    wording_id=UUID(int=3), version=3, language="da", text_hash="0" * 64,
    states=(all_of(Purpose.SHARE_WITH_VOLUNTEERS),),
)  # fmt: skip


# The commands


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    family: Mapping[str, Any]


@serves(Register)
def register(command: Register, work: Work) -> Mapping[str, Any]:
    family_id = _id_of(command.family)
    if work.find(BENCH_FAMILY, family_id) is not None:
        raise OutOfTurn("family_id")
    typed, course = command.family["registered"], command.family["course"]
    today = work.desk.clock.today()
    work.record(family_id, [registered(typed, family_id, course, command.family["municipality"], today)])
    return {"family_id": family_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer:
    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    family: Mapping[str, Any]


@serves(Refer)
def refer(command: Refer, work: Work) -> Mapping[str, Any]:
    family_id = _id_of(command.family)
    if work.load(BENCH_FAMILY, family_id).referred:
        raise OutOfTurn("family_id")
    work.record(family_id, [referred(family_id, command.family["referral"])])
    return {"version": work.version(family_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeConsent:
    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    family: Mapping[str, Any]
    course_id: CourseId


@serves(TakeConsent)
def take_consent(command: TakeConsent, work: Work) -> Mapping[str, Any]:
    family_id, consent_id = _id_of(command.family), ConsentId(uuid4())
    if not work.load(BENCH_FAMILY, family_id).referred:
        raise OutOfTurn("family_id")
    work.find(CONSENT, consent_id)
    today = work.desk.clock.today()
    work.record(consent_id, given(family_id, consent_id, command.course_id, work.asker.actor, today))
    work.record(family_id, [consent_taken(family_id, consent_id, command.family["consent"])])
    return {"consent_id": consent_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    family: Mapping[str, Any]


@serves(WriteNote)
def write_note(command: WriteNote, work: Work) -> Mapping[str, Any]:
    family_id = _id_of(command.family)
    family = work.load(BENCH_FAMILY, family_id)
    if family.consent_id is None or family.noted:
        raise OutOfTurn("family_id")
    work.record(family_id, [note_written(family_id, family.consent_id, command.family["note"])])
    return {"version": work.version(family_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInMany:
    """The whole history of many families in one command, one transaction and one question for keys."""

    GIVEN_BY: ClassVar = frozenset({Role.LEADER})

    families: tuple[Mapping[str, Any], ...]
    course_id: CourseId


@serves(TakeInMany)
def take_in_many(command: TakeInMany, work: Work) -> Mapping[str, Any]:
    today = work.desk.clock.today()
    for family in command.families:
        family_id, consent_id = _id_of(family), ConsentId(uuid4())
        work.record(consent_id, given(family_id, consent_id, command.course_id, work.asker.actor, today))
        entered = registered(family["registered"], family_id, family["course"], family["municipality"], today)
        told = [
            referred(family_id, family["referral"]),
            consent_taken(family_id, consent_id, family["consent"]),
            note_written(family_id, consent_id, family["note"]),
        ]
        work.record(family_id, [entered, *told])
    return {"families": len(command.families)}


def _id_of(family: Mapping[str, Any]) -> FamilyId:
    return FamilyId(UUID(family["family_id"]))


# The view

_InRoster = Annotated[Sealed | None, Holds(ROSTER)]
_InContact = Annotated[Sealed | None, Holds(CONTACT)]


@view_row("bench_shown", key=("family_id",), about="family_id", indexes=(("course",),))
class Shown:
    """What the volunteers' page shows."""

    family_id: UUID
    course: int
    consent_id: UUID | None = None
    purpose: str | None = None
    guardian_name: _InRoster = None
    phone: _InRoster = None
    address: _InRoster = None
    postcode: _InRoster = None
    city: _InRoster = None
    child1_name: _InRoster = None
    child1_born: _InRoster = None
    child2_name: _InRoster = None
    child2_born: _InRoster = None


@view_row("bench_note", key=("family_id",), about="family_id")
class Note:
    family_id: UUID
    author: str
    words: Annotated[Sealed | None, Holds(SHARED_NOTE)] = None


@view_row("bench_kept_back", key=("family_id",), about="family_id")
class KeptBack:
    """What that page does not show."""

    family_id: UUID
    municipality: str
    role: str | None = None
    guardian_cpr: _InContact = None
    partner_name: _InContact = None
    email: _InContact = None
    reason: _InContact = None
    granted_by: _InContact = None


ROWS: tuple[type[Any], ...] = (Shown, Note, KeptBack)


def follow(recorded: Recorded, rows: Rows) -> None:
    match recorded.fact:
        case Registered() as fact:
            rows.put(Shown(family_id=fact.family_id, course=fact.course, **{n: getattr(fact, n) for n in SHOWN}))
            kept = {name: getattr(fact, name) for name in KEPT_BACK}
            rows.put(KeptBack(family_id=fact.family_id, municipality=fact.municipality, **kept))
        case Referred() as fact:
            rows.change(KeptBack, {"family_id": fact.family_id}, role=fact.role, reason=fact.reason)
        case ConsentTaken() as fact:
            rows.change(Shown, {"family_id": fact.family_id}, consent_id=fact.consent_id, purpose=fact.purpose)
            rows.change(KeptBack, {"family_id": fact.family_id}, granted_by=fact.granted_by)
        case NoteWritten() as fact:
            assert isinstance(fact.words, Sealed)
            rows.put(Note(family_id=fact.family_id, author=fact.author, words=fact.words))


# The questions


def page(asker: Asker, course_id: UUID, family_id: UUID, desk: Desk) -> Mapping[str, Any] | None:
    """What a volunteer of the course reads of one family; None for one that is erased."""
    rows = desk.register.rows()
    standing = _on_the_team(asker, course_id, desk)
    shown = rows.get(Shown, family_id=family_id)
    note = rows.get(Note, family_id=family_id)
    if shown is None:
        return None
    opening = Opening(desk, asker.asks(desk, "run_the_evening", course=course_id))
    for name in SHOWN:
        opening.ask(name, getattr(shown, name), standing)
    if note is not None and shown.consent_id is not None:
        may_read = _reads_notes(asker, rows, course_id, shown, standing, desk)
        opening.ask("note", note.words, may_read, record=family_id, consents=(shown.consent_id,))
    answers = opening.open()
    if answers.shown("guardian_name") is None:
        return None
    read = {name: answers[name] for name in ("guardian_name", "phone", "address", "postcode", "city", "note")}
    return {"family_id": str(family_id), **read, "children": _children(answers), "consent_purpose": shown.purpose}


def roster(asker: Asker, course_id: UUID, course: int, desk: Desk) -> list[Mapping[str, Any]]:
    """Names, telephone and children of all families of the harness's course."""
    rows = desk.register.rows()
    standing = _on_the_team(asker, course_id, desk)
    families = rows.where(Shown, course=course)
    opening = Opening(desk, asker.asks(desk, "run_the_evening", course=course_id))
    for family in families:
        for name in ("guardian_name", "phone", "child1_name", "child1_born", "child2_name", "child2_born"):
            opening.ask((family.family_id, name), getattr(family, name), standing)
    answers = opening.open()
    lines = []
    for family in families:
        of = {name: answers[family.family_id, name] for name in SHOWN}
        who = {"family_id": str(family.family_id), "guardian_name": of["guardian_name"], "phone": of["phone"]}
        lines.append({**who, "children": _children(of)})
    return lines


def own_data(asker: Asker, desk: Desk) -> Mapping[str, Any] | None:
    """Everything on the family that asks, and who has read it; None for one that is erased."""
    assert asker.person_id is not None
    rows, family_id = desk.register.rows(), asker.person_id
    shown, kept = rows.get(Shown, family_id=family_id), rows.get(KeptBack, family_id=family_id)
    note = rows.get(Note, family_id=family_id)
    if shown is None or kept is None or note is None:
        return None
    opening = Opening(desk, asker.asks(desk, "own_data"))
    own = Standing(is_the_subject=True)
    for row, names in ((shown, SHOWN), (kept, (*KEPT_BACK, "reason", "granted_by")), (note, ("words",))):
        for name in names:
            opening.ask(name, getattr(row, name), own)
    answers = opening.open()
    if answers.shown("guardian_name") is None:
        return None
    return {
        "family_id": str(family_id),
        "registered": {name: answers[name] for name in (*SHOWN, *KEPT_BACK)},
        "referral": {"role": kept.role, "reason": answers["reason"]},
        "consent": {"purpose": shown.purpose, "granted_by": answers["granted_by"]},
        "note": {"author": note.author, "text": answers["words"]},
        "access": [[entry.at.isoformat(), entry.role, entry.purpose] for entry in desk.log.find(subject=family_id)],
    }


def _on_the_team(asker: Asker, course_id: UUID, desk: Desk) -> Standing:
    standing = replace(club.standing_to_course(asker, desk, course_id), place_is_confirmed=True)
    must_stand(desk, asker.asks(desk, "run_the_evening", course=course_id), ROSTER, standing)
    return standing


def _reads_notes(asker: Asker, rows: Rows, course_id: UUID, shown: Shown, standing: Standing, desk: Desk) -> Standing:
    consent = rows.get(ConsentRow, consent_id=shown.consent_id)
    return replace(
        standing,
        consent_in_force=consent is not None and consent.in_force(desk.clock.today()),
        not_kept_from_notes=shown.family_id not in club.kept_from(rows, course_id, asker.actor),
    )


def _children(of: Answers | Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [{"name": of[f"child{n}_name"], "born": of[f"child{n}_born"]} for n in (1, 2)]


def erase(family_id: UUID, desk: Desk, row_classes: Sequence[type[Any]] = ROWS) -> None:
    """Fence, destroy, purge: from here on the family is unreadable in the log, in the views and in every backup of them."""
    names = (ROSTER.name, CONTACT.name, SHARED_NOTE.name)
    desk.erasing.fence([family_id], names)
    desk.erasing.vault.destroy(family_id, names)
    desk.erasing.purge([family_id], names)


__all__ = ["Absent", "erase", "own_data", "page", "roster"]
