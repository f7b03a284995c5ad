"""Our lists in the words of the Data Privacy Vocabulary 2.3, where an answer to a consent leaves as a record (ISO/IEC TS 27560).

Each IRI below was looked up in the vocabulary's own files. Two that its guide for 27560 uses do not exist there: the law is
`legal-eu:law-GDPR`, and not `eu-gdpr:GDPR`; the profiles are those of the schema file.
"""

from __future__ import annotations

from domain.consent import Capacity, State
from domain.lists import Purpose, Way
from domain.purposes import Data, Recipient

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "https://schema.org/",
}
"""Stands in every record, so that it is read without fetching anything."""

RECORD_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
RECEIPT_PROFILE = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"

STATUS: dict[State, str] = {
    State.GIVEN: "dpv:ConsentGiven",
    State.RENEWED: "dpv:RenewedConsentGiven",
    State.REFUSED: "dpv:ConsentRefused",
    State.NOT_DECIDED: "dpv:ConsentRequestDeferred",
    State.WITHDRAWN: "dpv:ConsentWithdrawn",
    State.EXPIRED: "dpv:ConsentExpired",
}

PURPOSES: dict[Purpose, tuple[str, str]] = {
    Purpose.SHARE_WITH_VOLUNTEERS: (
        "dpv:ServiceProvision", "The volunteers of the course take what the family told into account"),
    Purpose.SHARE_WITH_CO_LEADER: ("dpv:ServiceProvision", "A co-leader of the course knows what the family told"),
    Purpose.ANONYMOUS_THEMES: (
        "dpv:ServicePersonalisation", "Themes the families wish for shape the programme, without saying whose they are"),
    Purpose.SMS_REMINDERS: ("dpv:CommunicationManagement", "The family is reminded of the next evening"),
    Purpose.CONTACT_AFTER_COURSE: ("dpv:CommunicationManagement", "The family is contacted after the course"),
    Purpose.REUNION_INVITATION: ("dpv:CommunicationManagement", "The family is invited to a reunion"),
    Purpose.LINKED_QUESTIONNAIRE: (
        "dpv:ServiceOptimisation", "Answers of the family before and after the course are compared"),
    Purpose.PHOTO_OR_STORY: ("dpv:PublicRelations", "A picture or a story of the family is shown"),
    Purpose.REFERRAL_FEEDBACK: ("dpv:ServiceProvision", "Whoever referred the family hears whether it takes part"),
    Purpose.BRIDGING_OFFER: ("dpv:ServiceProvision", "Another offer gets in touch with the family"),
    Purpose.QUESTION_TO_PROFESSIONAL: ("dpv:ServiceProvision", "A professional prepares an answer to a question"),
    Purpose.CARRY_OVER: ("dpv:ServiceProvision", "The leader of the family's next course knows what it told before"),
}  # fmt: skip
"""The purpose of DPV that ours is a kind of, and ours in a sentence."""

DATA: dict[Data, tuple[tuple[str, ...], str]] = {
    Data.NOTE_PART: (("pd:Family", "pd:Health"), "A part of what the family told, in the wording it agreed"),
    Data.THEMES: (("pd:Preference",), "Themes the family wishes for"),
    Data.TELEPHONE: (("pd:TelephoneNumber",), "The telephone number"),
    Data.NAME_AND_TELEPHONE: (("pd:Name", "pd:TelephoneNumber"), "Name and telephone number"),
    Data.QUESTIONNAIRE: (("pd:Opinion",), "Answers to a questionnaire"),
    Data.PICTURE_OR_STORY: (("pd:Picture", "pd:LifeHistory"), "A picture or a story"),
    Data.TAKING_PART: (("pd:ServiceConsumptionBehaviour",), "Whether the family takes part"),
    Data.NEED_OF_AN_OFFER: (("pd:Family", "pd:Health"), "Which offer the family needs"),
    Data.QUESTION: (("pd:Family", "pd:Health"), "A question to a professional"),
}
"""The categories of DPV that ours is a kind of, and ours in a sentence; never what was told."""

RECIPIENTS: dict[Recipient, str] = {
    Recipient.COURSE_VOLUNTEERS: "The volunteers of the course",
    Recipient.CO_LEADER: "A co-leader of the course",
    Recipient.COORDINATOR: "The coordinator of the programme",
    Recipient.REMINDER_SERVICE: "The service that sends reminders",
    Recipient.SECRETARIAT: "The secretariat",
    Recipient.EVALUATOR: "Whoever evaluates the courses",
    Recipient.REFERRER: "Whoever referred the family in the municipality",
    Recipient.OFFER: "The offer the family chose",
    Recipient.PROFESSIONAL: "The professional of the evening",
    Recipient.NEXT_LEADER: "The leader of the family's next course",
}

WAYS: dict[Way, str] = {
    Way.TELEPHONE: "said on the telephone",
    Way.SMS: "written in a text message",
    Way.IN_PERSON: "said in a conversation",
    Way.ON_PAPER: "written on paper",
    Way.DIGITAL: "chosen in the register",
}

CAPACITIES: dict[Capacity, str] = {
    Capacity.SELF: "An adult of the household answers for the children it lives with",
    Capacity.HOLDER_OF_CUSTODY: "A holder of custody answers for a child, who is too young to answer",
    Capacity.OTHER_CAREGIVER: "A caregiver without custody answers for a child it looks after",
}
"""Why an adult's answer stands for a child (`dpv:hasJustification`)."""

RIGHTS = ("eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A17", "eu-gdpr:A18", "eu-gdpr:A20", "eu-gdpr:A77")
"""Those of the person in what rests on consent: also to withdraw, to take along, and to complain."""

TAKING_BACK = (
    "In any way and without a reason: say it to anybody of the club, ring, write, or withdraw in the register. "
    "It is as easy as saying yes, and nobody can read what was shared from then on."
)
EXERCISING = "By asking anybody of the club or the controller, in any way, or in the register under own requests"
DELETING = "The key of what was shared is destroyed when the consent ends, at the latest the day after"
