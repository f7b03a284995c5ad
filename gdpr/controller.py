"""Who is responsible for a realm, and who watches over that: as every notice, receipt and answer must say (GDPR Art. 13(1))."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Controller:
    """A data controller as it is found: `identifier` such as "CVR 12345678", `address` on one line, `contact` for whoever
    has a question, `officer` to reach the data protection officer.
    """

    name: str
    identifier: str = ""
    address: str = ""
    contact: str = ""
    officer: str = ""

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What a notice must say and the settings do not."""
        return tuple(name for name in ("identifier", "address", "contact", "officer") if not getattr(self, name))


@dataclass(frozen=True, slots=True)
class Authority:
    """The supervisory authority one complains to (Art. 77)."""

    name: str
    address: str
    contact: str
    site: str


DATATILSYNET = Authority(
    "Datatilsynet", "Carl Jacobsens Vej 35, 2500 Valby", "dt@datatilsynet.dk, +45 33 19 32 00", "www.datatilsynet.dk"
)
