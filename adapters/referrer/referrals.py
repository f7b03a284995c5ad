"""The referrals of the own unit: stated, corrected, withdrawn, followed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import LONG, Flag, Id, Sent, choice, several, whole, words
from adapters.referrer.door import referrer
from adapters.referrer.families import FamilyShown
from adapters.town import GroundsShown, ReferralLine, ReferralsWanted, ReferralVersion
from application.desk import Asker, Desk
from application.reading import municipality
from application.referrals import CorrectReferral, GroundsTyped, ReferFamily, WithdrawReferral
from domain.family import SamePersonTwice
from domain.grounds import Assessment
from domain.lists import MunicipalCase, Profession, UnitKind


class Criterion(Sent):
    code = words(required=True)
    about = Id(metadata={"description": "a member of the family; left out, the criterion is about the whole family"})


class Judgement(Sent):
    child_id = Id(required=True)
    judgement = words(required=True)


class AssessmentStated(Sent):
    kind = words(required=True)
    factors = several(words())
    degree = whole(1, 9, allow_none=True)


class Grounds(Sent):
    criteria = several(fields.Nested(Criterion), required=True)
    judgements = several(fields.Nested(Judgement), required=True)
    able_to_take_part = Flag(required=True)
    remark = words(LONG, allow_none=True)
    municipal_case = choice(MunicipalCase)
    assessments = several(fields.Nested(AssessmentStated))


class Referring(Grounds):
    family_id = Id(required=True)
    channel = choice(UnitKind, required=True)
    profession = choice(Profession, required=True)
    list_version = words()
    draft_id = Id(metadata={"description": "the own draft that this finishes; it is discarded"})


@referrer.does("POST", "/referrals", ReferFamily, ReferralVersion(), body=Referring(), status=201)
def refer(said: Said) -> ReferFamily:
    """Refer a registered family."""
    return ReferFamily(grounds=_grounds(said), **said)


@referrer.does("PUT", "/referrals/<uuid:referral_id>/grounds", CorrectReferral, ReferralVersion(), body=Grounds())
def correct(said: Said) -> CorrectReferral:
    """State the grounds anew; what was stated before stays readable for audit only."""
    return CorrectReferral(grounds=_grounds(said), **said)


@referrer.does("POST", "/referrals/<uuid:referral_id>/withdrawal", WithdrawReferral, ReferralVersion())
def withdraw(said: Said) -> WithdrawReferral:
    """The family does not want to any more; no reason is asked."""
    return WithdrawReferral(**said)


@referrer.asks("/referrals", ReferralLine(many=True), query=ReferralsWanted())
def referrals(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The referrals of the own unit, as states."""
    return municipality.referrals(asker, desk, stage=said.get("stage"))


class ReferralShown(GroundsShown):
    family = fields.Nested(FamilyShown(exclude=("custody",)))


@referrer.asks("/referrals/<uuid:referral_id>", ReferralShown())
def referral(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One referral with its grounds and its family."""
    return municipality.referral(asker, said["referral_id"], desk)


def _grounds(said: Said) -> GroundsTyped:
    """The grounds, taken out of what was said."""
    judgements: dict[UUID, str] = {}
    for number, line in enumerate(said.pop("judgements")):
        if line["child_id"] in judgements:
            raise SamePersonTwice(f"judgements/{number}/child_id")
        judgements[line["child_id"]] = line["judgement"]
    optional: dict[str, Any] = {name: said.pop(name) for name in ("remark", "municipal_case") if name in said}
    return GroundsTyped(
        criteria=tuple((line["code"], line.get("about")) for line in said.pop("criteria")),
        judgements=judgements,
        able_to_take_part=said.pop("able_to_take_part"),
        assessments=tuple(
            Assessment(kind=line["kind"], factors=tuple(line.get("factors", ())), degree=line.get("degree"))
            for line in said.pop("assessments", ())
        ),
        **optional,
    )
