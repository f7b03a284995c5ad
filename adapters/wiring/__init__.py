"""The composition root: settings in, a house out; the only room that knows both the rooms above and the cellar.

A `House` holds a realm for each data controller: its databases, vault, log, register and desk. The embedded
demonstration holds all of them in one process; in production a process holds those its settings name.
"""

from adapters.wiring.behind import BehindTheLedger, ClockBehind, EpochMissing
from adapters.wiring.clocks import DanishClock, RunningClock, SetClock
from adapters.wiring.house import House, build
from adapters.wiring.keys import Rotated, epochs_of, rotate_keys
from adapters.wiring.measures import running_of
from adapters.wiring.providers import signing_key_of
from adapters.wiring.realm import Realm, ViewsAreStale
from adapters.wiring.restoring import Reapplied, reapply_erasures
from adapters.wiring.stores import create
from adapters.wiring.upkeep import doctor, ledger_of, rebuild
from infrastructure.backups import back_up, restore
from infrastructure.settings import RealmSettings, Settings, SettingsRefused, embedded, read
from infrastructure.signing import verify as verify_signature
from infrastructure.web_settings import WebSettings

__all__ = [
    "BehindTheLedger",
    "ClockBehind",
    "DanishClock",
    "EpochMissing",
    "House",
    "Realm",
    "RealmSettings",
    "Reapplied",
    "Rotated",
    "RunningClock",
    "SetClock",
    "Settings",
    "SettingsRefused",
    "ViewsAreStale",
    "WebSettings",
    "back_up",
    "build",
    "create",
    "doctor",
    "embedded",
    "epochs_of",
    "ledger_of",
    "read",
    "reapply_erasures",
    "rebuild",
    "restore",
    "rotate_keys",
    "running_of",
    "signing_key_of",
    "verify_signature",
]
