"""What is wrong with a request as such, whatever it asks for."""

from __future__ import annotations

from adapters.texts.words import Words

GENERAL: dict[str, Words] = {
    "refused": Words("Det kan ikke lade sig gøre.", "That is not possible."),
    "rule_broken": Words("Det kan ikke lade sig gøre, som det står nu.", "That is not possible as things stand."),
    "not_found": Words(
        "Vi kan ikke finde det. Måske findes det ikke længere, eller også har du ikke adgang til det.",
        "We cannot find it. It may be gone, or you may not have access to it.",
    ),
    "invalid": Words("Der er noget, der skal rettes her.", "Something needs to be corrected here."),
    "not_for_this_reader": Words(
        "Det kan du ikke se. Har du brug for det i dit arbejde, så tal med din leder.",
        "You cannot see this. If you need it in your work, please speak with your manager.",
    ),
    "role_not_held": Words(
        "Det kan kun gøres i en rolle, du ikke har her i dag.", "This takes a role that you do not hold here today."
    ),
    "stale_version": Words(
        "En anden har ændret det, siden du åbnede siden. Se det igennem igen, og prøv så én gang til.",
        "Somebody else has changed this since you opened it. Please look at it again and retry.",
    ),
    "command_id_taken": Words(
        "Det er allerede sendt én gang som noget andet. Begynd forfra, så går det.",
        "This was already sent once as something else. Please start again.",
    ),
    "subject_erased": Words(
        "Oplysningerne om denne person er slettet, og der kan ikke skrives nye.",
        "This person's data have been erased, and no new data can be written.",
    ),
    "log_unavailable": Words(
        "Vi kan ikke skrive ned, hvem der læser, og derfor kan der ikke vises noget lige nu. Prøv igen om lidt.",
        "We cannot write down who reads, so nothing can be shown right now. Please try again shortly.",
    ),
    "unavailable": Words(
        "Oplysningerne kan ikke hentes lige nu. De er ikke væk. Prøv igen om lidt.",
        "The data cannot be fetched right now. They are not lost. Please try again shortly.",
    ),
    "tampered": Words(
        "Det gemte er ikke, som det blev skrevet, og vises derfor ikke. Sig det til din databeskyttelsesrådgiver.",
        "What is stored is not what was written, so it is not shown. Please tell your data protection officer.",
    ),
    "failed": Words(
        "Der skete en fejl hos os. Prøv igen, og sig til, hvis det bliver ved.",
        "Something failed on our side. Please try again, and let us know if it goes on.",
    ),
}

TRANSPORT: dict[str, Words] = {
    "not_logged_in": Words("Log ind for at komme videre.", "Please log in to go on."),
    "scope_needed": Words(
        "Skriv, hvilken enhed, kommune eller person du er her for. Du har rollen flere steder, eller ikke for den.",
        "Say which unit, municipality or person you are here for. You hold the role for several, or not for this one.",
    ),
    "command_id_missing": Words(
        "Der mangler et nummer, så det samme ikke sker to gange (Idempotency-Key, et UUID).",
        "An id is missing that keeps the same from happening twice (Idempotency-Key, a UUID).",
    ),
    "version_unreadable": Words(
        "Versionen kan ikke læses. Den skrives som et tal i anførselstegn (If-Match).",
        "The version cannot be read. It is a number in quotation marks (If-Match).",
    ),
    "request_unreadable": Words("Det sendte kan ikke læses.", "What was sent cannot be read."),
    "body_unreadable": Words(
        "Det sendte er ikke læselig JSON, eller et navn står der to gange.",
        "What was sent is not readable JSON, or names a key twice.",
    ),
    "content_type_wrong": Words("Der skal sendes JSON (application/json).", "Please send JSON (application/json)."),
    "body_too_large": Words("Det er for stort. Der er plads til 256 kB.", "It is too large. There is room for 256 kB."),
    "method_not_allowed": Words("Det kan man ikke gøre på denne adresse.", "That cannot be done at this address."),
    "input_invalid": Words(
        "Nogle af felterne skal rettes, se under hvert af dem.", "Some of the fields need correcting."
    ),
    "field_missing": Words("Feltet skal udfyldes.", "This field is needed."),
    "field_unknown": Words("Det felt kender vi ikke.", "We do not know this field."),
    "field_unreadable": Words(
        "Det kan ikke læses. Se, om det er skrevet rigtigt.", "It cannot be read. Please check it."
    ),
    "object_expected": Words("Her skal stå et sæt felter.", "A set of fields is needed here."),
    "choice_unknown": Words("Vælg en af mulighederne på listen.", "Please choose one from the list."),
    "number_out_of_range": Words("Tallet er for lille eller for stort.", "The number is too small or too large."),
    "text_far_too_long": Words("Teksten er alt for lang.", "The text is far too long."),
    "list_too_long": Words("Der er for mange på listen.", "There are too many in the list."),
    "language_unreadable": Words(
        "Et sprog skrives med to eller tre bogstaver, fx da.", "A language is two or three letters, such as da."
    ),
}

WRITING: dict[str, Words] = {
    "text_missing": Words("Her skal stå noget.", "Something needs to be written here."),
    "text_too_long": Words(
        "Teksten er for lang. Der er plads til {limit} tegn.",
        "The text is too long. There is room for {limit} characters.",
    ),
    "cpr_number_in_text": Words(
        "Det ligner et CPR-nummer. Dem gemmer vi ikke her, så tag det venligst ud.",
        "This looks like a CPR number. We do not keep those here, so please take it out.",
    ),
    "text_unreadable": Words(
        "Der er et tegn i teksten, som ikke kan vises. Prøv at skrive den i stedet for at sætte den ind.",
        "The text holds a character that cannot be shown. Try typing it instead of pasting it.",
    ),
    "telephone_unreadable": Words(
        "Skriv telefonnummeret med otte cifre, eller med + og landekode, hvis det er fra udlandet.",
        "Write the telephone number with eight digits, or with + and country code if it is from abroad.",
    ),
    "month_unreadable": Words("Skriv år og måned, fx 2024-05.", "Write year and month, for example 2024-05."),
    "date_in_future": Words("Datoen er ikke kommet endnu.", "That day has not come yet."),
    "date_too_old": Words(
        "Datoen ligger for langt tilbage. Se, om året er rigtigt.", "The date is too far back. Please check the year."
    ),
    "search_too_vague": Words(
        "Skriv et navn på mindst to bogstaver, eller et telefonnummer, men ikke begge dele.",
        "Write a name of at least two letters, or a telephone number, but not both.",
    ),
}
