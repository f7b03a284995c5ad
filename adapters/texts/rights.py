"""What is refused about requests for one's own data."""

from __future__ import annotations

from adapters.texts.words import Words

RIGHTS: dict[str, Words] = {
    "unknown_request": Words("Vi kan ikke finde anmodningen.", "We cannot find the request."),
    "request_closed": Words("Anmodningen er allerede besvaret.", "The request has already been answered."),
    "identity_not_checked": Words(
        "Find først ud af, hvem der spørger. Så kan der svares.",
        "First make sure who is asking. Then it can be answered.",
    ),
    "not_own_data": Words(
        "Man kan spørge om sig selv og om sit eget barn, men ikke om en anden voksen.",
        "One can ask about oneself and one's own child, but not about another adult.",
    ),
    "not_an_erasure": Words("Det gælder kun, når der er bedt om sletning.", "This is only for a request for erasure."),
    "step_out_of_turn": Words(
        "Der er et skridt før dette, som mangler at blive taget.", "A step before this one has not been taken yet."
    ),
    "erasure_carried_out": Words(
        "Sletningen er begyndt, så det besluttede kan ikke ændres mere.",
        "The erasure has begun, so what was decided can no longer be changed.",
    ),
    "nothing_erased_yet": Words(
        "Der er ikke slettet noget endnu, så der er ingen kvittering.", "Nothing is erased yet, so there is no receipt."
    ),
    "unknown_compartment": Words(
        "Den slags oplysninger kan man ikke beslutte om her.", "That kind of data cannot be decided on here."
    ),
    "ground_does_not_fit": Words(
        "Begrundelsen passer ikke til beslutningen. Sletning bygger på artikel 17, stk. 1, og bevaring på stk. 3.",
        "The ground does not fit the decision. Erasing rests on Article 17(1), keeping on Article 17(3).",
    ),
    "legal_basis_missing": Words(
        "Skriv den lov og paragraf, oplysningerne bliver gemt efter, og ikke andet.",
        "Name the act and section by which the data are kept, and nothing else.",
    ),
    "keep_until_missing": Words(
        "Skriv en dato, der ikke er nået endnu, som oplysningerne bliver gemt til.",
        "Name a day still to come until which the data are kept.",
    ),
    "too_late_to_extend": Words(
        "Fristen kan kun forlænges én gang, og kun inden den første frist er gået.",
        "The deadline can be extended once, and only before the first one has passed.",
    ),
}
