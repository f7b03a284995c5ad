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
    "extension_without_reason": Words(
        "Skriv, hvorfor fristen bliver forlænget. Det skal personen have at vide.",
        "Write why the deadline is extended. The person must be told.",
    ),
    "date_before_request": Words(
        "Datoen ligger før anmodningen. Skriv den dag, det skete.",
        "The date lies before the request. Name the day it happened.",
    ),
    "not_answered_by_data": Words(
        "Kun indsigt og dataportabilitet bliver besvaret med oplysninger, man kan hente.",
        "Only access and portability are answered with data that can be collected.",
    ),
    "answered_otherwise": Words(
        "Anmodningen er besvaret, og personen har fået det at vide. Svaret kan ikke ændres.",
        "The request was answered and the person told. The answer cannot be changed.",
    ),
    "not_answered_yet": Words(
        "Svaret er ikke klar endnu. Du kan hente det, når rådgiveren har besvaret anmodningen.",
        "The answer is not ready yet. You can collect it once the officer has answered the request.",
    ),
    "not_our_answer": Words(
        "Vi har ikke udleveret dette svar. Det er ændret, eller det hører til en anden anmodning.",
        "We did not hand this answer out. It was altered, or it belongs to another request.",
    ),
    "nothing_to_correct": Words(
        "Skriv, hvad der er forkert, og hvad der skal stå i stedet.",
        "Say what is wrong and what it should say instead.",
    ),
    "unknown_field": Words(
        "Den slags oplysning findes ikke her, eller den kan ikke rettes for sig.",
        "There is no such kind of information here, or it cannot be corrected by itself.",
    ),
    "unknown_correction": Words("Den rettelse er der ikke bedt om.", "No such correction was asked for."),
    "correction_decided_before": Words(
        "Rettelsen er afgjort, og personen har fået det at vide.",
        "The correction was decided and the person told.",
    ),
    "not_corrected_yet": Words(
        "Oplysningen er ikke rettet endnu. Ret den først, hvor den står, og meld så tilbage.",
        "The information is not corrected yet. Correct it where it stands first, then report back.",
    ),
    "not_a_rectification": Words(
        "Det gælder kun, når der er bedt om rettelse.", "This is only for a request for correction."
    ),
    "recipients_not_told": Words(
        "Der er nogen, som har haft oplysningen og ikke har fået rettelsen at vide.",
        "Somebody who had the information has not been told of the correction.",
    ),
    "unknown_recipient": Words(
        "Så vidt vi kan se, har den modtager ikke haft oplysningerne.",
        "As far as we can see, that recipient never had the data.",
    ),
    "nothing_restricted": Words(
        "Der er ikke noget begrænset i denne sag, så der er intet at åbne igen.",
        "Nothing is restricted in this case, so there is nothing to open again.",
    ),
    "not_an_objection": Words("Det gælder kun, når der er gjort indsigelse.", "This is only for an objection."),
    "nothing_objected_to": Words("Skriv, hvad indsigelsen gælder.", "Say what the objection is against."),
    "not_open_to_objection": Words(
        "Det kan man ikke gøre indsigelse mod, for det bygger ikke på en offentlig opgave eller en legitim interesse."
        " Et samtykke kan trækkes tilbage når som helst.",
        "This cannot be objected to, because it rests neither on a public task nor on a legitimate interest."
        " A consent can be taken back at any time.",
    ),
    "unknown_letter": Words(
        "Der er ikke besluttet noget i sagen, som det brev kunne fortælle.",
        "Nothing was decided in this case that such a letter would tell.",
    ),
    "answer_is_a_file": Words(
        "Oplysninger, man vil have med sig, bliver udleveret som en fil og ikke på papir.",
        "Data to take along are handed out as a file and not on paper.",
    ),
    "decided_before": Words(
        "Indsigelsen er afgjort, og personen har fået det at vide.", "The objection was decided and the person told."
    ),
}
