"""Where people log in: a municipality's provider, Red Barnet's, a MitID broker; as the settings describe them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from adapters.web.assurance import Assurance, assurance_of

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


class For(StrEnum):
    """The kinds of people who choose a provider, in the order in which the page offers them."""

    MUNICIPALITY = "municipality"
    RED_BARNET = "red_barnet"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """Under which names a provider says how sure it is; the first that holds a known level counts.

    Nothing else is read of what a provider says about a person: no name, no organisation, no roles, never a CPR number.
    Roles are held in the register, given and taken back by people.
    """

    assurance: tuple[str, ...] = ("acr", "loa")

    def assurance_in(self, claims: Mapping[str, object]) -> Assurance:
        """NONE when no level is there, or none that is known."""
        found = (assurance_of(claims.get(name)) for name in self.assurance)
        return next((level for level in found if level), Assurance.NONE)


@dataclass(frozen=True, slots=True, repr=False)
class Provider:
    """One OpenID provider. `max_assurance` is the level it is registered at: it cannot vouch for more (NSIS)."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    label: str
    """What people call it, on the button."""
    for_: frozenset[For]
    max_assurance: Assurance
    acr_values: Mapping[Assurance, str] = field(default_factory=dict)
    """What to ask it for to reach a level, in its own words."""
    claims: ClaimMap = field(default_factory=ClaimMap)
    scope: str = "openid"

    def __repr__(self) -> str:
        return f"<provider {self.name}>"

    @property
    def discovery(self) -> str:
        """Where it describes itself (OpenID Connect Discovery 1.0, section 4)."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"

    def assurance_in(self, claims: Mapping[str, object]) -> Assurance:
        """How sure it is of the person, and no more than it may be."""
        return min(self.claims.assurance_in(claims), self.max_assurance)

    @staticmethod
    def of(name: str, table: Mapping[str, object]) -> Provider:
        """What `[web.providers.<name>]` says. Raises ValueError, naming the key and never its value.

            issuer = "https://…"; client_id = "…"; client_secret = "…"; label = "MitID"
            for = ["family"]; max_assurance = "substantial"
            acr_values = {substantial = "…"}; assurance_claims = ["acr", "loa"]; scope = "openid"

        The last three may be left out.
        """
        if not _NAME.fullmatch(name):
            raise ValueError("providers: a name is 2 to 40 small letters, digits and hyphens")
        said = _Table(f"providers.{name}", table)
        said.only("issuer", "client_id", "client_secret", "label", "for", "max_assurance", "acr_values",
                  "assurance_claims", "scope")  # fmt: skip
        provider = Provider(
            name,
            said.address("issuer"),
            said.text("client_id"),
            said.text("client_secret"),
            said.text("label"),
            frozenset(said.kinds("for")),
            said.level("max_assurance"),
            said.acr_values("acr_values"),
            ClaimMap(said.names("assurance_claims", ClaimMap().assurance)),
            said.text("scope", "openid"),
        )
        if "openid" not in provider.scope.split():
            raise ValueError(f"{said.path}.scope holds openid")
        return provider


def is_safe_address(url: str) -> bool:
    """Whether what is sent there is read by nobody on the way: https, or this very machine."""
    parts = urlsplit(url)
    return _is_loopback(parts.hostname) if parts.scheme == "http" else parts.scheme == "https" and bool(parts.hostname)


def _is_loopback(host: str | None) -> bool:
    if host is None or host == "localhost":
        return host is not None
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the settings, read key by key."""

    path: str
    table: Mapping[str, object]

    def only(self, *known: str) -> None:
        if unknown := sorted(self.table.keys() - set(known)):
            raise ValueError(f"{self.path}: unknown settings: {', '.join(unknown)}")

    def text(self, key: str, default: str | None = None) -> str:
        said = self.table.get(key, default)
        if not isinstance(said, str) or not said.strip():
            raise ValueError(f"{self.path}.{key} is a text and not empty")
        return said

    def address(self, key: str) -> str:
        said = self.text(key)
        if not is_safe_address(said) or urlsplit(said).query or urlsplit(said).fragment:
            raise ValueError(f"{self.path}.{key} is an address with https, without ? and #")
        return said

    def level(self, key: str) -> Assurance:
        return self._level(self.table.get(key), key)

    def kinds(self, key: str) -> list[For]:
        said = self.table.get(key)
        if not isinstance(said, list) or not said or not set(said) <= {kind.value for kind in For}:
            raise ValueError(f"{self.path}.{key} is a list of {', '.join(For)}")
        return [For(kind) for kind in said]

    def names(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        said = self.table.get(key, list(default))
        if not isinstance(said, list) or not said or not all(isinstance(name, str) and name for name in said):
            raise ValueError(f"{self.path}.{key} is a list of names of claims")
        return tuple(said)

    def acr_values(self, key: str) -> Mapping[Assurance, str]:
        said = self.table.get(key, {})
        if not isinstance(said, dict) or not all(isinstance(value, str) and value for value in said.values()):
            raise ValueError(f'{self.path}.{key} says what to ask for by level, as {{substantial = "…"}}')
        return {self._level(name, key): value for name, value in said.items()}

    def _level(self, said: object, key: str) -> Assurance:
        level = next((level for level in Assurance if level and level.name.lower() == said), None)
        if level is None:
            raise ValueError(f"{self.path}.{key}: a level is one of low, substantial, high")
        return level
