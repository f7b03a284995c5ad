"""Every choice that a person may meet or make on a page has words, in each language in which it is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import pytest
from marshmallow import Schema, fields

import adapters.http  # noqa: F401  (declares every endpoint)
from adapters.endpoints import _ENDPOINTS
from adapters.labels import ARABIC, LABELS, SAID, label
from adapters.texts.look_ups import FIELDS
from domain.compartments import BY_NAME
from domain.lists import CRITERIA, JUDGEMENTS, VULNERABILITY

NAMED_ASIDE = {
    "domain.consent.State": "ConsentState",
    "domain.consent.Outcome": "RecallOutcome",
    "gdpr.rights_facts.Outcome": "RequestOutcome",
}
"""Where two enumerations have one name."""


def enumerations(schema: Schema) -> Iterator[type[StrEnum]]:
    """Of all that a schema holds, at any depth."""
    for field in schema.fields.values():
        yield from _of(field)


def _of(field: fields.Field) -> Iterator[type[StrEnum]]:
    match field:
        case fields.Enum():
            yield field.enum
        case fields.List():
            yield from _of(field.inner)
        case fields.Nested():
            yield from enumerations(field.schema)
        case fields.Dict(key_field=fields.Field() as key, value_field=fields.Field() as value):
            yield from _of(key)
            yield from _of(value)


def met(room: str = "adapters") -> dict[str, type[StrEnum]]:
    """What the endpoints of this room show or take, by the name it has among the words."""
    found = {}
    for function, endpoint in _ENDPOINTS.items():
        if function.__module__.startswith(room):
            for schema in (endpoint.answer, endpoint.body, endpoint.query):
                for kind in enumerations(schema) if schema is not None else ():
                    found[NAMED_ASIDE.get(f"{kind.__module__}.{kind.__name__}", kind.__name__)] = kind
    return found


def without_words(
    kinds: Mapping[str, type[StrEnum]], words: Mapping[str, Mapping[str, object]]
) -> dict[str, list[str]]:
    """Which members of which enumerations have none."""
    missing = {name: sorted(set(kind) - set(words.get(name, {}))) for name, kind in kinds.items()}
    return {name: members for name, members in missing.items() if members}


def test_every_choice_that_is_shown_or_made_has_words() -> None:
    assert len(met()) > 40
    assert without_words(met(), SAID) == {}


def test_every_choice_that_a_family_meets_has_words_in_arabic() -> None:
    assert len(met("adapters.family")) > 15
    assert without_words(met("adapters.family"), ARABIC) == {}


def test_every_kind_of_data_has_words_in_all_three_languages() -> None:
    assert set(SAID["compartment"]) == set(BY_NAME)
    assert set(ARABIC["compartment"]) == set(BY_NAME)
    assert set(SAID["field"]) == set(FIELDS)


def test_arabic_says_no_more_than_danish() -> None:
    assert {kind: set(words) - set(SAID[kind]) for kind, words in ARABIC.items() if set(words) - set(SAID[kind])} == {}


def test_no_two_choices_of_one_list_are_called_the_same() -> None:
    for kind, words in SAID.items():
        assert len({danish for danish, _ in words.values()}) == len(words), kind


def test_what_the_sources_say_is_said_in_their_words() -> None:
    for items in CRITERIA.values():
        assert [label(item.code, "Criterion", "da") for item in items] == [item.danish for item in items]
    assert [label(item.code, "Judgement", "da") for item in JUDGEMENTS] == [item.danish for item in JUDGEMENTS]
    assert {label(factor, "Factor", "da") for factor in VULNERABILITY["structural"]} == {
        danish for danish, _ in LABELS["structural"].values()
    }


@pytest.mark.parametrize(
    ("value", "kind", "danish", "english", "arabic"),
    [
        ("telephone", "Way", "I telefonen", "On the telephone", "عبر الهاتف"),
        ("unlikely", "Risk", "Usandsynlig", "Unlikely", "Unlikely"),
        ("kommune-0376", "realm", "Guldborgsund Kommune", "Guldborgsund Kommune", "Guldborgsund Kommune"),
        ("0400", "municipality", "Bornholm Kommune", "Bornholm Kommune", "Bornholm Kommune"),
        ("red-barnet", "realm", "Red Barnet", "Red Barnet", "Red Barnet"),
        ("tlh", "Language", "tlh", "tlh", "tlh"),
    ],
)
def test_a_label_follows_the_language(value: str, kind: str, danish: str, english: str, arabic: str) -> None:
    assert [label(value, kind, language) for language in ("da", "en", "ar")] == [danish, english, arabic]


def test_what_is_no_code_is_left_as_it_is() -> None:
    assert label({"erased": True}, "Way", "da") == {"erased": True}
    assert label(None, "Way", "da") is None


def test_a_list_that_does_not_exist_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        label("telephone", "Wayy", "da")
