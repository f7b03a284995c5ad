"""What a stored event shows and hides, that it comes back as it was, and that nothing else comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from application.ports import Recorded
from domain.compartments import ROSTER
from domain.facts import CLEAR, FACTS, UPCASTS, Fact, Personal, Place, Sealed, Text, fact
from domain.people import Role, SubjectId
from gdpr.ports import ERASED, SubjectErased, Tampered
from infrastructure.mapper import SealingMapper
from infrastructure.vault import KeyVault
from tests import phrases
from tests.register_examples import Counted, PersonCame, Realm, a_context, came, shared

ANNA = UUID(int=1)
STREAM = UUID(int=2)
NAME, TELEPHONE = "Ingrid Blåbær-Åkerø", "20304050"


class NoKeys:
    """Whoever reads with this proves that reading asks for no key."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AssertionError("a key was asked for")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[KeyVault]:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("events", "keys")]
    with Realm("testby", urls[0], urls[1], tmp_path / "kek").prepare().opened() as realm:
        yield realm.vault


def recorded(*facts: Fact) -> list[Recorded]:
    return [Recorded(STREAM, version, happened, a_context()) for version, happened in enumerate(facts, 1)]


def stored_by(vault: KeyVault, happened: Fact) -> StoredEvent:
    return SealingMapper(vault).to_stored_event(recorded(happened)[0])


def read(stored: StoredEvent) -> Recorded:
    return SealingMapper(NoKeys()).to_domain_event(stored)


def fact_in(stored: StoredEvent) -> Any:
    return read(stored).fact


def test_a_fact_comes_back_with_clear_fields_of_their_types_and_personal_ones_sealed(vault: KeyVault) -> None:
    before = recorded(came(ANNA, name=NAME, telephone=TELEPHONE))[0]
    stored = SealingMapper(vault).to_stored_event(before)
    after = read(stored)
    assert (after.stream, after.version, after.context) == (STREAM, 1, before.context)
    happened: Any = after.fact
    assert happened.__class__ is PersonCame
    for field in PersonCame.MARKS.clear:
        assert getattr(happened, field) == getattr(before.fact, field)
        assert type(getattr(happened, field)) is type(getattr(before.fact, field))
    assert [type(value) for value in (happened.on, happened.at, happened.role)] == [date, datetime, Role]
    name: Any = happened.name
    assert name.__class__ is Sealed
    assert (name.place, name.subject, name.compartment) == (
        Place(STREAM, 1, "test.person_came", "name"), ANNA, "roster",
    )  # fmt: skip
    assert vault.open([name, fact_in(stored).telephone]) == [NAME, TELEPHONE]


def test_the_stored_bytes_show_what_is_clear_and_nothing_personal(vault: KeyVault) -> None:
    state = stored_by(vault, came(ANNA, name=NAME, telephone=TELEPHONE)).state
    for shown in (ANNA.bytes, b"2026-03-04", b"leader", b"evenings"):
        assert shown in state
    for hidden in (NAME, "Ingrid", "Åkerø", TELEPHONE, "203040"):
        assert hidden.encode() not in state


def test_no_value_and_a_value_look_alike(vault: KeyVault) -> None:
    without, with_one = (stored_by(vault, came(ANNA, telephone=t)) for t in (None, TELEPHONE))
    assert len(without.state) == len(with_one.state)
    assert vault.open([fact_in(without).telephone]) == [None]


def test_the_keys_of_a_command_are_asked_for_once(vault: KeyVault) -> None:
    class Counting:
        asked = 0

        def keys_for(self, wanted: Any, *, index: Any = ()) -> Any:
            self.asked += 1
            return vault.keys_for(wanted)

        def seal(self, key: Any, value: Any, place: Place) -> bytes:
            return vault.seal(key, value, place)

    counting, consent = Counting(), uuid4()
    facts = recorded(came(ANNA), shared(ANNA, consent), Counted(number=1), came(UUID(int=5)))
    stored = SealingMapper(counting).seal_all(facts)
    assert counting.asked == 1
    words = fact_in(stored[1]).words
    assert vault.open([words]) == ["Vi øver os i at sige nej"]
    vault.destroy_under(consent)
    assert vault.open([words]) == [ERASED]


def test_a_fact_without_personal_fields_needs_no_key() -> None:
    stored = SealingMapper(NoKeys()).to_stored_event(recorded(Counted(number=4))[0])
    assert read(stored).fact == Counted(number=4)


def test_a_value_that_is_sealed_already_cannot_be_recorded_again(vault: KeyVault) -> None:
    sealed = fact_in(stored_by(vault, came(ANNA, name=NAME)))
    with pytest.raises(TypeError, match=r"test\.person_came\.name is sealed") as refused:
        stored_by(vault, sealed)
    assert NAME not in str(refused.value)


@pytest.mark.parametrize("change", [{"evenings": "three"}, {"friends": [ANNA]}, {"on": "2026-13-01"}, {"unit": "x"}])
def test_a_clear_value_that_would_not_come_back_is_refused_before_it_is_stored(
    change: dict[str, Any], vault: KeyVault
) -> None:
    with pytest.raises(TypeError, match="not of its declared type"):
        stored_by(vault, replace(came(ANNA), **change))


def test_nothing_personal_is_recorded_about_nobody(vault: KeyVault) -> None:
    nobody: dict[str, Any] = {"person": None}
    with pytest.raises(TypeError, match="whom it is about"):
        stored_by(vault, replace(came(ANNA), **nobody))


def test_an_erased_subject_takes_no_new_words(vault: KeyVault) -> None:
    stored_by(vault, came(ANNA))
    vault.destroy(ANNA, ["roster"])
    with pytest.raises(SubjectErased):
        stored_by(vault, came(ANNA))


def changed(stored: StoredEvent, **parts: Any) -> StoredEvent:
    """The event with parts of its state written otherwise, as somebody might who can write rows."""
    state = msgspec.msgpack.decode(stored.state)
    names = ("version", "happened", "recorded", "actor", "role", "unit", "command", "clear", "personal")
    values = dict(zip(names, state, strict=True)) | parts
    return replace(stored, state=msgspec.msgpack.encode(list(values.values())))


def parts_of(stored: StoredEvent) -> tuple[dict[str, Any], dict[str, bytes]]:
    state = msgspec.msgpack.decode(stored.state)
    return state[7], state[8]


def test_whatever_was_not_written_like_this_is_an_alarm(vault: KeyVault) -> None:
    stored = stored_by(vault, came(ANNA, name=NAME))
    clear, personal = parts_of(stored)
    name = {"name": personal["name"]}
    wrong = {
        "unknown topic": replace(stored, topic="os:system"),
        "another topic": replace(stored, topic="test.counted"),
        "no msgpack": replace(stored, state=b"\xc1"),
        "cut": replace(stored, state=stored.state[:-1]),
        "stripped": changed(stored, personal=name),
        "one more": changed(stored, personal=personal | {"nickname": b"x"}),
        "smuggled as clear": changed(stored, clear=clear | {"telephone": "20304050"}, personal=name),
        "both": changed(stored, clear=clear | {"telephone": "20304050"}),
        "wrong type": changed(stored, clear=clear | {"evenings": "three"}),
        "lacking": changed(stored, clear={key: clear[key] for key in list(clear)[1:]}),
        "no such role": changed(stored, role="king"),
        "from the future": changed(stored, version=2),
        "from before the first": changed(stored, version=0),
    }
    assert fact_in(changed(stored)).person == ANNA
    for what, event in wrong.items():
        with pytest.raises(Tampered) as alarm:
            read(event)
        assert str(STREAM) in str(alarm.value), what
        assert alarm.value.__cause__ is None
        assert not {NAME, "20304050", "king"} & set(str(alarm.value).split()), what


def test_a_value_put_in_anothers_place_does_not_open(vault: KeyVault) -> None:
    mine, yours = stored_by(vault, came(ANNA)), stored_by(vault, came(UUID(int=5)))
    swapped = fact_in(changed(mine, personal=parts_of(yours)[1]))
    with pytest.raises(Tampered):
        vault.open([swapped.name])


@pytest.fixture
def topic() -> Iterator[str]:
    name = f"test.moved_on_{uuid4().hex}"
    yield name
    forget(name)


def forget(topic: str) -> None:
    """As if the program had moved on and the class were gone."""
    del FACTS[topic], UPCASTS[topic]


def recorded_long_ago(topic: str, vault: KeyVault) -> StoredEvent:
    """An event of the first version of a fact, whose class is gone."""

    @fact(topic)
    class First(Fact):
        who: Annotated[SubjectId, CLEAR]
        times: Annotated[int, CLEAR]
        words: Annotated[Text, Personal(about="who", kept_in=ROSTER)]

    stored = stored_by(vault, First(who=SubjectId(ANNA), times=2, words=NAME))
    forget(topic)
    return stored


def rename(values: dict[str, Any]) -> None:
    values["person"] = values.pop("who")
    values["name"] = values.pop("words")


def count_as_text(values: dict[str, Any]) -> None:
    values["times"] = f"{values['times']} times"
    values["nickname"] = None


def declare_third(topic: str) -> Any:
    @fact(topic, rename, count_as_text)
    class Third(Fact):
        person: Annotated[SubjectId, CLEAR]
        times: Annotated[str, CLEAR]
        name: Annotated[Text, Personal(about="person", kept_in=ROSTER)]
        nickname: Annotated[str | Sealed | None, Personal(about="person", kept_in=ROSTER)]

    return Third


def test_an_older_version_is_read_as_the_newest_and_its_renamed_sealed_field_opens(topic: str, vault: KeyVault) -> None:
    stored = recorded_long_ago(topic, vault)
    third = declare_third(topic)
    happened = fact_in(stored)
    assert happened.__class__ is third
    assert (happened.person, happened.times, happened.nickname) == (ANNA, "2 times", None)
    assert happened.name.place == Place(STREAM, 1, topic, "words")
    assert vault.open([happened.name]) == [NAME]


@pytest.mark.parametrize(
    ("written", "field"), [(phrases.statement_written(), "words"), (phrases.theme_wished(), "theme")]
)
def test_a_note_of_before_each_course_had_its_key_is_read_and_opens(vault: KeyVault, written: Fact, field: str) -> None:
    stored = stored_by(vault, written)
    clear, _ = parts_of(stored)
    happened = fact_in(changed(stored, version=1, clear={k: v for k, v in clear.items() if k != "course_id"}))

    assert happened.course_id is None
    assert vault.open([getattr(happened, field)]) == [getattr(written, field)]


def test_words_smuggled_into_an_older_version_are_an_alarm(topic: str, vault: KeyVault) -> None:
    stored = recorded_long_ago(topic, vault)
    declare_third(topic)
    clear, personal = parts_of(stored)
    for event in (
        changed(stored, clear=clear | {"words": "plain"}, personal={}),
        changed(stored, clear=clear | {"words": "plain"}),
        changed(stored, clear=clear | {"nickname": "plain"}),
        changed(stored, personal=personal | {"more": b"x"}),
        changed(stored, personal={}),
        changed(stored, clear={"times": 2}),
    ):
        with pytest.raises(Tampered):
            read(event)
