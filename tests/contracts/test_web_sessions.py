"""What the pages keep, on both databases: sessions that end for good, logins under way, and which login is whose."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.web.assurance import Assurance
from adapters.web.sessions import Bindings, Choice, Flow, Flows, LoginIsBound, Sessions
from adapters.wiring.kept import Kept, kept_in
from infrastructure.database import Database
from infrastructure.key_providers.private_files import KeyFileRefused
from infrastructure.migrate import migrate
from infrastructure.web_bindings import SecretLost
from infrastructure.web_tables import web_metadata
from tests.postgres import Backend

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALMA, BO = UUID(int=0xA), UUID(int=0xB)
ISSUER, SUBJECT = "https://login.odense-kommune.example", "sub-of-grethe-4711"
UNDER_WAY = Flow("kommune", "nonce", "verifier", Assurance.SUBSTANTIAL, "/leder")
AN_ASSIGNMENT = Choice("red-barnet", UUID(int=0x51))


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.fixture
def kept(backend: Backend, tmp_path: Path) -> Iterator[Kept]:
    database = Database(backend.new_database())
    migrate(database, "web")
    kept = kept_in(database, tmp_path / "web.key", idle=timedelta(minutes=30), longest=timedelta(hours=10))
    kept.logins.make_secret()
    yield kept
    kept.close()


@pytest.fixture
def sessions(kept: Kept) -> Sessions:
    return kept.sessions


@pytest.fixture
def bindings(kept: Kept) -> Bindings:
    return kept.bindings


@pytest.fixture
def flows(kept: Kept) -> Flows:
    return kept.flows


def log_in(sessions: Sessions, actor: UUID | None = ALMA, now: datetime = NOW, **more: object) -> str:
    token, _ = sessions.open(
        now, actor=actor, provider="kommune", assurance=Assurance.SUBSTANTIAL, login=b"l" * 32, **more
    )  # type: ignore[arg-type]
    return token


# Sessions


def test_a_session_is_found_by_its_token_as_it_was_opened(sessions: Sessions) -> None:
    token, opened = sessions.open(NOW, actor=ALMA, provider="kommune", assurance=Assurance.SUBSTANTIAL, login=b"l" * 32)

    assert sessions.find(token, NOW) == opened
    assert (opened.actor, opened.assurance, opened.choice) == (ALMA, Assurance.SUBSTANTIAL, None)
    assert opened.ends == NOW + timedelta(hours=10)
    assert opened.csrf and opened.csrf not in token and token not in opened.csrf


def test_a_token_has_256_bits_and_none_is_adopted_from_outside(sessions: Sessions) -> None:
    tokens = {log_in(sessions) for _ in range(5)}

    assert len(tokens) == 5 and all(len(token) >= 43 for token in tokens)
    assert sessions.find("chosen-by-somebody-else", NOW) is None
    assert sessions.renew("chosen-by-somebody-else", NOW, actor=ALMA, choice=None) is None


def test_a_session_nobody_uses_ends_and_one_in_use_goes_on(sessions: Sessions) -> None:
    forgotten, in_use = log_in(sessions), log_in(sessions)
    for minutes in (20, 40, 60):
        assert sessions.find(in_use, later(minutes)) is not None
    assert sessions.find(forgotten, later(30)) is None
    assert sessions.find(in_use, later(89)) is not None
    assert sessions.find(in_use, later(89 + 30)) is None


def test_however_much_it_is_used_a_session_ends_at_its_limit(sessions: Sessions) -> None:
    token = log_in(sessions)
    for minutes in range(0, 600, 15):
        assert sessions.find(token, later(minutes)) is not None
    assert sessions.find(token, later(600)) is None
    assert sessions.renew(token, later(600), actor=ALMA, choice=None) is None


def test_a_link_may_end_its_session_earlier_and_never_later(sessions: Sessions) -> None:
    soon = log_in(sessions, ends=later(5))
    assert sessions.find(soon, later(4)) is not None
    assert sessions.find(soon, later(5)) is None
    _, long = sessions.open(
        NOW, actor=ALMA, provider="link", assurance=Assurance.LOW, login=None, ends=NOW + timedelta(days=9)
    )
    assert long.ends == NOW + timedelta(hours=10)


def test_a_renewed_session_goes_on_under_a_new_token_only(sessions: Sessions) -> None:
    old = log_in(sessions, actor=None)
    before = sessions.find(old, NOW)

    new = sessions.renew(old, later(1), actor=ALMA, choice=AN_ASSIGNMENT)

    assert new is not None and sessions.find(old, later(1)) is None
    after = sessions.find(new, later(1))
    assert before is not None and after is not None
    assert (after.actor, after.choice, after.session_id) == (ALMA, AN_ASSIGNMENT, before.session_id)
    assert after.ends == before.ends and after.csrf != before.csrf


def test_of_two_that_renew_at_once_one_gets_the_session(sessions: Sessions) -> None:
    token = log_in(sessions)
    gate = threading.Barrier(4)

    def renew(_: int) -> str | None:
        gate.wait(10)
        return sessions.renew(token, NOW, actor=ALMA, choice=None)

    with ThreadPoolExecutor(4) as pool:
        tokens = [each for each in pool.map(renew, range(4)) if each is not None]

    assert len(tokens) == 1 and sessions.find(tokens[0], NOW) is not None


def test_an_ended_session_is_not_brought_back_by_a_request_beside_it(kept: Kept) -> None:
    """The request has found the session; then, before it moves the idle limit, the session is ended."""
    token = log_in(kept.sessions)
    has_read = threading.Event()

    @sa.event.listens_for(kept.database.engine, "after_cursor_execute")
    def notice(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("SELECT web_sessions"):
            has_read.set()

    with ThreadPoolExecutor(1) as pool:
        with kept.database.write():
            kept.sessions.end(token)
            beside = pool.submit(kept.sessions.find, token, later(10))
            assert has_read.wait(10)
        assert beside.result(10) is None

    assert kept.sessions.find(token, later(10)) is None


def test_ending_ends_the_one_session(sessions: Sessions) -> None:
    here, there = log_in(sessions), log_in(sessions)
    sessions.end(here)
    sessions.end("unknown")
    assert sessions.find(here, NOW) is None
    assert sessions.find(there, NOW) is not None


def test_all_sessions_of_an_actor_end_and_nobody_elses(sessions: Sessions) -> None:
    of_alma, of_bo = [log_in(sessions), log_in(sessions)], log_in(sessions, actor=BO)
    assert sessions.end_of(actor=ALMA) == 2
    assert [sessions.find(token, NOW) for token in of_alma] == [None, None]
    assert sessions.find(of_bo, NOW) is not None
    with pytest.raises(ValueError, match="either an actor"):
        sessions.end_of()
    assert sessions.find(of_bo, NOW) is not None


def test_a_logout_at_the_provider_ends_the_sessions_it_began(sessions: Sessions) -> None:
    begun_there, other = log_in(sessions, provider_session="sid-1"), log_in(sessions, provider_session="sid-2")
    moved = sessions.renew(begun_there, NOW, actor=ALMA, choice=AN_ASSIGNMENT)
    assert moved is not None
    assert sessions.end_of(provider_session="sid-1") == 1
    assert sessions.find(moved, NOW) is None
    assert sessions.find(other, NOW) is not None


def test_everybody_can_be_logged_out_at_once(kept: Kept) -> None:
    tokens = [log_in(kept.sessions), log_in(kept.sessions, actor=BO), log_in(kept.sessions, actor=None)]
    assert kept.sessions.end_all() == 3
    assert [kept.sessions.find(token, NOW) for token in tokens] == [None] * 3


def test_what_is_over_is_taken_out_and_what_runs_is_not(kept: Kept) -> None:
    log_in(kept.sessions)
    runs = log_in(kept.sessions, now=later(20))
    kept.flows.put("state", UNDER_WAY, later(10))
    assert kept.purge(later(35)) == 2
    assert kept.purge(later(35)) == 0
    assert kept.sessions.find(runs, later(35)) is not None


# Logins under way


def test_a_login_under_way_is_taken_once(flows: Flows) -> None:
    flows.put("state", UNDER_WAY, later(10))
    assert flows.take("another", NOW) is None
    assert flows.take("state", later(9)) == UNDER_WAY
    assert flows.take("state", later(9)) is None


def test_a_login_that_took_too_long_is_over(flows: Flows) -> None:
    flows.put("state", UNDER_WAY, later(10))
    assert flows.take("state", later(10)) is None


def test_logins_that_were_given_up_do_not_pile_up(kept: Kept) -> None:
    for minute in range(0, 300, 10):
        kept.flows.put(f"state of {minute}", UNDER_WAY, later(minute + 10))
    with kept.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM web_flows").scalar_one() == 6


# Bindings


def test_a_login_that_is_bound_leads_to_its_actor_until_it_is_unbound(bindings: Bindings) -> None:
    first, second = bindings.digest(ISSUER, SUBJECT), bindings.digest("https://mitid.example", SUBJECT)
    assert bindings.actor_of(first) is None
    for login in (first, second, first):
        bindings.bind(login, ALMA, NOW)
    assert bindings.actor_of(first) == bindings.actor_of(second) == ALMA
    assert bindings.unbind(ALMA) == 2
    assert bindings.actor_of(first) is None
    bindings.bind(first, BO, NOW)
    assert bindings.actor_of(first) == BO


def test_a_login_is_one_actors(bindings: Bindings) -> None:
    login = bindings.digest(ISSUER, SUBJECT)
    bindings.bind(login, ALMA, NOW)
    with pytest.raises(LoginIsBound):
        bindings.bind(login, BO, NOW)
    assert bindings.actor_of(login) == ALMA


def test_a_digest_tells_apart_where_the_issuer_ends(bindings: Bindings, kept: Kept, tmp_path: Path) -> None:
    assert bindings.digest(ISSUER, SUBJECT) == bindings.digest(ISSUER, SUBJECT)
    assert len({bindings.digest(*pair) for pair in (("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc"))}) == 4
    elsewhere = kept_in(kept.database, tmp_path / "other.key", idle=timedelta(1), longest=timedelta(1))
    elsewhere.logins.make_secret()
    assert elsewhere.bindings.digest(ISSUER, SUBJECT) != bindings.digest(ISSUER, SUBJECT)


def test_the_secret_is_made_once_for_its_owner_alone(kept: Kept, tmp_path: Path) -> None:
    secret = tmp_path / "web.key"
    made = secret.read_bytes()
    kept.logins.make_secret()
    assert secret.read_bytes() == made and len(made) == 32
    assert secret.stat().st_mode & 0o777 == 0o600

    secret.chmod(0o640)
    with pytest.raises(KeyFileRefused, match=r"web\.key"):
        kept.bindings.digest(ISSUER, SUBJECT)


def test_a_lost_secret_is_not_replaced_while_logins_are_bound_with_it(kept: Kept, tmp_path: Path) -> None:
    kept.bindings.bind(kept.bindings.digest(ISSUER, SUBJECT), ALMA, NOW)
    (tmp_path / "web.key").unlink()
    with pytest.raises(SecretLost):
        kept.logins.make_secret()
    kept.bindings.unbind(ALMA)
    kept.logins.make_secret()
    assert (tmp_path / "web.key").exists()


# What its thief reads


def test_neither_a_token_nor_a_login_as_it_was_said_is_in_the_database(kept: Kept, tmp_path: Path) -> None:
    login = kept.bindings.digest(ISSUER, SUBJECT)
    kept.bindings.bind(login, ALMA, NOW)
    token = log_in(kept.sessions, provider_session="sid-of-the-provider")
    renewed = kept.sessions.renew(token, NOW, actor=ALMA, choice=AN_ASSIGNMENT)
    found = kept.sessions.find(renewed or "", NOW)
    kept.flows.put("state-of-a-login", UNDER_WAY, later(10))

    written = all_bytes(kept.database, tmp_path)

    assert found is not None and renewed is not None
    assert b"kommune" in written and AN_ASSIGNMENT.realm.encode() in written and login in written
    for said in (ISSUER, SUBJECT, token, renewed, found.csrf, "state-of-a-login", "sid-of-the-provider"):
        assert said.encode() not in written
    assert (tmp_path / "web.key").read_bytes() not in written


def all_bytes(database: Database, folder: Path) -> bytes:
    """Every file of a database that lies in files, and every value of one on a server."""
    if not database.is_postgresql:
        return b"".join(path.read_bytes() for path in folder.glob("*.db*"))
    with database.read() as connection:
        rows = [row for table in web_metadata.sorted_tables for row in connection.execute(sa.select(table))]
    return b"\0".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
