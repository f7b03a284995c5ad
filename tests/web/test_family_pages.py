"""What a family sees on its own pages and does there, in a municipality and at Red Barnet, in three languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest

from adapters import wordings
from application.answers.deciding import AnswerRequest
from application.rights import CheckIdentity
from domain.lists import Purpose
from domain.people import Role
from tests.club_at_work import (
    CLUB,
    CO_LEADER,
    FATHER,
    LEADER,
    MILK,
    MOTHER,
    OFFICER,
    PRESENTATION,
    TOWN,
    TROUBLE,
    VOLUNTEER,
)
from tests.pages_at_work import PagesAtWork, Visitor, pages_at_work

EVERY = (
    "", "held", "readers", "consents", "seen", "programme", "requests", "ask/access", "ask/rectification", "ask/erasure",
    "ask/restriction", "ask/objection", "ask/portability",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    """A world in which nothing is changed."""
    world = pages_at_work(tmp_path_factory.mktemp("family"))
    wordings.publish_missing(world.club.desk())
    yield world
    world.club.house.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[PagesAtWork]:
    """A world of the test's own."""
    world = pages_at_work(tmp_path)
    yield world
    world.club.house.close()


def text(visitor: Visitor, page: str) -> str:
    shown = visitor.get(page)
    assert shown.status_code == 200, page
    return words(shown.get_data(as_text=True))


def words(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def everything(site: PagesAtWork, realm: str, actor: UUID = MOTHER) -> str:
    """All that stands on the pages of a member of the family; what one may ask for differs by its words only."""
    visitor = site.visitor(actor, realm, "family")
    return " ".join(text(visitor, page) for page in EVERY[:9])


def speaking(visitor: Visitor, language: str) -> Visitor:
    visitor.client.set_cookie("language", language)
    return visitor


@pytest.mark.parametrize(("realm", "language"), [(CLUB, "da"), (CLUB, "ar"), (TOWN, "en")])
def test_every_page_is_there_in_every_language_and_says_whose_it_is(
    site: PagesAtWork, realm: str, language: str
) -> None:
    mother = speaking(site.visitor(MOTHER, realm, "family"), language)
    for page in EVERY:
        shown = mother.get(page)
        html = shown.get_data(as_text=True)
        assert shown.status_code == 200, page
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        assert shown.headers["Cache-Control"] == "no-store"
        assert str(LEADER) not in html and str(VOLUNTEER) not in html
        assert not {each.value for each in Purpose} & set(re.findall(r"\w+", words(html))), "a code is no word"
        assert "undefined" not in html and "None" not in words(html)
    place = {CLUB: "Red Barnet", TOWN: "Guldborgsund Kommune"}[realm]
    assert place in text(mother, "")


def test_in_arabic_what_was_told_stays_danish_and_says_so_and_names_keep_their_direction(site: PagesAtWork) -> None:
    html = speaking(site.visitor(MOTHER, CLUB, "family"), "ar").get("held").get_data(as_text=True)
    assert f'<p class="said" lang="da" dir="auto">{PRESENTATION}</p>' in html
    assert "<bdi>Mette</bdi>" in html
    assert "3 أشهر بعد آخر لقاء" in words(html)
    there = speaking(site.visitor(MOTHER, TOWN, "family"), "ar").get("held").get_data(as_text=True)
    assert "نقص في شبكة العلاقات" in there
    assert '<span lang="da" class="small-text" dir="auto">Manglende netværk</span>' in there


def test_each_realm_shows_its_own_and_nothing_of_the_other(site: PagesAtWork) -> None:
    club, town = everything(site, CLUB), everything(site, TOWN)
    assert "Manglende netværk" in town and "Har sagt ja med glæde" in town and "Vejen 1" in town
    assert not any(reason in club for reason in ("Manglende netværk", "Har sagt ja med glæde", "Vejen 1"))
    assert PRESENTATION in club and TROUBLE in club
    assert not any(told in town for told in (PRESENTATION, TROUBLE, MILK))


def test_what_is_held_says_what_for_who_how_long_and_whence(site: PagesAtWork) -> None:
    held = text(site.visitor(MOTHER, CLUB, "family"), "held")
    for said in (
        "Asta", "Fødselsmåned: maj 2023", "+4520304050", "Frivillige i jeres forløb",
        "14 dage efter, at forløbets sidste aften er holdt", "Kommunen gav det videre", "De frivillige må læse det",
        "De frivillige ser det ikke", "Du kan sige ja eller nej for barnet",
    ):  # fmt: skip
        assert said in held
    assert "Medarbejdere, der henviser familier" not in held, "nobody refers at Red Barnet"


def test_the_father_sees_nothing_of_the_mothers(site: PagesAtWork) -> None:
    for realm in (CLUB, TOWN):
        his = everything(site, realm, FATHER)
        assert "Frode" in his
        assert not any(hers in his for hers in ("Mette", "20304050", PRESENTATION, TROUBLE, MILK))


def test_who_has_read_is_said_by_role_with_the_purpose_and_what_was_looked_at(own: PagesAtWork) -> None:
    own.visitor(VOLUNTEER, CLUB, "volunteer").get(f"courses/{own.club.ids['course']}")
    mother = own.visitor(MOTHER, CLUB, "family")
    shown = text(mother, "readers")
    assert "En frivillig læste fornavn, fødselsmåned og det, der er fortalt for at holde klubaftenen." in shown
    assert "1. sep. 2026 17.00" in shown
    mother.get("held")
    assert "Du har selv set på det" in text(mother, "readers")
    assert "متطوع: اطلاع على الاسم الأول" in text(speaking(mother, "ar"), "readers")


def test_a_yes_is_taken_back_in_one_step_and_the_volunteers_read_nothing_of_it_at_their_next_look(
    own: PagesAtWork,
) -> None:
    mother, volunteer = own.visitor(MOTHER, CLUB, "family"), own.visitor(VOLUNTEER, CLUB, "volunteer")
    evening = f"courses/{own.club.ids['course']}"
    consent = own.club.ids["consent to presentation"]
    assert PRESENTATION in text(volunteer, evening) and PRESENTATION in text(mother, "seen")
    sent = mother.send("consents", f"{consent}/withdrawal")
    assert sent.status_code == 303
    after = mother.client.get(sent.headers["Location"])
    assert "Dit ja er taget tilbage. Fra nu af kan ingen læse det, der var delt." in words(after.get_data(as_text=True))
    assert "Du tog dit ja tilbage den 1. september 2026" in words(after.get_data(as_text=True))
    assert PRESENTATION not in text(volunteer, evening) and PRESENTATION not in text(mother, "seen")
    assert MILK in text(volunteer, evening) and MILK in text(mother, "seen"), "the other yes holds"
    assert f"{consent}/withdrawal" not in mother.get("consents").get_data(as_text=True)


def test_sent_twice_it_is_taken_back_once(own: PagesAtWork) -> None:
    mother = own.visitor(MOTHER, CLUB, "family")
    action = f"/{CLUB}/family/consents/{own.club.ids['consent to presentation']}/withdrawal"
    csrf = re.search(r'name="_csrf" value="([^"]+)"', mother.get("consents").get_data(as_text=True))
    assert csrf is not None
    for _ in range(2):
        assert (
            mother.post(action, {"_csrf": csrf[1], "_command": "8" * 8 + "-8888-4888-8888-" + "8" * 12}).status_code
            == 303
        )
    assert words(mother.get("consents").get_data(as_text=True)).count("Du tog dit ja tilbage den") == 1


def test_each_answer_shows_its_words_in_the_language_of_the_page_and_hands_out_its_receipt(site: PagesAtWork) -> None:
    mother = site.visitor(MOTHER, CLUB, "family")
    for language in ("da", "en", "ar"):
        asked = wordings.words(Purpose.SHARE_WITH_VOLUNTEERS, language).split("\n")[0]
        assert asked in text(speaking(mother, language), "consents")
    assert "اللغة التي سُئلت بها: الدنماركية" in text(mother, "consents")
    receipt = f"consents/{site.club.ids['consent to presentation']}/receipt"
    printed, signed = mother.get(f"{receipt}.pdf"), mother.get(f"{receipt}.json")
    assert (
        printed.data.startswith(b"%PDF")
        and printed.headers["Content-Disposition"] == 'attachment; filename="kvittering.pdf"'
    )
    assert json.loads(signed.data)["receipt"]
    assert site.visitor(FATHER, CLUB, "family").get(f"{receipt}.pdf").status_code == 404


def test_one_asks_for_a_copy_follows_it_and_collects_it_when_it_is_ready(own: PagesAtWork) -> None:
    mother, subject = own.visitor(MOTHER, CLUB, "family"), str(own.club.ids["mother"])
    sent = mother.send("ask/access", "ask/access", {"subject": subject, "told": "Alt om klubben"})
    assert sent.status_code == 303
    page = sent.headers["Location"].split("?")[0]
    first = words(mother.client.get(sent.headers["Location"]).get_data(as_text=True))
    assert "Tak. Vi har fået det, du bad om." in first and "Svar senest den 1. oktober 2026" in first
    assert "Vi skal først vide, at det er dig, der spørger." in first
    assert "Hent dit svar" not in first
    assert mother.client.get(f"{page}/answer.pdf").status_code == 409
    assert mother.client.get(f"{page}/letters/acknowledgement.pdf").data.startswith(b"%PDF")
    _answer(own, page.rsplit("/", 1)[1])
    ready = words(mother.client.get(page).get_data(as_text=True))
    assert "Dit svar er klar. Du kan hente det." in ready
    assert "Dit svar er klar" in text(mother, "")
    assert mother.client.get(f"{page}/answer.pdf").data.startswith(b"%PDF")
    copy = mother.client.get(f"{page}/answer.json")
    assert PRESENTATION in copy.get_data(as_text=True)
    assert copy.headers["Content-Disposition"] == 'attachment; filename="svar.json"'
    assert "Du hentede svaret den 1. september 2026" in words(mother.client.get(page).get_data(as_text=True))
    assert own.visitor(FATHER, CLUB, "family").get(page).status_code == 404


def _answer(own: PagesAtWork, request_id: str) -> None:
    """The officer does its part."""
    for command in (
        CheckIdentity(request_id=UUID(request_id), how="Mødt op"),
        AnswerRequest(request_id=UUID(request_id)),
    ):
        own.club.does(OFFICER, Role.OFFICER, command)


def test_a_correction_says_what_is_wrong_and_what_it_should_say(own: PagesAtWork) -> None:
    mother = own.visitor(MOTHER, CLUB, "family")
    girl = own.club.ids["girl"]
    choice = f"{girl}/ages/birth_month/"
    assert "Asta\N{POP DIRECTIONAL ISOLATE}: Fødselsmåned" in text(mother, "ask/rectification")
    typed = {"what": choice, "corrections.0.words": "2023-06"}
    sent = mother.send("ask/rectification", "ask/rectification", typed)
    assert sent.status_code == 303
    assert "Fødselsmåned: ikke afgjort endnu" in words(
        mother.client.get(sent.headers["Location"]).get_data(as_text=True)
    )


def test_what_is_missing_is_named_at_its_field_and_what_was_typed_is_kept(site: PagesAtWork) -> None:
    mother = site.visitor(MOTHER, CLUB, "family")
    back = mother.send("ask/rectification", "ask/rectification", {"corrections.0.words": "Hun hedder Astrid"})
    html = back.get_data(as_text=True)
    assert back.status_code == 422
    assert '<a href="#f-what">Hvad er forkert? Feltet skal udfyldes.</a>' in html
    assert ">Hun hedder Astrid</textarea>" in html and html.count("Hun hedder Astrid") == 1
    girl = site.club.ids["girl"]
    number = mother.send("ask/erasure", "ask/erasure", {"subject": str(girl), "told": "Slet 010190-1234"})
    html = number.get_data(as_text=True)
    assert number.status_code == 422
    assert '<a href="#f-told">Er der noget bestemt, du tænker på? Det ligner et CPR-nummer.' in html
    assert html.count("010190-1234") == 1, "in its own box only"
    empty = mother.send("ask/access", "ask/access", {"subject": ""})
    assert '<a href="#f-subject">Hvem handler det om? ' in empty.get_data(as_text=True)


def test_in_arabic_a_refusal_is_arabic(site: PagesAtWork) -> None:
    mother = speaking(site.visitor(MOTHER, TOWN, "family"), "ar")
    back = mother.send("ask/objection", "ask/objection", {"subject": str(site.club.ids["mother"])})
    html = back.get_data(as_text=True)
    assert back.status_code in (409, 422)
    assert '<a href="#f-against">على ماذا تعترض؟ يرجى اختيار ما تعترض عليه.</a>' in html
    assert "لم يُحفظ بعد" in html


def test_one_asks_about_nobody_but_oneself_and_ones_child(site: PagesAtWork) -> None:
    mother = site.visitor(MOTHER, CLUB, "family")
    assert "Frode" not in text(mother, "ask/erasure")
    back = mother.send("ask/erasure", "ask/erasure", {"subject": str(site.club.ids["father"])})
    assert (back.status_code, "men ikke om en anden voksen" in back.get_data(as_text=True)) == (409, True)


def test_an_objection_is_against_what_does_not_rest_on_ones_own_yes(own: PagesAtWork) -> None:
    club = own.visitor(MOTHER, CLUB, "family").get("ask/objection").get_data(as_text=True)
    assert f'action="/{CLUB}/family' not in club, "there is nothing to send"
    assert "Et ja kan du tage tilbage med ét tryk" in club
    mother = own.visitor(MOTHER, TOWN, "family")
    typed = {"subject": str(own.club.ids["mother"]), "against": "case_file", "told": "Det passer ikke på os"}
    sent = mother.send("ask/objection", "ask/objection", typed)
    assert "Du sagde fra" in words(mother.client.get(sent.headers["Location"]).get_data(as_text=True))
    assert "Sig fra" in text(mother, "requests")


def test_the_programme_takes_a_no_for_one_evening_and_asks_nothing(own: PagesAtWork) -> None:
    mother, ids = own.visitor(MOTHER, CLUB, "family"), own.club.ids
    assert "tirsdag den 8. september 2026" in text(mother, "programme")
    sent = mother.send("programme", f"{ids['course']}/families/{ids['family']}/evenings/2/cancellation")
    assert sent.status_code == 303
    assert "Tak, fordi I sagde det." in words(mother.client.get(sent.headers["Location"]).get_data(as_text=True))


def test_whoever_is_no_family_finds_what_everybody_finds_who_looks_for_nothing(site: PagesAtWork) -> None:
    leader = site.visitor(CO_LEADER, CLUB, "leader")
    for page in ("held", "consents", "nothing"):
        assert leader.get(f"/{CLUB}/family/{page}").status_code == 404
    assert site.visitor(None, CLUB, "family").get("held").status_code == 303
