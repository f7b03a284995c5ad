"""All that a data protection officer can send and is shown: readings without contents, and requests about own data (VIS-09)."""

from __future__ import annotations

from adapters.officer import (
    answers,
    blast_radius,
    breaches,
    checks,
    log,
    log_integrity,
    past,
    recalls,
    records,
    releases,
    requests,
    retention,
    roles,
)
from adapters.officer.door import officer

__all__ = [
    "answers",
    "blast_radius",
    "breaches",
    "checks",
    "log",
    "log_integrity",
    "officer",
    "past",
    "recalls",
    "records",
    "releases",
    "requests",
    "retention",
    "roles",
]
