"""The realm's own organisation and people: units, channels, places, branches, clubs, and who holds which role when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from application.perform import Work, serves
from application.streams import ORGANISATION, STAFF, organisation_id
from domain import organisation as rules
from domain import staff as people
from domain.lists import UnitKind
from domain.organisation import OrganisationFact
from domain.people import ActorId, ClubId, PersonId, Role, UnitId

_ADMINISTRATION = frozenset({Role.ADMINISTRATOR, Role.SECRETARIAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUnit:
    """A municipal unit takes part; `hosts` when the cooperation is anchored there (REF-06)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    name: str
    kind: UnitKind
    since: date
    hosts: bool = False


@serves(OpenUnit)
def open_unit(command: OpenUnit, work: Work) -> Mapping[str, Any]:
    unit_id = UnitId(uuid4())
    now = work.find(ORGANISATION, organisation_id(work.desk.realm))
    facts = rules.open_unit(
        now, unit_id=unit_id, name=command.name, kind=command.kind, hosts=command.hosts, since=command.since
    )
    return _recorded(work, facts, unit_id=unit_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnit:
    GIVEN_BY: ClassVar = _ADMINISTRATION

    unit_id: UUID
    last_day: date


@serves(CloseUnit)
def close_unit(command: CloseUnit, work: Work) -> Mapping[str, Any]:
    now = work.load(ORGANISATION, organisation_id(work.desk.realm), rules.NoSuchUnit, "unit_id")
    return _recorded(work, rules.close_unit(now, unit_id=UnitId(command.unit_id), last_day=command.last_day))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChannel:
    """A recruitment channel opens (REF-06)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    kind: UnitKind
    since: date


@serves(OpenChannel)
def open_channel(command: OpenChannel, work: Work) -> Mapping[str, Any]:
    now = work.find(ORGANISATION, organisation_id(work.desk.realm))
    return _recorded(work, rules.open_channel(now, kind=command.kind, since=command.since))


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseChannel:
    GIVEN_BY: ClassVar = _ADMINISTRATION

    kind: UnitKind
    last_day: date


@serves(CloseChannel)
def close_channel(command: CloseChannel, work: Work) -> Mapping[str, Any]:
    now = work.load(ORGANISATION, organisation_id(work.desk.realm), rules.NoSuchChannel, "channel")
    return _recorded(work, rules.close_channel(now, kind=command.kind, last_day=command.last_day))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlace:
    GIVEN_BY: ClassVar = _ADMINISTRATION

    name: str


@serves(NamePlace)
def name_place(command: NamePlace, work: Work) -> Mapping[str, Any]:
    place_id = uuid4()
    now = work.find(ORGANISATION, organisation_id(work.desk.realm))
    return _recorded(work, rules.name_place(now, place_id=place_id, name=command.name), place_id=place_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBranch:
    GIVEN_BY: ClassVar = _ADMINISTRATION

    name: str


@serves(OpenBranch)
def open_branch(command: OpenBranch, work: Work) -> Mapping[str, Any]:
    branch_id = uuid4()
    now = work.find(ORGANISATION, organisation_id(work.desk.realm))
    return _recorded(work, rules.open_branch(now, branch_id=branch_id, name=command.name), branch_id=branch_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishClub:
    """A lasting club in a municipality (COU-01)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    name: str
    municipality: str
    since: date
    place_id: UUID | None = None
    branch_id: UUID | None = None


@serves(EstablishClub)
def establish_club(command: EstablishClub, work: Work) -> Mapping[str, Any]:
    club_id = ClubId(uuid4())
    facts = rules.establish_club(
        work.find(ORGANISATION, organisation_id(work.desk.realm)), club_id=club_id, name=command.name,
        municipality=command.municipality, place_id=command.place_id, branch_id=command.branch_id, since=command.since,
    )  # fmt: skip
    return _recorded(work, facts, club_id=club_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameClubContact:
    """The one contact whom the coordinator calls (ORG-05)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    club_id: UUID
    contact: UUID


@serves(NameClubContact)
def name_club_contact(command: NameClubContact, work: Work) -> Mapping[str, Any]:
    now = work.load(ORGANISATION, organisation_id(work.desk.realm), rules.NoSuchClub, "club_id")
    facts = rules.name_club_contact(now, club_id=ClubId(command.club_id), contact=ActorId(command.contact))
    return _recorded(work, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Somebody may use the register; the name is kept apart from everything the person does."""

    GIVEN_BY: ClassVar = frozenset({Role.ADMINISTRATOR})

    actor: UUID
    given_name: str
    family_name: str
    address: str | None = None


@serves(Enrol)
def enrol(command: Enrol, work: Work) -> Mapping[str, Any]:
    facts = people.enrol(
        work.find(STAFF, command.actor), actor=ActorId(command.actor), given_name=command.given_name,
        family_name=command.family_name, address=command.address,
    )  # fmt: skip
    work.record(command.actor, facts)
    return {"actor": str(command.actor)}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolVolunteer:
    """A leader or volunteer (VOL-01)."""

    GIVEN_BY: ClassVar = frozenset({Role.BRANCH, Role.SECRETARIAT, Role.ADMINISTRATOR})

    actor: UUID
    given_name: str
    family_name: str
    telephone: str | None = None


@serves(EnrolVolunteer)
def enrol_volunteer(command: EnrolVolunteer, work: Work) -> Mapping[str, Any]:
    facts = people.enrol_volunteer(
        work.find(STAFF, command.actor), actor=ActorId(command.actor), given_name=command.given_name,
        family_name=command.family_name, telephone_number=command.telephone,
    )  # fmt: skip
    work.record(command.actor, facts)
    return {"actor": str(command.actor)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRole:
    """Give a role for a period, in a unit, a municipality, or for a member of a family (ORG-04)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    actor: UUID
    role: Role
    since: date
    until: date | None = None
    unit_id: UUID | None = None
    municipality: str | None = None
    person_id: UUID | None = None


@serves(AssignRole)
def assign_role(command: AssignRole, work: Work) -> Mapping[str, Any]:
    assignment_id = uuid4()
    facts = people.assign(
        work.find(STAFF, command.actor),
        actor=ActorId(command.actor),
        assignment=people.Assignment(
            assignment_id=assignment_id, role=command.role, since=command.since, until=command.until,
            unit_id=UnitId(command.unit_id) if command.unit_id is not None else None,
            municipality=command.municipality,
            person_id=PersonId(command.person_id) if command.person_id is not None else None,
        ),
    )  # fmt: skip
    work.record(command.actor, facts)
    return {"assignment_id": str(assignment_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRole:
    """End a role; when it was held stays known (ORG-04)."""

    GIVEN_BY: ClassVar = _ADMINISTRATION

    actor: UUID
    assignment_id: UUID
    last_day: date


@serves(EndRole)
def end_role(command: EndRole, work: Work) -> Mapping[str, Any]:
    staff = work.load(STAFF, command.actor, people.NoSuchAssignment, "actor")
    work.record(command.actor, people.end(staff, assignment_id=command.assignment_id, last_day=command.last_day))
    return {"assignment_id": str(command.assignment_id)}


def _recorded(work: Work, facts: list[OrganisationFact], **ids: UUID) -> Mapping[str, Any]:
    stream = organisation_id(work.desk.realm)
    work.record(stream, facts)
    return {**{name: str(value) for name, value in ids.items()}, "version": work.version(stream)}
