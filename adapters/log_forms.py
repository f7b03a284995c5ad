"""The access log in forms that others read: FHIR AuditEvents (R4, IHE BALP) as NDJSON, and a table. Ids and codes only.

The profiles are those of IHE's Basic Audit Log Patterns, https://profiles.ihe.net/ITI/BALP: PatientRead for what was
read and allowed, AuthZconsent for each decision that rested on a consent. What fits neither – a search, a refusal by
role, an officer's look-up, an entry whose private half has ended – is an AuditEvent of FHIR itself, without a profile.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from gdpr.ports import Entry

_PROFILE: Final = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit."
_DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
_HL7: Final = "http://terminology.hl7.org/CodeSystem/"
_REST: Final = "http://hl7.org/fhir/restful-interaction"
_URI: Final = "5"
"""The type of a network address that is a URI: the log keeps no IP addresses."""

_INTERACTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "read": ("R", "read"), "print": ("R", "read"), "officer": ("R", "history"),
    "refused": ("R", "read"), "search": ("E", "search-type"), "change": ("U", "update"), "erase": ("D", "delete"),
}  # fmt: skip
"""FHIR's action and RESTful interaction by the log's action; anything else is an operation that was executed."""

_COLUMNS: Final = (
    "seq", "at", "action", "allowed", "rule", "role", "actor", "session", "process", "unit", "course", "purpose",
    "compartment", "subject", "fields", "records", "consents", "request_id",
)  # fmt: skip


def as_fhir(realm: str, entries: Iterable[Entry], file: IO[str]) -> int:
    """Write each entry's AuditEvents, one JSON document a line; returns how many entries they were of."""
    count = 0
    for entry in entries:
        for event in audit_events(realm, entry):
            file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    return count


def as_csv(realm: str, entries: Iterable[Entry], file: IO[str]) -> int:
    """Write a line for each entry, below the names of the columns; lists are joined by spaces. Returns how many."""
    table = csv.writer(file)
    table.writerow(("realm", *_COLUMNS))
    count = 0
    for entry in entries:
        table.writerow((realm, *(_cell(getattr(entry, name)) for name in _COLUMNS)))
        count += 1
    return count


def audit_events(realm: str, entry: Entry) -> Iterator[dict[str, Any]]:
    """The AuditEvents of one entry: what happened, and beside it the decision if that rested on a consent."""
    decided = bool(entry.consents) and entry.subject is not None and entry.actor is not None
    if entry.allowed or not decided:
        yield _happened(realm, entry)
    if decided:
        yield _decided(realm, entry)


def _happened(realm: str, entry: Entry) -> dict[str, Any]:
    action, interaction = _INTERACTIONS.get(entry.action, ("E", "operation"))
    is_read = entry.allowed and interaction == "read" and entry.subject is not None and entry.actor is not None
    entities = [
        {
            "what": {"identifier": {"system": "urn:tillid:compartment", "value": entry.compartment or "none"}},
            "type": _coding(_HL7 + "audit-entity-type", "2", "System Object"),
            "role": _coding(_HL7 + "object-role", "4", "Domain Resource"),
            "detail": [{"type": name, "valueString": value} for name, value in _details(entry)],
        },
        {
            "what": {"identifier": {"value": str(entry.request_id)}},
            "type": _coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType", "XrequestId"),
        },
    ]
    if entry.subject is not None:
        entities.insert(1, _patient(entry))
    return {
        **_begun(realm, entry, "PatientRead" if is_read else None, f"{realm}-{entry.seq}"),
        "type": _coding(_HL7 + "audit-event-type", "rest", "Restful Operation"),
        "subtype": [_coding(_REST, interaction), _coding("urn:tillid:action", entry.action)],
        "action": action,
        **_outcome(entry, denied="4"),
        "agent": [
            {**_agent(_DICOM, "110152", "Destination Role ID", _client(entry)), "network": _network(entry)},
            {
                **_agent(_DICOM, "110153", "Source Role ID", _service(realm)),
                "network": {"address": f"urn:tillid:register:{realm}", "type": _URI},
            },
            *_user(entry),
        ],
        "entity": entities,
    }


def _decided(realm: str, entry: Entry) -> dict[str, Any]:
    consents = [
        {
            "what": {"identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{consent}"}},
            "type": _coding("http://hl7.org/fhir/resource-types", "Consent", "Consent"),
        }
        for consent in entry.consents
    ]
    return {
        **_begun(realm, entry, "AuthZconsent", f"{realm}-{entry.seq}-decision"),
        "type": _coding(_DICOM, "110113", "Security Alert"),
        "subtype": [_coding("https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", "AuthZ-Consent")],
        "action": "E",
        **_outcome(entry, denied="8"),
        "agent": [
            {**_agent(_DICOM, "110150", "Application", _client(entry)), "network": _network(entry)},
            *_user(entry),
            _agent(_HL7 + "v3-RoleClass", "PROV", "healthcare provider", _service(realm)),
            _agent(_HL7 + "extra-security-role-type", "authserver", "authorization server", _service(realm)),
        ],
        "entity": [_patient(entry), *consents],
    }


def _begun(realm: str, entry: Entry, profile: str | None, identity: str) -> dict[str, Any]:
    return {
        "resourceType": "AuditEvent",
        "id": identity,
        **({} if profile is None else {"meta": {"profile": [_PROFILE + profile]}}),
        "recorded": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "source": {"observer": _service(realm), "type": [_coding(_HL7 + "security-source-type", "4")]},
    }


def _outcome(entry: Entry, denied: str) -> dict[str, str]:
    return {"outcome": "0" if entry.allowed else denied, "outcomeDesc": entry.rule}


def _agent(system: str, code: str, display: str, who: dict[str, Any]) -> dict[str, Any]:
    return {"type": {"coding": [_coding(system, code, display)]}, "who": who, "requestor": False}


def _user(entry: Entry) -> list[dict[str, Any]]:
    """Who asked; nobody any more when the private half has ended."""
    if entry.actor is None:
        return []
    who = {"identifier": {"system": "urn:tillid:actor", "value": str(entry.actor)}}
    agent = _agent(_HL7 + "v3-ParticipationType", "IRCP", "information recipient", who)
    return [{**agent, "requestor": True, "role": [{"text": entry.role}], "purposeOfUse": [{"text": entry.purpose}]}]


def _patient(entry: Entry) -> dict[str, Any]:
    return {
        "what": {"reference": f"Patient/{entry.subject}"},
        "type": _coding(_HL7 + "audit-entity-type", "1", "Person"),
        "role": _coding(_HL7 + "object-role", "1", "Patient"),
    }


def _client(entry: Entry) -> dict[str, Any]:
    return {"identifier": {"system": "urn:tillid:process", "value": entry.process or "register"}}


def _network(entry: Entry) -> dict[str, str]:
    """The login on one device stands in for an address: the log keeps no other."""
    session = f"urn:uuid:{entry.session}" if entry.session else f"urn:tillid:process:{entry.process or 'register'}"
    return {"address": session, "type": _URI}


def _service(realm: str) -> dict[str, Any]:
    return {"identifier": {"system": "urn:tillid:realm", "value": realm}}


def _details(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "entry", str(entry.seq)
    for name in ("fields", "records"):
        for value in getattr(entry, name):
            yield name, str(value)
    for name in ("course", "unit"):
        if getattr(entry, name) is not None:
            yield name, str(getattr(entry, name))


def _coding(system: str, code: str, display: str | None = None) -> dict[str, str]:
    return {"system": system, "code": code} | ({} if display is None else {"display": display})


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(str(each) for each in value)
    return value.isoformat(timespec="milliseconds") if hasattr(value, "isoformat") else str(value)
