"""What an operator does with a realm's stores while nobody is served from them, or beside those who are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from adapters.wiring.behind import refuse_if_behind
from adapters.wiring.clocks import DanishClock
from adapters.wiring.providers import provider_of, rotation_of
from adapters.wiring.stores import databases, row_classes_of, views_of
from domain.compartments import held_in
from infrastructure import rebuild as rebuilding
from infrastructure.database import Database
from infrastructure.key_providers.port import KeyProvider
from infrastructure.ledger import FileLedger
from infrastructure.migrate import schema_version
from infrastructure.register import SqlRegister
from infrastructure.rows import SqlRows
from infrastructure.settings import RealmSettings, Settings
from infrastructure.vault import KeyVault
from infrastructure.view_tables import stale


def rebuild(settings: RealmSettings, progress: Callable[[int, int], None] | None = None) -> int:
    """All rows of a realm's views anew from its events. Opens no key: none is needed to follow facts."""
    with databases(settings) as (database, _, _):
        views = views_of(settings.kind)
        register = _register_without_keys(settings, database)
        return rebuilding.rebuild(
            register,
            database,
            views,
            lock_writers=register.lock_writers,
            gone=register.gone,
            progress=progress,
        )


def _register_without_keys(settings: RealmSettings, database: Database) -> SqlRegister:
    return SqlRegister(
        settings.name,
        database,
        _NoKeys(),
        views=views_of(settings.kind),
        rows_for=lambda connection: SqlRows(connection, database.is_postgresql),
        perform_duty=lambda kind, ref: None,
    )


class _NoKeys:
    """A vault that has none: whoever holds it can follow facts and neither seal nor open."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("no keys are at hand here")


def ledger_of(settings: RealmSettings) -> FileLedger:
    """The ledger of a realm's erasures."""
    return FileLedger(settings.ledger)


def doctor(settings: Settings) -> list[tuple[str, bool, str]]:
    """What an operator wants to know before serving: (what, well or not, in words), realm by realm."""
    findings: list[tuple[str, bool, str]] = []
    for realm in settings.realms:
        findings += [(f"{realm.name}: {what}", well, words) for what, well, words in _examine(realm, settings)]
    if settings.web is not None:
        from adapters.wiring.pages import examine

        web = examine(settings.web, production=settings.production)
        findings += [(f"web: {what}", well, words) for what, well, words in web]
    skew = datetime.now(UTC).year
    findings.append(
        ("clock", skew >= 2026, f"{DanishClock().now():%Y-%m-%d %H:%M} UTC, in Denmark {DanishClock().today()}")
    )
    return findings


def _examine(realm: RealmSettings, settings: Settings) -> Iterator[tuple[str, bool, str]]:
    if unsaid := realm.responsible.unsaid:
        yield "controller", not settings.production, f"the settings do not say its {', '.join(unsaid)}"
    try:
        provider = provider_of(realm, production=settings.production)
        for compartment in held_in(realm.kind):
            probe = provider.wrap(compartment.name, provider.current_epoch(compartment.name), b"doctor", bytes(32))
            provider.unwrap(compartment.name, provider.current_epoch(compartment.name), b"doctor", probe)
        yield "key store", True, "wraps and unwraps for every compartment"
    except Exception as error:  # whatever it is, the operator is told and the examination goes on
        yield "key store", False, str(error)
        return
    with databases(realm) as (register, keys, log):
        for store, database in (("register", register), ("keys", keys), ("log", log)):
            try:
                current, wanted = schema_version(database, store)  # type: ignore[arg-type]
                yield f"{store} schema", current == wanted, f"has {current or 'nothing'}, this program wants {wanted}"
            except Exception as error:
                yield f"{store} schema", False, f"cannot be reached ({type(error).__name__})"
                return
        old = stale(register, row_classes_of(views_of(realm.kind)))
        yield "views", not old, "up to date" if not old else f"to be rebuilt: {', '.join(old)}"
        yield _ledger_finding(realm, provider, register, keys)


def _ledger_finding(
    realm: RealmSettings, provider: KeyProvider, register: Database, keys: Database
) -> tuple[str, bool, str]:
    """Whether the stores tell what the ledger tells, in the words in which the realm would refuse to serve."""
    vault = KeyVault(keys, provider, realm=realm.name, kind=realm.kind)
    ledger = FileLedger(realm.ledger)
    try:
        refuse_if_behind(
            realm.name, vault=vault, register=_register_without_keys(realm, register), ledger=ledger, provider=provider,
            turning=rotation_of(realm, keys, provider), clock=DanishClock(),
        )  # fmt: skip
        return "ledger", True, f"{ledger.head()[0]} entries, and the stores have followed them"
    except Exception as error:
        return "ledger", False, str(error)
