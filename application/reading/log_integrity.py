"""What an officer asks of the access log itself: whether it and the stored events are whole, and the proof of one entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from application.desk import Asker, Desk
from application.reading.log_pages import note
from domain.compartments import RIGHTS

VERIFIED: Final = "verified"
"""The action of the entry that says how a verification ended: nobody has to remember when it was made."""
_NEAR: Final = 100


def verification(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Whether the log is whole, entry by entry and signature by signature, and the stored events as it attests them;
    which is the first that is not. `unwitnessed` entries no quorum of witnesses has seen; None where none is set.
    `signed_at` is when the last entry that a signature covers was written. How it ended is in the log.
    """
    note(asker, desk)
    last = desk.log.last()
    verdict, events = desk.log.verify(), desk.events.compare()
    broken = verdict.first_broken
    request = asker.asks(desk, "audit")
    whole = verdict.ok and events.ok
    signed = _signed_at(desk, last - verdict.unsigned) if verdict.ok else None
    desk.gate.note(request, VERIFIED, RIGHTS, whole=int(whole), entries=verdict.size)
    return {
        "at": request.at,
        "whole": whole,
        "entries": verdict.size,
        "checkpoints": verdict.checkpoints,
        "unsigned": verdict.unsigned,
        "signed_at": signed,
        "unwitnessed": verdict.unwitnessed,
        "clock_set_back_at": verdict.first_clock_jump,
        "first_broken": None if broken is None else {"entry": broken.seq, "flaw": broken.flaw, "words": broken.words},
        "events": {
            "whole": events.ok,
            "attested": events.events,
            "not_attested_yet": events.unattested,
            "first_broken": events.first_broken,
        },
    }


def last_verification(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """When the log was last verified within a year, by whom, and how it ended; all None when it was not."""
    note(asker, desk)
    found = desk.log.find(action=VERIFIED, since=desk.clock.now() - timedelta(days=366))
    if not found:
        return {"at": None, "by": None, "whole": None, "entries": None}
    last = found[-1]
    return {
        "at": last.at,
        "by": last.actor,
        "whole": bool(last.details.get("whole")),
        "entries": last.details.get("entries"),
    }


def proof(asker: Asker, desk: Desk, *, entry: int, whole: bool = False) -> Mapping[str, Any]:
    """That an entry is in the log, for `tools/verify_log.py --proof`; `whole` with the half that says who and about whom.

    Raises NoSuchEntry, NotSignedYet, Tampered.
    """
    note(asker, desk)
    found = desk.log.evidence.prove(entry)
    return (found if whole else found.public_only()).document()


def _signed_at(desk: Desk, number: int) -> datetime | None:
    """When the last use up to this entry was written; the log's own entries between uses are passed over."""
    near = desk.log.find(after=max(number - _NEAR, 0), upto=number) if number > 0 else []
    return near[-1].at if near else None
