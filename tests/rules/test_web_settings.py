"""What the settings may say of the pages, and what is refused in words before anybody is served."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.cli.running import app_of
from adapters.web.assurance import Assurance
from adapters.wiring import Settings, SettingsRefused, build, create, doctor
from adapters.wiring.kept import open_kept
from adapters.wiring.pages import site_of
from domain.people import Role
from infrastructure.settings import read

REALM = '[realms.red-barnet]\nkind = "red_barnet"\n'
PROVIDER = """
[web.providers.kommunen]
issuer = "https://login.kommune.example"
client_id = "tillid"
client_secret_file = "kommunen.secret"
label = "Kommunens login"
for = ["municipality"]
max_assurance = "substantial"
"""


def settings(folder: Path, web: str, *, before: str = "") -> Settings:
    written = folder / "tillid.toml"
    written.write_text(f"{before}\n{REALM}\n{web}", "utf-8")
    return read(written)


def secret(folder: Path, words: str = "a secret of the client", mode: int = 0o600) -> None:
    path = folder / "kommunen.secret"
    path.write_text(words, "utf-8")
    path.chmod(mode)


def test_without_a_web_part_only_the_api_is_served(tmp_path: Path) -> None:
    assert settings(tmp_path, "").web is None


def test_what_is_not_said_is_kept_under_home(tmp_path: Path) -> None:
    web = settings(tmp_path, '[web]\norigin = "https://tillid.example/"', before='home = "data"').web
    assert web is not None
    assert (web.origin, web.sessions) == ("https://tillid.example", f"sqlite:///{tmp_path / 'data' / 'web.db'}")
    assert web.secret == tmp_path / "data" / "web.key"
    assert (web.idle, web.longest) == (timedelta(minutes=30), timedelta(hours=10))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("https://Tillid.Example:443", "https://tillid.example"),
        ("https://tillid.example:8443", "https://tillid.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(tmp_path: Path, said: str, meant: str) -> None:
    web = settings(tmp_path, f'[web]\norigin = "{said}"').web
    assert web is not None and web.origin == meant


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("idle_minutes = 30", "web.origin is the public address"),
        ('origin = "tillid.example"', "web.origin is the public address"),
        ('origin = "https://tillid.example/pages"', "web.origin is the public address"),
        ('origin = "https://tillid.example?x=1"', "web.origin is the public address"),
        ('origin = "https://user:word@tillid.example"', "web.origin is the public address"),
        ('origin = "https://tillid.example:port"', "web.origin is the public address"),
        ('origin = "http://tillid.example"', "web.origin begins with https"),
        ('origin = "http://127.0.0.1.example.org"', "web.origin begins with https"),
        ('origin = "https://t.example"\nidle = 3', "web: unknown settings: idle"),
        ('origin = "https://t.example"\nidle_minutes = 0', "web.idle_minutes is a whole number from 1 to 720"),
        ('origin = "https://t.example"\nsession_hours = 25', "web.session_hours is a whole number from 1 to 24"),
        ('origin = "https://t.example"\nsession_hours = true', "web.session_hours is a whole number"),
        ('origin = "https://t.example"\nidle_minutes = 90\nsession_hours = 1', "no longer than session_hours"),
        ('origin = "https://t.example"\nsessions = 1', "web.sessions is the URL of a database"),
        ('origin = "https://t.example"\nproviders = 1', "web.providers is a table"),
        ('origin = "https://t.example"\nlevels = "high"', "web.levels is a table"),
        ('origin = "https://t.example"\n[web.providers]\nx = 1', "web.providers: a table for each"),
        (
            'origin = "https://t.example"\n[web.providers.x]\nclient_secret = "hush"\nclient_secret_file = "x"',
            "web.providers.x: client_secret_file names the file",
        ),
        ('origin = "https://t.example"\n[web.providers.x]\nissuer = "i"', "web.providers.x: client_secret_file"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(tmp_path: Path, lines: str, why: str) -> None:
    with pytest.raises(SettingsRefused, match=re.escape(why)) as refused:
        settings(tmp_path, f"[web]\n{lines}")
    assert "hush" not in str(refused.value) and "word" not in str(refused.value)


def test_production_has_no_pages_without_https(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="not in production"):
        settings(tmp_path, '[web]\norigin = "http://127.0.0.1:8000"', before="production = true")


def test_sessions_lie_in_no_realms_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'red-barnet' / 'keys.sqlite'}"
    with pytest.raises(SettingsRefused, match=r"web\.sessions: a database of its own"):
        settings(tmp_path, f'[web]\norigin = "https://t.example"\nsessions = "{url}"')


def test_a_site_is_made_of_what_was_said_and_nobody_is_picked_on_it(tmp_path: Path) -> None:
    secret(tmp_path)
    lines = f'[web]\norigin = "https://t.example"\n[web.levels]\nvolunteer = "substantial"\n{PROVIDER}'
    told = settings(tmp_path, lines)
    create(told)
    assert told.web is not None
    kept = open_kept(told.web)
    site = site_of(told.web, kept)

    assert site.secure and site.picker is None
    assert (site.origin, set(site.providers)) == ("https://t.example", {"kommunen"})
    assert site.providers["kommunen"].client_secret == "a secret of the client"
    assert site.levels == {Role.VOLUNTEER: Assurance.SUBSTANTIAL}
    kept.close()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (PROVIDER.replace("https://login", "http://login"), "web.providers.kommunen.issuer is an address with https"),
        (PROVIDER.replace("kommunen.secret", "none.secret"), "web.providers.kommunen.client_secret_file"),
        ('[web.levels]\nleader = "low"', "web.levels.leader is at least substantial"),
        ('[web.levels]\nking = "low"', "web.levels: there is no role"),
    ],
)
def test_what_only_the_login_understands_is_refused_as_plainly(tmp_path: Path, lines: str, why: str) -> None:
    secret(tmp_path)
    told = settings(tmp_path, f'[web]\norigin = "https://t.example"\n{lines}')
    create(told)
    assert told.web is not None
    kept = open_kept(told.web)
    with pytest.raises(SettingsRefused, match=re.escape(why)):
        site_of(told.web, kept)
    kept.close()
    found = {what: (well, words) for what, well, words in doctor(told)}
    assert found["web: settings"][0] is False and why in found["web: settings"][1]


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret(tmp_path, mode=0o644)
    told = settings(tmp_path, f'[web]\norigin = "https://t.example"\n{PROVIDER}')
    create(told)
    assert told.web is not None
    kept = open_kept(told.web)
    with pytest.raises(SettingsRefused, match=r"kommunen\.secret must be a file of the user's own, mode 0600"):
        site_of(told.web, kept)
    kept.close()


def test_serve_serves_the_pages_where_the_settings_say_their_address_and_the_api_in_any_case(tmp_path: Path) -> None:
    secret(tmp_path)
    for number, web in enumerate(("", f'[web]\norigin = "http://localhost"\n{PROVIDER}')):
        told = settings(tmp_path, web)
        with closing(build(told)) as house:
            client = app_of(told, house).test_client()
            answers = [client.get(path).status_code for path in ("/", "/api/v1/openapi.json")]
        assert answers == [(404, 200)[number], 200]


def test_what_the_pages_keep_is_its_owners_alone(tmp_path: Path) -> None:
    told = settings(tmp_path, '[web]\norigin = "https://t.example"')
    create(told)
    create(told)
    assert told.web is not None
    with closing(open_kept(told.web)) as kept:
        kept.sessions.open(
            datetime(2026, 3, 2, tzinfo=UTC), actor=None, provider="x", assurance=Assurance.LOW, login=None
        )
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("web*")}
    assert modes.keys() >= {"web.db", "web.db-wal", "web.key"} and set(modes.values()) == {0o600}


def test_the_doctor_says_that_the_pages_are_well(tmp_path: Path) -> None:
    secret(tmp_path)
    told = settings(tmp_path, f'[web]\norigin = "https://t.example"\n{PROVIDER}')
    create(told)

    found = {what: (well, words) for what, well, words in doctor(told) if what.startswith("web: ")}

    assert {what: well for what, (well, _) in found.items()} == {
        "web: origin": True, "web: schema": True, "web: secret": True, "web: providers": True,
    }  # fmt: skip
    assert found["web: providers"][1] == "kommunen"
    (tmp_path / "web.key").chmod(0o644)
    found = {what: (well, words) for what, well, words in doctor(told)}
    assert "web.key must be a file of the user's own" in found["web: settings"][1]
