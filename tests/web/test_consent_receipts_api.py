"""Receipts over HTTP: of one's own answers, and of an own course's for its leader; each issuing stands in the log."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

import application
from adapters.consent_receipts import ConsentReceipt
from adapters.wiring import signing_key_of, verify_signature
from application import consent_receipts
from application.desk import Asker
from domain.people import Role
from gdpr.checkpoint import key_name_of, verifier_key
from gdpr.signed import is_whole
from tests.api_at_work import ApiAtWork, an_api_at_work
from tests.club_at_work import CLUB, FATHER, LEADER, MOTHER, PRESENTATION, TOWN, TROUBLE, VOLUNTEER
from tests.left_behind import left_behind

SCHEMA = json.loads((Path(application.__file__).parent / "consent_receipt.schema.json").read_text("utf-8"))
VERIFY = Path(__file__).parents[2] / "tools" / "verify_receipt.py"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiAtWork]:
    made = an_api_at_work(tmp_path_factory.mktemp("club"))
    yield made
    made.club.house.close()


@pytest.fixture(scope="module")
def consent(api: ApiAtWork) -> str:
    return str(api.club.ids["consent to presentation"])


@pytest.fixture(scope="module")
def words(api: ApiAtWork, consent: str) -> str:
    """The words it was asked in, as the register shows them."""
    own = api.caller(MOTHER, CLUB, "family").get("consents").get_json()
    return next(str(each["words"]) for each in own if each["consent_id"] == consent)


@pytest.fixture(scope="module")
def document(api: ApiAtWork, consent: str) -> bytes:
    answer = api.caller(MOTHER, CLUB, "family").get(f"consents/{consent}/receipt").get_json()
    return str(answer["document"]).encode()


def whole(api: ApiAtWork, document: bytes) -> bool:
    return is_whole(document, form=consent_receipts.FORM, public_key=key(api), verify_signature=verify_signature)


def key(api: ApiAtWork) -> bytes:
    return signing_key_of(api.club.house.realms[CLUB].settings, production=False)


def issued(api: ApiAtWork, consent: str) -> list[tuple[str, str]]:
    """Who had a receipt of this answer issued, and how, oldest first."""
    entries = api.club.desk().log.find(subjects=[api.club.ids["mother"]])
    mine = [entry for entry in entries if entry.purpose == "consent_receipt"]
    return [(entry.role, entry.action) for entry in mine if str(entry.records[0]) == consent]


def test_a_mother_keeps_a_signed_receipt_that_fits_the_schema_and_holds_nothing_she_told(
    api: ApiAtWork, consent: str, words: str, document: bytes
) -> None:
    receipt = json.loads(document)["receipt"]

    Draft202012Validator(SCHEMA).validate(receipt)
    assert receipt["dpv:hasRecordOfActivity"][0]["dct:identifier"] == consent
    assert whole(api, document)
    told = document.decode()
    assert not any(secret in told for secret in (PRESENTATION, TROUBLE, "Mette", "Asta", "20304050"))
    (notice,) = receipt["dpv:hasRecordOfActivity"][0]["dpv:hasNotice"]
    assert notice["schema:text"]["@value"] == words


def test_the_answer_of_the_register_leaves_whole(api: ApiAtWork, consent: str) -> None:
    asker = Asker(MOTHER, Role.FAMILY, api.club.ids["mother"], person_id=api.club.ids["mother"])
    answer = consent_receipts.receipt(asker, api.club.ids["consent to presentation"], api.club.desk())

    assert left_behind(answer, ConsentReceipt()) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"dpv:ConsentGiven"', b'"dpv:ConsentRefused"'),
        (b'"2026-', b'"2027-'),
        (b"Datatilsynet", b"Datatilsynat"),
        (b'"receipt":{', b'"receipt": {'),
    ],
)
def test_an_altered_receipt_is_found_here_and_anywhere_else(
    api: ApiAtWork, document: bytes, before: bytes, after: bytes, tmp_path: Path
) -> None:
    assert before in document
    altered = document.replace(before, after, 1)

    assert not whole(api, altered)
    assert verified_offline(api, tmp_path, altered) == (1, "NOT WHOLE")


def test_anybody_can_verify_it_with_the_script_and_the_public_key(
    api: ApiAtWork, document: bytes, tmp_path: Path
) -> None:
    assert verified_offline(api, tmp_path, document) == (0, "whole")
    as_answered = json.dumps({"digest": "", "document": document.decode(), "receipt": {}}).encode()
    assert verified_offline(api, tmp_path, as_answered) == (0, "whole")
    assert verified_offline(api, tmp_path, b"no receipt") == (1, "NOT WHOLE")


def test_the_page_is_a_pdf_in_the_language_asked_for_and_is_kept_by_no_cache(
    api: ApiAtWork, consent: str, words: str
) -> None:
    mother = api.caller(MOTHER, CLUB, "family")
    page = mother.get(f"consents/{consent}/receipt.pdf")
    arabic = mother.get(f"consents/{consent}/receipt.pdf?language=ar")

    assert (page.status_code, page.mimetype, page.headers["Cache-Control"]) == (200, "application/pdf", "no-store")
    reader = PdfReader(io.BytesIO(page.data))
    assert reader.root_object["/Lang"] == "da"
    said = " ".join("".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "Kvittering for dit svar" in said
    assert " ".join(words.split()) in said
    assert PRESENTATION not in said
    assert PdfReader(io.BytesIO(arabic.data)).root_object["/Lang"] == "ar"
    assert mother.get(f"consents/{consent}/receipt.pdf?language=xx").status_code == 422


def test_the_leader_prints_it_to_hand_over_and_both_issuings_are_in_the_log(api: ApiAtWork, consent: str) -> None:
    before = issued(api, consent)
    leader = api.caller(LEADER, CLUB, "leader")
    assert leader.get(f"consents/{consent}/receipt").status_code == 200
    assert leader.get(f"consents/{consent}/receipt.pdf").mimetype == "application/pdf"

    assert issued(api, consent)[len(before) :] == [("leader", "read"), ("leader", "print")]


@pytest.mark.parametrize(
    ("actor", "realm", "audience", "status"),
    [(FATHER, CLUB, "family", 403), (MOTHER, TOWN, "family", 404), (VOLUNTEER, CLUB, "family", 403)],
)
@pytest.mark.parametrize("form", ["receipt", "receipt.pdf"])
def test_nobody_has_another_persons_receipt(
    api: ApiAtWork, consent: str, actor: Any, realm: str, audience: str, status: int, form: str
) -> None:
    answer = api.caller(actor, realm, audience).get(f"consents/{consent}/{form}")

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_there_is_none_looks_like_not_for_you(api: ApiAtWork, consent: str) -> None:
    unknown = consent[:-4] + ("0000" if consent[-4:] != "0000" else "1111")
    father = api.caller(FATHER, CLUB, "family")
    answers = [father.get(f"consents/{each}/receipt") for each in (consent, unknown)]

    assert {(answer.status_code, answer.get_json()["code"]) for answer in answers} == {
        (answers[0].status_code, answers[0].get_json()["code"])
    }


def verified_offline(api: ApiAtWork, folder: Path, document: bytes) -> tuple[int, str]:
    """What the script says that anybody can run: its exit status and its first words."""
    (folder / "receipt.json").write_bytes(document)
    (folder / "verify.key").write_text(verifier_key(key_name_of(CLUB), key(api)) + "\n")
    ran = subprocess.run(
        [sys.executable, "-I", str(VERIFY), "receipt.json", "verify.key"], cwd=folder, capture_output=True, text=True
    )
    return ran.returncode, ran.stdout.partition(":")[0]
