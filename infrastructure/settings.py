"""Where each realm's stores are: read from one TOML file, or laid out as folders of files under one home."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from application.desk import Limits
from domain.compartments import BY_NAME, RealmKind
from gdpr.controller import Controller
from gdpr.cosignature import NOBODY, NotAWitnessKey, Witnesses, WitnessKey
from gdpr.retention import Clock, ClockRefused
from infrastructure.retention_settings import clocks_set, refuse_shorter_than_checks
from infrastructure.web_settings import WebRefused, WebSettings, web_settings

RED_BARNET = "red-barnet"
_PROCESS = "register"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_OF_A_REALM = frozenset(
    {"kind", "register", "keys", "log", "key_folder", "ledger", "witnesses", "witness_quorum", "retention", "hsm"}
    | {"controller"}
)


class SettingsRefused(ValueError):
    """The settings cannot be used; says which key and why, and never what a password is."""


@dataclass(frozen=True, slots=True)
class HsmSettings:
    """A PKCS#11 module, and the folder with the PIN of each of its tokens as `realm/token.pin`."""

    library: Path
    pins: Path


@dataclass(frozen=True, slots=True)
class RealmSettings:
    """One realm: its name, its kind, three databases with three lives, its keys and its ledger."""

    name: str
    kind: RealmKind
    register: str
    keys: str
    log: str
    key_folder: Path
    ledger: Path
    witnesses: Witnesses = NOBODY
    """Who cosigns the checkpoints of its access log, and how many must have."""
    retention: Mapping[str, Clock] = field(default_factory=dict)
    """The clocks that its controller set; the others run as `gdpr.retention` says."""
    hsm: HsmSettings | None = None
    """Where its key-encryption keys are, if not in `key_folder`: production takes nothing else."""
    controller: Controller | None = None
    """Who is responsible; None says no more than the realm's name."""

    @property
    def responsible(self) -> Controller:
        return self.controller or Controller("Red Barnet" if self.kind is RealmKind.RED_BARNET else self.name)


@dataclass(frozen=True, slots=True)
class Settings:
    """All realms of this process. In production no key file is accepted (an HSM holds the key-encryption keys)."""

    realms: tuple[RealmSettings, ...]
    production: bool = False
    opens: frozenset[str] | None = None
    """The compartments this process may open; None for all of its realms'. The volunteers' process needs three."""
    limits: Limits = field(default_factory=Limits)
    """The figures that a controller may set without code (SYS-11)."""
    process: str = _PROCESS
    """The name under which this process stands in the access log, so that a reading says from where."""
    web: WebSettings | None = None
    """How its pages are served; None: it serves the API only."""


def embedded(home: Path, realms: Mapping[str, RealmKind]) -> Settings:
    """Every realm a folder of SQLite files under `home` (SQLite is the embedded default)."""
    return Settings(tuple(_folder(home / name, name, kind) for name, kind in realms.items()))


def read(path: Path) -> Settings:
    """The settings of a TOML file. Raises SettingsRefused."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsRefused(f"the settings file cannot be read: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsRefused(f"the settings file is not TOML: {error}") from None
    unknown = set(content) - {"production", "home", "realms", "opens", "limits", "process", "web"}
    if unknown:
        raise SettingsRefused(f"unknown settings: {', '.join(sorted(unknown))}")
    production = content.get("production", False)
    if not isinstance(production, bool):
        raise SettingsRefused("production is true or false")
    home = path.parent / content.get("home", ".")
    found = content.get("realms")
    if not isinstance(found, dict) or not found:
        raise SettingsRefused("realms: name at least one, as [realms.red-barnet]")
    realms = tuple(_realm(home, name, line) for name, line in found.items())
    web = _web(home, content["web"], production) if "web" in content else None
    _refuse_shared_databases(realms, web)
    limits = _limits(content.get("limits", {}))
    for realm in realms:
        with _of_realm(realm.name):
            refuse_shorter_than_checks(realm.retention, realm.kind, days_back=limits.check_days_back)
    return Settings(
        realms, production, _opens(content.get("opens")), limits,
        _process(content.get("process", _PROCESS)), web,
    )  # fmt: skip


def _web(home: Path, table: Any, production: bool) -> WebSettings:
    try:
        return web_settings(home, table, production=production)
    except WebRefused as refused:
        raise SettingsRefused(str(refused)) from None


def _process(name: Any) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise SettingsRefused("process is a name of 2 to 40 small letters, digits and hyphens")
    return name


def _opens(names: Any) -> frozenset[str] | None:
    if names is None:
        return None
    if not isinstance(names, list) or not set(names) <= BY_NAME.keys():
        raise SettingsRefused(f"opens is a list of compartments: {', '.join(BY_NAME)}")
    return frozenset(names)


def _limits(figures: Any) -> Limits:
    known = [limit.name for limit in fields(Limits)]
    if not isinstance(figures, dict) or not all(type(n) is int and n >= 0 for n in figures.values()):
        raise SettingsRefused("limits are whole numbers from 0 on")
    if not figures.keys() <= set(known):
        raise SettingsRefused(f"limits: there are {', '.join(known)}")
    for name in ("role_review_months", "release_hours"):
        # With 0 every role would have lapsed the day it was given, and nobody would be left to confirm one.
        if figures.get(name) == 0:
            raise SettingsRefused(f"limits.{name} is at least 1")
    return Limits(**figures)


def _realm(home: Path, name: str, line: Any) -> RealmSettings:
    if not _NAME.fullmatch(name):
        raise SettingsRefused("realms: a name is 2 to 40 small letters, digits and hyphens")
    if not isinstance(line, dict):
        raise SettingsRefused(f"realms.{name} is a table")
    unknown = set(line) - _OF_A_REALM
    if unknown:
        raise SettingsRefused(f"realms.{name}: unknown settings: {', '.join(sorted(unknown))}")
    try:
        kind = RealmKind(line.get("kind", ""))
    except ValueError:
        raise SettingsRefused(f"realms.{name}.kind is one of {', '.join(RealmKind)}") from None
    default = _folder(home / name, name, kind)
    return RealmSettings(
        name,
        kind,
        line.get("register", default.register),
        line.get("keys", default.keys),
        str(line.get("log") or line.get("register") or default.log),
        home / line["key_folder"] if "key_folder" in line else default.key_folder,
        home / line["ledger"] if "ledger" in line else default.ledger,
        _witnesses(name, line.get("witnesses", {}), line.get("witness_quorum")),
        _retention(name, kind, line.get("retention", {})),
        _hsm(home, name, line.get("hsm")),
        _controller(name, line["controller"]) if "controller" in line else None,
    )


def _controller(realm: str, said: Any) -> Controller:
    known = [part.name for part in fields(Controller)]
    if not isinstance(said, dict) or not said.keys() <= set(known) or "name" not in said:
        raise SettingsRefused(f"realms.{realm}.controller has a name, and of {', '.join(known[1:])} what is known")
    if not all(isinstance(line, str) and line.strip() and "\n" not in line for line in said.values()):
        raise SettingsRefused(f"realms.{realm}.controller: each part is one line of text")
    return Controller(**said)


def _hsm(home: Path, realm: str, table: Any) -> HsmSettings | None:
    if table is None:
        return None
    if not isinstance(table, dict) or table.keys() != {"library", "pins"} or not all(map(_is_text, table.values())):
        raise SettingsRefused(f"realms.{realm}.hsm: library, the PKCS#11 module, and pins, the folder of the PIN files")
    return HsmSettings(home / table["library"], home / table["pins"])


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _retention(realm: str, kind: RealmKind, table: Any) -> Mapping[str, Clock]:
    with _of_realm(realm):
        return clocks_set(kind, table)


@contextmanager
def _of_realm(realm: str) -> Iterator[None]:
    try:
        yield
    except ClockRefused as refused:
        raise SettingsRefused(f"realms.{realm}.{refused}") from None


def _witnesses(realm: str, lines: Any, quorum: Any) -> Witnesses:
    if not isinstance(lines, dict) or not all(_NAME.fullmatch(name) for name in lines):
        raise SettingsRefused(f"realms.{realm}.witnesses: a line for each, a name of small letters and its key")
    keys = {}
    for name, line in lines.items():
        try:
            keys[name] = WitnessKey.read(str(line))
        except NotAWitnessKey as error:
            raise SettingsRefused(f"realms.{realm}.witnesses.{name}: {error}") from None
    if len({key.public_key for key in keys.values()}) < len(keys):
        raise SettingsRefused(f"realms.{realm}.witnesses: each has a key of its own")
    wanted = quorum if quorum is not None else min(1, len(keys))
    if type(wanted) is not int or not 0 <= wanted <= len(keys):
        raise SettingsRefused(f"realms.{realm}.witness_quorum is a number from 0 to that of the witnesses")
    return Witnesses(keys, wanted)


def _folder(folder: Path, name: str, kind: RealmKind) -> RealmSettings:
    return RealmSettings(
        name,
        kind,
        f"sqlite:///{folder / 'register.sqlite'}",
        f"sqlite:///{folder / 'keys.sqlite'}",
        f"sqlite:///{folder / 'log.sqlite'}",
        folder / "kek",
        folder / "ledger.jsonl",
    )


def _refuse_shared_databases(realms: tuple[RealmSettings, ...], web: WebSettings | None) -> None:
    """Keys lie apart from what they open, no two realms share a database, and sessions are in none of theirs."""
    seen: dict[str, str] = {}
    for realm in realms:
        if realm.keys in (realm.register, realm.log):
            raise SettingsRefused(f"realms.{realm.name}.keys: the key database lies apart from register and log")
        for url in {realm.register, realm.keys, realm.log}:
            if seen.setdefault(url, realm.name) != realm.name:
                raise SettingsRefused(f"realms.{realm.name}: shares a database with another realm")
    if web is not None and web.sessions in seen:
        raise SettingsRefused("web.sessions: a database of its own, no realm's")
