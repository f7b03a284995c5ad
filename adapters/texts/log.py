"""What is said about the access log and its proofs."""

from __future__ import annotations

from adapters.texts.words import Words

LOG: dict[str, Words] = {
    "no_such_log_entry": Words(
        "Adgangsloggen har ingen linje med det nummer, eller dens måned er slettet efter fristen.",
        "The access log has no entry with that number, or its month was deleted at the end of its retention.",
    ),
    "log_not_signed_yet": Words(
        "Der er ikke skrevet under på adgangsloggen så langt endnu. Prøv igen om et øjeblik.",
        "The access log has not been signed that far yet. Please try again in a moment.",
    ),
    "log_not_that_far": Words(
        "Så langt, som det siges at være set, rækker den underskrevne adgangslog ikke. Gem det, du har fået: "
        "loggen kan være afkortet eller byttet ud.",
        "The signed access log does not reach as far as it is said to have been seen. Keep what you were given: "
        "the log may have been cut off or replaced.",
    ),
    "not_witnessed": Words(
        "Filen er ikke et kontrolpunkt fra denne log, som et af de vidner, indstillingerne nævner, har skrevet under på.",
        "The file is not a checkpoint of this log that one of the witnesses in the settings has cosigned.",
    ),
}
