"""By two persons an officer prints exactly what the person would get; by one, nothing; and every other question stays empty."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from application import rights
from application.answers.deciding import AnswerRequest, answer_of
from application.releases import ApproveRelease, AskRelease, printed_under
from application.rights import RIGHTS_CASE
from gdpr.release import ReleaseNotInForce
from gdpr.release_facts import ReleaseGround
from gdpr.rights_facts import Right
from tests.living import HOW, LOST, SAID, STEM, Life
from tests.privacy.asking import everything


def printed(answer: Mapping[str, Any]) -> bytes:
    """What stands in the answer, and not who has looked: that grows with every look."""
    return json.dumps({name: value for name, value in answer.items() if name not in ("log", "items")}).encode()


def test_the_officer_prints_what_the_mother_would_see_and_nothing_of_the_father(life_on_files: Life) -> None:
    life, desk = life_on_files, life_on_files.desk()
    mother = life.ids["mother"]
    asked = life.does("officer", rights.ReceiveRequest(right=Right.ACCESS, subject=mother, asked_by=mother))
    request_id = UUID(asked["request_id"])
    life.does("officer", rights.CheckIdentity(request_id=request_id, how=HOW))
    life.does("officer", AnswerRequest(request_id=request_id))
    life.does("officer", AskRelease(request_id=request_id, ground=ReleaseGround.NO_LOGIN))
    with pytest.raises(ReleaseNotInForce):
        printed_under(life.asker("officer"), request_id, desk, printed)
    life.does("administrator", ApproveRelease(request_id=request_id))

    paper = printed_under(life.asker("officer"), request_id, desk, printed)

    case = desk.register.load(RIGHTS_CASE, request_id)
    assert case is not None
    own = answer_of(case.state, life.asker("mother"), desk)
    assert json.loads(paper)["copy"] == json.loads(printed(own))["copy"]
    assert SAID["presentation"] in paper.decode()
    assert SAID["by the father"] not in paper.decode()
    words = [one for one in everything(life, "officer") if STEM in str(one.value)]
    assert {one.value for one in words} <= set(LOST.values()), "a release opens one answer, and no other question"
