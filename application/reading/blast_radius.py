"""Who and what was within reach of a lost account, device, process or key, who was read, and who is to be told (RIG-14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from application.desk import Asker, Desk
from application.reading.letters_due import letters_due
from application.reading.log_pages import note
from application.reading.reach import within_reach
from domain.compartments import BY_NAME, held_in
from gdpr.blast_radius import (
    OPENED,
    Affected,
    Could,
    Lost,
    PeriodMissing,
    PeriodTooLong,
    counts_as_reading,
    together,
    unnamed,
)
from gdpr.checks import PeriodBackwards
from gdpr.ports import Entry, KeyKnown

LONGEST: Final = timedelta(days=370)


class _Searched:
    """What the questions of one inquiry share: the period, the accounts, the compartments and the key it is about."""

    def __init__(self, lost: Lost, desk: Desk) -> None:
        self.lost, self.desk = lost, desk
        self.key = desk.inquiry.key(lost.key_id) if lost.key_id is not None else None
        self.entries = self._entries()
        self.actors = self._actors()
        self.since, self.until = self._period()
        self.compartments = self._compartments()

    def read(self) -> list[Entry]:
        return [entry for entry in self.entries if counts_as_reading(entry) and self._is_of_the_key(entry)]

    def could(self) -> Iterator[Could]:
        """What lay open: to these accounts as they stood day by day; else whatever the keys within reach could open."""
        if self.lost.actor is None and self.lost.session is None:
            yield from (self._by_key(key) for key in self._keys())
            return
        if not self.actors:
            return
        if self.since is None:
            raise PeriodMissing("since")
        if self.until - self.since > LONGEST:
            raise PeriodTooLong("since")
        for actor in self.actors:
            for one in within_reach(actor, self.desk, self.since, self.until):
                if one.compartment in self.compartments and self._fits_the_key(one.subject, one.compartment):
                    yield one

    def unsaid(self) -> list[str]:
        """Why the list may be longer or shorter than the truth, as codes."""
        lost, found = self.lost, []
        if lost.session is not None and not self.entries:
            found.append("session_left_no_trace")
        if lost.process is not None and lost.process != self.desk.process:
            found.append("process_not_this_one")
        if lost.key_id is not None and self.key is None:
            found.append("key_unknown")
        if self._forgot_whose():
            found.append("readings_without_a_name")
        return found

    def _entries(self) -> list[Entry]:
        """What the log says of them, with the times of the inquiry."""
        lost = self.lost
        wanted = {"actor": lost.actor, "session": lost.session, "process": lost.process, **self._times()}
        if self.key is not None:
            wanted |= {"subject": self.key.subject, "compartment": self.key.compartment}
        return self.desk.log.find(
            **{name: value for name, value in wanted.items() if value is not None}, allowed=True, actions=OPENED
        )

    def _times(self) -> dict[str, Any]:
        times = {"since": self.lost.since, "until": self.lost.until}
        return {name: at for name, at in times.items() if at is not None}

    def _forgot_whose(self) -> bool:
        """Whether readings of that time have lost their reader to the log's retention, which ends the oldest first."""
        oldest = self.desk.log.find(**self._times(), allowed=True, actions=OPENED, limit=1)
        return any(unnamed(oldest))

    def _actors(self) -> list[UUID]:
        """The account that is named, or those the log knows on the device."""
        found = {entry.actor for entry in self.entries if entry.actor is not None}
        if self.lost.actor is not None:
            return [self.lost.actor]
        return sorted(found) if self.lost.session is not None else []

    def _period(self) -> tuple[datetime | None, datetime]:
        """From when to when; a device whose loss has no date counts from its first trace in the log."""
        since, until = self.lost.since, self.lost.until or self.desk.clock.now()
        if since is None and self.lost.session is not None and self.entries:
            since = self.entries[0].at
        if since is not None and until < since:
            raise PeriodBackwards("until")
        return since, until

    def _compartments(self) -> frozenset[str]:
        """A process that is not this one may open, for all we know, whatever the realm holds."""
        own = self.lost.process is not None and self.lost.process == self.desk.process
        return self.desk.inquiry.opens if own else frozenset(each.name for each in held_in(self.desk.kind))

    def _keys(self) -> Iterator[KeyKnown]:
        if self.lost.key_id is not None:
            return iter(() if self.key is None else (self.key,))
        return self.desk.inquiry.keys_in(self.compartments, since=self.since, until=self.lost.until)

    def _by_key(self, key: KeyKnown) -> Could:
        first = max(self.since, key.created_at) if self.since is not None else key.created_at
        last = min(self.until, key.destroyed_at) if key.destroyed_at is not None else self.until
        return Could(key.subject, key.compartment, "", first, max(first, last))

    def _fits_the_key(self, subject: UUID, compartment: str) -> bool:
        return self.lost.key_id is None or (
            self.key is not None and (self.key.subject, self.key.compartment) == (subject, compartment)
        )

    def _is_of_the_key(self, entry: Entry) -> bool:
        """A course's key opens what was read of that course, a consent's what rested on it. Words that several consents
        carry lie under a key of their own, which the log does not name: then every reading of the compartment counts.
        """
        key = self.key
        if self.lost.key_id is None or key is None or key.scope is None:
            return self.lost.key_id is None or key is not None
        if BY_NAME[key.compartment].per_course:
            return entry.course in (None, key.scope)
        return key.scope in entry.consents or not any(key.scope in one.consents for one in self.entries)


def blast_radius(asker: Asker, desk: Desk, *, lost: Lost, limit: int = 1_000) -> Mapping[str, Any]:
    """Persons and compartments that could have been read and that were, and whom a letter would tell (Art. 33(3), 34).

    Raises PeriodMissing for an account without a day, PeriodTooLong, PeriodBackwards, Unavailable.
    """
    named = tuple(each for each in (lost.actor, lost.session) if each is not None)
    note(asker, desk, records=named)
    searched = _Searched(lost, desk)
    affected = together(searched.could(), searched.read())
    letters = letters_due(affected, desk)
    key = searched.key
    return {
        "realm": desk.realm,
        "since": searched.since,
        "until": searched.until,
        "accounts": searched.actors,
        "key": None if key is None else _key(key, desk),
        "unsaid": searched.unsaid(),
        "persons_read": len({each.subject for each in affected if each.was_read}),
        "persons_within_reach": len({each.subject for each in affected if each.could}),
        "lines": [_line(each) for each in affected[:limit]],
        "letters": letters[:limit],
        "truncated": len(affected) > limit or len(letters) > limit,
    }


def _key(key: KeyKnown, desk: Desk) -> Mapping[str, Any]:
    return {
        "subject": key.subject,
        "compartment": key.compartment,
        "scope": key.scope,
        "destroyed_at": key.destroyed_at,
        "streams": desk.inquiry.streams_under(key.key_id),
    }


def _line(each: Affected) -> Mapping[str, Any]:
    return {
        "subject": each.subject,
        "compartment": each.compartment,
        "could_be_read": each.could,
        "as_group": each.as_group,
        "open_from": each.open_from,
        "open_to": each.open_to,
        "was_read": each.was_read,
        "first_read": each.first_read,
        "last_read": each.last_read,
        "times": each.times,
        "roles": sorted(each.roles - {""}),
    }
