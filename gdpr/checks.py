"""A random check of the access log: which uses are looked into is reproducible, and nobody could know it beforehand.

A draw is announced before its days are over, with a nonce that stays sealed and whose hash is in the signed log. Once
the days are over, the log's first checkpoint past them is what it is. The seed is made of both: who knows the nonce
cannot choose the checkpoint, who can move the checkpoint (by looking once more) does not know the nonce. So what
Datatilsynet asks of a *stikprøve* holds: a fixed procedure, unpredictable, about recent use (docs/decisions/0020).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import assert_never
from uuid import UUID

from domain.errors import Invalid, NotFound, RuleBroken
from domain.facts import Text
from domain.text import optional_text
from gdpr.checks_facts import DrawAnnounced, DrawClosed, DrawFact, DrawMade, Finding, FindingRecorded
from gdpr.ports import Tampered

NONCE_BYTES = 32
_DOMAIN = b"tillid/draw/v1"

Sifted = tuple[int, str]
"""The number of an entry, and the name of the rule that explains it; empty when none does."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One random check, from its announcement to its report; `findings` by number of the entry."""

    draw_id: UUID
    since: date
    until: date
    commitment: str
    nonce: Text
    made: DrawMade | None = None
    findings: Mapping[int, Finding] = field(default_factory=dict)
    closed_on: date | None = None

    @property
    def open(self) -> frozenset[int]:
        """The drawn entries nobody has found anything about yet."""
        return frozenset(self.made.drawn if self.made is not None else ()) - self.findings.keys()


def evolve(draw: Draw | None, happened: DrawFact) -> Draw:
    if isinstance(happened, DrawAnnounced):
        return Draw(happened.draw_id, happened.since, happened.until, happened.commitment, happened.nonce)
    assert draw is not None
    match happened:
        case DrawMade():
            return replace(draw, made=happened)
        case FindingRecorded():
            return replace(draw, findings={**draw.findings, happened.seq: happened.finding})
        case DrawClosed():
            return replace(draw, closed_on=happened.on)
        case _:
            assert_never(happened)


class PeriodBackwards(Invalid):
    """A period begins before it ends."""

    code = "period_backwards"


class PeriodOver(RuleBroken):
    """A draw is announced before its last day is over, so that nobody knows yet what it will be drawn from."""

    code = "period_over"


class NotRecent(RuleBroken):
    """A check is about recent use, which the user can still explain; `limit` is in days."""

    code = "use_not_recent"


class PeriodNotOver(RuleBroken):
    """Nothing is drawn before the last day of the period is over."""

    code = "period_not_over"


class NotDrawnYet(RuleBroken):
    """Nothing was drawn yet, so there is nothing to find."""

    code = "not_drawn_yet"


class EntryNotDrawn(NotFound):
    """The entry is not among those that were drawn."""

    code = "entry_not_drawn"


class FindingStands(RuleBroken):
    """Something else was found about this before, and a finding is not changed."""

    code = "finding_stands"


class FindingWithoutWords(Invalid):
    """What cannot be explained, or is misuse, is said in words."""

    code = "finding_without_words"


class FindingsMissing(RuleBroken):
    """Not every drawn entry has a finding yet."""

    code = "findings_missing"


def announce(
    draw_id: UUID, *, since: date, until: date, nonce: str, today: date, most_days_back: int
) -> list[DrawFact]:
    """Bind oneself to a nonce (hexadecimal) for these days. Raises PeriodBackwards, PeriodOver, NotRecent."""
    if until < since:
        raise PeriodBackwards("until")
    if until < today:
        raise PeriodOver("until")
    if since < today - timedelta(days=most_days_back):
        raise NotRecent("since", limit=most_days_back)
    return [DrawAnnounced(draw_id=draw_id, since=since, until=until, commitment=commitment_of(nonce), nonce=nonce)]


def make(
    draw: Draw, *, nonce: str, checkpoint: str, sifting: Sequence[Sifted], least: int, per_mille: int, today: date
) -> list[DrawFact]:
    """Draw, with the nonce that was announced and the checkpoint's text. Silent when it was drawn.

    Raises PeriodNotOver; Tampered for a nonce that is not the one announced.
    """
    if draw.made is not None:
        return []
    if today <= draw.until:
        raise PeriodNotOver("until")
    if commitment_of(nonce) != draw.commitment:
        raise Tampered("the nonce of a draw is not the one that was announced")
    seed = seed_of(nonce, checkpoint)
    drawn = drawn_from(seed, sifting, least=least, per_mille=per_mille)
    counted = Counter(rule for _, rule in sifting)
    return [
        DrawMade(
            nonce=nonce, checkpoint=checkpoint, seed=seed, population=len(sifting), left=counted.pop("", 0),
            sifted=tuple(f"{rule}={number}" for rule, number in sorted(counted.items())),
            sifting=digest_of(sifting), least=least, per_mille=per_mille, drawn=tuple(seq for seq, _ in drawn),
            drawn_by=tuple(rule for _, rule in drawn), on=today,
        )
    ]  # fmt: skip


def record_finding(draw: Draw, seq: int, finding: Finding, *, words: str | None, on: date) -> list[DrawFact]:
    """Say what was found about one drawn entry. Silent when the same was found.

    Raises NotDrawnYet, EntryNotDrawn, FindingStands, FindingWithoutWords.
    """
    if draw.made is None:
        raise NotDrawnYet("draw_id")
    if seq not in draw.made.drawn:
        raise EntryNotDrawn("seq")
    if draw.findings.get(seq) is finding:
        return []
    if seq in draw.findings:
        raise FindingStands("finding")
    said = words_for(finding, words)
    return [FindingRecorded(draw_id=draw.draw_id, seq=seq, finding=finding, on=on, words=said)]


def close(draw: Draw, *, on: date) -> list[DrawFact]:
    """Make the report final. Silent when it is. Raises NotDrawnYet, FindingsMissing."""
    if draw.closed_on is not None:
        return []
    if draw.made is None:
        raise NotDrawnYet("draw_id")
    if draw.open:
        raise FindingsMissing("draw_id", limit=len(draw.open))
    return [DrawClosed(on=on)]


def words_for(finding: Finding, words: str | None) -> str | None:
    """The words of a finding. Raises FindingWithoutWords where the finding needs some, and what a text may raise."""
    said = optional_text(words, "words")
    if said is None and finding is not Finding.EXPLAINED:
        raise FindingWithoutWords("words")
    return said


# How it is drawn: whoever has the log's export, the nonce and the list of what was sifted can draw the same again.


def commitment_of(nonce: str) -> str:
    """SHA-256 over "tillid/draw/v1/nonce", a newline and the nonce's bytes, in hexadecimal."""
    return sha256(_DOMAIN + b"/nonce\n" + bytes.fromhex(nonce)).hexdigest()


def seed_of(nonce: str, checkpoint: str) -> str:
    """SHA-256 over "tillid/draw/v1", a newline, the nonce's bytes and the checkpoint's text, in hexadecimal."""
    return sha256(_DOMAIN + b"\n" + bytes.fromhex(nonce) + checkpoint.encode()).hexdigest()


def sample_size(left: int, *, least: int, per_mille: int) -> int:
    """How many are drawn when so many are left unexplained: the share, rounded up, and never fewer than the least."""
    return max(least, -(-left * per_mille // 1000))


def drawn_from(seed: str, sifting: Iterable[Sifted], *, least: int, per_mille: int) -> list[Sifted]:
    """The drawn entries, by number: those with the lowest hashes of seed and number.

    What no rule explains is drawn first; only where that is too little are explained uses drawn as well, so that the
    rules themselves are looked at.
    """
    listed = list(sifting)
    size = sample_size(sum(rule == "" for _, rule in listed), least=least, per_mille=per_mille)
    ranked = sorted(listed, key=lambda one: (one[1] != "", _rank(seed, one[0])))
    return sorted(ranked[:size])


def digest_of(sifting: Iterable[Sifted]) -> str:
    """SHA-256, in hexadecimal, over a line "number rule" for each entry, by number."""
    lines = "".join(f"{seq} {rule}\n" for seq, rule in sorted(sifting))
    return sha256(lines.encode()).hexdigest()


def _rank(seed: str, seq: int) -> bytes:
    return sha256(bytes.fromhex(seed) + seq.to_bytes(8, "big")).digest()
