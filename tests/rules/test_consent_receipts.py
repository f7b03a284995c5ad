"""A receipt of an answer says, in the words of ISO/IEC TS 27560 and the Data Privacy Vocabulary, what was answered and no more."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef

import application
from adapters.letters.consent_receipt import consent_receipt
from application import consent_record
from application.consent_record import Answered
from application.consent_vocabulary import (
    CAPACITIES,
    DATA,
    DELETING,
    EXERCISING,
    PURPOSES,
    RECIPIENTS,
    STATUS,
    TAKING_BACK,
    WAYS,
)
from application.documents import Document, Facts, Paragraph, Quote
from application.views.consents import ConsentRow
from domain.consent import Answer, Capacity, State
from domain.lists import Purpose, Way
from domain.people import Role
from domain.purposes import CONFIDENTIAL, DATA_OF, RECIPIENT_OF, Data, Recipient
from gdpr.controller import Controller

DPV = Namespace("https://w3id.org/dpv#")
GDPR = Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
SCHEMA = json.loads((Path(application.__file__).parent / "consent_receipt.schema.json").read_text("utf-8"))
FITS = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

WORDS = "Må de frivillige læse det, du har fortalt?"
ISSUED = datetime(2026, 10, 1, 9, tzinfo=UTC)
TODAY = date(2026, 10, 1)
RED_BARNET = Controller(
    "Red Barnet", "CVR 00000000", "Vejnavn 1, 1000 Bynavn", "kontakt@example.org", "dpo@example.org"
)


def asked(**said: Any) -> ConsentRow:
    """A yes to the volunteers of a course, until December, for one child too, unless said otherwise."""
    return replace(
        ConsentRow(
            consent_id=uuid4(), family_id=uuid4(), person_id=uuid4(), on_behalf_of=(uuid4(),), course_id=uuid4(),
            purpose=Purpose.SHARE_WITH_VOLUNTEERS, answer=Answer.YES, part_id=uuid4(), edition=2,
            recipient=Recipient.COURSE_VOLUNTEERS, data=(Data.NOTE_PART.value,), not_to=(), wording_id=uuid4(),
            wording_version=3, wording_hash=sha256(WORDS.encode()).hexdigest(), language="da", translated=False,
            way=Way.TELEPHONE, taken_by=uuid4(), taken_as=Role.LEADER, answered_on=date(2026, 8, 20),
            answered_at=datetime(2026, 8, 20, 16, tzinfo=UTC), until=date(2026, 12, 17), renews=None, proof_id=uuid4(),
        ),
        **said,
    )  # fmt: skip


def answered(row: ConsentRow, **more: Any) -> Answered:
    given_in_words = {"words": WORDS if row.wording_id is not None else None, "capacity": Capacity.HOLDER_OF_CUSTODY}
    return Answered(**{"consent": row, "controller": RED_BARNET, "on": TODAY} | given_in_words | more)


def refused(**said: Any) -> ConsentRow:
    """Asked and not said yes: no wording is bound to it."""
    return asked(
        **{"answer": Answer.NO, "recipient": None, "data": (), "edition": None, "wording_id": None, "until": None}
        | {"wording_version": None, "wording_hash": None, "language": None, "proof_id": None}
        | said
    )


IN_EVERY_STATE = {
    State.GIVEN: asked(),
    State.RENEWED: asked(renews=uuid4()),
    State.REFUSED: refused(),
    State.NOT_DECIDED: refused(answer=Answer.NOT_DECIDED),
    State.WITHDRAWN: asked(ended_on=date(2026, 9, 3), ended_way=Way.SMS, withdrawn=True),
    State.EXPIRED: asked(until=date(2026, 9, 10), ended_on=date(2026, 9, 11)),
}


def as_triples(said: Mapping[str, Any]) -> Graph:
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # its own parser uses its own old class
        return Graph().parse(data=json.dumps(said), format="json-ld")


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_receipt_that_fits_the_schema_and_ends_in_that_state(state: State) -> None:
    said = consent_record.receipt(answered(IN_EVERY_STATE[state]), issued_at=ISSUED)

    FITS.validate(said)
    (record,) = said["dpv:hasRecordOfActivity"]
    happened = [event["@type"][0] for event in record["dpv:hasConsentStatus"]]
    assert happened[0] == "dpv:ConsentRequested"
    assert happened[-1] == STATUS[state]


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_names_its_one_recipient_and_its_data(purpose: Purpose) -> None:
    row = asked(purpose=purpose, recipient=RECIPIENT_OF[purpose], data=tuple(data.value for data in DATA_OF[purpose]))
    said = consent_record.receipt(answered(row), issued_at=ISSUED)

    FITS.validate(said)
    (process,) = said["dpv:hasRecordOfActivity"][0]["dpv:hasProcess"]
    assert [to["dct:identifier"] for to in process["dpv:hasRecipient"]] == [RECIPIENT_OF[purpose].value]
    kinds = [data["dct:identifier"].partition(":")[0] for data in process["dpv:hasPersonalData"]]
    assert kinds == [data.value for data in DATA_OF[purpose]]
    bases = {basis["@id"] for basis in said["dpv:hasRecordOfActivity"][0]["dpv:hasLegalBasis"]}
    assert ("eu-gdpr:A9-2-a" in bases) == bool(CONFIDENTIAL & set(DATA_OF[purpose]))


def test_a_no_without_the_words_it_was_said_to_claims_no_profile_and_with_them_it_does() -> None:
    without = consent_record.receipt(answered(refused()), issued_at=ISSUED)
    bound = asked(answer=Answer.NO, recipient=None, data=(), edition=None, until=None, proof_id=None)
    with_words = consent_record.receipt(answered(bound), issued_at=ISSUED)

    FITS.validate(without)
    FITS.validate(with_words)
    assert "conformsTo" not in json.dumps(without)
    assert json.dumps(with_words).count("dct:conformsTo") == 2
    assert not FITS.is_valid({name: said for name, said in with_words.items() if name != "dct:conformsTo"})


def test_our_lists_are_said_whole_in_the_vocabulary() -> None:
    lists = (
        (STATUS, State),
        (PURPOSES, Purpose),
        (DATA, Data),
        (RECIPIENTS, Recipient),
        (WAYS, Way),
        (CAPACITIES, Capacity),
    )

    assert all(set(said) == set(ours) for said, ours in lists)


def test_a_reader_of_linked_data_finds_the_record_without_fetching_anything() -> None:
    row = asked()
    graph = as_triples(consent_record.receipt(answered(row), issued_at=ISSUED))
    record, adult = URIRef(f"urn:uuid:{row.consent_id}"), URIRef(f"urn:uuid:{row.person_id}")
    (receipt,) = graph.subjects(RDF.type, DPV.ConsentReceipt)

    assert (receipt, DPV.hasRecordOfActivity, record) in graph
    assert (receipt, DCTERMS.conformsTo, URIRef("https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr")) in graph
    assert (record, DCTERMS.conformsTo, URIRef("https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr")) in graph
    assert (record, DPV.hasIdentifier, Literal(str(row.consent_id))) in graph
    assert (record, DCTERMS.identifier, Literal(str(row.consent_id))) in graph
    assert set(graph.objects(record, DPV.hasLegalBasis)) == {GDPR["A6-1-a"], GDPR["A9-2-a"]}
    assert (record, DPV.hasApplicableLaw, URIRef("https://w3id.org/dpv/legal/eu#law-GDPR")) in graph
    assert (record, DPV.hasJurisdiction, URIRef("https://w3id.org/dpv/loc#DK")) in graph
    child = URIRef(f"urn:uuid:{row.on_behalf_of[0]}")
    assert set(graph.objects(record, DPV.hasDataSubject)) == {adult, child}
    assert (child, RDF.type, DPV.Child) in graph
    (yes,) = graph.subjects(RDF.type, DPV.ConsentGiven)
    assert (record, DPV.hasConsentStatus, yes) in graph
    assert (yes, DPV.isIndicatedBy, adult) in graph
    assert (adult, RDF.type, DPV.GuardianOfDataSubject) in graph
    notice = graph.value(record, DPV.hasNotice)
    words = graph.value(notice, URIRef("https://schema.org/text"))
    assert str(graph.value(notice, URIRef("https://schema.org/sha256"))) == sha256(str(words).encode()).hexdigest()
    (authority,) = graph.subjects(RDF.type, DPV.DataProtectionAuthority)
    assert (record, DPV.hasAuthority, authority) in graph
    assert (authority, DPV.hasName, Literal("Datatilsynet")) in graph


def test_all_that_is_a_reference_is_one_and_not_a_text_that_looks_like_it() -> None:
    graph = as_triples(consent_record.receipt(answered(asked()), issued_at=ISSUED))

    prefixes = tuple(f"{prefix}:" for prefix in SCHEMA["properties"]["@context"]["const"])
    assert [
        o for o in graph.objects() if isinstance(o, Literal) and str(o).startswith((*prefixes, "urn:", "https:"))
    ] == []


@given(st.binary(min_size=16, max_size=16))
def test_nothing_that_tells_of_a_person_stands_in_it_but_numbers(number: bytes) -> None:
    """Every text in it is one of ours, of the settings, or of the published wording."""
    row = asked(person_id=UUID(bytes=number))
    texts = {text for text in _texts(consent_record.receipt(answered(row), issued_at=ISSUED)) if " " in text}
    ours = {sentence for _, sentence in (*PURPOSES.values(), *DATA.values())} | {*RECIPIENTS.values(), *WAYS.values()}
    fixed = {TAKING_BACK, EXERCISING, DELETING, *CAPACITIES.values()}
    parties = {RED_BARNET.name, RED_BARNET.identifier, RED_BARNET.address, RED_BARNET.contact, WORDS}
    parties |= {"Carl Jacobsens Vej 35, 2500 Valby", "dt@datatilsynet.dk, +45 33 19 32 00"}

    assert texts <= ours | fixed | parties


BROKEN: dict[str, Callable[[Any], Any]] = {
    "no notice named": lambda record: record.pop("dpv:hasNotice"),
    "a yes to no words": lambda record: record.update({"dpv:hasNotice": []}),
    "no law": lambda record: record.pop("dpv:hasLegalBasis"),
    "no way back": lambda record: record["dpv:hasProcess"][0].pop("dpv:hasConsentControl"),
    "no time": lambda record: record["dpv:hasConsentStatus"][1].pop("dpv:isIndicatedAtTime"),
    "no such state": lambda record: record["dpv:hasConsentStatus"][1].update({"@type": ["dpv:ConsentMaybe"]}),
    "no fingerprint": lambda record: record["dpv:hasNotice"][0].update({"schema:sha256": "nearly"}),
    "what was told": lambda record: record.update({"what_was_told": "a nut allergy"}),
    "what was told, in its place": lambda record: record["dpv:hasProcess"][0]["dpv:hasPersonalData"][0].update(
        {"rdf:value": "a nut allergy"}
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_receipt_that_lacks_what_27560_demands_or_holds_more_does_not_fit(broken: str) -> None:
    said = json.loads(json.dumps(consent_record.receipt(answered(asked()), issued_at=ISSUED)))
    FITS.validate(said)

    BROKEN[broken](said["dpv:hasRecordOfActivity"][0])

    assert not FITS.is_valid(said)


@pytest.mark.parametrize("language", ["da", "en", "ar"])
@pytest.mark.parametrize("state", State)
def test_the_page_says_the_same_in_the_language_of_the_family(state: State, language: str) -> None:
    row = IN_EVERY_STATE[state]
    page = consent_receipt(answered(row), language=language)

    assert page.language == language
    said = _said_on(page)
    assert str(row.consent_id) in said
    assert (WORDS in said) == (row.wording_id is not None)
    assert "Datatilsynet" in said
    asks_how = {"da": "Sådan tager du dit ja tilbage", "en": "How to take your yes back", "ar": "كيف تسحب موافقتك"}
    headings = {section.heading for section in page.sections}
    assert (asks_how[language] in headings) == (state in (State.GIVEN, State.RENEWED))


def test_the_page_speaks_the_language_the_question_was_asked_in_unless_another_is_wanted() -> None:
    row = asked(language="ar")

    assert consent_receipt(answered(row)).language == "ar"
    assert consent_receipt(answered(asked(language="so"))).language == "da"
    assert consent_receipt(answered(row), language="en").language == "en"
    (words,) = [
        b for s in consent_receipt(answered(row), language="en").sections for b in s.blocks if isinstance(b, Quote)
    ]
    assert words.language == "ar"


def _texts(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        return [text for value in node.values() for text in _texts(value)]
    return [text for value in node for text in _texts(value)] if isinstance(node, list) else [str(node)]


def _said_on(page: Document) -> str:
    said: list[str] = [page.title, page.footer]
    for block in (*page.opening, *(block for section in page.sections for block in section.blocks)):
        match block:
            case Facts(facts):
                said += [value for _, value in facts]
            case Paragraph(text) | Quote(text):
                said.append(text)
            case other:
                raise AssertionError(other)
    return "\n".join(said)
