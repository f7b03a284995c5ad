"""A referrer's pages: a family is referred in four steps, nothing is kept after a no, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from adapters.web.referrer import plain
from application import drafts, rectifying, rights
from application.desk import Asker
from application.families import AdultTyped, ChildTyped, RegisterFamily
from application.perform import perform
from domain.lists import CRITERIA, CRITERIA_VERSION, JUDGEMENTS
from domain.people import Caregiver, Role
from gdpr.rectification import Wished
from gdpr.rights_facts import Right
from tests.club_at_work import COORDINATOR, OFFICER, REFERRER, TOWN
from tests.pages_at_work import PagesAtWork, Visitor, hidden_fields, pages_at_work

ASKED = {"offer.told_on": "2026-08-30", "offer.said_yes": "true", "offer.answered_on": "2026-09-01"}
MOTHER = {
    "adults.0.given_name": "Vibeke", "adults.0.family_name": "Vaerum", "adults.0.caregiver": "mother",
    "adults.0.telephone": "20 10 20 30", "adults.0.address": "Skovvej 14", "adults.0.comes": "true",
}  # fmt: skip
CHILD = {"children.0.given_name": "Per", "children.0.birth_month": "2024-02"}
FAMILY = {**MOTHER, **CHILD, "language": "dansk", "_go": "on"}
GROUNDS: dict[str, Any] = {
    "criteria": ["lacking_network", "lacking_energy"], "judgements.0": "at_risk", "able_to_take_part": "true",
    "remark": "Vil gerne ud", "municipal_case": "none", "channel": "health_visiting", "profession": "health_visitor",
    "_go": "on",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    made = pages_at_work(tmp_path_factory.mktemp("referrer"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def referrer(site: PagesAtWork) -> Visitor:
    return site.visitor(REFERRER, TOWN, "referrer")


@pytest.fixture(autouse=True)
def _no_drafts_left(site: PagesAtWork) -> Iterator[None]:
    yield
    desk = site.club.desk(TOWN)
    for draft in desk.drafts.of(REFERRER):
        drafts.discard(_author(site), draft.draft_id, desk)


def _author(site: PagesAtWork) -> Asker:
    return Asker(REFERRER, Role.REFERRER, uuid4(), unit=site.club.ids["unit"])


def _text(referrer: Visitor, page: str) -> str:
    return referrer.get(page).get_data(as_text=True)


def _begun(referrer: Visitor, family: dict[str, Any] | None = None, grounds: dict[str, Any] | None = None) -> str:
    """A draft with as many steps filled in as are given; its address."""
    address = referrer.send("new", "/new", ASKED).headers["Location"]
    draft = address.rsplit("/", 1)[0]
    if family is not None:
        assert referrer.send(address, "/family", family).status_code == 303
    if grounds is not None:
        assert referrer.send(f"{draft}/grounds", "/grounds", grounds).status_code == 303
    return draft


def _sent(referrer: Visitor) -> str:
    """A whole referral, sent; the address of its page."""
    answer = referrer.send(_begun(referrer, FAMILY, GROUNDS), "/sending")
    return str(answer.headers["Location"]).split("?")[0]


def test_the_first_page_says_how_far_each_is_and_when_the_family_hears_and_no_name(
    site: PagesAtWork, referrer: Visitor
) -> None:
    text = _text(referrer, "")
    assert "Forløbet er begyndt" in text
    _sent(referrer)
    text = _text(referrer, "")
    assert "Koordinatoren ser på henvisningen" in text
    assert not any(name in text for name in ("Mette", "Mosegaard", "Asta", "Vaerum"))


def test_after_a_no_nothing_is_kept(site: PagesAtWork, referrer: Visitor) -> None:
    before = site.club.desk(TOWN).drafts.of(REFERRER)
    answer = referrer.send("new", "/new", {**ASKED, "offer.said_yes": "false"})
    assert answer.headers["Location"].endswith("/no")
    assert "Der er ikke gemt noget" in _text(referrer, answer.headers["Location"])
    draft = _begun(referrer)
    assert referrer.send(f"{draft}/asked", "/asked", {**ASKED, "offer.said_yes": "false"}).status_code == 303
    assert site.club.desk(TOWN).drafts.of(REFERRER) == before


def test_a_family_is_referred_and_the_draft_goes(site: PagesAtWork, referrer: Visitor) -> None:
    draft = _begun(referrer, FAMILY, GROUNDS)
    shown = _text(referrer, draft)
    assert all(word in shown for word in ("Vibeke", "20 10 20 30", "februar 2024", "Skovvej 14", "Manglende netværk"))
    page = referrer.send(draft, "/sending").headers["Location"]
    assert page.endswith("?done=send")
    text = _text(referrer, page)
    assert all(word in text for word in ("Tak. Henvisningen er sendt", "Vibeke", "Manglende netværk", "Vil gerne ud"))
    assert referrer.get(draft).status_code == 404
    assert site.club.desk(TOWN).drafts.find(UUID(draft.rsplit("/", 1)[1])) is None


def test_sent_twice_it_is_one_referral(site: PagesAtWork, referrer: Visitor) -> None:
    draft = _begun(referrer, FAMILY, GROUNDS)
    lines = len(re.findall(r'href="[^"]*/referrals/', _text(referrer, "")))
    token = re.search(r'name="_csrf" value="([^"]*)"', _text(referrer, draft))
    assert token is not None
    sent = [referrer.post(f"{draft}/sending", {"_csrf": token[1], "_command": str(uuid4())}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [303, 303]
    assert len(re.findall(r'href="[^"]*/referrals/', _text(referrer, ""))) == lines + 1


def test_what_was_done_before_the_light_went_out_is_not_done_again(site: PagesAtWork, referrer: Visitor) -> None:
    draft = _begun(referrer, {**FAMILY, "adults.0.family_name": "Vinther"}, GROUNDS)
    today = site.club.house.clock.today()
    registers = RegisterFamily(
        told_on=today, said_yes=True, answered_on=today,
        adults=(AdultTyped(given_name="Vibeke", family_name="Vinther", caregiver=Caregiver.MOTHER, household="1"),),
        children=(ChildTyped(given_name="Per", birth_month="2024-02", households=("1",)),),
    )  # fmt: skip
    first = uuid5(UUID(draft.rsplit("/", 1)[1]), "register")
    asker = Asker(REFERRER, Role.REFERRER, first, unit=site.club.ids["unit"])
    perform(registers, asker, site.club.desk(TOWN), command_id=first)
    assert referrer.send(draft, "/sending").headers["Location"].endswith("?done=send")
    found = site.visitor(COORDINATOR, TOWN, "coordinator").send("search", "/search", {"name": "Vinther"})
    assert found.get_data(as_text=True).count("Vibeke") == 1


def test_a_way_of_finding_families_that_is_closed_is_refused_before_anybody_is_registered(referrer: Visitor) -> None:
    draft = _begun(referrer, FAMILY)
    answer = referrer.send(f"{draft}/grounds", "/grounds", {**GROUNDS, "channel": "school"})
    assert answer.status_code == 422
    assert 'id="f-channel-error"' in answer.get_data(as_text=True)
    assert referrer.get(draft).headers["Location"].endswith("/grounds")


def test_a_draft_waits_at_its_first_open_step_and_can_be_thrown_away(site: PagesAtWork, referrer: Visitor) -> None:
    draft = _begun(referrer, {**FAMILY, "_go": "later"})
    assert "Fortsæt, hvor du slap" in _text(referrer, "")
    assert "Vibeke" not in _text(referrer, "")
    assert referrer.get(draft).headers["Location"].endswith("/grounds")
    assert 'value="Vaerum"' in _text(referrer, f"{draft}/family")
    assert referrer.send(f"{draft}/discarding", "/discarding").status_code == 303
    assert referrer.get(draft).status_code == 404


def test_one_draft_too_many_is_refused_in_words(site: PagesAtWork, referrer: Visitor) -> None:
    for _ in range(drafts.MOST):
        drafts.keep(_author(site), uuid4(), "{}", site.club.desk(TOWN))
    answer = referrer.send("new", "/new", ASKED)
    assert answer.status_code == 422
    assert f"Du har allerede {drafts.MOST} kladder" in answer.get_data(as_text=True)


def test_going_back_keeps_everything(referrer: Visitor) -> None:
    draft = _begun(referrer, FAMILY, {**GROUNDS, "judgements.0": "", "_go": "back"})
    text = _text(referrer, f"{draft}/grounds")
    assert "Vil gerne ud" in text
    assert len(re.findall(r'value="lacking_network" checked', text)) == 1


def test_members_are_added_and_taken_out_and_the_judgements_follow_them(referrer: Visitor) -> None:
    draft = _begun(referrer, {**FAMILY, "_go": "add children"})
    page = f"{draft}/family"
    second = {"children.1.given_name": "Ida", "children.1.birth_month": "2025-05"}
    assert referrer.send(page, "/family", {**FAMILY, **second}).headers["Location"].endswith("/grounds")
    referrer.send(
        f"{draft}/grounds", "/grounds", {**GROUNDS, "judgements.0": "", "judgements.1": "not_thriving", "_go": "back"}
    )
    referrer.send(page, "/family", {**FAMILY, **second, "_go": "remove children.0"})
    text = _text(referrer, f"{draft}/grounds")
    assert "Ida" in text and "Per" not in text
    assert re.search(r'name="judgements.0" value="not_thriving" checked', text)


def test_with_two_homes_neither_telephone_nor_address_stands_where_the_family_looks(referrer: Visitor) -> None:
    father = {
        "homes": "2", "adults.0.household": "1",
        "adults.1.given_name": "Palle", "adults.1.family_name": "Poulsen", "adults.1.caregiver": "father",
        "adults.1.telephone": "20 10 20 31", "adults.1.address": "Fjordvej 3", "adults.1.household": "2",
        "adults.1.comes": "true", "children.0.households": ["1", "2"],
    }  # fmt: skip
    draft = _begun(referrer, {**FAMILY, **father}, GROUNDS)
    shown = _text(referrer, draft)
    assert "telefonnummeret er skrevet ned" in shown
    assert not any(word in shown for word in ("20 10 20 30", "20 10 20 31", "Skovvej", "Fjordvej"))
    referral = _text(referrer, referrer.send(draft, "/sending").headers["Location"])
    family = re.search(r'href="([^"]*/families/[^"]*)"', referral)
    assert family is not None
    homes = re.findall(r'<section class="panel".*?</section>', _text(referrer, family[1]), re.S)
    assert [("Skovvej" in home, "Fjordvej" in home, "Per" in home) for home in homes] == [
        (True, False, True), (False, True, True),
    ]  # fmt: skip


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stands_there(referrer: Visitor) -> None:
    page = f"{_begun(referrer)}/family"
    wrong = {**FAMILY, "children.0.birth_month": "2031-01", "adults.0.telephone": "20 10 20 30"}
    answer = referrer.send(page, "/family", wrong)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#f-children-0-birth_month">Født i måneden: ' in text
    assert 'id="f-children-0-birth_month-error"' in text
    assert 'value="Vaerum"' in text


@pytest.mark.parametrize(
    ("step", "bent"),
    [
        ("asked", {"offer": "x"}), ("asked", {"offer.told_on.0": "x"}), ("family", {"adults.7.given_name": "Syv"}),
        ("family", {"children.0.birth_month": ["05-2024", "06-2024"]}), ("family", {"adults.0.household.0": "1"}),
        ("family", {"children.0.birth_month.x": "1", "children.0.birth_month": ""}), ("grounds", {"criteria.0": "x"}),
        ("grounds", {"judgements": "x"}), ("grounds", {"judgements.0.x": "x", "judgements.0": ""}),
        ("grounds", {"channel": ["a", "b"]}),
    ],
)  # fmt: skip
def test_a_form_that_no_page_of_ours_made_breaks_nothing(referrer: Visitor, step: str, bent: dict[str, Any]) -> None:
    good = {"asked": ASKED, "family": FAMILY, "grounds": GROUNDS}[step]
    draft = _begun(referrer, FAMILY)
    assert referrer.send(f"{draft}/{step}", f"/{step}", {**good, **bent}).status_code in (303, 409, 422)
    assert referrer.get(f"{draft}/{step}").status_code == 200


def test_a_home_without_an_adult_is_told_at_the_child_that_is_to_live_there(referrer: Visitor) -> None:
    page = (
        referrer.send(f"{_begun(referrer)}/family", "/family", {**FAMILY, "_go": "homes 2"})
        .headers["Location"]
        .split("#")[0]
    )
    two = {**FAMILY, "homes": "2", "children.0.households": ["1", "2"]}
    answer = referrer.send(page, "/family", two)
    assert answer.status_code == 422
    assert 'id="f-adults-0-household-error"' in answer.get_data(as_text=True), "nobody's home is guessed"
    answer = referrer.send(page, "/family", {**two, "adults.0.household": "1"})
    assert 'id="f-children-0-households-error"' in answer.get_data(as_text=True)


def test_a_number_like_a_cpr_is_refused_at_its_field_kept_in_its_box_and_nowhere_else(
    site: PagesAtWork, referrer: Visitor
) -> None:
    draft = _begun(referrer)
    answer = referrer.send(f"{draft}/family", "/family", {**FAMILY, "adults.0.address": "150285-1234"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="f-adults-0-address-error"' in text
    assert text.count("150285-1234") == 1
    assert "150285-1234" not in _text(referrer, f"{draft}/family")
    remarked = {**GROUNDS, "remark": "Se 150285-1234"}
    text = referrer.send(f"{_begun(referrer, FAMILY)}/grounds", "/grounds", remarked).get_data(as_text=True)
    assert 'id="f-remark-error"' in text


@pytest.mark.parametrize("left_out", ["criteria", "judgements.0", "able_to_take_part", "profession"])
def test_grounds_that_lack_something_say_what(referrer: Visitor, left_out: str) -> None:
    stated = {name: value for name, value in GROUNDS.items() if name != left_out}
    answer = referrer.send(f"{_begun(referrer, FAMILY)}/grounds", "/grounds", stated)
    text, field = answer.get_data(as_text=True), left_out.removesuffix(".0")
    assert answer.status_code in (409, 422)
    assert f'href="#f-{field}"' in text
    assert f'id="f-{field}"' in text


def test_every_criterion_and_judgement_can_be_said_to_a_family() -> None:
    assert [*plain.CRITERIA] == [item.code for item in CRITERIA[CRITERIA_VERSION]]
    assert [*plain.JUDGEMENTS] == [item.code for item in JUDGEMENTS]


@pytest.mark.parametrize("typed", ["02-2024", "2/2024", "022024", "02 2024", "2024-02"])
def test_a_month_is_read_as_people_write_it(referrer: Visitor, typed: str) -> None:
    assert "februar 2024" in _text(referrer, _begun(referrer, {**FAMILY, "children.0.birth_month": typed}, GROUNDS))


def test_an_older_child_comes_as_a_sibling(referrer: Visitor) -> None:
    older = {"children.1.given_name": "Ida", "children.1.birth_month": "2015-05"}
    assert "kommer med som søskende" in _text(referrer, _begun(referrer, {**FAMILY, **older}, GROUNDS))


def test_a_referral_is_corrected_and_withdrawn(referrer: Visitor) -> None:
    page = _sent(referrer)
    answer = referrer.send(f"{page}/grounds", "/grounds", {**GROUNDS, "criteria": "tight_economy", "remark": "Rettet"})
    assert answer.headers["Location"].endswith("?done=correct")
    text = _text(referrer, page)
    assert "Trang økonomi" in text and "Rettet" in text and "Manglende netværk" not in text
    assert referrer.send(f"{page}/withdrawal", "/withdrawal").headers["Location"].endswith("?done=withdraw")
    assert "Familien hører ikke mere" in _text(referrer, page)


def test_names_and_telephones_are_put_right_and_a_family_comes_again(referrer: Visitor) -> None:
    family = re.search(r'href="([^"]*/families/[^"]*)"', _text(referrer, _sent(referrer)))
    assert family is not None
    (adult,) = re.findall(r'href="([^"]*/adults/[^"]*)"', _text(referrer, family[1]))
    (child,) = re.findall(r'href="([^"]*/children/[^"]*)"', _text(referrer, family[1]))
    named = {"given_name": "Viveka", "family_name": "Vaerum", "caregiver": "mother"}
    assert referrer.send(adult, "/name", named).status_code == 303
    assert referrer.send(adult, "/contact", {"telephone": "20102039"}).status_code == 303
    assert referrer.send(child, child, {"given_name": "Peer", "birth_month": "2024-03"}).status_code == 303
    text = _text(referrer, family[1])
    assert all(word in text for word in ("Viveka", "+4520102039", "Peer", "marts 2024"))
    assert "Skovvej" not in text
    refused = referrer.send(adult, "/contact", {"telephone": "12"})
    assert refused.status_code == 422 and 'href="#f-telephone"' in refused.get_data(as_text=True)
    again = referrer.send(family[1], "/referrals").headers["Location"]
    assert again.endswith("/grounds")
    draft = referrer.send(again, "/grounds", GROUNDS).headers["Location"]
    assert "Viveka" in _text(referrer, draft)
    assert referrer.send(draft, "/sending").headers["Location"].endswith("?done=send")


def test_who_was_slower_sees_what_is_there_now_beside_what_was_typed(site: PagesAtWork, referrer: Visitor) -> None:
    page = f"families/{site.club.ids['family']}/adults/{site.club.ids['father']}"
    old = hidden_fields(_text(referrer, page), "/contact")
    assert referrer.send(page, "/contact", {"telephone": "20304060"}).status_code == 303
    late = referrer.post(old.pop("action"), {**old, "telephone": "20304070", "address": "Åvej 2"})
    text = late.get_data(as_text=True)
    assert late.status_code == 412
    assert "Nu står der: +4520304060" in text
    assert 'value="20304070"' in text and 'value="Åvej 2"' in text
    assert "Åvej" not in _text(referrer, f"families/{site.club.ids['family']}")


def test_whoever_is_no_referrer_finds_no_page_here(site: PagesAtWork, referrer: Visitor) -> None:
    coordinator = site.visitor(COORDINATOR, TOWN, "coordinator")
    ids = site.club.ids
    for page in ("", "new", "corrections", f"families/{ids['family']}", f"drafts/{uuid4()}"):
        assert coordinator.get(f"{referrer.base}/{page}").status_code == 404


def test_what_the_officer_accepted_to_correct_is_corrected_and_confirmed(site: PagesAtWork, referrer: Visitor) -> None:
    club, ids = site.club, site.club.ids
    assert "Der er ikke noget at rette" in _text(referrer, "corrections")
    asked = rights.ReceiveRequest(
        right=Right.RECTIFICATION, subject=ids["girl"], asked_by=ids["mother"],
        corrections=(Wished("municipal_contact", "given_name", "Astrid"),),
    )  # fmt: skip
    request_id = UUID(club.does(OFFICER, Role.OFFICER, asked, TOWN)["request_id"])
    club.does(OFFICER, Role.OFFICER, rights.CheckIdentity(request_id=request_id, how="ringede op"), TOWN)
    club.does(OFFICER, Role.OFFICER, rectifying.DecideCorrection(request_id=request_id, number=1), TOWN)

    page = _text(referrer, "corrections")
    assert "Asta: fornavn" in page and "Astrid" in page and f"/families/{ids['family']}" in page
    assert referrer.send("corrections", f"/{request_id}/1").status_code in (409, 422)
    named = {"given_name": "Astrid", "birth_month": "2023-05"}
    child = f"families/{ids['family']}/children/{ids['girl']}"
    assert referrer.send(child, f"/children/{ids['girl']}", named).status_code == 303
    assert referrer.send("corrections", f"/{request_id}/1").status_code == 303
    assert "Der er ikke noget at rette" in _text(referrer, "corrections")


def test_anothers_draft_and_what_does_not_exist_look_the_same(site: PagesAtWork, referrer: Visitor) -> None:
    draft = _begun(referrer, FAMILY)
    coordinator = site.visitor(COORDINATOR, TOWN, "coordinator")
    unknown = [referrer.get(page) for page in (f"drafts/{uuid4()}", f"referrals/{uuid4()}", f"families/{uuid4()}")]
    assert {answer.status_code for answer in unknown} == {404}
    assert len({answer.get_data() for answer in unknown}) == 1
    assert coordinator.get(draft).status_code == 404
