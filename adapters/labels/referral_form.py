"""The lists of the referral form in words: criteria and judgements verbatim from the sources, the rest ours (SYS-07)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from domain.lists import (
    CRITERIA,
    DEGREES,
    JUDGEMENTS,
    Custody,
    DayCare,
    MunicipalCase,
    Profession,
    UnitKind,
)
from domain.people import Caregiver, TakesPartAs

LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "channel": {
        UnitKind.HEALTH_VISITING: ("Sundhedsplejen", "Health visiting"),
        UnitKind.FAMILY_COUNSELLING: ("Familierådgivningen", "Family counselling"),
        UnitKind.CHILDREN_YOUTH_ADMINISTRATION: ("Børne- og ungeforvaltningen", "Children and youth administration"),
        UnitKind.HOUSING_SOCIAL_PLAN: ("Boligsocial helhedsplan", "Housing social plan"),
        UnitKind.DAY_CARE_INSTITUTION: ("Dagtilbud", "Day care"),
        UnitKind.SCHOOL: ("Skole", "School"),
        UnitKind.OTHER_HOUSING_STAFF: ("Andre medarbejdere i boligområdet", "Other staff in the housing area"),
        UnitKind.SELF_REFERRAL: ("Familien henvendte sig selv", "The family came by itself"),
    },
    "profession": {
        Profession.HEALTH_VISITOR: ("Sundhedsplejerske", "Health visitor"),
        Profession.CASE_WORKER: ("Sagsbehandler", "Case worker"),
        Profession.FAMILY_THERAPIST: ("Familiebehandler", "Family therapist"),
        Profession.PEDAGOGUE: ("Pædagog", "Pedagogue"),
        Profession.HOUSING_SOCIAL_WORKER: ("Boligsocial medarbejder", "Housing social worker"),
        Profession.MIDWIFE: ("Jordemoder", "Midwife"),
        Profession.TEACHER: ("Lærer", "Teacher"),
        Profession.PHYSIOTHERAPIST: ("Fysioterapeut", "Physiotherapist"),
        Profession.FIRST_AID_INSTRUCTOR: ("Førstehjælpsinstruktør", "First-aid instructor"),
        Profession.DENTAL_CARE: ("Tandplejen", "Dental care"),
        Profession.CHILD_PSYCHOLOGIST: ("Børnepsykolog", "Child psychologist"),
        Profession.SPEECH_CONSULTANT: ("Tale-hørekonsulent", "Speech consultant"),
        Profession.LIBRARIAN: ("Bibliotekar", "Librarian"),
        Profession.OTHER: ("Andet", "Other"),
    },
    "day_care": {
        DayCare.AT_HOME: ("Passes hjemme", "At home"),
        DayCare.CHILDMINDER: ("Dagpleje", "Childminder"),
        DayCare.NURSERY: ("Vuggestue", "Nursery"),
        DayCare.KINDERGARTEN: ("Børnehave", "Kindergarten"),
        DayCare.STARTING_SOON: ("Begynder snart i dagtilbud", "Starting soon"),
        DayCare.NOT_STATED: ("Ikke oplyst", "Not stated"),
    },
    "custody": {
        Custody.YES: ("Ja", "Yes"),
        Custody.NO: ("Nej", "No"),
        Custody.NOT_KNOWN: ("Vides ikke", "Not known"),
    },
    "municipal_case": {
        MunicipalCase.NONE: ("Ingen sag i kommunen", "No municipal case"),
        MunicipalCase.PREVENTIVE_MEASURE: ("Forebyggende foranstaltning", "Preventive measure"),
        MunicipalCase.JUDGED_AT_RISK: ("Vurderet i risiko", "Judged at risk"),
    },
    "caregiver": {
        Caregiver.MOTHER: ("Mor", "Mother"),
        Caregiver.FATHER: ("Far", "Father"),
        Caregiver.OTHER: ("Anden omsorgsperson", "Other caregiver"),
    },
    "takes_part_as": {
        TakesPartAs.ADULT: ("Voksen", "Adult"),
        TakesPartAs.CHILD: ("Barn i målgruppen", "Child of the target group"),
        TakesPartAs.SIBLING: ("Søskende", "Sibling"),
    },
    "vulnerability": {
        "structural": ("Strukturel sårbarhed", "Structural vulnerability"),
        "individual": ("Individuel sårbarhed", "Individual vulnerability"),
        "cultural": ("Kulturel sårbarhed", "Cultural vulnerability"),
    },
    "structural": {
        "education": ("Uddannelse", "Education"),
        "income": ("Indkomst", "Income"),
        "housing": ("Bolig", "Housing"),
        "labour_market": ("Tilknytning til arbejdsmarkedet", "Labour market"),
    },
    "individual": {
        "substance_misuse": ("Misbrug", "Substance misuse"),
        "young_parents": ("Unge forældre", "Young parents"),
        "mental_illness": ("Psykisk sygdom", "Mental illness"),
        "milder_forms": ("Mildere former, fx at have svært ved at se barnets behov", "Milder forms"),
    },
    "cultural": {
        "view_of_the_child": ("Syn på barnet", "View of the child"),
        "rules_and_codes": ("Ukendte regler og koder", "Rules and codes"),
        "language_barrier": ("Sprogbarriere", "Language barrier"),
        "limited_network": ("Begrænset netværk", "Limited network"),
    },
}
LISTED: Mapping[str, type[StrEnum]] = {
    "channel": UnitKind, "profession": Profession, "day_care": DayCare, "custody": Custody,
    "municipal_case": MunicipalCase, "caregiver": Caregiver, "takes_part_as": TakesPartAs,
}  # fmt: skip
"""The lists that are enumerations of the domain; the others are its vulnerability types with their factors."""


def label(value: Any, kind: str, language: str) -> str:
    """The words for a member of a list or enumeration, such as `label("mother", "Caregiver", "da")`."""
    found = LABELS.get(kind, {}).get(value)
    return str(value) if found is None else found[1 if language == "en" else 0]


def every_list() -> list[dict[str, Any]]:
    """Every list of the referral form: name, version where it has one, and its items in order."""
    criteria = [
        {
            "name": "criterion",
            "version": version,
            "items": [
                {"code": i.code, "danish": i.danish, "english": i.english, "suggests": list(i.suggests)} for i in items
            ],
        }
        for version, items in CRITERIA.items()
    ]
    judgements = [{"code": i.code, "danish": i.danish, "english": i.english} for i in JUDGEMENTS]
    steps = [{"code": str(step), "danish": f"Trin {step}", "english": f"Step {step}"} for step in DEGREES]
    rest = [
        {"name": name, "items": [{"code": str(code), "danish": da, "english": en} for code, (da, en) in labels.items()]}
        for name, labels in LABELS.items()
    ]
    return [*criteria, {"name": "judgement", "items": judgements}, *rest, {"name": "degree", "items": steps}]
