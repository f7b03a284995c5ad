"""A realm's databases and the views they keep: which there are, and how they are made ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import application.views.breaches
import application.views.checks
import application.views.club
import application.views.consents
import application.views.course
import application.views.evening
import application.views.finality
import application.views.invitations
import application.views.municipality
import application.views.organisation
import application.views.releases
import application.views.retention
import application.views.rights
from adapters.wiring import kept
from adapters.wiring.providers import make_keys, provider_of
from application import (  # noqa: F401
    attendances,
    breaches,
    checks,
    consent_proof,
    correcting,
    courses,
    custody,
    families,
    holds,
    introductions,
    invitations,
    organisations,
    recalls,
    rectifying,
    referrals,
    releases,
    restricting,
    reviews,
    rights,
    taking_invitations,
    wordings,
)
from application.answers import deciding  # noqa: F401
from application.views import people
from domain.compartments import RealmKind
from infrastructure.database import Database
from infrastructure.ledger import FileLedger
from infrastructure.migrate import migrate
from infrastructure.settings import RealmSettings, Settings
from infrastructure.view_tables import create_tables

CLUB_VIEWS: tuple[ModuleType, ...] = (
    people,
    application.views.organisation,
    application.views.invitations,
    application.views.course,
    application.views.consents,
    application.views.club,
    application.views.evening,
    application.views.rights,
    application.views.finality,
    application.views.breaches,
    application.views.releases,
    application.views.checks,
    application.views.retention,
)
TOWN_VIEWS: tuple[ModuleType, ...] = (
    people,
    application.views.organisation,
    application.views.invitations,
    application.views.municipality,
    application.views.rights,
    application.views.finality,
    application.views.breaches,
    application.views.releases,
    application.views.checks,
    application.views.retention,
)


def create(settings: Settings) -> None:
    """Make what is not there yet: folders, keys, ledgers, tables. Safe for several processes at once.

    Raises KeyFileRefused in production, before anything is made: there the keys come from an HSM.
    """
    for realm in settings.realms:
        if settings.production:
            provider_of(realm, production=True)
        for folder in {_folder_of(url) for url in (realm.register, realm.keys, realm.log)} - {None}:
            assert folder is not None
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        realm.ledger.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            FileLedger.begin(realm.ledger)
        with databases(realm) as (register, keys, log):
            migrate(register, "register")
            migrate(keys, "keys")
            migrate(log, "log")
            create_tables(register, row_classes_of(views_of(realm.kind)))
            make_keys(realm, keys)
    if settings.web is not None:
        for folder in {_folder_of(settings.web.sessions) or settings.web.secret.parent, settings.web.secret.parent}:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.make_ready(settings.web)


@contextmanager
def databases(realm: RealmSettings) -> Iterator[tuple[Database, Database, Database]]:
    with ExitStack() as stack:
        opened = [Database(url) for url in (realm.register, realm.keys, realm.log)]
        for database in opened:
            stack.callback(database.close)
        yield opened[0], opened[1], opened[2]


def views_of(kind: RealmKind) -> tuple[ModuleType, ...]:
    return TOWN_VIEWS if kind is RealmKind.MUNICIPALITY else CLUB_VIEWS


def row_classes_of(views: Sequence[ModuleType]) -> list[type[Any]]:
    return [kind for view in views for kind in view.ROWS]


def _folder_of(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite:///") else None
