"""No personal word of a lived story is in any byte that the register wrote: databases, logs, exports, errors, copies (SYS-02)."""

from __future__ import annotations

import base64
import logging
import shutil
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from adapters.drill.search import files_under, forms, found_in
from adapters.wiring import House
from adapters.wordings import danish
from application import checks, consents, families, holds, introductions, referrals, rights
from application.consents import Answer
from application.reading import checks as checking
from application.reading import leader, municipality, volunteer
from application.reading import retention as reading_retention
from domain.lists import PartKind, Purpose, UnitKind
from domain.people import Caregiver
from gdpr.checks_facts import Finding
from gdpr.retention_facts import HoldGround
from gdpr.rights_facts import Right
from tests.house import CLUB, TOWN, a_house, digests, meddling, rebuilt
from tests.living import (
    CLUB_NAME,
    DIGITS,
    GIVEN_NAMES,
    HOW,
    SAID,
    SEPTEMBER_23,
    STEM,
    TELEPHONES,
    UNIT_NAME,
    Life,
    a_story,
)
from tests.postgres import Backend, Postgres, TempPostgres
from tests.privacy.asking import everything
from tests.privacy.wanted_words import BEGINNINGS, CODES, rows_of

CONTROLS = (CLUB_NAME, UNIT_NAME, danish.WORDS[Purpose.SMS_REMINDERS])
"""Words that are nobody's, and that the same search must find."""


@pytest.fixture
def all_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that is logged while it lasts, by anybody, SQL and the rows it answers with included."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "eventsourcing", "alembic", "psycopg"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


@pytest.fixture
def server(backend: Backend, request: pytest.FixtureRequest) -> Iterator[TempPostgres | None]:
    """The server whose data folder may be read: that of the run if it is our own, else one more."""
    if backend.name == "sqlite":
        yield None
        return
    shared: Postgres = request.getfixturevalue("postgres")
    if isinstance(shared, TempPostgres):
        yield shared
        return
    own = TempPostgres()
    yield own
    own.close()


def test_nothing_that_was_typed_in_about_anybody_lies_anywhere_in_clear(
    backend: Backend, server: TempPostgres | None, tmp_path: Path, all_logged: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    if server is not None:
        backend = Backend("postgresql", lambda: server.url(server.create_database()))
    house = a_house(backend, home)
    life = a_story(house)
    go_on(life)
    refused = provoke(life)
    export = tmp_path / "export"
    for name, realm in house.realms.items():
        realm.log.checkpoint()
        realm.log.export(export / name)
    before = digests(house)
    assert rebuilt(house) == before
    shutil.copytree(home, tmp_path / "copied while it runs")
    written = dict(files_under(tmp_path))
    pages = {} if server is None else pages_of(server, house)
    written |= {} if server is None else dict(rows_of(urls_of(house)))
    house.close()
    written |= {f"{path} after closing": data for path, data in files_under(home)}

    logged = "\n".join(f"{record.getMessage()} {record.args!r} {record.exc_text}" for record in all_logged.records)
    written |= {"log records": logged.encode(), "refusals and faults": "\n".join(refused).encode()}
    once = {data: where for where, data in written.items()}
    leaks = {where: found for data, where in once.items() if (found := found_in(data, (*BEGINNINGS, *CODES)))}
    # In the server's own pages the words typed in are enough: what was chosen from lists would stand in the rows too.
    leaks |= {where: found for where, data in pages.items() if (found := found_in(data, BEGINNINGS))}
    assert leaks == {}
    for word in CONTROLS:
        assert any(found_in(data, [word]) for data in once), f"the search does not even find {word!r}"
        assert not pages or any(word.encode() in data for data in pages.values()), f"{word!r} is not in the pages"
    assert "INSERT INTO" in logged or "COMMIT" in logged, "the statements were logged"
    assert len(refused) > 15


def go_on(life: Life) -> None:
    """What the story lacks: a correction, a new number, searches, prints, a withdrawal, an erasure."""
    ids = life.ids
    for who in ("leader", "volunteer", "town's coordinator"):
        everything(life, who)
    volunteer.evening(life.asker("volunteer"), ids["course"], life.desk(), printed=True)
    life.does(
        "referrer",
        families.ChangeContact(
            family_id=ids["family"], person_id=ids["mother"], telephone=TELEPHONES["new"], address=f"{STEM}vej 3"
        ),
        TOWN,
    )
    life.does(
        "leader",
        introductions.ChangeTelephone(
            course_id=ids["course"], family_id=ids["family"], person_id=ids["mother"], telephone=TELEPHONES["new"]
        ),
    )
    draw_id = UUID(life.does("officer", checks.AnnounceDraw())["draw_id"])
    life.clock.set(SEPTEMBER_23)
    life.does("officer", checks.MakeDraw(draw_id=draw_id))
    drawn = checking.draw(life.asker("officer"), life.desk(), draw_id=draw_id)["drawn"][0]["seq"]
    found = checks.RecordFinding(draw_id=draw_id, seq=drawn, finding=Finding.MISUSE, words=f"{STEM} så sin nabo")
    life.does("officer", found)
    life.withdraws(ids["consent to presentation"])
    life.is_erased("father")
    life.is_erased("mother of C", TOWN)
    hold = holds.PlaceHold(
        subject=ids["girl"], compartments=("roster",), ground=HoldGround.LEGAL_CLAIM, reason=f"{STEM}sag for retten",
        review_on=date(2027, 1, 1),
    )  # fmt: skip
    reading_retention.hold(life.asker("officer"), UUID(life.does("officer", hold)["hold_id"]), life.desk())
    life.house.tend()


def provoke(life: Life) -> list[str]:
    """Refusals and faults of many kinds, as a log or a terminal would show them."""
    ids = life.ids
    long_name, odd_number, cpr = STEM * 30, f"{DIGITS}0123456789", f"{STEM} 010190-1234"
    adult = families.AdultTyped(
        given_name=STEM, family_name=STEM, caregiver=Caregiver.MOTHER, household="a", telephone=DIGITS + "05"
    )
    child = families.ChildTyped(given_name=STEM, birth_month="2024-01", households=("a",))

    def registers(**changed: Any) -> Callable[[], Any]:
        said: dict[str, Any] = {"adults": (adult,), "children": (child,)} | changed
        command = families.RegisterFamily(
            told_on=life.clock.today(), said_yes=True, answered_on=life.clock.today(), **said
        )
        return lambda: life.does("referrer", command, TOWN)

    def tries(**changed: Any) -> families.AdultTyped:
        return families.AdultTyped(
            **{"given_name": STEM, "family_name": STEM, "caregiver": Caregiver.OTHER, "household": "a"} | changed
        )

    def tells(words: str, about: str = "mother") -> Callable[[], Any]:
        statement = introductions.StatementTyped(told_by=ids["mother"], about=ids[about], words=words)
        command = introductions.WritePart(
            course_id=ids["course"], family_id=ids["family"], kind=PartKind.NEEDS, statements=(statement,)
        )
        return lambda: life.does("leader", command)

    attempts: list[Callable[[], Any]] = [
        registers(adults=(tries(given_name=long_name),)),
        registers(adults=(tries(telephone=odd_number),)),
        registers(adults=(tries(address=cpr),)),
        registers(children=(families.ChildTyped(given_name=STEM, birth_month=STEM, households=("a",)),)),
        registers(children=(families.ChildTyped(given_name=STEM, birth_month="2024-01", households=(STEM,)),)),
        registers(language=long_name),
        tells(cpr),
        tells(STEM * 600),
        tells(f"{STEM}\x00"),
        tells(SAID["by the father"], "father"),
        lambda: life.does(
            "referrer",
            referrals.ReferFamily(
                family_id=ids["family"], channel=UnitKind.HEALTH_VISITING, profession=STEM,  # type: ignore[arg-type]
                grounds=referrals.GroundsTyped(criteria=((STEM, None),), judgements={}, able_to_take_part=True),
            ),
            TOWN,
        ),
        lambda: municipality.search(life.asker("town's coordinator"), life.desk(TOWN), name=STEM[0]),
        lambda: municipality.search(life.asker("leader"), life.desk(TOWN), name=GIVEN_NAMES["mother"]),
        lambda: leader.note(life.asker("coordinator"), ids["course"], ids["family"], life.desk()),
        lambda: life.answers(Purpose.SHARE_WITH_VOLUNTEERS, Answer.YES, "by the father"),
        lambda: life.does("leader", consents.WithdrawConsent(consent_id=ids["course"])),
        lambda: life.does(
            "officer", rights.ReceiveRequest(right=Right.ERASURE, subject=ids["mother"], asked_by=ids["father"], told=STEM)
        ),
        lambda: life.does("officer", rights.CheckIdentity(request_id=ids["course"], how=HOW)),
        lambda: tampered(life),
    ]  # fmt: skip
    return [said for attempt in attempts if (said := what_is_shown(attempt))]


def what_is_shown(attempt: Callable[[], Any]) -> str:
    try:
        attempt()
    except Exception as error:
        links: list[str] = []
        at: BaseException | None = error
        while at is not None:
            links += [str(at), repr(at), repr(at.args), repr(getattr(at, "facts", "")), repr(getattr(at, "field", ""))]
            at = at.__cause__ or at.__context__
        # Without the lines of code: those of this test name what it types in.
        frames = traceback.TracebackException.from_exception(error, lookup_lines=False)
        return "\n".join([*links, str(frames)])
    return ""


def tampered(life: Life) -> None:
    """One byte of a sealed name is another, and the leader looks at it."""
    realm = life.house.realms[CLUB]
    postgresql = realm.database.is_postgresql
    mark, mother = ("%s", life.ids["mother"]) if postgresql else ("?", life.ids["mother"].hex)
    with meddling(realm.settings.register) as connection:
        name = connection.exec_driver_sql(
            f"SELECT given_name FROM view_club_member WHERE person_id = {mark}", (mother,)
        ).scalar_one()
        flipped = bytearray(name)
        flipped[60] ^= 1
        text = f"UPDATE view_club_member SET given_name = {mark} WHERE person_id = {mark}"
        connection.exec_driver_sql(text, (bytes(flipped), mother))
    try:
        leader.course(life.asker("leader"), life.ids["course"], life.desk())
    finally:
        with meddling(realm.settings.register) as connection:
            connection.exec_driver_sql(text, (name, mother))


def urls_of(house: House) -> list[str]:
    settings = [realm.settings for realm in house.realms.values()]
    return [url for one in settings for url in (one.register, one.keys, one.log)]


def pages_of(server: TempPostgres, house: House) -> dict[str, bytes]:
    """The server's own files, write-ahead log and messages included, after it has written down all it has in memory."""
    with server.connect() as connection:
        connection.execute("CHECKPOINT")
        names = list({url.rpartition("/")[2].partition("?")[0] for url in urls_of(house)})
        found = connection.execute("SELECT oid FROM pg_database WHERE datname = ANY(%s)", (names,)).fetchall()
    assert len(found) == len(names)
    ours = [server.data / "base" / str(oid) for (oid,) in found]
    files = files_under(*ours, server.data / "pg_wal", server.data / "global", server.data / "log")
    once = {data: path for path, data in files} | {(server.root / "log").read_bytes(): "the server's messages"}
    return {path: data for data, path in once.items()}


@pytest.mark.parametrize("word", [STEM, DIGITS, "Trang økonomi", CLUB_NAME])
def test_the_search_finds_a_word_in_every_form_wherever_it_falls(word: str) -> None:
    for before in (b"", b"x", b"xy"):
        data = before + word.encode() + b"rest"
        for form in (
            data, data.decode().encode("utf-16-le"), data.decode().encode("utf-16-be"), data.hex().encode(),
            data.hex().upper().encode(), _b64(data), _b64(data.decode().encode("utf-16-le")), _url64(data),
        ):  # fmt: skip
            assert found_in(b"\xff" + form + b"\xff", [word]), f"not found with {before!r} before it"
    assert found_in(word.lower().encode(), [word])
    assert not found_in(b"nothing of the kind" * 50, [word])
    assert min(map(len, forms(word))) >= 8


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data)


def _url64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data)
