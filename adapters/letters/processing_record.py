"""The record of processing as a document to hand to the supervisory authority, under the letters of Art. 30(1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from adapters.letters.common import dateline
from application.documents import Document, Facts, Paragraph, Points, Section

_NOT_SAID = "not said in the settings"
_NOBODY = "nobody"


def processing_record(record: Mapping[str, Any], on: date) -> Document:
    """The record as `gdpr.processing_record.as_plain` gives it, as it stands on this day. In English, as the code is."""
    controller = record["a_controller"]
    return Document(
        title="Record of processing activities (GDPR Art. 30)",
        language="en",
        issuer=controller["name"],
        issued_on=on,
        dateline=dateline(on, "en"),
        opening=(Paragraph("Made from the running register: its compartments, the marks on its fields, its policy, clocks."),),
        sections=(
            _controller(controller),
            *_activities(record["activities"]),
            _disclosures(record),
            Section("(g) Security measures", (Points(tuple(record["g_measures"])),)),
        ),
        footer=f"Realm {record['realm']}",
    )  # fmt: skip


def _controller(controller: Mapping[str, Any]) -> Section:
    facts = (
        ("Controller", controller["name"]),
        ("Identifier", controller["identifier"] or _NOT_SAID),
        ("Address", controller["address"] or _NOT_SAID),
        ("Contact", controller["contact"] or _NOT_SAID),
        ("Data protection officer", controller["data_protection_officer"] or _NOT_SAID),
        ("Other controllers", ", ".join(controller["other_controllers"]) or "none"),
    )
    return Section("(a) Controller and data protection officer", (Facts(facts),))


def _activities(activities: list[Mapping[str, Any]]) -> Iterator[Section]:
    for each in activities:
        facts = (
            ("(b) Purpose", each["b_purpose"]),
            ("Basis", each["basis"]),
            ("(c) Persons", ", ".join(each["c_persons"]) or "nobody: keys only"),
            ("(c) Data", ", ".join(each["c_data"]) or "none in an event: keys only"),
            ("(c) Special or confidential", "yes" if each["c_special_or_confidential"] else "no"),
            ("(d) May be opened for", "; ".join(map(_reader, each["d_readers"])) or _NOBODY),
            ("(f) Kept", f"{each['f_kept']}: {each['f_reason']} ({each['f_decided_by']})"),
            ("(g) Keys", each["g_keys"]),
        )
        yield Section(each["compartment"], (Facts(facts),))


def _reader(reader: Mapping[str, Any]) -> str:
    how = " (as a group)" if reader["as_group"] else ""
    return f"{reader['role']}{how} if {reader['rule']}"


def _disclosures(record: Mapping[str, Any]) -> Section:
    lines = tuple(
        f"{flow['name']}, {flow['from']} to {flow['to']}: {', '.join(flow['compartments_to']) or 'no personal data'}. "
        f"{flow['ground']}; {flow['sealed']}."
        for flow in record["d_disclosures"]
    )
    transfers = ", ".join(record["e_transfers"]) or "None: the register sends nothing to third countries."
    return Section("(d) Disclosures to other controllers, (e) transfers", (Points(lines), Paragraph(transfers)))
