"""The pages of a made-up club with providers to log in at, and browsers that go there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask

from adapters.demo.identity import DemoIdentity
from adapters.web.app import create_site
from adapters.web.assurance import Assurance
from adapters.web.login.providers import For, Provider
from adapters.web.site import Site
from adapters.wiring.kept import Kept, kept_in
from infrastructure.database import Database
from infrastructure.migrate import migrate
from tests.club_at_work import ClubAtWork, a_club_at_work

CPR = "010180-9996"
"""Of nobody; a provider tells it unasked, and nothing of ours may hold it."""
NSIS = "https://data.gov.dk/concept/core/nsis/"
SUBSTANTIAL, LOW, HIGH = f"{NSIS}Substantial", f"{NSIS}Low", f"{NSIS}High"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class SiteAtWork:
    """The club, its pages, and what those keep on the server."""

    club: ClubAtWork
    app: Flask
    kept: Kept
    home: Path

    def bind(self, provider: Provider, subject: str, actor: UUID) -> None:
        """As if the person had typed the code of an invitation after the first login."""
        kept = self.kept.bindings
        kept.bind(kept.digest(provider.issuer, subject), actor, self.club.house.clock.now())


def a_site(home: Path, origin: str, providers: Iterable[Provider]) -> SiteAtWork:
    """The pages at this address, with their store in a file."""
    club = a_club_at_work(home)
    club.house.identity = DemoIdentity()
    database = Database(f"sqlite:///{home / 'pages.db'}")
    migrate(database, "web")
    kept = kept_in(database, home / "pages.key", idle=timedelta(minutes=30), longest=timedelta(hours=10))
    kept.logins.make_secret()
    site = Site(
        kept.sessions, kept.bindings, kept.flows, origin, providers={provider.name: provider for provider in providers}
    )
    return SiteAtWork(club, create_site(club.house, site), kept, home)


def a_provider(issuer: str, name: str = "mitid", *, at_most: Assurance = Assurance.SUBSTANTIAL) -> Provider:
    return Provider(
        name,
        issuer,
        "tillid",
        "a secret of the tests, long enough for HS256",
        "MitID",
        frozenset({For.FAMILY}),
        at_most,
        {Assurance.LOW: LOW, Assurance.SUBSTANTIAL: SUBSTANTIAL},
    )
