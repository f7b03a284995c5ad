"""Nothing shows contents to an officer but this: one asks, a second person agrees, and it holds for a short while.

A release names one request, one person and some compartments. It opens to whoever asked for it no more than the person
itself may see, and ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from domain.compartments import RealmKind, held_in
from domain.errors import Invalid, NotFound, RuleBroken
from domain.people import ActorId, Role, SubjectId
from gdpr.release_facts import (
    ReleaseApproved,
    ReleaseAsked,
    ReleaseDeclined,
    ReleaseFact,
    ReleaseGround,
    ReleaseUsed,
    ReleaseWithdrawn,
)
from gdpr.rights import UnknownCompartment


class ReleaseState(StrEnum):
    """Where a release stands."""

    ASKED = "asked"
    APPROVED = "approved"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Release:
    """What was asked for, and what a second person said to it; `since` and `until` once it is approved."""

    release_id: UUID
    case_id: UUID
    subject: SubjectId
    compartments: frozenset[str]
    asked_by: ActorId
    since: datetime | None = None
    until: datetime | None = None
    declined: bool = False
    withdrawn: bool = False

    def state(self, now: datetime) -> ReleaseState:
        if self.withdrawn:
            return ReleaseState.WITHDRAWN
        if self.declined:
            return ReleaseState.DECLINED
        if self.until is None:
            return ReleaseState.ASKED
        return ReleaseState.APPROVED if now < self.until else ReleaseState.EXPIRED

    def in_force(self, now: datetime, by: UUID) -> bool:
        """Whether this actor may open what it names at this moment; not before the approval, whatever the clock does."""
        approved = self.state(now) is ReleaseState.APPROVED
        return approved and self.since is not None and self.since <= now and by == self.asked_by


def evolve(release: Release | None, happened: ReleaseFact) -> Release:
    if isinstance(happened, ReleaseAsked):
        return Release(
            happened.release_id, happened.case_id, happened.subject, frozenset(happened.compartments), happened.asked_by
        )
    assert release is not None
    match happened:
        case ReleaseApproved():
            return replace(release, since=happened.at, until=happened.until)
        case ReleaseDeclined():
            return replace(release, declined=True)
        case ReleaseWithdrawn():
            return replace(release, withdrawn=True)
        case ReleaseUsed():
            return release
        case _:
            assert_never(happened)


class NoSuchRelease(NotFound):
    """No release was asked for in this case."""

    code = "unknown_release"


class NothingToRelease(Invalid):
    """A release names what is to be opened, and no more than that."""

    code = "nothing_to_release"


class NeedsASecondPerson(RuleBroken):
    """Whoever asked for a release, or is whom it is about, does not decide on it."""

    code = "second_person_needed"


class ReleaseDecided(RuleBroken):
    """The release was approved, declined or taken back before."""

    code = "release_decided"


class ReleaseNotInForce(RuleBroken):
    """No release by two persons is in force for this reader at this moment."""

    code = "release_not_in_force"


def ask(
    release_id: UUID, *, case_id: UUID, subject: SubjectId, compartments: Iterable[str], ground: ReleaseGround,
    by: ActorId, kind: RealmKind, now: datetime,
) -> list[ReleaseFact]:  # fmt: skip
    """Ask a second person. `kind` is the realm whose compartments there are. Raises NothingToRelease, UnknownCompartment."""
    names = tuple(sorted(set(compartments)))
    if not names:
        raise NothingToRelease("compartments")
    if not set(names) <= {compartment.name for compartment in held_in(kind)}:
        raise UnknownCompartment("compartments")
    return [
        ReleaseAsked(
            release_id=release_id, case_id=case_id, subject=subject, compartments=names, ground=ground, asked_by=by, at=now
        )
    ]  # fmt: skip


def approve(
    release: Release, *, by: ActorId, role: Role, concerned: bool, hours: int, now: datetime
) -> list[ReleaseFact]:
    """Agree, for so many hours. `concerned`: the release is about whoever decides. Raises NeedsASecondPerson,
    ReleaseDecided.
    """
    _refuse_decided(release, by, concerned, now)
    until = now + timedelta(hours=hours)
    return [ReleaseApproved(release_id=release.release_id, by=by, role=role, at=now, until=until)]


def decline(release: Release, *, by: ActorId, concerned: bool, now: datetime) -> list[ReleaseFact]:
    """Do not agree. Raises NeedsASecondPerson, ReleaseDecided."""
    _refuse_decided(release, by, concerned, now)
    return [ReleaseDeclined(release_id=release.release_id, by=by, at=now)]


def withdraw(release: Release, *, by: ActorId, now: datetime) -> list[ReleaseFact]:
    """Take it back, before or after it was approved. Silent when nothing can be opened under it any more."""
    if release.state(now) not in (ReleaseState.ASKED, ReleaseState.APPROVED):
        return []
    return [ReleaseWithdrawn(release_id=release.release_id, by=by, at=now)]


def use(release: Release, *, by: ActorId, sha256: str, now: datetime) -> list[ReleaseFact]:
    """The answer was printed under it. Raises ReleaseNotInForce."""
    if not release.in_force(now, by):
        raise ReleaseNotInForce("request_id")
    return [ReleaseUsed(release_id=release.release_id, by=by, at=now, sha256=sha256)]


def _refuse_decided(release: Release, by: ActorId, concerned: bool, now: datetime) -> None:
    if by == release.asked_by or concerned:
        raise NeedsASecondPerson("request_id")
    if release.state(now) is not ReleaseState.ASKED:
        raise ReleaseDecided("request_id")
