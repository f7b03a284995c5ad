"""A field says at the fact what it is; what says nothing, or two things, is refused at once; nothing shows a value."""

from __future__ import annotations

import dataclasses
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from typing import Annotated, Any, get_type_hints
from uuid import UUID

import pytest

import domain
from domain import attendance, consent, family, grounds, introduction, participants, referral, staff
from domain.catalogue import facts
from domain.compartments import CASE_FILE, SHARED_NOTE
from domain.errors import Refusal
from domain.facts import CLEAR, FACTS, UPCASTS, Fact, Personal, Place, Sealed, Text, UnmarkedField, fact
from tests import phrases
from tests.spec import sealed

CASE = Personal(about="about", kept_in=CASE_FILE)


def declared(fields: dict[str, Any], topic: str = "a_test.happened") -> None:
    """Declare a fact with these fields. Nothing stays of one that is refused."""
    fact(topic)(type("Happened", (Fact,), {"__annotations__": fields, "__module__": __name__}))


@pytest.fixture
def _forgotten() -> Iterator[None]:
    yield
    FACTS.pop("a_test.happened", None)
    UPCASTS.pop("a_test.happened", None)


@pytest.mark.usefixtures("_forgotten")
def test_a_field_with_one_mark_is_taken_as_it_is_marked() -> None:
    declared({"about": Annotated[UUID, CLEAR], "number": Annotated[int, CLEAR], "words": Annotated[Text, CASE]})

    made = FACTS["a_test.happened"]
    assert made.MARKS.clear == {"about": UUID, "number": int}
    assert made.MARKS.personal == {"words": CASE}
    assert made.MARKS.value_types == {"words": str}
    assert (made.TOPIC, made.VERSION) == ("a_test.happened", 1)


ABOUT = {"about": Annotated[UUID, CLEAR]}
UNDER = Personal(about="about", kept_in=SHARED_NOTE, under="consent_id")


@pytest.mark.parametrize(
    "fields",
    [
        {"on": int},
        {"on": Annotated[int, "a note"]},
        {"on": Annotated[int, CLEAR, CLEAR]},
        ABOUT | {"words": Annotated[Text, CLEAR, CASE]},
        ABOUT | {"words": Annotated[Text, CASE, CASE]},
        {"words": Annotated[Text, CASE]},
        ABOUT | {"name": Annotated[Text, CASE], "words": Annotated[Text, Personal(about="name", kept_in=CASE_FILE)]},
        ABOUT | {"words": Annotated[Text, UNDER]},
        ABOUT | {"words": Annotated[Text, Personal(about="about", kept_in=SHARED_NOTE)]},
        ABOUT | {"consent_id": Annotated[UUID, CLEAR]}
        | {"words": Annotated[Text, Personal(about="about", kept_in=CASE_FILE, under="consent_id")]},
        ABOUT | {"words": Annotated[str, CASE]},
        ABOUT | {"words": Annotated[Sealed, CASE]},
    ],
    ids=[
        "no mark", "a mark that is none", "clear twice", "clear and personal", "personal twice", "about an unknown field",
        "about a personal field", "under an unknown field", "a key per consent and no consent", "a consent and no key for it",
        "never sealed", "only sealed",
    ],
)  # fmt: skip
def test_every_other_field_is_refused_when_its_class_is_made(fields: dict[str, Any]) -> None:
    with pytest.raises(UnmarkedField):
        declared(fields)
    assert "a_test.happened" not in FACTS


@pytest.mark.usefixtures("_forgotten")
def test_a_key_per_consent_goes_with_the_consent_it_is_under() -> None:
    declared(ABOUT | {"consent_id": Annotated[UUID, CLEAR], "words": Annotated[Text, UNDER]})

    assert FACTS["a_test.happened"].MARKS.personal["words"].under == "consent_id"


def test_a_topic_is_taken_once() -> None:
    with pytest.raises(UnmarkedField):
        declared(ABOUT, topic=consent.ConsentGiven.TOPIC)
    assert FACTS[consent.ConsentGiven.TOPIC] is consent.ConsentGiven


def test_each_upcast_is_one_version_more() -> None:
    assert {kind.VERSION for kind in facts()} >= {1}
    assert all(len(UPCASTS[topic]) + 1 == kind.VERSION for topic, kind in FACTS.items())


# Nothing shows a value.

TYPED_IN = [
    phrases.sara(), phrases.mikkel(), phrases.alma(), phrases.viggo(), phrases.because(), phrases.because().criteria[0],
    grounds.Assessment(kind="structural", factors=("income",)), phrases.sara_arrives(), phrases.alma_arrives(),
    phrases.a_handover(), phrases.says(), phrases.a_line(),
]  # fmt: skip
HAPPENED: list[Fact] = [
    *phrases.a_family(), *phrases.a_referral(), *phrases.a_family_received(), *phrases.a_part(), phrases.line_recorded(),
    phrases.enrolled(), phrases.volunteer_enrolled(),
]  # fmt: skip


def test_the_made_up_words_are_in_what_is_typed_in_and_in_what_happened() -> None:
    """So that looking for them below can fail."""
    for spoken in (
        str([dataclasses.asdict(one) for one in TYPED_IN]),
        str([dataclasses.asdict(one) for one in HAPPENED]),
    ):
        found = {word for word in phrases.PERSONAL_WORDS if word in spoken.replace(" ", "")}
        assert found >= {"Sara", "Alma", "Lind", "20102030", "2022-05"}


def test_no_repr_shows_a_value() -> None:
    for shown in [*TYPED_IN, *HAPPENED]:
        for told in (repr(shown), str(shown), f"{shown}", f"{[shown]}"):
            assert not [word for word in phrases.PERSONAL_WORDS if word.lower() in told.lower()]


def test_a_fact_shows_its_topic_and_a_sealed_value_its_place() -> None:
    for happened in HAPPENED:
        assert repr(happened) == f"<{happened.TOPIC}>"
        kept = sealed(happened)
        for field, mark in happened.MARKS.personal.items():
            assert repr(getattr(kept, field)) == f"<sealed {happened.TOPIC}.{field} in {mark.kept_in.name}>"


def test_no_fact_has_a_repr_of_its_own() -> None:
    assert [kind for kind in facts() if kind.__repr__ is not Fact.__repr__] == []


def test_a_fact_is_never_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        phrases.line_recorded().status = "not_come"  # type: ignore[misc]


def test_a_sealed_value_keeps_its_bytes_to_itself() -> None:
    value = Sealed(
        b"secret bytes", Place(UUID(int=1), 1, "family.adult_registered", "given_name"), UUID(int=2), "contact"
    )

    assert "secret" not in repr(value)


def _refusals() -> list[type[Refusal]]:
    found, more = [], [Refusal]
    while more:
        found += more
        more = [below for kind in more for below in kind.__subclasses__()]
    return [kind for kind in found if kind.__module__.startswith("domain.")]


@pytest.mark.parametrize("refusal", _refusals(), ids=lambda kind: kind.__name__)
def test_a_refusal_says_its_code_and_its_field_and_no_more(refusal: type[Refusal]) -> None:
    refused = refusal("children/0/birth_month", oldest=6, stage="placed")

    assert str(refused) == f"{refusal.code} (children/0/birth_month)"
    assert str(refusal()) == refusal.code
    assert refused.facts == {"oldest": 6, "stage": "placed"}


# What must not be asked has no field (FAM-07, FAM-12, FAM-19, FAM-22, ATT-03, VUL-06, INT-17, INT-28).

FORBIDDEN = re.compile(
    r"ethnic|relig|faith|nation|origin|countr|race|citizen|marital|married|divorc|cpr|personnummer|reason|why|cause|excuse"
    r"|gift|leftover|hard_up|poor|score|rank(?!s)|risk_level|underretning|concern|diagnos",
    re.IGNORECASE,
)


def _names() -> Iterator[tuple[str, str]]:
    """Every field of every fact, state and form of the domain, and every value of its lists."""
    for module in pkgutil.iter_modules(domain.__path__, "domain."):
        for name, kind in vars(import_module(module.name)).items():
            if not isinstance(kind, type) or kind.__module__ != module.name:
                continue
            if dataclasses.is_dataclass(kind):
                yield from ((f"{name}.{field.name}", field.name) for field in dataclasses.fields(kind))
            if issubclass(kind, Enum):
                yield from ((f"{name}.{value.name}", str(value.value)) for value in kind)


def test_the_search_reads_every_field_and_every_list() -> None:
    names = dict(_names())

    assert {"LanguageStated.language", "Theme.SLEEP", "NewAdult.address", "Referral.stage", "Way.SMS"} <= names.keys()
    assert len(names) > 400
    for forbidden in (
        "ethnicity",
        "religion",
        "nationality",
        "country_of_origin",
        "reason_for_absence",
        "marital_status",
    ):
        assert FORBIDDEN.search(forbidden)


def test_there_is_no_field_for_what_must_not_be_asked() -> None:
    assert [where for where, name in _names() if FORBIDDEN.search(name)] == []


def test_no_fact_holds_free_text_that_is_not_sealed_but_names_of_things() -> None:
    """A clear string is a code, a version, a language, a hash, the digest of something random, or the name of a thing."""
    strings = {
        f"{kind.TOPIC}.{field}"
        for kind in facts()
        for field, hint in kind.MARKS.clear.items()
        if hint is str or str in getattr(hint, "__args__", ())
    }

    assert strings == {
        "consent.given.language", "consent.given.wording_hash", "consent.not_given.language",
        "consent.not_given.wording_hash", "course.planned.municipality", "invitation.issued.code_digest",
        "invitation.taken.taken_with",
        "notice.course_announced.club", "organisation.branch_opened.name", "organisation.club_established.municipality",
        "organisation.club_established.name", "organisation.place_named.name", "organisation.unit_opened.name",
        "participants.family_received.from_realm", "referral.registered.list_version", "staff.role_assigned.municipality",
        "wording.published.language", "wording.published.text_hash", "wording.published.words",
    }  # fmt: skip


def test_states_hold_no_personal_value() -> None:
    """What decisions remember has no field for a text: ids, dates, numbers, stages."""
    for module in (attendance, consent, family, introduction, participants, referral, staff):
        state = get_type_hints(module.evolve)["return"]
        texts = {
            name for name, hint in get_type_hints(state).items() if hint is str or str in getattr(hint, "__args__", ())
        }
        assert texts <= {"list_version"}, state
