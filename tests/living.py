"""Phrases to live a whole story with at the service layer: the town refers, the club receives, the family tells and answers.

Everything personal that is typed in comes from `Words`, each a made-up word of its own that begins with `STEM` (numbers
with `DIGITS`), so that a test can look for what may not be there, and for whose it is where it may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from adapters import wordings
from adapters.wiring import House, SetClock
from application import (
    attendances,
    breaches,
    consents,
    courses,
    custody,
    drafts,
    erasing,
    families,
    introductions,
    organisations,
    rectifying,
    referrals,
    rights,
)
from application.consents import Answer
from application.desk import Asker, Desk
from application.perform import perform
from domain.attendance import Line
from domain.course import CourseState
from domain.custody import Arrangement
from domain.grounds import Assessment
from domain.lists import (
    Attendance,
    DayCare,
    EveningKind,
    MunicipalCase,
    PartKind,
    Profession,
    Purpose,
    Season,
    Theme,
    UnitKind,
    Way,
)
from domain.people import Caregiver, Role, TakesPartAs
from gdpr.breach_facts import Affected, Nature, Risk
from gdpr.rectification import Wished
from gdpr.rights_facts import Ground, Outcome, Right
from tests.house import CLUB, TOWN

STEM = "Qvizkolm"
DIGITS = "+4673918264"
CLUB_NAME, UNIT_NAME = "Klub Havbliksvej", "Sundhedsplejen Nordenskov"

AUGUST_3, AUGUST_11, AUGUST_14 = (datetime(2026, 8, day, 9, tzinfo=UTC) for day in (3, 11, 14))
FIRST_EVENING, STARTS_ON, ENDS_ON = datetime(2026, 9, 1, 16, tzinfo=UTC), date(2026, 9, 1), date(2026, 11, 24)
SEPTEMBER_23 = datetime(2026, 9, 23, 9, tzinfo=UTC)


def actor(number: int) -> UUID:
    return UUID(int=0xE4C0_0000_0000_4000_8000_0000_0000_0000 + number)


(
    REFERRER, OTHER_REFERRER, TOWN_COORDINATOR, COORDINATOR, LEADER, CO_LEADER, VOLUNTEER, OTHER_VOLUNTEER, LATE_VOLUNTEER,
    PROFESSIONAL, SECRETARY, BRANCH, OFFICER, TOWN_OFFICER, ADMINISTRATOR, EVALUATOR, MANAGER, MOTHER, FATHER, STRANGER,
) = (actor(number) for number in range(20))  # fmt: skip
NAMED = {
    REFERRER: "ref", TOWN_COORDINATOR: "koo", COORDINATOR: "kor", LEADER: "led", CO_LEADER: "med", VOLUNTEER: "fri",
    OTHER_VOLUNTEER: "fro", SECRETARY: "sek", OFFICER: "dpo", TOWN_OFFICER: "tpo",
}  # fmt: skip
"""Those whose own names are typed in, by the ending of their names."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why the family is referred: all that the club may never learn."""

    criteria: tuple[str, ...] = ("tight_economy", "conflict_at_home")
    judgement: str = "development_not_matching_age"
    remark: str = f"{STEM}remark: {STEM}gæld og uro"
    case: MunicipalCase = MunicipalCase.PREVENTIVE_MEASURE
    assessments: tuple[Assessment, ...] = (Assessment(kind="individual", factors=("substance_misuse",), degree=2),)


_OTHER_GROUNDS = Grounds(("lacking_network",), "at_risk", f"{STEM}bemærkning", MunicipalCase.NONE, ())

GIVEN_NAMES = {
    "mother": f"{STEM}ora", "father": f"{STEM}far", "girl": f"{STEM}ida", "boy": f"{STEM}bo", "brother": f"{STEM}bror",
    "mother of B": f"{STEM}bea", "child of B": f"{STEM}bib", "mother of C": f"{STEM}cia", "child of C": f"{STEM}cip",
    "mother of D": f"{STEM}dea", "child of D": f"{STEM}did",
}  # fmt: skip
SURNAMES = {"mother": f"{STEM}sen", "father": f"{STEM}gaard"}
TELEPHONES = {"mother": f"{DIGITS}01", "father": f"{DIGITS}02", "new": f"{DIGITS}03", "mother of B": f"{DIGITS}04"}
ADDRESSES = {"mother": f"{STEM}vej 1", "father": f"{STEM}vej 2", "new": f"{STEM}vej 3"}
BIRTH_MONTHS = {"girl": "2023-04", "boy": "2025-02", "brother": "2016-07"}
LANGUAGE = f"{STEM}isk"
SAID = {
    "presentation": f"{STEM}hjem er stort",
    "wishes": f"{STEM}ønske om at møde andre",
    "challenges": f"{STEM}sorg siden fødslen",
    "about the father": f"{STEM}fader er vred",
    "practical": f"{STEM}mælk er ikke godt",
    "by the father": f"{STEM}arbejde fylder",
}
LOST = {
    "what": f"{STEM}telefon er væk", "consequences": f"{STEM}navne kan læses", "measures": f"{STEM}adgang er lukket",
    "contact": f"{STEM}rådgiver, {DIGITS}88", "reason": f"{STEM}skærm var låst",
}  # fmt: skip
"""What the officers write of a breach in each realm; about nobody, and still nobody else's to read."""
DRAFTED = f'{{"remark": "{STEM}klad om en familie, der ikke er spurgt endnu"}}'
"""A form that the referrer has not sent: about nobody in the register, and nobody else's to read."""
HOW = f"{STEM}pas vist frem"
RIGHT_NAME = f"{STEM}brorsen"
TOLD = f"{STEM}vil ikke være her"


@dataclass
class Life:
    """A house, its clock, the ids of what was made up in it, and who may be asked to do what."""

    house: House
    new_id: Callable[[], UUID] = uuid4
    ids: dict[str, UUID] = field(default_factory=dict)
    acknowledged: list[tuple[str, UUID]] = field(default_factory=list)

    @property
    def clock(self) -> SetClock:
        clock = self.house.clock
        assert isinstance(clock, SetClock)
        return clock

    def desk(self, realm: str = CLUB) -> Desk:
        return self.house.desk(realm)

    def asker(self, who: str) -> Asker:
        """Somebody of the story at the desk, in the one role the name says, with all that role is bound to."""
        person, role, bound = self._everybody()[who]
        return Asker(person, role, self.new_id(), session=uuid5(person, "telephone"), **bound)

    def does(self, who: str, command: Any, realm: str = CLUB) -> Mapping[str, Any]:
        """The command's answer; every id in it is a UUID."""
        command_id = self.new_id()
        answer = perform(command, self.asker(who), self.desk(realm), command_id=command_id)
        self.acknowledged.append((realm, command_id))
        return answer

    def _everybody(self) -> dict[str, tuple[UUID, Role, dict[str, Any]]]:
        one, other = self.ids.get("unit"), self.ids.get("other unit")
        return {
            "referrer": (REFERRER, Role.REFERRER, {"unit": one}),
            "other referrer": (OTHER_REFERRER, Role.REFERRER, {"unit": other}),
            "town's coordinator": (TOWN_COORDINATOR, Role.COORDINATOR, {"municipality": TOWN}),
            "coordinator": (COORDINATOR, Role.COORDINATOR, {"municipality": TOWN}),
            "another town's coordinator": (STRANGER, Role.COORDINATOR, {"municipality": "kommune-0561"}),
            "leader": (LEADER, Role.LEADER, {}),
            "co-leader": (CO_LEADER, Role.LEADER, {}),
            "leader elsewhere": (STRANGER, Role.LEADER, {}),
            "volunteer": (VOLUNTEER, Role.VOLUNTEER, {}),
            "other volunteer": (OTHER_VOLUNTEER, Role.VOLUNTEER, {}),
            "late volunteer": (LATE_VOLUNTEER, Role.VOLUNTEER, {}),
            "volunteer elsewhere": (STRANGER, Role.VOLUNTEER, {}),
            "professional": (PROFESSIONAL, Role.PROFESSIONAL, {}),
            "professional elsewhere": (STRANGER, Role.PROFESSIONAL, {}),
            "secretary": (SECRETARY, Role.SECRETARIAT, {}),
            "branch": (BRANCH, Role.BRANCH, {}),
            "officer": (OFFICER, Role.OFFICER, {}),
            "town's officer": (TOWN_OFFICER, Role.OFFICER, {}),
            "administrator": (ADMINISTRATOR, Role.ADMINISTRATOR, {}),
            "evaluator": (EVALUATOR, Role.EVALUATOR, {}),
            "manager": (MANAGER, Role.MANAGEMENT, {}),
            "reminder service": (STRANGER, Role.REMINDER_SERVICE, {}),
            "mother": (MOTHER, Role.FAMILY, {"person_id": self.ids.get("mother")}),
            "father": (FATHER, Role.FAMILY, {"person_id": self.ids.get("father")}),
            "mother of B": (STRANGER, Role.FAMILY, {"person_id": self.ids.get("mother of B")}),
        }

    # The club

    def open_the_club(self) -> None:
        """Staff, volunteers, a club, a course of twelve Tuesdays with two evenings planned, a booking, a wording."""
        self.clock.set(AUGUST_3)
        for person in (LEADER, CO_LEADER, VOLUNTEER, OTHER_VOLUNTEER):
            name = NAMED[person]
            self.does(
                "secretary",
                organisations.EnrolVolunteer(
                    actor=person, given_name=f"{STEM}{name}", family_name=f"{STEM}holm{name}", telephone=f"{DIGITS}77"
                ),
            )
        self._enrol_staff(CLUB, COORDINATOR, SECRETARY, OFFICER)
        made = self.does(
            "secretary",
            organisations.EstablishClub(name=CLUB_NAME, municipality=TOWN, since=date(2026, 1, 1)),
        )
        self.ids["club"] = UUID(made["club_id"])
        self.ids["course"] = self.plan_a_course()
        for number, on in ((1, date(2026, 9, 1)), (2, date(2026, 9, 8)), (3, date(2026, 9, 29))):
            self.plan_an_evening(number, on)
        for person, role, since in (
            (LEADER, Role.LEADER, date(2026, 8, 1)), (CO_LEADER, Role.LEADER, date(2026, 8, 1)),
            (VOLUNTEER, Role.VOLUNTEER, date(2026, 8, 1)), (OTHER_VOLUNTEER, Role.VOLUNTEER, date(2026, 8, 1)),
            (LATE_VOLUNTEER, Role.VOLUNTEER, date(2026, 10, 1)),
        ):  # fmt: skip
            self.does("secretary", courses.JoinTeam(course_id=self.ids["course"], actor=person, role=role, since=since))
        booked = self.does(
            "coordinator",
            courses.BookProfessional(
                course_id=self.ids["course"], actor=PROFESSIONAL, profession=Profession.CHILD_PSYCHOLOGIST, evening=1,
                theme=Theme.SLEEP,
            ),
        )  # fmt: skip
        self.ids["booking"] = UUID(booked["booking_id"])
        wordings.publish_missing(self.desk(), languages=["da"])
        self.house.deliver()

    def plan_a_course(self) -> UUID:
        planned = self.does(
            "coordinator",
            courses.PlanCourse(
                club_id=self.ids["club"], starts_on=STARTS_ON, ends_on=ENDS_ON, starts_at=time(17), season=Season.AUTUMN
            ),
        )
        return UUID(planned["course_id"])

    def plan_an_evening(self, number: int, on: date) -> None:
        self.does(
            "leader" if number > 3 else "coordinator",
            courses.PlanEvening(
                course_id=self.ids["course"], number=number, on=on, starts_at=time(17), kind=EveningKind.TALK,
                theme=Theme.SLEEP,
            ),
        )  # fmt: skip

    # The town

    def open_the_town(self) -> None:
        """Two units, a channel, and their staff."""
        for name, kind, label in (
            (UNIT_NAME, UnitKind.HEALTH_VISITING, "unit"),
            ("Familierådgivningen", UnitKind.FAMILY_COUNSELLING, "other unit"),
        ):
            unit = organisations.OpenUnit(name=name, kind=kind, since=date(2026, 1, 1), hosts=label == "unit")
            self.ids[label] = UUID(self.does("administrator", unit, TOWN)["unit_id"])
            self.does("administrator", organisations.OpenChannel(kind=kind, since=date(2026, 1, 1)), TOWN)
        self._enrol_staff(TOWN, REFERRER, TOWN_COORDINATOR, TOWN_OFFICER)

    def _enrol_staff(self, realm: str, *people: UUID) -> None:
        for person in people:
            name = NAMED[person]
            self.does(
                "administrator",
                organisations.Enrol(
                    actor=person, given_name=f"{STEM}{name}", family_name=f"{STEM}holm{name}", address=f"{STEM}gade 9"
                ),
                realm,
            )

    def register_the_family(self) -> None:
        """Mother and father live apart; the girl in both homes, the small boy and the big brother with the mother."""
        made = self.does(
            "referrer",
            families.RegisterFamily(
                told_on=date(2026, 7, 30), said_yes=True, answered_on=date(2026, 7, 31),
                adults=(
                    families.AdultTyped(
                        given_name=GIVEN_NAMES["mother"], family_name=SURNAMES["mother"], caregiver=Caregiver.MOTHER,
                        household="a", telephone=TELEPHONES["mother"], address=ADDRESSES["mother"],
                    ),
                    families.AdultTyped(
                        given_name=GIVEN_NAMES["father"], family_name=SURNAMES["father"], caregiver=Caregiver.OTHER,
                        household="b", telephone=TELEPHONES["father"], address=ADDRESSES["father"],
                    ),
                ),
                children=(
                    families.ChildTyped(
                        given_name=GIVEN_NAMES["girl"], birth_month=BIRTH_MONTHS["girl"], households=("a", "b"),
                        day_care=DayCare.CHILDMINDER,
                    ),
                    families.ChildTyped(
                        given_name=GIVEN_NAMES["boy"], birth_month=BIRTH_MONTHS["boy"], households=("a",)
                    ),
                    families.ChildTyped(
                        given_name=GIVEN_NAMES["brother"], birth_month=BIRTH_MONTHS["brother"], households=("a",),
                        takes_part_as=TakesPartAs.SIBLING,
                    ),
                ),
                language=LANGUAGE, needs_translation=True,
            ),
            TOWN,
        )  # fmt: skip
        self.ids["family"] = UUID(made["family_id"])
        self.ids["mother"], self.ids["father"] = map(UUID, made["adults"])
        self.ids["girl"], self.ids["boy"], self.ids["brother"] = map(UUID, made["children"])
        for adult, held in (("mother", "yes"), ("father", "no")):
            self.does(
                "referrer",
                families.StateCustody(
                    family_id=self.ids["family"], child_id=self.ids["girl"], adult_id=self.ids[adult], custody=held,
                    stated_on=date(2026, 8, 1),
                ),
                TOWN,
            )  # fmt: skip

    def register_another_family(self, letter: str, *, who: str = "referrer") -> None:
        """A mother and one child."""
        made = self.does(
            who,
            families.RegisterFamily(
                told_on=date(2026, 7, 30), said_yes=True, answered_on=date(2026, 7, 31),
                adults=(
                    families.AdultTyped(
                        given_name=GIVEN_NAMES[f"mother of {letter}"], family_name=f"{STEM}strup{letter.lower()}",
                        caregiver=Caregiver.MOTHER, household="a", telephone=TELEPHONES["mother of B"],
                    ),
                ),
                children=(
                    families.ChildTyped(
                        given_name=GIVEN_NAMES[f"child of {letter}"], birth_month="2024-05", households=("a",)
                    ),
                ),
            ),
            TOWN,
        )  # fmt: skip
        self.ids[f"family {letter}"] = UUID(made["family_id"])
        self.ids[f"mother of {letter}"] = UUID(made["adults"][0])
        self.ids[f"child of {letter}"] = UUID(made["children"][0])

    def refer(
        self, family: str, child: str, grounds: Grounds, *, who: str = "referrer", draft_id: UUID | None = None
    ) -> UUID:  # fmt: skip
        """The first criterion is about the whole family; every further one about the family's first adult if it has two."""
        about = self.ids.get("father") if family == "family" else None
        made = self.does(
            who,
            referrals.ReferFamily(
                family_id=self.ids[family], channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR,
                grounds=referrals.GroundsTyped(
                    criteria=tuple((code, about if n else None) for n, code in enumerate(grounds.criteria)),
                    judgements={self.ids[child]: grounds.judgement}, able_to_take_part=True, remark=grounds.remark,
                    municipal_case=grounds.case, assessments=grounds.assessments,
                ),
                draft_id=draft_id,
            ),
            TOWN,
        )  # fmt: skip
        return UUID(made["referral_id"])

    def place_and_hand_over(self, referral_id: UUID) -> None:
        """Accepted, placed, handed over, delivered."""
        for command in (
            referrals.AcceptReferral(referral_id=referral_id),
            referrals.PlaceFamily(referral_id=referral_id, course_id=self.ids["course"]),
            referrals.HandOver(referral_id=referral_id),
        ):
            self.does("town's coordinator", command, TOWN)
        self.house.deliver()

    # What the family tells, and answers

    def write(self, label: str, kind: PartKind, *said: tuple[str, str | None, str], family: str = "family",
              themes: tuple[Theme, ...] = (), who: str = "leader") -> UUID:  # fmt: skip
        """A part of the note, read back. Each of `said`: who tells, about whom (None: the household), in which words."""
        written = self.does(
            who,
            introductions.WritePart(
                course_id=self.ids["course"], family_id=self.ids[family], kind=kind, themes=themes,
                statements=tuple(
                    introductions.StatementTyped(
                        told_by=self.ids[teller], about=self.ids[about] if about else None, words=words
                    )
                    for teller, about, words in said
                ),
            ),
        )  # fmt: skip
        part_id = self.ids[label] = UUID(written["part_id"])
        self.does(
            who,
            introductions.ReadBackPart(course_id=self.ids["course"], family_id=self.ids[family], part_id=part_id),
        )
        return part_id

    def answers(self, purpose: Purpose, answer: Answer, part: str | None = None, *, person: str = "mother",
                family: str = "family", not_to: tuple[UUID, ...] = (), edition: int = 1) -> UUID:  # fmt: skip
        """The consent's id. Asked and written down by the leader, by telephone."""
        answered = self.does(
            "leader",
            consents.RecordAnswer(
                course_id=self.ids["course"], family_id=self.ids[family], person_id=self.ids[person], purpose=purpose,
                answer=answer, way=Way.TELEPHONE, wording_id=wordings.wording_id(purpose),
                wording_version=wordings.VERSION, language="da", part_id=self.ids[part] if part else None,
                edition=edition if part else None, not_to=not_to,
            ),
        )  # fmt: skip
        return UUID(answered["consent_id"])

    def tells_custody(self, child: str, arrangement: Arrangement, *holders: str, family: str = "family",
                      elsewhere: bool = False) -> None:  # fmt: skip
        """Said by the first of the holders, or by the mother."""
        self.does(
            "leader",
            custody.TellCustody(
                course_id=self.ids["course"], family_id=self.ids[family], child_id=self.ids[child],
                arrangement=arrangement, holders=tuple(self.ids[holder] for holder in holders), elsewhere=elsewhere,
                told_by=self.ids[holders[0] if holders else "mother"],
            ),
        )  # fmt: skip

    def withdraws(self, consent_id: UUID) -> None:
        self.does("leader", consents.WithdrawConsent(consent_id=consent_id, way=Way.SMS))

    def ring(self, family: str = "family") -> None:
        held_on = self.clock.today()
        self.does(
            "leader",
            introductions.HoldConversation(
                course_id=self.ids["course"], family_id=self.ids[family], held_on=held_on, way=Way.TELEPHONE
            ),
        )

    def confirm(self, family: str = "family") -> None:
        self.does("leader", courses.ConfirmPlace(course_id=self.ids["course"], family_id=self.ids[family]))

    def count_an_evening(self, evening: int, *present: str, absent: tuple[str, ...] = ()) -> Mapping[str, Any]:
        lines = [Line(family_id=self.ids[f], status=Attendance.PRESENT, adults=1, children=1) for f in present]
        lines += [Line(family_id=self.ids[f], status=Attendance.NOT_COME) for f in absent]
        return self.does(
            "leader", attendances.RecordEvening(course_id=self.ids["course"], evening=evening, lines=tuple(lines))
        )

    # Rights

    def asks_to_be_erased(self, person: str, realm: str = CLUB, *, officer: str = "", told: str | None = TOLD) -> UUID:
        """The request, with the identity checked."""
        officer = officer or ("officer" if realm == CLUB else "town's officer")
        asked_by = self.ids[self.parent_of(person)]
        request = self.does(
            officer,
            rights.ReceiveRequest(right=Right.ERASURE, subject=self.ids[person], asked_by=asked_by, told=told),
            realm,
        )
        request_id = UUID(request["request_id"])
        self.does(officer, rights.CheckIdentity(request_id=request_id, how=HOW), realm)
        return request_id

    def wants_a_name_corrected(self, child: str) -> UUID:
        """The mother says what her child is called, and the officer accepts; the leader is to correct it."""
        said = (Wished("roster", "given_name", RIGHT_NAME),)
        asked = rights.ReceiveRequest(right=Right.RECTIFICATION, subject=self.ids[child], corrections=said)
        request_id = UUID(self.does("mother", asked)["request_id"])
        self.does("officer", rights.CheckIdentity(request_id=request_id, how=HOW))
        self.does("officer", rectifying.DecideCorrection(request_id=request_id, number=1))
        return request_id

    def keeps(self, request_id: UUID, compartment: str, outcome: Outcome, realm: str = TOWN) -> None:
        self.does(
            "town's officer" if realm == TOWN else "officer",
            rights.DecideCompartment(
                request_id=request_id, compartment=compartment, outcome=outcome, ground=Ground.LAW_DEMANDS_KEEPING,
                legal_basis="barnets lov § 7", keep_until=date(2031, 12, 31),
            ),
            realm,
        )  # fmt: skip

    def is_erased(self, person: str, realm: str = CLUB) -> Mapping[str, Any]:
        """Asked for, checked and carried out; the receipt."""
        return self.carry_out(self.asks_to_be_erased(person, realm), realm)

    def carry_out(self, request_id: UUID, realm: str = CLUB) -> Mapping[str, Any]:
        officer = self.asker("officer" if realm == CLUB else "town's officer")
        receipt: Mapping[str, Any] = erasing.carry_out(officer, request_id, self.desk(realm))["receipt"]
        return receipt

    def notices_a_breach(self, realm: str = CLUB) -> UUID:
        """A telephone was lost two hours ago; described and judged, not yet reported."""
        officer = "officer" if realm == CLUB else "town's officer"
        aware_at = self.clock.now() - timedelta(hours=2)
        known = breaches.NoticeBreach(what=LOST["what"], natures=(Nature.CONFIDENTIALITY,), aware_at=aware_at)
        breach_id = UUID(self.does(officer, known, realm)["breach_id"])
        more = breaches.DescribeBreach(
            breach_id=breach_id, affected=(Affected.PARENTS,), compartments=("rights",), persons=1, records=2,
            consequences=LOST["consequences"], measures=LOST["measures"], contact=LOST["contact"],
        )  # fmt: skip
        self.does(officer, more, realm)
        self.does(officer, breaches.JudgeRisk(breach_id=breach_id, risk=Risk.HIGH, reason=LOST["reason"]), realm)
        return breach_id

    def parent_of(self, person: str) -> str:
        return {"girl": "mother", "boy": "mother", "brother": "mother"}.get(person, person.replace("child", "mother"))


def a_story(house: House, *, grounds: Grounds | None = None, new_id: Callable[[], UUID] = uuid4) -> Life:
    """Four families are referred, three handed over, rung, seated and heard; the first evening has been counted.

    The volunteers may read `presentation` and `practical`, the co-leader `presentation`; `challenges` is shared with
    nobody; three families have passed themes on; the mother may be reached after the course, and what she told be read
    by the leader of the next one.
    """
    life = Life(house, new_id)
    life.open_the_club()
    life.open_the_town()
    life.register_the_family()
    for letter in "BC":
        life.register_another_family(letter)
    life.register_another_family("D", who="other referrer")
    life.ids["referral"] = life.refer("family", "girl", grounds or Grounds())
    for letter in "BC":
        life.ids[f"referral {letter}"] = life.refer(f"family {letter}", f"child of {letter}", _OTHER_GROUNDS)
    life.ids["referral D"] = life.refer("family D", "child of D", _OTHER_GROUNDS, who="other referrer")
    life.clock.set(AUGUST_11)
    for label in ("referral", "referral B", "referral C"):
        life.place_and_hand_over(life.ids[label])
    life.does("town's coordinator", referrals.AcceptReferral(referral_id=life.ids["referral D"]), TOWN)
    life.does("town's coordinator", referrals.PutOnWaitingList(referral_id=life.ids["referral D"]), TOWN)
    life.clock.set(AUGUST_14)
    _tell_and_answer(life)
    for person in ("leader", "co-leader", "volunteer", "other volunteer"):
        life.does(person, courses.AcceptConfidentiality(course_id=life.ids["course"]))
    life.does("leader", courses.ChangeCourseState(course_id=life.ids["course"], state=CourseState.RECRUITING))
    life.does(
        "other volunteer", courses.StateAcquaintance(course_id=life.ids["course"], family_id=life.ids["family C"])
    )
    life.clock.set(FIRST_EVENING)
    life.count_an_evening(1, "family", "family B", absent=("family C",))
    life.ids["draft"] = life.new_id()
    drafts.keep(life.asker("referrer"), life.ids["draft"], DRAFTED, life.desk(TOWN))
    life.ids["breach"], life.ids["town's breach"] = life.notices_a_breach(), life.notices_a_breach(TOWN)
    life.house.deliver()
    return life


def _tell_and_answer(life: Life) -> None:
    life.ring()
    life.tells_custody("boy", Arrangement.SINGLE, "mother")
    life.write("presentation", PartKind.PRESENTATION, ("mother", None, SAID["presentation"]))
    life.write("wishes", PartKind.WISHES, ("mother", None, SAID["wishes"]), themes=(Theme.NETWORK, Theme.SLEEP))
    life.write(
        "challenges", PartKind.CHALLENGES, ("mother", "mother", SAID["challenges"]),
        ("mother", "father", SAID["about the father"]),
    )  # fmt: skip
    life.write("practical", PartKind.PRACTICAL, ("mother", "boy", SAID["practical"]))
    life.write("by the father", PartKind.EVERYDAY_LIFE, ("father", "father", SAID["by the father"]))
    for letter in "BC":
        life.ring(f"family {letter}")
        said = (f"mother of {letter}", None, f"{STEM}stille{letter.lower()}")
        life.write(f"wishes of {letter}", PartKind.WISHES, said, family=f"family {letter}", themes=(Theme.NETWORK,))
    for label in ("presentation", "practical"):
        life.ids[f"consent to {label}"] = life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, label)
    life.ids["consent to the co-leader"] = life.answers(Purpose.SHARE_WITH_CO_LEADER, Answer.YES, "presentation")
    life.ids["consent to themes"] = life.answers(Purpose.ANONYMOUS_THEMES, Answer.YES, "wishes")
    for letter in "BC":
        life.answers(
            Purpose.ANONYMOUS_THEMES, Answer.YES, f"wishes of {letter}", person=f"mother of {letter}",
            family=f"family {letter}",
        )  # fmt: skip
    life.ids["consent to reminders"] = life.answers(Purpose.SMS_REMINDERS, Answer.YES)
    life.ids["consent to contact"] = life.answers(Purpose.CONTACT_AFTER_COURSE, Answer.YES)
    life.ids["consent to carry over"] = life.answers(Purpose.CARRY_OVER, Answer.YES)
    life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.NO, "challenges")
    life.answers(Purpose.REUNION_INVITATION, Answer.NOT_DECIDED)
    for family in ("family", "family B", "family C"):
        life.confirm(family)
