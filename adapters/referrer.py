"""What a referrer can send and is shown: the own unit's families and referrals, the courses, and the lists of the form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import fields

from adapters.audience import Answer, Audience, Said
from adapters.corrections import offer_corrections
from adapters.fields import LONG, Day, Flag, Id, Revealed, Sent, Shown, choice, several, whole, words
from adapters.labels import every_list
from adapters.town import GroundsShown, OrganisationShown, ReferralLine, ReferralsWanted, ReferralVersion, TownCourse
from application.correcting import CorrectAdult, CorrectChild
from application.desk import Asker, Desk
from application.families import AdultTyped, ChangeContact, ChildTyped, RegisterFamily, StateCustody
from application.reading import municipality
from application.referrals import CorrectReferral, GroundsTyped, ReferFamily, WithdrawReferral
from domain.compartments import RealmKind
from domain.family import SamePersonTwice
from domain.grounds import Assessment
from domain.lists import Custody, DayCare, MunicipalCase, Profession, UnitKind
from domain.people import Caregiver, Role, TakesPartAs

referrer = Audience(
    "referrer", Role.REFERRER, about="Families and referrals of the referrer's own unit", only_in=RealmKind.MUNICIPALITY
)


class Offer(Sent):
    told_on = Day(required=True)
    said_yes = Flag(required=True)
    answered_on = Day(required=True)


class Adult(Sent):
    given_name = words(required=True)
    family_name = words(required=True)
    caregiver = choice(Caregiver, required=True)
    household = words(
        required=True, metadata={"description": "a label of your own; the same for those who live together"}
    )
    telephone = words(allow_none=True)
    address = words(allow_none=True)
    comes = Flag()


class Child(Sent):
    given_name = words(required=True)
    birth_month = words(required=True, metadata={"description": "YYYY-MM"})
    households = several(words(), required=True)
    takes_part_as = choice(TakesPartAs)
    day_care = choice(DayCare)


class Registering(Sent):
    offer = fields.Nested(Offer, required=True)
    adults = several(fields.Nested(Adult), required=True)
    children = several(fields.Nested(Child), required=True)
    language = words()
    needs_translation = Flag()


class FamilyCreated(Shown):
    """Ids in the order in which the members were sent."""

    family_id = Id(required=True)
    adults = fields.List(Id())
    children = fields.List(Id())
    version = fields.Integer(required=True)


@referrer.does("POST", "/families", RegisterFamily, FamilyCreated(), body=Registering(), status=201)
def register_family(said: Said) -> RegisterFamily:
    """Register a family that was told of the club and said yes."""
    adults = tuple(AdultTyped(**adult) for adult in said.pop("adults"))
    children = tuple(
        ChildTyped(**{**child, "households": tuple(child["households"])}) for child in said.pop("children")
    )
    return RegisterFamily(**said.pop("offer"), adults=adults, children=children, **said)


class AdultShown(Shown):
    person_id = Id(required=True)
    takes_part_as = choice(TakesPartAs)
    households = fields.List(Id())
    erased_on = Day(allow_none=True)
    given_name = Revealed()
    family_name = Revealed()
    caregiver = Revealed()
    telephone = Revealed()
    address = Revealed()
    comes = Flag()


class ChildShown(Shown):
    person_id = Id(required=True)
    takes_part_as = choice(TakesPartAs)
    households = fields.List(Id())
    erased_on = Day(allow_none=True)
    given_name = Revealed()
    birth_month = Revealed()
    age = fields.Integer(allow_none=True)
    day_care = Revealed()


class CustodyShown(Shown):
    child_id = Id()
    adult_id = Id()
    stated_on = Day()
    custody = Revealed()


class FamilyShown(Shown):
    family_id = Id(required=True)
    told_on = Day()
    said_yes_on = Day()
    language = Revealed()
    needs_translation = Revealed(type="boolean")
    adults = fields.List(fields.Nested(AdultShown))
    children = fields.List(fields.Nested(ChildShown))
    version = fields.Integer(required=True)
    custody = fields.List(fields.Nested(CustodyShown))


@referrer.asks("/families/<uuid:family_id>", FamilyShown())
def family(asker: Asker, desk: Desk, said: Said) -> Answer:
    """One family as registered."""
    return municipality.family(asker, said["family_id"], desk)


class FamilyVersion(Shown):
    family_id = Id(required=True)
    version = fields.Integer(required=True)


class Contact(Sent):
    telephone = words(required=True, allow_none=True)
    address = words(required=True, allow_none=True)


@referrer.does(
    "PUT", "/families/<uuid:family_id>/adults/<uuid:person_id>/contact", ChangeContact, FamilyVersion(), body=Contact()
)
def change_contact(said: Said) -> ChangeContact:
    """A new telephone number and address for one adult."""
    return ChangeContact(**said)


class RightAdult(Sent):
    given_name = words(required=True)
    family_name = words(required=True)
    caregiver = choice(Caregiver, required=True)


@referrer.does(
    "PUT", "/families/<uuid:family_id>/adults/<uuid:person_id>", CorrectAdult, FamilyVersion(), body=RightAdult()
)
def correct_adult(said: Said) -> CorrectAdult:
    """What an adult is called, as it should have been written."""
    return CorrectAdult(**said)


class RightChild(Sent):
    given_name = words(required=True)
    birth_month = words(required=True, metadata={"description": "YYYY-MM"})
    day_care = choice(DayCare, required=True)


@referrer.does(
    "PUT", "/families/<uuid:family_id>/children/<uuid:person_id>", CorrectChild, FamilyVersion(), body=RightChild()
)
def correct_child(said: Said) -> CorrectChild:
    """What a child is called and when it was born, as it should have been written."""
    return CorrectChild(**said)


class CustodyStated(Sent):
    child_id = Id(required=True)
    adult_id = Id(required=True)
    custody = choice(Custody, required=True)
    stated_on = Day(required=True)


@referrer.does("POST", "/families/<uuid:family_id>/custody", StateCustody, FamilyVersion(), body=CustodyStated())
def state_custody(said: Said) -> StateCustody:
    """Custody of a child as the family states it."""
    return StateCustody(**said)


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


@referrer.asks("/courses", TownCourse(many=True), records=False)
def courses(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The courses a family can be referred to."""
    return municipality.courses(asker, desk)


@referrer.asks("/organisation", OrganisationShown(), records=False)
def organisation(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The municipality's units and recruitment channels, for the form."""
    return municipality.organisation(asker, desk)


class ItemShown(Shown):
    code = fields.String(required=True)
    danish = fields.String(required=True)
    english = fields.String(required=True)
    suggests = fields.List(fields.String())


class ListShown(Shown):
    name = fields.String(required=True)
    version = fields.String(allow_none=True)
    items = fields.List(fields.Nested(ItemShown))


@referrer.asks("/lists", ListShown(many=True), records=False)
def lists(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The value lists of the form: the Danish wording, an English gloss, and for the criteria the list's version."""
    return every_list()


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


offer_corrections(referrer)
