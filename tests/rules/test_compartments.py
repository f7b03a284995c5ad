"""Two walls: what the municipality holds, the club does not, and the other way round; each purpose has its own compartment."""

from __future__ import annotations

import re

import pytest

from domain import attendance, consent, family, introduction, participants, referral, staff
from domain.catalogue import facts, personal_fields
from domain.compartments import (
    BY_NAME,
    COMPARTMENTS,
    NOTE,
    SHARED_NOTE,
    Basis,
    Compartment,
    KeptFrom,
    RealmKind,
    held_in,
)

TOWN, CLUB = RealmKind.MUNICIPALITY, RealmKind.RED_BARNET
HELD_BY = {
    family: {TOWN}, referral: {TOWN}, attendance: {CLUB}, consent: {CLUB}, introduction: {CLUB}, participants: {CLUB},
    staff: {TOWN, CLUB},
}  # fmt: skip


def test_a_compartment_is_known_by_its_name() -> None:
    assert len(BY_NAME) == len(COMPARTMENTS)
    assert all(BY_NAME[compartment.name] is compartment for compartment in COMPARTMENTS)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in BY_NAME)


def test_each_has_a_purpose_of_its_own() -> None:
    assert len({compartment.purpose for compartment in COMPARTMENTS}) == len(COMPARTMENTS)


@pytest.mark.parametrize("compartment", COMPARTMENTS, ids=lambda compartment: compartment.name)
def test_what_is_special_in_the_club_rests_on_explicit_consent(compartment: Compartment) -> None:
    if compartment.special and CLUB in compartment.held_by:
        assert compartment.basis is Basis.EXPLICIT_CONSENT
    if compartment.basis is Basis.PUBLIC_TASK:
        assert compartment.held_by == {TOWN}


@pytest.mark.parametrize("compartment", COMPARTMENTS, ids=lambda compartment: compartment.name)
def test_what_lives_under_a_consent_dies_with_it(compartment: Compartment) -> None:
    """INT-08: at once, but for its proof. And what ends with a consent has a key of its own for each."""
    assert compartment.per_consent == (compartment.kept_from is KeptFrom.CONSENT_ENDED)
    if compartment.per_consent:
        assert (compartment.keep_months == 0) == (compartment.name != "consent_proof")
    assert compartment.keep_months >= 0


def test_the_town_and_the_club_share_only_what_every_house_has() -> None:
    town, club = set(held_in(TOWN)), set(held_in(CLUB))

    assert {compartment.name for compartment in town & club} == {"staff_file", "rights", "breach"}
    assert town | club == set(COMPARTMENTS)
    assert {"case_file", "municipal_contact"} <= {compartment.name for compartment in town - club}
    assert {NOTE, SHARED_NOTE} <= club - town


def test_every_fact_about_a_family_keeps_to_its_side_of_the_wall() -> None:
    """ORG-09: no field of the referral can be sealed in the club's realm, none of the note in the town's."""
    sides = {module.__name__: realms for module, realms in HELD_BY.items()}
    seen = set()
    for kind, field, mark in personal_fields():
        assert mark.kept_in.held_by <= sides[kind.__module__], (kind.TOPIC, field)
        seen.add(kind.__module__)

    assert seen == sides.keys()


def test_the_reason_and_the_telephone_are_in_different_compartments_from_the_first_name() -> None:
    """FAM-20, VIS-01: what a volunteer may open holds neither."""
    roster = {(kind.TOPIC, field) for kind, field, mark in personal_fields() if mark.kept_in.name in ("roster", "ages")}

    assert roster == {
        ("participants.adult_received", "given_name"), ("participants.child_received", "given_name"),
        ("participants.child_received", "birth_month"), ("participants.name_corrected", "given_name"),
        ("participants.birth_month_corrected", "birth_month"),
    }  # fmt: skip


def test_every_compartment_of_a_field_is_declared() -> None:
    used = {mark.kept_in for _, _, mark in personal_fields()}

    assert used <= set(COMPARTMENTS)
    assert any(kind.MARKS.personal for kind in facts())


def test_a_compartment_shows_its_name() -> None:
    assert repr(NOTE) == "<note>"
