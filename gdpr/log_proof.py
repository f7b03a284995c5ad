"""What of a log can be handed to somebody who has nothing else of it: that one entry is in it, and that it only grew.

Both are files for people outside: `tools/verify_log.py --proof` checks the first, `tools/witness.py` the second. Their
form is written down in docs/access-log.md.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.errors import NotFound, Refusal, RuleBroken
from gdpr.access_log import StoredEntry


class NoSuchEntry(NotFound):
    """The log has no entry of this number, or no longer has the month it stood in."""

    code = "no_such_log_entry"


class NotSignedYet(RuleBroken):
    """No checkpoint covers what is to be proven; `tillid audit checkpoint` signs one."""

    code = "log_not_signed_yet"


class NotThatFar(RuleBroken):
    """The log does not reach as far as somebody says to have seen it signed, or no longer has that month."""

    code = "log_not_that_far"


class NotWitnessed(Refusal):
    """A file that was handed in is no checkpoint of this log with a cosignature of a witness that the settings name."""

    code = "not_witnessed"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far somebody saw a log: its month and how many entries that had."""

    tree: str
    size: int

    @classmethod
    def read(cls, text: str, this_month: str) -> Seen:
        """From `2026-11/42`, or `42` of this month. Raises NotThatFar for what is neither."""
        tree, _, size = text.rpartition("/")
        if not (size.isascii() and size.isdigit() and len(size) < 19):
            raise NotThatFar("since")
        return cls(tree or this_month, int(size))


@dataclass(frozen=True, slots=True)
class EntryProof:
    """That one entry is in the log: its place in its month, and the hashes from it to the root of a signed checkpoint."""

    entry: StoredEntry
    index: int
    hashes: tuple[bytes, ...]
    note: str
    verifier_key: str

    def public_only(self) -> EntryProof:
        """The same proof without whom the entry was about and who it was."""
        return replace(self, entry=replace(self.entry, private=None, salt=None))

    def document(self) -> dict[str, Any]:
        """`entry` as in an exported folder, `proof` in the form of c2sp.org/tlog-proof, and the log's public key."""
        hashes = [b64encode(each).decode() for each in self.hashes]
        lines = ["c2sp.org/tlog-proof@v1", f"index {self.index}", *hashes, "", self.note]
        return {"entry": exported(self.entry), "proof": "\n".join(lines), "key": self.verifier_key}


@dataclass(frozen=True, slots=True)
class MonthGrown:
    """How one month goes on from what was seen, or from the month before.

    The month that was seen has `consistency`: from the size seen to its end, or to the checkpoint. Each later month
    has its `link`, the first entry, which holds the signed end of the month before, and its `inclusion` as entry 0.
    """

    tree: str
    consistency: tuple[bytes, ...] = ()
    link: StoredEntry | None = None
    inclusion: tuple[bytes, ...] = ()

    def document(self) -> dict[str, Any]:
        if self.link is None:
            return {"month": self.tree, "consistency": [b64encode(each).decode() for each in self.consistency]}
        return {
            "month": self.tree,
            "link": {
                "public": readable(self.link.public),
                "private_digest": b64encode(self.link.private_digest).decode(),
            },
            "inclusion": [b64encode(each).decode() for each in self.inclusion],
        }


@dataclass(frozen=True, slots=True)
class Growth:
    """That a log contains all that somebody saw of it: from there, month by month, to its last checkpoint."""

    log: str
    since: Seen
    months: tuple[MonthGrown, ...]

    def document(self) -> dict[str, Any]:
        since = {"month": self.since.tree, "size": self.since.size}
        return {"log": self.log, "since": since, "months": [month.document() for month in self.months]}


def exported(entry: StoredEntry) -> Mapping[str, Any]:
    """An entry as it is written into files: the halves as text, salt, digest and leaf in base64."""
    return {
        "seq": entry.seq,
        "tree": entry.tree,
        "public": readable(entry.public),
        "private": None if entry.private is None else readable(entry.private),
        "salt": None if entry.salt is None else b64encode(entry.salt).decode(),
        "private_digest": b64encode(entry.private_digest).decode(),
        "leaf": b64encode(entry.leaf).decode(),
    }


def readable(half: bytes) -> str:
    """Text to read, from which the very bytes come back, also of a half that was altered into something else."""
    return half.decode("utf-8", "surrogateescape")
