"""What an officer asks the access log, a page at a time; never contents (VIS-09, RIG-09)."""

from __future__ import annotations

from marshmallow import fields, validate

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Id, Sent, Shown, choice, whole_asked
from adapters.officer.door import officer
from application.desk import Asker, Desk
from application.reading import log_questions as questions
from application.reading import officer as reading
from domain.compartments import BY_NAME
from domain.people import Role

MOST_LINES, MOST_ENTRIES = 1_000, 2**53
ACTIONS = ("read", "print", "disclose", "search", "refused", "officer", "alarm", "review", "verified", "role_chosen")
"""What one may ask the log for by name."""


class LogLine(Shown):
    """One line of the access log; actor, session, subject, records and consents end with the log's own retention."""

    seq = fields.Integer()
    at = fields.AwareDateTime(format="iso")
    action = fields.String()
    actor = Id(allow_none=True)
    role = fields.String()
    unit = Id(allow_none=True)
    course = Id(allow_none=True)
    purpose = fields.String()
    compartment = fields.String()
    subject = Id(allow_none=True)
    field_names = fields.List(fields.String(), attribute="fields", data_key="fields")
    records = fields.List(Id())
    consents = fields.List(Id())
    allowed = fields.Boolean()
    rule = fields.String()
    request_id = Id()
    session = Id(allow_none=True)
    process = fields.String()


class LogPage(Shown):
    """`next_after` is what `after` must say for the next page; null on the last one."""

    lines = fields.List(fields.Nested(LogLine))
    next_after = fields.Integer(allow_none=True)


class Period(Sent):
    """`since` is included, `until` is not."""

    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")
    limit = whole_asked(1, MOST_LINES)


class PageWanted(Period):
    """`after` is the number of the last entry of the page before."""

    after = whole_asked(0, MOST_ENTRIES)


class ReadingsWanted(PageWanted):
    subject = Id()
    actor = Id()
    part = Id()
    course = Id()
    compartment = fields.String(validate=validate.OneOf(list(BY_NAME), error="choice_unknown"))
    role = choice(Role)
    action = fields.String(validate=validate.OneOf(ACTIONS, error="choice_unknown"))
    refused = fields.Boolean(truthy={"true"}, falsy={"false"})


@officer.asks("/readings", LogPage(), query=ReadingsWanted())
def readings(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who read or asked in vain, oldest first; the question itself is written down."""
    return questions.readings(asker, desk, **said)


class RefusedByActor(Shown):
    actor = Id(allow_none=True)
    role = fields.String()
    requests = fields.Integer()


class Refusals(LogPage):
    by_actor = fields.List(fields.Nested(RefusedByActor))


@officer.asks("/refusals", Refusals(), query=PageWanted())
def refusals(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Everything that was asked for in vain, and by whom most often."""
    return questions.refusals(asker, desk, **said)


@officer.asks("/outside-the-course", LogPage(), query=PageWanted())
def outside_the_course(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What was read of a course before it was prepared or after it had ended."""
    return questions.outside_the_course(asker, desk, **said)


class LineWithReason(LogLine):
    """`reason` is `no_consent_named` or `consent_not_in_force`."""

    reason = fields.String()


class WithoutConsent(Shown):
    """A page may be short, or empty, and not the last one: `next_after` says so."""

    lines = fields.List(fields.Nested(LineWithReason))
    next_after = fields.Integer(allow_none=True)


@officer.asks("/without-consent", WithoutConsent(), query=PageWanted())
def without_consent(asker: Asker, desk: Desk, said: Said) -> Answer:
    """What was opened although the policy asks for a consent and none was in force that day."""
    return questions.without_consent(asker, desk, **said)


class NumbersWanted(Period):
    offset = whole_asked(0, MOST_ENTRIES)


class ReadersNumbers(Shown):
    actor = Id()
    role = fields.String()
    entries = fields.Integer()
    requests = fields.Integer()
    subjects = fields.Integer()
    times_the_usual = fields.Float()


class UnusualNumbers(Shown):
    """`usual` is the median number of persons a reader opened, by role."""

    usual = fields.Dict(keys=fields.String(), values=fields.Float())
    lines = fields.List(fields.Nested(ReadersNumbers))
    next_offset = fields.Integer(allow_none=True)


@officer.asks("/unusual-numbers", UnusualNumbers(), query=NumbersWanted())
def unusual_numbers(asker: Asker, desk: Desk, said: Said) -> Answer:
    """How many persons each reader opened, most first, and how many times what is usual in the role."""
    return questions.unusual_numbers(asker, desk, **said)


class MatrixLine(Shown):
    role = fields.String()
    compartment = fields.String()
    level = fields.String()
    rule = fields.String()


@officer.asks("/matrix", MatrixLine(many=True), records=False)
def matrix(asker: Asker, desk: Desk, said: Said) -> Answer:
    """Who may see what, as the table of the policy says it."""
    return reading.matrix(asker, desk)
