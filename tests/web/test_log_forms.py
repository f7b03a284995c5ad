"""The access log in other people's forms: FHIR's own model and what the IHE profiles require, and a table; no contents."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from adapters.log_forms import as_csv, as_fhir, audit_events
from gdpr.ports import Entry
from tests.access_log_examples import CONSENT, LEADER, MOTHER, PART, an_entry

READ = an_entry(1, seq=7, at=datetime(2026, 11, 3, 17, 30, 5, 120_000, tzinfo=UTC), process="club", session=UUID(int=9))
REFUSED = replace(READ, seq=8, allowed=False, action="refused", rule="consent_withdrawn")
PROFILES = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
DICOM, HL7 = "http://dicom.nema.org/resources/ontology/DCM", "http://terminology.hl7.org/CodeSystem/"


def events(entry: Entry) -> list[dict[str, Any]]:
    """The events of an entry, each of which FHIR's own model accepts."""
    found = list(audit_events("red-barnet", entry))
    for event in found:
        AuditEvent.model_validate(event)
    return found


def profile(event: dict[str, Any]) -> str | None:
    return event["meta"]["profile"][0].removeprefix(PROFILES) if "meta" in event else None


def sliced(parts: list[dict[str, Any]], system: str, code: str) -> list[dict[str, Any]]:
    """The agents or entities of one slice of a profile."""
    return [
        part
        for part in parts
        for coding in part["type"].get("coding", [part["type"]])
        if (coding["system"], coding["code"]) == (system, code)
    ]


def test_a_reading_has_all_that_patient_read_requires() -> None:
    event, _ = events(READ)
    assert profile(event) == "PatientRead"
    assert (event["type"]["code"], event["action"], event["outcome"]) == ("rest", "R", "0")
    assert "read" in {subtype["code"] for subtype in event["subtype"]}
    assert event["recorded"] == "2026-11-03T17:30:05.120Z"
    for code in ("110152", "110153"):
        (agent,) = sliced(event["agent"], DICOM, code)
        assert agent["who"]
        assert agent["network"]
        assert "media" not in agent
    (user,) = sliced(event["agent"], HL7 + "v3-ParticipationType", "IRCP")
    assert (user["who"]["identifier"]["value"], user["requestor"]) == (str(LEADER), True)
    assert (user["role"], user["purposeOfUse"]) == ([{"text": "leader"}], [{"text": "prepare the course"}])
    assert "network" not in user
    (data,) = sliced(event["entity"], HL7 + "audit-entity-type", "2")
    assert (data["role"]["code"], data["what"]["identifier"]["value"]) == ("4", "note")
    assert {"type": "records", "valueString": str(PART)} in data["detail"]
    (patient,) = sliced(event["entity"], HL7 + "audit-entity-type", "1")
    assert (patient["role"]["code"], patient["what"]["reference"]) == ("1", f"Patient/{MOTHER}")
    assert event["source"]["observer"]


@pytest.mark.parametrize(("entry", "outcome"), [(READ, "0"), (REFUSED, "8")])
def test_a_decision_that_rested_on_a_consent_has_all_that_authz_consent_requires(entry: Entry, outcome: str) -> None:
    event = events(entry)[-1]
    assert profile(event) == "AuthZconsent"
    assert (event["type"]["code"], event["action"], event["outcome"]) == ("110113", "E", outcome)
    assert [subtype["code"] for subtype in event["subtype"]] == ["AuthZ-Consent"]
    assert event["outcomeDesc"] == entry.rule
    (client,) = sliced(event["agent"], DICOM, "110150")
    assert client["network"]["address"] == f"urn:uuid:{UUID(int=9)}"
    assert len(sliced(event["agent"], HL7 + "v3-ParticipationType", "IRCP")) == 1
    assert len(sliced(event["agent"], HL7 + "v3-RoleClass", "PROV")) == 1
    (authorizer,) = sliced(event["agent"], HL7 + "extra-security-role-type", "authserver")
    assert authorizer["who"] == event["source"]["observer"], "the invariant val-audit-source"
    assert len(sliced(event["entity"], HL7 + "audit-entity-type", "1")) == 1
    consents = sliced(event["entity"], "http://hl7.org/fhir/resource-types", "Consent")
    assert [consent["what"]["identifier"]["value"] for consent in consents] == [f"urn:uuid:{CONSENT}"]
    assert len(event["entity"]) == 2, "its slices are closed"


def test_what_was_refused_never_claims_to_be_a_reading() -> None:
    assert [profile(event) for event in events(REFUSED)] == ["AuthZconsent"]
    (event,) = events(replace(REFUSED, consents=()))
    assert (profile(event), event["outcome"]) == (None, "4")


@pytest.mark.parametrize(
    "entry",
    [
        replace(READ, consents=(), action="search", subject=None),
        replace(READ, consents=(), action="officer", role="officer"),
        replace(READ, actor=None, subject=None, session=None, records=(), consents=()),
        replace(READ, consents=(), action="alarm", compartment="", allowed=False),
    ],
)
def test_what_fits_no_profile_is_an_event_of_fhir_itself(entry: Entry) -> None:
    assert [profile(event) for event in events(entry)] == [None]


def test_a_file_has_an_event_a_line_and_ids_that_fhir_takes() -> None:
    file = io.StringIO()
    assert as_fhir("red-barnet", [READ, REFUSED], file) == 2
    assert [json.loads(line)["id"] for line in file.getvalue().splitlines()] == [
        "red-barnet-7", "red-barnet-7-decision", "red-barnet-8-decision",
    ]  # fmt: skip


def test_a_table_has_a_line_for_each_entry_below_the_names_of_its_columns() -> None:
    file = io.StringIO()
    assert as_csv("red-barnet", [READ, replace(READ, seq=9, actor=None, subject=None, session=None)], file) == 2
    first, ended = csv.DictReader(io.StringIO(file.getvalue()))
    assert (first["seq"], first["actor"], first["subject"]) == ("7", str(LEADER), str(MOTHER))
    assert (first["at"], first["consents"], first["fields"]) == ("2026-11-03T17:30:05.120+00:00", str(CONSENT), "words")
    assert (ended["seq"], ended["actor"], ended["subject"]) == ("9", "", "")
