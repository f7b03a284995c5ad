"""What a witness says of a checkpoint: that it is the newest it saw of this log, and that the log only grew (C2SP).

A witness is a second party – the data protection officer's own computer, the head office, another municipality – that
remembers what it cosigned. Who holds the log's key and database can write another log, but no witness's cosignature.
The form is c2sp.org/tlog-cosignature (Ed25519, `cosignature/v1`); the policy file is c2sp.org/tlog-policy.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from gdpr.checkpoint import Checkpoint, VerifySignature, text_of

_COSIGNATURE = b"\x04"
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_LATEST = 2**38
"""Seconds since 1970 that a date can still say."""


class NotAWitnessKey(ValueError):
    """The text is not the public key of a witness: `name+id+key`, Ed25519 for cosignatures."""


class WitnessDisagrees(ValueError):
    """A line in the name and key of a witness is not its cosignature of this checkpoint."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"the cosignature of {name} is not of this checkpoint")


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A witness's name and Ed25519 public key (32 bytes), as it handed them over."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _COSIGNATURE + self.public_key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(_COSIGNATURE + self.public_key).decode()}"

    @classmethod
    def read(cls, line: str) -> WitnessKey:
        """From one line of text (a C2SP vkey). Raises NotAWitnessKey."""
        try:
            name, key_id, encoded = line.strip().split("+", 2)
            raw = b64decode(encoded, validate=True)
        except (ValueError, NotBase64):
            raise NotAWitnessKey("a witness's key is one line: name+id+key") from None
        key = cls(name, raw[1:])
        if not name or any(character.isspace() for character in name) or key_id != key.key_id.hex():
            raise NotAWitnessKey("a witness's key does not fit its name")
        if raw[:1] != _COSIGNATURE or len(raw) != 1 + _KEY_BYTES:
            raise NotAWitnessKey("this is not a key that cosigns")
        return key


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Who cosigned, when by its own clock, and the line as it stands in the note."""

    witness: str
    at: datetime
    line: str


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The witnesses of one log by the names its controller gave them, and how many must have cosigned (the quorum)."""

    keys: Mapping[str, WitnessKey] = field(default_factory=dict)
    quorum: int = 0

    def cosignatures(self, note: Checkpoint, verify_signature: VerifySignature) -> list[Cosignature]:
        """Those of these witnesses, each once; lines of keys nobody named are passed over. Raises WitnessDisagrees."""
        found: dict[str, Cosignature] = {}
        for by, key_id, signature in note.signatures:
            for witness in self.keys.values():
                if (by, key_id) == (witness.name, witness.key_id):
                    found.setdefault(by, _cosignature(note, witness, signature, verify_signature))
        return list(found.values())

    def reached(self, names: Collection[str]) -> bool:
        """Whether these witnesses are a quorum. Without a quorum set nothing is ever witnessed."""
        return 0 < self.quorum <= len({key.name for key in self.keys.values()} & set(names))

    def policy(self, log_key: str) -> str:
        """The policy file for this log's public key (vkey): what an offline verifier demands."""
        lines = [f"log {log_key}", *(f"witness {name} {key}" for name, key in self.keys.items())]
        if self.quorum:
            lines += [
                f"group witnesses-of-this-log {self.quorum} {' '.join(self.keys)}",
                "quorum witnesses-of-this-log",
            ]
        else:
            lines += ["quorum none"]
        return "\n".join(lines) + "\n"


NOBODY = Witnesses()


def message(text: str, seconds: int) -> bytes:
    """What a witness signs for a checkpoint of this text at this time (whole seconds since 1970)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def with_cosignatures(note: str, lines: Collection[str]) -> str:
    """The note with these signature lines below its own."""
    return note + "".join(f"{line}\n" for line in lines)


def _cosignature(
    note: Checkpoint, witness: WitnessKey, signature: bytes, verify_signature: VerifySignature
) -> Cosignature:
    seconds, signed = int.from_bytes(signature[:8], "big"), signature[8:]
    if (
        len(signed) != _SIGNATURE_BYTES
        or seconds > _LATEST
        or not verify_signature(witness.public_key, message(text_of(note.note), seconds), signed)
    ):
        raise WitnessDisagrees(witness.name)
    line = f"— {witness.name} {b64encode(witness.key_id + signature).decode()}"
    return Cosignature(witness.name, datetime.fromtimestamp(seconds, UTC), line)
