"""Another made-up family for the club at work: told of it, referred, placed and handed over, and not rung yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from application.families import AdultTyped, ChildTyped, RegisterFamily
from application.referrals import AcceptReferral, GroundsTyped, HandOver, PlaceFamily, ReferFamily
from domain.lists import Profession, UnitKind
from domain.people import Caregiver, Role
from tests.club_at_work import BEFORE, COORDINATOR, FIRST_EVENING, REFERRER, TOWN, ClubAtWork


def hand_over_another(
    club: ClubAtWork, given_name: str, family_name: str, children: Sequence[tuple[str, str]], *, language: str = "dansk"
) -> UUID:
    """A mother and her children, each with a month of birth, handed over before the course starts; the family's id."""
    club.clock.set(BEFORE)
    today = club.clock.today()

    def refers(command: Any) -> Any:
        return club.does(REFERRER, Role.REFERRER, command, TOWN, unit=club.ids["unit"])

    def coordinates(command: Any) -> None:
        club.does(COORDINATOR, Role.COORDINATOR, command, TOWN, municipality=TOWN)

    family = refers(
        RegisterFamily(
            told_on=today, said_yes=True, answered_on=today, language=language, needs_translation=language != "dansk",
            adults=(
                AdultTyped(
                    given_name=given_name, family_name=family_name, caregiver=Caregiver.MOTHER, household="a",
                    telephone="21222324", address="Vejen 2",
                ),
            ),
            children=tuple(ChildTyped(given_name=name, birth_month=born, households=("a",)) for name, born in children),
        )
    )  # fmt: skip
    family_id = UUID(family["family_id"])
    grounds = GroundsTyped(
        criteria=(("tight_economy", None),), judgements={UUID(child): "at_risk" for child in family["children"]},
        able_to_take_part=True, remark="Vil gerne ud blandt andre",
    )  # fmt: skip
    referral = refers(
        ReferFamily(
            family_id=family_id, channel=UnitKind.HEALTH_VISITING, profession=Profession.HEALTH_VISITOR, grounds=grounds
        )
    )
    referral_id = UUID(referral["referral_id"])
    coordinates(AcceptReferral(referral_id=referral_id))
    coordinates(PlaceFamily(referral_id=referral_id, course_id=club.ids["course"]))
    coordinates(HandOver(referral_id=referral_id))
    club.house.deliver()
    club.clock.set(FIRST_EVENING)
    return family_id
