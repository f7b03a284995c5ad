"""What an officer asks of the access log itself: whether it and the stored events are whole, and the proof of one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.desk import Asker, Desk
from application.reading.log_pages import note


def verification(asker: Asker, desk: Desk) -> Mapping[str, Any]:
    """Whether the log is whole, entry by entry and signature by signature, and the stored events as it attests them;
    which is the first that is not. `unwitnessed` entries no quorum of witnesses has seen; None where none is set.
    """
    note(asker, desk)
    verdict, events = desk.log.verify(), desk.events.compare()
    broken = verdict.first_broken
    return {
        "whole": verdict.ok and events.ok,
        "entries": verdict.size,
        "checkpoints": verdict.checkpoints,
        "unsigned": verdict.unsigned,
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


def proof(asker: Asker, desk: Desk, *, entry: int, whole: bool = False) -> Mapping[str, Any]:
    """That an entry is in the log, for `tools/verify_log.py --proof`; `whole` with the half that says who and about whom.

    Raises NoSuchEntry, NotSignedYet, Tampered.
    """
    note(asker, desk)
    found = desk.log.evidence.prove(entry)
    return (found if whole else found.public_only()).document()
