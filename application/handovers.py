"""What crosses between realms: a family's hand-over to Red Barnet, and news of courses to the municipality.

A hand-over is a disclosure: it is opened through the municipality's gate, sealed to the course's receiving key, sent
in the transaction that records it, and received once. It is sealed person by person, so that whoever is erased while it
waits is taken out of it, and the others arrive. In the other direction goes only what concerns no person.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast
from uuid import UUID, uuid5

from application.perform import Work, serves
from application.ports import Message
from application.streams import COURSE, NOTICE, PARTICIPANTS
from application.views.municipality import CourseNotice, TownFamily, TownMember
from domain.compartments import MUNICIPAL_CONTACT, MUNICIPAL_TELEPHONE
from domain.course_group import Arrival, take_in
from domain.errors import NotFound, RuleBroken
from domain.family import UnknownPerson
from domain.notice import CourseAnnounced, announce
from domain.participants import Handover, ReceivedAdult, ReceivedChild, receive
from domain.people import CourseId, FamilyId, PersonId, Role, TakesPartAs
from gdpr.gate import Asked
from gdpr.policy import Standing
from gdpr.ports import Absent

RED_BARNET = "red-barnet"
HANDOVER = "handover"
CARRIED = frozenset({MUNICIPAL_CONTACT.name, MUNICIPAL_TELEPHONE.name})
"""The compartments out of which a hand-over carries what it says of a person."""
COURSE_NEWS = "course_news"

_ADULT_FIELDS = ("given_name", "family_name", "caregiver", "telephone")
_CHILD_FIELDS = ("given_name", "birth_month")


class NobodyToHandOver(RuleBroken):
    """Every adult who comes has been erased or restricted here; there is nobody to ring."""

    code = "nobody_to_hand_over"


def send_handover(work: Work, family_id: FamilyId, notice: CourseNotice, handover_id: UUID) -> None:
    """Put the family's hand-over into the outbox, sealed to the course: those who come, and nobody else (REF-12).

    Raises UnknownPerson, NobodyToHandOver, and what the gate raises.
    """
    rows = work.desk.register.rows()
    family = rows.get(TownFamily, family_id=family_id)
    registered = sorted(rows.where(TownMember, family_id=family_id), key=lambda member: member.number)
    members = [m for m in registered if m.erased_on is None and m.comes]
    if family is None:
        raise UnknownPerson("family_id")
    opened = _open(work, family, members)
    # Whoever is erased, or whose reading is restricted (GDPR Art. 18), has no name to hand over, and stays here.
    members = [m for m in members if opened[m.person_id, "given_name"] is not None]
    if not any(m.takes_part_as is TakesPartAs.ADULT for m in members):
        raise NobodyToHandOver("family_id")
    seal = _Sealing(work, notice, handover_id)
    envelope = {
        "handover_id": str(handover_id),
        "family_id": str(family_id),
        "course_id": str(notice.course_id),
        "handed_over_on": work.desk.clock.today().isoformat(),
        "handed_over_by": str(work.asker.actor),
        "family": seal(
            family_id,
            {
                "language": opened[family_id, "language"] or "dansk",
                "needs_translation": bool(opened[family_id, "needs_translation"]),
            },
        ),
        "persons": [
            {
                "person_id": str(m.person_id),
                "adult": _is_adult(m),
                "sealed": seal(m.person_id, _line(m, opened, _ADULT_FIELDS if _is_adult(m) else _CHILD_FIELDS)),
            }
            for m in members
        ],
    }
    work.messages.append(Message(handover_id, RED_BARNET, HANDOVER, json.dumps(envelope).encode()))


def without(body: bytes, subjects: Collection[UUID]) -> tuple[bytes | None, int]:
    """A hand-over that still waits, without what it says of these persons; and how many of its parts went.

    None when the family itself is among them, or nobody is left whom the leader could ring: then nothing is handed over.
    """
    envelope = json.loads(body)
    persons = envelope["persons"]
    left = [line for line in persons if UUID(line["person_id"]) not in subjects]
    if UUID(envelope["family_id"]) in subjects or not any(line["adult"] for line in left):
        return None, len(persons) + 1
    return json.dumps(envelope | {"persons": left}).encode(), len(persons) - len(left)


class _Sealing:
    """Seals the parts of one hand-over to its course, each bound to whom it is about."""

    def __init__(self, work: Work, notice: CourseNotice, handover_id: UUID) -> None:
        self._keys, self._realm = work.desk.keys, work.desk.realm
        self._public, self._handover_id = bytes.fromhex(notice.receiving_key), handover_id

    def __call__(self, about: UUID, content: Mapping[str, Any]) -> str:
        info = _info(self._realm, self._handover_id, about)
        return base64.b64encode(self._keys.seal_for(self._public, json.dumps(content).encode(), info)).decode()


def _is_adult(member: TownMember) -> bool:
    return member.takes_part_as is TakesPartAs.ADULT


def _open(work: Work, family: TownFamily, members: list[TownMember]) -> dict[tuple[UUID, str], Any]:
    places: list[tuple[UUID, str]] = []
    asked: list[Asked] = []
    standing = Standing(own_municipality=True, not_handed_over=True)
    for about, name, value in (
        *((m.person_id, name, getattr(m, name)) for m in members for name in {*_ADULT_FIELDS, *_CHILD_FIELDS}),
        (family.family_id, "language", family.language),
        (family.family_id, "needs_translation", family.needs_translation),
    ):
        if value is not None:
            places.append((about, name))
            asked.append(Asked(value, standing))
    request = work.asker.asks(work.desk, "hand_over")
    answers = work.desk.gate.open(request, asked, action="disclose")
    found = {place: None if isinstance(a, Absent) else a for place, a in zip(places, answers, strict=True)}
    wanted = {*_ADULT_FIELDS, *_CHILD_FIELDS}
    return {
        **{(m.person_id, name): None for m in members for name in wanted},
        (family.family_id, "language"): None,
        (family.family_id, "needs_translation"): None,
        **found,
    }


def _line(member: TownMember, opened: Mapping[tuple[UUID, str], Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "person_id": str(member.person_id),
        "household_ids": [str(home) for home in member.household_ids],
        "takes_part_as": member.takes_part_as.value,
        "comes": member.comes,
        **{name: opened[member.person_id, name] for name in names},
    }


def _info(from_realm: str, handover_id: UUID, about: UUID) -> bytes:
    return f"tillid/handover/v2/{from_realm}/{handover_id}/{about}".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveHandover:
    """A hand-over arrives in Red Barnet's realm; given by the way between the realms in the coordinator's name."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    from_realm: str
    body: bytes


@serves(ReceiveHandover)
def receive_handover(command: ReceiveHandover, work: Work) -> Mapping[str, Any]:
    envelope = json.loads(command.body)
    course_id = CourseId(UUID(envelope["course_id"]))
    handover_id = UUID(envelope["handover_id"])

    def opened(about: UUID, sealed: str) -> dict[str, Any]:
        info = _info(command.from_realm, handover_id, about)
        content = work.desk.keys.open_received(course_id, base64.b64decode(sealed), info)
        return cast(dict[str, Any], json.loads(content))

    lines = [(each["adult"], opened(UUID(each["person_id"]), each["sealed"])) for each in envelope["persons"]]
    content = opened(UUID(envelope["family_id"]), envelope["family"]) | {
        "adults": [line for adult, line in lines if adult],
        "children": [line for adult, line in lines if not adult],
    }
    handover = _handover(envelope, content, command.from_realm, course_id, handover_id)
    family = work.find(PARTICIPANTS, handover.family_id)
    work.record(handover.family_id, receive(family, handover))
    course = work.load(COURSE, course_id, NotFound, "course_id")
    children = [child for child in handover.children if child.takes_part_as is TakesPartAs.CHILD]
    arrival = Arrival(
        family_id=handover.family_id,
        handover_id=handover_id,
        handed_over_on=handover.handed_over_on,
        adults=sum(adult.comes for adult in handover.adults),
        children=len(children),
        siblings=len(handover.children) - len(children),
        returning=family is not None,
    )
    work.record(course_id, take_in(course, arrival))
    return {"family_id": str(handover.family_id), "course_id": str(course_id)}


def _handover(
    envelope: Mapping[str, Any], content: Mapping[str, Any], from_realm: str, course_id: CourseId, handover_id: UUID
) -> Handover:
    return Handover(
        handover_id=handover_id,
        family_id=FamilyId(UUID(envelope["family_id"])),
        from_realm=from_realm,
        course_id=course_id,
        handed_over_on=date.fromisoformat(envelope["handed_over_on"]),
        adults=tuple(
            ReceivedAdult(
                person_id=PersonId(UUID(line["person_id"])), household_id=UUID(line["household_ids"][0]),
                comes=line["comes"], given_name=line["given_name"], family_name=line["family_name"],
                caregiver=line["caregiver"], telephone=line["telephone"],
            )
            for line in content["adults"]
        ),
        children=tuple(
            ReceivedChild(
                person_id=PersonId(UUID(line["person_id"])),
                household_ids=tuple(UUID(home) for home in line["household_ids"]),
                takes_part_as=TakesPartAs(line["takes_part_as"]), given_name=line["given_name"],
                birth_month=line["birth_month"],
            )
            for line in content["children"]
        ),
        language=content["language"],
        needs_translation=content["needs_translation"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a municipality is told of a course: nobody is in it (REF-22)."""

    course_id: UUID
    club: str
    municipality: str
    starts_on: date
    ends_on: date
    takes_in: bool
    late_entry_agreed: bool
    receiving_key: str


def send_news(work: Work, news: News) -> None:
    """Put the news into the outbox, numbered by the version of the course that it tells of."""
    number = work.version(news.course_id)
    body = {
        "course_id": str(news.course_id),
        "club": news.club,
        "starts_on": news.starts_on.isoformat(),
        "ends_on": news.ends_on.isoformat(),
        "takes_in": news.takes_in,
        "late_entry_agreed": news.late_entry_agreed,
        "receiving_key": news.receiving_key,
        "news": number,
    }
    message_id = uuid5(news.course_id, f"news/{number}")
    work.messages.append(Message(message_id, news.municipality, COURSE_NEWS, json.dumps(body).encode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveNews:
    """News of a course arrive in a municipality's realm."""

    GIVEN_BY: ClassVar = frozenset({Role.COORDINATOR})

    body: bytes


@serves(ReceiveNews)
def receive_news(command: ReceiveNews, work: Work) -> Mapping[str, Any]:
    news = json.loads(command.body)
    course_id = CourseId(UUID(news["course_id"]))
    announced = CourseAnnounced(
        course_id=course_id,
        club=news["club"],
        starts_on=date.fromisoformat(news["starts_on"]),
        ends_on=date.fromisoformat(news["ends_on"]),
        takes_in=news["takes_in"],
        late_entry_agreed=news["late_entry_agreed"],
        receiving_key=bytes.fromhex(news["receiving_key"]),
        news=news["news"],
    )
    work.record(course_id, announce(work.find(NOTICE, course_id), announced))
    return {"course_id": str(course_id)}
