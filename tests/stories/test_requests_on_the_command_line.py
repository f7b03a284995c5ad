"""What an officer types about requests: what is due, a letter, and whether an answer that is shown is ours."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from adapters.wiring import SetClock, build, read
from application import rights
from application.answers import deciding
from application.organisations import AssignRole
from application.perform import perform
from domain.people import Role
from gdpr.answering_facts import Form
from gdpr.rights_facts import ExtendedBecause, Right
from tests.house import CLUB, EARLY, TOWN
from tests.living import HOW, OFFICER, STEM, a_story
from tests.typed import tillid


def test_an_officer_sees_what_is_due_prints_a_letter_and_knows_an_altered_answer(tmp_path: Path) -> None:
    assert tillid(tmp_path, "init", "--municipality", TOWN).returncode == 0
    told = tmp_path / "tillid.toml"
    house = build(read(told), clock=SetClock(EARLY))
    life = a_story(house)
    asked, late = (
        UUID(life.does("mother", rights.ReceiveRequest(right=right, subject=life.ids["mother"]))["request_id"])
        for right in (Right.ACCESS, Right.PORTABILITY)
    )
    life.does("officer", rights.CheckIdentity(request_id=asked, how=HOW))
    life.does(
        "officer", rights.ExtendDeadline(request_id=asked, because=ExtendedBecause.COMPLEXITY, reasons="mange samtaler")
    )
    life.does("officer", deciding.AnswerRequest(request_id=asked))
    answer = tmp_path / "answer.json"
    answer.write_bytes(deciding.collect(life.asker("mother"), asked, life.desk(), Form.JSON, deciding.as_json))
    house.close()
    today = build(read(told))
    officer = AssignRole(actor=OFFICER, role=Role.OFFICER, since=today.clock.today())
    perform(officer, today.founder(), today.desk(CLUB), command_id=uuid4())
    today.close()
    at = ("--realm", CLUB, "--as", str(OFFICER))

    listed = tillid(tmp_path, "requests", "list", *at)
    assert (listed.returncode, "2 requests, 1 overdue." in listed.said) == (1, True)
    assert f"{late}  portability    due 2026-10-01  check_identity OVERDUE" in listed.said
    assert STEM not in listed.said
    letter = ("requests", "letter", str(asked), "--kind", "extension", "--out", str(tmp_path / "letter.pdf"))
    assert tillid(tmp_path, *letter, *at).returncode == 0
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    check = ("requests", "check", str(answer), "--request", str(asked), *at)
    assert "as json." in tillid(tmp_path, *check).said
    answer.write_bytes(answer.read_bytes().replace(b"answer", b"answEr", 1))
    altered = tillid(tmp_path, *check)
    assert (altered.returncode, "We did not hand this answer out" in altered.said) == (1, True)
    stranger = tillid(tmp_path, "requests", "list", "--realm", CLUB, "--as", str(uuid4()))
    assert stranger.returncode == 1
