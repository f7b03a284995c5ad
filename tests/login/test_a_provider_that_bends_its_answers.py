"""Whatever a provider bends, nobody is let in; what it says about a person beyond who it is leaves no trace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from adapters.web.assurance import Assurance
from adapters.web.login.providers import Provider
from tests.club_at_work import VOLUNTEER
from tests.login.bending_provider import (
    OTHER_KEY,
    SUBJECT,
    Answer,
    a_logout_token,
    bending_provider,
    signed,
    signed_by_the_secret,
    unsigned,
)
from tests.login.site_at_work import CPR, HIGH, LOW, SAME_ORIGIN, SUBSTANTIAL, SiteAtWork, a_provider, a_site

ORIGIN = "http://localhost"
Bend = Callable[[Answer], None]


def says(**claims: object) -> Bend:
    """In the signed token; a claim that is None is left out."""

    def bend(answer: Answer) -> None:
        answer.claims |= claims
        answer.claims = {name: value for name, value in answer.claims.items() if value is not None}

    return bend


def comes_back(**parameters: str | None) -> Bend:
    def bend(answer: Answer) -> None:
        said = answer.callback | parameters
        answer.callback = {name: value for name, value in said.items() if value is not None}

    return bend


def signs(sign: Callable[[Mapping[str, object]], str]) -> Bend:
    return lambda answer: setattr(answer, "sign", sign)


def tells(**userinfo: str) -> Bend:
    return lambda answer: setattr(answer, "userinfo", userinfo)


def hands_out(**token: object) -> Bend:
    return lambda answer: setattr(answer, "token", answer.token | token)


NOW = int(time.time())
BENT: dict[str, tuple[Bend, int, str]] = {
    "another issuer signs": (says(iss="https://other.example"), 400, "invalid_claim_iss"),
    "another issuer sends the browser": (comes_back(iss="https://other.example"), 400, "iss_parameter"),
    "nobody says who sends the browser": (comes_back(iss=None), 400, "iss_parameter"),
    "the token is for somebody else": (says(aud="another-client"), 400, "missing_claim_azp"),
    "the token that we asked for is for somebody else": (
        says(aud="another-client", azp="tillid"),
        400,
        "audience",
    ),
    "the token that we asked for is for somebody else too": (
        says(aud=["tillid", "another-client"], azp="tillid"),
        400,
        "audience",
    ),
    "the token is for nobody": (says(aud=[]), 400, "audience"),
    "the token is for somebody else too": (says(aud=["tillid", "another-client"]), 400, "missing_claim_azp"),
    "another party asked for it": (says(azp="another-client"), 400, "invalid_claim_azp"),
    "the token is over": (says(exp=NOW - 31), 400, "expired_token_exp"),
    "the token is of tomorrow": (says(iat=NOW + 86_400), 400, "invalid_claim_iat"),
    "the token is never over": (says(exp=None), 400, "missing_claim_exp"),
    "the token is of no time": (says(iat=None), 400, "missing_claim_iat"),
    "the token is about nobody": (says(sub=None), 400, "missing_claim_sub"),
    "the token is about a list": (says(sub=[SUBJECT]), 400, "invalid_claim_sub"),
    "the token is of another login": (says(nonce="another"), 400, "invalid_claim_nonce"),
    "the token is of any login": (says(nonce=None), 400, "missing_claim_nonce"),
    "the token is signed by nobody": (signs(unsigned), 400, "unsupported_algorithm"),
    "the token is signed by another key": (signs(lambda claims: signed(claims, OTHER_KEY)), 400, "bad_signature"),
    "the token is signed by our secret": (signs(signed_by_the_secret), 400, "unsupported_algorithm"),
    "the token is no token": (signs(lambda _: "x.y.z"), 400, "decode_error"),
    "there is no token": (hands_out(id_token=None), 400, "no_id_token"),
    "it belongs to another access token": (says(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), 400, "invalid_claim_at_hash"),
    "the token endpoint says no": (hands_out(error="Opdigtet Person"), 400, "token_endpoint"),
    "it tells of somebody else": (tells(sub="another", acr=SUBSTANTIAL), 400, "userinfo_sub"),
    "it tells of nobody": (tells(acr=SUBSTANTIAL), 400, "userinfo_sub"),
    "it says no": (comes_back(error="access_denied", error_description=CPR), 400, "provider_said_no"),
    "it gives no code": (comes_back(code=None), 400, "no_code"),
    "the state is another": (comes_back(state="another"), 400, "no_login_under_way"),
    "there is no state": (comes_back(state=None), 400, "no_login_under_way"),
    "it does not say how sure it is": (says(acr=None), 403, "assurance"),
    "it is sure in its own way": (says(acr="urn:mace:incommon:iap:silver"), 403, "assurance"),
    "it is sure in a list": (says(acr=[SUBSTANTIAL]), 403, "assurance"),
}

DESCRIBED_WRONGLY: dict[str, dict[str, object]] = {
    "as another": {"issuer": "https://other.example"},
    "as nobody": {"issuer": None},
    "with an address that others listen to": {"token_endpoint": "http://other.example/token"},
    "without its keys": {"jwks_uri": None},
    "as one that does not sign": {"id_token_signing_alg_values_supported": ["none", "HS256"]},
}
LOGOUT_BENT: dict[str, dict[str, object]] = {
    "from another issuer": {"iss": "https://other.example"},
    "for somebody else": {"aud": "another-client"},
    "over": {"exp": NOW - 60},
    "of tomorrow": {"iat": NOW + 86_400},
    "never over": {"exp": None},
    "of no time": {"iat": None},
    "not told apart from others": {"jti": None},
    "about something else": {"events": {}},
    "about nothing": {"events": None},
    "about a word": {"events": "none"},
    "an ID token": {"nonce": "as in an ID token"},
    "about nobody": {"sid": None},
}


@pytest.fixture(scope="module")
def answer() -> Iterator[Answer]:
    with bending_provider() as answer:
        yield answer


@pytest.fixture(scope="module")
def provider(answer: Answer) -> Provider:
    return a_provider(answer.issuer)


@pytest.fixture(scope="module")
def site(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteAtWork]:
    site = a_site(tmp_path_factory.mktemp("site"), ORIGIN, [provider, a_provider(provider.issuer, "kommunen")])
    site.bind(provider, SUBJECT, VOLUNTEER)
    with closing(site.kept), closing(site.club.house):
        yield site


@pytest.fixture
def browser(site: SiteAtWork) -> FlaskClient:
    return site.app.test_client()


def begins(browser: FlaskClient, answer: Answer, back: str = "/roles") -> None:
    """To the provider, which reads what it is asked for."""
    onward = browser.post("/login/mitid", data={"next": back}, headers=SAME_ORIGIN)
    assert onward.status_code == 200
    address = onward.headers["Refresh"].removeprefix("0;url=")
    assert address.startswith(f"{answer.issuer}/authorize?")
    answer.begin(dict(parse_qsl(urlsplit(address).query)))


def returns(browser: FlaskClient, answer: Answer) -> TestResponse:
    return browser.get("/login/mitid/callback", query_string=answer.callback)


def test_an_honest_answer_lets_in(site: SiteAtWork, browser: FlaskClient, answer: Answer) -> None:
    begins(browser, answer)

    back = returns(browser, answer)

    assert (back.status_code, back.headers["Location"]) == (303, "/roles")
    here = site.kept.sessions.find(browser.get_cookie("session").value, site.club.house.clock.now())  # type: ignore[union-attr]
    assert here is not None
    assert (here.actor, here.assurance, here.provider) == (VOLUNTEER, Assurance.SUBSTANTIAL, "mitid")


def test_which_role_was_taken_into_use_after_which_login_stands_in_the_access_log(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    begins(browser, answer)
    says(acr=LOW)(answer)
    returns(browser, answer)

    page = browser.get("/roles")

    assert page.status_code == 303, "with one role there is nothing to choose"
    here = site.kept.sessions.find(browser.get_cookie("session").value, site.club.house.clock.now())  # type: ignore[union-attr]
    noted = site.club.desk().log.find(actor=VOLUNTEER, action="role_chosen")[-1]
    assert here is not None and noted.session == here.session_id
    assert (noted.role, noted.purpose, noted.subject) == ("volunteer", "log_in", None)
    assert noted.details == {"provider": "mitid", "assurance": "low"}


@pytest.mark.parametrize("bent", BENT)
def test_a_bent_answer_lets_nobody_in(
    bent: str, site: SiteAtWork, browser: FlaskClient, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    bend, status, reason = BENT[bent]
    begins(browser, answer)
    bend(answer)

    with caplog.at_level(logging.INFO):
        back = returns(browser, answer)

    assert back.status_code == status
    assert "session" not in back.headers.get("Set-Cookie", "")
    assert "<h1>" in back.text and "Opdigtet" not in back.text and CPR not in back.text
    lines = [record.getMessage() for record in caplog.records if record.name == "tillid.login"]
    assert len(lines) == 1 and f"reason={reason} " in lines[0]
    assert "Opdigtet" not in caplog.text and CPR not in caplog.text and SUBJECT not in caplog.text


def test_an_answer_is_taken_once(browser: FlaskClient, answer: Answer) -> None:
    begins(browser, answer)

    assert returns(browser, answer).status_code == 303
    assert returns(browser, answer).status_code == 400


def test_the_end_of_a_login_that_another_browser_began_lets_nobody_in(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    begins(browser, answer)
    lured = site.app.test_client()

    assert returns(lured, answer).status_code == 400
    asked = answer.asked
    begins(lured, answer)
    answer.begin(asked)
    assert returns(lured, answer).status_code == 400, "not with a login of its own under way either"


def test_two_logins_begun_side_by_side_both_come_home(browser: FlaskClient, answer: Answer) -> None:
    begins(browser, answer)
    first = (answer.asked, answer.callback)
    begins(browser, answer)
    assert returns(browser, answer).status_code == 303

    answer.begin(first[0])
    assert returns(browser, answer).status_code == 303


@pytest.mark.parametrize("wrong", DESCRIBED_WRONGLY)
def test_nobody_is_sent_to_a_provider_that_describes_itself_wrongly(
    wrong: str, site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    answer.described = DESCRIBED_WRONGLY[wrong]
    site.app.extensions.pop("tillid-login", None)
    try:
        onward = browser.post("/login/mitid", headers=SAME_ORIGIN)
    finally:
        answer.described = {}
        site.app.extensions.pop("tillid-login", None)

    assert onward.status_code == 503
    assert "Refresh" not in onward.headers and "Vi kan ikke få fat i dit login" in onward.text


def test_no_provider_vouches_for_more_than_it_is_registered_at(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    begins(browser, answer)
    says(acr=HIGH)(answer)

    returns(browser, answer)

    here = site.kept.sessions.find(browser.get_cookie("session").value, site.club.house.clock.now())  # type: ignore[union-attr]
    assert here is not None and here.assurance is Assurance.SUBSTANTIAL


def test_what_is_signed_wins_over_what_is_told_beside_it(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    begins(browser, answer)
    says(acr=LOW)(answer)
    answer.userinfo["acr"] = SUBSTANTIAL

    returns(browser, answer)

    here = site.kept.sessions.find(browser.get_cookie("session").value, site.club.house.clock.now())  # type: ignore[union-attr]
    assert here is not None and here.assurance is Assurance.LOW


def test_a_cpr_number_that_a_provider_tells_unasked_is_nowhere_afterwards(
    site: SiteAtWork, browser: FlaskClient, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        begins(browser, answer)
        back = returns(browser, answer)
        page = browser.get("/roles", follow_redirects=True)

    assert answer.claims["cpr"] == answer.userinfo["cpr"] == CPR, "it was told"
    kept = b"".join(path.read_bytes() for path in Path(site.home).rglob("*") if path.is_file())
    assert b"mitid" in kept, "the store was searched"
    assert "logged in provider=mitid assurance=substantial" in caplog.text
    for word in (CPR, CPR.replace("-", ""), "Opdigtet", SUBJECT):
        assert word.encode() not in kept
        assert word not in caplog.text
        assert word not in page.text
        assert word not in f"{back.headers}"


def test_a_login_that_nobody_was_invited_with_leads_to_the_invitation(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    begins(browser, answer)
    says(sub="a-stranger")(answer)
    answer.userinfo["sub"] = "a-stranger"

    back = returns(browser, answer)

    assert (back.status_code, back.headers["Location"]) == (303, "/invitation")
    here = site.kept.sessions.find(browser.get_cookie("session").value, site.club.house.clock.now())  # type: ignore[union-attr]
    assert here is not None and here.actor is None


@pytest.mark.parametrize("back", ["https://other.example/", "//other.example", "/\\other.example", "roles", "/a\r\nb"])
def test_after_a_login_one_stays_here(back: str, browser: FlaskClient, answer: Answer) -> None:
    begins(browser, answer, back)

    assert returns(browser, answer).headers["Location"] == "/"


# A logout that begins at the provider


def logged_in(browser: FlaskClient, answer: Answer) -> str:
    begins(browser, answer)
    returns(browser, answer)
    return browser.get_cookie("session").value  # type: ignore[union-attr]


def logs_out(site: SiteAtWork, token: str, provider: str = "mitid") -> int:
    sent = {"logout_token": token}
    return site.app.test_client().post(f"/login/{provider}/backchannel-logout", data=sent).status_code


def test_a_provider_ends_the_sessions_of_its_own(site: SiteAtWork, browser: FlaskClient, answer: Answer) -> None:
    by_session, by_person = logged_in(browser, answer), logged_in(site.app.test_client(), answer)
    now = site.club.house.clock.now()

    assert logs_out(site, a_logout_token(answer.issuer, sid="another")) == 200
    assert logs_out(site, a_logout_token(answer.issuer), "kommunen") == 200
    assert site.kept.sessions.find(by_session, now) is not None, "another session there, and another provider's"
    assert logs_out(site, a_logout_token(answer.issuer)) == 200
    assert site.kept.sessions.find(by_session, now) is None
    assert site.kept.sessions.find(by_person, now) is None, "both came of one session there"

    again = logged_in(browser, answer)
    assert logs_out(site, a_logout_token(answer.issuer, sid=None, sub=SUBJECT)) == 200
    assert site.kept.sessions.find(again, now) is None


@pytest.mark.parametrize("bent", LOGOUT_BENT)
def test_a_bent_logout_ends_nothing(bent: str, site: SiteAtWork, browser: FlaskClient, answer: Answer) -> None:
    token = logged_in(browser, answer)

    assert logs_out(site, a_logout_token(answer.issuer, **LOGOUT_BENT[bent])) == 400
    assert site.kept.sessions.find(token, site.club.house.clock.now()) is not None


def test_a_logout_that_the_provider_did_not_sign_ends_nothing(
    site: SiteAtWork, browser: FlaskClient, answer: Answer
) -> None:
    token = logged_in(browser, answer)

    for forged in ("", "x.y.z", signed({"iss": answer.issuer}, OTHER_KEY), unsigned({"iss": answer.issuer})):
        assert logs_out(site, forged) == 400
    assert site.kept.sessions.find(token, site.club.house.clock.now()) is not None
