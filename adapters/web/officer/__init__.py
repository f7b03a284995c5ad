"""The data protection officer's pages: what waits, who read what, random checks, cases, breaches, and whether the log is whole."""

from adapters.web.officer import (
    answering,
    breaches,
    cases,
    checks,
    deciding,
    log,
    overview,
    readings,
    records,
    retention,
)
from adapters.web.officer.door import pages
from adapters.web.words import N_

pages.menu += [
    (N_("Overblik"), overview.overview),
    (N_("Sager"), cases.cases),
    (N_("Hvem har læst hvad"), readings.readings),
    (N_("Alarmer"), checks.alarms),
    (N_("Stikprøver"), checks.draws),
    (N_("Loggen"), log.the_log),
    (N_("Brud"), breaches.breaches),
    (N_("Slettefrister"), retention.retention),
    (N_("Fortegnelsen"), records.processing),
]
"""In the order in which an officer's month asks for them."""

__all__ = ["answering", "deciding", "pages"]
