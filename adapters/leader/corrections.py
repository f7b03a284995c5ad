"""What a leader corrects: names, birth months, and what the officer accepted to correct of what a leader keeps."""

from __future__ import annotations

from adapters.corrections import offer_corrections
from adapters.endpoints import Said
from adapters.fields import Sent, words
from adapters.leader.course import LeadersFamilyVersion
from adapters.leader.door import leader
from application.correcting import CorrectBirthMonth, CorrectName


class RightName(Sent):
    given_name = words(required=True)
    family_name = words(allow_none=True)


@leader.does(
    "PUT", "/courses/<uuid:course_id>/families/<uuid:family_id>/names/<uuid:person_id>", CorrectName,
    LeadersFamilyVersion(), body=RightName(),
)  # fmt: skip
def correct_name(said: Said) -> CorrectName:
    """A name as it should be; an adult's surname with it."""
    return CorrectName(**said)


class RightBirthMonth(Sent):
    birth_month = words(required=True, metadata={"description": "YYYY-MM"})


@leader.does(
    "PUT", "/courses/<uuid:course_id>/families/<uuid:family_id>/birth-months/<uuid:person_id>", CorrectBirthMonth,
    LeadersFamilyVersion(), body=RightBirthMonth(),
)  # fmt: skip
def correct_birth_month(said: Said) -> CorrectBirthMonth:
    """When a child was born."""
    return CorrectBirthMonth(**said)


corrections, confirm_correction = offer_corrections(leader)
