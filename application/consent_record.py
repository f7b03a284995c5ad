"""An answer to a consent as a record and a receipt of ISO/IEC TS 27560, in JSON-LD and the Data Privacy Vocabulary.

It holds ids and categories and never what was told (the guide's § 10.1). The words it was asked in stand in it whole, so that
anybody can compare them with their SHA-256. What stands here is checked by `consent_receipt.schema.json` beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from application.consent_vocabulary import (
    CAPACITIES,
    CONTEXT,
    DATA,
    DELETING,
    EXERCISING,
    PURPOSES,
    RECEIPT_PROFILE,
    RECIPIENTS,
    RECORD_PROFILE,
    RIGHTS,
    STATUS,
    TAKING_BACK,
    WAYS,
)
from application.views.consents import ConsentRow
from domain.consent import Answer, Capacity, State
from domain.lists import Way
from domain.purposes import CONFIDENTIAL, DATA_OF, RECIPIENT_OF, Data
from gdpr.controller import DATATILSYNET, Controller

Node = dict[str, Any]

_UNSAID = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer as it stands on a day, and what must be said with it.

    `words` are those it was asked in (None where none are bound to it); `capacity` is None where it was never recorded, has
    ended, or may not be shown.
    """

    consent: ConsentRow
    words: str | None
    capacity: Capacity | None
    controller: Controller
    on: date

    @property
    def state(self) -> State:
        return self.consent.state(self.on)

    @property
    def data(self) -> tuple[Data, ...]:
        """The kinds it is about; a refusal is about all that its purpose would have reached."""
        return tuple(map(Data, self.consent.data)) or DATA_OF[self.consent.purpose]


def receipt(answered: Answered, *, issued_at: datetime) -> Node:
    """The receipt that wraps the record; `issued_at` makes it this one of several of the same answer."""
    created = issued_at.isoformat(timespec="seconds")
    receipt_id = uuid5(answered.consent.consent_id, created)
    return {
        "@context": CONTEXT,
        "@id": _urn(receipt_id),
        "@type": "dpv:ConsentReceipt",
        **_claims(RECEIPT_PROFILE, answered),
        # The guide writes now one and now the other; a reader looks for either.
        "dct:identifier": str(receipt_id),
        "dpv:hasIdentifier": str(receipt_id),
        "dct:created": _typed(created, "xsd:dateTime"),
        "dct:publisher": _iri(_part(answered.consent, "controller")),
        "dpv:hasRecordOfActivity": [record(answered)],
    }


def record(answered: Answered) -> Node:
    """The record of one answer: who, by which law, what was asked, and how it stands."""
    consent = answered.consent
    special = any(data in CONFIDENTIAL for data in answered.data)
    return {
        "@id": _urn(consent.consent_id),
        "@type": "dpv:ConsentRecord",
        **_claims(RECORD_PROFILE, answered),
        "dct:identifier": str(consent.consent_id),
        "dpv:hasIdentifier": str(consent.consent_id),
        **({"dct:replaces": _iri(_urn(consent.renews))} if consent.renews else {}),
        "dpv:hasDataSubject": _subjects(consent),
        "dpv:hasNotice": _notices(answered),
        "dpv:hasJurisdiction": [_iri("loc:DK")],
        "dpv:hasApplicableLaw": [_iri("legal-eu:law-GDPR")],
        "dpv:hasDataController": [_iri(_part(consent, "controller"))],
        "dpv:hasLegalBasis": [_iri("eu-gdpr:A6-1-a"), *([_iri("eu-gdpr:A9-2-a")] if special else [])],
        "dpv:hasProcess": [_process(answered)],
        "dpv:hasRight": [{"@type": right, "dpv:isExercisedAt": _notice_of_exercise(EXERCISING)} for right in RIGHTS],
        "dpv:hasAuthority": [_iri(_part(consent, "authority"))],
        "dpv:hasEntity": [_controller(answered), _authority(consent)],
        "dpv:hasConsentStatus": _events(answered),
    }


def _claims(profile: str, answered: Answered) -> Node:
    """27560 demands a notice: a no that was recorded without the words it was said to makes no claim to conform."""
    return {"dct:conformsTo": _iri(profile)} if _notices(answered) else {}


def _subjects(consent: ConsentRow) -> list[Node]:
    """The adult who answered, and the children the answer is about."""
    adult = {"@id": _urn(consent.person_id), "@type": "dpv:DataSubject"}
    return [adult, *({"@id": _urn(child), "@type": "dpv:Child"} for child in consent.on_behalf_of)]


def _notices(answered: Answered) -> list[Node]:
    """The wording it was asked in: its version, language, hash, and words."""
    consent = answered.consent
    if consent.wording_id is None:
        return []
    notice: Node = {
        "@id": _urn(consent.wording_id),
        "@type": "dpv:ConsentNotice",
        "dct:identifier": str(consent.wording_id),
        "dct:hasVersion": str(consent.wording_version),
        "dct:language": consent.language,
        "schema:sha256": consent.wording_hash,
    }
    if answered.words is not None:
        notice["schema:text"] = {"@value": answered.words, "@language": consent.language}
    return [notice]


def _process(answered: Answered) -> Node:
    consent = answered.consent
    broader, sentence = PURPOSES[consent.purpose]
    recipient = consent.recipient or RECIPIENT_OF[consent.purpose]
    return {
        "@id": _part(consent, "process"),
        "@type": "dpv:Process",
        "dct:isPartOf": _iri(_urn(consent.course_id)),
        "dpv:hasPurpose": [
            {
                "@id": _part(consent, "purpose"),
                "@type": "dpv:Purpose",
                "skos:broader": _iri(broader),
                "dct:identifier": consent.purpose.value,
                "dct:description": _english(sentence),
            }
        ],
        "dpv:hasPersonalData": [_personal_data(answered, data) for data in answered.data],
        "dpv:hasDataSource": [_iri("dpv:DataSubjectDataSource")],
        "dpv:hasProcessing": [_iri("dpv:Store"), _iri("dpv:Use"), _iri("dpv:Disclose")],
        "dpv:hasRecipient": [
            {
                "@id": _part(consent, "recipient"),
                "@type": "dpv:Recipient",
                "dct:identifier": recipient.value,
                "dct:description": _english(RECIPIENTS[recipient]),
            }
        ],
        "dpv:hasStorageCondition": _storage(consent),
        "dpv:hasConsentControl": [
            {"@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": _notice_of_exercise(TAKING_BACK)}
        ],
    }


def _personal_data(answered: Answered, data: Data) -> Node:
    broader, sentence = DATA[data]
    special = ["dpv:SpecialCategoryPersonalData"] if data in CONFIDENTIAL else []
    part, edition = answered.consent.part_id, answered.consent.edition
    named = [data.value, *map(str, filter(None, (part, edition)))] if data is Data.NOTE_PART else [data.value]
    return {
        "@id": _part(answered.consent, f"data-{data.value}"),
        "@type": ["dpv:PersonalData", *special],
        "skos:broader": [_iri(category) for category in broader],
        "dct:identifier": ":".join(named),
        "dct:description": _english(sentence),
        "dpv:hasNecessity": _iri("dpv:Optional"),
    }


def _storage(consent: ConsentRow) -> list[Node]:
    return [
        {"@type": "dpv:StorageLocation", "dpv:hasLocation": [_iri("loc:DK")]},
        {"@type": "dpv:StorageDuration", "dpv:hasDuration": _as_long_as(consent)},
        {"@type": "dpv:StorageDeletion", "dct:description": _english(DELETING)},
    ]


def _events(answered: Answered) -> list[Node]:
    """What happened, in order: asked, answered, and ended."""
    consent, controller = answered.consent, [_iri(_part(answered.consent, "controller"))]
    replied = _replied(consent)
    how = WAYS[consent.way] + (", through somebody who translated" if consent.translated else "")
    events = [
        _event(["dpv:ConsentRequested"], consent.answered_on, controller, _until_event("ConsentAnswered")),
        _event(
            [STATUS[replied], *(["dpv:ExplicitlyExpressedConsent"] if consent.answer is Answer.YES else [])],
            consent.answered_on, _indicated_by(answered), _as_long_as(consent), how,
        ),
    ]  # fmt: skip
    if answered.state is State.WITHDRAWN:
        assert consent.ended_on is not None
        way: Way | None = consent.ended_way
        how = WAYS[way] if way is not None else _UNSAID
        adult = [{"@id": _urn(consent.person_id), "@type": "dpv:DataSubject"}]
        events.append(_event([STATUS[State.WITHDRAWN]], consent.ended_on, adult, _for_good(), how))
    elif answered.state is State.EXPIRED:
        assert consent.until is not None
        ended_on = consent.ended_on or consent.until + timedelta(days=1)
        events.append(_event([STATUS[State.EXPIRED]], ended_on, controller, _for_good()))
    return events


def _replied(consent: ConsentRow) -> State:
    """How it was answered, whatever became of that later."""
    if consent.answer is Answer.YES:
        return State.GIVEN if consent.renews is None else State.RENEWED
    return State.REFUSED if consent.answer is Answer.NO else State.NOT_DECIDED


def _indicated_by(answered: Answered) -> list[Node]:
    """Who answered: for oneself, and for a child as its guardian, with the reason why that stands."""
    consent = answered.consent
    if not consent.on_behalf_of:
        return [{"@id": _urn(consent.person_id), "@type": "dpv:DataSubject"}]
    return [
        {
            "@id": _urn(consent.person_id),
            "@type": ["dpv:DataSubject", "dpv:GuardianOfDataSubject"],
            "dpv:hasJustification": _english(CAPACITIES[answered.capacity or Capacity.SELF]),
        }
    ]


def _event(types: Sequence[str], on: date, by: Sequence[Node], lasts: Node, how: str | None = None) -> Node:
    event: Node = {
        "@type": list(types),
        "dpv:isIndicatedAtTime": _typed(on.isoformat(), "xsd:date"),
        "dpv:isIndicatedBy": list(by),
        "dpv:hasDuration": lasts,
    }
    return event if how is None else event | {"dpv:hasIndicationMethod": _english(how)}


def _as_long_as(consent: ConsentRow) -> Node:
    """A yes lasts to its last day, any other answer until the family wants to be asked again."""
    if consent.until is None:
        return _until_event("ConsentRequested")
    return {"@type": "dpv:UntilTimeDuration", "rdf:value": _typed(consent.until.isoformat(), "xsd:date")}


def _until_event(event: str) -> Node:
    return {"@type": "dpv:UntilEventDuration", "rdf:value": event}


def _for_good() -> Node:
    return {"@type": "dpv:EndlessDuration"}


def _controller(answered: Answered) -> Node:
    controller = answered.controller
    return {
        "@id": _part(answered.consent, "controller"),
        "@type": ["dpv:NonProfitOrganisation", "dpv:DataController"],
        "dpv:hasName": controller.name,
        "dpv:hasIdentifier": controller.identifier or _UNSAID,
        "dpv:hasAddress": controller.address or _UNSAID,
        "dpv:hasContact": controller.contact or _UNSAID,
    }


def _authority(consent: ConsentRow) -> Node:
    return {
        "@id": _part(consent, "authority"),
        "@type": "dpv:DataProtectionAuthority",
        "dpv:hasName": DATATILSYNET.name,
        "dpv:hasAddress": DATATILSYNET.address,
        "dpv:hasContact": DATATILSYNET.contact,
        "dpv:hasIdentifier": DATATILSYNET.site,
    }


def _notice_of_exercise(words: str) -> Node:
    return {"@type": "dpv:RightExerciseNotice", "dct:description": _english(words)}


def _part(consent: ConsentRow, name: str) -> str:
    """The name of a thing that stands in this record and nowhere else."""
    return f"{_urn(consent.consent_id)}#{name}"


def _urn(of: UUID) -> str:
    return f"urn:uuid:{of}"


def _iri(name: str) -> Node:
    """A reference. A bare string would be read as text, whatever it looks like."""
    return {"@id": name}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": kind}


def _english(words: str) -> Mapping[str, str]:
    return {"@value": words, "@language": "en"}
