"""The register as a contestant, at the service layer: its own commands and pages, every rule, seal and log on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from adapters.wiring import House, SetClock, Settings, build, rebuild
from application import consents, courses, erasing, families, introductions, organisations, referrals, rights, wordings
from application.consents import Answer
from application.desk import Asker, Desk
from application.perform import perform
from application.reading import municipality, own, own_log, volunteer
from domain.lists import PartKind, Profession, Purpose, Season, UnitKind, Way
from domain.people import Caregiver, Role
from gdpr.rights_facts import Right
from tests.house import CLUB, TOWN, settings_on
from tests.performance.households import Household
from tests.postgres import Backend

TODAY = datetime(2026, 8, 3, 9, tzinfo=UTC)
STARTS_ON, ENDS_ON = date(2026, 9, 1), date(2026, 11, 24)
LEADER, VOLUNTEER, REFERRER, COORDINATOR, SECRETARY, OFFICER, ADMINISTRATOR = (UUID(int=0xD0 + n) for n in range(7))


class Ours:
    """One municipality and Red Barnet. Registration, referral and their pages are the town's; the rest is the club's."""

    name = "ours"

    def __init__(self, backend: Backend, home: Path) -> None:
        self.settings: Settings = settings_on(backend, home)
        self.house: House = build(self.settings, clock=SetClock(TODAY))
        self._ids: dict[int, Mapping[str, Any]] = {}
        self._requests: dict[int, UUID] = {}
        self._open_the_town()
        self._open_the_club()

    def desk(self, realm: str) -> Desk:
        return self.house.desk(realm)

    def does(self, actor: UUID, role: Role, command: Any, realm: str = CLUB, **bound: Any) -> Mapping[str, Any]:
        command_id = uuid4()
        return perform(command, Asker(actor, role, command_id, **bound), self.desk(realm), command_id=command_id)

    def _open_the_town(self) -> None:
        opened = organisations.OpenUnit(name="Sundhedsplejen", kind=UnitKind.HEALTH_VISITING, since=date(2026, 1, 1))
        self._unit = UUID(str(self.does(ADMINISTRATOR, Role.ADMINISTRATOR, opened, TOWN)["unit_id"]))
        channel = organisations.OpenChannel(kind=UnitKind.HEALTH_VISITING, since=date(2026, 1, 1))
        self.does(ADMINISTRATOR, Role.ADMINISTRATOR, channel, TOWN)

    def _open_the_club(self) -> None:
        club = organisations.EstablishClub(name="Klub Prøveby", municipality=TOWN, since=date(2026, 1, 1))
        self._club = UUID(str(self.does(SECRETARY, Role.SECRETARIAT, club)["club_id"]))
        self._wording = uuid4()
        wording = wordings.PublishWording(
            wording_id=self._wording,
            version=1,
            language="da",
            purpose=Purpose.SHARE_WITH_VOLUNTEERS,
            words="Må de læse det?",
        )
        self.does(SECRETARY, Role.SECRETARIAT, wording)

    def _plan_a_course(self) -> UUID:
        plan = courses.PlanCourse(
            club_id=self._club, starts_on=STARTS_ON, ends_on=ENDS_ON, starts_at=time(17), season=Season.AUTUMN
        )
        course_id = UUID(str(self.does(COORDINATOR, Role.COORDINATOR, plan, municipality=TOWN)["course_id"]))
        for actor, role in ((LEADER, Role.LEADER), (VOLUNTEER, Role.VOLUNTEER)):
            joins = courses.JoinTeam(course_id=course_id, actor=actor, role=role, since=date(2026, 8, 1))
            self.does(SECRETARY, Role.SECRETARIAT, joins)
        self.does(VOLUNTEER, Role.VOLUNTEER, courses.AcceptConfidentiality(course_id=course_id))
        self.house.deliver()
        return course_id

    def register(self, household: Household) -> None:
        self._ids[household.index] = self._registered(household)

    def _registered(self, household: Household) -> Mapping[str, Any]:
        form = families.RegisterFamily(
            told_on=date(2026, 8, 1), said_yes=True, answered_on=date(2026, 8, 2),
            adults=tuple(
                families.AdultTyped(**{**adult, "caregiver": Caregiver(adult["caregiver"])}, household="a")
                for adult in household.adults
            ),
            children=tuple(families.ChildTyped(**child, households=("a",)) for child in household.children),
            language=household.language,
        )  # fmt: skip
        return self.does(REFERRER, Role.REFERRER, form, TOWN, unit=self._unit)

    def refer(self, household: Household) -> None:
        made = self._ids[household.index]
        grounds = referrals.GroundsTyped(
            criteria=(("lacking_network", None),),
            judgements={UUID(str(child)): "at_risk" for child in made["children"]},
            able_to_take_part=True, remark=household.remark,
        )  # fmt: skip
        form = referrals.ReferFamily(
            family_id=self._family(household), channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR,
            grounds=grounds,
        )  # fmt: skip
        referral = self.does(REFERRER, Role.REFERRER, form, TOWN, unit=self._unit)
        self._ids[household.index] = {**made, **referral}

    def seat(self, households: Sequence[Household]) -> None:
        """The coordinator's way: accepted, placed, handed over, received, rung and confirmed."""
        course_id = self._plan_a_course()
        for household in households:
            referral_id = UUID(str(self._ids[household.index]["referral_id"]))
            for step in (
                referrals.AcceptReferral(referral_id=referral_id),
                referrals.PlaceFamily(referral_id=referral_id, course_id=course_id),
                referrals.HandOver(referral_id=referral_id),
            ):
                self.does(COORDINATOR, Role.COORDINATOR, step, TOWN, municipality=TOWN)
            self._ids[household.index] = {**self._ids[household.index], "course_id": course_id}
        self.house.deliver()
        for household in households:
            place = {"course_id": course_id, "family_id": self._family(household)}
            held = introductions.HoldConversation(**place, held_on=date(2026, 8, 3), way=Way.TELEPHONE)
            self.does(LEADER, Role.LEADER, held)
            self.does(LEADER, Role.LEADER, courses.ConfirmPlace(**place))

    def note(self, household: Household) -> None:
        part = introductions.WritePart(
            **self._place(household), kind=PartKind.PRACTICAL,
            statements=(introductions.StatementTyped(told_by=self._adult(household), words=household.note),),
        )  # fmt: skip
        written = self.does(LEADER, Role.LEADER, part)
        self._ids[household.index] = {**self._ids[household.index], "part_id": UUID(str(written["part_id"]))}

    def read_back(self, household: Household) -> None:
        part_id = self._ids[household.index]["part_id"]
        self.does(LEADER, Role.LEADER, introductions.ReadBackPart(**self._place(household), part_id=part_id))

    def consent(self, household: Household) -> None:
        answer = consents.RecordAnswer(
            **self._place(household), person_id=self._adult(household), purpose=Purpose.SHARE_WITH_VOLUNTEERS,
            answer=Answer.YES, way=Way.TELEPHONE, wording_id=self._wording, wording_version=1, language="da",
            part_id=self._ids[household.index]["part_id"], edition=1,
        )  # fmt: skip
        self.does(LEADER, Role.LEADER, answer)

    def settle(self) -> None:
        """Every command's views are in its own transaction."""

    def page(self, household: Household) -> Sequence[str]:
        asker = Asker(REFERRER, Role.REFERRER, uuid4(), unit=self._unit)
        return _texts(municipality.family(asker, self._family(household), self.desk(TOWN)))

    def roster(self, households: Sequence[Household]) -> Sequence[str]:
        asker = Asker(VOLUNTEER, Role.VOLUNTEER, uuid4())
        return _texts(
            volunteer.evening(asker, self._ids[households[0].index]["course_id"], self.desk(CLUB))["families"]
        )

    def own(self, household: Household) -> Sequence[str]:
        asker = Asker(UUID(int=0xE0), Role.FAMILY, uuid4(), person_id=self._adult(household))
        shown = own.own_data(asker, self.desk(TOWN)), own_log.own_readers(asker, self.desk(TOWN))
        return _texts(shown[0])

    def ask_for_erasure(self, household: Household) -> None:
        person = self._adult(household)
        asks = rights.ReceiveRequest(right=Right.ERASURE, subject=person, asked_by=person)
        request_id = UUID(str(self.does(OFFICER, Role.OFFICER, asks, TOWN)["request_id"]))
        self.does(OFFICER, Role.OFFICER, rights.CheckIdentity(request_id=request_id, how="Viste sit pas"), TOWN)
        self._requests[household.index] = request_id

    def erase(self, household: Household) -> None:
        """The whole of it: fence, destroy, enter in the ledger, purge, complete, and the signed receipt."""
        erasing.carry_out(Asker(OFFICER, Role.OFFICER, uuid4()), self._requests[household.index], self.desk(TOWN))

    def bulk(self, households: Sequence[Household]) -> None:
        """Command after command, the keys of all of them in one commit, then the facts of all of them in another."""
        realm = self.house.realms[TOWN]
        with realm.database.write(), realm.key_database.write():
            for household in households:
                self.register(household)

    def forget(self) -> None:
        """Who was registered so far; the list is the benchmark's own and would count as the register's memory."""
        self._ids.clear()

    def rebuild(self) -> int:
        return sum(rebuild(realm.settings) for realm in self.house.realms.values())

    def events(self) -> int:
        return sum(realm.register.head() for realm in self.house.realms.values())

    def close(self) -> None:
        self.house.close()

    def _family(self, household: Household) -> UUID:
        return UUID(str(self._ids[household.index]["family_id"]))

    def _adult(self, household: Household) -> UUID:
        return UUID(str(self._ids[household.index]["adults"][0]))

    def _place(self, household: Household) -> dict[str, UUID]:
        return {"course_id": self._ids[household.index]["course_id"], "family_id": self._family(household)}


def _texts(shown: Any) -> list[str]:
    return list(_leaves(shown))


def _leaves(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield str(shown)
    elif isinstance(shown, Mapping):
        for value in shown.values():
            yield from _leaves(value)
    elif isinstance(shown, list | tuple):
        for value in shown:
            yield from _leaves(value)
