"""What the club's rules refuse: courses, evenings, conversations."""

from __future__ import annotations

from adapters.texts.words import Words

COURSE: dict[str, Words] = {
    "unknown_course": Words("Vi kan ikke finde forløbet.", "We cannot find the course."),
    "course_in_other_state": Words(
        "Det kan ikke lade sig gøre, for forløbet er {state}.", "That is not possible, because the course is {state}."
    ),
    "not_on_the_team": Words(
        "Den person er ikke med på holdet i den rolle.", "That person is not on the team in this role."
    ),
    "unknown_evening": Words("Forløbet har ikke den klubaften.", "The course has no such evening."),
    "evening_out_of_course": Words(
        "Klubaftenen kan ikke ligge før forløbets første dag.",
        "An evening cannot lie before the first day of the course.",
    ),
    "plan_implausible": Words(
        "Tallene i planen passer ikke sammen. Se dem igennem.", "The figures of the plan do not fit together."
    ),
    "unknown_club": Words("Vi kan ikke finde klubben.", "We cannot find the club."),
    "unknown_place": Words("Stedet eller afdelingen er ikke oprettet.", "The place or branch has not been named."),
    "evening_is_counted": Words(
        "Klubaftenen er talt op. Er der noget, der skal rettes, så registrér fremmødet igen.",
        "The evening has been counted. To correct it, record its attendance again.",
    ),
    "attendance_lines_do_not_fit": Words(
        "Der skal stå én linje for hver familie, og antal kun for dem, der kom.",
        "There is one line for each family, with numbers only for those who came.",
    ),
}

CONVERSATION: dict[str, Words] = {
    "unknown_note_part": Words("Familiens note har ikke den del.", "The family's note has no such part."),
    "not_the_author": Words(
        "Kun den, der har skrevet noten, kan ændre den eller dele den.",
        "Only the one who wrote the note can change or share it.",
    ),
    "part_not_read_back": Words(
        "Læs først teksten op for familien, og få et ja til ordene. Så kan den deles.",
        "First read the text back to the family and have its yes to the words. Then it can be shared.",
    ),
    "part_has_changed": Words(
        "Teksten er ændret siden. Læs den nye tekst op for familien, og spørg igen.",
        "The text has changed since. Read the new text back to the family and ask again.",
    ),
    "statement_missing": Words(
        "Skriv mindst én ting, familien har fortalt.", "Write at least one thing the family told."
    ),
    "statement_about_nobody": Words(
        "Vælg, hvem i familien det handler om, og hvilken voksen der har fortalt det.",
        "Choose whom in the family it is about, and which adult told it.",
    ),
    "statement_twice": Words("Det samme står her to gange.", "The same is entered twice."),
}
