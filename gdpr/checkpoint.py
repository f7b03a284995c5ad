"""A checkpoint: size and root of a log's tree as a C2SP signed note; who holds one can catch a rewritten log.

The text (c2sp.org/tlog-checkpoint, c2sp.org/signed-note) is: origin, size, root in base64, an empty line, signatures.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from gdpr.tree import HASH_BYTES

Sign = Callable[[bytes], bytes]
"""An Ed25519 signature (64 bytes) over a message."""
VerifySignature = Callable[[bytes, bytes, bytes], bool]
"""Whether, under this Ed25519 public key (32 bytes), this message has this signature."""

_ED25519 = b"\x01"


class NotACheckpoint(ValueError):
    """The text is not a checkpoint in the form of C2SP."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint as read: nothing about it is known to be true until `check` says so.

    `signatures` are (key name, key id of 4 bytes, signature).
    """

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]
    note: str


def origin_of(realm: str, tree: str) -> str:
    """The name under which a realm's tree of one month is signed."""
    return f"{realm}/audit/{tree}"


def key_name_of(realm: str) -> str:
    """The name of the key that signs a realm's log, the same for all its months."""
    return f"{realm}/audit"


def key_id(name: str, public_key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes) -> str:
    """The public key as one line of text, to hand to whoever verifies (a C2SP vkey)."""
    return f"{name}+{key_id(name, public_key).hex()}+{b64encode(_ED25519 + public_key).decode()}"


def make(origin: str, size: int, root: bytes, name: str, sign: Sign, public_key: bytes) -> str:
    """The signed note. The caller has made sure that the tree contains the last one signed."""
    if not name or any(character.isspace() or character == "+" for character in name) or "\n" in origin or not origin:
        raise ValueError("a key's name has no spaces and no plus sign, an origin is one line")
    text = f"{origin}\n{size}\n{b64encode(root).decode()}\n"
    signature = b64encode(key_id(name, public_key) + sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def parse(note: str) -> Checkpoint:
    """Raises NotACheckpoint."""
    text, gap, signature_lines = note.partition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) != 3 or not signature_lines.endswith("\n"):
        raise NotACheckpoint("a checkpoint has three lines, an empty line, and signatures")
    origin, size, root = lines
    if not (size.isascii() and size.isdigit() and len(size) < 20 and str(int(size)) == size):
        raise NotACheckpoint("the size of a checkpoint is a plain number")
    signatures = tuple(_signature(line) for line in signature_lines[:-1].split("\n"))
    return Checkpoint(origin, int(size), _decoded(root, HASH_BYTES), signatures, note)


def check(
    checkpoint: Checkpoint, *, origin: str, name: str, public_key: bytes, verify_signature: VerifySignature
) -> bool:
    """Whether the checkpoint is of this origin and truly signed with this key."""
    wanted = key_id(name, public_key)
    message = text_of(checkpoint.note).encode()
    return checkpoint.origin == origin and any(
        verify_signature(public_key, message, signature)
        for by, with_key, signature in checkpoint.signatures
        if by == name and with_key == wanted
    )


def text_of(note: str) -> str:
    """The part of a note that is signed: its three lines, without the signatures."""
    return note.partition("\n\n")[0] + "\n"


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not name:
        raise NotACheckpoint("a signature line is a dash, a name and the signature")
    raw = _decoded(encoded)
    if len(raw) < 5:
        raise NotACheckpoint("a signature begins with the id of its key")
    return name, raw[:4], raw[4:]


def _decoded(encoded: str, length: int | None = None) -> bytes:
    try:
        raw = b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        raise NotACheckpoint("a part of the checkpoint is not base64") from None
    # Several texts can decode to the same bytes; only the one that we would write is the checkpoint.
    if b64encode(raw).decode() != encoded or (length is not None and len(raw) != length):
        raise NotACheckpoint("a part of the checkpoint is not base64 of the right length")
    return raw
