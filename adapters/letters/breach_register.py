"""The register of breaches on paper, for the supervisory authority: every breach with all that Art. 33(3) asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.letters.common import dateline
from adapters.texts.words import Words
from application.documents import Block, Document, Facts, Paragraph, Section
from gdpr.breach import Reporting
from gdpr.breach_facts import Affected, Nature, NotToldBecause, Risk, WayTold
from gdpr.controller import Controller
from gdpr.ports import Absent

_DENMARK = ZoneInfo("Europe/Copenhagen")
_TITLE = Words("Fortegnelse over brud på persondatasikkerheden", "Register of personal data breaches")
_NONE = Words("Der er ikke registreret noget brud.", "No breach has been recorded.")
_HEADING = Words("Brud opdaget {at}", "Breach noticed {at}")
_GONE = Words("(slettet, da tiden var gået)", "(erased when its time was over)")
_NOT_SAID = Words("ikke oplyst endnu", "not said yet")
_REPORT = Words("Nr. {number}: {at}", "No. {number}: {at}")
_LATE = Words("Nr. {number}: {at}, forsinket: {why}", "No. {number}: {at}, late: {why}")
_LABELS: dict[str, Words] = {
    "breach_id": Words("Sag", "Case"),
    "what": Words("Hvad der skete", "What happened"),
    "natures": Words("Bruddets karakter", "Nature"),
    "began_at": Words("Begyndte", "Began"),
    "ended_at": Words("Sluttede", "Ended"),
    "processor_told_at": Words("Oplyst af databehandler", "Told by a processor"),
    "affected": Words("Kategorier af berørte", "Categories of persons"),
    "persons": Words("Omtrentligt antal berørte", "Approximate number of persons"),
    "compartments": Words("Kategorier af oplysninger", "Categories of data"),
    "records": Words("Omtrentligt antal registreringer", "Approximate number of records"),
    "consequences": Words("Sandsynlige konsekvenser", "Likely consequences"),
    "measures": Words("Foranstaltninger", "Measures"),
    "contact": Words("Kontaktpunkt", "Contact"),
    "risk": Words("Risiko", "Risk"),
    "risk_reason": Words("Begrundelse", "Reason"),
    "due_at": Words("Frist for anmeldelse", "To be reported by"),
    "reporting": Words("Anmeldelse", "Report"),
    "reports": Words("Anmeldt til Datatilsynet", "Reported to Datatilsynet"),
    "told_on": Words("De berørte underrettet", "Persons told"),
    "told_way": Words("Hvordan", "How"),
    "not_told_because": Words("Ikke underrettet, fordi", "Not told, because"),
    "not_told_reason": Words("Begrundelse for ikke at underrette", "Reason for not telling"),
    "closed_at": Words("Afsluttet", "Closed"),
}
_CHOICES: dict[str, Words] = {
    Nature.CONFIDENTIALITY: Words("fortrolighed", "confidentiality"),
    Nature.INTEGRITY: Words("integritet", "integrity"),
    Nature.AVAILABILITY: Words("tilgængelighed", "availability"),
    Affected.PARENTS: Words("forældre", "parents"),
    Affected.CHILDREN: Words("børn", "children"),
    Affected.VOLUNTEERS: Words("frivillige", "volunteers"),
    Affected.STAFF: Words("medarbejdere", "staff"),
    Risk.UNLIKELY: Words("usandsynlig", "unlikely"),
    Risk.RISK: Words("risiko", "a risk"),
    Risk.HIGH: Words("høj risiko", "a high risk"),
    WayTold.EACH: Words("hver for sig", "each person"),
    WayTold.PUBLIC_NOTICE: Words("offentlig meddelelse", "public notice"),
    NotToldBecause.UNINTELLIGIBLE: Words("oplysningerne er uforståelige", "the data are unintelligible"),
    NotToldBecause.RISK_REMOVED: Words("risikoen er fjernet", "the risk was removed"),
    Reporting.NOT_NEEDED: Words("ikke påkrævet", "not needed"),
    Reporting.WAITING: Words("afventer", "waiting"),
    Reporting.OVERDUE: Words("OVERSKREDET", "OVERDUE"),
    Reporting.REPORTED: Words("anmeldt", "reported"),
    Reporting.REPORTED_LATE: Words("anmeldt for sent", "reported late"),
}
"""Every choice of a breach in words; a test finds one that is missing."""


def breach_register(lines: Sequence[Mapping[str, Any]], controller: Controller, on: date, language: str) -> Document:
    """The lines as `application.reading.breaches` gives them, in Danish ("da") or English ("en")."""
    sections = tuple(
        Section(_HEADING.said(language).format(at=_moment(line["aware_at"])), (Facts(tuple(_facts(line, language))),))
        for line in lines
    )
    opening: tuple[Block, ...] = () if lines else (Paragraph(_NONE.said(language)),)
    return Document(
        title=_TITLE.said(language), language=language, issuer=controller.name, issued_on=on,
        dateline=dateline(on, language), opening=opening, sections=sections,
        footer=f"{controller.name} · GDPR art. 33, stk. 5" if language == "da" else f"{controller.name} · GDPR Art. 33(5)",
    )  # fmt: skip


def _facts(line: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Each label with its value; what is still wanting says so, what never applied is left out."""
    told = []
    for name, label in _LABELS.items():
        value = _reports(line["reports"], language) if name == "reports" else _value(line[name], language)
        if value or name in line["missing"] or name in ("consequences", "measures", "risk"):
            told.append((label.said(language), value or _NOT_SAID.said(language)))
    return told


def _value(value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, Absent):
        return _GONE.said(language)
    if isinstance(value, list):
        return ", ".join(_value(each, language) for each in value)
    if isinstance(value, str) and value in _CHOICES:
        return _CHOICES[value].said(language)
    return "" if value is None else str(value)


def _reports(reports: list[Mapping[str, Any]], language: str) -> str:
    return "\n".join(
        (_LATE if each["late"] else _REPORT).said(language).format(
            number=each["number"], at=_moment(each["reported_at"]), why=_value(each["late_because"], language)
        )
        for each in reports
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{at.astimezone(_DENMARK):%Y-%m-%d %H:%M}"
