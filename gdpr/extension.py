"""Two further months for an answer, told with the reasons before the first month is over (Art. 12(3))."""

from __future__ import annotations

from datetime import date

from domain.errors import Invalid, RuleBroken
from domain.text import past
from gdpr.answering_facts import Concerning
from gdpr.deadlines import extended_due_on
from gdpr.rights import BeforeTheRequest, RightsCase, because_of, refuse_closed
from gdpr.rights_facts import DeadlineExtended, ExtendedBecause, RightsFact


class TooLateToExtend(RuleBroken):
    """The person is told of an extension before the first deadline, and there is one extension (Art. 12(3))."""

    code = "too_late_to_extend"


class ExtendedWithoutReason(Invalid):
    """Whoever extends a deadline tells the person why, in words (Art. 12(3))."""

    code = "extension_without_reason"


def extend(case: RightsCase, because: ExtendedBecause, *, reasons: str, told_on: date, today: date) -> list[RightsFact]:
    """Take two further months, for reasons the person is told in words. Silent when they were taken.

    Raises ExtendedWithoutReason, BeforeTheRequest; TooLateToExtend once the first deadline has passed, whatever day is
    given; RequestClosed.
    """
    if case.extended:
        return []
    refuse_closed(case)
    if not reasons.strip():
        raise ExtendedWithoutReason("reasons")
    if past(told_on, "told_on", today=today) < case.received_on:
        raise BeforeTheRequest("told_on")
    if today > case.due_on:
        raise TooLateToExtend("told_on")
    return [
        DeadlineExtended(because=because, told_on=told_on, due_on=extended_due_on(case.received_on)),
        because_of(case, Concerning.EXTENSION, reasons),
    ]
