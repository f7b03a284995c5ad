"""What a refusal says to people, in Danish and in English, by its code: plain words, and no value but a number or a stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages."""

    danish: str
    english: str

    def said(self, language: str) -> str:
        return self.english if language == "en" else self.danish


HEADINGS: dict[int, Words] = {
    400: Words("Det kunne ikke læses", "It could not be read"),
    401: Words("Du skal logge ind", "Please log in"),
    403: Words("Det har du ikke adgang til", "You do not have access to this"),
    404: Words("Det findes ikke her", "There is no such thing here"),
    405: Words("Det kan man ikke her", "That cannot be done here"),
    409: Words("Det kan ikke lade sig gøre nu", "That is not possible now"),
    410: Words("Oplysningerne er slettet", "The data have been erased"),
    412: Words("Nogen nåede at ændre det først", "Somebody else changed it first"),
    413: Words("Det er for meget på én gang", "That is too much at once"),
    415: Words("Det har en forkert form", "It has the wrong form"),
    422: Words("Noget skal rettes", "Something needs to be corrected"),
    500: Words("Det gik galt hos os", "Something went wrong on our side"),
    503: Words("Det kan ikke lade sig gøre lige nu", "That is not possible right now"),
}
"""By HTTP status."""

STAGES: dict[str, Words] = {
    "registered": Words("registreret", "registered"),
    "accepted": Words("godkendt", "accepted"),
    "declined": Words("afvist", "declined"),
    "waiting": Words("på venteliste", "on the waiting list"),
    "placed": Words("tildelt en plads", "given a place"),
    "handed_over": Words("overdraget til klublederen", "handed over to the leader"),
    "withdrawn": Words("trukket tilbage", "withdrawn"),
    "planned": Words("planlagt", "planned"),
    "recruiting": Words("åbent for nye familier", "open to new families"),
    "ready": Words("klar til at begynde", "ready to begin"),
    "running": Words("i gang", "running"),
    "interrupted": Words("sat på pause", "interrupted"),
    "completed": Words("afsluttet", "completed"),
    "cancelled": Words("aflyst", "cancelled"),
}
"""Where a referral or a course may stand, in words that end a sentence."""


def told(code: str, language: str, facts: Mapping[str, int | str]) -> str:
    """The text of a code; numbers as they are, stages in words. An unknown code is answered as a plain no."""
    shown = {
        name: value if isinstance(value, int) else STAGES[value].said(language) if value in STAGES else ""
        for name, value in facts.items()
    }
    return TEXTS.get(code, TEXTS["refused"]).said(language).format(**shown)


_GENERAL: dict[str, Words] = {
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

_TRANSPORT: dict[str, Words] = {
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

_WRITING: dict[str, Words] = {
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

_FAMILY: dict[str, Words] = {
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

_REFERRAL: dict[str, Words] = {
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

_COURSE: dict[str, Words] = {
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

_CONVERSATION: dict[str, Words] = {
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
    "wording_without_purpose": Words(
        "Vælg, hvad teksten spørger om. Det skal være det samme i alle udgaver.",
        "Choose what the text asks for. It is the same in every version.",
    ),
}

_PEOPLE: dict[str, Words] = {
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

_RIGHTS: dict[str, Words] = {
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

TEXTS: dict[str, Words] = {
    **_GENERAL, **_TRANSPORT, **_WRITING, **_FAMILY, **_REFERRAL, **_COURSE, **_CONVERSATION, **_PEOPLE, **_RIGHTS,
}  # fmt: skip
"""Every code of a refusal, from the domain up; a test finds one that is missing here."""
