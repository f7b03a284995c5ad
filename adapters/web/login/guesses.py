"""Wrong codes are counted: by who typed them, and all together; a code of 80 bits is not guessed, and nobody is to try."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from flask import current_app, g
from flask_limiter import Limiter
from limits import RateLimitItem, parse

_OF_ONE: Final = parse("5 per hour")
_OF_ALL: Final = parse("300 per hour")
_log = logging.getLogger("tillid.login")


def too_many(guesser: str) -> bool:
    """Whether this login or address, or everybody together, has typed so many wrong codes that none is looked at now."""
    limiter = _limiter()
    return not all(limiter.limiter.test(limit, *names) for limit, names in _counted(guesser))


def note_wrong(guesser: str) -> None:
    """Count a wrong code; what was typed is neither kept nor written down."""
    limiter = _limiter()
    for limit, names in _counted(guesser):
        limiter.limiter.hit(limit, *names)
    left = limiter.limiter.get_window_stats(_OF_ONE, *_names_of(guesser)).remaining
    _log.warning("wrong code, attempts left=%d request=%s", left, g.request_id)


def _counted(guesser: str) -> Iterator[tuple[RateLimitItem, tuple[str, ...]]]:
    yield _OF_ONE, _names_of(guesser)
    yield _OF_ALL, ("wrong codes",)


def _names_of(guesser: str) -> tuple[str, ...]:
    return ("wrong codes of", guesser)


def _limiter() -> Limiter:
    limiter: Limiter = current_app.limiter  # type: ignore[attr-defined]
    return limiter
