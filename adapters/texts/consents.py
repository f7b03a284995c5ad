"""What is refused of consents: of the words they are asked in, of who answers for whom, of their ends and what follows."""

from __future__ import annotations

from adapters.texts.words import Words

CONSENT: dict[str, Words] = {
    "unknown_consent": Words("Vi kan ikke finde samtykket.", "We cannot find the consent."),
    "consent_not_given": Words(
        "Der er ikke givet noget samtykke, så der er intet at tage tilbage.",
        "No consent was given, so there is nothing to take back.",
    ),
    "wording_not_in_force": Words(
        "Den tekst kan man ikke spørge med. Brug den tekst, der gælder for netop dette samtykke.",
        "That wording cannot be used to ask. Use the one that is in force for this consent.",
    ),
    "consent_needs_part": Words(
        "Vælg den del af noten, familien siger ja til.", "Choose the part of the note the family says yes to."
    ),
    "consent_without_part": Words(
        "Dette samtykke handler ikke om en del af noten.", "This consent is not about a part of the note."
    ),
    "consent_end_implausible": Words(
        "Samtykket kan ikke slutte før i dag, og heller ikke efter det, det er givet til.",
        "The consent cannot end before today, nor later than what it is given for.",
    ),
    "wording_is_published": Words(
        "Den tekst er udgivet og kan ikke ændres. Udgiv en ny udgave.",
        "That text is published and cannot be changed. Publish a new version.",
    ),
    "wording_of_one_purpose": Words(
        "En tekst spørger om én ting, og om det samme i alle udgaver. Lav en tekst for hvert spørgsmål.",
        "A wording asks for one thing, the same in every version. Make a wording for each question.",
    ),
    "wording_states_too_much": Words(
        "Teksten lover mere, end spørgsmålet handler om: en anden modtager, andre oplysninger eller længere tid.",
        "The wording states more than the question is about: another recipient, other data or a longer time.",
    ),
    "wording_not_in_danish": Words(
        "Udgiv først teksten på dansk. Andre sprog siger det samme.",
        "Publish the wording in Danish first. Other languages say the same.",
    ),
    "wording_language_missing": Words(
        "Teksten er ikke udgivet på det sprog. Vælg et sprog, den findes på.",
        "The wording is not published in that language. Choose one that it exists in.",
    ),
    "consent_ends_too_late": Words(
        "Samtykket kan ikke vare længere, end teksten siger. Vælg en tidligere dag.",
        "The consent cannot last longer than its wording says. Choose an earlier day.",
    ),
    "unknown_child": Words("Familien har ikke det barn.", "The family has no such child."),
    "not_a_holder": Words(
        "Den voksne har efter det, familien siger, ikke forældremyndigheden over barnet, og kan ikke sige ja for det.",
        "By what the family says, this adult does not hold custody of the child, and cannot say yes for it.",
    ),
    "custody_not_told": Words(
        "Spørg først familien, hvem der har forældremyndigheden over barnet. Indtil da siger ingen ja for det.",
        "First ask the family who holds custody of the child. Until then nobody says yes for it.",
    ),
    "custody_implausible": Words(
        "Eneforældremyndighed har én, fælles har to. Er det ikke sagt, så vælg ingen.",
        "Sole custody is held by one, joint custody by two. If it has not been said, choose nobody.",
    ),
    "consent_in_force": Words(
        "Samtykket gælder endnu. Det skal først tages tilbage eller udløbe.",
        "The consent still holds. First it has to be taken back or run out.",
    ),
    "consent_proof_needed": Words(
        "Beviset for samtykket skal blive, så længe der kan være uenighed om det.",
        "The proof of the consent stays for as long as there may be a dispute about it.",
    ),
    "recall_outcome_implausible": Words(
        "En læser får det at vide. Et udskrevet ark er makuleret eller ikke fundet.",
        "A reader is told. A printed sheet is destroyed, or was not found.",
    ),
    "not_in_recall": Words(
        "Det er der ingen, der har læst eller udskrevet under dette samtykke.",
        "Nobody has read or printed that under this consent.",
    ),
}
