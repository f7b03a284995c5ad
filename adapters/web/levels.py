"""How sure a login must be of who somebody is before a role may be used: by role, and what settings may change of it."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.web.assurance import Assurance
from domain.people import Role

AT_LEAST: Mapping[Role, Assurance] = {
    Role.VOLUNTEER: Assurance.LOW,
    Role.PROFESSIONAL: Assurance.LOW,
}
"""The roles that see first names and what was shared with them; every other one needs SUBSTANTIAL."""


def needed(role: Role, levels: Mapping[Role, Assurance] | None = None) -> Assurance:
    """The level at which this role may be used, `levels` being what the settings raised."""
    least = AT_LEAST.get(role, Assurance.SUBSTANTIAL)
    return max(least, (levels or {}).get(role, least))


def levels_of(table: Mapping[str, object]) -> Mapping[Role, Assurance]:
    """What `[web.levels]` says, as `volunteer = "substantial"`. Raises ValueError, naming the key.

    A level may be raised and not lowered: what a role sees does not get less confidential by a setting.
    """
    levels: dict[Role, Assurance] = {}
    for name, said in table.items():
        role = next((role for role in Role if role.value == name), None)
        if role is None:
            raise ValueError(f"levels: there is no role {name!r}")
        level = _level(said)
        if level is None:
            raise ValueError(f"levels.{name} is one of low, substantial, high")
        if level < needed(role):
            raise ValueError(f"levels.{name} is at least {needed(role).name.lower()}")
        levels[role] = level
    return levels


def _level(said: object) -> Assurance | None:
    return next((level for level in Assurance if level and level.name.lower() == said), None)
