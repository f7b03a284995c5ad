"""What every letter to a person says in the same way: the day, who is responsible, and whom to complain to."""

from __future__ import annotations

from datetime import date

from adapters.letters.said import Said, day
from application.documents import Facts, Paragraph, Section
from gdpr.controller import DATATILSYNET, Controller

_ISSUED = Said("Udstedt {day}", "Issued {day}", "صدر في {day}")
_QUESTIONS = Said("Spørgsmål? {contact}", "Questions? {contact}", "هل لديك أسئلة؟ {contact}")

_WHO_IS_RESPONSIBLE = Said(
    "Hvem der er ansvarlig, og hvor du kan klage",
    "Who is responsible, and where to complain",
    "الجهة المسؤولة، وأين تشتكي",
)
_COMPLAINING = Said(
    "Du kan klage til Datatilsynet, også uden at skrive til os først. Du kan også få sagen prøvet ved en domstol.",
    "You may complain to the Danish Data Protection Agency, also without writing to us first. You may also go to court.",
    "يمكنك تقديم شكوى إلى هيئة حماية البيانات الدنماركية، حتى دون أن تكتب إلينا أولًا. ويمكنك أيضًا اللجوء إلى المحكمة.",
)
_CONTROLLER = Said("Dataansvarlig", "Controller", "الجهة المسؤولة عن البيانات")
_CONTACT = Said("Kontakt", "Contact", "للتواصل")
_OFFICER = Said("Databeskyttelsesrådgiver", "Data protection officer", "مسؤول حماية البيانات")
_AUTHORITY = Said("Klagemyndighed", "Supervisory authority", "جهة الشكاوى")


def dateline(on: date, language: str) -> str:
    return _ISSUED.in_(language, day=day(on, language))


def questions(controller: Controller, language: str) -> str:
    """The foot of a page; empty when the settings do not say whom to ask."""
    return _QUESTIONS.in_(language, contact=controller.contact) if controller.contact else ""


def responsible(controller: Controller, language: str) -> Section:
    """The last section of a letter; what the settings do not say of the controller is left out."""
    said = (
        (_CONTROLLER, ", ".join(filter(None, (controller.name, controller.identifier, controller.address)))),
        (_CONTACT, controller.contact),
        (_OFFICER, controller.officer),
        (_AUTHORITY, f"{DATATILSYNET.name}, {DATATILSYNET.address}\n{DATATILSYNET.contact}, {DATATILSYNET.site}"),
    )
    facts = tuple((label.in_(language), value) for label, value in said if value)
    return Section(_WHO_IS_RESPONSIBLE.in_(language), (Paragraph(_COMPLAINING.in_(language)), Facts(facts)))
