"""A data protection officer in a real browser: who read a note by keyboard alone, an erasure on a telephone, every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from application.breaches import NoticeBreach
from application.checks import AnnounceDraw, MakeDraw
from application.desk import Asker
from application.holds import PlaceHold
from application.reading import leader as reading
from application.rights import CheckIdentity, ReceiveRequest
from domain.errors import Refusal
from domain.people import Role
from gdpr.breach_facts import Nature
from gdpr.retention_facts import HoldGround
from gdpr.rights_facts import Right
from tests.browser.keyboard import reach, walk
from tests.browser.looking import HEIGHT, TELEPHONE, check, check_in_both
from tests.browser.served import let_in, served
from tests.club_at_work import CLUB, COORDINATOR, FIRST_EVENING, LEADER, OFFICER, VOLUNTEER
from tests.pages_at_work import PagesAtWork, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    """A club where the leader read, somebody tried in vain, a check is drawn, and an erasure, a breach and a hold are open."""
    made = pages_at_work(tmp_path_factory.mktemp("officer"))
    club, ids = made.club, made.club.ids

    def does(command: object) -> UUID:
        answer = club.does(OFFICER, Role.OFFICER, command)
        return UUID(next(str(value) for name, value in answer.items() if name.endswith("_id")))

    ids["draw"] = does(AnnounceDraw(since=None, until=None))
    reading.part(Asker(LEADER, Role.LEADER, uuid4()), ids["trouble"], club.desk())
    for _ in range(3):
        with pytest.raises(Refusal):
            reading.part(Asker(COORDINATOR, Role.LEADER, uuid4()), ids["trouble"], club.desk())
    club.clock.set(FIRST_EVENING + timedelta(days=1))
    club.house.tend()
    does(MakeDraw(draw_id=ids["draw"]))
    for name, right in (("erasure", Right.ERASURE), ("access", Right.ACCESS)):
        ids[name] = does(ReceiveRequest(right=right, subject=ids["father"], asked_by=ids["father"]))
        does(CheckIdentity(request_id=ids[name], how="Mødt op"))
    ids["breach"] = does(
        NoticeBreach(what="En liste blev glemt", natures=(Nature.CONFIDENTIALITY,), aware_at=FIRST_EVENING)
    )
    ids["hold"] = does(
        PlaceHold(
            subject=ids["mother"], compartments=("contact",), ground=HoldGround.LEGAL_CLAIM, reason="En sag",
            review_on=(FIRST_EVENING + timedelta(days=90)).date(),
        )
    )  # fmt: skip
    yield made
    club.house.close()


@pytest.fixture(scope="module")
def address(site: PagesAtWork) -> Iterator[str]:
    with served(site.app) as address:
        yield address


@pytest.fixture
def officer(page: Page, site: PagesAtWork, address: str) -> Page:
    let_in(page.context, site.visitor(OFFICER, CLUB, "officer").client, address)
    page.goto(f"{address}/{CLUB}/officer/")
    return page


def test_the_pages_an_officer_works_on_are_as_they_should_be(officer: Page, site: PagesAtWork) -> None:
    ids, base = site.club.ids, officer.url
    for name, there in {
        "overview": "",
        "readings": f"readings?part={ids['trouble']}",
        "past": "past?role=volunteer&on=2026-09-01",
        "draw": f"checks/{ids['draw']}",
        "case-erasure": f"cases/{ids['erasure']}",
        "erasure": f"cases/{ids['erasure']}/erasure",
        "breach": f"breaches/{ids['breach']}",
        "log": "log",
    }.items():
        check_in_both(officer, f"{base}{there}", f"officer-{name}")


def test_every_other_page_is_as_it_should_be_in_both_languages(officer: Page, site: PagesAtWork) -> None:
    ids, base = site.club.ids, officer.url
    for number, there in enumerate((
        "readings?subject=xx", f"past/part?part={ids['practical']}&role=volunteer&on=2026-09-01", "alarms", "checks",
        "without-consent?since=2026-08-01&until=2026-09-30", "cases", f"cases/new?family={ids['family']}",
        f"cases/{ids['access']}", f"cases/{ids['access']}/release", f"cases/{ids['access']}/extension", "breaches",
        f"blast-radius?actor={VOLUNTEER}&since=2026-08-20", "records", "matrix", "roles", "retention?on=2028-01-01",
        f"holds/{ids['hold']}",
    )):  # fmt: skip
        check_in_both(officer, f"{base}{there}", f"officer-more-{number}")


def test_who_read_a_part_of_a_note_is_found_without_a_mouse(officer: Page, site: PagesAtWork) -> None:
    """Scenario 8: the officer is told who and when, in which role, and never what it says; then the log is verified."""
    assert "Hvem har læst hvad" in walk(officer)
    officer.reload()
    reach(officer, "Hvem har læst hvad")
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Hvem har læst hvad")
    officer.evaluate("() => { window.tillidBefore = undefined; }")
    reach(officer, "Del af en note eller en sag (kan udelades)")
    officer.keyboard.type(str(site.club.ids["trouble"]))
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("row", name="Fik nej").first).to_contain_text("mangler: leder forløbet")
    officer.goto(officer.url.partition("readings")[0])
    reach(officer, "Loggen")
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Loggen")
    officer.evaluate("() => { window.tillidBefore = undefined; }")
    reach(officer, "Efterprøv loggen nu")
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("status")).to_contain_text(re.compile(r"Loggen er hel: \d+ linjer"))
    check(officer, "officer-verified")


def test_an_erasure_on_a_telephone_asks_once_more_and_shows_what_went(officer: Page, site: PagesAtWork) -> None:
    """Scenario 9: what goes, what stays and what no erasure reaches stand on a page of their own before anything goes."""
    officer.set_viewport_size({"width": TELEPHONE, "height": HEIGHT})
    officer.goto(f"{officer.url}cases/{site.club.ids['erasure']}")
    officer.get_by_role("link", name="Gå videre til sletningen").click()
    expect(officer.get_by_role("heading", name="Det kan ingen sletning nå")).to_be_visible()
    officer.get_by_role("button", name="Slet nu").click()
    expect(officer.get_by_role("status")).to_have_text("Sletningen er gennemført.")
    check(officer, "officer-receipt")
