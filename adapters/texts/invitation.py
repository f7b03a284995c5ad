"""What is said of codes and links by which people come in for the first time."""

from __future__ import annotations

from adapters.texts.words import Words

INVITATION: dict[str, Words] = {
    "invitation_not_valid": Words(
        "Koden passer ikke. Den kan være skrevet forkert, brugt, udløbet eller lukket. "
        "Se den igennem, eller bed den, der gav dig koden, om en ny.",
        "The code does not fit. It may be mistyped, used, expired or closed. "
        "Check it, or ask the person who gave it to you for a new one.",
    ),
    "login_is_anothers": Words(
        "Du har allerede en anden adgang med dette login. Sig det til den, der gav dig koden.",
        "You already have another access with this login. Tell the person who gave you the code.",
    ),
    "unknown_invitation": Words("Vi kan ikke finde koden.", "We cannot find the code."),
    "invitation_was_taken": Words(
        "Koden er allerede brugt. Skal adgangen lukkes, så sig det til sekretariatet.",
        "The code has already been used. If the access must be closed, tell the secretariat.",
    ),
    "visit_is_over": Words(
        "Aftenen er forbi eller ikke planlagt, så der kan ikke laves et link til besøget.",
        "The evening is over or not planned, so no link to the visit can be made.",
    ),
    "not_enrolled": Words(
        "Personen er ikke oprettet her. Opret personen først.",
        "The person is not enrolled here. Enrol the person first.",
    ),
    "access_given_by_others": Words(
        "Personen har også en rolle, som andre giver adgang til. Koden skal komme fra dem.",
        "The person also holds a role that others give access to. The code must come from them.",
    ),
}
