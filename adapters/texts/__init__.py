"""What a refusal says to people, in Danish and in English, by its code: plain words, and no value but a number or a stage."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.texts import breach, checks, club, consents, invitation, log, release, retention, rights, town, transport
from adapters.texts.arabic import REFUSALS
from adapters.texts.words import Words

HEADINGS: dict[int, Words] = {
    400: Words("Det kunne ikke læses", "It could not be read"),
    401: Words("Du skal logge ind", "Please log in"),
    403: Words("Det har du ikke adgang til", "You do not have access to this"),
    404: Words("Det findes ikke her", "There is no such thing here"),
    405: Words("Det kan man ikke her", "That cannot be done here"),
    409: Words("Det kan ikke lade sig gøre nu", "That is not possible now"),
    410: Words("Oplysningerne er slettet", "The data have been erased"),
    412: Words("Nogen nåede at ændre det først", "Somebody else changed it first"),
    413: Words("Det er for meget på én gang", "That is too much at once"),
    415: Words("Det har en forkert form", "It has the wrong form"),
    422: Words("Noget skal rettes", "Something needs to be corrected"),
    500: Words("Det gik galt hos os", "Something went wrong on our side"),
    503: Words("Det kan ikke lade sig gøre lige nu", "That is not possible right now"),
}
"""By HTTP status."""

STAGES: dict[str, Words] = {
    "registered": Words("registreret", "registered"),
    "accepted": Words("godkendt", "accepted"),
    "declined": Words("afvist", "declined"),
    "waiting": Words("på venteliste", "on the waiting list"),
    "placed": Words("tildelt en plads", "given a place"),
    "handed_over": Words("overdraget til klublederen", "handed over to the leader"),
    "withdrawn": Words("trukket tilbage", "withdrawn"),
    "planned": Words("planlagt", "planned"),
    "recruiting": Words("åbent for nye familier", "open to new families"),
    "ready": Words("klar til at begynde", "ready to begin"),
    "running": Words("i gang", "running"),
    "interrupted": Words("sat på pause", "interrupted"),
    "completed": Words("afsluttet", "completed"),
    "cancelled": Words("aflyst", "cancelled"),
}
"""Where a referral or a course may stand, in words that end a sentence."""


TEXTS: dict[str, Words] = {
    **transport.GENERAL,
    **transport.TRANSPORT,
    **transport.WRITING,
    **town.FAMILY,
    **town.REFERRAL,
    **town.PEOPLE,
    **club.COURSE,
    **club.CONVERSATION,
    **consents.CONSENT,
    **rights.RIGHTS,
    **breach.BREACH,
    **release.RELEASE,
    **retention.RETENTION,
    **log.LOG,
    **checks.CHECKS,
    **invitation.INVITATION,
}
"""Every code of a refusal, from the domain up; a test finds one that is missing here."""


def told(code: str, language: str, facts: Mapping[str, int | str]) -> str:
    """The text of a code; numbers as they are, stages in words. An unknown code is answered as a plain no.

    In Arabic is said what a family can meet; any other code in English.
    """
    known = code if code in TEXTS else "refused"
    if language == "ar" and known in REFUSALS:
        return REFUSALS[known].format(**facts)
    spoken = "da" if language == "da" else "en"
    shown = {
        name: value if isinstance(value, int) else STAGES[value].said(spoken) if value in STAGES else ""
        for name, value in facts.items()
    }
    return TEXTS[known].said(spoken).format(**shown)
