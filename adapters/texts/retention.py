"""What is refused about retention and legal holds."""

from __future__ import annotations

from adapters.texts.words import Words

RETENTION: dict[str, Words] = {
    "hold_review_missing": Words(
        "Skriv den dag, hvor det skal overvejes igen, om oplysningerne stadig skal gemmes: efter i dag og inden et år.",
        "Name the day on which it is asked again whether the data must still be kept: after today and within a year.",
    ),
    "hold_names_nothing": Words(
        "Skriv, hvilke slags oplysninger der skal gemmes.", "Say which kinds of data are to be kept."
    ),
    "hold_cannot_keep": Words(
        "Det, som et samtykke lader andre læse, forsvinder med samtykket. Gem noten i stedet.",
        "What a consent lets others read goes with the consent. Keep the note instead.",
    ),
    "unknown_hold": Words("Vi kan ikke finde den tilbageholdelse.", "We cannot find that hold."),
    "hold_is_lifted": Words(
        "Tilbageholdelsen er ophævet. Opret en ny med sin egen begrundelse.",
        "The hold has been lifted. Place a new one with a reason of its own.",
    ),
    "unknown_run": Words("Vi kan ikke finde den kørsel.", "We cannot find that run."),
}
