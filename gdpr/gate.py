"""The one door out: decide, write the access log durably, and only then open (RIG-08, INT-19)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from domain.compartments import BY_NAME, Compartment
from domain.errors import Refusal
from domain.facts import Sealed
from domain.people import Role
from gdpr.policy import Decision, Level, Standing, decide
from gdpr.ports import WITHHELD, Absent, AccessLog, Entry, Opener, Tampered


class NotForThisReader(Refusal):
    """The reader may not see this, or there is no such thing: the answer is the same, so that it tells nothing."""

    code = "not_for_this_reader"


Restricted = Callable[[Collection[UUID]], Collection[tuple[UUID, str]]]


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, in which role and unit, for what purpose, when, and from where; its id stands on every entry it causes.

    `session` is the pseudonym of the login on one device, `process` the name of the process that serves it.
    """

    actor: UUID
    role: Role
    unit: UUID | None
    purpose: str
    at: datetime
    request_id: UUID
    course: UUID | None = None
    session: UUID | None = None
    process: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One value asked for, with how the reader stands to it, what record it is part of, and the consents it rests on."""

    value: Sealed
    standing: Standing
    record: UUID | None = None
    consents: tuple[UUID, ...] = ()


class Gate:
    """Opens values of one realm for readers, one entry of the access log per request, subject and compartment."""

    def __init__(self, log: AccessLog, opener: Opener, restricted: Restricted) -> None:
        """`restricted` says for which of these subjects reading is restricted, and in which compartments (Art. 18)."""
        self._log = log
        self._opener = opener
        self._restricted = restricted

    def open(self, request: Request, asked: Sequence[Asked], *, action: str = "read") -> list[Any]:
        """One answer for each value, in order: the value, ERASED, or WITHHELD where the table says no.

        Raises LogUnavailable (then nothing was opened), Unavailable, Tampered; the alarm is in the log before it rises.
        """
        return self._open(request, asked, Level.EACH, action)

    def open_as_group(self, request: Request, asked: Sequence[Asked]) -> list[Any]:
        """The values in an order that says nothing of whose each one is; erased and withheld ones are left out."""
        answers = self._open(request, asked, Level.AS_GROUP, "read")
        return sorted((a for a in answers if not isinstance(a, Absent)), key=repr)

    def refuse(
        self,
        request: Request,
        compartment: Compartment,
        rule: str,
        subjects: Iterable[UUID] = (),
        record: UUID | None = None,
    ) -> NoReturn:
        """Write down that something was asked for in vain, then say no. Raises NotForThisReader, LogUnavailable."""
        entries = [
            _entry(request, "refused", compartment, subject, Decision(False, rule), records=(record,) if record else ())
            for subject in (tuple(subjects) or (None,))
        ]
        self._log.write(entries)
        raise NotForThisReader

    def note(
        self,
        request: Request,
        action: str,
        compartment: Compartment,
        *,
        subjects: Iterable[UUID] = (),
        records: tuple[UUID, ...] = (),
        **details: int | str,
    ) -> None:
        """Write down a use that opens nothing by itself: a search, a printed sheet, an officer's look-up."""
        self._log.write(
            [
                _entry(request, action, compartment, subject, Decision(True, action), records=records, details=details)
                for subject in (tuple(subjects) or (None,))
            ]
        )

    def _open(self, request: Request, asked: Sequence[Asked], level: Level, action: str) -> list[Any]:
        if not asked:
            return []
        closed = self._restricted({one.value.subject for one in asked})
        decisions = _decisions(request.role, asked, level, closed)
        self._log.write(_entries(request, asked, decisions, action))
        allowed = [one.value for one, decision in zip(asked, decisions, strict=True) if decision.allowed]
        try:
            opened = iter(self._opener.open(allowed)) if allowed else iter(())
        except Tampered:
            alarm = Decision(False, "tampered")
            self._log.write(_entries(request, asked, [alarm] * len(asked), "alarm"))
            raise
        return [next(opened) if decision.allowed else WITHHELD for decision in decisions]


def _decisions(
    role: Role, asked: Sequence[Asked], level: Level, closed: Collection[tuple[UUID, str]]
) -> list[Decision]:
    """The table's answer for each value. Most values of a page share a standing, and then its answer."""
    known: dict[tuple[int, str, bool], Decision] = {}
    decisions: list[Decision] = []
    for one in asked:
        compartment, restricted = one.value.compartment, (one.value.subject, one.value.compartment) in closed
        answer = known.get((id(one.standing), compartment, restricted))
        if answer is None:
            answer = decide(role, BY_NAME[compartment], one.standing, level, restricted=restricted)
            known[id(one.standing), compartment, restricted] = answer
        decisions.append(answer)
    return decisions


def _entries(request: Request, asked: Sequence[Asked], decisions: Sequence[Decision], action: str) -> list[Entry]:
    grouped: dict[tuple[UUID, str, Decision], list[Asked]] = {}
    for one, decision in zip(asked, decisions, strict=True):
        grouped.setdefault((one.value.subject, one.value.compartment, decision), []).append(one)
    return [
        _entry(
            request,
            action if decision.allowed or action == "alarm" else "refused",
            BY_NAME[compartment],
            subject,
            decision,
            fields=tuple(dict.fromkeys(one.value.place.field for one in ones)),
            records=tuple(dict.fromkeys(one.record for one in ones if one.record is not None)),
            consents=tuple(dict.fromkeys(consent for one in ones for consent in one.consents)),
        )
        for (subject, compartment, decision), ones in grouped.items()
    ]


def _entry(
    request: Request,
    action: str,
    compartment: Compartment,
    subject: UUID | None,
    decision: Decision,
    *,
    fields: tuple[str, ...] = (),
    records: tuple[UUID, ...] = (),
    consents: tuple[UUID, ...] = (),
    details: dict[str, int | str] | None = None,
) -> Entry:
    return Entry(
        at=request.at,
        action=action,
        actor=request.actor,
        role=request.role.value,
        unit=request.unit,
        course=request.course,
        purpose=request.purpose,
        compartment=compartment.name,
        subject=subject,
        allowed=decision.allowed,
        rule=decision.rule,
        request_id=request.request_id,
        fields=fields,
        records=records,
        consents=consents,
        details=details or {},
        session=request.session,
        process=request.process,
    )
