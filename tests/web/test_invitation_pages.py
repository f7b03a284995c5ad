"""From the code on paper to the own record: logged in, typed, bound; and a link that opens a visit with one press."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from werkzeug.test import Client, TestResponse

from adapters.web.assurance import Assurance
from adapters.web.sessions import LINK, Session
from application.desk import Asker
from application.reading import own
from domain.people import Role
from tests.api_at_work import Caller
from tests.club_at_work import CLUB, FIRST_EVENING, LEADER, MIDWIFE, VOLUNTEER
from tests.login.site_at_work import SAME_ORIGIN, SiteAtWork, a_provider, a_site
from tests.pages_at_work import hidden_fields
from tests.privacy.test_invitations import adult, link, without_access

ORIGIN = "http://localhost"
PROVIDER = a_provider("https://mitid.example")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteAtWork]:
    site = a_site(tmp_path_factory.mktemp("site"), ORIGIN, [PROVIDER])
    without_access(site.club)
    yield site
    site.club.house.close()
    site.kept.close()


@pytest.fixture
def site(shared: SiteAtWork) -> SiteAtWork:
    """Each test has logins of its own; what was typed wrongly before is forgotten."""
    shared.club.clock.set(FIRST_EVENING)
    shared.app.limiter.reset()  # type: ignore[attr-defined]
    return shared


@dataclass
class Browser:
    """Somebody's browser, logged in by a subject of the provider or not at all."""

    site: SiteAtWork
    client: Client

    @property
    def here(self) -> Session | None:
        cookie = self.client.get_cookie("session")
        return self.site.kept.sessions.find(cookie.value, self.site.club.clock.now()) if cookie else None

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def types(self, code: str) -> TestResponse:
        return self.presses("/invitation", {"code": code})

    def presses(self, path: str, typed: dict[str, str] | None = None) -> TestResponse:
        filled = hidden_fields(self.get(path).text, path)
        return self.client.post(filled.pop("action"), data=filled | (typed or {}), headers=SAME_ORIGIN)


def a_browser(site: SiteAtWork, subject: str | None = None) -> Browser:
    client = site.app.test_client()
    if subject is not None:
        login = site.kept.bindings.digest(PROVIDER.issuer, subject)
        now, known = site.club.clock.now(), site.kept.bindings.actor_of(login)
        token, _ = site.kept.sessions.open(
            now, actor=known, provider=PROVIDER.name, assurance=Assurance.SUBSTANTIAL, login=login
        )
        client.set_cookie("session", token)
    return Browser(site, client)


def test_a_parent_types_the_code_once_and_afterwards_the_login_is_enough(site: SiteAtWork) -> None:
    code = adult(site.club)
    mother = a_browser(site, "mette 0")
    sent = mother.get("/")
    assert (sent.status_code, sent.headers["Location"]) == (303, "/invitation")

    before = mother.client.get_cookie("session")
    done = mother.types(code.lower().replace("-", " "))
    assert (done.status_code, done.headers["Location"]) == (303, "/")
    assert mother.here is not None and mother.here.actor is not None
    assert before is not None and site.kept.sessions.find(before.value, site.club.clock.now()) is None, "a new token"
    held = Asker(mother.here.actor, Role.FAMILY, uuid4(), person_id=site.club.ids["mother"])
    assert own.own_data(held, site.club.desk())

    later = a_browser(site, "mette 0")
    assert later.here is not None and later.here.actor == mother.here.actor
    leader = Caller(site.app, site.club.house.identity.token_for(LEADER), f"{CLUB}/leader")
    lines = leader.get(f"courses/{site.club.ids['course']}/invitations").get_json()
    state = {line["person_id"]: (line["state"], line["has_access"]) for line in lines}
    assert state[str(site.club.ids["mother"])] == ("taken", True)


def test_another_login_with_the_same_code_is_refused_and_bound_to_nobody(site: SiteAtWork) -> None:
    code = adult(site.club)
    a_browser(site, "mette 1").types(code)
    other = a_browser(site, "somebody who found the letter")
    is_refused_at_the_code(other.types(code), 422)
    assert other.here is not None and other.here.actor is None
    assert other.get("/").headers["Location"] == "/invitation"


def test_a_code_that_is_over_or_closed_or_made_up_has_one_answer(site: SiteAtWork) -> None:
    older = adult(site.club)
    over = adult(site.club)
    site.club.clock.set(site.club.clock.now() + timedelta(days=15))
    answers = {
        is_refused_at_the_code(a_browser(site, "mette 2").types(code), 422) for code in (older, over, "x", "7" * 16)
    }
    assert len(answers) == 1
    assert a_browser(site, "mette 2").types("  ").text.count("Skriv koden fra din invitation.") == 2


def test_a_crash_before_the_login_is_bound_costs_typing_the_code_again(site: SiteAtWork) -> None:
    code, mother = adult(site.club), a_browser(site, "mette 3")
    mother.types(code)
    assert mother.here is not None and mother.here.actor is not None
    actor = mother.here.actor
    site.kept.bindings.unbind(actor)  # as it is when the process died between the two
    again = a_browser(site, "mette 3")
    assert again.types(code).status_code == 303
    assert again.here is not None and again.here.actor == actor


def test_a_new_code_moves_the_access_to_a_new_login_and_the_old_one_is_out(site: SiteAtWork) -> None:
    old, new = a_browser(site, "old 4"), a_browser(site, "new 4")
    old.types(adult(site.club))
    assert old.here is not None
    actor = old.here.actor
    new.types(adult(site.club))
    assert new.here is not None and new.here.actor == actor
    assert old.here is None
    assert a_browser(site, "old 4").get("/").headers["Location"] == "/invitation"


def test_a_login_that_is_somebodys_takes_no_other_access(site: SiteAtWork) -> None:
    site.bind(PROVIDER, "vibeke", VOLUNTEER)
    code, volunteer = adult(site.club), a_browser(site, "vibeke")
    is_refused_at_the_code(volunteer.types(code), 409)
    assert a_browser(site, "mette 5").types(code).status_code == 303, "the code was not used up"


def test_after_five_wrong_codes_of_one_login_none_is_looked_at_and_no_code_is_written_down(
    site: SiteAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    code = adult(site.club)
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            is_refused_at_the_code(a_browser(site, "mette 6").types("7K0Q-M1XD-93TA-VW1H"), 422)
        is_refused_at_the_code(a_browser(site, "mette 6").types(code), 429)
    assert "wrong code, attempts left=0" in caplog.text
    assert "7K0Q" not in caplog.text
    assert code[:9] not in caplog.text
    assert a_browser(site, "another 6").types(code).status_code == 303


def test_who_is_not_logged_in_is_told_to_do_that_first(site: SiteAtWork) -> None:
    page = a_browser(site).get("/invitation")
    assert page.status_code == 200
    assert 'href="/login?next=/invitation"' in page.text
    assert "<form" not in page.text.split("<main")[1]


@pytest.mark.parametrize(
    ("language", "heading"), [("da", "Skriv koden"), ("en", "Type the code"), ("ar", "اكتب الرمز")]
)
def test_the_page_speaks_the_languages_of_the_families(site: SiteAtWork, language: str, heading: str) -> None:
    page = a_browser(site, "mette 8").client.get("/invitation", headers={"Accept-Language": language})
    assert heading in page.text
    assert f'lang="{language}"' in page.text
    assert ('dir="rtl"' in page.text.split("<head>")[0]) == (language == "ar")


# The link of a visiting professional


def test_looking_at_a_link_does_not_use_it_up_and_pressing_its_button_does(site: SiteAtWork) -> None:
    path = f"/briefing/{link(site.club)}"
    for _ in range(3):  # a scanner of mail, a preview, and the midwife
        looked = a_browser(site).get(path)
        assert (looked.status_code, looked.headers["Cache-Control"]) == (200, "no-store")
        assert looked.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    midwife = a_browser(site)
    pressed = midwife.presses(path)
    assert pressed.headers["Location"] == f"/{CLUB}/professional/bookings/{site.club.ids['booking']}"
    briefed = midwife.get(pressed.headers["Location"])
    assert (briefed.status_code, "dansk" in briefed.text, "Mette" in briefed.text) == (200, True, False)
    here = midwife.here
    assert here is not None
    assert (here.actor, here.provider, here.assurance) == (MIDWIFE, LINK, Assurance.NONE)
    assert here.choice is not None and here.choice.realm == CLUB
    entries = [entry for entry in site.club.desk().log.find(actor=MIDWIFE) if entry.session == here.session_id]
    chosen, *read = sorted(entries, key=lambda entry: entry.seq or 0)
    assert (chosen.action, chosen.role, chosen.details["provider"]) == ("role_chosen", "professional", LINK)
    assert {entry.action for entry in read} == {"read"}, "the log tells what was read in the session of the link"
    assert a_browser(site).presses(path).status_code == 422


def test_a_button_pressed_twice_opens_twice_and_pressed_again_later_does_not(site: SiteAtWork) -> None:
    path = f"/briefing/{link(site.club)}"
    filled = hidden_fields(a_browser(site).get(path).text, path)
    action = filled.pop("action")
    for _ in range(2):
        assert site.app.test_client().post(action, data=filled, headers=SAME_ORIGIN).status_code == 303
    site.club.clock.set(site.club.clock.now() + timedelta(minutes=11))
    assert site.app.test_client().post(action, data=filled, headers=SAME_ORIGIN).status_code == 422


def test_the_session_of_a_link_ends_with_the_day_and_is_for_the_visit_alone(site: SiteAtWork) -> None:
    midwife = a_browser(site)
    midwife.presses(f"/briefing/{link(site.club)}")
    page = midwife.get("/invitation")
    assert 'name="code"' not in page.text
    for path in (f"/{CLUB}/volunteer/", f"/{CLUB}/leader/"):
        assert midwife.get(path).status_code in (303, 404)
    assert midwife.here is not None
    site.club.clock.set(midwife.here.ends + timedelta(seconds=1))
    assert midwife.here is None


def test_a_familys_code_is_no_link_and_a_link_is_no_code(site: SiteAtWork) -> None:
    code, visit = adult(site.club), link(site.club)
    assert a_browser(site).presses(f"/briefing/{code}").status_code == 422
    is_refused_at_the_code(a_browser(site, "mette 12").types(visit), 422)
    assert a_browser(site, "mette 12").types(code).status_code == 303
    assert a_browser(site).presses(f"/briefing/{visit}").status_code == 303


def test_a_form_from_elsewhere_opens_nothing(site: SiteAtWork) -> None:
    path = f"/briefing/{link(site.club)}"
    sent = a_browser(site).client.post(path, data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert a_browser(site).presses(path).status_code == 303


def is_refused_at_the_code(answer: TestResponse, status: int) -> str:
    """The page again, with the error in its title, in a summary that leads to the field, and at the field; its words."""
    assert answer.status_code == status
    html = answer.text
    assert "<title>Fejl:" in html
    assert 'href="#f-code"' in html
    assert 'aria-invalid="true"' in html
    return html.split('id="f-code-error">')[1].split("</span>")[1]
