"""The value lists of the field: the Danish wording is what is stored and shown, the English gloss stands beside it (SYS-07)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: its code, the verbatim Danish, an English gloss, and for criteria a suggested type."""

    code: str
    danish: str
    english: str
    suggests: tuple[str, ...] = ()


CRITERIA_VERSION = "2023-evaluation"

# Verbatim from the evaluation §1.1; wording ages, so the list has a version and an old one is never edited (REF-01).
CRITERIA: dict[str, tuple[Item, ...]] = {
    CRITERIA_VERSION: (
        Item(
            "parental_role_uncertainty",
            "Usikkerhed i forhold til rolle som småbørnsforældre",
            "Uncertainty about the role as parent of young children",
            ("individual",),
        ),
        Item("lacking_network", "Manglende netværk", "Lacking network", ("cultural",)),
        Item(
            "conflict_at_home",
            "Konfliktfyldt hverdag i hjemmet, fx på grund af forældrenes skilsmisse.",
            "Conflict in everyday life at home, e.g. because of the parents' divorce",
            ("individual",),
        ),
        Item(
            "lacking_energy",
            "Manglende overskud, pga. fx fysisk eller psykisk sygdom eller belastning.",
            "Lacking energy, because of e.g. physical or mental illness or strain",
            ("individual",),
        ),
        Item(
            "no_shared_experiences",
            "Ikke har mulighed for at komme på ferie og få fælles oplevelser i familien.",
            "Has no chance to go on holiday and have shared experiences as a family",
            ("structural",),
        ),
        Item(
            "much_at_home",
            "Er hjemme en stor del af tiden og har ikke meget kontakt til andre.",
            "Is at home much of the time and has little contact with others",
            ("structural", "cultural"),
        ),
        Item(
            "fragile_relations",
            "Har skrøbelige, ustabile relationer.",
            "Has fragile, unstable relations",
            ("individual",),
        ),
        Item(
            "tight_economy",
            "Trang økonomi (fx ved modtagelse af kontanthjælp, integrationsydelse, SU, m.m.), hvor der bl.a. spares på mad"
            " og fritidsaktiviteter.",
            "Tight economy (e.g. on social assistance, integration benefit, student grant etc.), saving on food and leisure"
            " activities among other things",
            ("structural",),
        ),
    )
}

JUDGEMENTS = (
    Item("not_thriving", "symptomer på mistrivsel", "signs of not thriving"),
    Item("development_not_matching_age", "ikke alderssvarende udvikling", "a development not matching its age"),
    Item("at_risk", "i risiko herfor", "at risk of it"),
)

VULNERABILITY = {
    "structural": ("education", "income", "housing", "labour_market"),
    "individual": ("substance_misuse", "young_parents", "mental_illness", "milder_forms"),
    "cultural": ("view_of_the_child", "rules_and_codes", "language_barrier", "limited_network"),
}
"""Types and their sub-factors (VUL-01, VUL-02); there is no field for ethnicity, and none is computed (VUL-04, VUL-06)."""

DEGREES = (1, 2, 3)
"""Steps of the ordered scale, 1 farthest from the circle's centre (VUL-03); the sources do not print their number."""


class UnitKind(StrEnum):
    """Where the cooperation is anchored, or who finds families (REF-05, REF-06)."""

    HEALTH_VISITING = "health_visiting"
    FAMILY_COUNSELLING = "family_counselling"
    CHILDREN_YOUTH_ADMINISTRATION = "children_youth_administration"
    HOUSING_SOCIAL_PLAN = "housing_social_plan"
    DAY_CARE_INSTITUTION = "day_care_institution"
    SCHOOL = "school"
    OTHER_HOUSING_STAFF = "other_housing_staff"
    SELF_REFERRAL = "self_referral"


class Profession(StrEnum):
    """A referrer's or visiting professional's profession (REF-05, COU-18)."""

    HEALTH_VISITOR = "health_visitor"
    CASE_WORKER = "case_worker"
    FAMILY_THERAPIST = "family_therapist"
    PEDAGOGUE = "pedagogue"
    HOUSING_SOCIAL_WORKER = "housing_social_worker"
    MIDWIFE = "midwife"
    TEACHER = "teacher"
    PHYSIOTHERAPIST = "physiotherapist"
    FIRST_AID_INSTRUCTOR = "first_aid_instructor"
    DENTAL_CARE = "dental_care"
    CHILD_PSYCHOLOGIST = "child_psychologist"
    SPEECH_CONSULTANT = "speech_consultant"
    LIBRARIAN = "librarian"
    OTHER = "other"


class DayCare(StrEnum):
    """Day-care status of a child (FAM-13)."""

    AT_HOME = "at_home"
    CHILDMINDER = "childminder"
    NURSERY = "nursery"
    KINDERGARTEN = "kindergarten"
    STARTING_SOON = "starting_soon"
    NOT_STATED = "not_stated"


class Custody(StrEnum):
    """Whether an adult has custody of a child, as stated; no papers, no story (FAM-09)."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class MunicipalCase(StrEnum):
    """Whether the family has a municipal case; none is a normal state (FAM-15)."""

    NONE = "none"
    PREVENTIVE_MEASURE = "preventive_measure"
    JUDGED_AT_RISK = "judged_at_risk"


class Way(StrEnum):
    """How something was said: a consent, its withdrawal, a cancellation, a conversation (INT-01, INT-06)."""

    TELEPHONE = "telephone"
    SMS = "sms"
    IN_PERSON = "in_person"
    ON_PAPER = "on_paper"
    DIGITAL = "digital"


class PartKind(StrEnum):
    """The parts of a note; the two guiding questions are standard fields (INT-02, INT-03)."""

    PRESENTATION = "presentation"
    WISHES = "wishes"
    EVERYDAY_LIFE = "everyday_life"
    CHALLENGES = "challenges"
    NEEDS = "needs"
    QUESTIONS = "questions"
    PRACTICAL = "practical"


GUIDING_QUESTIONS = {
    PartKind.WISHES: "Hvad ønsker I at få ud af et Småbørnsklubforløb?",
    PartKind.EVERYDAY_LIFE: "Hvad fylder hos jer hjemme med familien?",
}


class Theme(StrEnum):
    """Themes for wishes, bookings and evenings (COU-19)."""

    NETWORK = "network"
    EVENING_ROUTINE = "evening_routine"
    CHILD_DEVELOPMENT = "child_development"
    FOOD = "food"
    SLEEP = "sleep"
    FIRST_AID = "first_aid"
    TEETH = "teeth"
    MOVEMENT = "movement"
    HANDLING_CONFLICTS = "handling_conflicts"
    UPBRINGING = "upbringing"
    SETTING_LIMITS = "setting_limits"
    MENTALISATION = "mentalisation"
    FAMILY_DYNAMICS = "family_dynamics"
    MUNICIPAL_OFFERS = "municipal_offers"
    ANONYMOUS_COUNSELLING = "anonymous_counselling"
    LOCAL_OFFERS = "local_offers"
    UPBRINGING_BETWEEN_CULTURES = "upbringing_between_cultures"
    COOKING_TOGETHER = "cooking_together"
    BEDTIME_STORY = "bedtime_story"
    DAY_CARE_EXPECTATIONS = "day_care_expectations"
    HOUSEHOLD_ECONOMY = "household_economy"
    GETTING_OUT_IN_THE_MORNING = "getting_out_in_the_morning"
    SINGING = "singing"
    EARLY_LANGUAGE = "early_language"
    LEARNING_DANISH = "learning_danish"


class Purpose(StrEnum):
    """Each use that needs a consent of its own; none is bundled (INT-07)."""

    SHARE_WITH_VOLUNTEERS = "share_with_volunteers"
    SHARE_WITH_CO_LEADER = "share_with_co_leader"
    ANONYMOUS_THEMES = "anonymous_themes"
    SMS_REMINDERS = "sms_reminders"
    CONTACT_AFTER_COURSE = "contact_after_course"
    REUNION_INVITATION = "reunion_invitation"
    LINKED_QUESTIONNAIRE = "linked_questionnaire"
    PHOTO_OR_STORY = "photo_or_story"
    REFERRAL_FEEDBACK = "referral_feedback"
    BRIDGING_OFFER = "bridging_offer"
    QUESTION_TO_PROFESSIONAL = "question_to_professional"
    CARRY_OVER = "carry_over"


class CourseKind(StrEnum):
    """Kinds of course (KIN-06)."""

    YOUNG_CHILDRENS_CLUB = "young_childrens_club"
    MOTHER_GROUP = "mother_group"
    FAMILY_COURSE = "family_course"
    INDIVIDUAL_FAMILY_COUNSELLING = "individual_family_counselling"
    OPEN_EVENT = "open_event"


class Season(StrEnum):
    """Two course seasons a year (COU-05)."""

    SPRING = "spring"
    AUTUMN = "autumn"


class EveningKind(StrEnum):
    """What an evening is for (COU-11)."""

    TALK = "talk_with_professional"
    JOINT_ACTIVITY = "joint_activity"
    OPEN = "open_evening"
    OUTING = "outing"
    BRIDGING = "bridging_evening"
    CLOSING = "closing_evening"


class Attendance(StrEnum):
    """Whether a family came; no reason is ever stored (ATT-01, ATT-03)."""

    PRESENT = "present"
    CANCELLED = "cancelled_in_advance"
    NOT_COME = "not_come"
