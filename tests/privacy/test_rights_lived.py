"""A mother, a father and two officers: every right from the request to its end, each realm for itself, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from adapters.letters.answer import access_letter
from adapters.letters.requests import request_letter
from application import correcting, courses, families, introductions, recipients, referrals, rights
from application.answers import deciding, letters
from application.answers.letters import Letter, NoSuchLetter
from application.handovers import NobodyToHandOver
from application.ports import StaleVersion
from application.reading import groups, leader, municipality, requests, volunteer
from application.rectifying import CompleteRequest, ConfirmCorrection, DecideCorrection, TellRecipient, corrections
from application.restricting import DecideObjection, LiftRestriction, PlaceRestriction
from application.rights import NoSuchRequest
from domain.compartments import BY_NAME
from domain.lists import DayCare
from gdpr.answering_facts import CompellingGround, CorrectionRefused, Form, NamesOfStaff, RecipientKind, WithheldBecause
from gdpr.answers import AnswerIsAFile, NotAnsweredYet, NotOurAnswer
from gdpr.rectification import NotCorrectedYet, RecipientsNotTold, Wished
from gdpr.rights import NotOwnData, Step
from gdpr.rights_facts import ExtendedBecause, RefusedBecause, RestrictedBecause, Right
from tests.house import CLUB, TOWN
from tests.living import ADDRESSES, DIGITS, GIVEN_NAMES, HOW, SAID, STEM, SURNAMES, TELEPHONES, VOLUNTEER, Life
from tests.privacy.asking import everything
from tests.privacy.conftest import told_on

OFFICERS = {CLUB: "officer", TOWN: "town's officer"}
UNSEEN = ("Qvizkolmfar", "Qvizkolmgaard", TELEPHONES["father"], SAID["by the father"])
"""What no answer to the mother may hold: the other adult's name, number and words."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """One story for all rights on either database: each test makes cases of its own and undoes what others would see."""
    with told_on(request).again(tmp_path_factory.mktemp("rights") / "home") as life:
        yield life


def asks(life: Life, who: str, right: Right, realm: str = CLUB, *, about: str = "", **more: Any) -> UUID:
    """A request of a family's member, with the identity checked."""
    command = rights.ReceiveRequest(right=right, subject=life.ids[about or who], **more)
    request_id = UUID(life.does(who, command, realm)["request_id"])
    life.does(OFFICERS[realm], rights.CheckIdentity(request_id=request_id, how=HOW), realm)
    return request_id


def collected(life: Life, who: str, request_id: UUID, realm: str = CLUB) -> Mapping[str, Any]:
    handed_out = deciding.collect(life.asker(who), request_id, life.desk(realm), Form.JSON, deciding.as_json)
    found: Mapping[str, Any] = json.loads(handed_out)
    return found


def answered(
    life: Life, who: str, right: Right, realm: str = CLUB, *, about: str = "", **said: Any
) -> Mapping[str, Any]:
    request_id = asks(life, who, right, realm, about=about)
    names = said.pop("names_of_staff", NamesOfStaff.WITHHELD_NOT_NEEDED)
    life.does(OFFICERS[realm], deciding.AnswerRequest(request_id=request_id, names_of_staff=names, **said), realm)
    return collected(life, who, request_id, realm)


def waits_for(life: Life, request_id: UUID, realm: str = CLUB) -> Step:
    line = requests.request(life.asker(OFFICERS[realm]), request_id, life.desk(realm))
    found: Step = line["waits_for"]
    return found


def test_a_mother_is_told_all_that_is_held_why_whence_who_had_it_and_who_looked_and_nothing_of_the_father(
    scene: Life,
) -> None:
    life = scene
    everything(life, "volunteer", (CLUB,))
    request_id = asks(life, "mother", Right.ACCESS)
    desk = life.desk()
    with pytest.raises(NotAnsweredYet):
        collected(life, "mother", request_id)
    life.does("officer", deciding.AnswerRequest(request_id=request_id))
    assert waits_for(life, request_id) is Step.COLLECT
    before = len(desk.log.find(subject=life.ids["mother"], action="read"))
    page = deciding.collect(
        life.asker("mother"), request_id, desk, Form.PDF,
        lambda answer: desk.documents.pdf(access_letter(answer, desk.controller)),
    )  # fmt: skip
    answer = collected(life, "mother", request_id)

    items = answer["items"]
    assert list(items)[:8] == [
        "a_purposes", "b_categories", "c_recipients", "d_periods", "e_rights", "f_complaint", "g_sources",
        "h_automated_decisions",
    ]  # fmt: skip
    assert (items["h_automated_decisions"], items["transfers"]) == ([], [])
    assert [line["purpose"] for line in items["a_purposes"]] == [
        BY_NAME[line["compartment"]].purpose for line in items["b_categories"]
    ]
    words = json.dumps(answer, ensure_ascii=False)
    for own in (
        GIVEN_NAMES["mother"],
        GIVEN_NAMES["girl"],
        SURNAMES["mother"],
        SAID["challenges"],
        SAID["presentation"],
    ):
        assert own in words
    assert [other for other in UNSEEN if other in words] == []
    sources = {line["compartment"]: line for line in items["g_sources"]}
    assert (sources["roster"]["source"], sources["roster"]["on"]) == ("hand_over", ["2026-08-11"])
    assert (sources["note"]["source"], sources["note"]["on"]) == ("the_family", ["2026-08-14"])
    readers = {line["role"] for line in items["c_recipients"]}
    assert {"volunteer", "leader"} <= readers
    assert {line["role"] for line in answer["log"]} >= {"volunteer", "leader"}
    assert all("name" not in line and "actor" not in line for line in answer["log"])
    assert {line["field"] for line in answer["earlier"]} >= {"needs_translation", "adults", "children"}
    assert answer["requests"][0]["words"][-1]["words"] == HOW

    assert page.startswith(b"%PDF")
    shown = requests.request(life.asker("mother"), request_id, desk)
    assert [each["form"] for each in shown["collected"]] == [Form.PDF, Form.JSON]
    assert shown["collected"][0]["sha256"] == sha256(page).hexdigest()
    assert requests.answer_check(life.asker("officer"), request_id, sha256(page).hexdigest(), desk)["form"] is Form.PDF
    with pytest.raises(NotOurAnswer):
        requests.answer_check(life.asker("mother"), request_id, sha256(page + b" ").hexdigest(), desk)
    read = desk.log.find(subject=life.ids["mother"], action="read")[before:]
    assert {(entry.role, entry.purpose) for entry in read} == {("family", "answer_access")}, "each collection is logged"
    for other in ("father", "officer", "mother of B"):
        with pytest.raises(NoSuchRequest):
            collected(life, other, request_id)


def test_the_municipality_answers_for_itself_with_what_it_assessed_and_whom_it_told(scene: Life) -> None:
    life = scene
    answer = answered(
        life, "mother", Right.ACCESS, TOWN, names_of_staff=NamesOfStaff.GIVEN_NEEDED_FOR_RIGHTS,
        withheld={"municipal_address": WithheldBecause.PRIVATE_INTERESTS}, reasons="adressen er beskyttet",
    )  # fmt: skip
    (referral,) = answer["copy"]["referrals"]
    assert referral["remark"].startswith(f"{STEM}remark")
    assert ("red-barnet", "2026-08-11") in {(r["controller"], r["first_on"]) for r in answer["items"]["c_recipients"]}
    assert all("address" not in member for member in answer["copy"]["members"]), "what was withheld is not there"
    assert answer["withheld"] == [{"compartment": "municipal_address", "ground": "databeskyttelsesloven § 22, stk. 1"}]
    coordinator = next(line for line in answer["log"] if line["role"] == "coordinator")
    assert coordinator["name"] == f"{STEM}koo {STEM}holmkoo"
    assert [other for other in UNSEEN if other in json.dumps(answer, ensure_ascii=False)] == []


def test_whatever_is_in_the_file_stands_in_the_letter_too(scene: Life) -> None:
    life = scene
    for realm in (CLUB, TOWN):
        answer = answered(life, "mother", Right.ACCESS, realm)
        for language in ("da", "en", "ar"):
            letter = repr(access_letter(answer, life.desk(realm).controller, language=language))
            held = [answer["copy"], answer["earlier"], answer["requests"]]
            assert [words for words in typed_in(held) if words not in letter] == []
        shown = {"realm", "team", "language", "members", "custody", "referrals", "places", "note_parts", "attendance",
                 "follow_up", "consents", "kept_for_the_next_course", "may_consent_for", "holds"}  # fmt: skip
        assert answer["copy"].keys() <= shown, "a new part of the copy needs words in adapters/letters/answer_copy.py"


def typed_in(held: Any) -> Iterator[str]:
    """Every text of an answer that somebody of the story typed in."""
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        for inner in held:
            yield from typed_in(inner)
    elif isinstance(held, str) and (STEM in held or DIGITS in held):
        yield held


def test_one_parent_asks_for_the_child_without_the_other_and_gets_the_childs_alone(scene: Life) -> None:
    life = scene
    hers, his = (answered(life, who, Right.ACCESS, about="girl") for who in ("mother", "father"))
    for answer in (hers, his):
        assert [member["given_name"] for member in answer["copy"]["members"]] == [GIVEN_NAMES["girl"]]
    told = json.dumps(his, ensure_ascii=False)
    assert [words for words in (SAID["presentation"], SAID["challenges"], SURNAMES["mother"]) if words in told] == []
    assert SAID["presentation"] in json.dumps(hers, ensure_ascii=False), (
        "what she told of the household is the child's too"
    )
    assert SAID["challenges"] not in json.dumps(hers, ensure_ascii=False), "what she told of herself is not"
    with pytest.raises(NotOwnData):
        asks(life, "father", Right.ACCESS, about="mother")
    with pytest.raises(NotOwnData):
        asks(life, "father", Right.ACCESS, about="boy")


def test_what_a_mother_takes_along_is_what_she_gave_and_nothing_anybody_judged(scene: Life) -> None:
    life = scene
    here, there = answered(life, "mother", Right.PORTABILITY), answered(life, "mother", Right.PORTABILITY, TOWN)
    assert {each["words"] for each in here["told"]} == {
        SAID[n] for n in ("presentation", "wishes", "challenges", "practical")
    }
    assert {each["purpose"] for each in here["answers"]} >= {"share_with_volunteers", "sms_reminders"}
    assert here["members"][0]["telephone"] == TELEPHONES["mother"]
    assert "attendance" not in json.dumps(here)
    assert (there["members"], there["told"], there["answers"]) == ([], [], [])
    assert {each["basis"] for each in there["not_portable"]} == {"GDPR Art. 6(1)(e)", "GDPR Art. 6(1)(c)"}
    request_id = UUID(here["request_id"])
    with pytest.raises(AnswerIsAFile):
        deciding.collect(life.asker("mother"), request_id, life.desk(), Form.PDF, deciding.as_json)


def test_a_name_is_corrected_by_the_leader_and_everybody_who_had_it_is_told(scene: Life) -> None:
    life = scene
    volunteer.evening(life.asker("volunteer"), life.ids["course"], life.desk())
    right_name = f"{STEM}brorsen"
    request_id = asks(
        life, "mother", Right.RECTIFICATION, about="brother",
        corrections=(Wished("roster", "given_name", right_name), Wished("note", "words", "noget helt andet")),
    )  # fmt: skip
    assert waits_for(life, request_id) is Step.DECIDE
    life.does("officer", DecideCorrection(request_id=request_id, number=1))
    life.does(
        "officer",
        DecideCorrection(
            request_id=request_id,
            number=2,
            refused=CorrectionRefused.HELD_TO_BE_ACCURATE,
            reasons="læst højt og godkendt",
        ),
    )
    assert waits_for(life, request_id) is Step.CORRECT
    (task,) = corrections(life.asker("leader"), life.desk())
    assert (task["field"], task["wished"]) == ("given_name", right_name)
    assert corrections(life.asker("leader elsewhere"), life.desk()) == []
    confirm = ConfirmCorrection(request_id=request_id, number=1)
    with pytest.raises(NotCorrectedYet):
        life.does("leader", confirm)
    with pytest.raises(NoSuchRequest):
        life.does("leader elsewhere", confirm)
    life.does(
        "leader",
        correcting.CorrectName(
            course_id=life.ids["course"], family_id=life.ids["family"], person_id=life.ids["brother"],
            given_name=right_name,
        ),
    )  # fmt: skip
    life.does("leader", confirm)
    assert corrections(life.asker("leader"), life.desk()) == []

    shown = requests.request(life.asker("officer"), request_id, life.desk())["recipients"]
    readers = {each["recipient"] for each in shown}
    assert str(VOLUNTEER) in readers
    with pytest.raises(RecipientsNotTold):
        life.does("officer", CompleteRequest(request_id=request_id))
    with pytest.raises(recipients.NoSuchRecipient):
        life.does(
            "officer", TellRecipient(request_id=request_id, kind=RecipientKind.READER, recipient=str(life.new_id()))
        )
    for reader in readers:
        life.does("officer", TellRecipient(request_id=request_id, kind=RecipientKind.READER, recipient=reader))
    life.does("officer", CompleteRequest(request_id=request_id))
    assert waits_for(life, request_id) is Step.NOTHING
    told = requests.request(life.asker("mother"), request_id, life.desk())["recipients"]
    assert all(each["told_on"] == life.clock.today() and each["recipient"] is None for each in told), (
        "by role, not by name"
    )
    letter = letters.letter(life.asker("mother"), request_id, Letter.CORRECTION, life.desk())
    assert letter["reasons"] == ["læst højt og godkendt"]
    assert [each["state"] for each in letter["corrections"]] == ["made", "refused"]


def test_what_the_municipality_corrects_red_barnet_is_told_of_and_the_club_tells_the_municipality_nothing(
    scene: Life,
) -> None:
    life = scene
    request_id = asks(
        life,
        "mother",
        Right.RECTIFICATION,
        TOWN,
        corrections=(Wished("municipal_telephone", "telephone", TELEPHONES["new"]),),
    )
    life.does("town's officer", DecideCorrection(request_id=request_id, number=1), TOWN)
    (task,) = corrections(life.asker("referrer"), life.desk(TOWN))
    assert task["wished"] == TELEPHONES["new"]
    assert corrections(life.asker("other referrer"), life.desk(TOWN)) == []
    life.does(
        "referrer",
        families.ChangeContact(
            family_id=life.ids["family"],
            person_id=life.ids["mother"],
            telephone=TELEPHONES["new"],
            address=ADDRESSES["mother"],
        ),
        TOWN,
    )
    life.does("referrer", ConfirmCorrection(request_id=request_id, number=1), TOWN)
    shown = requests.request(life.asker("mother"), request_id, life.desk(TOWN))["recipients"]
    assert ("controller", "red-barnet") in {(each["kind"], each["recipient"]) for each in shown}
    here = {line["request_id"] for line in requests.requests(life.asker("officer"), life.desk())}
    assert request_id not in here, "the other realm knows nothing of the case"


def test_a_childs_birth_month_is_corrected_in_each_realm_by_whoever_keeps_it(scene: Life) -> None:
    life, month = scene, "2025-03"
    boy: dict[str, Any] = {"family_id": life.ids["family"], "person_id": life.ids["boy"]}
    there = correcting.CorrectChild(**boy, given_name=GIVEN_NAMES["boy"], birth_month=month, day_care=DayCare.AT_HOME)
    here = correcting.CorrectBirthMonth(course_id=life.ids["course"], birth_month=month, **boy)
    for realm, keeper, compartment, correct in (
        (TOWN, "referrer", "municipal_contact", there), (CLUB, "leader", "ages", here),
    ):  # fmt: skip
        wish = Wished(compartment, "birth_month", month)
        request_id = asks(life, "mother", Right.RECTIFICATION, realm, about="boy", corrections=(wish,))
        life.does(OFFICERS[realm], DecideCorrection(request_id=request_id, number=1), realm)
        life.does(keeper, correct, realm)
        life.does(keeper, ConfirmCorrection(request_id=request_id, number=1), realm)
        answer = answered(life, "mother", Right.ACCESS, realm, about="boy")
        assert [member["birth_month"] for member in answer["copy"]["members"]] == [month]
        assert "2025-02" in {line["value"] for line in answer["earlier"]}, "what stood there before is told as well"


def test_while_reading_is_restricted_every_view_is_blank_for_everybody_but_the_mother(scene: Life) -> None:
    life = scene
    own = (GIVEN_NAMES["mother"], SURNAMES["mother"], TELEPHONES["mother"], SAID["presentation"], SAID["challenges"])
    cases = {}
    assert groups.briefing(life.asker("professional"), life.ids["booking"], life.desk())["themes"] != []
    for realm in (CLUB, TOWN):
        cases[realm] = asks(life, "mother", Right.RESTRICTION, realm)
        life.does(
            OFFICERS[realm],
            PlaceRestriction(request_id=cases[realm], because=RestrictedBecause.ACCURACY_CONTESTED), realm,
        )  # fmt: skip
        assert waits_for(life, cases[realm], realm) is Step.NOTHING
    others = ("leader", "volunteer", "professional", "coordinator", "town's coordinator", "referrer", "secretary")
    for who in others:
        seen = " ".join(str(one.value) for one in everything(life, who))
        assert [words for words in own if words in seen] == [], who
    desk, course = life.desk(), life.ids["course"]
    sheet = volunteer.evening(life.asker("volunteer"), course, desk, printed=True)
    assert not any(words in str(sheet) for words in own)
    assert GIVEN_NAMES["mother"] not in str(leader.course(life.asker("leader"), course, desk))
    themes = groups.briefing(life.asker("professional"), life.ids["booking"], desk)
    assert themes["themes"] == [], "without her household's wishes two families are too few to show any"
    coordinator = life.asker("town's coordinator")
    assert municipality.search(coordinator, life.desk(TOWN), name=GIVEN_NAMES["mother"]) == []
    seen = " ".join(str(one.value) for one in everything(life, "mother"))
    assert all(words in seen for words in own), "the person itself goes on seeing all of it"
    answer = answered(life, "mother", Right.ACCESS)
    assert SAID["challenges"] in json.dumps(answer, ensure_ascii=False)

    for realm, request_id in cases.items():
        life.does(OFFICERS[realm], LiftRestriction(request_id=request_id, told_on=life.clock.today()), realm)
    assert GIVEN_NAMES["mother"] in str(leader.course(life.asker("leader"), course, desk))
    assert municipality.search(coordinator, life.desk(TOWN), name=GIVEN_NAMES["mother"]) != []


def test_the_name_of_a_restricted_mother_is_not_handed_over(scene: Life) -> None:
    life = scene
    late = courses.DecideLateEntry(course_id=life.ids["course"], agreed=True)
    for who in ("leader", "coordinator"):
        life.does(who, late)
    life.house.deliver()
    place = referrals.PlaceFamily(referral_id=life.ids["referral D"], course_id=life.ids["course"])
    life.does("town's coordinator", place, TOWN)
    asked = rights.ReceiveRequest(
        right=Right.RESTRICTION, subject=life.ids["mother of D"], asked_by=life.ids["mother of D"]
    )
    request_id = UUID(life.does("town's officer", asked, TOWN)["request_id"])
    life.does("town's officer", rights.CheckIdentity(request_id=request_id, how=HOW), TOWN)
    restrict = PlaceRestriction(request_id=request_id, because=RestrictedBecause.UNLAWFUL_NOT_ERASED)
    life.does("town's officer", restrict, TOWN)
    with pytest.raises(NobodyToHandOver):
        life.does("town's coordinator", referrals.HandOver(referral_id=life.ids["referral D"]), TOWN)


def test_an_objection_pauses_the_referral_and_is_decided_with_reasons(scene: Life) -> None:
    life = scene
    request_id = asks(life, "mother", Right.OBJECTION, TOWN, against=("case_file",))
    page = municipality.referral(life.asker("referrer"), life.ids["referral"], life.desk(TOWN))
    assert f"{STEM}remark" not in str(page), "while it is pending only storage survives"
    assert waits_for(life, request_id, TOWN) is Step.DECIDE
    life.does(
        "town's officer",
        DecideObjection(request_id=request_id, compelling=CompellingGround.OVERRIDING_INTEREST, reasons="barnets tarv"), TOWN,
    )  # fmt: skip
    page = municipality.referral(life.asker("referrer"), life.ids["referral"], life.desk(TOWN))
    assert f"{STEM}remark" in str(page)
    told = letters.letter(life.asker("mother"), request_id, Letter.OBJECTION, life.desk(TOWN))
    assert told["reasons"] == ["barnets tarv"]


def test_a_refusal_of_the_municipality_stands_in_a_letter_and_never_blocks_red_barnet(scene: Life) -> None:
    life = scene
    there, here = (asks(life, "mother", Right.ACCESS, realm) for realm in (TOWN, CLUB))
    life.does(
        "town's officer",
        rights.RefuseRequest(request_id=there, ground=RefusedBecause.EXCESSIVE, reasons="fjerde gang i år"), TOWN,
    )  # fmt: skip
    told = letters.letter(life.asker("mother"), there, Letter.REFUSAL, life.desk(TOWN))
    letter = request_letter(told, life.desk(TOWN).controller)
    said = repr(letter)
    assert "fjerde gang i år" in said
    assert "Datatilsynet" in said
    assert "domstol" in said
    for language in ("da", "en", "ar"):
        assert life.desk(TOWN).documents.pdf(request_letter(told, life.desk(TOWN).controller, language=language))
    with pytest.raises(NoSuchLetter):
        letters.letter(life.asker("mother"), there, Letter.EXTENSION, life.desk(TOWN))
    life.does("officer", deciding.AnswerRequest(request_id=here))
    assert collected(life, "mother", here)["realm"] == CLUB


def test_an_extension_moves_the_deadline_is_told_with_its_reasons_and_stands_in_both_lists(scene: Life) -> None:
    life = scene
    request_id = asks(life, "mother", Right.ACCESS)
    extend = rights.ExtendDeadline(
        request_id=request_id, because=ExtendedBecause.COMPLEXITY, reasons="mange samtaler", version=2
    )
    answer = life.does("officer", extend)
    assert answer["due_on"] == "2026-12-01"
    with pytest.raises(StaleVersion):
        life.does("officer", rights.RefuseRequest(request_id=request_id, ground=RefusedBecause.EXCESSIVE, version=2))
    for who in ("officer", "mother"):
        line = requests.request(life.asker(who), request_id, life.desk())
        assert (line["due_on"], line["extended_because"], line["waits_for"], line["overdue"]) == (
            date(2026, 12, 1), "complexity", Step.DECIDE, False,
        )  # fmt: skip
    told = letters.letter(life.asker("officer"), request_id, Letter.EXTENSION, life.desk())
    assert (told["first_due_on"], told["reasons"]) == (date(2026, 10, 1), ["mange samtaler"])


def test_what_the_officers_are_answered_of_all_this_holds_no_content(scene: Life) -> None:
    life = scene
    request_id = asks(life, "mother", Right.RECTIFICATION, corrections=(Wished("roster", "given_name", f"{STEM}aura"),))
    answered(life, "mother", Right.ACCESS)
    officer, desk = life.asker("officer"), life.desk()
    seen = f"{requests.requests(officer, desk)} {requests.request(officer, request_id, desk)}"
    assert "given_name" in seen
    assert STEM not in seen


def test_changing_the_telephone_is_no_correction_of_a_name(scene: Life) -> None:
    life = scene
    request_id = asks(life, "mother", Right.RECTIFICATION, corrections=(Wished("roster", "given_name", f"{STEM}aura"),))
    life.does("officer", DecideCorrection(request_id=request_id, number=1))
    life.does(
        "leader",
        introductions.ChangeTelephone(
            course_id=life.ids["course"], family_id=life.ids["family"], person_id=life.ids["mother"], telephone=None
        ),
    )
    with pytest.raises(NotCorrectedYet):
        life.does("leader", ConfirmCorrection(request_id=request_id, number=1))
