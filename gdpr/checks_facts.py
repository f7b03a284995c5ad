"""What is recorded of random checks (*stikprøver*) in the access log, and of alarms that were looked into.

What is clear here outlives erasure: numbers of entries, dates, counts, names of rules, hashes. What an officer found in
words, and a nonce until its draw, are sealed under the key of the draw or the alarm itself: nobody is named by it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.compartments import RIGHTS
from domain.facts import CLEAR, Fact, Personal, Sealed, Text, fact


class Finding(StrEnum):
    """What an officer found about one use: work, not to be explained, or misuse."""

    EXPLAINED = "explained"
    UNEXPLAINED = "unexplained"
    MISUSE = "misuse"


@fact("checks.draw_announced")
class DrawAnnounced(Fact):
    """Uses of these days, both included, will be drawn from. Who draws is bound to a nonce of which all see the hash.

    `commitment` is the SHA-256, in hexadecimal, of the nonce's 32 bytes behind "tillid/draw/v1/nonce" and a newline.
    """

    draw_id: Annotated[UUID, CLEAR]
    since: Annotated[date, CLEAR]
    until: Annotated[date, CLEAR]
    commitment: Annotated[str, CLEAR]
    nonce: Annotated[Text, Personal(about="draw_id", kept_in=RIGHTS)]


@fact("checks.draw_made")
class DrawMade(Fact):
    """What was drawn, with all that is needed to draw the same again (`gdpr.checks.drawn_from`).

    `checkpoint` is the text of the log's first checkpoint past the period, `nonce` and `seed` are hexadecimal. Of the
    `population`, `left` uses were explained by no rule; `sifted` says rule=count for the others, `sifting` is the
    digest of which use was sifted by which rule. `drawn` are numbers of entries, `drawn_by` the rule that explains
    each, empty for those no rule explains.
    """

    nonce: Annotated[str, CLEAR]
    checkpoint: Annotated[str, CLEAR]
    seed: Annotated[str, CLEAR]
    population: Annotated[int, CLEAR]
    left: Annotated[int, CLEAR]
    sifted: Annotated[tuple[str, ...], CLEAR]
    sifting: Annotated[str, CLEAR]
    least: Annotated[int, CLEAR]
    per_mille: Annotated[int, CLEAR]
    drawn: Annotated[tuple[int, ...], CLEAR]
    drawn_by: Annotated[tuple[str, ...], CLEAR]
    on: Annotated[date, CLEAR]


@fact("checks.finding_recorded")
class FindingRecorded(Fact):
    """What was found about one drawn entry, number `seq` of the log; who found it stands with the fact."""

    draw_id: Annotated[UUID, CLEAR]
    seq: Annotated[int, CLEAR]
    finding: Annotated[Finding, CLEAR]
    on: Annotated[date, CLEAR]
    words: Annotated[str | Sealed | None, Personal(about="draw_id", kept_in=RIGHTS)]


@fact("checks.draw_closed")
class DrawClosed(Fact):
    """Every drawn entry has a finding, and the report is final."""

    on: Annotated[date, CLEAR]


@fact("checks.alarm_handled")
class AlarmHandled(Fact):
    """Somebody looked into the alarm that is entry number `seq` of the log."""

    alarm_id: Annotated[UUID, CLEAR]
    seq: Annotated[int, CLEAR]
    finding: Annotated[Finding, CLEAR]
    on: Annotated[date, CLEAR]
    words: Annotated[str | Sealed | None, Personal(about="alarm_id", kept_in=RIGHTS)]


DrawFact = DrawAnnounced | DrawMade | FindingRecorded | DrawClosed
