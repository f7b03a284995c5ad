"""The officer's pages: who read and never what, whether the log is whole in words, and a case from its receipt to its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from adapters.web.officer.log_words import ACTIONS, CONDITIONS, RULES, rule_in_words
from application import known_relations, watch
from application.checks import AnnounceDraw
from application.desk import Asker
from application.reading import leader as reading
from domain.compartments import RIGHTS
from domain.errors import Refusal
from domain.people import Role
from gdpr.policy import MAY_SEE
from infrastructure.log_tables import log_entries
from tests.access_log_examples import without_triggers
from tests.club_at_work import CLUB, COORDINATOR, FIRST_EVENING, LEADER, MILK, OFFICER, STRANGER, TOWN, TROUBLE
from tests.house import meddling
from tests.pages_at_work import PagesAtWork, Visitor, hidden_fields, pages_at_work

NAMES = ("Mette", "Mosegaard", "Frode", "Fjeldsted", "Asta", "20304050", TROUBLE, MILK)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesAtWork]:
    """The day after the first evening: the leader read a part of the note, the coordinator tried three times in vain."""
    made = pages_at_work(tmp_path_factory.mktemp("officer"))
    club = made.club
    club.does(OFFICER, Role.OFFICER, AnnounceDraw(since=None, until=None))
    reading.part(Asker(LEADER, Role.LEADER, uuid4()), club.ids["trouble"], club.desk())
    for _ in range(3):
        with pytest.raises(Refusal):
            reading.part(Asker(COORDINATOR, Role.LEADER, uuid4()), club.ids["trouble"], club.desk())
    club.clock.set(FIRST_EVENING + timedelta(days=1))
    club.house.tend()
    yield made
    club.house.close()


@pytest.fixture(scope="module")
def officer(site: PagesAtWork) -> Visitor:
    return site.visitor(OFFICER, CLUB, "officer")


def said(answer: TestResponse) -> str:
    """What a page says, as it is read: without its marks, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def opened(officer: Visitor, page: str, action: str, typed: dict[str, str]) -> str:
    """Send a form that leads to a page of its own; the id in that page's address."""
    answer = officer.send(page, action, typed)
    assert answer.status_code == 303, said(answer)
    found = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.headers["Location"])
    assert found is not None
    return found[0]


def a_case(site: PagesAtWork, officer: Visitor, right: str, person: str = "mother", **more: str) -> str:
    who = str(site.club.ids[person])
    return opened(officer, "cases/new", "/cases", {"right": right, "subject": who, "asked_by": who, **more})


def test_who_read_a_part_and_who_tried_in_vain_is_told_and_not_what_it_says(
    site: PagesAtWork, officer: Visitor
) -> None:
    part = site.club.ids["trouble"]
    text = said(officer.get(f"readings?part={part}"))
    assert "Klubleder" in text and "Fik nej" in text and "mangler: leder forløbet" in text
    assert "Noten hos klublederen" in text and "For at forberede forløbet" in text
    assert not [word for word in NAMES if word in text]
    only = said(officer.get(f"readings?part={part}&action=refused&since=2026-09-01&until=2026-09-01"))
    assert "Fik nej" in only and "Læste" not in only.split("Fundet")[1]
    assert "Loggen har ingen linjer, der passer." in said(officer.get(f"readings?part={part}&until=2026-08-31"))
    assert "Så i loggen" in said(officer.get(f"readings?actor={OFFICER}")), "the officer's own questions are there too"


def test_a_long_answer_comes_a_page_at_a_time(site: PagesAtWork, officer: Visitor) -> None:
    for _ in range(52):
        site.club.desk().gate.note(
            Asker(STRANGER, Role.OFFICER, uuid4()).asks(site.club.desk(), "audit"), "officer", RIGHTS
        )
    first = officer.get(f"readings?actor={STRANGER}").get_data(as_text=True)
    following = re.search(r'href="([^"]*after=\d+[^"]*)"', first)
    assert following is not None and first.count("<tr>") == 51
    last = officer.get(following[1].replace("&amp;", "&")).get_data(as_text=True)
    assert last.count("<tr>") == 3 and "after=" not in last


def test_what_cannot_be_asked_is_refused_at_its_field_and_kept(officer: Visitor) -> None:
    html = officer.get("readings?subject=Mette&since=2026-09-31").get_data(as_text=True)
    assert html.count("Mette") == 1 and 'value="Mette"' in html
    assert 'href="#f-subject"' in html and 'id="f-subject-error"' in html
    assert 'id="f-since-error"' in officer.get("readings?since=i+september").get_data(as_text=True)


def test_what_a_volunteer_could_see_on_a_day(site: PagesAtWork, officer: Visitor) -> None:
    ids = site.club.ids
    part = "past/part?role=volunteer&on=2026-09-01&part="
    assert "Ingen i rollen kunne se delen den dag." in said(officer.get(f"{part}{ids['trouble']}"))
    assert "Delen kunne ses af 1 person." in said(officer.get(f"{part}{ids['practical']}"))
    day = said(officer.get("past?role=volunteer&on=2026-09-01"))
    assert "Det, de frivillige må læse" in day and "Noten hos klublederen" not in day
    assert site.visitor(OFFICER, TOWN, "officer").get("past/part").status_code == 404


def test_the_month_says_what_waits_and_draws_what_was_read_beside_the_numbers(
    site: PagesAtWork, officer: Visitor
) -> None:
    html = officer.get().get_data(as_text=True)
    assert "1 stikprøve er ikke færdig" in html
    assert 'role="img" aria-labelledby="month-chart-title month-chart-desc"' in html
    assert re.search(r"1\. september 2026</td><td[^>]*>2</td><td[^>]*>3</td>", html)
    assert "Måneden efter" not in html and "style=" not in html
    assert "august 2026" in said(officer.get("?month=2026-08"))
    assert officer.get("?month=2026-13").status_code == 422


def test_the_log_is_whole_in_words_and_the_result_stays(site: PagesAtWork, officer: Visitor) -> None:
    text = said(officer.send("log", "/log/verification"))
    assert re.search(r"Loggen er hel: \d+ linjer\. Underskrevet til og med", text)
    assert "Sidst efterprøvet 2. sep. 2026" in said(officer.get("log"))
    assert "Sådan vokser træet" in said(officer.get("log"))
    proof = officer.get("log/proof.json?entry=1")
    assert proof.get_json()["entry"]["seq"] == 1 and "attachment" in proof.headers["Content-Disposition"]
    assert officer.get("log/proof.json?entry=99999").status_code == 404


def test_a_random_check_is_announced_drawn_and_reported(site: PagesAtWork, officer: Visitor) -> None:
    early = opened(officer, "checks", "/checks", {"since": "2026-09-01", "until": "2026-09-02"})
    assert "Perioden er ikke slut endnu" in said(officer.get(f"checks/{early}"))
    draw = next(
        one
        for one in re.findall(r"/checks/([0-9a-f-]{36})", officer.get("checks").get_data(as_text=True))
        if one != early
    )
    officer.send(f"checks/{draw}", "/drawing")
    html = officer.get(f"checks/{draw}").get_data(as_text=True)
    lines = re.findall(r'id="line-(\d+)"', html)
    assert lines and "leder forløbet" in html
    silent = officer.send(f"checks/{draw}", f"/findings/{lines[0]}", {"finding": "misuse"})
    assert silent.status_code == 422 and "Skriv kort, hvad du fandt" in said(silent)
    for line in lines:
        assert officer.send(f"checks/{draw}", f"/findings/{line}", {"finding": "explained"}).status_code == 303
    assert "De samme linjer blev trukket igen." in said(officer.get(f"checks/{draw}/again"))
    officer.send(f"checks/{draw}", "/closing")
    assert "Færdig 2. september 2026" in said(officer.get(f"checks/{draw}"))


def test_an_alarm_is_looked_into(officer: Visitor) -> None:
    assert "1 alarm er ikke set på endnu" in said(officer.get())
    html = officer.get("alarms?open_only=true").get_data(as_text=True)
    assert "Flere afviste forsøg på et døgn" in html
    (seq,) = re.findall(r'action="[^"]*/alarms/(\d+)"', html)
    officer.send("alarms?open_only=true", f"/alarms/{seq}", {"finding": "unexplained", "words": "Ringer til hende"})
    assert "Ingen alarmer" in said(officer.get("alarms?open_only=true")) and "alarm er ikke" not in said(officer.get())
    assert "Ringer til hende" in said(officer.get("alarms"))


def test_an_erasure_from_its_receipt_to_its_receipt(site: PagesAtWork, officer: Visitor) -> None:
    case = f"cases/{a_case(site, officer, 'erasure', 'father')}"
    assert "30 dage tilbage" in said(officer.get(case))
    missing = officer.send(case, "/identity", {"how": ""})
    assert missing.status_code == 422 and 'id="f-how-error"' in missing.get_data(as_text=True)
    officer.send(case, "/identity", {"how": "Mødt op"})
    nothing = officer.send(case, "/decisions", {"outcome": "keep"})
    assert nothing.status_code == 422 and 'href="#f-compartment"' in nothing.get_data(as_text=True)
    kept = {
        "compartment": "contact", "outcome": "keep", "ground": "GDPR Art. 17(3)(b)",
        "legal_basis": "bogføringsloven § 12", "keep_until": "2031-12-31",
    }  # fmt: skip
    assert officer.send(case, "/decisions", kept).status_code == 303
    confirm = said(officer.get(f"{case}/erasure"))
    assert "bogføringsloven § 12" in confirm and "Papir, der er skrevet ud" in confirm and "Fornavne" in confirm
    done = officer.send(f"{case}/erasure", "/erasure")
    assert done.status_code == 303
    receipt = said(officer.get(done.headers["Location"]))
    assert "Sletningen er gennemført." in receipt and "Fornavne" in receipt and "bogføringsloven § 12" in receipt
    assert officer.get(f"{case}/receipt.txt").status_code == 200
    assert officer.get(f"{case}/letter.pdf?kind=acknowledgement").data.startswith(b"%PDF")


def test_access_is_answered_with_what_is_withheld_and_a_release_needs_another(
    site: PagesAtWork, officer: Visitor
) -> None:
    case = f"cases/{a_case(site, officer, 'access')}"
    officer.send(case, "/identity", {"how": "Mødt op"})
    silent = officer.send(case, "/answer", {"withheld.note": "GDPR Art. 15(4)"})
    assert silent.status_code == 422 and 'href="#f-names_of_staff"' in silent.get_data(as_text=True)
    typed = {
        "names_of_staff": "withheld_not_needed",
        "withheld.note": "GDPR Art. 15(4)",
        "reasons": "Af hensyn til barnet",
    }
    assert officer.send(case, "/answer", typed).status_code == 303
    text = said(officer.get(case))
    assert "Noten hos klublederen: Andres rettigheder" in text and "Svar (PDF)" in text
    officer.send(f"{case}/release", f"{case}/release", {"ground": "no_login"})
    own = officer.send(f"{case}/release", "/release/approval")
    assert own.status_code in (403, 409) and "En anden skal sige ja" in said(own)
    assert officer.get(f"{case}/answer.pdf").status_code in (404, 409)


def test_a_deadline_is_extended_and_a_case_refused_with_reasons(site: PagesAtWork, officer: Visitor) -> None:
    case = f"cases/{a_case(site, officer, 'portability')}"
    officer.send(case, "/identity", {"how": "Mødt op"})
    extended = officer.send(f"{case}/extension", "/extension", {"because": "complexity", "reasons": "Mange samtaler"})
    assert extended.status_code == 303 and "forlænget: Sagen er indviklet" in said(officer.get(case))
    assert officer.get(f"{case}/letter.pdf?kind=extension").data.startswith(b"%PDF")
    refused = officer.send(f"{case}/refusal", "/refusal", {"ground": "manifestly_excessive", "reasons": "Tredje gang"})
    assert refused.status_code == 303 and "Anmodningen er åbenbart overdreven" in said(officer.get(case))
    assert "Forlæng fristen" not in said(officer.get(case))


def test_a_correction_and_a_restriction_are_decided(site: PagesAtWork, officer: Visitor) -> None:
    wished = {
        "corrections.0.compartment": "contact",
        "corrections.0.field": "family_name",
        "corrections.0.words": "Mose",
    }
    case = f"cases/{a_case(site, officer, 'rectification', **wished)}"
    officer.send(case, "/identity", {"how": "Mødt op"})
    assert (
        officer.send(case, "/corrections/1", {"refused": "held_to_be_accurate", "reasons": "Passet"}).status_code == 303
    )
    assert "Vi mener, at oplysningen er rigtig" in said(officer.get(case))
    assert officer.send(case, "/completion").status_code == 303

    case = f"cases/{a_case(site, officer, 'restriction')}"
    officer.send(case, "/identity", {"how": "Mødt op"})
    officer.send(case, "/restriction", {"because": "GDPR Art. 18(1)(a)", "compartments": "contact"})
    assert "Begrænset Efternavn og rolle i familien" in said(officer.get(case))
    assert officer.send(case, "/restriction/lift", {"told_on": "2026-09-02"}).status_code == 303


def test_an_objection_is_offered_only_against_what_can_be_objected_to(site: PagesAtWork, officer: Visitor) -> None:
    assert 'value="contact"' not in officer.get("cases/new").get_data(as_text=True).split('name="against"', 1)[1]
    town = site.visitor(OFFICER, TOWN, "officer")
    case = f"cases/{a_case(site, town, 'objection', against='case_file')}"
    town.send(case, "/identity", {"how": "Mødt op"})
    assert "Begrænset Kommunens grunde til at henvise" in said(town.get(case))
    assert town.send(case, "/objection", {}).status_code == 303


def test_a_family_is_found_by_its_number_without_a_name(site: PagesAtWork, officer: Visitor) -> None:
    text = said(officer.get(f"cases/new?family={site.club.ids['family']}"))
    assert text.count("Voksen") == 2 and not [word for word in NAMES if word in text]


def test_a_breach_is_written_down_described_judged_reported_and_closed(officer: Visitor) -> None:
    missing = officer.send("breaches/new", "/breaches/new", {"what": "En liste", "aware_at": "i går"})
    html = missing.get_data(as_text=True)
    assert missing.status_code == 422 and 'href="#f-natures"' in html and 'id="f-aware_at-error"' in html
    assert ">En liste</textarea>" in html
    typed = {"what": "En liste i bussen", "natures": "confidentiality", "aware_at": "2026-09-02T16:00"}
    breach = f"breaches/{opened(officer, 'breaches/new', '/breaches/new', typed)}"
    text = said(officer.get(breach))
    assert "71 timer tilbage til at anmelde" in text and "en vurdering af risikoen" in text
    described = {
        "affected": "parents",
        "compartments": "roster",
        "persons": "4",
        "consequences": "Ingen kendte",
        "measures": "Hentet",
    }
    officer.send(breach, "/description", {**described, "contact": "Databeskyttelsen"})
    officer.send(breach, "/risk", {"risk": "risk", "reason": "Navne på gaden"})
    assert officer.send(breach, "/reports", {"reported_at": "2026-09-02T16:30"}).status_code == 303
    assert officer.send(breach, "/closing").status_code == 303
    assert "Anmeldelse 1" in said(officer.get(breach)) and "Gem vurderingen" not in said(officer.get(breach))
    assert officer.get("breaches.pdf").data.startswith(b"%PDF")
    assert "2 kunne læses om" not in said(officer.get(f"blast-radius?actor={STRANGER}&since=2026-09-01"))


def test_what_was_sent_twice_is_written_once_and_what_another_changed_meanwhile_is_not_overwritten(
    officer: Visitor,
) -> None:
    form = hidden_fields(officer.get("breaches/new").get_data(as_text=True), "/breaches/new")
    action = form.pop("action")
    sent = {**form, "what": "To gange", "natures": "integrity", "aware_at": "2026-09-02T16:00"}
    first, again = (officer.post(action, sent) for _ in range(2))
    assert first.status_code == again.status_code == 303, said(first)
    assert first.headers["Location"] == again.headers["Location"]
    breach = first.headers["Location"].partition("?")[0]
    old = hidden_fields(officer.get(breach).get_data(as_text=True), "/description")
    officer.send(breach, "/risk", {"risk": "unlikely", "reason": "Låst telefon"})
    stale = officer.post(old.pop("action"), {**old, "measures": "Fjernslettet"})
    assert stale.status_code == 412 and ">Fjernslettet</textarea>" in stale.get_data(as_text=True)
    assert "En anden nåede at ændre det" in said(stale) and "Fjernslettet" not in said(officer.get(breach))


def test_a_hold_keeps_back_and_is_lifted(site: PagesAtWork, officer: Visitor) -> None:
    typed = {
        "subject": str(site.club.ids["mother"]), "compartments": "contact", "ground": "legal_claim", "reason": "En sag",
        "review_on": "2027-03-01",
    }  # fmt: skip
    hold = f"holds/{opened(officer, 'holds/new', '/holds/new', typed)}"
    assert "En sag" in said(officer.get(hold)) and "et retskrav" in said(officer.get("retention"))
    assert "Holdes tilbage" in said(officer.get("retention?on=2028-06-01"))
    assert officer.send(hold, "/review", {"review_on": "2027-05-01"}).status_code == 303
    assert officer.send(hold, "/lifting").status_code == 303
    assert "Intet skal gå i dag." in said(officer.get("retention/run"))


@pytest.mark.parametrize("realm", [CLUB, TOWN])
def test_every_page_opens_in_both_kinds_of_realm_and_names_nobody(site: PagesAtWork, realm: str) -> None:
    officer = site.visitor(OFFICER, realm, "officer")
    for path in (
        "", "readings", "past", "without-consent?since=2026-08-01&until=2026-09-30", "log", "checks", "alarms", "cases",
        "cases/new", "releases", "breaches", "breaches/new", "blast-radius", "records", "matrix", "roles", "recalls",
        "retention", "retention?on=2028-01-01", "retention/run", "holds/new",
    ):  # fmt: skip
        answer = officer.get(path)
        assert answer.status_code == 200, path
        assert not [word for word in NAMES if word in answer.get_data(as_text=True)], path
    assert officer.get("records/art30.pdf").data.startswith(b"%PDF")
    assert "Measures in force" in officer.get("records/dpia.md").get_data(as_text=True)


def test_nobody_else_learns_that_there_is_such_a_page(site: PagesAtWork, officer: Visitor) -> None:
    unknown = officer.get(f"cases/{uuid4()}")
    leader = site.visitor(LEADER, CLUB, "leader")
    theirs = leader.get(f"/{CLUB}/officer/readings")
    assert unknown.status_code == theirs.status_code == 404
    assert said(unknown) == said(theirs)


def test_every_rule_the_log_may_name_has_words() -> None:
    conditions = {condition.__name__ for line in MAY_SEE.values() for condition in line.conditions}
    assert conditions <= CONDITIONS.keys()
    assert {rule.__name__ for rule in (*known_relations.RULES, *watch.RULES)} <= RULES.keys()
    assert rule_in_words("not: consent_in_force") == [(False, "samtykke gælder")]
    assert rule_in_words("volunteer never sees note") == [(False, "rollen må aldrig se det")]
    assert not [rule_in_words(action) for action in ACTIONS if rule_in_words(action)]


def test_a_log_that_was_altered_names_the_first_line_that_is_broken(site: PagesAtWork, officer: Visitor) -> None:
    realm, first = site.club.house.realms[CLUB], log_entries.c.seq == 1
    without_triggers(realm.log_database)
    with meddling(realm.settings.log) as connection:
        was = connection.execute(sa.select(log_entries.c.public).where(first)).scalar_one()
        connection.execute(log_entries.update().where(first).values(public=b"{}"))
    text = said(officer.send("log", "/log/verification"))
    assert "Loggen er ikke hel" in text and "Den første linje, der er brudt, er linje 1" in text
    assert "Ikke hel" in said(officer.get("log"))
    with meddling(realm.settings.log) as connection:
        connection.execute(log_entries.update().where(first).values(public=was))
    assert "Loggen er hel" in said(officer.send("log", "/log/verification"))
