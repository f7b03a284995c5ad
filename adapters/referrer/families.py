"""The families of the own unit: registered, read, corrected."""

from __future__ import annotations

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Day, Flag, Id, Revealed, Sent, Shown, choice, several, words
from adapters.referrer.door import referrer
from application.correcting import CorrectAdult, CorrectChild
from application.desk import Asker, Desk
from application.families import AdultTyped, ChangeContact, ChildTyped, RegisterFamily, StateCustody
from application.reading import municipality
from domain.lists import Custody, DayCare
from domain.people import Caregiver, TakesPartAs


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
