"""All that a data protection officer can send and is shown: readings without contents, and requests about own data (VIS-09)."""

from __future__ import annotations

from adapters.officer import answers, blast_radius, breaches, log, recalls, releases, requests, roles
from adapters.officer.door import officer

__all__ = ["answers", "blast_radius", "breaches", "log", "officer", "recalls", "releases", "requests", "roles"]
