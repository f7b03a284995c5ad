"""The site that the settings' `[web]` part describes, and what an operator wants to know of it before serving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from adapters.web.levels import levels_of
from adapters.web.login.providers import Provider
from adapters.web.site import Site
from adapters.wiring.kept import Kept, open_kept
from gdpr.ports import Unavailable
from infrastructure.key_providers.private_files import read_private
from infrastructure.migrate import schema_version
from infrastructure.settings import SettingsRefused
from infrastructure.web_settings import WebSettings

_LONGEST_SECRET: Final = 4096


def site_of(web: WebSettings, kept: Kept) -> Site:
    """The site these settings describe: people log in with their providers, and nobody is picked. Raises SettingsRefused."""
    try:
        providers = {name: Provider.of(name, _with_secret(name, table)) for name, table in web.providers.items()}
        levels = levels_of(web.levels)
    except ValueError as refused:
        raise SettingsRefused(f"web.{refused}") from None
    return Site(kept.sessions, kept.bindings, kept.flows, web.origin, providers, levels)


def examine(web: WebSettings, *, production: bool) -> Iterator[tuple[str, bool, str]]:
    """What an operator wants to know of the pages before serving them: (what, well or not, in words)."""
    kept = open_kept(web)
    try:
        yield "origin", True, f"{web.origin}; sessions end after {web.idle} without use, and after {web.longest}"
        current, wanted = schema_version(kept.database, "web")
        yield "schema", current == wanted, f"has {current or 'nothing'}, this program wants {wanted}"
        kept.bindings.digest("", "")
        yield "secret", True, "its owner alone can read it"
        providers = site_of(web, kept).providers
        yield "providers", bool(providers) or not production, ", ".join(providers) or "none: nobody can log in"
    except Exception as error:  # whatever it is, the operator is told in one line and nothing of the store
        told = str(error) if isinstance(error, (Unavailable, SettingsRefused)) else type(error).__name__
        yield "settings", False, told
    finally:
        kept.close()


def _with_secret(name: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with the client's secret, read from the file that the settings name."""
    path = Path(table["client_secret_file"])
    try:
        secret = read_private(path, at_most=_LONGEST_SECRET).decode().strip()
    except (Unavailable, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, Unavailable) else "it is not text"
        raise ValueError(f"providers.{name}.client_secret_file: {why}") from None
    return {key: value for key, value in table.items() if key != "client_secret_file"} | {"client_secret": secret}
