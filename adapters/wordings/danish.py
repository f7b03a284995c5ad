"""The questions in Danish: the wording that is stored, and that the others follow (SYS-07)."""

from __future__ import annotations

from domain.lists import Purpose

FREELY = (
    "Du bestemmer selv. Et nej ændrer ikke noget ved jeres plads i klubben, og vi spørger ikke hvorfor. Du kan når som"
    " helst tage dit ja tilbage: ring, skriv eller sig det til klublederen. Det, nogen allerede har læst eller hørt, kan"
    " vi ikke gøre ulæst, men vi beder dem om ikke at bruge det. Siger du også ja for et barn, skal alle med"
    " forældremyndighed sige ja, når det er noget fortroligt, og én kan tage det tilbage for alle. Du kan klage til"
    " Datatilsynet."
)
"""Stands below every question."""

WORDS: dict[Purpose, str] = {
    Purpose.SHARE_WITH_VOLUNTEERS: (
        "Må de frivillige på jeres hold læse den del, jeg lige har læst op for dig? Så ved de, hvad I gerne vil, og hvad de"
        " skal tage hensyn til. Kun de frivillige på netop dette hold kan læse den, og de har tavshedspligt. Delen kan"
        " handle om helbred og andre fortrolige ting. De kan læse den, til forløbet slutter."
    ),
    Purpose.SHARE_WITH_CO_LEADER: (
        "Må den anden leder af jeres hold læse den del, jeg lige har læst op for dig? Så kan vi forberede forløbet sammen."
        " Ingen andre får den at se. Delen kan handle om helbred og andre fortrolige ting. Den anden leder kan læse den,"
        " til forløbet slutter."
    ),
    Purpose.ANONYMOUS_THEMES: (
        "Må jeg give jeres ønsker videre som emner uden navn, for eksempel »søvn« eller »mad«? Kommunens tovholder bruger"
        " dem til at finde oplægsholdere. Emnerne vises først, når flere familier har ønsker, så ingen kan se, hvem der"
        " har ønsket hvad. Vi bruger dem, til forløbet slutter."
    ),
    Purpose.SMS_REMINDERS: (
        "Må vi sende dig en sms før hver klubaften, så du husker den? Til det bruger vi dit telefonnummer og intet andet."
        " Der står ikke i beskeden, hvilken klub det er. Vi sender dem, til forløbet slutter."
    ),
    Purpose.CONTACT_AFTER_COURSE: (
        "Må Red Barnet ringe eller skrive til dig tre og seks måneder efter forløbet og høre, hvordan det går? Til det"
        " gemmer vi dit navn og telefonnummer i højst et år efter forløbet. Det, du har fortalt i klubben, gemmer vi ikke"
        " til det."
    ),
    Purpose.REUNION_INVITATION: (
        "Må Red Barnet invitere dig, når klubbens familier mødes igen? Til det gemmer vi dit navn og telefonnummer i højst"
        " et år efter forløbet. Det, du har fortalt i klubben, gemmer vi ikke til det."
    ),
    Purpose.LINKED_QUESTIONNAIRE: (
        "Må vi knytte dine svar på spørgeskemaet til jeres familie, så dem, der undersøger klubberne, kan se, om noget har"
        " ændret sig fra gang til gang? Siger du nej, kan du stadig svare uden navn. Svarene er knyttet til jer i højst"
        " et halvt år efter forløbet."
    ),
    Purpose.PHOTO_OR_STORY: (
        "Må Red Barnet bruge et billede af dig, noget du har sagt, eller din historie, når vi fortæller andre om klubberne?"
        " Du ser det, før vi bruger det. Andre kan komme til at genkende dig. Vi bruger det i højst et år efter forløbet."
    ),
    Purpose.REFERRAL_FEEDBACK: (
        "Må vi fortælle den, der foreslog jer klubben, om I kom og om I gennemførte? Kun det, og intet af det, I har"
        " fortalt. Vi fortæller det én gang, senest en måned efter forløbet."
    ),
    Purpose.BRIDGING_OFFER: (
        "Må jeg give dit navn, dit telefonnummer og det, du gerne vil have hjælp til, videre til det tilbud, vi har talt"
        " om, så de kan ringe til dig? Kun til det ene tilbud, og kun én gang, inden forløbet slutter."
    ),
    Purpose.QUESTION_TO_PROFESSIONAL: (
        "Må jeg fortælle den fagperson, der kommer på besøg, om det spørgsmål, jeg lige har læst op, og at det kommer fra"
        " dig? Spørgsmålet kan handle om helbred og andre fortrolige ting. Kun den ene fagperson får det, og kun til"
        " dette forløb."
    ),
    Purpose.CARRY_OVER: (
        "Hvis I kommer på et nyt forløb: må lederen af det læse det, du har fortalt denne gang, så du ikke skal fortælle"
        " det hele igen? Kun det, du selv har fortalt, og kun lederen. De frivillige får det ikke, før du er spurgt igen."
        " Det kan handle om helbred og andre fortrolige ting. Vi gemmer det til det i højst et år efter forløbet."
    ),
}
