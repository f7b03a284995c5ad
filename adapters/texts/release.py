"""What is refused when contents are to be released to an officer by two persons, and when roles are reviewed."""

from __future__ import annotations

from adapters.texts.words import Words

RELEASE: dict[str, Words] = {
    "unknown_release": Words(
        "Der er ikke bedt om at få svaret udleveret på papir.", "Nobody has asked to have this answer on paper."
    ),
    "nothing_to_release": Words(
        "Vælg, hvilke slags oplysninger svaret skal vise.", "Choose which kinds of data the answer is to show."
    ),
    "second_person_needed": Words(
        "En anden skal sige ja. Den, der selv har bedt om det, eller som det handler om, kan ikke.",
        "Somebody else must agree: not the one who asked, and not the one it is about.",
    ),
    "release_decided": Words(
        "Der er allerede taget stilling til det, eller det er trukket tilbage.",
        "This was decided before, or it was taken back.",
    ),
    "release_not_in_force": Words(
        "To personer skal have sagt ja, og fristen må ikke være gået.",
        "Two persons must have agreed, and the time must not have run out.",
    ),
    "not_an_access": Words(
        "Det gælder kun svar på en anmodning om indsigt.", "This is only for the answer to a request for access."
    ),
    "release_too_narrow": Words(
        "Svaret rummer flere slags oplysninger, end der er sagt ja til. Bed om det hele.",
        "The answer holds more kinds of data than were agreed to. Ask for all of them.",
    ),
    "own_role": Words(
        "Man kan ikke bekræfte sin egen rolle. Bed en anden om det.",
        "One cannot confirm an own role. Ask somebody else.",
    ),
    "role_not_running": Words(
        "Rollen er ophørt og kan ikke bekræftes. Giv en ny.",
        "The role has ended and cannot be confirmed. Give a new one.",
    ),
}
