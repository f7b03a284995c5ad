"""Why each kind of personal data is held, by whom, on what basis and for how long: once, here, for every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class RealmKind(StrEnum):
    """The two controllers' kinds of realm (ORG-09): many municipalities, one Red Barnet."""

    MUNICIPALITY = "municipality"
    RED_BARNET = "red_barnet"


class Basis(StrEnum):
    """The legal basis of a compartment, as GDPR articles."""

    PUBLIC_TASK = "GDPR Art. 6(1)(e)"
    LEGAL_OBLIGATION = "GDPR Art. 6(1)(c)"
    LEGITIMATE_INTEREST = "GDPR Art. 6(1)(f)"
    AGREEMENT = "GDPR Art. 6(1)(b)"
    CONSENT = "GDPR Art. 6(1)(a)"
    EXPLICIT_CONSENT = "GDPR Art. 6(1)(a) and 9(2)(a)"


class KeptFrom(StrEnum):
    """The moment from which a compartment's retention runs."""

    CASE_CLOSED = "the case is closed"
    LAST_EVENING = "the last evening of the course"
    CONSENT_ENDED = "the consent ends"
    LEAVING = "the person leaves"
    REQUEST_CLOSED = "the request is closed"
    COURSE_CLOSED = "the course is completed or cancelled"
    DECLINED = "the referral is declined, or withdrawn before the hand-over"
    ENTRY_WRITTEN = "the entry is written"
    LEFT_BY_ERASURE = "the last day for which an erasure left it"
    BREACH_CLOSED = "the breach is closed"
    DRAFT_SAVED = "the draft was last saved"


@dataclass(frozen=True, slots=True)
class Compartment:
    """One purpose of processing: its own keys, its own readers, its own retention.

    `keep_months` counts calendar months from `kept_from`, and `keep_days` days; neither means at once. The figures are
    defaults: what a controller sets and documents instead (GDPR Art. 5(1)(e)) is asked of `gdpr.retention.period_of`.
    `special` says that values count as special categories (Art. 9) or as confidential by Danish practice.
    `per_consent` compartments have one key for each consent (INT-08), `per_course` ones a key for each course, which
    ends with it while a family that comes back tells anew (INT-09, INT-25).
    """

    name: str
    held_by: frozenset[RealmKind]
    purpose: str
    basis: Basis
    kept_from: KeptFrom
    keep_months: int
    special: bool = False
    per_consent: bool = False
    per_course: bool = False
    keep_days: int = 0

    @property
    def scoped(self) -> bool:
        """Whether a key belongs to one consent or one course of the subject, and not to all of its values here."""
        return self.per_consent or self.per_course

    def __repr__(self) -> str:
        return f"<{self.name}>"


_TOWN = frozenset({RealmKind.MUNICIPALITY})
_CLUB = frozenset({RealmKind.RED_BARNET})
_BOTH = _TOWN | _CLUB

CASE_FILE = Compartment(
    "case_file", _TOWN, "the municipality's grounds for referring a family", Basis.PUBLIC_TASK,
    KeptFrom.CASE_CLOSED, 60, special=True,
)  # fmt: skip
MUNICIPAL_CONTACT = Compartment(
    "municipal_contact", _TOWN, "know whom a referral is about", Basis.PUBLIC_TASK, KeptFrom.CASE_CLOSED, 60
)
MUNICIPAL_TELEPHONE = Compartment(
    "municipal_telephone", _TOWN, "hand the family's telephone number over to the leader", Basis.PUBLIC_TASK,
    KeptFrom.CASE_CLOSED, 60,
)  # fmt: skip
MUNICIPAL_ADDRESS = Compartment(
    "municipal_address", _TOWN, "keep two homes apart", Basis.PUBLIC_TASK, KeptFrom.CASE_CLOSED, 60, special=True
)
DRAFT = Compartment(
    "draft", _TOWN, "let a referrer go on with a form that is not finished", Basis.PUBLIC_TASK, KeptFrom.DRAFT_SAVED, 0,
    special=True, keep_days=30,
)  # fmt: skip
"""A form that was begun and not sent. Nobody is in the register by it: its subject is the draft itself, by a random id,
and its one key goes with it."""
ROSTER = Compartment("roster", _CLUB, "know who comes to the evenings", Basis.CONSENT, KeptFrom.LAST_EVENING, 3)
AGES = Compartment("ages", _CLUB, "fit the evenings to the children's ages", Basis.CONSENT, KeptFrom.LAST_EVENING, 3)
CONTACT = Compartment("contact", _CLUB, "know whom the leader rings", Basis.CONSENT, KeptFrom.LAST_EVENING, 3)
LANGUAGE = Compartment(
    "language", _CLUB, "speak with the family in its language", Basis.CONSENT, KeptFrom.LAST_EVENING, 3
)
CLUB_TELEPHONE = Compartment(
    "club_telephone", _CLUB, "ring the family and remind it of evenings", Basis.CONSENT, KeptFrom.LAST_EVENING, 3
)
NOTE = Compartment(
    "note", _CLUB, "let the leader prepare the course from what the family tells", Basis.EXPLICIT_CONSENT,
    KeptFrom.LAST_EVENING, 0, special=True, per_course=True, keep_days=14,
)  # fmt: skip
SHARED_NOTE = Compartment(
    "shared_note", _CLUB, "let the volunteers of one course read what the family agreed to", Basis.EXPLICIT_CONSENT,
    KeptFrom.CONSENT_ENDED, 0, special=True, per_consent=True,
)  # fmt: skip
SHARED_THEME = Compartment(
    "shared_theme", _CLUB, "shape the programme by themes without identity", Basis.EXPLICIT_CONSENT,
    KeptFrom.CONSENT_ENDED, 0, special=True, per_consent=True,
)  # fmt: skip
CARRIED_NOTE = Compartment(
    "carried_note", _CLUB, "spare a family that comes back telling the next leader everything again",
    Basis.EXPLICIT_CONSENT, KeptFrom.CONSENT_ENDED, 0, special=True, per_consent=True,
)  # fmt: skip
ATTENDANCE = Compartment(
    "attendance", _CLUB, "run the evenings of the course", Basis.CONSENT, KeptFrom.LAST_EVENING, 3, per_course=True
)
FOLLOW_UP = Compartment(
    "follow_up", _CLUB, "reach the family after the course", Basis.CONSENT, KeptFrom.CONSENT_ENDED, 0,
    per_consent=True,
)  # fmt: skip
CONSENT_PROOF = Compartment(
    "consent_proof", _CLUB, "show how somebody came to consent, while that may be disputed", Basis.LEGAL_OBLIGATION,
    KeptFrom.CONSENT_ENDED, 3, per_consent=True,
)  # fmt: skip
VOLUNTEER_FILE = Compartment(
    "volunteer_file", _CLUB, "attach and train volunteers", Basis.AGREEMENT, KeptFrom.LEAVING, 6
)
STAFF_FILE = Compartment(
    "staff_file", _BOTH, "know who uses the register", Basis.LEGITIMATE_INTEREST, KeptFrom.LEAVING, 6
)
RIGHTS = Compartment(
    "rights", _BOTH, "answer requests about one's own data", Basis.LEGAL_OBLIGATION, KeptFrom.REQUEST_CLOSED, 3
)
BREACH = Compartment(
    "breach", _BOTH, "document breaches and what was done about them", Basis.LEGAL_OBLIGATION,
    KeptFrom.BREACH_CLOSED, 60,
)  # fmt: skip
RECEIVING = Compartment(
    "receiving", _CLUB, "open what a municipality hands over, and nothing afterwards", Basis.CONSENT,
    KeptFrom.COURSE_CLOSED, 0,
)  # fmt: skip

COMPARTMENTS: tuple[Compartment, ...] = (
    CASE_FILE, MUNICIPAL_CONTACT, MUNICIPAL_TELEPHONE, MUNICIPAL_ADDRESS, DRAFT, ROSTER, AGES, CONTACT, LANGUAGE,
    CLUB_TELEPHONE, NOTE, SHARED_NOTE, SHARED_THEME, CARRIED_NOTE, ATTENDANCE, FOLLOW_UP, CONSENT_PROOF,
    VOLUNTEER_FILE, STAFF_FILE, RIGHTS, BREACH, RECEIVING,
)  # fmt: skip
BY_NAME: dict[str, Compartment] = {compartment.name: compartment for compartment in COMPARTMENTS}


def held_in(realm: RealmKind) -> Iterator[Compartment]:
    """The compartments that a realm of this kind may hold; a key for any other is never made there."""
    return (compartment for compartment in COMPARTMENTS if realm in compartment.held_by)
