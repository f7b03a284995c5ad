"""What an officer looks at regularly: the month, random checks with their reports, and alarms (RIG-09)."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Day, Id, Revealed, Sent, Shown, choice, whole_asked, words
from adapters.officer.door import officer
from adapters.officer.log import MOST_ENTRIES, LineWithReason, LogLine, PageWanted
from application.checks import AnnounceDraw, CloseDraw, HandleAlarm, MakeDraw, RecordFinding
from application.desk import Asker, Desk
from application.reading import checks as reading
from gdpr.checks_facts import Finding


class MonthWanted(Sent):
    month = fields.String(validate=validate.Regexp(r"^[0-9]{4}-(0[1-9]|1[0-2])$", error="month_unreadable"))


class Checks(Shown):
    """The figures of a month; of what stands out the first lines, and by the other questions all of them."""

    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")
    entries = fields.Integer()
    refusals = fields.Integer()
    alarms = fields.Integer()
    alarms_open = fields.Integer()
    searches = fields.Integer()
    outside_the_course = fields.List(fields.Nested(LogLine))
    outside_the_course_entries = fields.Integer()
    without_consent = fields.List(fields.Nested(LineWithReason))
    persons_read_by_actor = fields.Dict(keys=fields.String(), values=fields.Integer())
    draws_open = fields.Integer()


@officer.asks("/checks", Checks(), query=MonthWanted())
def checks(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The month's overview: refusals, alarms, readings outside a course or without consent, who read most."""
    return reading.checks(asker, desk, **said)


class DrawVersion(Shown):
    draw_id = Id()
    version = fields.Integer()


class DrawBound(DrawVersion):
    """`commitment` is the hash of the nonce that stays sealed until the draw."""

    commitment = fields.String()


class DrawAnnouncing(Sent):
    """Days, both included; the last is not over yet. Without them: the last days up to today."""

    since = Day(allow_none=True)
    until = Day(allow_none=True)


@officer.does("POST", "/draws", AnnounceDraw, DrawBound(), body=DrawAnnouncing(), status=201)
def announce_draw(said: Said) -> AnnounceDraw:
    """A random check of these days is announced; it is drawn when they are over."""
    return AnnounceDraw(**said)


class SiftedBy(Shown):
    rule = fields.String()
    entries = fields.Integer()


class DrawLine(Shown):
    """`left` is how many uses no known relation explains. Nonce, checkpoint and seed are null until it is drawn."""

    draw_id = Id()
    since = Day()
    until = Day()
    announced_by = Id()
    commitment = fields.String()
    nonce = fields.String(allow_none=True)
    checkpoint = fields.String(allow_none=True)
    seed = fields.String(allow_none=True)
    population = fields.Integer()
    left = fields.Integer()
    sifted = fields.List(fields.Nested(SiftedBy))
    sifting = fields.String(allow_none=True)
    least = fields.Integer()
    per_mille = fields.Integer()
    drawn_on = Day(allow_none=True)
    entries_drawn = fields.Integer()
    findings = fields.Dict(keys=fields.String(), values=fields.Integer())
    open = fields.Integer()
    closed_on = Day(allow_none=True)
    version = fields.Integer()


@officer.asks("/draws", DrawLine(many=True))
def draws(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The random checks: what they are drawn from, how many entries, and what was found."""
    return reading.draws(asker, desk)


class WhatWasFound(Shown):
    finding = choice(Finding, allow_none=True)
    found_on = Day(allow_none=True)
    found_by = Id(allow_none=True)
    words = Revealed()


class Drawn(WhatWasFound):
    """`sifted_by` is the rule that explains a use, null where none does."""

    seq = fields.Integer()
    sifted_by = fields.String(allow_none=True)
    entry = fields.Nested(LogLine)


class DrawReport(DrawLine):
    drawn = fields.List(fields.Nested(Drawn))


@officer.asks("/draws/<uuid:draw_id>", DrawReport())
def draw(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The report of one check, with every drawn entry and what was found about it."""
    return reading.draw(asker, desk, **said)


class Sifting(Shown):
    seq = fields.Integer()
    sifted_by = fields.String(allow_none=True)


class DrawnAgain(Shown):
    draw_id = Id()
    seed = fields.String()
    sifting_is_the_same = fields.Boolean()
    drawn_is_the_same = fields.Boolean()
    sifting = fields.List(fields.Nested(Sifting))
    next_after = fields.Integer(allow_none=True)


class ListWanted(Sent):
    after = whole_asked(0, MOST_ENTRIES)
    limit = whole_asked(1, 100_000)


@officer.asks("/draws/<uuid:draw_id>/sifting", DrawnAgain(), query=ListWanted())
def draw_again(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The list that was drawn from, and whether the same is drawn from it again."""
    return reading.draw_again(asker, desk, **said)


@officer.does("POST", "/draws/<uuid:draw_id>/drawing", MakeDraw, DrawVersion())
def make_draw(said: Said) -> MakeDraw:
    """The days are over: draw."""
    return MakeDraw(**said)


class FindingMade(Sent):
    finding = choice(Finding, required=True)
    words = words(LONG, allow_none=True, metadata={"description": "needed for what is not explained"})


@officer.does("PUT", "/draws/<uuid:draw_id>/findings/<int:seq>", RecordFinding, DrawVersion(), body=FindingMade())
def record_finding(said: Said) -> RecordFinding:
    """What was found about one drawn entry."""
    return RecordFinding(**said)


@officer.does("POST", "/draws/<uuid:draw_id>/closing", CloseDraw, DrawVersion())
def close_draw(said: Said) -> CloseDraw:
    """Every drawn entry has a finding: the report is final."""
    return CloseDraw(**said)


class AlarmsWanted(PageWanted):
    open_only = fields.Boolean(truthy={"true"}, falsy={"false"})


class AlarmLine(LogLine, WhatWasFound):
    """`figures` are what the rule counted; `state` is open or handled."""

    figures = fields.Dict(keys=fields.String())
    state = fields.String()


class Alarms(Shown):
    lines = fields.List(fields.Nested(AlarmLine))
    next_after = fields.Integer(allow_none=True)


@officer.asks("/alarms", Alarms(), query=AlarmsWanted())
def alarms(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The alarms of the log: rule and figures, of whose use, and whether somebody has looked into it."""
    return reading.alarms(asker, desk, **said)


class AlarmVersion(Shown):
    seq = fields.Integer()
    version = fields.Integer()


@officer.does("PUT", "/alarms/<int:seq>/finding", HandleAlarm, AlarmVersion(), body=FindingMade())
def handle_alarm(said: Said) -> HandleAlarm:
    """An alarm was looked into."""
    return HandleAlarm(**said)
