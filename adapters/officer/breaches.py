"""Breaches at the officer's desk: noticed, described, judged, reported, told, closed (GDPR Art. 33 and 34)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Id, Revealed, Sent, Shown, choice, several, whole, words
from adapters.officer.door import officer
from application.breaches import (
    CloseBreach,
    DescribeBreach,
    JudgeRisk,
    NeedNotTell,
    NoticeBreach,
    ReportBreach,
    TellPersons,
)
from application.desk import Asker, Desk
from application.reading import breaches as reading
from gdpr.breach import Reporting
from gdpr.breach_facts import Affected, Nature, NotToldBecause, Risk, WayTold

BREACH = "/breaches/<uuid:breach_id>"
_MANY = 100_000_000


def moment(**kwargs: Any) -> fields.AwareDateTime:
    """ISO 8601 with a time zone."""
    return fields.AwareDateTime(format="iso", **kwargs)


class BreachVersion(Shown):
    breach_id = Id()
    version = fields.Integer()


class BreachTaken(BreachVersion):
    due_at = fields.String()


class Noticed(Sent):
    what = words(LONG, required=True)
    natures = several(choice(Nature), required=True)
    aware_at = moment(required=True, metadata={"description": "the 72 hours run from here"})
    began_at = moment(allow_none=True)
    ended_at = moment(allow_none=True)
    processor_told_at = moment(allow_none=True)


@officer.does("POST", "/breaches", NoticeBreach, BreachTaken(), body=Noticed(), status=201)
def notice_breach(said: Said) -> NoticeBreach:
    """The controller knows of a breach, by itself or from a processor; every one is written down."""
    return NoticeBreach(**{**said, "natures": tuple(said["natures"])})


class Described(Sent):
    affected = several(choice(Affected), allow_none=True)
    compartments = several(words(), allow_none=True)
    persons = whole(0, _MANY, allow_none=True)
    records = whole(0, _MANY, allow_none=True)
    consequences = words(LONG, allow_none=True)
    measures = words(LONG, allow_none=True)
    contact = words(LONG, allow_none=True)


@officer.does("POST", f"{BREACH}/description", DescribeBreach, BreachVersion(), body=Described())
def describe_breach(said: Said) -> DescribeBreach:
    """What is known by now; what is left out stays as it was said before."""
    lists = {name: tuple(said[name]) for name in ("affected", "compartments") if said.get(name) is not None}
    return DescribeBreach(**{**said, **lists})


class Judged(Sent):
    risk = choice(Risk, required=True)
    reason = words(LONG, required=True)


@officer.does("POST", f"{BREACH}/risk", JudgeRisk, BreachVersion(), body=Judged())
def judge_risk(said: Said) -> JudgeRisk:
    """How likely and how severe, and why."""
    return JudgeRisk(**said)


class Reported(Sent):
    reported_at = moment(required=True)
    late_because = words(LONG, allow_none=True)


@officer.does("POST", f"{BREACH}/reports", ReportBreach, BreachVersion(), body=Reported(), status=201)
def report_breach(said: Said) -> ReportBreach:
    """It was sent to Datatilsynet, or a phase was added; after 72 hours with the reasons for the delay."""
    return ReportBreach(**said)


class Told(Sent):
    way = choice(WayTold, required=True)
    on = Day(required=True)
    persons = whole(0, _MANY, allow_none=True)


@officer.does("POST", f"{BREACH}/persons-told", TellPersons, BreachVersion(), body=Told())
def tell_persons(said: Said) -> TellPersons:
    """The persons concerned were told, by whoever knows their names."""
    return TellPersons(**said)


class NotTold(Sent):
    because = choice(NotToldBecause, required=True)
    reason = words(LONG, required=True)


@officer.does("POST", f"{BREACH}/telling-not-needed", NeedNotTell, BreachVersion(), body=NotTold())
def need_not_tell(said: Said) -> NeedNotTell:
    """The risk is high, and the persons need not be told, on one of the two grounds."""
    return NeedNotTell(**said)


@officer.does("POST", f"{BREACH}/closing", CloseBreach, BreachVersion())
def close_breach(said: Said) -> CloseBreach:
    """Nothing more is to be done."""
    return CloseBreach(**said)


class ReportShown(Shown):
    number = fields.Integer()
    reported_at = moment()
    late = fields.Boolean()
    late_because = Revealed()


class BreachShown(Shown):
    """`reporting` says where the duty of Art. 33 stands, `missing` what is wanting before it can be closed."""

    breach_id = Id()
    aware_at = moment()
    noted_at = moment()
    began_at = moment(allow_none=True)
    ended_at = moment(allow_none=True)
    processor_told_at = moment(allow_none=True)
    natures = fields.List(choice(Nature))
    due_at = moment()
    reporting = choice(Reporting)
    overdue = fields.Boolean()
    hours_left = fields.Integer(allow_none=True)
    what = Revealed()
    affected = fields.List(choice(Affected))
    compartments = fields.List(fields.String())
    persons = fields.Integer(allow_none=True)
    records = fields.Integer(allow_none=True)
    consequences = Revealed()
    measures = Revealed()
    contact = Revealed()
    risk = choice(Risk, allow_none=True)
    judged_at = moment(allow_none=True)
    risk_reason = Revealed()
    reports = fields.List(fields.Nested(ReportShown))
    told_on = Day(allow_none=True)
    told_way = choice(WayTold, allow_none=True)
    told_persons = fields.Integer(allow_none=True)
    not_told_because = choice(NotToldBecause, allow_none=True)
    not_told_reason = Revealed()
    closed_at = moment(allow_none=True)
    missing = fields.List(fields.String())
    version = fields.Integer()


@officer.asks("/breaches", BreachShown(many=True))
def breaches(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The register of breaches: every one of them, with its clock."""
    return [as_chosen(line) for line in reading.breaches(asker, desk)]


@officer.asks(BREACH, BreachShown())
def breach(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One breach, with all that Art. 33(3) asks for."""
    return as_chosen(reading.breach(asker, said["breach_id"], desk))


def as_chosen(line: Any) -> Any:
    """The line with its choices as members of their lists."""
    kinds: dict[str, Any] = {
        "risk": Risk, "told_way": WayTold, "not_told_because": NotToldBecause, "reporting": Reporting,
    }  # fmt: skip
    chosen = {name: kind(line[name]) for name, kind in kinds.items() if line[name] is not None}
    natures, affected = map(Nature, line["natures"]), map(Affected, line["affected"])
    return {**line, **chosen, "natures": list(natures), "affected": list(affected)}
