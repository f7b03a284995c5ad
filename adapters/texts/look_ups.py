"""A line of the access log in the words of the person it is about: who did what, to which data, for what (RIG-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from adapters.texts import arabic
from adapters.texts.words import Words

ROLES: dict[str, Words] = {
    "referrer": Words("en medarbejder, der henviser familier", "a member of staff who refers families"),
    "coordinator": Words("koordinatoren", "the coordinator"),
    "leader": Words("en klubleder", "a club leader"),
    "volunteer": Words("en frivillig", "a volunteer"),
    "professional": Words("en fagperson på besøg", "a visiting professional"),
    "family": Words("du selv", "you"),
    "secretariat": Words("sekretariatet", "the secretariat"),
    "branch": Words("lokalafdelingen", "the local branch"),
    "officer": Words("databeskyttelsesrådgiveren", "the data protection officer"),
    "evaluator": Words("evaluatoren", "the evaluator"),
    "management": Words("ledelsen", "the management"),
    "administrator": Words("administratoren", "the administrator"),
    "reminder_service": Words("påmindelsestjenesten", "the reminder service"),
    "register": Words("registret", "the register"),
}
ACTIONS: dict[str, Words] = {
    "read": Words("læste", "read"),
    "print": Words("printede", "printed"),
    "disclose": Words("gav videre", "passed on"),
    "search": Words("søgte i", "searched"),
    "refused": Words("prøvede at læse, men fik nej til", "tried to read, and was refused,"),
}
PURPOSES: dict[str, Words] = {
    "answer_access": Words("for at svare på en anmodning om indsigt", "to answer a request for access"),
    "answer_portability": Words("for at udlevere oplysninger", "to hand data out"),
    "coordinate": Words("for at koordinere forløbet", "to coordinate the course"),
    "correct": Words("for at rette oplysninger", "to correct data"),
    "disclose": Words("for at dele det, der er sagt ja til", "to share what was agreed to"),
    "find_family": Words("for at finde familien", "to find the family"),
    "go_on_with_a_draft": Words("for at skrive videre på en kladde", "to go on with a draft"),
    "hand_over": Words("for at overdrage til klublederen", "to hand over to the leader"),
    "handle_referral": Words("for at behandle henvisningen", "to handle the referral"),
    "own_data": Words("for at se dine egne oplysninger", "to see your own data"),
    "prepare_the_course": Words("for at forberede forløbet", "to prepare the course"),
    "recall": Words("for at kalde oplysninger tilbage", "to call data back"),
    "retention": Words("for at se, hvad der skal slettes", "to see what is due to be erased"),
    "run_the_course": Words("for at lede forløbet", "to run the course"),
    "run_the_evening": Words("for at holde klubaftenen", "to run the evening"),
    "visit_an_evening": Words("for at besøge en klubaften", "to visit an evening"),
    "volunteers": Words("for at holde styr på de frivillige", "to keep the volunteers' file"),
}
FIELDS: dict[str, Words] = {
    "able_to_take_part": Words("om familien kan deltage", "whether the family can take part"),
    "address": Words("adresse", "address"),
    "adults": Words("antal voksne på en aften", "adults on an evening"),
    "birth_month": Words("fødselsmåned", "birth month"),
    "capacity": Words("på hvis vegne der er svaret", "on whose behalf it was answered"),
    "caregiver": Words("rolle i familien", "role in the family"),
    "children": Words("antal børn på en aften", "children on an evening"),
    "criterion": Words("henvisningskriterium", "referral criterion"),
    "custody": Words("forældremyndighed", "custody"),
    "day_care": Words("dagtilbud", "day care"),
    "degree": Words("grad", "degree"),
    "factors": Words("forhold", "factors"),
    "family_name": Words("efternavn", "surname"),
    "given_name": Words("fornavn", "first name"),
    "how": Words("hvordan identiteten blev vist", "how the identity was shown"),
    "interpreter": Words("tolk", "interpreter"),
    "judgement": Words("faglig vurdering", "professional judgement"),
    "kind": Words("slags sårbarhed", "kind of vulnerability"),
    "language": Words("sprog", "language"),
    "municipal_case": Words("sag i kommunen", "municipal case"),
    "needs_translation": Words("behov for tolk", "need of translation"),
    "reason": Words("hvorfor noget bliver gemt", "why something is kept"),
    "remark": Words("bemærkning", "remark"),
    "said": Words("hvad der blev sagt", "what was said"),
    "siblings": Words("antal søskende på en aften", "siblings on an evening"),
    "status": Words("fremmøde", "attendance"),
    "telephone": Words("telefonnummer", "telephone number"),
    "theme": Words("ønsket tema", "wished theme"),
    "told": Words("hvad der blev bedt om", "what was asked for"),
    "way": Words("hvordan der blev meldt afbud", "how it was cancelled"),
    "wished": Words("hvad der skal stå i stedet", "what it should say instead"),
    "words": Words("det, der er fortalt", "what was told"),
}
_SOMETHING, _AND = Words("oplysninger", "data"), Words("og", "and")


def look_up(role: str, action: str, purpose: str, fields: Iterable[str], *, own: bool, language: str) -> str:
    """One sentence: "En klubleder læste fornavn og efternavn for at lede forløbet." What has no words here is left out."""
    if language == "ar":
        return arabic.look_up(role, action, purpose, list(fields), own=own)
    who = ROLES["family" if own else role].said(language)
    did = ACTIONS[action].said(language)
    named = [FIELDS[name].said(language) for name in fields if name in FIELDS]
    what = _listed(named, _AND.said(language)) or _SOMETHING.said(language)
    why = _said(PURPOSES, purpose, language)
    sentence = " ".join(part for part in (who, did, what, why) if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _listed(names: list[str], and_: str) -> str:
    return " ".join(part for part in (", ".join(names[:-1]), and_ if names[1:] else "", *names[-1:]) if part)


def _said(words: Mapping[str, Words], code: str, language: str) -> str:
    return words[code].said(language) if code in words else ""
