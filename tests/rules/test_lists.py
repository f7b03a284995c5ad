"""The value lists say what the sources say, word for word."""

from __future__ import annotations

from enum import StrEnum

import pytest

from domain import lists
from domain.lists import CRITERIA, CRITERIA_VERSION, DEGREES, JUDGEMENTS, VULNERABILITY, Purpose

# Copied from the requirements, Annex A, list version "2023-evaluation": code, Danish (verbatim), English gloss, suggestion.
ANNEX_A = """
| `parental_role_uncertainty` | Usikkerhed i forhold til rolle som småbørnsforældre | Uncertainty about the role as parent of young children | individual |
| `lacking_network` | Manglende netværk | Lacking network | cultural |
| `conflict_at_home` | Konfliktfyldt hverdag i hjemmet, fx på grund af forældrenes skilsmisse. | Conflict in everyday life at home, e.g. because of the parents' divorce | individual |
| `lacking_energy` | Manglende overskud, pga. fx fysisk eller psykisk sygdom eller belastning. | Lacking energy, because of e.g. physical or mental illness or strain | individual |
| `no_shared_experiences` | Ikke har mulighed for at komme på ferie og få fælles oplevelser i familien. | Has no chance to go on holiday and have shared experiences as a family | structural |
| `much_at_home` | Er hjemme en stor del af tiden og har ikke meget kontakt til andre. | Is at home much of the time and has little contact with others | structural or cultural |
| `fragile_relations` | Har skrøbelige, ustabile relationer. | Has fragile, unstable relations | individual |
| `tight_economy` | Trang økonomi (fx ved modtagelse af kontanthjælp, integrationsydelse, SU, m.m.), hvor der bl.a. spares på mad og fritidsaktiviteter. | Tight economy (e.g. on social assistance, integration benefit, student grant etc.), saving on food and leisure activities among other things | structural |
"""  # noqa: E501 - a table is compared as it stands


def test_the_eight_criteria_stand_as_they_were_published() -> None:
    table = [
        f"| `{item.code}` | {item.danish} | {item.english} | {' or '.join(item.suggests)} |"
        for item in CRITERIA[CRITERIA_VERSION]
    ]

    assert CRITERIA_VERSION == "2023-evaluation"
    assert table == ANNEX_A.strip().splitlines()
    assert len(table) == 8


def test_a_suggestion_is_one_of_the_three_types() -> None:
    assert set(VULNERABILITY) == {"structural", "individual", "cultural"}
    for version in CRITERIA.values():
        assert all(set(item.suggests) <= set(VULNERABILITY) for item in version)


def test_the_judgements_on_a_child_stand_as_they_were_published() -> None:
    assert [(item.code, item.danish) for item in JUDGEMENTS] == [
        ("not_thriving", "symptomer på mistrivsel"),
        ("development_not_matching_age", "ikke alderssvarende udvikling"),
        ("at_risk", "i risiko herfor"),
    ]


def test_the_sub_factors_are_those_of_each_type() -> None:
    assert VULNERABILITY == {
        "structural": ("education", "income", "housing", "labour_market"),
        "individual": ("substance_misuse", "young_parents", "mental_illness", "milder_forms"),
        "cultural": ("view_of_the_child", "rules_and_codes", "language_barrier", "limited_network"),
    }
    assert list(DEGREES) == sorted(DEGREES)


def test_no_code_stands_twice_in_a_list() -> None:
    for items in (*CRITERIA.values(), JUDGEMENTS):
        assert len({item.code for item in items}) == len(items)


def test_the_twelve_purposes_are_separate() -> None:
    """INT-07: none is bundled with another."""
    assert [purpose.value for purpose in Purpose] == [
        "share_with_volunteers", "share_with_co_leader", "anonymous_themes", "sms_reminders", "contact_after_course",
        "reunion_invitation", "linked_questionnaire", "photo_or_story", "referral_feedback", "bridging_offer",
        "question_to_professional", "carry_over",
    ]  # fmt: skip


LISTS = [
    each
    for each in vars(lists).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]


@pytest.mark.parametrize("values", LISTS, ids=lambda each: each.__name__)
def test_a_value_is_a_code_and_not_a_wording(values: type[StrEnum]) -> None:
    """What is stored stays when a wording changes."""
    assert len(values) > 1
    assert all(value.value.replace("_", "").isalpha() and value.value == value.value.lower() for value in values)


def test_the_lists_of_annex_b_are_whole() -> None:
    assert {value.value for value in lists.CourseKind} == {
        "young_childrens_club", "mother_group", "family_course", "individual_family_counselling", "open_event",
    }  # fmt: skip
    assert {value.value for value in lists.Attendance} == {"present", "cancelled_in_advance", "not_come"}
    assert {value.value for value in lists.DayCare} == {
        "at_home", "childminder", "nursery", "kindergarten", "starting_soon", "not_stated",
    }  # fmt: skip
    assert {value.value for value in lists.EveningKind} == {
        "talk_with_professional", "joint_activity", "open_evening", "outing", "bridging_evening", "closing_evening",
    }  # fmt: skip
    assert {value.value for value in lists.PartKind} == {
        "presentation", "wishes", "everyday_life", "challenges", "needs", "questions", "practical",
    }  # fmt: skip
    assert {value.value for value in lists.UnitKind} == {
        "health_visiting", "family_counselling", "children_youth_administration", "housing_social_plan",
        "day_care_institution", "school", "other_housing_staff", "self_referral",
    }  # fmt: skip
