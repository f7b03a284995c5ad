"""What is refused about breaches of personal data."""

from __future__ import annotations

from adapters.texts.words import Words

BREACH: dict[str, Words] = {
    "unknown_breach": Words("Vi kan ikke finde bruddet i fortegnelsen.", "We cannot find the breach in the register."),
    "breach_times_implausible": Words(
        "Tidspunkterne passer ikke sammen. Et brud begynder, før det opdages, og anmeldes, efter at det er opdaget.",
        "The times do not fit together. A breach begins before it is noticed and is reported after it was noticed.",
    ),
    "clock_jumped_back": Words(
        "Uret viser en tid før det, der sidst blev skrevet. Få uret stillet, og prøv igen.",
        "The clock shows a time before what was written last. Have the clock set right and try again.",
    ),
    "time_zone_missing": Words(
        "Skriv tidspunktet med tidszone, for der tælles timer fra det.",
        "Write the time with its time zone, because hours are counted from it.",
    ),
    "late_without_reason": Words(
        "Der er gået mere end 72 timer. Skriv, hvorfor anmeldelsen er forsinket.",
        "More than 72 hours have passed. Say why the report is late.",
    ),
    "nothing_said": Words("Skriv noget, der ikke var sagt før.", "Say something that was not said before."),
    "number_implausible": Words(
        "Skriv et helt tal fra 0 og op, som kan passe.", "Write a whole number from 0 on that can be right."
    ),
    "nothing_named": Words(
        "Skriv, hvad der er mistet: en konto, en enhed, et program, en nøgle eller et tidsrum.",
        "Name what was lost: an account, a device, a process, a key or a period.",
    ),
    "period_missing": Words("Skriv, fra hvornår det var i andres hænder.", "Say from when on it was in other hands."),
    "period_too_long": Words(
        "Vælg et tidsrum på højst et år. Der ses på hver dag for sig.",
        "Choose a period of a year at most. Each day is looked at by itself.",
    ),
    "not_a_high_risk": Words(
        "De berørte skal kun undtages fra besked, når risikoen er høj.",
        "An exception from telling the persons is needed only when the risk is high.",
    ),
    "breach_closed": Words(
        "Bruddet er afsluttet. Kommer der noget nyt frem, er det et brud for sig.",
        "The breach is closed. If something new comes to light, it is a breach of its own.",
    ),
    "breach_not_finished": Words(
        "Bruddet kan ikke afsluttes endnu, for noget mangler.",
        "The breach cannot be closed yet, because something is missing.",
    ),
}
