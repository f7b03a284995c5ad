"""What the town's rules refuse: families and referrals; and people and their roles."""

from __future__ import annotations

from adapters.texts.words import Words

FAMILY: dict[str, Words] = {
    "family_has_not_said_yes": Words(
        "Familien skal have hørt om klubben og sagt ja, før den bliver skrevet ind.",
        "The family must have been told of the club and said yes before it is entered.",
    ),
    "family_needs_adult_and_child": Words(
        "Der skal være mindst én voksen, der kommer, og mindst ét barn i målgruppen.",
        "There must be at least one adult who comes, and at least one child of the target group.",
    ),
    "outside_target_group": Words(
        "Klubben er for børn til og med seks år. Er det en større bror eller søster, så skriv barnet som søskende.",
        "The club is for children up to and including six years. Enter an older brother or sister as a sibling.",
    ),
    "unknown_draft": Words(
        "Vi kan ikke finde kladden. Måske er den sendt, slettet eller for gammel.",
        "We cannot find the draft. It may have been sent, discarded or become too old.",
    ),
    "draft_unreadable": Words("Kladden kan ikke gemmes i den form.", "The draft cannot be saved in this form."),
    "too_many_drafts": Words(
        "Du har allerede {limit} kladder. Send eller slet en af dem først.",
        "You have {limit} drafts already. Send or discard one of them first.",
    ),
    "unknown_person": Words("Familien har ikke den person.", "The family has no such person."),
    "unknown_household": Words(
        "Et barn bor i ét eller to af de hjem, hvor en af familiens voksne bor.",
        "A child lives in one or two of the homes in which an adult of the family lives.",
    ),
    "person_entered_twice": Words("Den samme person står her to gange.", "The same person is entered twice."),
    "custody_unreadable": Words(
        "Svar ja, nej eller ved ikke. Mere gemmer vi ikke om forældremyndighed.",
        "Answer yes, no or not known. We keep nothing more about custody.",
    ),
    "unknown_family": Words(
        "Familien har ingen plads på dette forløb, eller den er stoppet.",
        "The family has no place in this course, or has left it.",
    ),
}

REFERRAL: dict[str, Words] = {
    "criterion_missing": Words("Vælg mindst ét af henvisningskriterierne.", "Choose at least one of the criteria."),
    "criterion_unknown": Words(
        "Det står ikke på listen, eller det er valgt to gange.", "It is not on the list, or it is chosen twice."
    ),
    "judgement_missing": Words(
        "Skriv vurderingen for mindst ét af familiens børn, og vælg den på listen.",
        "State the judgement on at least one of the family's children, chosen from the list.",
    ),
    "not_able_to_take_part": Words(
        "Kun en familie, der vurderes at kunne deltage i en gruppe, bliver henvist til klubben.",
        "Only a family that is judged able to take part in a group is referred to the club.",
    ),
    "referral_in_other_stage": Words(
        "Det kan ikke gøres nu, for henvisningen er {stage}.",
        "That cannot be done now, because the referral is {stage}.",
    ),
    "course_has_started": Words(
        "Forløbet er begyndt. En familie kan kun komme med, hvis både klublederen og tovholderen har sagt ja til det.",
        "The course has started. A family can only join if both the leader and the coordinator have agreed.",
    ),
    "course_is_closed": Words("Forløbet er afsluttet eller aflyst.", "The course is completed or cancelled."),
    "nobody_to_hand_over": Words(
        "Der er ingen voksne tilbage i familien, som klublederen kan ringe til.",
        "There is no adult left in the family whom the leader can ring.",
    ),
    "unknown_referral": Words("Vi kan ikke finde henvisningen.", "We cannot find the referral."),
    "unknown_unit": Words(
        "Kommunen har ikke den enhed, eller den er lukket.", "There is no such unit, or it is closed."
    ),
    "unknown_channel": Words(
        "Kommunen henviser ikke ad den vej lige nu.", "The municipality does not refer that way at present."
    ),
}

PEOPLE: dict[str, Words] = {
    "unknown_assignment": Words("Personen har ikke den rolle.", "The person holds no such role."),
    "period_implausible": Words(
        "Den sidste dag kan ikke ligge før den første, og en rolle bliver ikke forlænget ved at slutte den.",
        "The last day cannot lie before the first, and ending a role does not prolong it.",
    ),
    "role_needs_scope": Words(
        "En henviser hører til en enhed, og et familiemedlem er en person i en familie. Andre roller har ingen af delene.",
        "A referrer belongs to a unit, and a family member is a person of a family. Other roles have neither.",
    ),
}
