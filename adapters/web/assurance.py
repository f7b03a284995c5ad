"""How sure a login is of who somebody is: the levels of the national standard for identity assurance (NSIS)."""

from __future__ import annotations

from enum import IntEnum

NSIS = "https://data.gov.dk/concept/core/nsis/"
"""What the names of the levels begin with; SAML puts `loa/` behind it, and an OpenID provider that copies the names may too."""


class Assurance(IntEnum):
    """Ordered, so that a level can be asked for at least."""

    NONE = 0
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


def assurance_of(claim: object) -> Assurance:
    """The level behind the value of a claim; whatever is not known is NONE."""
    named = {
        f"{prefix}{level.name.capitalize()}": level
        for prefix in (NSIS, f"{NSIS}loa/")
        for level in (Assurance.LOW, Assurance.SUBSTANTIAL, Assurance.HIGH)
    }
    return named.get(claim, Assurance.NONE) if isinstance(claim, str) else Assurance.NONE
