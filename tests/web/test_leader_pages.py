"""A leader's pages: the course, the call, the answers and how they are taken back, the evenings, and the family's own data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from adapters.wordings import words
from application import rectifying, restricting, rights
from domain.lists import GUIDING_QUESTIONS, Purpose
from domain.people import Role
from gdpr.rectification import Wished
from gdpr.rights_facts import RestrictedBecause, Right
from tests.another_family import hand_over_another
from tests.club_at_work import CLUB, CO_LEADER, LEADER, MILK, MOTHER, OFFICER, PRESENTATION, TROUBLE, VOLUNTEER
from tests.pages_at_work import PagesAtWork, Visitor, hidden_fields, pages_at_work


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    """One club for all; beside its family one that is not rung yet, one to be put right, one to leave, one to rest."""
    made = pages_at_work(Path(tmp_path_factory.mktemp("club")))
    for name, surname in (("Amal", "Aziz"), ("Rikke", "Rask"), ("Line", "Lund"), ("Rest", "Restrup")):
        made.club.ids[name] = hand_over_another(made.club, name, surname, [(f"Barn{name}", "2024-01")])
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def leader(site: PagesAtWork) -> Visitor:
    return site.visitor(LEADER, CLUB, "leader")


def course(site: PagesAtWork, more: str = "") -> str:
    return f"courses/{site.club.ids['course']}{more}"


def family(site: PagesAtWork, more: str = "", *, of: str = "family") -> str:
    return course(site, f"/families/{site.club.ids[of]}{more}")


def text(page: TestResponse) -> str:
    return unescape(page.get_data(as_text=True))


def seen(site: PagesAtWork) -> str:
    """What a volunteer sees of the evening."""
    return text(site.visitor(VOLUNTEER, CLUB, "volunteer").get(course(site)))


def a_part(site: PagesAtWork, words: str, **more: str) -> dict[str, str]:
    return {
        "kind": "wishes", "statements.0.told_by": str(site.club.ids["mother"]),
        "statements.0.about": str(site.club.ids["family"]), "statements.0.words": words, **more,
    }  # fmt: skip


def part_of(page: TestResponse, told: str) -> str:
    """The part on a page that holds these words."""
    section = next(one for one in text(page).split("<section")[1:] if told in one)
    return str(re.findall(r"/note-parts/([0-9a-f-]{36})", section)[0])


# The course on one page


def test_the_course_is_on_one_page_with_names_telephones_and_ages(site: PagesAtWork, leader: Visitor) -> None:
    assert "Klub Nykøbing" in text(leader.get())
    page = text(leader.get(course(site)))
    assert "Mette Mosegaard" in page and 'href="tel:+4520304050"' in page and "20 30 40 50" in page
    assert "Asta, 3 år" in page and "Bo, 1 år" in page
    assert "4 familier venter på, at du ringer" in page
    assert "Aften 1, tirsdag den 1. september 2026 kl. 17.00" in page and "Meget få familier" in page
    for unshared in (TROUBLE, MILK, PRESENTATION, "lacking_network", "Manglende netværk", "Har sagt ja med glæde"):
        assert unshared not in page


def test_who_has_not_been_rung_stands_first_until_the_conversation_is_held(site: PagesAtWork, leader: Visitor) -> None:
    call = family(site, "/conversation", of="Amal")
    waiting = text(leader.get(course(site))).split("Næste aften")[0]
    assert "Amal Aziz" in waiting and call in waiting and "Mosegaard" not in waiting
    said = {"held_on": "2026-09-01", "way": "telephone", "notice_given": "true"}
    assert leader.send(call, "/held", said).status_code == 303
    assert "I talte sammen" in text(leader.get(call))
    assert "Amal Aziz" not in text(leader.get(course(site))).split("Næste aften")[0]


def test_the_pages_are_in_english_for_who_reads_that(site: PagesAtWork, leader: Visitor) -> None:
    page = text(leader.get(course(site), **{"Accept-Language": "en"}))
    assert "Next evening" in page and "Asta, 3 years" in page and "Familierne" not in page


def test_accepting_confidentiality_introducing_the_room_and_the_state_are_one_button_each(
    site: PagesAtWork, leader: Visitor
) -> None:
    page = course(site)
    for action, typed in (
        ("/confidentiality", {}), ("/confidential-room", {}), ("/state", {"state": "ready"}),
        ("/late-entry", {"agreed": "true"}),
    ):  # fmt: skip
        sent = leader.send(page, action, typed)
        assert sent.status_code == 303, text(sent)
        assert 'role="status"' in text(leader.get(sent.headers["Location"]))
    assert "Jeg overholder tavshedspligten" not in text(leader.get(page))


def test_what_is_not_the_leaders_looks_like_what_is_not_there(site: PagesAtWork, leader: Visitor) -> None:
    nothing = leader.get(f"courses/{uuid4()}")
    assert nothing.status_code == 404
    for path in (
        course(site, f"/families/{uuid4()}"),
        f"courses/{uuid4()}/recalls",
        family(site, "/questions/made_up"),
    ):
        there = leader.get(path)
        assert (there.status_code, there.data) == (404, nothing.data), path
    volunteer = site.visitor(VOLUNTEER, CLUB, "leader", role=None)
    assert volunteer.get(course(site)).status_code == 404


# The call


def test_the_call_screen_has_the_notice_the_two_questions_verbatim_and_the_telephone(
    site: PagesAtWork, leader: Visitor
) -> None:
    page = text(leader.get(family(site, "/conversation")))
    assert 'href="tel:+4520304050"' in page and "Jeg har læst teksten op" in page
    assert "Jeg har ikke fået at vide, hvorfor I blev foreslået" in page
    assert all(question in page for question in GUIDING_QUESTIONS.values())
    arabic = text(leader.get(family(site, "/conversation?language=ar")))
    assert 'lang="ar" dir="rtl"' in arabic and "Datatilsynet" in arabic
    refused = leader.send(family(site, "/conversation"), "/held", {"held_on": "2027-01-01", "way": "telephone"})
    assert refused.status_code == 422 and 'href="#f-held_on"' in text(refused) and "2027-01-01" in text(refused)


def test_a_part_is_written_once_however_often_it_is_sent(site: PagesAtWork, leader: Visitor) -> None:
    page = family(site, "/conversation")
    html = leader.get(page).get_data(as_text=True)
    hidden = hidden_fields(html, "/note-parts")
    action, typed = hidden.pop("action"), a_part(site, "Vi vil gerne sove om natten")
    assert [leader.post(action, {**hidden, **typed}).status_code for _ in range(2)] == [303, 303]
    assert text(leader.get(page)).count("Vi vil gerne sove om natten") == 1


def test_words_that_may_not_belong_are_asked_about_kept_in_the_box_and_saved_when_they_are_to_stand(
    site: PagesAtWork, leader: Visitor
) -> None:
    page, told = family(site, "/conversation"), "Hendes mor har været indlagt hos Karin"
    asked = leader.send(page, "/note-parts", a_part(site, told))
    assert asked.status_code == 422
    assert "en, der ikke selv har fortalt det" in text(asked) and "sygdom eller helbred" in text(asked)
    assert told in text(asked) and told not in text(leader.get(page))
    other = leader.send(page, "/note-parts", a_part(site, told + " af politiet", _seen="third_person illness"))
    assert other.status_code == 422 and "noget strafbart" in text(other)
    saved = leader.send(page, "/note-parts", a_part(site, told, _seen="third_person illness"))
    assert saved.status_code == 303
    assert told in text(leader.get(page))
    assert told not in seen(site)


def test_a_cpr_number_is_refused_at_its_box_and_stands_nowhere_else(site: PagesAtWork, leader: Visitor) -> None:
    refused = leader.send(family(site, "/conversation"), "/note-parts", a_part(site, "Hun hedder 010190-1234"))
    page = text(refused)
    assert refused.status_code == 422 and 'href="#f-statements-0-words"' in page
    assert page.count("010190-1234") == 1
    assert re.search(r"<textarea[^>]*>[^<]*010190-1234", page)


def test_a_part_says_whom_it_is_about_and_who_told_it(site: PagesAtWork, leader: Visitor) -> None:
    typed = a_part(site, "Vi vil gerne sove") | {"statements.0.about": "", "kind": ""}
    refused = leader.send(family(site, "/conversation"), "/note-parts", typed)
    page = text(refused)
    assert 'href="#f-statements-0-about"' in page and 'href="#f-kind"' in page and "Vi vil gerne sove" in page


def test_what_is_about_two_is_two_statements_told_by_one(site: PagesAtWork, leader: Visitor) -> None:
    ids = site.club.ids
    typed = a_part(site, "Vi vil gerne sove") | {
        "statements.1.about": str(ids["girl"]), "statements.1.words": "Asta vågner tit", "themes": "sleep",
    }  # fmt: skip
    assert leader.send(family(site, "/conversation"), "/note-parts", typed).status_code == 303
    page = text(leader.get(family(site, "/read-back")))
    assert "Om Asta, fortalt af Mette" in page and "Om hele familien, fortalt af Mette" in page


def test_a_part_is_read_back_asked_about_in_the_published_words_shared_and_taken_back_in_one_step(
    site: PagesAtWork, leader: Visitor
) -> None:
    mother, told = str(site.club.ids["mother"]), "Vi cykler gerne herhen"
    leader.send(family(site, "/conversation"), "/note-parts", a_part(site, told, kind="needs"))
    part = part_of(leader.get(family(site, "/read-back")), told)
    assert leader.send(family(site, "/read-back"), f"{part}/read-back").status_code == 303
    question = family(site, f"/note-parts/{part}/questions/share_with_volunteers")
    page = text(leader.get(question))
    assert words(Purpose.SHARE_WITH_VOLUNTEERS, "da") in page and told in page
    radios = re.findall(r'<input class="form-radio"[^>]*name="(?:answer|person_id)"[^>]*>', page)
    assert len(radios) == 5 and not any("checked" in radio for radio in radios)
    refused = leader.send(question, "/answer", {"way": "telephone", "person_id": mother})
    assert refused.status_code == 422 and 'href="#f-answer"' in text(refused) and told not in seen(site)

    said = leader.send(question, "/answer", {"way": "telephone", "person_id": mother, "answer": "yes"})
    assert said.status_code == 303 and told in seen(site)

    holding = next(
        one for one in text(leader.get(family(site))).split('class="panel"') if "frivillige: Det, familien" in one
    )
    (consent,) = re.findall(r"consents/([0-9a-f-]+)/withdrawal", holding)
    sent = leader.send(family(site), f"{consent}/withdrawal", {"way": "sms"})
    assert told not in seen(site) and PRESENTATION in seen(site)
    assert "Pladsen i klubben er den samme" in text(leader.get(sent.headers["Location"]))

    assert "der er 1 ting at gøre" in text(leader.get(course(site)))
    recall = text(leader.get(course(site, "/recalls")))
    assert "Mette Mosegaard" in recall and "Det, familien har brug for" in recall and "Vibeke" in recall
    assert leader.send(course(site, "/recalls"), f"{consent}/readers/{VOLUNTEER}").status_code == 303
    assert "Har fået det at vide" in text(leader.get(course(site, "/recalls")))
    assert "at gøre" not in text(leader.get(course(site)))


def test_a_correction_closes_the_new_words_and_one_that_comes_late_shows_what_is_there_now(
    site: PagesAtWork, leader: Visitor
) -> None:
    page = family(site, f"/note-parts/{site.club.ids['practical']}")
    known = {
        "kind": "practical", "statements.0.told_by": str(site.club.ids["mother"]),
        "statements.0.about": str(site.club.ids["boy"]),
    }  # fmt: skip
    first = hidden_fields(leader.get(page).get_data(as_text=True), "/correction")
    late = dict(first)
    sent = leader.post(first.pop("action"), {**first, **known, "statements.0.words": MILK + " og æg"})
    assert sent.status_code == 303, text(sent)
    assert "Drengen må ikke få mælk og æg" in text(leader.get(family(site, "/read-back")))
    assert MILK in seen(site) and "og æg" not in seen(site)
    stale = leader.post(late.pop("action"), {**late, **known, "statements.0.words": MILK + " og nødder"})
    assert stale.status_code == 412
    assert "og nødder" in text(stale) and "Nu står der: Drengen må ikke få mælk og æg" in text(stale)


# What the family has said yes to


def test_custody_is_told_as_the_family_says_it(site: PagesAtWork, leader: Visitor) -> None:
    ids = site.club.ids
    page = family(site, "/custody")
    told = {"arrangement": "joint", "holders": [str(ids["mother"]), str(ids["father"])], "told_by": str(ids["mother"])}
    assert leader.send(page, f"/custody/{ids['girl']}", told).status_code == 303
    refused = leader.send(page, f"/custody/{ids['girl']}", told | {"arrangement": "single"})
    assert refused.status_code == 422


def test_a_receipt_is_a_document_to_hand_over(site: PagesAtWork, leader: Visitor) -> None:
    consent = site.club.ids["consent to practical"]
    assert f"/consents/{consent}/receipt.pdf" in text(leader.get(family(site)))
    paper = leader.get(f"consents/{consent}/receipt.pdf")
    assert paper.mimetype == "application/pdf" and paper.data.startswith(b"%PDF")


def test_a_co_leader_sees_of_the_note_what_the_family_agreed_to_and_corrects_nothing(site: PagesAtWork) -> None:
    page = text(site.visitor(CO_LEADER, CLUB, "leader").get(family(site, "/read-back")))
    assert TROUBLE in page and PRESENTATION not in page and MILK not in page
    assert "Familien er enig i ordene</button>" not in page and '/correction"' not in page


# The evenings


def test_the_evening_is_counted_and_a_family_that_cancelled_brings_nobody(site: PagesAtWork, leader: Visitor) -> None:
    ids, page = site.club.ids, course(site, "/evenings/1")
    assert "familie ventes" in text(leader.get(page))
    line = {"lines.0.family_id": str(ids["family"]), "lines.0.adults": "2", "lines.0.children": "2"}
    counted = leader.send(page, "/attendance", line | {"lines.0.status": "present"})
    assert counted.status_code == 303, text(counted)
    assert "1</b> familie kom" in text(leader.get(page))
    assert leader.send(page, "/attendance", line | {"lines.0.status": "not_come"}).status_code == 303
    nobody = leader.send(
        page, "/attendance", {**line, "lines.0.status": "present", "lines.0.adults": "0", "lines.0.children": ""}
    )
    assert nobody.status_code == 422 and 'href="#f-lines-0"' in text(nobody)
    assert 'id="f-lines-0"' in text(nobody)


def test_a_family_that_cannot_come_is_noted_without_a_reason_and_an_evening_is_moved_or_cancelled(
    site: PagesAtWork, leader: Visitor
) -> None:
    page = course(site, "/evenings/2")
    sent = leader.send(page, "/cancellations", {"family_id": str(site.club.ids["family"]), "way": "sms"})
    assert sent.status_code == 303
    assert "0</b> familier ventes" in text(leader.get(page)) and "Meget få familier" in text(leader.get(page))
    moved = {"on": "2026-09-15", "starts_at": "16:30", "kind": "outing", "minutes": "120"}
    assert leader.send(page, "/plan", moved).status_code == 303
    assert "15. september 2026" in text(leader.get(page))
    assert leader.send(course(site, "/evenings/2/cancelling"), "/cancelled").status_code == 303
    assert "Aflyst" in text(leader.get(page))


def test_the_sheet_has_first_names_and_ages_its_number_and_time_and_stands_in_the_log(
    site: PagesAtWork, leader: Visitor
) -> None:
    sheet = leader.send(course(site, "/evenings/1"), "/sheets")
    page = text(sheet)
    assert sheet.status_code == 200 and sheet.headers["Cache-Control"] == "no-store"
    assert "Mette og Frode" in page and "Asta, 3 år" in page and "1. sep. 2026" in page
    for never in ("Mosegaard", "+4520304050", PRESENTATION, MILK):
        assert never not in page
    log = site.club.house.realms[CLUB].log
    assert list(log.find(actor=LEADER, action="print"))


# The family's own data


def test_somebody_whose_data_rest_is_said_to_be_there_and_not_named(site: PagesAtWork, leader: Visitor) -> None:
    club, page = site.club, family(site, "/members", of="Rest")
    (resting,) = set(re.findall(r"/telephones/([0-9a-f-]+)", text(leader.get(page))))
    asked = rights.ReceiveRequest(right=Right.RESTRICTION, subject=UUID(resting), asked_by=UUID(resting))
    request_id = UUID(club.does(OFFICER, Role.OFFICER, asked)["request_id"])
    club.does(OFFICER, Role.OFFICER, rights.CheckIdentity(request_id=request_id, how="ringede op på nummeret"))
    because = RestrictedBecause.ACCURACY_CONTESTED
    club.does(OFFICER, Role.OFFICER, restricting.PlaceRestriction(request_id=request_id, because=because))
    for path in (course(site), family(site, of="Rest"), page, family(site, "/conversation", of="Rest")):
        shown = leader.get(path)
        assert shown.status_code == 200, path
        assert "navnet vises ikke lige nu" in text(shown) and "Restrup" not in text(shown)
    assert "Oplysningerne hviler lige nu" in text(leader.get(page))
    assert f"/telephones/{resting}" not in text(leader.get(page)), "or an empty field would take the number away"


def test_names_telephone_and_birth_month_are_kept_right(site: PagesAtWork, leader: Visitor) -> None:
    page = family(site, "/members", of="Rikke")
    html = text(leader.get(page))
    (rikke,) = set(re.findall(r"/telephones/([0-9a-f-]+)", html))
    (child,) = set(re.findall(r"/birth-months/([0-9a-f-]+)", html))
    for action, typed in (
        (f"/telephones/{rikke}", {"telephone": "20 99 88 77"}),
        (f"/names/{rikke}", {"given_name": "Ricarda", "family_name": "Rask"}),
        (f"/birth-months/{child}", {"birth_month": "2022-01"}),
    ):
        assert leader.send(page, action, typed).status_code == 303
    shown = text(leader.get(course(site)))
    assert "Ricarda Rask" in shown and "tel:+4520998877" in shown and "BarnRikke, 4 år" in shown
    refused = leader.send(page, f"/telephones/{rikke}", {"telephone": "12"})
    assert refused.status_code == 422 and text(refused).count('value="12"') == 1
    assert f'href="#f-{rikke}-telephone"' in text(refused)


def test_a_code_is_shown_once_and_can_be_closed(site: PagesAtWork, leader: Visitor) -> None:
    page = family(site, "/members", of="Rikke")
    (rikke,) = set(re.findall(r"/telephones/([0-9a-f-]+)", text(leader.get(page))))
    hidden = hidden_fields(leader.get(page).get_data(as_text=True), f"/invitations/{rikke}")
    action = hidden.pop("action")
    made = leader.post(action, hidden)
    (code,) = re.findall(r'<p class="code"[^>]*>([^<]+)</p>', text(made))
    assert made.status_code == 200 and len(code) >= 8
    assert code not in text(leader.post(action, hidden))
    after = text(leader.get(page))
    assert code not in after and "Der er lavet en kode" in after
    (invitation,) = re.findall(r'action="[^"]*/revoked/([0-9a-f-]+)"', after)
    assert leader.send(page, f"/revoked/{invitation}").status_code == 303
    assert "Der er lavet en kode" not in text(leader.get(page))


def test_a_place_is_confirmed_and_given_up_after_a_question_and_no_reason_is_asked(
    site: PagesAtWork, leader: Visitor
) -> None:
    assert "BarnLine" not in seen(site)
    assert leader.send(course(site), f"/places/{site.club.ids['Line']}").status_code == 303
    assert "BarnLine" in seen(site)
    leaving = family(site, "/leaving", of="Line")
    assert "Spørg ikke hvorfor" in text(leader.get(leaving))
    assert leader.send(leaving, "/left").status_code == 303
    assert "BarnLine" not in seen(site) and "Lund" not in text(leader.get(course(site)))
    assert leader.get(family(site, of="Line")).status_code == 404


def test_a_volunteer_who_knows_the_family_is_kept_from_what_it_shares_and_let_in_again(
    site: PagesAtWork, leader: Visitor
) -> None:
    page = family(site, "/acquaintances")
    assert PRESENTATION in seen(site)
    assert leader.send(page, f"/acquaintances/{VOLUNTEER}").status_code == 303
    assert PRESENTATION not in seen(site) and "Læser ikke, hvad familien deler" in text(leader.get(page))
    assert leader.send(page, f"/acquaintances/{VOLUNTEER}").status_code == 303
    assert PRESENTATION in seen(site)


def test_what_the_officer_accepted_to_correct_is_led_to_corrected_and_confirmed(
    site: PagesAtWork, leader: Visitor
) -> None:
    club, ids = site.club, site.club.ids
    assert "Der er ikke noget at rette" in text(leader.get("corrections"))
    said = (Wished("roster", "given_name", "Astrid"),)
    asked = rights.ReceiveRequest(right=Right.RECTIFICATION, subject=ids["girl"], corrections=said)
    made = club.does(MOTHER, Role.FAMILY, asked, person_id=ids["mother"])
    request_id = UUID(made["request_id"])
    club.does(OFFICER, Role.OFFICER, rights.CheckIdentity(request_id=request_id, how="ringede op på nummeret"))
    club.does(OFFICER, Role.OFFICER, rectifying.DecideCorrection(request_id=request_id, number=1))

    page = text(leader.get("corrections"))
    assert "Astrid" in page and "Asta: fornavn" in page and family(site, "/members") in page
    early = leader.send("corrections", f"/{request_id}/1")
    assert early.status_code in (409, 422) and "Det blev ikke gemt endnu" in text(early)
    assert leader.send(family(site, "/members"), f"/names/{ids['girl']}", {"given_name": "Astrid"}).status_code == 303
    assert leader.send("corrections", f"/{request_id}/1").status_code == 303
    assert "Der er ikke noget at rette" in text(leader.get("corrections"))
