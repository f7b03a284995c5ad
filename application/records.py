"""The record of processing and the annex to the impact assessment, as this process runs (GDPR Art. 30, 35; RIG-15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from application.desk import Asker, Desk
from application.handovers import CARRIED
from application.reading.log_pages import note
from domain.compartments import COMPARTMENTS, RealmKind
from domain.facts import FACTS
from gdpr import processing_record as records
from gdpr.processing_record import Flow, Record, Running
from gdpr.promises import PROMISES

_ARRIVES: Final = ("participants.adult_received", "participants.child_received", "participants.language_received")


def flows() -> tuple[Flow, ...]:
    """What crosses between the two controllers. There is no other way out of a realm but what a person is handed."""
    arrives = {
        mark.kept_in.name for topic in _ARRIVES if topic in FACTS for mark in FACTS[topic].MARKS.personal.values()
    }
    in_order = [compartment.name for compartment in COMPARTMENTS]
    return (
        Flow(
            "hand-over of a family", RealmKind.MUNICIPALITY, RealmKind.RED_BARNET,
            tuple(name for name in in_order if name in CARRIED), tuple(name for name in in_order if name in arrives),
            "the family was told and said yes before the referral (GDPR Art. 6(1)(a), 14)",
            "person by person to the course's own key (HPKE), which is destroyed when the course is over",
        ),
        Flow(
            "news of courses", RealmKind.RED_BARNET, RealmKind.MUNICIPALITY, (), (),
            "no personal data: that a course is planned, begins, takes in and ends", "in the clear, between two realms",
        ),
    )  # fmt: skip


def art30(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """The record of the asker's own controller, for its officer. Raises RoleNotHeld."""
    note(asker, desk)
    return records.as_plain(record_of(desk))


def dpia(asker: Asker, desk: Desk) -> Mapping[str, str]:
    """The annex to the impact assessment of the asker's own controller, as Markdown. Raises RoleNotHeld."""
    note(asker, desk)
    lines = ["# Annex to the data protection impact assessment", "", *annex(desk.running)]
    return {"markdown": "\n".join([*lines, "", "## Which tests prove which promise", "", *evidence()]) + "\n"}


def record_of(desk: Desk) -> Record:
    return records.record(desk.running, flows())


def annex(running: Running) -> Iterator[str]:
    """The annex to the impact assessment of one controller, as Markdown, line by line (Art. 35(7))."""
    record = records.record(running, flows())
    yield f"## {running.controller.name} (`{running.realm}`)"
    yield from ("", "### Flows to and from other controllers", "")
    yield from _table(
        ("what", "from", "to", "ground", "how"),
        ([flow.name, _of(flow.from_kind.value, flow.compartments_from), _of(flow.to_kind.value, flow.compartments_to),
          flow.ground, flow.sealed] for flow in record.flows),
    )  # fmt: skip
    yield from ("", "### Compartments: what for, on which basis, how long", "")
    yield from _table(
        ("compartment", "purpose", "basis", "special or confidential", "kept", "why so long", "decided by"),
        ([f"`{a.compartment}`", a.purpose, a.basis, "yes" if a.special else "no", a.kept, a.kept_because, a.kept_decided_by]
         for a in record.activities),
    )  # fmt: skip
    yield from ("", "### Who may read what, and when", "")
    yield from _table(
        ("compartment", "role", "how", "on condition of"),
        ([f"`{a.compartment}`", who.role, "as a group" if who.as_group else "each", f"`{who.rule}`"]
         for a in record.activities for who in a.readers),
    )  # fmt: skip
    yield from ("", "### Measures in force", "")
    yield from (f"- {measure}" for measure in running.measures)


def evidence() -> Iterator[str]:
    """Which tests prove which promise, as Markdown, line by line; the same for every controller."""
    yield from _table(
        ("promise", "law", "tests"),
        ([each.promise, each.law, ", ".join(f"`tests/{test}`" for test in each.tests)] for each in PROMISES),
    )


def _of(realm: str, compartments: tuple[str, ...]) -> str:
    return f"{realm}: {', '.join(f'`{name}`' for name in compartments) or 'no compartment'}"


def _table(head: tuple[str, ...], rows: Iterator[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
