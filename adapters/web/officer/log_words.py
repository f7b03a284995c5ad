"""The codes of the access log in words for an officer: what was done, for what, and the rule that said yes or no."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.web.words import N_

ACTIONS: Mapping[str, str] = {
    "read": N_("Læste"),
    "print": N_("Skrev ud"),
    "disclose": N_("Gav videre"),
    "search": N_("Søgte"),
    "refused": N_("Fik nej"),
    "officer": N_("Så i loggen"),
    "review": N_("Så rollerne igennem"),
    "alarm": N_("Alarm"),
    "verified": N_("Efterprøvede loggen"),
    "role_chosen": N_("Valgte rolle"),
    "change": N_("Rettede"),
    "erase": N_("Slettede"),
}
PURPOSES: Mapping[str, str] = {
    "answer_access": N_("svare på en anmodning om indsigt"),
    "answer_portability": N_("udlevere oplysninger"),
    "audit": N_("føre tilsyn"),
    "consent_receipt": N_("give kvittering for et samtykke"),
    "coordinate": N_("koordinere forløbet"),
    "correct": N_("rette oplysninger"),
    "disclose": N_("dele det, der er sagt ja til"),
    "find_family": N_("finde familien"),
    "hand_over": N_("overdrage til klublederen"),
    "handle_referral": N_("behandle henvisningen"),
    "integrity": N_("opdage ændringer"),
    "log_in": N_("logge ind"),
    "own_data": N_("se egne oplysninger"),
    "prepare_the_course": N_("forberede forløbet"),
    "random_check": N_("tage en stikprøve"),
    "recall": N_("kalde oplysninger tilbage"),
    "retention": N_("se, hvad der skal slettes"),
    "rights": N_("behandle en sag om egne oplysninger"),
    "run_the_course": N_("lede forløbet"),
    "run_the_evening": N_("holde klubaftenen"),
    "visit_an_evening": N_("besøge en klubaften"),
    "watch": N_("holde øje med brugen"),
}
CONDITIONS: Mapping[str, str] = {
    "own_unit": N_("egen enheds henvisning"),
    "own_municipality": N_("egen kommune"),
    "not_handed_over": N_("endnu ikke overdraget"),
    "leads_the_course": N_("leder forløbet"),
    "on_the_team": N_("knyttet til forløbet"),
    "course_is_open": N_("forløbet er ikke slut"),
    "place_is_confirmed": N_("familiens plads er bekræftet"),
    "confidentiality_accepted": N_("har sagt ja til tavshedspligten"),
    "not_kept_from_notes": N_("ikke holdt ude af familiens noter"),
    "consent_in_force": N_("samtykke gælder"),
    "author_or_consented_co_leader": N_("skrev det selv, eller samtykke dækker medlederen"),
    "the_author": N_("skrev det selv"),
    "subject_or_parent": N_("om en selv, ens barn eller husstanden"),
    "subject_or_teller": N_("om en selv eller fortalt af en selv"),
    "same_evening": N_("samme aften"),
    "has_a_booking": N_("booket til en aften"),
    "released_by_two_persons": N_("frigivet af to personer"),
    "is_on_duty": N_("har rollen i dag"),
    "is_to_correct": N_("skal rette noget"),
    "names_are_given": N_("navnene er givet efter en afgørelse"),
}
"""The conditions of the policy."""
RULES: Mapping[str, str] = {
    "leads_the_course_while_it_is_prepared_or_held": N_("leder forløbet, mens det forberedes eller holdes"),
    "helps_around_an_evening": N_("frivillig omkring en klubaften"),
    "visits_around_an_evening": N_("fagperson omkring en klubaften"),
    "saw_the_group_only": N_("så kun gruppen under ét"),
    "refers_from_the_unit": N_("egen enheds åbne henvisning"),
    "coordinates_an_open_referral": N_("koordinerer en åben henvisning"),
    "goes_on_with_an_own_draft": N_("skriver videre på sin egen kladde"),
    "many_families_in_a_minute": N_("mange familier slået op på et minut"),
    "repeated_refusals": N_("flere afviste forsøg på et døgn"),
    "outside_the_course": N_("læst uden for forløbets tid"),
    "own_acquaintance": N_("læst om nogen, man har sagt, man kender"),
    "no_standing_that_day": N_("læst uden at være knyttet til forløbet den dag"),
    "officer_looks_up_much": N_("databeskyttelsesrådgiveren slår meget op"),
    "tampered": N_("noget er ikke, som det blev skrevet"),
    "no_consent_named": N_("uden et samtykke"),
    "consent_not_in_force": N_("samtykket gjaldt ikke den dag"),
    "restricted (GDPR Art. 18)": N_("oplysningerne er begrænset (artikel 18)"),
}
"""What explains a use, and what raises an alarm."""
_NEVER, _ONLY, _NOT = N_("rollen må aldrig se det"), N_("rollen må kun se det for gruppen under ét"), "not: "


def action_in_words(action: str) -> str:
    return ACTIONS.get(action, action)


def purpose_in_words(purpose: str) -> str:
    return PURPOSES.get(purpose, purpose)


def rule_in_words(rule: str) -> list[tuple[bool, str]]:
    """A rule as its conditions in Danish, each with whether it held; a rule nobody has words for stays as it is.
    What opens nothing needs none: there the log names what was done once more.
    """
    if rule in ACTIONS:
        return []
    if rule.startswith(_NOT):
        name = rule.removeprefix(_NOT)
        return [(False, CONDITIONS.get(name, name))]
    if rule in RULES:
        return [(True, RULES[rule])]
    if " never sees " in rule:
        return [(False, _NEVER)]
    if rule.endswith(" only"):
        return [(False, _ONLY)]
    return [(True, CONDITIONS.get(name, name)) for name in rule.split(" and ")]
