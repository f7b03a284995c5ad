"""What is refused about random checks of the access log, and about alarms."""

from __future__ import annotations

from adapters.texts.words import Words

CHECKS: dict[str, Words] = {
    "unknown_draw": Words("Vi kan ikke finde stikprøven.", "We cannot find the random check."),
    "unknown_alarm": Words("Der er ingen alarm med det nummer i loggen.", "The log has no alarm with that number."),
    "period_backwards": Words(
        "Perioden slutter, før den begynder. Byt om på de to tidspunkter.",
        "The period ends before it begins. Swap the two times.",
    ),
    "period_over": Words(
        "Perioden er allerede slut. En stikprøve skal meldes, før den sidste dag er gået.",
        "The period is already over. A random check is announced before its last day has passed.",
    ),
    "use_not_recent": Words(
        "Perioden går mere end {limit} dage tilbage. En stikprøve handler om opslag, man stadig kan huske.",
        "The period goes more than {limit} days back. A random check is about use that can still be remembered.",
    ),
    "period_not_over": Words(
        "Perioden er ikke slut endnu. Der kan trækkes dagen efter den sidste dag.",
        "The period is not over yet. It can be drawn the day after its last day.",
    ),
    "not_drawn_yet": Words(
        "Der er ikke trukket endnu, så der er intet at tage stilling til.",
        "Nothing was drawn yet, so there is nothing to find.",
    ),
    "entry_not_drawn": Words(
        "Den linje i loggen er ikke blandt de udtrukne.", "That entry of the log is not among those drawn."
    ),
    "finding_stands": Words(
        "Der er allerede skrevet noget andet, og det bliver stående.",
        "Something else was found before, and that stands.",
    ),
    "finding_without_words": Words(
        "Skriv kort, hvad du fandt, når opslaget ikke er forklaret.",
        "Say briefly what you found, when the use is not explained.",
    ),
    "findings_missing": Words(
        "Der mangler at blive taget stilling til {limit} af de udtrukne linjer.",
        "There is no finding yet for {limit} of the drawn entries.",
    ),
}
