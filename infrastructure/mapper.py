"""How a fact is stored: clear fields readable, personal ones sealed to their place; and back, without any key.

The stored state is a msgpack array: version of the fact, when it happened and was recorded, who acted in which role and
unit, the command; then the clear fields by name, and the sealed ones by name. Ids are 16 bytes, dates ISO text.

A topic is looked up among the declared facts and is never an import path: nothing in the database can make us import or
call anything. An upcast sees the clear fields as they are stored and the personal ones as `Sealed`, which it may move
to another name but not open; each keeps the place it was sealed at, so it opens under its new name too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NoReturn, Protocol
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder

from application.ports import Context, Recorded
from domain.facts import FACTS, UPCASTS, Fact, Personal, Place, Sealed
from domain.people import Role
from gdpr.ports import Tampered
from infrastructure.key_rows import Wanted
from infrastructure.sealing import SealingKey

_NOBODY: Final = UUID(int=0)


class Sealer(Protocol):
    """What recording needs of the vault."""

    def keys_for(
        self, wanted: Iterable[Wanted], *, index: Iterable[tuple[str, str, UUID]] = ()
    ) -> dict[Wanted, SealingKey]:
        """The keys, made and durable where there was none, and with them the index. Raises SubjectErased, Unavailable."""

    def seal(self, key: SealingKey, value: Any, place: Place) -> bytes: ...


class _State(msgspec.Struct, array_like=True, frozen=True):
    fact_version: int
    happened_at: datetime
    recorded_at: datetime
    actor: UUID
    role: Role
    unit: UUID | None
    command_id: UUID
    clear: msgspec.Raw
    personal: dict[str, bytes]


_encode: Final = msgspec.msgpack.Encoder(uuid_format="bytes").encode
_decode: Final = msgspec.msgpack.Decoder(_State).decode
_decode_untyped: Final = msgspec.msgpack.Decoder(dict[str, Any]).decode


class _Codec:
    """All that is worked out once for a fact class."""

    def __init__(self, cls: type[Fact]) -> None:
        self.cls, self.topic, self.version, self.personal = cls, cls.TOPIC, cls.VERSION, cls.MARKS.personal
        fields = list(cls.MARKS.clear.items())
        self.clear_type = msgspec.defstruct("Clear", fields, frozen=True, kw_only=True, forbid_unknown_fields=True)
        self.decode_clear = msgspec.msgpack.Decoder(self.clear_type).decode
        self.clear_names = tuple(cls.MARKS.clear)
        self.sealed_in = {name: (mark.about, mark.kept_in.name) for name, mark in self.personal.items()}
        self.under_one_key: dict[Personal, list[str]] = {}
        for name, mark in self.personal.items():
            self.under_one_key.setdefault(mark, []).append(name)

    def wanted(self, fact: Fact) -> list[tuple[Wanted, list[str]]]:
        """Which key each group of personal fields needs. Raises TypeError for a value that is sealed already."""
        for name in self.personal:
            if isinstance(getattr(fact, name), Sealed):
                raise TypeError(f"{self.topic}.{name} is sealed for another place and cannot be recorded here")
        found: list[tuple[Wanted, list[str]]] = []
        for mark, names in self.under_one_key.items():
            subject = getattr(fact, mark.about)
            consent = None if mark.under is None else getattr(fact, mark.under)
            if not isinstance(subject, UUID) or (mark.under is not None and not isinstance(consent, UUID)):
                raise TypeError(f"{self.topic}.{names[0]} does not say whom it is about, or under which consent")
            found.append(((subject, mark.kept_in, consent), names))
        return found

    def clear_of(self, fact: Fact) -> msgspec.Raw:
        """The clear fields as they are stored. Raises TypeError for a value that would not come back as it is."""
        clear = self.clear_type(**{name: getattr(fact, name) for name in self.clear_names})
        encoded = _encode(clear)
        try:
            comes_back = self.decode_clear(encoded) == clear
        except msgspec.MsgspecError:
            comes_back = False
        if not comes_back:
            raise TypeError(f"a clear field of {self.topic} is not of its declared type")
        return msgspec.Raw(encoded)

    def fact_of(self, state: _State, stream: UUID, version: int) -> Fact:
        """The fact with its personal fields sealed. Raises ValueError for fields that are not as they were written."""
        if state.fact_version != self.version:
            return self._upcast(state, stream, version)
        if state.personal.keys() != self.personal.keys():
            raise ValueError("other fields are sealed than the fact declares")
        clear = self.decode_clear(state.clear)
        values: dict[str, Any] = {name: getattr(clear, name) for name in self.clear_names}
        for name, (about, compartment) in self.sealed_in.items():
            place = Place(stream, version, self.topic, name)
            values[name] = Sealed(state.personal[name], place, values[about], compartment)
        return self.cls(**values)

    def _upcast(self, state: _State, stream: UUID, version: int) -> Fact:
        if not 0 < state.fact_version < self.version:
            raise ValueError("a version of the fact that this program does not know")
        values = _decode_untyped(state.clear)
        if values.keys() & (self.personal.keys() | state.personal.keys()):
            raise ValueError("a personal field stands among the clear ones")
        for name, token in state.personal.items():
            values[name] = Sealed(token, Place(stream, version, self.topic, name), _NOBODY, "")
        for upcast in UPCASTS[self.topic][state.fact_version - 1 :]:
            upcast(values)
        personal = {name: values.pop(name) for name in self.personal}
        clear = msgspec.convert(values, self.clear_type)
        for name, (about, compartment) in self.sealed_in.items():
            if isinstance(personal[name], Sealed):
                personal[name] = replace(personal[name], subject=getattr(clear, about), compartment=compartment)
            elif personal[name] is not None:  # None: the older version did not know the field
                raise ValueError("a personal field is not sealed")
        return self.cls(**{name: getattr(clear, name) for name in self.clear_names}, **personal)


_CODECS: Final[dict[type[Fact], _Codec]] = {}


def _codec(cls: type[Fact]) -> _Codec:
    codec = _CODECS.get(cls)
    if codec is None:
        codec = _CODECS[cls] = _Codec(cls)
    return codec


class SealingMapper(Mapper[UUID]):
    """The library's mapper, with our own topics, and with field-level sealing."""

    def __init__(self, sealer: Sealer) -> None:
        super().__init__(transcoder=_NoTranscoder())
        self._sealer = sealer

    def seal_all(self, recordeds: Sequence[Recorded], index: Sequence[tuple[str, str, UUID]] = ()) -> list[StoredEvent]:
        """Seal the facts of a whole command; the vault is asked once, and not at all where nothing is personal.

        New keys, and the (field, value, subject) of the index, are durable before this returns. Raises SubjectErased,
        Unavailable; TypeError for a field that is sealed already or not of its declared type.
        """
        wanted = [_codec(type(recorded.fact)).wanted(recorded.fact) for recorded in recordeds]
        clear = [_codec(type(recorded.fact)).clear_of(recorded.fact) for recorded in recordeds]
        asked = {each for groups in wanted for each, _ in groups}
        keys = self._sealer.keys_for(asked, index=index) if asked or index else {}
        return [
            self._stored(recorded, fields, [(keys[each], names) for each, names in groups])
            for recorded, fields, groups in zip(recordeds, clear, wanted, strict=True)
        ]

    def _stored(
        self, recorded: Recorded, clear: msgspec.Raw, groups: list[tuple[SealingKey, list[str]]]
    ) -> StoredEvent:
        fact, by = recorded.fact, recorded.context
        stream, version, topic = recorded.stream, recorded.version, fact.TOPIC
        tokens = {
            name: self._sealer.seal(key, getattr(fact, name), Place(stream, version, topic, name))
            for key, names in groups
            for name in names
        }
        state = _State(
            fact.VERSION, by.happened_at, by.recorded_at, by.actor, by.role, by.unit, by.command_id, clear, tokens
        )
        return StoredEvent(stream, version, topic, _encode(state))

    def to_stored_event(self, domain_event: Recorded) -> StoredEvent:  # type: ignore[override]
        """One fact as it is stored; see `seal_all`."""
        return self.seal_all((domain_event,))[0]

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:  # type: ignore[override]
        """The fact as it was recorded, its personal fields sealed; needs no key.

        Raises Tampered, with ids only, for a topic nobody declared and for a state that is not what was written.
        """
        stream, version = stored_event.originator_id, stored_event.originator_version
        cls = FACTS.get(stored_event.topic)
        if cls is None or not isinstance(stream, UUID):
            raise Tampered(f"event {stream}/{version} has a topic that nobody declared")
        try:
            state = _decode(stored_event.state)
            fact = _codec(cls).fact_of(state, stream, version)
        except (msgspec.MsgspecError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise Tampered(f"event {stream}/{version} is not what was written") from None
        return Recorded(
            stream,
            version,
            fact,
            Context(state.actor, state.role, state.unit, state.command_id, state.happened_at, state.recorded_at),
        )


class _NoTranscoder(Transcoder):
    """The library's mapper wants one; ours has codecs."""

    def encode(self, obj: Any) -> NoReturn:
        raise NotImplementedError

    def decode(self, data: bytes) -> NoReturn:
        raise NotImplementedError
