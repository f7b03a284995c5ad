"""The settings' `[web]` part: under which address the pages are served, where sessions are kept, who vouches for logins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KNOWN = ("origin", "sessions", "idle_minutes", "session_hours", "providers", "levels")
_USUAL_PORTS = {"http": 80, "https": 443}


class WebRefused(ValueError):
    """The `[web]` part cannot be used; says which key and why."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """`providers` and `levels` are checked where they are understood, in `adapters.web.login`."""

    origin: str
    """Scheme, host and port as browsers send them: what a form must come from."""
    sessions: str
    """The database of what the pages keep."""
    secret: Path
    """The file with the secret that bindings are keyed with."""
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)
    providers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    levels: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def under(home: Path, origin: str) -> WebSettings:
        """With everything in files under `home`."""
        return WebSettings(origin, f"sqlite:///{home / 'web.db'}", home / "web.key")


def web_settings(home: Path, table: Any, *, production: bool) -> WebSettings:
    """Raises WebRefused."""
    if not isinstance(table, dict):
        raise WebRefused("web is a table")
    if unknown := sorted(table.keys() - set(KNOWN)):
        raise WebRefused(f"web: unknown settings: {', '.join(unknown)}")
    default = WebSettings.under(home, _origin(table.get("origin"), production=production))
    sessions = table.get("sessions", default.sessions)
    if not isinstance(sessions, str) or not sessions:
        raise WebRefused("web.sessions is the URL of a database")
    idle = _figure(table, "idle_minutes", default.idle // timedelta(minutes=1), most=720)
    hours = _figure(table, "session_hours", default.longest // timedelta(hours=1), most=24)
    if idle > hours * 60:
        raise WebRefused("web.idle_minutes is no longer than session_hours")
    return WebSettings(
        default.origin, sessions, default.secret, timedelta(minutes=idle), timedelta(hours=hours),
        _providers(home, table.get("providers", {})), _tables(table.get("levels", {}), "web.levels"),
    )  # fmt: skip


def _origin(said: Any, *, production: bool) -> str:
    wanted = "web.origin is the public address, as https://tillid.example.org, without a path"
    if not isinstance(said, str):
        raise WebRefused(wanted)
    try:
        parts, port = urlsplit(said), urlsplit(said).port
    except ValueError:
        raise WebRefused(wanted) from None
    host = parts.hostname
    if (
        parts.scheme not in _USUAL_PORTS
        or not host
        or "@" in parts.netloc
        or said.partition(parts.netloc)[2] not in ("", "/")
    ):
        raise WebRefused(wanted)
    if parts.scheme == "http" and (production or not _is_loopback(host)):
        raise WebRefused(
            "web.origin begins with https; with http only on this machine's own address, and not in production"
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, _USUAL_PORTS[parts.scheme]) else "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _figure(table: Mapping[str, Any], key: str, default: int, *, most: int) -> int:
    figure = table.get(key, default)
    if type(figure) is not int or not 1 <= figure <= most:
        raise WebRefused(f"web.{key} is a whole number from 1 to {most}")
    return figure


def _providers(home: Path, said: Any) -> Mapping[str, Mapping[str, Any]]:
    providers = {}
    for name, table in _tables(said, "web.providers").items():
        if not isinstance(table, dict):
            raise WebRefused("web.providers: a table for each, as [web.providers.kommunen]")
        if "client_secret" in table or not _is_text(table.get("client_secret_file")):
            raise WebRefused(
                f"web.providers.{name}: client_secret_file names the file of the secret; it does not stand here"
            )
        providers[name] = {**table, "client_secret_file": str(home / table["client_secret_file"])}
    return providers


def _tables(said: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise WebRefused(f"{path} is a table")
    return said


def _is_text(said: Any) -> bool:
    return isinstance(said, str) and bool(said)
